"""Measures on a qualification: who decides them stands above this floor, and so does who carries them out.

The room that issues certificates registers itself at start; a case of enforcement asks here, and knows neither.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

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


Handler = Callable[[QualificationAct], str]
_handlers: list[Handler] = []


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
