"""Steps of joint cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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


class OwnDecisionForm(StepForm):
    """The decision in one's own name."""

    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    words = words(_("Facts and reasons"), rows=5, most=8000)
