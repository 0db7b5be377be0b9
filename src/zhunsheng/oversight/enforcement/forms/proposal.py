"""The form of a proposal: for each finding, what the yardstick opens, with amounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.enforcement import wording
from zhunsheng.oversight.enforcement.forms.lines import ChoosesLines, like_field, lines_field
from zhunsheng.oversight.enforcement.models import CaseFinding
from zhunsheng.oversight.enforcement.rules.sanctions import OURS, Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Consequence, Proposal
from zhunsheng.registry.bodies.models import Body

SUMS = frozenset({"fine", "confiscate"})


@dataclass(frozen=True, slots=True)
class Row:
    """One consequence of the form: what the law says, and its fields."""

    consequence: Consequence
    fields: list[Any]
    ours: bool


class ProposalForm(ChoosesLines):
    """Which consequences are proposed, with which amounts and reasons, and the report of the investigation."""

    words = forms.CharField(
        label=_("Report of the investigation"), max_length=20000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(
        self, *args: Any, measured: Sequence[tuple[CaseFinding, Proposal]], body: Body | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measured, self.body = measured, body
        for finding, proposal in measured:
            for one in proposal.consequences:
                self._add(f"{finding.number}-{one.id}", one)

    def _add(self, name: str, one: Consequence) -> None:
        ready = one.applicable and one.by in OURS
        self.fields[f"{name}-on"] = forms.BooleanField(
            label=pgettext_lazy("consequence", "Propose it"), required=False, disabled=not ready
        )
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
            if ready and "reduce" in one.measures:
                self.fields[f"{name}-lines"] = lines_field(_("Where a reduced scope is recommended."))
                self.fields[f"{name}-like"] = like_field()
                self.offer_lines(f"{name}-lines", f"{name}-like", self.body)

    def rows(self, finding: CaseFinding, proposal: Proposal) -> list[Row]:
        """Return the consequences of a finding with their fields, for the page."""
        found = []
        for one in proposal.consequences:
            start = f"{finding.number}-{one.id}-"
            fields = [self[name] for name in self.fields if name.startswith(start)]
            found.append(Row(one, fields, one.by in OURS))
        return found

    def clean(self) -> dict[str, Any]:
        """Put the keys of the lines chosen into each field of lines."""
        given = super().clean() or {}
        for name in [one.removesuffix("-lines") for one in self.fields if one.endswith("-lines")]:
            given[f"{name}-lines"] = self.chosen_lines(f"{name}-lines", f"{name}-like", self.body)
        return given

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
                    lines=given.get(f"{name}-lines") or (),
                )
                for rule, name in names.items()
                if given.get(f"{name}-on")
            ]
        return wanted
