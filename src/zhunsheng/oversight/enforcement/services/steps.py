"""What every step of a case does: lock, move, write down."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.workdays import NotAnnounced, add_calendar_days
from zhunsheng.oversight.enforcement import law_book, permissions
from zhunsheng.oversight.enforcement.lifecycle import CASE, Stage
from zhunsheng.oversight.enforcement.models import Case, CaseEvent
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.rules.days import due
from zhunsheng.oversight.enforcement.selectors.clocks import Clock, running
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User

PREPARED: Final = ("propose", "investigate", "files", "find", "site_record", "questioning", "correction")
"""Records of an investigation: whoever wrote one of them neither examines nor hears the case."""
INVESTIGATED: Final = (*PREPARED, "notify", "submit")
"""Records of an investigation until the case is with who decides: whoever wrote one of them does not decide it."""

__all__ = [
    "INVESTIGATED", "PREPARED", "CaseRefused", "count_again", "count_next", "day_of", "demand", "due", "keep",
    "locked", "move", "refuse_done_by", "require", "untold_of", "write_down",
]  # fmt: skip


class CaseRefused(DomainError):
    """A case that says too little, or a step that doesn't fit it."""

    code = "case-refused"


def locked(case_id: int) -> Case:
    """Return a case, locked. Raises: Case.DoesNotExist."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def day_of(at: datetime) -> date:
    """Return the day in China's time zone."""
    return timezone.localdate(at)


def move(case: Case, action: str) -> None:
    """Set the stage that an action leads to. Raises: IllegalMove."""
    case.stage = Stage(CASE.target(case.stage, action))


def write_down(
    case: Case, kind: str, words: str, by: User | None, at: datetime, *, values: Mapping[str, Any] | None = None,
    file: str = "", file_name: str = "",
) -> CaseEvent:  # fmt: skip
    """Put a record on the case's timeline, which is never changed after that, and count what falls due next."""
    made = CaseEvent.objects.create(
        case=case, kind=kind, words=words.strip(), values=dict(values or {}), file_id=file or None,
        file_name=file_name[:200], by=by, at=at,
    )  # fmt: skip
    count_next(case)
    return made


def demand(field: str, text: str) -> str:
    """Return a text that must say something. Raises: CaseRefused."""
    if not text.strip():
        raise CaseRefused("This has to be filled in.", field=field, remedy="Fill it in.")
    return text.strip()


def require(user: User, action: str, case: Case, at: datetime) -> None:
    """Pass an officer who may do this with a case and has no interest in it. Raises: NotAllowed, CaseRefused."""
    permissions.require(user, action, case, day_of(at))
    _refuse_interest(case, user)


def _refuse_interest(case: Case, user: User) -> None:
    """Refuse who belongs to the party, today or in the years before."""
    if case.organisation_id is None:
        return
    if any(one.organisation_id == case.organisation_id for one in user.memberships_held()):
        raise CaseRefused(
            "Who belongs or belonged to the party keeps out of its case.", remedy="Let another officer do this.",
            kept=True,
        )  # fmt: skip


def refuse_done_by(case: Case, first: str, kinds: Sequence[str], second: str, by: User) -> None:
    """Refuse a duty to who did another on this case: the investigators, and who wrote records of these kinds.

    Raises: SamePerson.
    """
    done: set[int | None] = set(case.events.filter(kind__in=kinds).values_list("by", flat=True))
    if first == Can.INVESTIGATE:
        done |= {case.investigator_id, case.second_id}
    policy.refuse_same_person(first, done - {None}, second, by)


def count_again(case: Case, by: User, why: str) -> None:
    """Compute the last day of the decision anew from the filing, extensions and pauses."""
    clock = law_book.rule("CASE-DECIDE", case.filed_on)
    days = int(clock.values["days"]) + sum(case.extensions.values_list("days", flat=True))
    rows = case.pauses.exclude(until=None).values_list("since", "until")
    stood = [(since, until) for since, until in rows if until is not None]
    try:
        case.due_on = add_calendar_days(case.filed_on, days, suspended=stood)
    except NotAnnounced:
        case.due_on = None
    with recorded(by, why):
        case.save(update_fields=["due_on"])


def keep(case: Case, by: User | None, why: str, *fields: str) -> None:
    """Save a case that was moved."""
    with recorded(by, why):
        case.save(update_fields=["stage", *fields])


def untold_of(case: Case, clocks: Sequence[Clock]) -> list[Clock]:
    """Return the clocks of whose last day nobody above was told; an extended day is another one."""
    if not clocks:
        return []
    told = {(one["clock"], one["due"]) for one in case.events.filter(kind="overdue").values_list("values", flat=True)}
    return [one for one in clocks if one.mark not in told]


def count_next(case: Case, *, reminded: Sequence[Clock] = ()) -> None:
    """Note what falls due next in a case, so that lists and duties find it; another last day is another clock.

    Of every clock that runs who handles the case is reminded once before, and the authority above told once after: the
    days from which that is due next are noted too.

    Args:
        reminded: the clocks of which somebody was reminded just now.
    """
    clocks = running(case)
    known = {(name, day) for name, day in case.reminded_of} | {one.mark for one in reminded}
    name, due_on, warn_on = (clocks[0].name, clocks[0].due_on, clocks[0].warn_on) if clocks else ("", None, None)
    counted: dict[str, Any] = {
        "next_clock": name,
        "next_due_on": due_on,
        "warn_on": warn_on,
        "remind_on": min((one.warn_on for one in clocks if one.mark not in known), default=None),
        "reminded_of": [list(one.mark) for one in clocks if one.mark in known],
        "escalate_on": min((one.due_on for one in untold_of(case, clocks)), default=None),
    }
    if (name, due_on) != (case.next_clock, case.next_due_on):
        counted |= {"escalated_at": None, "escalated_to": None}
    changed = {field: value for field, value in counted.items() if getattr(case, field) != value}
    if changed:
        for field, value in changed.items():
            setattr(case, field, value)
        Case.objects.filter(pk=case.pk).update(**changed)
