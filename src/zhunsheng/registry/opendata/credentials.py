"""Credentials of a certificate, told by the room above that issues them: it registers itself at start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CredentialFacts:
    """A signed document that stands for a certificate on a day.

    `kind` is certificate or schedule, `status` how it stands now, `href` the page that verifies it, `data` the address
    of the signed data.
    """

    kind: str
    code: str
    version: int
    status: str
    valid_from: date
    href: str
    data: str


Finder = Callable[[str, date], Sequence[CredentialFacts]]
_FINDERS: dict[str, Finder] = {}


def register(find: Finder) -> Finder:
    """Add a finder, called with a certificate number and a day. The same function again changes nothing."""
    _FINDERS[f"{find.__module__}.{find.__qualname__}"] = find
    return find


def credentials_of(number: str, on: date) -> list[CredentialFacts]:
    """Return the credentials that stood for a certificate on a day, from all finders."""
    return [one for find in _FINDERS.values() for one in find(number, on)]
