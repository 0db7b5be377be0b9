"""Parts of a body's page that floors above add: this floor doesn't know them, so they register themselves at start."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest

from zhunsheng.registry.bodies.models import Body


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on the body's page: its heading, a template and what that shows as `panel`."""

    title: Any
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    key: str = ""


Maker = Callable[[HttpRequest, Body, date], Panel | None]
_MAKERS: dict[str, tuple[int, Maker]] = {}


def register(make: Maker, *, order: int = 100) -> Maker:
    """Add a maker of panels: called with request, body and the day shown; None means nothing to show to this reader.

    Registering the same function again changes nothing. Low orders come first.
    """
    _MAKERS[f"{make.__module__}.{make.__qualname__}"] = (order, make)
    return make


def panels_for(request: HttpRequest, body: Body, on: date) -> list[Panel]:
    """Return the panels of a body's page for this reader, in order."""
    made = [make(request, body, on) for _order, make in sorted(_MAKERS.values(), key=lambda pair: pair[0])]
    return [panel for panel in made if panel is not None]
