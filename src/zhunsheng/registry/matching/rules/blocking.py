"""Finds the few registered names worth comparing with a mention, among many, without comparing all.

Names are filed under pairs of neighbouring signs, pairs of neighbouring syllables, rare signs, and identifiers. A
mention looks up its own keys, rarest first, until a budget of entries is spent; names that share most (weighted by
rarity) are compared.
"""

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhunsheng.registry.matching.rules.comparing import Party, compare
from zhunsheng.registry.matching.rules.names import Name, sounds_of
from zhunsheng.registry.matching.rules.weighing import Score, Weights, weigh

BUDGET = 6_000
COMPARED = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A registered name: `owner` is whose it is, `kind` what sort of name (name, former, short, …)."""

    owner: int
    kind: str
    party: Party


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered name that was compared, with its score."""

    entry: Entry
    score: Score


class NameIndex:
    """Registered names, filed for finding. Built once; it doesn't change afterwards."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        filed: dict[str, list[int]] = {}
        self._bearers: dict[str, int] = {}
        for place, entry in enumerate(self.entries):
            name = entry.party.name
            if name.core:
                self._bearers[name.core] = self._bearers.get(name.core, 0) + 1
            for key in {*keys_of(name), *_identifiers(entry.party)}:
                filed.setdefault(key, []).append(place)
        self._filed: dict[str, NDArray[np.int32]] = {
            key: np.asarray(places, dtype=np.int32) for key, places in filed.items()
        }

    def __len__(self) -> int:
        return len(self.entries)

    def candidates(self, mention: Party, most: int = COMPARED) -> list[int]:
        """Return the places of the entries worth comparing."""
        known = [self._filed[key] for key in _identifiers(mention) if key in self._filed]
        found = {int(place) for places in known for place in places}
        lists = sorted((self._filed[key] for key in set(keys_of(mention.name)) if key in self._filed), key=len)
        taken: list[NDArray[np.int32]] = []
        spent = 0
        for places in lists:
            if taken and spent + len(places) > BUDGET:
                break
            taken.append(places)
            spent += len(places)
        if taken:
            found.update(self._most_shared(taken, most))
        return sorted(found)

    def _most_shared(self, lists: Sequence[NDArray[np.int32]], most: int) -> Iterator[int]:
        weights = [math.log2(1 + len(self.entries) / len(places)) for places in lists]
        places = np.concatenate(lists)
        shared = np.bincount(places, np.repeat(weights, [len(one) for one in lists]))
        hits = np.unique(places)
        best = hits if len(hits) <= most else hits[np.argpartition(-shared[hits], most)[:most]]
        return (int(place) for place in best)

    def bearers(self, core: str) -> int:
        """Return how many of the names have this trade name."""
        return self._bearers.get(core, 0)

    def named(self, plain: str) -> Iterator[Entry]:
        """Yield the entries of exactly this name (`Name.plain`)."""
        return (self.entries[place] for place in self._filed.get("=" + plain, ()))


def find(
    segments: Sequence[tuple[NameIndex, Set[int]]], mention: Party, by: Weights, *, most: int = 5
) -> list[Candidate]:
    """Return the best name of each owner at or above the threshold of suggestions, best first.

    Args:
        segments: indexes to look in, each with the owners that it no longer speaks for.
    """
    best: dict[int, Candidate] = {}
    for index, stale in segments:
        for place in index.candidates(mention):
            entry = index.entries[place]
            if entry.owner in stale:
                continue
            core = entry.party.name.core
            bearers = sum(one.bearers(core) for one, _stale in segments)
            score = weigh(compare(mention, entry.party, max(bearers, 1)), by)
            held = best.get(entry.owner)
            if held is None or score.bits > held.score.bits:
                best[entry.owner] = Candidate(entry, score)
    ranked = sorted(best.values(), key=lambda one: (-one.score.bits, one.entry.owner))
    return [one for one in ranked if one.score.bits >= by.suggest][:most]


def is_likely(ranked: Sequence[Candidate], by: Weights) -> bool:
    """Tell whether the first candidate is very likely the one: high by itself and far before the second."""
    if not ranked or ranked[0].score.bits < by.likely:
        return False
    return len(ranked) == 1 or ranked[0].score.bits - ranked[1].score.bits >= by.margin


def keys_of(name: Name) -> Iterator[str]:
    """Yield the keys under which a name is filed and looked up."""
    text = name.stem or name.plain
    yield "=" + name.plain
    yield from (text[at : at + 2] for at in range(len(text) - 1))
    spoken = sounds_of(text)
    yield from ("~" + spoken[at] + spoken[at + 1] for at in range(len(spoken) - 1))
    yield from ("." + sign for sign in text[:4])
    if name.core:
        yield "#" + name.core
        yield "%" + name.fuzzy
    for code in name.places[-1:]:
        yield f"@{code}{text[:1]}"


def _identifiers(party: Party) -> list[str]:
    found = ["u" + party.known.uscc] if party.known.uscc else []
    return found + ["c" + cma for cma in party.known.cmas]
