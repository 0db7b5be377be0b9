"""What waits for an officer among the applications: today's work, and what falls due."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhunsheng.admission.licensing.lifecycle import OPEN, Stage
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.selectors import duties, filed, progress
from zhunsheng.admission.licensing.selectors import hearings as heard
from zhunsheng.admission.licensing.selectors import officer as applications
from zhunsheng.admission.licensing.selectors.applications import applications_visible_to
from zhunsheng.admission.licensing.selectors.verifications import STAGES
from zhunsheng.admission.licensing.tables.officer import due_meaning, stage_meaning
from zhunsheng.admission.licensing.tables.verifications import late
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User

SHOWN = 5
MOST = 99
ACTS = (Can.HANDLE, Can.PROPOSE, Can.EXAMINE, Can.DECIDE)


@dataclass(frozen=True)
class Desk:
    """What waits for this person: the first ones with their colours, and how many are near or late."""

    rows: list[dict[str, Any]]
    waiting: int
    soon: int
    late: int

    @property
    def more(self) -> bool:
        """Whether there are more than could be counted."""
        return self.waiting > MOST


@dataclass(frozen=True)
class Applied:
    """An application of the reader's own organisation, its colour, and what the applicant has to do."""

    application: Application
    meaning: str
    to_do: str


def applied(user: User, organisations: list[int], today: date) -> list[Applied]:
    """Return the own applications that have not ended, those that wait for the applicant first, in one query."""
    own = applications_visible_to(user, today).filter(organisation_id__in=organisations)
    rows = own.filter(stage__in=[Stage.DRAFT, *OPEN]).defer("reasons", "answers").order_by("-pk")[:MOST]
    places = {stage: place for place, stage in enumerate((Stage.GAPS, Stage.RECTIFYING))}
    shown = sorted(rows, key=lambda one: places.get(Stage(one.stage), len(places)))[:SHOWN]
    return [Applied(one, progress.meaning_of(one.stage), progress.to_do(one)) for one in shown]


def desk(user: User, today: date) -> Desk | None:
    """Return what waits for an officer, in one query; None for those who act on no application."""
    if not any(policy.allowed_somewhere(user, action, today) for action in ACTS):
        return None
    waiting = list(applications.waiting_for(user, today).defer("reasons", "answers")[: MOST + 1])
    meanings = [due_meaning(one, today) for one in waiting]
    return Desk(
        rows=[
            {"one": one, "due_meaning": meaning, "stage_meaning": stage_meaning(one.stage)}
            for one, meaning in zip(waiting[:SHOWN], meanings, strict=False)
        ],
        waiting=len(waiting),
        soon=meanings.count("attention"),
        late=meanings.count("bad"),
    )


def verifying(user: User, today: date) -> Desk | None:
    """Return the verifications that wait for an officer, in one query; None where none does."""
    if not any(policy.allowed_somewhere(user, action, today) for action in duties.ACTS):
        return None
    waiting = list(duties.tasks_waiting_for(user, today)[: MOST + 1])
    overdue = [late(one.stage, one.due_on, today) for one in waiting]
    rows = [
        {"one": one, "words": STAGES[one.stage], "meaning": "bad" if is_late else "waiting"}
        for one, is_late in zip(waiting[:SHOWN], overdue, strict=False)
    ]
    return Desk(rows=rows, waiting=len(waiting), soon=0, late=sum(overdue)) if waiting else None


def notices(user: User, today: date) -> list[dict[str, Any]]:
    """Return the notices that a body may answer before something is decided against it, in one query.

    Each with its last day, or why that can't be told; what was answered already is left out once the term is over.
    """
    shown = []
    for one in duties.notices_waiting_for(user, today)[:MOST]:
        reading = heard.reading_of(one, today)
        due = reading.due_on if reading else None
        over = due is not None and due < today
        if over and one.stated:  # type: ignore[attr-defined]  # annotated
            continue
        between = filed.unannounced(reading) if reading and due is None else ""
        shown.append({"one": one, "due_on": due, "between": between, "meaning": "bad" if over else "attention"})
    return shown[:SHOWN]
