"""From whom a plan draws: every body of the place that is not inspected already for the same matters."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhunsheng.oversight.inspections import lawbook
from zhunsheng.oversight.inspections.lifecycle import TaskStage
from zhunsheng.oversight.inspections.models import Plan, Task
from zhunsheng.oversight.inspections.rules.frame import BodyFacts, Rates, frame_of, method
from zhunsheng.oversight.leads.lifecycle import OPEN
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.registry.bodies.models import Accreditation, Body, BodyKind
from zhunsheng.registry.bodies.selectors import at_or_below
from zhunsheng.registry.credit.models import Grade

OTHER_FIELD = "21"


@dataclass(frozen=True, slots=True)
class Frame:
    """A plan's frame: rows, how many are drawn of each stratum, who is left out with the reason.

    `raised` has who weighs more by open leads: the body, how many leads, its weight as the row says it.
    """

    rows: list[dict[str, str]]
    n: dict[str, int]
    method: str
    bodies: dict[str, Body]
    fields: dict[int, tuple[str, ...]]
    left_out: list[tuple[Body, str]]
    raised: list[tuple[Body, int, str]]

    @property
    def asked(self) -> int:
        """Return how many are drawn in all."""
        return sum(self.n.values())


def frame_for(plan: Plan, on: date) -> Frame:
    """Return the frame of a plan as the registers stand now; a constant number of queries."""
    found = list(candidates(plan, on))
    fields = fields_of([one.pk for one in found])
    wanted = [one for one in found if not plan.fields or set(plan.fields) & set(fields.get(one.pk, (OTHER_FIELD,)))]
    taken = _taken(plan, wanted, on)
    grades, leads = _grades(wanted, on), _leads(wanted)
    kept = [one for one in wanted if one.pk not in taken]
    facts = [
        BodyFacts(
            id=row_id(one), name=one.name, field=fields.get(one.pk, (OTHER_FIELD,))[0],
            city=f"{(one.division_id or '')[:4]}00", grade=grades.get(one.pk, ""), leads=leads.get(one.pk, 0),
        )
        for one in kept
    ]  # fmt: skip
    rates = rates_of(plan, on)
    rows, n = frame_of(facts, plan.strata, rates)
    large = int(lawbook.rule(lawbook.RATES, on).values["large_stratum"])
    bodies = {row_id(one): one for one in kept}
    raised = [(bodies[row["id"]], row["size"]) for row in rows if leads.get(bodies[row["id"]].pk)]
    return Frame(
        rows, n, method(rows, n, large), bodies, fields,
        [(one, taken[one.pk]) for one in wanted if one.pk in taken],
        [(one, leads[one.pk], size) for one, size in raised],
    )  # fmt: skip


def rates_of(plan: Plan, on: date) -> Rates:
    """Return a plan's rates with the law's factor for open leads."""
    factor = Decimal(str(lawbook.rule(lawbook.RATES, on).values["lead_factor"]))
    return Rates({grade: Decimal(rate) for grade, rate in plan.rates.items()}, factor, Decimal(plan.floor))


def row_id(body: Body) -> str:
    """Return the id of a body's row: its public identifier."""
    return body.slug if body.slug.isascii() and len(body.slug) <= 64 and " " not in body.slug else f"body-{body.pk}"


def candidates(plan: Plan, on: date) -> QuerySet[Body]:
    """Return the testing bodies of the place with a certificate in force on the day."""
    held = Accreditation.objects.filter(body_id=OuterRef("pk"), valid_from__lte=on)
    bodies = Body.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), kind=BodyKind.TESTING)
    bodies = bodies.filter(Exists(held.filter(Q(valid_to=None) | Q(valid_to__gte=on))))
    return at_or_below(bodies, plan.division_id).order_by("slug")


def fields_of(body_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the fields of bodies by the fifth and sixth digit of their certificates' numbers, newest first."""
    found: dict[int, dict[str, None]] = {}
    rows = Accreditation.objects.filter(body_id__in=list(body_ids)).order_by("-valid_from", "-pk")
    for body_id, number in rows.values_list("body_id", "number"):
        code = number[4:6] if len(number) == 12 and number.isdigit() else OTHER_FIELD
        found.setdefault(body_id, {})[code if code <= OTHER_FIELD else OTHER_FIELD] = None
    return {body_id: tuple(codes) for body_id, codes in found.items()}


def _grades(bodies: list[Body], on: date) -> dict[int, str]:
    held = Grade.objects.filter(Q(until=None) | Q(until__gte=on), body_id__in=[one.pk for one in bodies], since__lte=on)
    return dict(held.order_by("since").values_list("body_id", "grade"))


def _leads(bodies: list[Body]) -> dict[int, int]:
    found = Lead.objects.filter(body_id__in=[one.pk for one in bodies], stage__in=OPEN)
    return dict(Counter(found.values_list("body_id", flat=True)))


def _taken(plan: Plan, bodies: list[Body], on: date) -> dict[int, str]:
    """Return who is left out: inspected for one of the matters in the window already, or often enough this year."""
    cap = int(lawbook.rule(lawbook.FREQUENCY, on).values["visits_a_year"])
    live = Task.objects.exclude(stage=TaskStage.CANCELLED).filter(body_id__in=[one.pk for one in bodies])
    year = Q(first_day__year=plan.first_day.year) | Q(last_day__year=plan.first_day.year)
    window = Q(first_day__lte=plan.last_day, last_day__gte=plan.first_day)
    found: dict[int, str] = {}
    visits: Counter[int] = Counter()
    rows: Any = live.filter(year | window).values_list("body_id", "matters", "first_day", "last_day")
    for body_id, matters, first, last in rows:
        if plan.first_day.year in {first.year, last.year}:
            visits[body_id] += 1
        if first <= plan.last_day and last >= plan.first_day and set(matters) & set(plan.matters):
            found[body_id] = "same_matter"
    return {body_id: "frequency" for body_id, count in visits.items() if count >= cap} | found
