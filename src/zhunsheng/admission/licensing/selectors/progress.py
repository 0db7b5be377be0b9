"""How far an application's form is: each page with what is missing on it, and what its reader has to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhunsheng.admission.licensing.lifecycle import ENDED, Stage
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.rules.completeness import Missing
from zhunsheng.admission.licensing.rules.wizard import Part, part_of_field, parts_of

TITLES: dict[str, Any] = {
    Part.WHAT: gettext_lazy("Applicant and matter"),
    Part.SITES: pgettext_lazy("application", "Sites"),
    Part.CAPABILITY: pgettext_lazy("application", "Capability"),
    Part.PEOPLE: pgettext_lazy("application", "People"),
    Part.FILES: pgettext_lazy("application", "Files"),
    Part.ROUTE: pgettext_lazy("application", "Route"),
    Part.COMMITMENT: gettext_lazy("Commitment and signature"),
    Part.CHECK: gettext_lazy("Check and file"),
}
STAGE_MEANINGS: dict[str, str] = {
    Stage.DRAFT: "neutral", Stage.GAPS: "attention", Stage.RECTIFYING: "attention", Stage.GRANTED: "good",
    Stage.PARTLY_GRANTED: "attention", Stage.REFUSED: "bad", Stage.NOT_ACCEPTED: "bad", Stage.WITHDRAWN: "neutral",
}  # fmt: skip
"""How each stage looks to the applicant; all others wait for the authority."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form with what is missing on it."""

    part: Part
    title: Any
    missing: tuple[Missing, ...]
    current: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing is missing on this page."""
        return not self.missing


def steps_of(application: Application, found: Sequence[Missing], current: str = "") -> list[Step]:
    """Return the pages of the form; the last, on which everything is checked, carries the whole list."""
    by_part: dict[Part, list[Missing]] = {}
    for one in found:
        by_part.setdefault(part_of_field(application.kind, one.field), []).append(one)
    return [
        Step(part, TITLES[part], tuple(found if part is Part.CHECK else by_part.get(part, ())), part == current)
        for part in parts_of(application.kind)
    ]


def next_part(kind: str, part: str) -> Part:
    """Return the page after this one."""
    parts = parts_of(kind)
    place = parts.index(Part(part))
    return parts[min(place + 1, len(parts) - 1)]


def meaning_of(stage: str) -> str:
    """Return how a stage looks to the applicant."""
    return STAGE_MEANINGS.get(stage, "waiting")


def to_do(application: Application) -> str:
    """Say in one sentence what the applicant has to do now."""
    if application.stage in ENDED:
        return _("Nothing is left to do.")
    words = {
        Stage.DRAFT: _("Complete the form, let the legal representative sign, and file it."),
        Stage.GAPS: _("Mend what the authority named, sign again, and file it again."),
        Stage.RECTIFYING: _("Correct what the reviewers found and hand in the evidence."),
    }
    return words.get(Stage(application.stage), _("The authority is at work; nothing is left to do for now."))
