"""How an accreditation or a period stands on a day. A `valid_to` is the last day that counts."""

from datetime import date
from typing import Protocol

BEST_FIRST = ("active", "suspended", "cancelled", "revoked", "expired", "not_yet")
"""A body with several certificates stands as the best of them does."""


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


class Certified(Dated, Protocol):
    """A certificate with a status and the first day of that status."""

    @property
    def status(self) -> str:
        """The status as last recorded."""
        ...

    @property
    def status_on(self) -> date | None:
        """The first day of that status, or None."""
        ...


def holds_on(fact: Dated, day: date) -> bool:
    """Tell whether a dated fact holds on a day, its first and last day included."""
    return (fact.valid_from is None or fact.valid_from <= day) and (fact.valid_to is None or day <= fact.valid_to)


def status_on(certificate: Certified, day: date) -> str:
    """Return how a certificate stood on a day: not_yet, active, expired, suspended, cancelled or revoked.

    A suspension, cancellation or revocation counts from `status_on` on; before it the certificate was active.
    Source: Order 163, Art. 13 (term), 31 (cancellation), 32 (revocation).
    """
    if certificate.valid_from is not None and day < certificate.valid_from:
        return "not_yet"
    ended = certificate.status in {"suspended", "cancelled", "revoked"}
    if ended and certificate.status_on is not None and certificate.status_on <= day:
        return certificate.status
    if certificate.valid_to is not None and day > certificate.valid_to:
        return "expired"
    if certificate.status == "expired" and certificate.status_on is not None and certificate.status_on <= day:
        return "expired"
    return "active"
