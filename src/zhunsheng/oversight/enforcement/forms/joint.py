"""Steps of joint cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.enforcement.forms.cases import StepForm, YesForm, words
from zhunsheng.oversight.enforcement.lifecycle import JointMode
from zhunsheng.oversight.leads.selectors.referrals import receivers
from zhunsheng.platform.accounts.models import Organisation


class AskForm(StepForm):
    """Who is asked to act in the case, and how it will be decided."""

    organisation = forms.ModelChoiceField(label=_("Authority or department"), queryset=Organisation.objects.none())
    mode = forms.ChoiceField(label=_("How it is decided"), choices=JointMode.choices)
    words = words(_("What is asked"), most=500)

    def prepare(self) -> None:
        """Offer every other authority and department; once settled, only the mode that holds."""
        field: Any = self.fields["organisation"]
        field.queryset = receivers(self.case.authority_id)
        if self.case.joint:
            self.choose("mode", [one for one in JointMode.choices if one[0] == self.case.joint])


class JoinForm(YesForm):
    """Join, or decline with the reason."""

    words = words(_("In words"), required=False, most=500)


class ReleaseForm(StepForm):
    """Who is released from the case, and why."""

    participant = forms.TypedChoiceField(label=pgettext_lazy("joint case", "Participant"), choices=(), coerce=int)
    words = words(_("Reasons"), most=500)

    def prepare(self) -> None:
        """Offer who was asked or joined, and hasn't decided in its own name."""
        rows = self.case.participants.filter(left_at=None, decided_on=None).select_related("organisation")
        self.choose("participant", [(one.pk, one.organisation.local_name) for one in rows.order_by("pk")])


class LeaveForm(StepForm):
    """Why one's authority leaves the case."""

    words = words(_("Reasons"), most=500)

    def prepare(self) -> None:
        """Say what is lost by it."""
        self.fields["words"].help_text = _(
            "Your authority won't see this case any more; what it put in and said stays on record."
        )


class OwnDecisionForm(StepForm):
    """The decision in one's own name."""

    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    words = words(_("Facts and reasons"), rows=5, most=8000)
