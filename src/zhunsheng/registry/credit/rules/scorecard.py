"""A scorecard of one day: dimensions, indicators, classes and the events that force a class."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from zhunsheng.foundation.stats.grading import Prior

EVENTS: Final = "events"
GOOD: Final = "good"
FACT: Final = "fact"
SHARE: Final = "share"
RATE: Final = "rate"
SORTS: Final = (EVENTS, GOOD, FACT, SHARE, RATE)
LETTERS: Final = "DCBA"
"""From the lowest to the highest."""
TENTHS: Final = 10
"""Points are counted in tenths, so that sums are exact."""
EVEN: Final = Prior(1.0, 1.0)
FULL: Final = 100 * TENTHS


@dataclass(frozen=True)
class Dimension:
    """A part of the scorecard: at most `weight` tenths of a point can be lost in it."""

    key: str
    weight: int


@dataclass(frozen=True)
class Indicator:
    """One way of losing points; `steps` are (from this count, tenths), or the knots of a share or rate."""

    id: str
    dimension: str
    sort: str
    steps: tuple[tuple[float, int], ...]
    kinds: frozenset[str] = frozenset()
    good: frozenset[str] = frozenset()
    months: int = 0
    fact: str = ""
    prior: Prior = EVEN

    def step(self, count: int) -> int:
        """Return the tenths that a count costs."""
        return max((pair for pair in self.steps if pair[0] <= count), default=(0, 0))[1]


@dataclass(frozen=True)
class Forced:
    """Events that let a body have no better class than this for some months."""

    id: str
    kinds: frozenset[str]
    letter: str
    months: int


@dataclass(frozen=True)
class Proof:
    """The good outcomes that the highest class asks for: of whom nothing is known, nothing is proven."""

    kinds: frozenset[str] = frozenset()
    months: int = 0
    least: int = 0


NO_PROOF: Final = Proof()


@dataclass(frozen=True)
class Scorecard:
    """Everything that a grade is computed by; `version` names the entries of law."""

    version: str
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    forced: tuple[Forced, ...]
    least: Mapping[str, int]
    initial: str
    needed: float
    proof: Proof = NO_PROOF
    priors: Mapping[tuple[str, str], Prior] = field(default_factory=dict)
    """By indicator and field; the field "" holds for the rest."""

    @property
    def longest(self) -> int:
        """Return the months of the longest window that an indicator, a forcing rule or the proof looks at."""
        windows = [one.months for one in self.indicators] + [one.months for one in self.forced]
        return max(*windows, self.proof.months)

    @property
    def lowest(self) -> str:
        """Return the lowest class by score, the one below every class that asks for points."""
        return LETTERS[min(map(LETTERS.index, self.least)) - 1]

    def prior(self, indicator: Indicator, stratum: str) -> Prior:
        """Return what is usual for an indicator among bodies of a field."""
        found = self.priors.get((indicator.id, stratum)) or self.priors.get((indicator.id, ""))
        return found or indicator.prior
