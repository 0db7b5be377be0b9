"""What people enter about accounts; every regulated change asks for its reason."""

from datetime import date
from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import permissions, policy, roles, selectors
from zhunsheng.platform.accounts.models import Division, Kind, Level, Organisation, Role, Sector, User
from zhunsheng.platform.accounts.permissions import Can
from zhunsheng.platform.accounts.services.organisations import OrganisationFacts
from zhunsheng.platform.refusals import sentence_and_remedy

if TYPE_CHECKING:
    _UserForm = forms.ModelForm[User]
    _ModelChoice = forms.ModelChoiceField[Division]
else:
    _ModelChoice = forms.ModelChoiceField
    _UserForm = forms.ModelForm

NEW, KNOWN = "new", "known"


class ReasonForm(forms.Form):
    """The reason for a change; it stands in the history for good."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence. It is kept in the change history and cannot be altered later."),
    )


def explain(form: forms.Form, error: DomainError) -> None:
    """Put a refusal beside the field it is about, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, sentence_and_remedy(error))


class DivisionChoice(_ModelChoice):
    """A choice among divisions, with codes: some counties share a name."""

    def label_from_instance(self, obj: Model) -> str:
        """Return code and name, counties indented under their city."""
        indent = "　" if isinstance(obj, Division) and obj.level == Level.COUNTY else ""
        return f"{indent}{obj.pk} {obj}"


STATED = ("kind", "name", "name_en", "uscc", "sector", "phone", "court")
"""What the form shows of an organisation as it stands, beside its place and what is above it."""


class OrganisationForm(ReasonForm):
    """What is stated about an organisation; the choices end where the person's permission ends."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=30,
        required=False,
        help_text=_("18 characters, as on the licence."),
    )
    division = DivisionChoice(label=_("Division"), queryset=Division.objects.none())
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "—"), *Sector.choices], required=False)
    parent = forms.ModelChoiceField(
        label=_("Higher authority"), queryset=Organisation.objects.none(), required=False, empty_label="—"
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, help_text=_("Stands in the official documents.")
    )
    court = forms.CharField(
        label=_("Court that hears suits against it"),
        max_length=100,
        required=False,
        help_text=_("Its full name, as decisions name it; empty: “the people's court with jurisdiction”."),
    )
    field_order = ("kind", "name", "name_en", "uscc", "division", "sector", "parent", "phone", "court", "why")

    def __init__(
        self, *args: Any, user: User, on: date, organisation: Organisation | None = None, **kwargs: Any
    ) -> None:
        if organisation is not None:
            kwargs["initial"] = {
                **{name: getattr(organisation, name) for name in STATED},
                "division": organisation.division_id,
                "parent": organisation.parent_id,
            }
        super().__init__(*args, **kwargs)
        reach = policy.reach_of(user, Can.MANAGE_ORGANISATIONS, on)
        within = selectors.divisions(below=settings.ZHUNSHENG_PROVINCE)
        self._choices("division").queryset = within.filter(reach.as_q(division="code", organisation=None))
        public = Organisation.objects.filter(kind__in=policy.PUBLIC_KINDS).select_related("division")
        self._choices("parent").queryset = public.order_by("division_id", "name")
        if organisation is not None:
            self.fields["kind"].disabled = True

    def _choices(self, name: str) -> "forms.ModelChoiceField[Any]":
        field = self.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError(f"{name} is no choice of records")
        return field

    def facts(self) -> OrganisationFacts:
        """Return what was stated; only after `is_valid`."""
        given = self.cleaned_data
        return OrganisationFacts(
            kind=given["kind"],
            name=given["name"],
            name_en=given["name_en"],
            uscc=given["uscc"],
            division=given["division"],
            sector=given["sector"],
            parent=given["parent"],
            phone=given["phone"],
            court=given["court"],
        )


class MemberForm(ReasonForm):
    """A person and the role they get in an organisation."""

    person = forms.ChoiceField(
        label=_("Person"),
        choices=[(NEW, _("New: an account is created")), (KNOWN, _("Has an account already"))],
        widget=forms.RadioSelect,
        initial=NEW,
    )
    username = forms.CharField(
        label=_("Sign-in name"), max_length=150, validators=list(User._meta.get_field("username").validators)
    )
    display_name = forms.CharField(
        label=_("Name shown"), max_length=80, required=False, help_text=_("For a new account.")
    )
    role = forms.ChoiceField(label=_("Role"))
    valid_to = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until it is ended."),
    )
    field_order = ("person", "username", "display_name", "role", "valid_to", "why")

    def __init__(self, *args: Any, by: User, organisation: Organisation, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = organisation.division.level
        choices = [
            (role.value, role.label)
            for role in Role
            if role in permissions.grantable_roles(by, organisation, on)
            and roles.fits(role, kind=organisation.kind, level=level)
        ]
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Find the known person; ask for a name of a new one."""
        given = super().clean() or {}
        if given.get("person") == NEW and not given.get("display_name"):
            self.add_error("display_name", gettext("Say the person's name."))
        if given.get("person") == KNOWN and given.get("username"):
            given["user"] = User.objects.filter(username=given["username"], api_client=None, is_active=True).first()
            if given["user"] is None:
                self.add_error("username", gettext("Nobody signs in with this name."))
        return given


class ClientForm(ReasonForm):
    """The name of a new API client."""

    name = forms.CharField(
        label=_("Name of the program"), max_length=80, help_text=_("For example: laboratory information system.")
    )
    field_order = ("name", "why")


class SignInForm(LoginForm):
    """allauth's form for signing in, with this product's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name or e-mail")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class MeForm(_UserForm):
    """What people keep about themselves."""

    class Meta:
        model = User
        fields = ("display_name", "email", "locale")
        labels = {"display_name": _("Name shown"), "email": _("E-mail"), "locale": _("Language")}
