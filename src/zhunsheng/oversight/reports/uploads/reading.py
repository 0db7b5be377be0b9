"""Read an upload by what it holds: the Excel template, a CSV of result lines or of digests, a ZIP of JSON reports."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import msgspec
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.documents.archives import check_archive

from ..format import FORMAT, BilingualProblem, FormatProblem, Parsed, read_report
from ..sources.tables import TableProblem, decoded
from .cells import Draft, shown
from .columns import (
    LINE_REMARKS,
    LIST_SHEET,
    REPORT_COLUMNS,
    REPORT_SHEET,
    RESULT_COLUMNS,
    RESULT_SHEET,
    Column,
    by_heading,
    plain,
)
from .registrations import columns_of, drafts_of, is_list

ZIP: Final = b"PK\x03\x04"
WORKBOOK_MEMBER: Final = "xl/workbook.xml"
_REPORT: Final = by_heading(REPORT_COLUMNS)
_RESULT: Final = by_heading(RESULT_COLUMNS)
_BROKEN_WORKBOOK: Final = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, ArithmeticError),
    *(LookupError, ValueError, TypeError, AttributeError, NotImplementedError),
)
"""What the workbook reader raises for files that aren't what they say; XML errors are syntax and value errors."""

_MOST_FIELDS: Final = 200
_MOST_BLANK: Final = 10_000
"""Empty rows in a row after which nobody looks for more lines; a sheet can declare rows without end."""

_MOST_PROBLEMS: Final = 50
"""Problems that are told of one report."""

_NUMBER: Final = next(column for column in REPORT_COLUMNS if column.path == "number")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """One report of an upload, or why there is none; `name` says where in the upload it stands."""

    name: str
    parsed: Parsed | None = None
    problem: DomainError | None = None
    further: tuple[DomainError, ...] = ()
    """More problems of the same report, so that all cells can be mended at once."""

    unread: tuple[str, ...] = ()
    """Lines of a PDF that look like results and were not understood."""

    from_pdf: bool = False
    """Read from the text of a PDF: a proposal that the body has to confirm."""


class UploadProblem(BilingualProblem):
    """An upload that isn't what it should be."""


def is_upload(name: str, content: bytes) -> bool:
    """Return whether this reader is the one for a file: ZIP (XLSX is one) or CSV."""
    return content.startswith(ZIP) or name.lower().endswith((".csv", ".tsv"))


def read_upload(name: str, content: bytes, *, limits: Mapping[str, int]) -> Iterator[Uploaded]:
    """Yield every report of an upload in order; what can't be read is a problem at its place."""
    try:
        if not content.startswith(ZIP):
            yield from _read_csv(name, content, limits)
        elif WORKBOOK_MEMBER in check_archive(io.BytesIO(content)):
            yield from _read_workbook(name, content, limits)
        else:
            yield from _read_archive(name, content, limits)
    except DomainError as problem:
        yield Uploaded(name, problem=problem)


def _read_archive(name: str, content: bytes, limits: Mapping[str, int]) -> Iterator[Uploaded]:
    found = False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            if member.is_dir() or not member.filename.lower().endswith(".json"):
                continue
            found = True
            where = f"{name}/{member.filename}"
            try:
                with archive.open(member) as stream:
                    raw = stream.read(limits["report_bytes"] + 1)
                yield Uploaded(where, parsed=read_report(raw, limits=limits))
            except DomainError as problem:
                yield Uploaded(where, problem=problem)
            except (zipfile.BadZipFile, zlib.error, RuntimeError) as error:
                yield Uploaded(where, problem=_unreadable(error))
    if not found:
        raise UploadProblem(
            "The archive holds no JSON reports.",
            "压缩包内没有 JSON 报告。",
            "Put the reports in as .json files, or upload the Excel template.",
            "请放入 .json 报告文件，或上传 Excel 模板。",
            code="upload.empty",
        )


