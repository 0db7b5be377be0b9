"""Rows of spreadsheets as texts: XLSX, XLS, ODS through calamine, CSV in UTF-8 or GB 18030."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import python_calamine

from ..format.problems import BilingualProblem

SHEETS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MOST_COLUMNS: Final = 200
_PIECE: Final = 1 << 18
MOST_UNPACKED: Final = 512 * 1024 * 1024


class TableProblem(BilingualProblem):
    """A spreadsheet that can't be read as a table."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows, as the file has them."""

    name: str
    rows: Iterator[list[str]]


def text_of(cell: Any) -> str:
    """Return a cell as it reads: whole numbers without a decimal point, dates as ISO, everything else unchanged."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep="T", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def is_table(path: Path) -> bool:
    """Return whether a file looks like a spreadsheet that we read."""
    with path.open("rb") as file:
        head = file.read(4)
    return (path.suffix.lower() in SHEETS and head.startswith(_PACKED)) or path.suffix.lower() == ".csv"


def sheets_of(content: bytes, name: str) -> Iterator[Sheet]:
    """Yield the sheets of a workbook, or the one table of a CSV. Raises: TableProblem."""
    if content.startswith(_PACKED):
        yield from _workbook(content)
    else:
        yield Sheet(name, _delimited(content))


def _workbook(content: bytes) -> Iterator[Sheet]:
    _refuse_bomb(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            yield Sheet(name, _rows(sheet))
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise _unreadable(error) from error


def _refuse_bomb(content: bytes) -> None:
    """Unpack a workbook once without keeping it, and refuse one that grows beyond all measure."""
    if not content.startswith(_PACKED[0]):
        return
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                with archive.open(member) as stream:
                    while piece := stream.read(_PIECE):
                        unpacked += len(piece)
                        if unpacked > MOST_UNPACKED:
                            raise _too_large()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise _unreadable(error) from error


def _too_large() -> TableProblem:
    return TableProblem(
        f"The workbook unpacks to more than {MOST_UNPACKED} bytes.",
        f"工作簿解压后超过 {MOST_UNPACKED} 字节。",
        "Split the table, or save it as CSV.",
        "请拆分表格，或另存为 CSV。",
        code="table.too-large",
    )


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[list[str]]:
    first = sheet.start[0] if sheet.start else 0
    for _ in range(first):
        yield []
    for row in sheet.iter_rows():
        yield [text_of(cell) for cell in row[:_MOST_COLUMNS]]


def _delimited(content: bytes) -> Iterator[list[str]]:
    text = decoded(content)
    sample = text[:4096]
    separator = max(",\t;", key=sample.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        raise _unreadable(error) from error


def decoded(content: bytes) -> str:
    """Return the text of a CSV: UTF-8 with or without a byte-order mark, else GB 18030. Raises: TableProblem."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableProblem(
        "The table is neither UTF-8 nor GB 18030.",
        "表格文字既不是 UTF-8 也不是 GB 18030 编码。",
        "Save it as “CSV UTF-8”.",
        "请另存为“CSV UTF-8”。",
        code="table.encoding",
    )


def _unreadable(error: Exception) -> TableProblem:
    return TableProblem(
        f"The table can't be read: {error}.",
        f"表格无法读取：{error}。",
        "Open it in a spreadsheet program and save it again.",
        "请用表格软件打开后另存，再上传。",
        code="table.unreadable",
    )
