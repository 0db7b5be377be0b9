"""The frame of a draw in its one canonical form: a CSV in which nothing is left to the writer."""

import re
from collections.abc import Mapping, Sequence

from zhunsheng.foundation.canonical import digest_hex
from zhunsheng.foundation.errors import DomainError

Rows = Sequence[Mapping[str, str]]
MOST_ROWS = 100_000
_ID = re.compile(r"[!-~]{1,64}")
_COLUMN = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CONTROL = re.compile("[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_CELL = re.compile('"((?:[^"]|"")*)"(,|$)')


class NotAFrame(DomainError):
    """Rows from which nothing can be drawn."""

    code = "not-a-frame"


def frame_csv(rows: Rows) -> str:
    """Return the canonical CSV: `id` first, the other columns and the rows in ascending order, every cell quoted.

    Lines end with LF, the last one too; a quote in a cell is doubled; columns missing in a row are empty there. Ids
    are printable ASCII without spaces, columns lower-case ASCII, cells one line of any text: so the order is the same
    by character, code point and byte.
    Raises: NotAFrame.
    """
    if not 0 < len(rows) <= MOST_ROWS:
        raise NotAFrame(
            "A frame has from 1 to %(most)s rows, not %(rows)s.", params={"most": MOST_ROWS, "rows": len(rows)},
            field="frame",
        )  # fmt: skip
    columns = ["id", *sorted({name for row in rows for name in row} - {"id"})]
    for name in columns:
        if not _COLUMN.fullmatch(name):
            raise NotAFrame("“%(value)s” is no name of a frame's column.", params={"value": name}, field="frame")
    _refuse_ids([row.get("id", "") for row in rows])
    ordered = sorted(rows, key=lambda row: row["id"])
    lines = [_line(columns), *(_line([row.get(name, "") for name in columns]) for row in ordered)]
    return "".join(lines)


def _refuse_ids(ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if not isinstance(one, str) or not _ID.fullmatch(one):
            raise NotAFrame("“%(value)s” is no id of a frame's row.", params={"value": str(one)[:80]}, field="frame")
        if one in seen:
            raise NotAFrame("The id %(value)s stands twice in the frame.", params={"value": one}, field="frame")
        seen.add(one)


def _line(cells: Sequence[str]) -> str:
    for cell in cells:
        if not isinstance(cell, str) or _CONTROL.search(cell):
            raise NotAFrame("A cell of the frame is no single line of text.", field="frame")
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


def read_frame(text: str) -> list[dict[str, str]]:
    """Return the rows of a canonical CSV; anything that `frame_csv` would write otherwise is refused.

    Raises: NotAFrame, naming the line.
    """
    lines = text.split("\n")
    if lines[-1] or len(lines) < 3:
        raise NotAFrame("The frame has no rows, or its last line has no end.", field="frame")
    columns = _cells(lines[0], 1)
    rows = []
    for number, line in enumerate(lines[1:-1], 2):
        cells = _cells(line, number)
        if len(cells) != len(columns):
            raise NotAFrame("Line %(line)s of the frame has another number of cells.", params={"line": number})
        rows.append(dict(zip(columns, cells, strict=True)))
    again = frame_csv(rows).split("\n")
    for number, (one, other) in enumerate(zip(lines, again, strict=False), 1):
        if one != other:
            raise NotAFrame("Line %(line)s of the frame is not in canonical form.", params={"line": number})
    return rows


def _cells(line: str, number: int) -> list[str]:
    cells, at = [], 0
    while at <= len(line):
        found = _CELL.match(line, at)
        if found is None:
            raise NotAFrame("Line %(line)s of the frame is not in canonical form.", params={"line": number})
        cells.append(found[1].replace('""', '"'))
        at = found.end()
        if not found[2]:
            break
    return cells


def frame_sha256(text: str) -> str:
    """Return the SHA-256 of a frame's canonical CSV in UTF-8, hexadecimal."""
    return digest_hex(text.encode("utf-8"))
