"""A result as plain data and back, as decisions store and seal it."""

from datetime import date
from typing import Any

from zhunsheng.registry.credit.rules.scorecard import TENTHS
from zhunsheng.registry.credit.rules.scoring import BodyFacts, EventFact, Result


def inputs_told(facts: BodyFacts) -> dict[str, Any]:
    """Return the facts as plain data: field, numbers of the register, and events by key, kind and day."""
    return {
        "field": facts.stratum,
        "facts": dict(sorted(facts.facts.items())),
        "events": [[one.key, one.kind, one.on.isoformat()] for one in sorted(facts.events)],
    }


def inputs_read(told: dict[str, Any]) -> BodyFacts:
    """Return the facts that were stored."""
    events = tuple(EventFact(date.fromisoformat(day), key, kind) for key, kind, day in told["events"])
    return BodyFacts(told["field"], told["facts"], events)


def result_told(result: Result) -> dict[str, Any]:
    """Return a result as plain data; probabilities as text with four decimals, so that digests are stable."""
    return {
        "score": result.score,
        "lost": [[one.dimension, one.tenths, one.weight] for one in result.lost],
        "items": [[one.dimension, one.indicator, one.tenths, one.key] for one in result.items],
        "chances": {"B": f"{result.chances[0]:.4f}", "A": f"{result.chances[1]:.4f}"},
        "by_score": result.by_score,
        "letter": result.letter,
        "forced_by": result.forced_by,
        "forced_key": result.forced_key,
    }


def points(tenths: int) -> str:
    """Return tenths of a point as points with one decimal."""
    return f"{tenths // TENTHS}.{tenths % TENTHS}"
