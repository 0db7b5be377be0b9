"""Sources of leads, as the rooms that find something register them at start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Link = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of source: its name for people, and the page behind a reference, if the reader may be led there."""

    key: str
    title: Any
    link: Link | None = None


_sources: dict[str, Source] = {}


def register_source(key: str, *, title: Any, link: Link | None = None) -> None:
    """Add a kind of source; a higher room may register again with the link that it alone knows."""
    _sources[key] = Source(key, title, link)


def sources() -> dict[str, Source]:
    """Return every registered source by its key."""
    return dict(_sources)


def title_of(key: str) -> Any:
    """Return what a source is called; its key where nobody registered it."""
    found = _sources.get(key)
    return found.title if found else key


def link_to(key: str, reference: str) -> str | None:
    """Return the address of what lies behind a lead, or None."""
    found = _sources.get(key)
    return found.link(reference) if found and found.link else None
