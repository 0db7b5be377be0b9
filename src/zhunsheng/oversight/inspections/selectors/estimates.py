"""How many bodies of a place break the rules, said from the lot alone: visits for a cause never enter."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from zhunsheng.foundation.draws.frames import read_frame
from zhunsheng.foundation.stats.sampling import NotSampleable, inclusion_probabilities, sampford_joint
from zhunsheng.foundation.stats.sampling.estimates import Matrix
from zhunsheng.foundation.stats.sampling.rates import Drawn, Rate, rate
from zhunsheng.oversight.inspections.lifecycle import Arm, TaskStage
from zhunsheng.oversight.inspections.models import Plan, Task
from zhunsheng.platform.draws.models import Draw

MOST_JOINT = 80
"""Units of a stratum up to which joint probabilities are computed for a page; above, Brewer's variance serves."""

Seen = list[tuple[str, float, bool]]


@dataclass(frozen=True, slots=True)
class Estimates:
    """The share of violators among the bodies of the frames: in all, by stratum, by year; and what was left out."""

    whole: Rate | None
    by_stratum: dict[str, Rate]
    by_year: dict[int, Rate]
    unreached: int
    waiting: int


def estimates_of(plans: QuerySet[Plan]) -> Estimates:
    """Return the estimates for some plans: three queries."""
    lot = Task.objects.filter(plan__in=plans, arm=Arm.RANDOM).exclude(stage=TaskStage.CANCELLED)
    seen: dict[tuple[int, int, str], Seen] = defaultdict(list)
    unreached = waiting = 0
    rows = lot.values_list("plan__first_day", "draw__draw_id", "stratum", "row", "pi", "violation", "stage")
    for first_day, draw_id, stratum, row, pi, violation, stage in rows:
        if stage != TaskStage.REPORTED:
            waiting += 1
        elif violation is None:
            unreached += 1
        elif draw_id is not None and pi is not None:
            seen[first_day.year, draw_id, stratum].append((row, pi, violation))
    joints = _joints({key[1]: None for key in seen}, seen)
    drawn = {key: _drawn(units, joints.get((key[1], key[2]))) for key, units in seen.items()}
    return Estimates(
        rate({str(key): one for key, one in drawn.items()}),
        _by(drawn, 2),
        {int(year): one for year, one in _by(drawn, 0).items()},
        unreached,
        waiting,
    )


def _by(drawn: dict[tuple[int, int, str], Drawn], place: int) -> dict[str, Rate]:
    groups: dict[str, dict[str, Drawn]] = defaultdict(dict)
    for key, one in drawn.items():
        groups[str(key[place])][str(key)] = one
    found = {name: rate(group) for name, group in sorted(groups.items())}
    return {name: one for name, one in found.items() if one is not None}


def _drawn(units: Seen, joint: dict[tuple[str, str], float] | None) -> Drawn:
    names, pi = [one[0] for one in units], [one[1] for one in units]
    matrix: Matrix | None = None
    if joint is not None:
        matrix = [[joint[one, other] for other in names] for one in names]
    return Drawn([float(one[2]) for one in units], pi, matrix)


def _joints(
    draws: Iterable[int], seen: dict[tuple[int, int, str], Seen]
) -> dict[tuple[int, str], dict[tuple[str, str], float]]:
    """Return joint probabilities within the small strata that Sampford's method drew."""
    found: dict[tuple[int, str], dict[tuple[str, str], float]] = {}
    wanted = {(key[1], key[2]) for key, units in seen.items() if len(units) > 1}
    for draw in Draw.objects.filter(pk__in=list(draws)).only("pk", "frame", "parameters"):
        if draw.parameters.get("method") != "sampford":
            continue
        groups: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in read_frame(draw.frame):
            groups[row.get("stratum", "")].append(row)
        for stratum, rows in groups.items():
            if (draw.pk, stratum) in wanted and len(rows) <= MOST_JOINT:
                joint = _joint(rows, int(draw.parameters["n"][stratum]), float(draw.parameters.get("floor", "0")))
                if joint is not None:
                    found[draw.pk, stratum] = joint
    return found


def _joint(rows: list[dict[str, str]], n: int, floor: float) -> dict[tuple[str, str], float] | None:
    try:
        matrix = sampford_joint(inclusion_probabilities([float(row["size"]) for row in rows], n, floor=floor))
    except NotSampleable:
        return None
    ids = [row["id"] for row in rows]
    return {(one, other): matrix[i][j] for i, one in enumerate(ids) for j, other in enumerate(ids)}


def plans_of_year(plans: QuerySet[Plan], year: int) -> QuerySet[Plan]:
    """Keep the plans that begin in a year."""
    return plans.filter(first_day__gte=date(year, 1, 1), first_day__lte=date(year, 12, 31))
