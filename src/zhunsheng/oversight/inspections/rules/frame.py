"""From grades, leads and rates to the frame of a draw: weights, strata, how many of each."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from zhunsheng.foundation.draws.samples import LARGEST

HUNDRED: Final = Decimal(100)
LEAST_WEIGHT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What decides a body's place in the frame."""

    id: str
    name: str
    field: str
    city: str
    grade: str
    leads: int


@dataclass(frozen=True, slots=True)
class Rates:
    """Percent to be drawn by grade ("" for none), the factor of an open lead, the least probability."""

    percent: Mapping[str, Decimal]
    lead_factor: Decimal
    floor: Decimal


def weight(facts: BodyFacts, rates: Rates) -> Decimal:
    """Return the percentage at which a body is to be drawn: its grade's, raised by an open lead, at most 100."""
    rate = rates.percent.get(facts.grade, rates.percent[""])
    if facts.leads:
        rate *= rates.lead_factor
    return max(min(rate, HUNDRED), rates.floor * HUNDRED, LEAST_WEIGHT)


def stratum(facts: BodyFacts, by: Sequence[str]) -> str:
    """Return the stratum of a body: its field, city and grade, as far as the plan divides by them."""
    parts = {"field": facts.field, "city": facts.city, "grade": facts.grade or "-"}
    return "/".join(parts[one] for one in ("field", "city", "grade") if one in by)


def asked(weights: Sequence[Decimal], floor: Decimal) -> int:
    """Return how many of a stratum are drawn: the rounded sum of percentages, at least one and what floor needs."""
    expected = (sum(weights, Decimal(0)) / HUNDRED).quantize(Decimal(1), ROUND_HALF_UP)
    least = math.ceil(floor * len(weights))
    return min(max(int(expected), least, 1), len(weights))


def frame_of(
    bodies: Sequence[BodyFacts], by: Sequence[str], rates: Rates
) -> tuple[list[dict[str, str]], dict[str, int]]:
    """Return the rows of the frame and how many are drawn of each stratum; rows hold weights, no grade and no lead."""
    rows, weights = [], dict[str, list[Decimal]]()
    for facts in bodies:
        size, name = weight(facts, rates), stratum(facts, by)
        weights.setdefault(name, []).append(size)
        rows.append({"id": facts.id, "name": facts.name, "stratum": name, "size": plain(size)})
    return rows, {name: asked(sizes, rates.floor) for name, sizes in sorted(weights.items())}


def plain(number: Decimal) -> str:
    """Return a number as frames write it: digits and a point, at most six after it."""
    text = f"{number.quantize(Decimal('0.000001')):f}"
    return text.rstrip("0").rstrip(".")


def method(rows: Sequence[Mapping[str, str]], n: Mapping[str, int], large: int) -> str:
    """Return Sampford's method, or the pivotal one where a stratum is too large for it."""
    units: dict[str, int] = {}
    for row in rows:
        units[row["stratum"]] = units.get(row["stratum"], 0) + 1
    heavy = any(one > large or one * n[name] > LARGEST["sampford"] for name, one in units.items())
    return "random_pivotal" if heavy else "sampford"
