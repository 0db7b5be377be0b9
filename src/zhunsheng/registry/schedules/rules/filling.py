"""Turns the rows of a sheet into printed lines: merged cells and blanks filled, headers and footers left out.

Streams: holds the current row, the values of merges that reach it, and the values to fill down.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zhunsheng.registry.schedules.rules import layout as lay
from zhunsheng.registry.schedules.rules.layout import Layout, letters
from zhunsheng.registry.schedules.rules.problems import RowProblem, problem
from zhunsheng.registry.schedules.rules.signing import Signing, columns_of, read_row

HEADER_WITHIN = 40
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!"})
_SITE = re.compile(r"(?:场所|地址|地点)[^:：]*[:：]\s*(.+)")
_DOWN = ("domain", "category", "object")
Numbered = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows count from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """The range as a spreadsheet writes it."""
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@dataclass(frozen=True, slots=True)
class Printed:
    """One row of a schedule with everything that holds for it; `filled` names what stands further up."""

    row: int
    sheet: str
    domain: str
    category: str
    object: str
    parameter: str
    method: str
    limitation: str
    remark: str
    site: str
    filled: frozenset[str]


@dataclass(slots=True)
class Counts:
    """What was met besides lines."""

    headers: int = 0
    footers: int = 0
    headings: int = 0
    signatories: list[Signing] = field(default_factory=list)


def spread_merges(
    rows: Iterable[Numbered], merges: Sequence[Merge]
) -> Iterator[tuple[int, list[str], list[RowProblem]]]:
    """Yield rows with merged cells filled from their first cell, and what is contradictory about the merges."""
    waiting = deque(sorted(merges, key=lambda one: (one.top, one.left)))
    active: list[tuple[Merge, str]] = []
    for number, given in rows:
        cells, problems = list(given), []
        active = [pair for pair in active if pair[0].bottom >= number]
        while waiting and waiting[0].top <= number:
            merge = waiting.popleft()
            if merge.bottom < number:
                continue
            clash = next((held for held, _value in active if _overlap(held, merge)), None)
            if clash is not None:
                problems.append(
                    problem(merge.top, letters(merge.left), f"{clash.name} / {merge.name}", "merges_overlap")
                )
                continue
            value = cells[merge.left] if merge.top == number and merge.left < len(cells) else ""
            active.append((merge, value))
        for merge, value in active:
            problems += _fill(cells, number, merge, value)
        yield number, cells, problems


def _fill(cells: list[str], number: int, merge: Merge, value: str) -> Iterator[RowProblem]:
    right = min(merge.right, len(cells) - 1 if not value else 199)
    if value and len(cells) <= right:
        cells += [""] * (right + 1 - len(cells))
    for place in range(merge.left, right + 1):
        if cells[place] and cells[place] != value:
            yield problem(number, letters(place), cells[place], "hidden_by_merge", range=merge.name)
        cells[place] = value


def _overlap(one: Merge, other: Merge) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


class Filler:
    """Reads one sheet: finds its header, then yields printed lines and problems.

    Args:
        flat: the table has no merges of its own (CSV), so that an empty method also means "as above".
    """

    def __init__(self, sheet: str, *, flat: bool) -> None:
        self.sheet, self.flat = sheet, flat
        self.layout: Layout | None = None
        self.seen: list[Sequence[str]] = []
        self.counts = Counts()
        self._above: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._site = ""
        self._held: Numbered | None = None
        self._signing: dict[str, int] | None = None

    def read(self, rows: Iterable[tuple[int, list[str], list[RowProblem]]]) -> Iterator[Printed | RowProblem]:
        """Yield lines and problems in the order of the rows."""
        for number, cells, problems in rows:
            yield from problems
            if not any(cells):
                continue
            if self._signing is None and lay.is_signatory_header(cells):
                self._signing = columns_of(cells)
                self.layout = None
            elif self._signing is not None and not self._begins_again(cells):
                yield from self._signatory(number, cells)
            elif self.layout is None:
                yield from self._look_for_header(number, cells)
            elif line := self._line(number, cells):
                yield from line

    def _begins_again(self, cells: list[str]) -> bool:
        if lay.find_layout(cells, None) is None:
            return False
        self._signing = None
        return True

    def _look_for_header(self, number: int, cells: list[str]) -> Iterator[Printed | RowProblem]:
        """Hold each row until the next one tells whether both are the header."""
        before, self._held = self._held, (number, cells)
        if len(self.seen) < HEADER_WITHIN:
            self.seen.append(cells)
        if before is None:
            self._note_site(cells)
            return
        found = lay.find_layout(before[1], cells)
        if found is None:
            self._note_site(cells)
            return
        self.layout, self._held = found, None
        self.counts.headers += 1
        if found.lines == 1:
            yield from self._line(number, cells) or ()

    def _note_site(self, cells: Sequence[str]) -> None:
        for cell in dict.fromkeys(cells):
            found = _SITE.search(cell)
            if found:
                self._site = found[1].strip()[:200]

    def _line(self, number: int, cells: list[str]) -> list[Printed | RowProblem] | None:
        layout = self.layout
        if layout is None or lay.is_footer(cells):
            self.counts.footers += 1
            return None
        if lay.is_repeated_header(cells, layout):
            self.counts.headers += 1
            return None
        heading = lay.heading_of(cells, layout)
        if heading:
            self.counts.headings += 1
            self._note_site([heading])
            return None
        wrong = [
            problem(number, letters(place), cell, "formula_error")
            for place, cell in enumerate(cells)
            if cell in ERRORS and place in layout.places.values()
        ]
        return [*wrong] if wrong else [self._filled(number, cells, layout)]

    def _filled(self, number: int, cells: list[str], layout: Layout) -> Printed | RowProblem:
        taken: dict[str, str] = {}
        filled: set[str] = set()
        fresh = False
        for name in (*_DOWN, "parameter"):
            text, own = layout.cell(cells, name), layout.cell(cells, f"{name}_no")
            renumbered = bool(own) and own != self._numbers.get(name)
            if name == "parameter" and own and not renumbered and not text and self._above.get(name):
                renumbered = False
            if text:
                fresh = fresh or text != self._above.get(name) or renumbered
            elif renumbered and (name in ("object", "parameter")):
                return problem(number, self._letter(name), own, "name_missing", title=lay.CHINESE[name])
            elif fresh and name != "category":
                if name in layout.places:
                    return problem(number, self._letter(name), "", "name_missing", title=lay.CHINESE[name])
            elif not fresh:
                text = self._above.get(name, "")
                filled.add(name)
            taken[name] = text
            if own:
                self._numbers[name] = own
            elif fresh:
                self._numbers.pop(name, None)
        return self._complete(number, cells, layout, taken, filled, fresh=fresh)

    def _complete(
        self, number: int, cells: list[str], layout: Layout, taken: dict[str, str], filled: set[str], *, fresh: bool
    ) -> Printed | RowProblem:
        method = layout.cell(cells, "method")
        if not method and self.flat and self._above.get("method") and "object" in filled and fresh:
            method = self._above["method"]
            filled.add("method")
        for name in ("object", "parameter"):
            if not taken.get(name):
                return problem(number, self._letter(name), "", "name_missing", title=lay.CHINESE[name])
        if not method:
            return problem(number, self._letter("method"), "", "method_missing")
        self._above = {**taken, "method": method}
        return Printed(
            number, self.sheet, taken.get("domain", ""), taken.get("category", ""), taken["object"],
            taken["parameter"], method, layout.cell(cells, "limitation"), layout.cell(cells, "remark"), self._site,
            frozenset(filled),
        )  # fmt: skip

    def _letter(self, name: str) -> str:
        place = self.layout.places.get(name) if self.layout else None
        return letters(place) if place is not None else ""

    def _signatory(self, number: int, cells: Sequence[str]) -> Iterator[RowProblem]:
        places = self._signing or {}
        told = {cell for place, cell in enumerate(cells) if cell and place in places.values()}
        if not told or lay.is_footer(cells) or lay.is_signatory_header(cells) or len(set(filter(None, cells))) == 1:
            return
        above = self.counts.signatories[-1] if self.counts.signatories else None
        found = read_row(number, self.sheet, cells, places, above)
        if isinstance(found, RowProblem):
            yield found
        else:
            self.counts.signatories.append(found)
