"""Measures on a qualification: who decides them stands above this floor, and so does who carries them out.

The room that issues certificates registers itself at start; a case of enforcement asks here, and knows neither.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import User


class NobodyCarriesOut(DomainError):
    """A measure was decided, but no room is installed that could carry it out."""

    code = "measure-nobody"


@dataclass(frozen=True, slots=True)
class QualificationAct:
    """A decided measure.

    Attributes:
        measure: suspend, reduce, cancel or revoke.
        ground: id of the entry of law on which it rests, as the room that carries it out knows it.
        on: the first day on which it holds.
        until: last day of a suspension; None: until it is lifted.
        lines: keys of the lines of the schedule that a reduction ends.
    """

    measure: str
    body_id: int
    ground: str
    decision_no: str
    on: date
    by: User
    at: datetime
    why: str
    until: date | None = None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Announced:
    """A measure as everybody may read it, and where: what, by which decision and ground, from which day, until when."""

    title: Any
    address: str
    decision_no: str
    basis: str
    on: date
    until: date | None = None


Handler = Callable[[QualificationAct], str]
Teller = Callable[[str, date], Sequence[Announced]]
_handlers: list[Handler] = []
_tellers: list[Teller] = []


def register(handler: Handler) -> None:
    """Let this function carry measures out and say in words what it did; registered again, the new one stands."""
    _handlers[:] = [handler]


def carry_out(act: QualificationAct) -> str:
    """Carry a measure out in the caller's transaction and return what was done, in words.

    Raises: NobodyCarriesOut, and what the handler raises.
    """
    if not _handlers:
        raise NobodyCarriesOut(
            "No room of this installation carries out measures on certificates.", remedy="Take the measure by hand."
        )
    return _handlers[0](act)


def register_teller(teller: Teller) -> None:
    """Let this function tell the measures on a certificate since a day; registered again, the new one stands."""
    _tellers[:] = [teller]


def announced_since(number: str, since: date) -> Sequence[Announced]:
    """Return what was decided about a certificate and holds from a day on or later, newest first."""
    return _tellers[0](number, since) if _tellers else ()
