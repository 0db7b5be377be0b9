"""Figures of the board: progress, overdue visits, duration, outcome by field and city."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, Q, QuerySet

from zhunsheng.oversight.inspections.lifecycle import OPEN_TASKS, TaskStage
from zhunsheng.oversight.inspections.models import Plan, Task
from zhunsheng.platform.accounts.models import Division, Level


@dataclass(frozen=True, slots=True)
class Place:
    """How the visits to the bodies of a city stand."""

    code: str
    name: str
    visits: int
    done: int
    violations: int


@dataclass(frozen=True, slots=True)
class Board:
    """What the board shows of some tasks."""

    visits: int
    done: int
    overdue: int
    waiting: int
    violations: int
    days: float | None
    by_field: dict[str, tuple[int, int]]
    places: list[Place]
    by_month: dict[str, tuple[int, int]]


def board_of(tasks: QuerySet[Task], on: date) -> Board:
    """Return the board of some tasks: three queries."""
    live = tasks.exclude(stage=TaskStage.CANCELLED).order_by()
    figures = live.aggregate(
        visits=Count("pk"),
        done=Count("pk", filter=Q(stage=TaskStage.REPORTED)),
        overdue=Count("pk", filter=Q(stage__in=OPEN_TASKS, last_day__lt=on)),
        waiting=Count("pk", filter=Q(stage=TaskStage.PLANNED)),
        violations=Count("pk", filter=Q(stage=TaskStage.REPORTED, violation=True)),
    )
    rows = list(live.values_list("division_id", "fields", "stage", "violation", "assigned_at", "reported_at"))
    by_field: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    by_month: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    days: list[int] = []
    for _division, fields, stage, violation, assigned, reported in rows:
        if stage != TaskStage.REPORTED or reported is None:
            continue
        _add(by_field[fields[0] if fields else "21"], violation)
        _add(by_month[f"{reported:%Y-%m}"], violation)
        if assigned is not None:
            days.append((reported - assigned).days)
    return Board(
        **figures,
        days=median(days) if days else None,
        by_field={code: (one[0], one[1]) for code, one in sorted(by_field.items())},
        places=_places((division, stage, violation) for division, _f, stage, violation, _a, _r in rows),
        by_month={month: (one[0], one[1]) for month, one in sorted(by_month.items())},
    )


def _add(counts: list[int], violation: bool | None) -> None:
    counts[0] += 1
    counts[1] += violation is True


def _places(rows: Iterable[tuple[str, str, bool | None]]) -> list[Place]:
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for division, stage, violation in rows:
        one = counted[f"{division[:4]}00"]
        one[0] += 1
        one[1] += stage == TaskStage.REPORTED
        one[2] += stage == TaskStage.REPORTED and violation is True
    cities = Division.objects.filter(level=Level.CITY).order_by("code")
    return [Place(city.code, city.local_name, *counted[city.code]) for city in cities if city.code in counted]


def plans_in_progress(plans: QuerySet[Plan], most: int = 12) -> list[Plan]:
    """Return the approved plans with figures, the first to end first."""
    return list(plans.filter(stage="approved").order_by("last_day", "pk")[:most])
