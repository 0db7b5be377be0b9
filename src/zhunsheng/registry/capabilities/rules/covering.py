"""The fewest bodies that together can do everything asked: an exact search with bounds, else the greedy answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_STEPS = 20_000
"""Branches that the exact search tries before it gives up and says how far the answer may be from the best."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Bodies that together can do `wanted`; `exact` when no fewer can, else at least `least` are needed."""

    bodies: tuple[int, ...]
    exact: bool
    least: int


def fewest(able: Mapping[int, int], wanted: int, *, far: Mapping[int, int] | None = None) -> Cover:
    """Return the fewest bodies whose abilities cover what is wanted; of equally many, those with the least `far`.

    Args:
        able: what each body can do as bits; wanted: the bits to be covered, each of which some body has.
        far: how unwelcome each body is (0 by default), such as 1 for a body outside the preferred place.
    Raises: ValueError if no bodies together can do it all.
    """
    far = far or {}
    together = 0
    for can in able.values():
        together |= can
    if wanted & ~together:
        raise ValueError("nobody can do a part of it")
    if not wanted:
        return Cover((), exact=True, least=0)
    search = _Search(_worthwhile(able, wanted, far), far)
    return search.run(wanted)


def _worthwhile(able: Mapping[int, int], wanted: int, far: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the bodies that no other equals or surpasses at no greater distance, the ablest first."""
    ranked = sorted(able.items(), key=lambda one: (-(one[1] & wanted).bit_count(), far.get(one[0], 0), one[0]))
    kept: list[tuple[int, int]] = []
    for body, able_to in ranked:
        can = able_to & wanted
        better = any(can | other == other and far.get(held, 0) <= far.get(body, 0) for held, other in kept)
        if can and not better:
            kept.append((body, can))
    return kept


class _Search:
    """Branch and bound over the wanted test that the fewest bodies can do."""

    def __init__(self, bodies: Sequence[tuple[int, int]], far: Mapping[int, int]) -> None:
        self._bodies = bodies
        self._far = far
        self._steps = 0
        self._best: tuple[int, ...] = ()
        self._cost = (1 << 30, 0)

    def run(self, wanted: int) -> Cover:
        """Return the best cover found, and whether the search came to its end."""
        self._best = self._greedy(wanted)
        self._cost = self._price(self._best)
        least = self._needed(wanted)
        self._branch(wanted, ())
        done = self._steps <= MOST_STEPS
        return Cover(
            tuple(sorted(self._best)), exact=done or len(self._best) == least, least=len(self._best) if done else least
        )

    def _price(self, chosen: Sequence[int]) -> tuple[int, int]:
        return len(chosen), sum(self._far.get(body, 0) for body in chosen)

    def _greedy(self, wanted: int) -> tuple[int, ...]:
        chosen: list[int] = []
        while wanted:
            body, can = max(self._bodies, key=lambda one: ((one[1] & wanted).bit_count(), -self._far.get(one[0], 0)))
            chosen.append(body)
            wanted &= ~can
        return tuple(chosen)

    def _needed(self, wanted: int) -> int:
        """Return a number of bodies that is needed at least: tests that no body shares two of, and tests per body."""
        most = max((can & wanted).bit_count() for _body, can in self._bodies)
        apart, left = 0, wanted
        for bit in sorted(_bits(wanted), key=lambda one: len(self._able(one))):
            if left & bit:
                apart += 1
                for _body, can in self._able(bit):
                    left &= ~can
        return max(apart, -(-wanted.bit_count() // most))

    def _able(self, bit: int) -> list[tuple[int, int]]:
        return [one for one in self._bodies if one[1] & bit]

    def _branch(self, wanted: int, chosen: tuple[int, ...]) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            return
        if not wanted:
            if self._price(chosen) < self._cost:
                self._best, self._cost = chosen, self._price(chosen)
            return
        if (len(chosen) + self._needed(wanted), self._price(chosen)[1]) >= self._cost:
            return
        rarest = min(_bits(wanted), key=lambda bit: (len(self._able(bit)), bit))
        for body, can in sorted(self._able(rarest), key=lambda one: -(one[1] & wanted).bit_count()):
            self._branch(wanted & ~can, (*chosen, body))


def _bits(number: int) -> list[int]:
    return [1 << place for place in range(number.bit_length()) if number >> place & 1]
