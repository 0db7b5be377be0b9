"""What rooms above offer beside an answer about a report: links, each by a function registered at start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhunsheng.oversight.reports.answers import Answer


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A link that anyone may follow from an answer."""

    href: str
    words: Any


Maker = Callable[[Answer], FollowUp | None]
_makers: dict[str, Maker] = {}


def register(maker: Maker) -> None:
    """Add a link; a maker that is registered twice counts once."""
    _makers[f"{maker.__module__}.{maker.__qualname__}"] = maker


def of(answer: Answer) -> list[FollowUp]:
    """Return the links that stand beside an answer, in the order in which they were registered."""
    made = (maker(answer) for maker in _makers.values())
    return [one for one in made if one is not None]
