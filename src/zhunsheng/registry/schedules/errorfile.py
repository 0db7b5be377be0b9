"""The error file of a schedule: every bad row with column, reason and suggestion, as a workbook that people mend by."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from zhunsheng.platform.listing import FORMULA_STARTS, NOT_IN_XML
from zhunsheng.registry.schedules import wording
from zhunsheng.registry.schedules.models import Schedule
from zhunsheng.registry.schedules.rules.problems import RowProblem

Row = tuple[str, int, str, str, str, str]


def header() -> list[str]:
    """Return the titles of the columns."""
    return [_("Sheet"), _("Row"), _("Column"), _("Text of the cell"), _("Reason"), _("What to do")]


def row_of(problem: RowProblem) -> Row:
    """Return a problem as the file's row."""
    rule, remedy = wording.problem_words(problem.code, problem.facts)
    return problem.sheet, problem.row, problem.column, problem.value, rule, remedy


def rows_of(schedule: Schedule) -> Iterator[Row]:
    """Yield the stored problems of a schedule."""
    for one in schedule.problems.order_by("pk").iterator(chunk_size=2000):
        yield row_of(RowProblem(one.row, one.column, one.value, one.code, one.sheet, one.facts))


def write(target: Path | BinaryIO, rows: Iterable[Row]) -> None:
    """Write the workbook; no cell can act as a formula."""
    from openpyxl import Workbook  # here, because it takes long to import

    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append(header())
    for row in rows:
        sheet.append([inert(cell) for cell in row])
    book.save(target)


def inert(cell: Any) -> Any:
    """Return a text that no spreadsheet takes for a formula, without what a workbook cannot hold."""
    if not isinstance(cell, str):
        return cell
    plain = NOT_IN_XML.sub("\ufffd", cell)
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain
