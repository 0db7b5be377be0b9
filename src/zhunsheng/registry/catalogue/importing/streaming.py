"""Runs an import a part at a time, so that memory doesn't grow with the table, and tells how far it has come."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.catalogue.importing.columns import CellError, Column
from zhunsheng.registry.catalogue.importing.outcome import Outcome, Problem
from zhunsheng.registry.catalogue.importing.running import Checked, Importer, Row, Source, find_header, refusal
from zhunsheng.registry.catalogue.importing.sheets import rows_of

PART = 20_000
MOST_PROBLEMS = 100_000
"""Problems that are told of one file; who has more has another table than he thinks."""
_REMEMBERED = 200_000
_SEEN = 1_000_000
_ABSENT = object()

OnPart = Callable[[Outcome, int], None]
"""Called after each part with the outcome so far and the last line read, inside the part's transaction."""


def run_in_parts(
    importer: Importer,
    source: Source,
    *,
    by: User | None,
    at: datetime,
    why: str,
    dry_run: bool,
    keep_good: bool,
    after_line: int = 0,
    on_part: OnPart | None = None,
    on_touched: Callable[[frozenset[int]], object] | None = None,
) -> Outcome:
    """Import a table and return what was found and done.

    With `keep_good` every part is committed with what `on_part` writes, so that a run that was cut off can go on
    `after_line`; else all is one transaction, and one bad line takes everything back. `on_touched` is told of the
    bodies that a part changed, in its transaction.
    Raises: UnreadableTable, MissingColumns, MissingReason.
    """
    outcome = Outcome(importer.kind, dry_run=dry_run)
    whole: AbstractContextManager[Any] = nullcontext() if keep_good and not dry_run else transaction.atomic()
    with recorded(by, why), whole:
        for rows, problems, last in _Reader(importer).parts(source, after_line):
            with transaction.atomic():
                touched = _take(importer, outcome, rows, problems, at=at, keep_good=keep_good)
                if touched and on_touched is not None:
                    on_touched(touched)
                outcome.read += len(rows) + len({one.line for one in problems})
                if on_part is not None:
                    on_part(outcome, last)
        refused = bool(outcome.problems) and not keep_good
        if refused:
            outcome.created = outcome.updated = outcome.unchanged = 0
            outcome.touched = frozenset()
        outcome.saved = not refused and not dry_run and bool(outcome.created or outcome.updated or outcome.unchanged)
        if not isinstance(whole, nullcontext):
            transaction.set_rollback(dry_run or refused)
    return outcome


def _take(
    importer: Importer, outcome: Outcome, rows: Sequence[Row], problems: list[Problem], *, at: datetime, keep_good: bool
) -> frozenset[int]:
    checked = importer.resolve(rows) if rows else Checked()
    found = sorted([*problems, *checked.problems], key=lambda one: (one.line, one.field))
    outcome.problems += found[: MOST_PROBLEMS - len(outcome.problems)]
    if checked.rows and (keep_good or not outcome.problems):
        written = importer.save(checked.rows, at)
        outcome.created += len(written.made)
        outcome.updated += len(written.changed)
        outcome.unchanged += written.unchanged
        touched = importer.touched(written)
        outcome.touched |= touched
        return touched
    return frozenset()


@dataclass(slots=True)
class _Place:
    """A column of the table at hand: where it stands, and what its cells were found to mean."""

    column: Column
    at: int
    known: dict[str, Any] = field(default_factory=dict)

    def read(self, cell: str) -> Any:
        """Return the value of a cell, or the CellError that it makes."""
        value = self.known.get(cell, _ABSENT)
        if value is _ABSENT:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            try:
                value = self.column.read(cell)
            except CellError as error:
                value = error
            self.known[cell] = value
        return value


class _Cells:
    """The cells of a line, found by column name when a problem names one."""

    __slots__ = ("_cells", "_places")

    def __init__(self, cells: Sequence[str], places: Sequence[_Place]) -> None:
        self._cells, self._places = cells, places

    def get(self, key: str, default: str, /) -> str:
        for place in self._places:
            if place.column.name == key and place.at < len(self._cells):
                return self._cells[place.at]
        return default


