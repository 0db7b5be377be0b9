"""What rooms above add to an application's page: cards, each by a function registered at start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from zhunsheng.admission.licensing.models import Application


@dataclass(frozen=True, slots=True)
class Part:
    """A card of an application's page: its title, its template and what the template reads as `part`."""

    title: Any
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Maker = Callable[[HttpRequest, Application], Part | None]
_makers: dict[str, tuple[int, Maker]] = {}


def register(maker: Maker, *, order: int = 50) -> None:
    """Add a card; a maker that is registered twice counts once."""
    _makers[f"{maker.__module__}.{maker.__qualname__}"] = (order, maker)


def of(request: HttpRequest, application: Application) -> list[Part]:
    """Return the cards that this reader sees on this application's page, in order."""
    made = (maker(request, application) for _order, maker in sorted(_makers.values(), key=lambda one: one[0]))
    return [part for part in made if part is not None]
