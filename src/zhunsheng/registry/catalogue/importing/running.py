"""Runs one import: read, check every line, then save whole, save the good lines, or save nothing."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.sealed_field import masked
from zhunsheng.registry.catalogue.importing.columns import CellError, Column
from zhunsheng.registry.catalogue.importing.outcome import Outcome, Problem
from zhunsheng.registry.catalogue.importing.sheets import rows_of
from zhunsheng.registry.catalogue.importing.writing import Values, Written

_HEADER_WITHIN = 10


class MissingColumns(DomainError):
    """The table lacks columns that this import needs."""

    code = "missing-columns"


class UnknownKind(DomainError):
    """There is no import of this kind."""

    code = "unknown-import"

    def __init__(self, kind: str, known: Iterable[str]) -> None:
        super().__init__(
            "There is no import of “%(kind)s”.", params={"kind": kind}, field="kind", remedy=", ".join(known)
        )


class Cells(Protocol):
    """The cells of a line as they were, by column name; a dict is one."""

    def get(self, key: str, default: str, /) -> str:
        """Return the text of a cell, or the default."""
        ...


@dataclass(slots=True)
class Row:
    """One line of the table: typed values of the cells that were filled, and the cells as they were."""

    line: int
    values: Values
    cells: Cells

    def problem(self, column: str, rule: object, remedy: object = "") -> Problem:
        """Return a problem with one cell of this line."""
        return Problem(self.line, column, self.cells.get(column, ""), str(rule), str(remedy))


@dataclass(slots=True)
class Checked:
    """The rows of a table that can be saved, as column values, and the problems of the others."""

    rows: list[Values] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Importer(ABC):
    """One kind of table: its columns, how its lines are resolved against the register, how they are saved."""

    kind: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    identity: ClassVar[tuple[str, ...]]
    in_parts: ClassVar[bool] = False
    """Whether lines can be resolved a part at a time: none needs another line of the same table."""
    day: date = date.min
    """The day of the import, set before anything is resolved."""

    @abstractmethod
    def resolve(self, rows: Sequence[Row]) -> Checked:
        """Return column values for every good line and a problem for every other, in a constant number of queries."""

    @abstractmethod
    def save(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write resolved rows inside the transaction and `recorded` of the caller."""

    def touched(self, written: Written) -> frozenset[int]:
        """Return the bodies whose records changed; none for tables that aren't about bodies."""
        return frozenset()


Source = Path | Iterable[Mapping[str, str]]
OnLines = Callable[[int], None]
"""Called with the number of lines read so far, every thousand lines and at the end."""
_TELL_EVERY = 1_000


def run(
    importer: Importer, source: Source, *, by: User | None, at: datetime, why: str, dry_run: bool, keep_good: bool,
    on_lines: OnLines | None = None,
) -> Outcome:  # fmt: skip
    """Import a table (a file, or lines as texts by column name) and return what was found and done.

    A dry run does everything and takes it back. Without `keep_good` one bad line refuses the file.
    Raises: UnreadableTable, MissingColumns, MissingReason.
    """
    outcome = Outcome(importer.kind, dry_run=dry_run)
    importer.day = timezone.localdate(at)
    rows = _read(importer, source, outcome, on_lines or (lambda _number: None))
    with transaction.atomic(), recorded(by, why):
        checked = importer.resolve(rows)
        outcome.problems = sorted(outcome.problems + checked.problems, key=lambda one: (one.line, one.field))
        if checked.rows and (keep_good or not outcome.problems):
            written = importer.save(checked.rows, at)
            outcome.created, outcome.updated = len(written.made), len(written.changed)
            outcome.unchanged, outcome.saved = written.unchanged, not dry_run
            outcome.touched = importer.touched(written)
        transaction.set_rollback(dry_run)
    return outcome


def _read(importer: Importer, source: Source, outcome: Outcome, on_lines: OnLines) -> list[Row]:
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    lines = _lines_of_file(importer, source) if isinstance(source, Path) else _given_lines(source)
    for number, named in lines:
        outcome.read += 1
        if outcome.read % _TELL_EVERY == 0:
            on_lines(outcome.read)
        row, problems = _typed(number, named, importer.columns)
        identity = tuple(normalise_name(named.get(name, "")) for name in importer.identity)
        if identity in seen and not problems:
            rule = _("The same entry stands in line %(line)s.") % {"line": seen[identity]}
            problems.append(row.problem(importer.identity[0], rule, _("Keep one of the two lines.")))
        seen.setdefault(identity, number)
        if problems:
            outcome.problems += problems
        else:
            rows.append(row)
    on_lines(outcome.read)
    return rows


def _given_lines(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in enumerate(rows, start=1):
        yield number, {name: cell for name, cell in row.items() if cell}


def _lines_of_file(importer: Importer, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    lines = rows_of(path)
    places = find_header(importer, lines)
    for number, cells in lines:
        named = {column.name: cells[place] for column, place in places if place < len(cells) and cells[place]}
        if named:
            yield number, named


def find_header(importer: Importer, lines: Iterator[tuple[int, list[str]]]) -> list[tuple[Column, int]]:
    """Return the columns with their places, from the first line that has every required title.

    Raises: MissingColumns, naming what the best line lacked.
    """
    titles = {normalise_name(title): column for column in importer.columns for title in (column.name, *column.titles)}
    fewest: list[Column] = [column for column in importer.columns if column.required]
    for _number, cells in _first(lines, _HEADER_WITHIN):
        found: dict[str, tuple[Column, int]] = {}
        for place, cell in enumerate(cells):
            column = titles.get(normalise_name(cell))
            if column is not None:
                found.setdefault(column.name, (column, place))
        missing = [column for column in importer.columns if column.required and column.name not in found]
        if not missing:
            return list(found.values())
        fewest = min(fewest, missing, key=len)
    names = ", ".join(f"{column.titles[0]} ({column.name})" for column in fewest)
    raise MissingColumns(
        "The table lacks these columns: %(columns)s.",
        params={"columns": names},
        field="file",
        remedy="Give the first line the titles of docs/formats/imports.md.",
    )


def _first(lines: Iterator[Any], count: int) -> Iterable[Any]:
    for _place, line in zip(range(count), lines, strict=False):
        yield line


def _typed(number: int, cells: dict[str, str], columns: tuple[Column, ...]) -> tuple[Row, list[Problem]]:
    row, problems = Row(number, {}, cells), []
    for column in columns:
        cell = cells.get(column.name, "")
        if not cell:
            if column.required:
                problems.append(row.problem(column.name, _("The cell is empty."), _("Fill it in.")))
            continue
        try:
            row.values[column.name] = column.read(cell)
        except CellError as error:
            problems.append(refusal(row, column, error))
    return row, problems


def refusal(row: Row, column: Column, error: CellError) -> Problem:
    """Return the problem of a cell that can't be read, its text masked where nobody else may see it."""
    found = row.problem(column.name, error.rule, error.remedy)
    return replace(found, value=masked(found.value)) if column.secret else found
