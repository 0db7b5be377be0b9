"""What a review amounts to: which lines may be granted, which conclusions are possible."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line applied for: whether the panel confirmed it (None: not looked at) and its unmended nonconformities."""

    line_id: int
    confirmed: bool | None
    ways: int
    unmended: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """What the panel proposes about a line; the code names the reason."""

    line_id: int
    granted: bool
    code: str


@dataclass(frozen=True, slots=True)
class Left:
    """What a panel has yet to do before it can conclude, as numbers."""

    clauses: int = 0
    lines: int = 0
    without_way: int = 0
    unsettled: int = 0
    conflicts: int = 0
    fields: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.clauses or self.lines or self.without_way or self.unsettled or self.conflicts)


def line_outcomes(lines: Iterable[LineFacts], *, general_failed: bool) -> list[LineOutcome]:
    """Return what each line comes to.

    A nonconformity that names no line touches all: unmended, nothing is granted (late or still failing items fail,
    Order 163 on rectification).
    """
    return [LineOutcome(one.line_id, *_outcome(one, general_failed=general_failed)) for one in lines]


def _outcome(one: LineFacts, *, general_failed: bool) -> tuple[bool, str]:
    if general_failed:
        return False, "general_nonconformity"
    if one.unmended:
        return False, "nonconformity"
    if not one.confirmed:
        return False, "not_confirmed"
    return True, "confirmed"


def possible_conclusions(outcomes: Sequence[LineOutcome], *, had_nonconformities: bool) -> tuple[str, ...]:
    """Return which conclusions agree with the outcomes, the nearest first.

    Nothing granted: does not conform. Something mended or some lines refused: basically conforms. All granted and
    nothing to mend: conforms.
    """
    granted = sum(one.granted for one in outcomes)
    if outcomes and not granted:
        return ("not_conform",)
    if had_nonconformities or granted < len(outcomes):
        return ("nearly", "nearly_visit")
    return ("conform",)
