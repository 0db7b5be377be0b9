"""Steps that make a document of their own, or touch who acts in a case."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.enforcement import law_book, wording
from zhunsheng.oversight.enforcement.forms.cases import DAY, StepForm, colleagues, words
from zhunsheng.oversight.enforcement.services.handing_over import KINDS
from zhunsheng.oversight.leads.lifecycle import ReferralKind
from zhunsheng.oversight.leads.selectors.referrals import receivers
from zhunsheng.platform.accounts.models import Organisation, User

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class RecordForm(StepForm):
    """A record made on the spot, or of a questioning."""

    sort = forms.ChoiceField(label=_("Kind"), choices=[(one, wording.EVENTS[one]) for one in wording.RECORDS])
    began = forms.DateTimeField(label=_("Began at"), widget=MOMENT)
    ended = forms.DateTimeField(label=_("Ended at"), widget=MOMENT)
    place = forms.CharField(label=pgettext_lazy("enforcement", "Place"), max_length=200)
    person = forms.CharField(label=_("Who was present or questioned"), max_length=80, required=False)
    post = forms.CharField(label=_("Post"), max_length=80, required=False)
    words = words(_("What was seen or said"), rows=6, most=8000)


class CorrectionForm(StepForm):
    """What has to be corrected, and by when."""

    finding = forms.TypedChoiceField(label=pgettext_lazy("enforcement", "Finding"), choices=(), coerce=int)
    words = words(_("What has to be corrected, one thing a line"))
    due = forms.DateField(
        label=_("Correct by"), required=False, widget=DAY, help_text=pgettext_lazy("correction", "Empty: at once.")
    )

    def prepare(self) -> None:
        """Offer the findings."""
        rows = self.case.findings.order_by("number")
        titles = {one.id: wording.said(one.title) for one in law_book.violations(timezone.localdate())}
        self.choose(
            "finding", [(one.number, f"{one.number} {titles.get(one.violation, one.violation)}") for one in rows]
        )


class CallForm(StepForm):
    """When and where a hearing is held."""

    held_at = forms.DateTimeField(label=_("Held at"), widget=MOMENT)
    place = forms.CharField(label=pgettext_lazy("enforcement", "Place"), max_length=200)
    chair = forms.CharField(label=pgettext_lazy("hearing", "Chair"), max_length=80)
    members = forms.CharField(label=_("Members"), max_length=120, required=False)
    clerk = forms.CharField(label=_("Keeper of the record"), max_length=80)
    open = forms.BooleanField(label=_("Open to the public"), required=False, initial=True)


class DocumentServedForm(StepForm):
    """How a document was served."""

    document = forms.TypedChoiceField(label=_("Document"), choices=(), coerce=int)
    method = forms.ChoiceField(label=pgettext_lazy("enforcement", "How"), choices=list(wording.METHODS.items()))
    on = forms.DateField(label=_("Served on"), widget=DAY)
    received_by = forms.CharField(label=_("Received by"), max_length=100)
    proof = forms.FileField(label=_("Proof of service"), required=False)

    def prepare(self) -> None:
        """Offer what hasn't been served; the decision has its own step."""
        rows = self.case.documents.filter(outward=True, served_on=None)
        self.choose("document", [(one.pk, str(one)) for one in rows.exclude(kind__in=wording.DECISIONS).order_by("pk")])


class ReferForm(StepForm):
    """Where a case goes, and what is asked."""

    receiver = forms.ModelChoiceField(label=_("To"), queryset=Organisation.objects.none())
    kind = forms.ChoiceField(label=_("Kind"), choices=[(one.value, one.label) for one in map(ReferralKind, KINDS)])
    words = words(_("What is asked"))

    def prepare(self) -> None:
        """Offer every other authority and department."""
        field: Any = self.fields["receiver"]
        field.queryset = receivers(self.case.authority_id)


class AsideForm(StepForm):
    """Who takes the place of an investigator that keeps out."""

    leaving = forms.ModelChoiceField(label=_("Who keeps out"), queryset=User.objects.none())
    successor = forms.ModelChoiceField(label=_("Who takes the place"), queryset=User.objects.none())
    why = forms.CharField(label=_("Reason"), max_length=300)

    def prepare(self) -> None:
        """Offer the investigators, and colleagues who may investigate and aren't on the case."""
        held = [one for one in (self.case.investigator_id, self.case.second_id) if one]
        leaving: Any = self.fields["leaving"]
        leaving.queryset = User.objects.filter(pk__in=held).order_by("pk")
        successor: Any = self.fields["successor"]
        successor.queryset = colleagues(self.user).exclude(pk__in=held)


class RemovalForm(StepForm):
    """Why an entry of the severe list is removed early."""

    entry = forms.TypedChoiceField(label=_("Entry of the severe list"), choices=(), coerce=int)
    why = words(_("Reasons"))

    def prepare(self) -> None:
        """Offer the entries that stand."""
        rows = self.case.severe_entries.filter(removed_on=None).order_by("pk")
        self.choose("entry", [(one.pk, f"{one.since} – {one.until}") for one in rows])
