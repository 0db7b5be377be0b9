"""Pure checks of the governance: whose opinion counts, and whether there are enough."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Interests:
    """What binds an expert to a proposal; the first is found by us, the others are declared."""

    same_organisation: bool = False
    employed: bool = False
    consultant: bool = False
    author: bool = False


def conflict_of(interests: Interests, excluding: Sequence[str]) -> str:
    """Return the first interest that by the rules keeps an opinion from counting, or nothing."""
    return next((name for name in excluding if getattr(interests, name, False)), "")


@dataclass(frozen=True, slots=True)
class Tally:
    """The opinions of one proposal that count, against what the rules ask for."""

    support: int
    oppose: int
    aside: int
    needed: int
    majority: bool

    @property
    def counted(self) -> int:
        """How many opinions count."""
        return self.support + self.oppose

    @property
    def missing(self) -> int:
        """How many opinions are still needed."""
        return max(0, self.needed - self.counted)

    @property
    def carries(self) -> bool:
        """Whether the proposal may be published as far as opinions go."""
        return self.missing == 0 and (not self.majority or self.support > self.oppose)


def tally(opinions: Collection[tuple[str, str]], sort: str, values: Mapping[str, Any]) -> Tally:
    """Count the opinions without conflict; support with changes is support.

    Args:
        opinions: verdict and conflict of each.
        values: of the law's entry LIBRARY-REVIEW.
    """
    counting = [verdict for verdict, conflict in opinions if not conflict]
    oppose = sum(1 for verdict in counting if verdict == "oppose")
    return Tally(
        support=len(counting) - oppose,
        oppose=oppose,
        aside=len(opinions) - len(counting),
        needed=int(values["opinions"][sort]),
        majority=bool(values["more_support_than_opposition"]),
    )
