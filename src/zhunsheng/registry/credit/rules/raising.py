"""What would raise a grade: each event taken out, its window passing, a duty fulfilled; computed, not guessed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhunsheng.registry.credit.rules.scorecard import FACT, GOOD, SHARE, Indicator, Scorecard
from zhunsheng.registry.credit.rules.scoring import BodyFacts, EventFact, Result, forward, score, without

BETTER = -1
"""The key of an event that has not happened yet."""


@dataclass(frozen=True)
class Counterfactual:
    """What the score and grade would be, were one thing different."""

    sort: str
    """`without` an event, `passed` its window, `fact` mended, `good` event more."""
    indicator: str
    score: int
    letter: str
    key: int | None = None
    on: date | None = None
    kind: str = ""


def without_each(card: Scorecard, facts: BodyFacts, on: date, result: Result, before: str) -> dict[int, Counterfactual]:
    """Return for each event that costs points, or forces the class, what would be without it."""
    keys = {one.key for one in result.items if one.key is not None} | {result.forced_key} - {None}
    found = {}
    for key in sorted(key for key in keys if key is not None):
        other = score(card, without(facts, [key]), on, before)
        found[key] = Counterfactual("without", "", other.score, other.letter, key)
    return found


def raisings(card: Scorecard, facts: BodyFacts, on: date, result: Result) -> list[Counterfactual]:
    """Return what would raise the score, the largest gain first; time passing comes with its day."""
    begin = result.by_score
    ways = [*_mended(card, facts, on, begin), *_more_good(card, facts, on, begin), *_passing(card, facts, on, result)]
    better = [one for one in ways if one.score > result.score or one.letter < result.letter]
    return sorted(better, key=lambda one: (-one.score, one.on or on, one.indicator))


def _mended(card: Scorecard, facts: BodyFacts, on: date, begin: str) -> Iterable[Counterfactual]:
    for one in card.indicators:
        if one.sort == FACT and one.step(facts.facts.get(one.fact, 0)) > 0:
            best = min(one.steps, key=lambda step: step[1])[0]
            other = score(card, BodyFacts(facts.stratum, {**facts.facts, one.fact: int(best)}, facts.events), on, begin)
            yield Counterfactual("fact", one.id, other.score, other.letter)


def _more_good(card: Scorecard, facts: BodyFacts, on: date, begin: str) -> Iterable[Counterfactual]:
    for one in card.indicators:
        kind = _kind(one)
        if kind:
            more = BodyFacts(facts.stratum, facts.facts, (*facts.events, EventFact(on, BETTER, kind)))
            other = score(card, more, on, begin)
            yield Counterfactual("good", one.id, other.score, other.letter, kind=kind)


def _kind(one: Indicator) -> str:
    """Return the good kind that an indicator counts, the first by name."""
    good = one.kinds if one.sort == GOOD else one.good if one.sort == SHARE else frozenset()
    return min(good, default="")


def _passing(card: Scorecard, facts: BodyFacts, on: date, result: Result) -> Iterable[Counterfactual]:
    """Yield for each costing event the day from which it counts no more, and what would be then, all else equal."""
    costing = {one.key for one in result.items if one.key is not None} | {result.forced_key}
    for event in facts.events:
        if event.key in costing:
            months = {one.months for one in card.indicators if event.kind in one.kinds}
            months |= {one.months for one in card.forced if event.kind in one.kinds}
            other = score(card, without(facts, [event.key]), on, result.by_score)
            yield Counterfactual("passed", "", other.score, other.letter, event.key, forward(event.on, max(months)))
