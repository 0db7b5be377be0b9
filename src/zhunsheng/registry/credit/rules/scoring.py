"""The score of one body: which events and facts cost which points, which class follows, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhunsheng.foundation.stats import grading
from zhunsheng.foundation.stats.grading.classes import Masses
from zhunsheng.registry.credit.rules.scorecard import (
    EVENTS,
    FACT,
    FULL,
    GOOD,
    LETTERS,
    RATE,
    SHARE,
    Dimension,
    Forced,
    Indicator,
    Scorecard,
)

QUARTERS_A_YEAR = 4


@dataclass(frozen=True, order=True)
class EventFact:
    """An event that stands: its day, its kind, and its key in the file."""

    on: date
    key: int
    kind: str


@dataclass(frozen=True)
class BodyFacts:
    """What is known of a body: numbers of the register, and its events, neither withdrawn nor repaired."""

    stratum: str
    facts: Mapping[str, int]
    events: tuple[EventFact, ...]


@dataclass(frozen=True)
class Item:
    """A loss of points: by an event (`key`), or by a fact or what is usual (`key` None)."""

    dimension: str
    indicator: str
    tenths: int
    key: int | None = None


@dataclass(frozen=True)
class Lost:
    """What one dimension costs, of what it can cost."""

    dimension: str
    tenths: int
    weight: int


@dataclass(frozen=True)
class Result:
    """A score with everything that explains it. `chances`: of at least B, of at least A."""

    score: int
    lost: tuple[Lost, ...]
    items: tuple[Item, ...]
    chances: tuple[float, float]
    by_score: str
    letter: str
    forced_by: str = ""
    forced_key: int | None = None


def back(day: date, months: int) -> date:
    """Return the same day so many months before, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    month += 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError(f"{months} months before {day} is no day")


def forward(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    return back(day, -months)


def within(event: EventFact, on: date, months: int) -> bool:
    """Tell whether an event lies in the window of so many months that ends on a day, that day included."""
    return back(on, months) < event.on <= on


def score(card: Scorecard, facts: BodyFacts, on: date, previous: str = "") -> Result:
    """Return the explained score and class of a body on a day.

    Args:
        previous: the class before, "" for none: a class is left only with enough probability.
    """
    losses, items, spread = [], [], []
    for dimension in card.dimensions:
        part = _Part(card, dimension, facts, on)
        tenths, found, masses = part.explained()
        losses.append(Lost(dimension.key, tenths, dimension.weight))
        items += found
        spread.append(masses)
    lost = grading.total(spread)
    chance_b, chance_a = (grading.at_most(lost, FULL - card.least[letter]) for letter in "BA")
    proven = proofs(card, facts, on)
    chances = (max(chance_b, chance_a), chance_a if proven >= card.proof.least else 0.0)
    floor, begin = LETTERS.index(card.lowest), LETTERS.index(previous or card.initial)
    by_score = LETTERS[floor + grading.settle(max(0, begin - floor), chances, card.needed)]
    rule, event = _forced(card.forced, facts.events, on)
    letter = min(by_score, rule.letter, key=LETTERS.index) if rule else by_score
    return Result(
        score=FULL - sum(one.tenths for one in losses),
        lost=tuple(losses),
        items=tuple(items),
        chances=chances,
        by_score=by_score,
        letter=letter,
        forced_by=rule.id if rule else "",
        forced_key=event.key if event else None,
    )


def proofs(card: Scorecard, facts: BodyFacts, on: date) -> int:
    """Return how many good outcomes of those that the highest class asks for are on file."""
    return sum(one.kind in card.proof.kinds and within(one, on, card.proof.months) for one in facts.events)


def without(facts: BodyFacts, keys: Iterable[int]) -> BodyFacts:
    """Return the facts without some events."""
    gone = set(keys)
    return BodyFacts(facts.stratum, facts.facts, tuple(one for one in facts.events if one.key not in gone))


def _forced(
    rules: Sequence[Forced], events: Iterable[EventFact], on: date
) -> tuple[Forced, EventFact] | tuple[None, None]:
    found = [(rule, one) for rule in rules for one in events if one.kind in rule.kinds and within(one, on, rule.months)]
    if not found:
        return None, None
    return min(found, key=lambda pair: (LETTERS.index(pair[0].letter), -pair[1].on.toordinal(), pair[1].key))


class _Part:
    """One dimension of one body: its loss for any part of the bad events."""

    def __init__(self, card: Scorecard, dimension: Dimension, facts: BodyFacts, on: date) -> None:
        self.card, self.dimension, self.facts = card, dimension, facts
        self.indicators = [one for one in card.indicators if one.dimension == dimension.key]
        events = sorted(facts.events)
        self.good = {
            one.id: sum(event.kind in (one.kinds if one.sort == GOOD else one.good) for event in _in(events, one, on))
            for one in self.indicators
            if one.sort in (GOOD, SHARE)
        }
        bad = [one for one in self.indicators if one.sort in (EVENTS, SHARE, RATE)]
        self.costing: list[tuple[EventFact, list[Indicator]]] = []
        for event in events:
            by = [one for one in bad if event.kind in one.kinds and within(event, on, one.months)]
            if by:
                self.costing.append((event, by))

    def explained(self) -> tuple[int, list[Item], Masses]:
        """Return the loss in tenths, what each fact and event has of it in order of days, and its distribution."""
        counts: Counter[str] = Counter()
        items, before = [], 0
        standing: list[Indicator] = []
        for indicator in self.indicators:  # what costs without any bad event
            standing.append(indicator)
            after = self._tenths(counts, standing)
            if after > before:
                items.append(Item(self.dimension.key, indicator.id, after - before))
            before = after
        masses = self._masses(counts, standing)
        for event, by in self.costing:
            counts.update(one.id for one in by)
            masses = self._masses(counts, standing)
            after = _rounded(masses)
            items.append(Item(self.dimension.key, by[0].id, after - before, event.key))
            before = after
        return before, items, masses

    def _tenths(self, counts: Counter[str], indicators: Sequence[Indicator]) -> int:
        return _rounded(self._masses(counts, indicators))

    def _masses(self, counts: Counter[str], indicators: Sequence[Indicator]) -> Masses:
        fixed, spread = 0, []
        for one in indicators:
            count = counts[one.id]
            if one.sort == EVENTS:
                fixed += one.step(count)
            elif one.sort == GOOD:
                fixed += one.step(self.good[one.id])
            elif one.sort == FACT:
                fixed += one.step(self.facts.facts.get(one.fact, 0))
            elif one.sort == SHARE:
                prior = self.card.prior(one, self.facts.stratum)
                spread.append(grading.points_by_share(prior, count, count + self.good[one.id], one.steps))
            else:
                years = self.facts.facts.get("quarters", 0) / QUARTERS_A_YEAR
                spread.append(grading.points_by_rate(self.card.prior(one, self.facts.stratum), count, years, one.steps))
        return grading.capped(spread, fixed, self.dimension.weight)


def _in(events: Iterable[EventFact], indicator: Indicator, on: date) -> list[EventFact]:
    return [one for one in events if within(one, on, indicator.months)]


def _rounded(masses: Masses) -> int:
    """Return the expected loss to the nearest tenth; the same masses always give the same."""
    return int(grading.expectation(masses) + 0.5 + 1e-9)
