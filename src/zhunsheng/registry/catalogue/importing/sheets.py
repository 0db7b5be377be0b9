"""Rows of text out of CSV (UTF-8, GB 18030) and spreadsheets (XLSX, XLS, ODS), within the limits of uploads."""

import codecs
import csv
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine
from django.conf import settings

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.documents.archives import check_archive
from zhunsheng.platform.documents.errors import FileRefused

Cells = list[str]
_CHUNK = 1 << 20
_TOO_LARGE = {
    "file_bytes": "Split the table, or raise ZHUNSHENG_LIMIT_FILE_BYTES.",
    "table_bytes": "Split the table, or raise ZHUNSHENG_LIMIT_TABLE_BYTES.",
}
_SPREADSHEETS = {".xlsx", ".xls", ".ods", ".xlsm"}


class UnreadableTable(DomainError):
    """The file as a whole can't be read as a table."""

    code = "unreadable-table"


def rows_of(path: Path, *, streamed: bool = False) -> Iterator[tuple[int, Cells]]:
    """Yield (line number as the reader's program shows it, cells as text) of the first sheet; empty lines are left out.

    With `streamed` a delimited text is never whole in memory, and may be as large as the limit for tables.
    Raises: UnreadableTable for a missing, oversized, damaged or unknown file and for archive bombs.
    """
    if not path.is_file():
        raise UnreadableTable("There is no such file.", field="file", remedy="Check the path.")
    kind = path.suffix.lower()
    text = kind in {".csv", ".tsv", ".txt"}
    name = "table_bytes" if streamed and text else "file_bytes"
    if path.stat().st_size > settings.ZHUNSHENG_LIMITS[name]:
        raise UnreadableTable(
            "The file is larger than %(limit)s bytes.",
            params={"limit": settings.ZHUNSHENG_LIMITS[name]},
            field="file",
            remedy=_TOO_LARGE[name],
        )
    if kind in _SPREADSHEETS:
        yield from _spreadsheet(path)
    elif text:
        yield from _delimited(path)
    else:
        raise UnreadableTable(
            "“%(kind)s” is not a table.",
            params={"kind": kind or path.name},
            field="file",
            remedy="Give a CSV, XLSX, XLS or ODS file.",
        )


def _delimited(path: Path) -> Iterator[tuple[int, Cells]]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(4096)
        file.seek(0)
        reader = csv.reader(file, delimiter=max(",;\t", key=first.count))
        try:
            for cells in reader:
                tidy = [cell.strip() for cell in cells]
                if any(tidy):
                    yield reader.line_num, tidy
        except csv.Error as error:
            raise UnreadableTable(
                "Line %(line)s can't be read as CSV.",
                params={"line": reader.line_num},
                field="file",
                remedy="Save the table again as CSV.",
            ) from error


def _encoding(path: Path) -> str:
    """Return the encoding in which the whole file can be read; read a part at a time."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    if "\x00" in decoder.decode(chunk):
                        break
                else:
                    decoder.decode(b"", final=True)
                    return encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(
        "The text is neither UTF-8 nor GB 18030.", field="file", remedy="Save the table as CSV in UTF-8."
    )


def _spreadsheet(path: Path) -> Iterator[tuple[int, Cells]]:
    _refuse_bomb(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheet = book.get_sheet_by_index(0)
        start = sheet.start[0] if sheet.start else 0
        rows = sheet.to_python(skip_empty_area=True)
    except (python_calamine.CalamineError, OSError, IndexError, ValueError) as error:
        raise UnreadableTable(
            "The spreadsheet is damaged or protected.", field="file", remedy="Save it again as XLSX."
        ) from error
    for number, cells in enumerate(rows, start=start + 1):
        tidy = [_text(cell) for cell in cells]
        if any(tidy):
            yield number, tidy


def _refuse_bomb(path: Path) -> None:
    """Refuse a zipped spreadsheet that is damaged or would unpack beyond the limits. Raises: UnreadableTable."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with path.open("rb") as file:
            check_archive(file)
    except FileRefused as error:
        raise UnreadableTable(
            error.message, params=error.params, field="file", remedy="Split the table, or save it again as XLSX."
        ) from error


def _text(cell: object) -> str:
    """Return a spreadsheet's cell as a person would write it: whole numbers without a point, dates as ISO."""
    match cell:
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer():
            return str(int(cell))
        case float():
            return repr(cell)
        case datetime() if cell.time() == time(0):
            return cell.date().isoformat()
        case datetime() | date() | time() | timedelta():
            return str(cell)
        case _:
            return str(cell).strip()