def _read_workbook(name: str, content: bytes, limits: Mapping[str, int]) -> Iterator[Uploaded]:
    draft = Draft({"format": FORMAT})
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        listed = LIST_SHEET in book.sheetnames and _has_lines(book[LIST_SHEET])
        if listed:
            yield from _read_list(name, _rows_of(book[LIST_SHEET]), limits, f"{LIST_SHEET}!")
        if listed and REPORT_SHEET not in book.sheetnames:
            return
        _refuse_other_workbooks(book.sheetnames)
        _read_fields(draft, book[REPORT_SHEET])
        _read_lines(draft, book[RESULT_SHEET])
    except _BROKEN_WORKBOOK as error:
        raise _unreadable(error) from error
    if listed and not draft.cells:
        return
    yield finished(name, draft, limits, REPORT_SHEET)


def _has_lines(sheet: Any) -> bool:
    """Return whether anything stands below the heading of a sheet of registrations, or it is alone in its workbook."""
    if REPORT_SHEET not in sheet.parent.sheetnames:
        return True
    filled = (row for row in _rows_of(sheet) if any(text.strip() for text in row))
    return next(filled, None) is not None and next(filled, None) is not None


def _rows_of(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()
    blank = 0
    for row in sheet.iter_rows(max_col=_MOST_FIELDS):
        texts = [_text(cell) for cell in row]
        blank = 0 if any(text.strip() for text in texts) else blank + 1
        if blank > _MOST_BLANK:
            raise _too_many_blank_rows(LIST_SHEET)
        yield texts


def _read_list(name: str, rows: Iterator[list[str]], limits: Mapping[str, int], sheet: str) -> Iterator[Uploaded]:
    """Read reports registered by number and digest, one a row below the heading."""
    numbered = enumerate(rows, 1)
    heading = next((row for _, row in numbered if any(cell.strip() for cell in row)), [])
    columns = columns_of(heading)
    _refuse_unknown(heading, columns, sheet.rstrip("!") or "CSV")
    found = False
    for draft in drafts_of(numbered, columns, sheet):
        found = True
        yield finished(f"{name}:{draft.data.get('number', '')}", draft, limits, name)
    if not found:
        raise FormatProblem("empty")


def _refuse_other_workbooks(sheets: list[str]) -> None:
    if REPORT_SHEET not in sheets or RESULT_SHEET not in sheets:
        raise UploadProblem(
            f"The workbook lacks the sheets {REPORT_SHEET} and {RESULT_SHEET}.",
            f"工作簿缺少“{REPORT_SHEET}”或“{RESULT_SHEET}”工作表。",
            "Fill in the template that the upload page offers.",
            "请使用上传页面提供的模板填写。",
            code="upload.sheets",
        )


def _read_fields(draft: Draft, sheet: Any) -> None:
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=2, max_row=_MOST_FIELDS):
        title = _text(row[0]) if row else ""
        column = _REPORT.get(plain(title))
        if column and len(row) > 1:
            draft.put(column, _text(row[1]), f"{REPORT_SHEET}!{row[1].coordinate}" if _text(row[1]) else "")


def _text(cell: Any) -> str:
    return shown(cell.value, getattr(cell, "number_format", "General") or "General")


def _read_lines(draft: Draft, sheet: Any) -> None:
    columns: dict[int, Column] = {}
    line = blank = 0
    sheet.reset_dimensions()  # what a sheet says of its own size is no promise; lines beyond it would be lost
    for row in sheet.iter_rows(max_col=_MOST_FIELDS):
        blank = 0 if row and any(cell.value is not None for cell in row) else blank + 1
        if blank > _MOST_BLANK:
            raise _too_many_blank_rows()
        if not columns:
            columns = {
                index: _RESULT[title] for index, cell in enumerate(row) if (title := plain(_text(cell))) in _RESULT
            }
            _refuse_unknown([_text(cell) for cell in row], columns, RESULT_SHEET)
            continue
        texts = {index: _text(row[index]) for index in columns if index < len(row)}
        if not any(text.strip() for text in texts.values()):
            continue
        for index, text in texts.items():
            if text.strip():
                draft.put(columns[index], text, f"{RESULT_SHEET}!{row[index].coordinate}", line)
        line += 1


