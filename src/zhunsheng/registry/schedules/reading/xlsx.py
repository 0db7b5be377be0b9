"""An XLSX workbook read row by row: one row in memory, merged ranges known beforehand, macros and damage refused.

python-calamine lays a sheet out as a dense rectangle, so two cells in opposite corners cost gigabytes; here the XML is
parsed as it comes. Source: ECMA-376 part 1, 18.3 (worksheets) and 18.4 (shared strings).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import PurePosixPath
from typing import IO

from lxml import etree

from zhunsheng.registry.schedules.rules.filling import Merge

_CHUNK = 1 << 18
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
MOST_MERGES = 500_000
MOST_COLUMNS = 200
_LONGEST_CELL = 4_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sheet holds, found by running over its bytes: its row elements and its merged ranges."""

    rows: int
    merges: tuple[Merge, ...]


class Workbook:
    """An open workbook; `sheets` are its visible worksheets in order, as (name, member)."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.sheets = _sheets(archive)
        self._strings = _strings(archive)
        self._dates = _date_styles(archive)

    def facts(self, member: str) -> Facts:
        """Return how many rows a sheet has and what is merged in it."""
        rows, merges, tail = 0, [], b""
        with self.archive.open(member) as file:
            while chunk := file.read(_CHUNK):
                text = tail + chunk
                cut = max(text.rfind(b">") + 1, 0)
                rows += len(_ROW.findall(text, 0, cut))
                merges += [_merge(found) for found in _MERGE.finditer(text, 0, cut)]
                if len(merges) > MOST_MERGES:
                    raise ValueError("too many merged ranges")
                tail = text[cut:]
        return Facts(rows, tuple(merges))

    def rows(self, member: str) -> Iterator[tuple[int, list[str]]]:
        """Yield (row number, cells as text) for every row that holds something.

        Raises: etree.XMLSyntaxError, ValueError, IndexError for what is no worksheet.
        """
        number = 0
        with self.archive.open(member) as file:
            for row in _elements(file, "row"):
                number = int(row.get("r") or number + 1)
                cells = self._cells(row)
                if cells:
                    yield number, cells

    def _cells(self, row: etree._Element) -> list[str]:
        cells: list[str] = []
        for place, cell in enumerate(row):
            at = _column(cell.get("r")) if cell.get("r") else place
            if at >= MOST_COLUMNS:
                break
            text = self._text(cell)
            if text:
                cells += [""] * (at - len(cells) + 1)
                cells[at] = text
        return cells

    def _text(self, cell: etree._Element) -> str:
        kind, value = cell.get("t", "n"), None
        for part in cell:
            name = str(part.tag)
            if name.endswith("}v"):
                value = part.text
            elif name.endswith("}is"):
                return "".join(map(str, part.itertext()))[:_LONGEST_CELL].strip()
        if value is None:
            return ""
        if kind == "s":
            return self._strings[int(value)]
        if kind == "n":
            return _number(value, is_date=int(cell.get("s") or 0) in self._dates)
        return value[:_LONGEST_CELL].strip()


def _number(value: str, *, is_date: bool) -> str:
    number = float(value)
    if is_date and 0 < number < 2_958_466:
        return (date(1899, 12, 30) + timedelta(days=int(number))).isoformat()
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _elements(file: IO[bytes], name: str) -> Iterator[etree._Element]:
    """Yield elements as they are complete and forget them afterwards. No entities, no network, no DTD."""
    events = etree.iterparse(
        file, events=("end",), tag=f"{{*}}{name}", resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False,
    )  # fmt: skip
    for _event, element in events:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    book = _whole(archive, "xl/workbook.xml")
    links = {str(one.get("Id")): str(one.get("Target", "")) for one in _whole(archive, "xl/_rels/workbook.xml.rels")}
    found = []
    for sheet in book.iter("{*}sheet"):
        if sheet.get("state", "visible") != "visible":
            continue
        target = links.get(next((str(value) for name, value in sheet.items() if str(name).endswith("}id")), ""), "")
        member = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if "worksheets" in member:
            found.append((sheet.get("name", ""), member))
    return found


def _strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    with archive.open("xl/sharedStrings.xml") as file:
        return [
            "".join(part.text or "" for part in one.iter("{*}t") if etree.QName(part.getparent()).localname != "rPh")[
                :_LONGEST_CELL
            ].strip()
            for one in _elements(file, "si")
        ]


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the cell styles that show a number as a date (built-in formats 14–22 and those with y, m and d)."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = _whole(archive, "xl/styles.xml")
    own = {
        int(one.get("numFmtId", 0))
        for one in styles.iter("{*}numFmt")
        if re.search("y", one.get("formatCode", ""), re.IGNORECASE)
    }
    cells = next(styles.iter("{*}cellXfs"), None)
    formats = [int(one.get("numFmtId") or 0) for one in cells] if cells is not None else []
    return frozenset(place for place, number in enumerate(formats) if 14 <= number <= 22 or number in own)


def _whole(archive: zipfile.ZipFile, member: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(member), parser)


def _column(reference: str | None) -> int:
    letters = (reference or "").rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha() or not letters.isupper() or len(letters) > 3:
        raise ValueError(f"no cell reference: {reference!r}")
    return _place(letters)


@lru_cache(maxsize=1024)
def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _merge(found: re.Match[bytes]) -> Merge:
    left, top, right, bottom = (part.decode("ascii") for part in found.groups())
    return Merge(int(top), _place(left), int(bottom), _place(right))
