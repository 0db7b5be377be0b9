"""What people enter at each step of a plan, a task and an inspector's entry."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.draws.sources import can_verify_drand
from zhunsheng.oversight.inspections import lawbook
from zhunsheng.oversight.inspections.lifecycle import CauseKind, Interest, PlanKind
from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.services.plans import Draft
from zhunsheng.oversight.inspections.wording import STRATA
from zhunsheng.platform.accounts.forms import ReasonForm
from zhunsheng.platform.accounts.models import Kind, Organisation, User
from zhunsheng.platform.accounts.roles import Role
from zhunsheng.platform.draws.forms import offer_parties
from zhunsheng.platform.draws.lifecycle import SourceKind
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.selectors import body_by_slug

GRADES = ("A", "B", "C", "D", "")


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _many(label: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **more)


class WhyForm(ReasonForm):
    """The reason alone."""


class ApproveForm(ReasonForm):
    """The document that approves a plan."""

    document_no = forms.CharField(label=_("Number of the approval"), max_length=80)
    field_order = ("document_no", "why")


class InputForm(forms.Form):
    """What a department says about a joint plan."""

    words = forms.CharField(
        label=_("What your department says"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Matters to add, bodies with a cause of their own, inspectors that you send."),
    )  # fmt: skip


class PlanForm(ReasonForm):
    """What a plan says."""

    kind = forms.ChoiceField(label=_("Kind of plan"), choices=PlanKind.choices)
    title = forms.CharField(label=pgettext_lazy("inspections", "Title"), max_length=200)
    first_day = _day(_("First day"))
    last_day = _day(_("Last day"))
    matters = _many(_("Matters to be checked"))
    fields_of_testing = forms.MultipleChoiceField(
        label=_("Fields"),
        required=False,
        help_text=_("None chosen: every field."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    strata = _many(_("Divide the frame by"), required=False, choices=list(STRATA.items()))
    floor = forms.CharField(
        label=_("Least probability"),
        max_length=8,
        required=False,
        help_text=_("Nobody is drawn with less; so the outcome says something about all."),
    )
    departments = forms.ModelMultipleChoiceField(
        Organisation.objects.filter(kind=Kind.DEPARTMENT),
        label=_("Together with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = timezone.localdate()
        self._choices("matters", lawbook.matters(on))
        self._choices("fields_of_testing", lawbook.fields(on))
        law = lawbook.rule(lawbook.RATES, on).values["percent"]
        for grade in GRADES:
            self.fields[f"rate_{grade or 'none'}"] = forms.DecimalField(
                label=_("Percent of grade %(grade)s") % {"grade": grade} if grade else _("Percent without a grade"),
                min_value=0, max_value=100, max_digits=7, decimal_places=4, initial=str(law[grade]),
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "why"])

    def _choices(self, name: str, known: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [(code, f"{code} {lawbook.said(words)}" if code.isdigit() else lawbook.said(words))
                         for code, words in known.items()]  # fmt: skip

    def draft(self) -> Draft:
        """Return what was entered as a draft."""
        given = self.cleaned_data
        return Draft(
            kind=given["kind"], title=given["title"], first_day=given["first_day"], last_day=given["last_day"],
            matters=given["matters"], fields=given["fields_of_testing"], strata=given["strata"],
            rates={grade: f"{given['rate_' + (grade or 'none')].normalize():f}" for grade in GRADES},
            floor=given["floor"], departments=[one.pk for one in given["departments"]],
        )  # fmt: skip


class SealForm(forms.Form):
    """From where the chance comes; known only after the frame is sealed."""

    source = forms.ChoiceField(label=_("Source of chance"))
    reference = forms.CharField(
        label=_("Reference of the source"),
        max_length=400,
        help_text=_(
            "What is announced, for example a lottery and its issue; for two parties name=SHA-256;name=SHA-256 of their"
            " new secrets."
        ),
    )
    known_at = forms.DateTimeField(
        label=_("Source known from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("For numbers: when they are announced. It must lie ahead."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["source"]
        hidden = set() if can_verify_drand() else {SourceKind.DRAND}
        offered.choices = [(value, label) for value, label in SourceKind.choices if value not in hidden]
        offer_parties(self.fields["reference"])


class SubstituteForm(SealForm):
    """Who leaves a visit, why, and from where the chance comes that names another."""

    leaving_id = forms.TypedChoiceField(label=_("Who leaves"), coerce=int)
    why = forms.CharField(label=_("Reason"), max_length=500, help_text=_("Kept inside; it is not published."))
    field_order = ("leaving_id", "why", "source", "reference", "known_at")

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["leaving_id"]
        chosen.choices = [(one.pk, str(one)) for one in (task.leader, task.second) if one is not None]


class TakeForm(forms.Form):
    """Nothing to enter: the result is taken as it is."""


class CauseForm(forms.Form):
    """For what cause a body is visited."""

    body = forms.CharField(
        label=_("Body"), max_length=120, help_text=_("CMA number or unified social credit code of the body.")
    )
    kind = forms.ChoiceField(label=_("Cause"), choices=CauseKind.choices)
    reference = forms.CharField(label=_("Decision or file number"), max_length=120)
    words = forms.CharField(
        label=_("What is to be looked into"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_body(self) -> Body:
        """Return the body with this identifier."""
        try:
            return body_by_slug(self.cleaned_data["body"].strip())
        except Body.DoesNotExist:
            raise forms.ValidationError(_("No body has this number.")) from None


class InspectorForm(ReasonForm):
    """What an inspector is qualified for."""

    card_no = forms.CharField(label=_("Enforcement card"), max_length=40, required=False)
    fields_of_testing = _many(_("Qualified for"))
    leads = forms.BooleanField(label=_("May lead"), required=False)
    active = forms.BooleanField(label=_("In the pool"), required=False, initial=True)
    field_order = ("card_no", "fields_of_testing", "leads", "active", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["fields_of_testing"]
        known = lawbook.fields(timezone.localdate())
        chosen.choices = [(code, f"{code} {lawbook.said(words)}") for code, words in known.items()]


class NewInspectorForm(InspectorForm):
    """Which officer joins the pool."""

    user_id = forms.ModelChoiceField(
        User.objects.filter(memberships__role=Role.INSPECTOR, inspector=None).distinct().order_by("username"),
        label=_("Officer"),
    )
    field_order = ("user_id", "card_no", "fields_of_testing", "leads", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["active"]


class InterestForm(ReasonForm):
    """An interest in a body."""

    body = forms.CharField(
        label=_("Body"), max_length=120, help_text=_("CMA number or unified social credit code of the body.")
    )
    kind = forms.ChoiceField(label=_("Interest"), choices=Interest.choices)
    until = _day(_("Until"), required=False, help_text=_("Empty while it still holds."))
    field_order = ("body", "kind", "until", "why")

    clean_body = CauseForm.clean_body
