"""What rooms above add to a task: cards of its page, and the way to the visit, each registered at start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from zhunsheng.oversight.inspections.models import Task


@dataclass(frozen=True, slots=True)
class Part:
    """A card of a task's page: its title, its template and what the template reads as `part`."""

    title: Any
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a task is carried out: an address and its words; `primary` is the one thing to do next."""

    href: str
    title: Any
    primary: bool = True


Maker = Callable[[HttpRequest, Task], Part | None]
LinkMaker = Callable[[HttpRequest, Task], Link | None]
_makers: dict[str, tuple[int, Maker]] = {}
_links: dict[str, tuple[int, LinkMaker]] = {}


def register(maker: Maker, *, order: int = 50) -> None:
    """Add a card; a maker that is registered twice counts once."""
    _makers[f"{maker.__module__}.{maker.__qualname__}"] = (order, maker)


def register_link(maker: LinkMaker, *, order: int = 50) -> None:
    """Add a link to the page of a task; a maker that is registered twice counts once."""
    _links[f"{maker.__module__}.{maker.__qualname__}"] = (order, maker)


def of(request: HttpRequest, task: Task) -> list[Part]:
    """Return the cards that this reader sees on this task's page, in order."""
    made = (maker(request, task) for _order, maker in sorted(_makers.values(), key=lambda one: one[0]))
    return [part for part in made if part is not None]


def links_of(request: HttpRequest, task: Task) -> list[Link]:
    """Return the links that this reader sees on this task's page, in order."""
    made = (maker(request, task) for _order, maker in sorted(_links.values(), key=lambda one: one[0]))
    return [link for link in made if link is not None]
