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


_subjects: dict[str, Link] = {}


def register_subject(kind: str, link: Link) -> None:
    """Tell where the page of what a referral is about stands, by its reference; at start, by the room that owns it."""
    _subjects[kind] = link


def link_to_subject(kind: str, reference: str) -> str | None:
    """Return the address of what a referral is about, or None."""
    found = _subjects.get(kind)
    return found(reference) if found else None


def ended(kind: str, reference: str, referral: Any, *, by: Any, at: Any) -> None:
    """Tell the room that owns the subject that its referral was answered or returned."""
    listener = _listeners.get(kind)
    if listener is not None:
        listener(reference, referral, by=by, at=at)


_listeners: dict[str, Callable[..., None]] = {}


def listen(kind: str, listener: Callable[..., None]) -> None:
    """Call this when a referral about such a subject was answered or returned, in its transaction."""
    _listeners[kind] = listener
