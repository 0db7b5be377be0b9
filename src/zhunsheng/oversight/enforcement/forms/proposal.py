"""The form of a proposal: for each finding, what the yardstick opens, with amounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.enforcement import wording
from zhunsheng.oversight.enforcement.models import CaseFinding
from zhunsheng.oversight.enforcement.rules.sanctions import OURS, Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Consequence, Proposal

SUMS = frozenset({"fine", "confiscate"})


@dataclass(frozen=True, slots=True)
class Row:
    """One consequence of the form: what the law says, and its fields."""

    consequence: Consequence
    fields: list[Any]
    ours: bool


class ProposalForm(forms.Form):
    """Which consequences are proposed, with which amounts and reasons, and the report of the investigation."""

    words = forms.CharField(
        label=_("Report of the investigation"), max_length=20000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, measured: Sequence[tuple[CaseFinding, Proposal]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measured = measured
        for finding, proposal in measured:
            for one in proposal.consequences:
                self._add(f"{finding.number}-{one.id}", one)

    def _add(self, name: str, one: Consequence) -> None:
        ready = one.applicable and one.by in OURS
        self.fields[f"{name}-on"] = forms.BooleanField(label=_("Propose it"), required=False, disabled=not ready)
        if one.kind in SUMS:
            start = one.band.least if one.band and one.kind == "confiscate" else None
            self.fields[f"{name}-amount"] = forms.DecimalField(
                label=_("Amount in yuan"),
                required=False,
                min_value=0,
                decimal_places=2,
                initial=start,
                disabled=not ready,
            )
        if one.kind == "fine":
            self.fields[f"{name}-why"] = forms.CharField(
                label=_("Reason, if outside the benchmark"), max_length=500, required=False, disabled=not ready
            )
        if one.target == "person":
            self.fields[f"{name}-person"] = forms.CharField(
                label=_("Person"), max_length=80, required=False, disabled=not ready
            )
        if one.kind == "qualification" and one.measures:
            choices = [(key, wording.MEASURES[key]) for key in one.measures]
            self.fields[f"{name}-measure"] = forms.ChoiceField(
                label=_("Recommended measure"), choices=choices, required=False, disabled=not ready
            )

    def rows(self, finding: CaseFinding, proposal: Proposal) -> list[Row]:
        """Return the consequences of a finding with their fields, for the page."""
        found = []
        for one in proposal.consequences:
            start = f"{finding.number}-{one.id}-"
            fields = [self[name] for name in self.fields if name.startswith(start)]
            found.append(Row(one, fields, one.by in OURS))
        return found

    def chosen(self) -> dict[int, list[Sanction]]:
        """Return what is proposed, by number of the finding."""
        given = self.cleaned_data
        wanted: dict[int, list[Sanction]] = {}
        for finding, proposal in self.measured:
            names = {one.id: f"{finding.number}-{one.id}" for one in proposal.consequences}
            wanted[finding.number] = [
                Sanction(
                    consequence=rule,
                    amount=given.get(f"{name}-amount"),
                    why=given.get(f"{name}-why", ""),
                    person=given.get(f"{name}-person", ""),
                    measure=given.get(f"{name}-measure", ""),
                )
                for rule, name in names.items()
                if given.get(f"{name}-on")
            ]
        return wanted
