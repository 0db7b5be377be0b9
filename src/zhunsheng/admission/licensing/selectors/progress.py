"""How far an application's form is: each page with what is missing on it, and what its reader has to do next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhunsheng.admission.licensing.lifecycle import ENDED, Stage
from zhunsheng.admission.licensing.models import (
    Application,
    ApplicationLine,
    ApplicationPerson,
    ApplicationSite,
    Attachment,
)
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
ROWS = frozenset({Part.SITES, Part.CAPABILITY, Part.PEOPLE, Part.FILES})
"""Pages that hold rows: where none stand and none are asked for, the page is optional, not complete."""
STAGE_MEANINGS: dict[str, str] = {
    Stage.DRAFT: "neutral", Stage.GAPS: "attention", Stage.RECTIFYING: "attention", Stage.GRANTED: "good",
    Stage.PARTLY_GRANTED: "attention", Stage.REFUSED: "bad", Stage.NOT_ACCEPTED: "bad", Stage.WITHDRAWN: "neutral",
}  # fmt: skip
"""How each stage looks to the applicant; all others wait for the authority."""


class State(StrEnum):
    """How a page of the form stands."""

    DONE = "done"
    LACKING = "lacking"
    OPTIONAL = "optional"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form with what is missing on it, and how it stands.

    `optional`: nothing stands there and nothing has to; `waiting`: what it asks for follows from the route.
    """

    part: Part
    title: Any
    missing: tuple[Missing, ...]
    state: State
    current: bool = False

    @property
    def done(self) -> bool:
        """Whether what this page asks for stands there."""
        return self.state is State.DONE


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the pages that something is asked on are complete."""

    done: int
    total: int


def steps_of(application: Application, found: Sequence[Missing], current: str = "") -> list[Step]:
    """Return the pages of the form; the last, on which everything is checked, carries the whole list."""
    by_part: dict[Part, list[Missing]] = {}
    for one in found:
        by_part.setdefault(part_of_field(application.kind, one.field), []).append(one)
    filled = filled_parts(application)
    shown = []
    for part in parts_of(application.kind):
        lacking = tuple(found if part is Part.CHECK else by_part.get(part, ()))
        state = _state(part, lacking, filled, application.route)
        shown.append(Step(part, TITLES[part], lacking, state, part == current))
    return shown


def counted(steps: Sequence[Step]) -> Counted:
    """Return how far the form is: pages that may stay empty don't count."""
    asked = [one for one in steps if one.state is not State.OPTIONAL]
    return Counted(sum(one.done for one in asked), len(asked))


def filled_parts(application: Application) -> frozenset[Part]:
    """Return the pages on which rows stand: sites, lines, people, files; one query."""
    of = {"application_id": application.pk}
    rows = {
        Part.SITES: ApplicationSite.objects.filter(**of),
        Part.CAPABILITY: ApplicationLine.objects.filter(**of),
        Part.PEOPLE: ApplicationPerson.objects.filter(**of),
        Part.FILES: Attachment.objects.filter(removed_at=None, **of),
    }
    held = Application.objects.filter(pk=application.pk).values_list(*(Exists(one) for one in rows.values())).get()
    return frozenset(part for part, there in zip(rows, held, strict=True) if there)


def _state(part: Part, lacking: Sequence[Missing], filled: Collection[Part], route: str) -> State:
    if lacking:
        return State.LACKING
    if part is Part.FILES and not route:
        return State.WAITING
    return State.OPTIONAL if part in ROWS and part not in filled else State.DONE


def next_part(kind: str, part: str) -> Part:
    """Return the page after this one."""
    parts = parts_of(kind)
    place = parts.index(Part(part))
    return parts[min(place + 1, len(parts) - 1)]


def meaning_of(stage: str) -> str:
    """Return how a stage looks to the applicant."""
    return STAGE_MEANINGS.get(stage, "waiting")


def to_do(application: Application, *, complete: bool = False) -> str:
    """Say in one sentence what the applicant has to do now; `complete`: nothing is missing, the signature included."""
    if application.stage in ENDED:
        return _("Nothing is left to do.")
    if complete and application.stage in (Stage.DRAFT, Stage.GAPS):
        return _("Everything is there and signed: it can be filed on the last page of the form.")
    words = {
        Stage.DRAFT: _("Complete the form, let the legal representative sign, and file it."),
        Stage.GAPS: _("Mend what the authority named, sign again, and file it again."),
        Stage.RECTIFYING: _("Correct what the reviewers found and hand in the evidence."),
    }
    return words.get(Stage(application.stage), _("The authority is at work; nothing is left to do for now."))