class _Reader:
    """Reads a table into typed rows; every distinct cell of a column is understood once."""

    def __init__(self, importer: Importer) -> None:
        self._importer = importer
        self._seen: dict[str, dict[int, int]] = {}
        self._count = 0
        self._plain: dict[str, str] = {}

    def parts(self, source: Source, after_line: int) -> Iterator[tuple[list[Row], list[Problem], int]]:
        """Yield good rows, the problems of the others, and the number of the last line read."""
        lines, places = self._opened(source)
        missing = [one for one in self._importer.columns if one.required and one not in [p.column for p in places]]
        while part := list(islice(lines, PART)):
            rows: list[Row] = []
            problems: list[Problem] = []
            for number, cells in part:
                if number > after_line:
                    self._line(number, cells, places, missing, rows, problems)
            yield rows, problems, part[-1][0]
            self._forget({row.values.get(self._importer.identity[0]) for row in rows})

    def _opened(self, source: Source) -> tuple[Iterator[tuple[int, Sequence[str]]], list[_Place]]:
        if isinstance(source, Path):
            lines = rows_of(source, streamed=True)
            return lines, [_Place(column, at) for column, at in find_header(self._importer, lines)]
        columns = self._importer.columns
        return _given(source, columns), [_Place(column, at) for at, column in enumerate(columns)]

    def _line(
        self,
        number: int,
        cells: Sequence[str],
        places: Sequence[_Place],
        missing: Sequence[Column],
        rows: list[Row],
        problems: list[Problem],
    ) -> None:
        values: dict[str, Any] = {}
        row = Row(number, values, _Cells(cells, places))
        width, good = len(cells), True
        for place in places:
            cell = cells[place.at] if place.at < width else ""
            if cell:
                value = place.known.get(cell, _ABSENT)
                if value is _ABSENT:
                    value = place.read(cell)
                if value.__class__ is not CellError:
                    values[place.column.name] = value
                    continue
                problems.append(refusal(row, place.column, value))
                good = False
            elif place.column.required:
                problems.append(row.problem(place.column.name, _("The cell is empty."), _("Fill it in.")))
                good = False
        for column in missing:
            problems.append(row.problem(column.name, _("The cell is empty."), _("Fill it in.")))
            good = False
        if good and self._is_first(row, problems):
            rows.append(row)

    def _is_first(self, row: Row, problems: list[Problem]) -> bool:
        """Tell whether no earlier line has this identity. Only lines near this one are remembered without limit."""
        values, plain = row.values, self._plain
        names = []
        for name in self._importer.identity:
            text = str(values.get(name, ""))
            short = plain.get(text)
            if short is None:
                if len(plain) >= _REMEMBERED:
                    plain.clear()
                short = plain[text] = normalise_name(text)
            names.append(short)
        seen = self._seen.setdefault(names[0], {})
        key = hash(tuple(names))
        before = seen.setdefault(key, row.line)
        if before == row.line:
            self._count += 1
            return True
        rule = _("The same entry stands in line %(line)s.") % {"line": before}
        problems.append(row.problem(self._importer.identity[0], rule, _("Keep one of the two lines.")))
        return False

    def _forget(self, recent: set[Any]) -> None:
        """Drop the lines of bodies that the last part didn't name, once many are remembered."""
        if self._count <= _SEEN:
            return
        kept = {normalise_name(str(one)) for one in recent}
        self._seen = {name: seen for name, seen in self._seen.items() if name in kept}
        self._count = sum(map(len, self._seen.values()))


def _given(rows: Iterable[Mapping[str, str]], columns: Sequence[Column]) -> Iterator[tuple[int, Sequence[str]]]:
    for number, row in enumerate(rows, start=1):
        yield number, [row.get(column.name, "") for column in columns]
