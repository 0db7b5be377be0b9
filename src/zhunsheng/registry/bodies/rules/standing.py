"""How an accreditation or a period stands on a day. A `valid_to` is the last day that counts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

BEST_FIRST = ("active", "suspended", "cancelled", "revoked", "expired", "not_yet")
"""A body with several certificates stands as the best of them does."""

GRAVEST_FIRST = ("revoked", "cancelled", "suspended")
"""Of several periods of one certificate on a day the gravest decides."""


class Dated(Protocol):
    """A fact with a first and a last day, either of them open."""

    @property
    def valid_from(self) -> date | None:
        """The first day, or None."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day, or None."""
        ...


class Period(Dated, Protocol):
    """What held of a certificate between two days."""

    @property
    def state(self) -> str:
        """Active (a term), suspended, cancelled, revoked or expired."""
        ...


class Certified(Dated, Protocol):
    """A certificate: its whole term, and the periods within it."""

    @property
    def course(self) -> Sequence[Period]:
        """The periods, in any order."""
        ...


def holds_on(fact: Dated, day: date) -> bool:
    """Tell whether a dated fact holds on a day, its first and last day included."""
    return (fact.valid_from is None or fact.valid_from <= day) and (fact.valid_to is None or day <= fact.valid_to)


def status_on(certificate: Certified, day: date) -> str:
    """Return how a certificate stood on a day: not_yet, active, expired, suspended, cancelled or revoked.

    A suspension, cancellation or revocation counts from its first to its last day; the graver one decides. Between two
    terms a certificate is expired; without periods it is active from its first day to its last.
    Source: Order 163, Art. 13 (term), 31 (cancellation), 32 (revocation).
    """
    return _decided(certificate, day)[0]


def standing_since(certificate: Certified, day: date) -> date | None:
    """Return the first day of what decides how a certificate stood on a day, or None where its own term does."""
    return _decided(certificate, day)[1]


def _decided(certificate: Certified, day: date) -> tuple[str, date | None]:
    if certificate.valid_from is not None and day < certificate.valid_from:
        return "not_yet", None
    covering = [one for one in certificate.course if holds_on(one, day)]
    for state in GRAVEST_FIRST:
        began = [one.valid_from for one in covering if one.state == state]
        if began:
            return state, max((one for one in began if one is not None), default=None)
    if certificate.valid_to is not None and day > certificate.valid_to:
        return "expired", certificate.valid_to + timedelta(days=1)
    lapsed = [one.valid_from for one in covering if one.state == "expired"]
    if lapsed and not any(one.state == "active" for one in covering):
        return "expired", lapsed[0]
    return "active", None
