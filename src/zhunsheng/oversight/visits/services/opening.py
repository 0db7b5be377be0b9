"""Opening a visit under a task, showing who the inspectors are, beginning it, calling it off."""

import secrets
from datetime import date, datetime

from django.db import transaction

from zhunsheng.foundation.workdays import add_months
from zhunsheng.oversight.inspections.lifecycle import TaskStage
from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.permissions import require_inspector
from zhunsheng.oversight.visits import lawbook, permissions, selectors
from zhunsheng.oversight.visits.lifecycle import Mode, Side, Stage
from zhunsheng.oversight.visits.models import CheckItem, Signature, Visit
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of, locked, move
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Membership, User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.numbers import next_number


@keeps_refused
@transaction.atomic
def open_visit(
    *, task_id: int, mode: str, first_day: date, last_day: date, place: str = "", by: User, at: datetime
) -> Visit:
    """Open the visit of a task, with the checklist that its body's facts call for; one of its inspectors does.

    Raises: Task.DoesNotExist, NotAllowed, VisitRefused.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("body", "leader", "second").get(pk=task_id)
    on = day_of(at)
    require_inspector(by, task, on)
    leader, second = _inspectors_of(task)
    _check_opening(task, mode, first_day, last_day)
    for one in (leader, second):
        refuse_interest(one, task.body.organisation_id, on)
    body = task.body
    with recorded(by, f"task {task.number}"):
        made = Visit.objects.create(
            number=next_number(Visit, "V", on), task=task, body=body, division_id=task.division_id, leader=leader,
            second=second, organisation_id=body.organisation_id, mode=mode, first_day=first_day, last_day=last_day,
            place=(place or body.address)[:300], pass_code=secrets.token_urlsafe(12), opened_by=by, opened_at=at,
            generated=body.generated,
        )  # fmt: skip
        _fill(made, task, on)
    return made


def refuse_interest(user: User, organisation_id: int | None, on: date) -> None:
    """Refuse an inspector who works, or within the law's years worked, at the body. Raises: VisitRefused."""
    if organisation_id is None:
        return
    years = lawbook.number(lawbook.TEAM, "years_after_employment", on)
    since = add_months(on, -round(12 * years))
    held = Membership.objects.filter(user=user, organisation_id=organisation_id)
    if held.exclude(valid_to__lt=since).exists():
        raise VisitRefused(
            "%(who)s has an interest in this body.", params={"who": str(user)},
            remedy="Let another inspector be drawn for the task.", kept=True,
        )  # fmt: skip


@transaction.atomic
def show_identity(*, pass_code: str, who: str, at: datetime) -> Visit:
    """Record that the body has seen by the code who the inspectors are; the first time counts.

    Raises: Visit.DoesNotExist, VisitRefused.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pass_code=pass_code)
    if not who.strip():
        raise VisitRefused("Say who has seen it.", field="who", remedy="Enter your name and post.")
    if visit.seen_at is None and visit.stage in {Stage.PREPARED, Stage.UNDER_WAY}:
        visit.seen_at, visit.seen_by = at, who.strip()[:60]
        with recorded(None, "identification by code"):
            visit.save(update_fields=["seen_at", "seen_by"])
    return visit


@keeps_refused
@transaction.atomic
def start_visit(*, visit_id: int, by: User, at: datetime) -> Visit:
    """Begin a visit on one of its days: the sheet opens. One of the two inspectors begins it.

    Raises: Visit.DoesNotExist, NotAllowed, IllegalMove, VisitRefused.
    """
    visit = locked(visit_id)
    on = day_of(at)
    permissions.require_seat(by, visit, on)
    for one in (visit.leader, visit.second):
        refuse_interest(one, visit.organisation_id, on)
    if not visit.first_day <= on <= visit.last_day:
        raise VisitRefused("This is not a day of the visit.", remedy="Begin on a day that the visit names.")
    move(visit, "start")
    visit.started_at = at
    with recorded(by, "visit begun"):
        visit.save(update_fields=["stage", "started_at"])
    return visit


@keeps_refused
@transaction.atomic
def cancel_visit(*, visit_id: int, why: str, by: User, at: datetime) -> Visit:
    """Call off a visit that has not begun; its task stays. Raises: Visit.DoesNotExist, NotAllowed, IllegalMove."""
    visit = locked(visit_id)
    on = day_of(at)
    if not permissions.seat_of(by, visit, on):
        permissions.require(by, Can.DECIDE, visit, on)
    move(visit, "cancel")
    with recorded(by, why):
        visit.save(update_fields=["stage"])
    return visit


def _inspectors_of(task: Task) -> tuple[User, User]:
    people = [one.user for one in (task.leader, task.second) if one is not None and one.user is not None]
    if len(people) != 2:
        raise VisitRefused("The task has no two inspectors with accounts.", remedy="Let inspectors be drawn first.")
    return people[0], people[1]


def _check_opening(task: Task, mode: str, first_day: date, last_day: date) -> None:
    if task.stage != TaskStage.ASSIGNED:
        raise VisitRefused("This task is not to be visited.", remedy="Open a task with drawn inspectors.")
    if mode not in Mode.values:
        raise VisitRefused("A visit is on site or remote.", field="mode", remedy="Choose one of both.")
    if not task.first_day <= first_day <= last_day <= task.last_day:
        raise VisitRefused(
            "The visit must lie between %(first)s and %(last)s.",
            params={"first": task.first_day.isoformat(), "last": task.last_day.isoformat()},
            field="first_day", remedy="Choose days within the task's window.",
        )  # fmt: skip
    if Visit.objects.filter(task=task).exclude(stage=Stage.CANCELLED).exists():
        raise VisitRefused("This task has a visit already.", remedy="Open that visit.")


def _fill(visit: Visit, task: Task, on: date) -> None:
    """Lay the sheet out: what applies of the library, then what is known of this body alone, and three signatures."""
    chosen = selectors.checklist_for(visit.body, on, kind=task.checklist)
    rows = [
        CheckItem(
            visit=visit, place=place, code=one.code, clause=one.clause, words=dict(one.words), how=dict(one.how),
            evidence=list(one.evidence), violations=list(one.violations), starred=one.starred,
        )
        for place, one in enumerate(chosen.items, 1)
    ]  # fmt: skip
    for place, extra in enumerate(selectors.extras_for(task, on), len(rows) + 1):
        rows.append(
            CheckItem(
                visit=visit, place=place, code=f"X{place - len(chosen.items):02d}", source=extra.source,
                reference=extra.reference[:120], clause=extra.clause[:200],
                words={"zh": extra.words, "en": extra.words}, violations=list(extra.violations), starred=True,
            )
        )  # fmt: skip
    CheckItem.objects.bulk_create(rows)
    Signature.objects.bulk_create(Signature(visit=visit, side=side) for side in Side.values)
    visit.checklist = chosen.editions[:400]
    visit.save(update_fields=["checklist"])
