"""What a query was understood as."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhunsheng.registry.capabilities.words.terms import Dictionary, Kind, Quality, Term


@dataclass(frozen=True, slots=True)
class Meaning:
    """One term that a word stands for, and how surely."""

    term: int
    quality: Quality


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a query. Any of its meanings fulfils it; `read_as` says how a mistyped word was read."""

    text: str
    kind: Kind
    meanings: tuple[Meaning, ...]
    year: int | None = None
    read_as: str = ""
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A query in slots; `unknown` are words that nothing in the dictionary resembles."""

    text: str
    slots: tuple[Slot, ...] = ()
    unknown: tuple[str, ...] = field(default=())

    def of_kind(self, kind: Kind) -> tuple[Slot, ...]:
        """Return the slots of one kind in the order of the query."""
        return tuple(slot for slot in self.slots if slot.kind is kind)

    def without(self, kind: Kind) -> Query:
        """Return the query without one kind of slots."""
        return Query(self.text, tuple(slot for slot in self.slots if slot.kind is not kind), self.unknown)

    def terms(self, kind: Kind, dictionary: Dictionary) -> list[Term]:
        """Return the terms that the slots of one kind may mean."""
        return [dictionary.terms[one.term] for slot in self.of_kind(kind) for one in slot.meanings]