def _too_many_blank_rows(sheet: str = RESULT_SHEET) -> UploadProblem:
    return UploadProblem(
        f"The sheet {sheet} has more than {_MOST_BLANK} empty rows one after another.",
        f"“{sheet}”工作表中有连续 {_MOST_BLANK} 行以上的空行。",
        "Delete the empty rows, also those below the last line, and save the workbook again.",
        "请删除空行（包括最后一行以下的空行）后重新保存。",
        code="upload.blank_rows",
    )


def _refuse_unknown(titles: list[str], columns: dict[int, Column], where: str) -> None:
    unknown = [title.strip() for index, title in enumerate(titles) if title.strip() and index not in columns]
    if unknown:
        names = "、".join(unknown)
        raise UploadProblem(
            f"{where} has columns that the template doesn't know: {names}.",
            f"{where} 有模板之外的列：{names}。",
            "Rename them as in the template, or delete them.",
            "请按模板改列名，或删除这些列。",
            code="upload.columns",
        )


def _read_csv(name: str, content: bytes, limits: Mapping[str, int]) -> Iterator[Uploaded]:
    """Read one row a result line; the report's own fields stand in each row, and rows of one number belong together."""
    text = decoded(content)
    separator = max(",\t;", key=text[:4096].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    draft, number, line = Draft({"format": FORMAT}), None, 0
    reports: dict[int, Column] = {}
    results: dict[int, Column] = {}
    try:
        for row in rows:
            if not reports and is_list(row):
                yield from _read_list(name, chain([row], rows), limits, "")
                return
            if not reports:
                reports, results = _csv_columns(row)
                continue
            own = next((row[i].strip() for i, c in reports.items() if c is _NUMBER and i < len(row)), "")
            if number is not None and own and own != number:
                yield finished(f"{name}:{number}", draft, limits, name)
                draft, line = Draft({"format": FORMAT}), 0
            if not any(cell.strip() for cell in row):
                continue
            number = own or number or ""
            _put_row(draft, row, reports, results, rows.line_num, line)
            line += 1
    except csv.Error as error:
        raise _unreadable(error) from error
    if number is None:
        raise FormatProblem("empty")
    yield finished(f"{name}:{number}", draft, limits, name)


def _csv_columns(row: list[str]) -> tuple[dict[int, Column], dict[int, Column]]:
    """Return which columns belong to the report and which to the line; a name of both (备注) is the report's."""
    reports = {index: _REPORT[title] for index, cell in enumerate(row) if (title := plain(cell)) in _REPORT}
    lines = {**_RESULT, plain(LINE_REMARKS): _RESULT[plain("备注")]}
    results = {
        index: lines[title]
        for index, cell in enumerate(row)
        if index not in reports and (title := plain(cell)) in lines
    }
    _refuse_unknown(row, {**reports, **results}, "CSV")
    return reports, results


def _put_row(
    draft: Draft, row: list[str], reports: dict[int, Column], results: dict[int, Column], at: int, line: int
) -> None:
    for index, cell in enumerate(row):
        where = f"{get_column_letter(index + 1)}{at}"
        if index in reports and line == 0:
            draft.put(reports[index], cell, where)
        elif index in results:
            draft.put(results[index], cell, where, line)


def finished(name: str, draft: Draft, limits: Mapping[str, int], sheet: str) -> Uploaded:
    """Return a draft as a report, or every problem that it has."""
    for number, result in enumerate(draft.data.get("results", []), 1):
        result.setdefault("line", number)
    draft.data.setdefault("version", 1)
    problems: list[BilingualProblem] = []
    while len(problems) < _MOST_PROBLEMS:
        try:
            parsed = read_report(msgspec.json.encode(draft.data), limits=limits)
        except FormatProblem as problem:
            problems.append(draft.located(problem, sheet))
            if not draft.set_aside(problem):
                break
        else:
            if not problems:
                return Uploaded(name, parsed=parsed)
            break
    return Uploaded(name, problem=problems[0], further=tuple(problems[1:]))


def _unreadable(error: Exception) -> TableProblem:
    why = str(error) or type(error).__name__
    return TableProblem(
        f"The file can't be read: {why}.",
        f"文件无法读取：{why}。",
        "Open it in a spreadsheet program and save it again.",
        "请用表格软件打开后另存，再上传。",
        code="table.unreadable",
    )
