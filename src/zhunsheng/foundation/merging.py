"""How a change that was made without a network meets what others wrote meanwhile: nothing is overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Outcome(StrEnum):
    """What became of a change."""

    APPLIED = "applied"
    SAME = "same"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Held:
    """What the server holds of an item: its version (0: never written) and its values."""

    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one item. `after`: the device's change before it on the same item, `resolves`: one in conflict."""

    id: UUID
    item: str
    base: int
    values: Mapping[str, Any]
    after: UUID | None = None
    resolves: UUID | None = None
    made_at: datetime | None = None


def meet(held: Held, *, base: int, values: Mapping[str, Any]) -> Outcome:
    """Tell what a change made on version `base` becomes.

    It is applied where nobody wrote in between; it says nothing new where the values are the same already; everything
    else is for a person to decide.
    """
    if dict(held.values) == dict(values):
        return Outcome.SAME
    return Outcome.APPLIED if held.version == base else Outcome.CONFLICT
