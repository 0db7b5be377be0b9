"""A whole world: its laboratories one after another, each with reports, and the truth about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zhunsheng.demo.simulator.calendar import Calendar, calendar
from zhunsheng.demo.simulator.cheating import cheat
from zhunsheng.demo.simulator.columns import names_of
from zhunsheng.demo.simulator.drafts import Draft, arrivals
from zhunsheng.demo.simulator.laboratories import Laboratory, laboratories, random_of
from zhunsheng.demo.simulator.results import measure
from zhunsheng.demo.simulator.specs import WorldSpec
from zhunsheng.demo.simulator.timing import schedule

MARGIN_MONTHS = 3
"""Months after the world's last in which what came in before is still tested and issued."""


@dataclass(frozen=True, slots=True)
class Made:
    """What one laboratory did in a world."""

    laboratory: Laboratory
    drafts: list[Draft]
    calendar: Calendar


def world(spec: WorldSpec) -> Iterator[Made]:
    """Yield the laboratories of a world with their reports; the same seed gives the same world."""
    days = calendar(spec.first, spec.months + MARGIN_MONTHS)
    for laboratory in laboratories(spec):
        random = random_of(spec, 4, laboratory.index)
        drafts = arrivals(laboratory, days, spec.months, random)
        for draft in drafts:
            if draft.count:
                measure(draft, laboratory, days, random)
                schedule(draft, laboratory, days, random)
                cheat(draft, laboratory, days, random_of(spec, 5, laboratory.index))
        yield Made(laboratory, [one for one in drafts if one.count], days)


def truth_of(made: Made) -> dict[str, Any]:
    """Return what is true of a laboratory: what it did, what is unusual, which reports are made up."""
    laboratory = made.laboratory
    found: dict[str, Any] = {
        "body": laboratory.slug,
        "reports": sum(draft.count for draft in made.drafts),
        "unusual": laboratory.unusual,
        "kind": "",
    }
    if laboratory.cheat is not None:
        numbers = [
            number
            for draft in made.drafts
            for number, bad in zip(names_of(draft, laboratory), draft.made_up, strict=True)
            if bad
        ]
        found |= {
            "kind": laboratory.cheat.kind,
            "intensity": laboratory.cheat.intensity,
            "onset": laboratory.cheat.onset,
            "made_up": numbers,
        }
    return found
