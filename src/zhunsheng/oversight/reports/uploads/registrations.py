"""Read a list of reports to register by number and digest: one report a row, with the headings of the template."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from openpyxl.utils import get_column_letter

from ..format import REGISTRATION_FORMAT
from .cells import Draft
from .columns import CONTENT_DIGEST, FILE_DIGESTS, REGISTRATION_COLUMNS, Column, by_heading, plain

_KNOWN: Final = by_heading(REGISTRATION_COLUMNS)
_BETWEEN: Final = re.compile(r"[\s,;，；、]+")


def is_list(heading: Sequence[str]) -> bool:
    """Return whether a row is the heading of such a list: it has a column of digests."""
    named = {plain(cell) for cell in heading}
    return any(_KNOWN.get(name) in {FILE_DIGESTS, CONTENT_DIGEST} for name in named)


def columns_of(heading: Sequence[str]) -> dict[int, Column]:
    """Return the columns by their place; those that nobody knows are left out."""
    return {index: _KNOWN[title] for index, cell in enumerate(heading) if (title := plain(cell)) in _KNOWN}


def drafts_of(rows: Iterable[tuple[int, Sequence[str]]], columns: dict[int, Column], sheet: str) -> Iterator[Draft]:
    """Yield the registration of each row that isn't empty; several files of one report stand in one cell.

    Args:
        rows: the number of each row with its cells.
        sheet: what stands before a cell in problems, such as `登记!`.
    """
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        draft = Draft({"format": REGISTRATION_FORMAT})
        for index, column in columns.items():
            if index < len(row):
                cell = f"{sheet}{get_column_letter(index + 1)}{number}"
                if column is FILE_DIGESTS:
                    _put_files(draft, row[index], cell)
                else:
                    draft.put(column, row[index].lower() if column is CONTENT_DIGEST else row[index], cell)
        yield draft


def _put_files(draft: Draft, text: str, cell: str) -> None:
    digests = [one for one in _BETWEEN.split(text.strip().lower()) if one]
    if digests:
        draft.data["files"] = [{"sha256": one} for one in digests]
        draft.cells["files"] = cell
        draft.cells |= {f"files[{place}].sha256": cell for place in range(len(digests))}
