"""A schedule's file, opened within limits and read as printed lines; what can't be read is refused with a remedy."""

import codecs
import csv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings
from lxml import etree

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.documents.archives import check_archive
from zhunsheng.platform.documents.errors import FileRefused
from zhunsheng.registry.schedules.reading.xlsx import Workbook
from zhunsheng.registry.schedules.rules.filling import Counts, Filler, Merge, Printed, spread_merges
from zhunsheng.registry.schedules.rules.layout import missing_columns
from zhunsheng.registry.schedules.rules.problems import RowProblem

_MACROS = ("vbaproject.bin", "macrosheets/")
_LONGEST_LINE = 1 << 20


class UnreadableSchedule(DomainError):
    """The file as a whole can't be read as a capability schedule."""

    code = "unreadable-schedule"


@dataclass(slots=True)
class Sheet:
    """One sheet: its rows, merged ranges and row count; `flat` where the form of the file has no merges."""

    name: str
    rows: Iterator[tuple[int, list[str]]]
    merges: tuple[Merge, ...] = ()
    total: int = 0
    flat: bool = False


@dataclass(slots=True)
class Reading:
    """What reading met besides lines; filled while `read_printed` runs."""

    total: int = 0
    position: int = 0
    sheets: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)


@contextmanager
def open_schedule(path: Path, name: str = "") -> Iterator[list[Sheet]]:
    """Open a file by its content (`name` only words the refusal) and give its sheets.

    Raises: UnreadableSchedule.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if path.stat().st_size > settings.ZHUNSHENG_LIMITS["file_bytes"]:
        raise _refused("The file is larger than %(limit)s bytes.", "Split the schedule.",
                       limit=settings.ZHUNSHENG_LIMITS["file_bytes"])  # fmt: skip
    if head == b"PK\x03\x04":
        with _workbook(path) as book:
            yield _sheets(book)
    elif head == b"\xd0\xcf\x11\xe0":
        raise _refused("This is an old or encrypted workbook.", "Save it as XLSX without a password.")
    else:
        yield [_delimited(path)]


def read_printed(sheets: list[Sheet], reading: Reading) -> Iterator[Printed | RowProblem]:
    """Yield the lines and problems of every sheet that has a schedule's header; `reading` tells how far it is.

    Raises: UnreadableSchedule if no sheet has one, or a sheet is damaged.
    """
    reading.total = sum(sheet.total for sheet in sheets)
    lacking: list[str] | None = None
    found = False
    for sheet in sheets:
        filler = Filler(sheet.name if len(sheets) > 1 else "", flat=sheet.flat)
        rows = spread_merges(_counted(sheet, reading), sheet.merges)
        for item in filler.read(rows):
            yield replace(item, sheet=filler.sheet) if isinstance(item, RowProblem) else item
        reading.counts.headers += filler.counts.headers
        reading.counts.footers += filler.counts.footers
        reading.counts.headings += filler.counts.headings
        reading.counts.signatories += filler.counts.signatories
        if filler.counts.headers or filler.counts.signatories:
            found = True
            reading.sheets.append(sheet.name)
        elif lacking is None and filler.seen:
            lacking = missing_columns(filler.seen)
    if not found:
        raise _refused(
            "No sheet has the header of a capability schedule; missing: %(columns)s.",
            "Keep the header of the official form: 检测对象, 参数名称, 依据标准（方法）名称及编号（含年号）.",
            columns="、".join(lacking if lacking is not None else missing_columns([])) or "参数名称",
        )


def _counted(sheet: Sheet, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, cells in sheet.rows:
            reading.position += 1
            yield number, cells
    except (etree.XMLSyntaxError, ValueError, IndexError, zipfile.BadZipFile, OSError) as error:
        raise _refused(
            "The sheet is damaged after row %(row)s.", "Open it in a spreadsheet program and save it again as XLSX.",
            row=reading.position,
        ) from error  # fmt: skip


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    try:
        with path.open("rb") as file:
            members = check_archive(file)
    except FileRefused as error:
        raise UnreadableSchedule(
            error.message, params=error.params, field="file", remedy="Save it again as XLSX without pictures."
        ) from error
    if any(mark in member.lower() for member in members for mark in _MACROS):
        raise _refused("The workbook contains macros.", "Save it as XLSX without macros.")
    if "xl/workbook.xml" not in members:
        raise _refused("The archive is no XLSX workbook.", "Save the schedule as XLSX.")
    try:
        with zipfile.ZipFile(path) as archive:
            yield Workbook(archive)
    except (etree.XMLSyntaxError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise _refused(
            "The workbook is damaged.", "Open it in a spreadsheet program and save it again as XLSX."
        ) from error


def _sheets(book: Workbook) -> list[Sheet]:
    sheets = []
    for name, member in book.sheets:
        facts = book.facts(member)
        sheets.append(Sheet(name, book.rows(member), facts.merges, facts.rows))
    return sheets


def _delimited(path: Path) -> Sheet:
    encoding = _encoding(path)
    with path.open("rb") as file:
        total = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    return Sheet("", _csv_rows(path, encoding), (), total + 1, flat=True)


def _encoding(path: Path) -> str:
    """Return UTF-8 or GB 18030, whichever decodes the whole file. Raises: UnreadableSchedule."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(1 << 20):
                    if "\x00" in decoder.decode(chunk):
                        break
                else:
                    decoder.decode(b"", final=True)
                    return encoding
        except UnicodeDecodeError:
            continue
    raise _refused("The text is neither UTF-8 nor GB 18030, line %(line)s.", "Save the table as CSV in UTF-8.",
                   line=_first_bad_line(path))  # fmt: skip


def _first_bad_line(path: Path) -> int:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                text = line.decode("gb18030")
            except UnicodeDecodeError:
                return number
            if "\x00" in text:
                return number
    return 1


def _csv_rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(_LONGEST_LINE)
        sample = first + file.read(4096)
        delimiter = max(",;\t", key=sample.count)
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for cells in reader:
                plain = [cell.strip() for cell in cells]
                if any(plain):
                    yield reader.line_num, plain
        except csv.Error as error:
            raise ValueError("no CSV") from error


def _refused(message: str, remedy: str, **params: object) -> UnreadableSchedule:
    return UnreadableSchedule(message, params=params, field="file", remedy=remedy)
