"""The columns of an import: what they are called in Chinese and English, and how a cell is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhunsheng.foundation.identifiers import (
    IdentifierError,
    StandardNumber,
    normalise_name,
    parse_cas,
    parse_standard,
    tidy,
)
from zhunsheng.foundation.identifiers.near import near_cas
from zhunsheng.foundation.quantities import quantity_kinds, read_kind

Read = Callable[[str], Any]


class CellError(ValueError):
    """A cell breaks a rule; the remedy says what to write instead."""

    def __init__(self, rule: object, remedy: object) -> None:
        self.rule, self.remedy = rule, remedy
        super().__init__(str(rule))


@dataclass(frozen=True)
class Column:
    """One column: its name in the code, its titles (the first is the Chinese one of the official form), its reader."""

    name: str
    titles: tuple[str, ...]
    read: Read
    required: bool = False
    example: str = ""
    secret: bool = False
    """Whether problems show only a masked form of the cell."""


def text(longest: int) -> Read:
    """Return a reader of tidy text up to a length."""

    def read(cell: str) -> str:
        plain = tidy(cell)
        if len(plain) > longest:
            raise CellError(_("The text is too long."), _("Shorten it to the column's length."))
        return plain

    return read


def printed(longest: int) -> Read:
    """Return a reader of text that keeps its characters as printed (full-width brackets stay)."""

    def read(cell: str) -> str:
        plain = " ".join(cell.split())
        if len(plain) > longest:
            raise CellError(_("The text is too long."), _("Shorten it to the column's length."))
        return plain

    return read


_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")


def day(cell: str) -> date:
    """Read a date: 2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日 or 20260301. Raises: CellError."""
    plain = tidy(cell)
    found = _DATE.fullmatch(plain) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain)
    refusal = CellError(_("This is no date of the calendar."), _("Write it as 2026-03-01."))
    if not found:
        raise refusal
    try:
        return date(*map(int, found.groups()))
    except ValueError as error:
        raise refusal from error


def moment(cell: str) -> datetime:
    """Read a point in time with its zone, as in 2026-03-01T08:00:00+08:00. Raises: CellError."""
    try:
        found = datetime.fromisoformat(tidy(cell))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise CellError(_("This is no time with a zone."), _("Write it as 2026-03-01T08:00:00+08:00."))
    return found


def whole(cell: str) -> int:
    """Read a whole number. Raises: CellError."""
    plain = tidy(cell)
    if not re.fullmatch(r"\d{1,9}", plain):
        raise CellError(_("This is no whole number."), _("Write digits only."))
    return int(plain)


def decimal(cell: str) -> str:
    """Read a decimal and keep its digits as printed. Raises: CellError."""
    plain = tidy(cell).replace(" ", "")
    if not re.fullmatch(r"[-+]?\d{1,18}(\.\d{1,12})?([eE][-+]?\d{1,2})?", plain):
        raise CellError(_("This is no number."), _("Write digits with a decimal point, without unit."))
    return plain


def degrees(cell: str) -> Decimal:
    """Read a latitude or longitude in decimal degrees. Raises: CellError."""
    try:
        found = Decimal(tidy(cell))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > 180:
        raise CellError(_("This is no angle in degrees."), _("Write decimal degrees, as in 23.129110."))
    return round(found, 6)


def cas(cell: str) -> str:
    """Read a CAS number with its check digit. Raises: CellError, with the sound numbers that one slip would explain."""
    try:
        return str(parse_cas(cell))
    except IdentifierError as error:
        raise not_read(error, meant(near_cas(cell))) from error


def not_read(error: IdentifierError, remedy: str = "") -> CellError:
    """Return the refusal of a cell in the reader's language; the cell itself, which may be secret, is left out."""
    rule = gettext(error.message) % {**error.params, "text": ""}
    return CellError(rule.removeprefix("“”").lstrip("：: "), remedy or gettext(error.remedy))


def meant(code: str) -> str:
    """Return the question whether this code was meant, or "" without one."""
    return gettext("Did you mean %(code)s?") % {"code": code} if code else ""


def quantity_kind(cell: str) -> str:
    """Read a kind of quantity by its key or its Chinese or English name. Raises: CellError."""
    found = read_kind(cell)
    if found is None:
        names = "；".join(f"{kind.zh} {kind.en}" for kind in quantity_kinds().values())
        raise CellError(_("This kind of quantity isn't in the list."), names)
    return found.key


def standard_with_year(cell: str) -> str:
    """Read the number of an edition, with its year. Raises: CellError."""
    number = _standard(cell)
    if number.year is None:
        raise CellError(_("The year is missing."), _("Give the number with its year, as in GB 5749-2022."))
    return number.code


def standard_base(cell: str) -> str:
    """Read the number of a standard and leave its year out. Raises: CellError."""
    return _standard(cell).base_code


def _standard(cell: str) -> StandardNumber:
    try:
        return parse_standard(cell)
    except IdentifierError as error:
        raise not_read(error) from error


def yes(cell: str) -> bool:
    """Read yes or no. Raises: CellError."""
    plain = cell.strip().casefold()
    if plain in {"1", "是", "yes", "true"}:
        return True
    if plain in {"0", "否", "no", "false"}:
        return False
    raise CellError(_("This is neither yes nor no."), "是 / 否")


def choice(choices: type[Choices], also: Mapping[str, str] | None = None) -> Read:
    """Return a reader of one of some values, by value, by any label given in `also`."""
    known = {normalise_name(str(value)): value for value in choices.values}
    known |= {normalise_name(label): value for label, value in (also or {}).items()}

    def read(cell: str) -> str:
        found = known.get(normalise_name(cell))
        if found is None:
            raise CellError(_("This value isn't in the list."), ", ".join(map(str, choices.values)))
        return str(found)

    return read
