"""Cells as texts, and fields as the cells they came from."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from ..format.problems import BilingualProblem, FormatProblem
from .columns import REPORT_COLUMNS, RESULT_COLUMNS, WORDS, Column

_FIXED: Final = re.compile(r"0(?:\.(0+))?(?:_ |;.*)?")
_DAY: Final = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?", re.ASCII)
_MOST_DIGITS: Final = 20
_REMEDIES: Final = {
    "format.missing": ("Fill in the cell and upload the file again.", "请在表中填写后重新上传。"),
    "format.choice": (
        "Choose one of the words that the cell's list offers.",
        "请从单元格的下拉选项中选择后重新上传。",
    ),
}
"""What whoever has a sheet before them can do, where the format's own remedy speaks of its document."""
_BODY: Final = "210020123456"
_STAND_INS: Final[dict[str, Any]] = {
    "number": "-",
    "version": 1,
    "parameter": "-",
    "cma": _BODY,
    "body": {"cma": _BODY},
    "results": [{"line": 1, "parameter": "-"}],
    "issued": "2000-01-01",
    "files": [{"sha256": "0" * 64}],
}
"""What stands for a required field that is missing or wrong, while the rest of a refused report is read."""

_FREE_LINES: Final = 1_000_000
"""Above it are line numbers that nobody gives, one for each place."""

_STEP: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_INDEX: Final = re.compile(r"results\[(\d+)\]")


class CellProblem(BilingualProblem):
    """A refusal told with the cell to mend; `field` is the place in the format."""

    def __init__(self, problem: BilingualProblem, cell: str) -> None:
        self.cell = cell
        super().__init__(
            f"Cell {cell}: {problem.rule}",
            f"单元格 {cell}：{problem.rule_zh}",
            *_REMEDIES.get(problem.code, (problem.remedy, problem.remedy_zh)),
            code=problem.code,
            field=problem.field,
        )


@dataclass(slots=True)
class Draft:
    """A report in the making: its data, and for each field the cell it came from."""

    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def put(self, column: Column, text: str, cell: str, line: int | None = None) -> None:
        """Set the field of a column; `line` is the place among the results, counting from 0."""
        value = value_of(column, text)
        if value is None:
            return
        place: Any = self.data
        path = column.path
        if line is not None:
            results = place.setdefault("results", [])
            while len(results) <= line:
                results.append({})
            place = results[line]
            path = f"results[{line}].{path}"
        *outer, last = column.path.split(".")
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = value
        self.cells[path] = cell

    def set_aside(self, problem: FormatProblem) -> bool:
        """Take the field of a problem out, or fill in what is missing, so that the next problem shows.

        Returns: False where that can't be done, because the problem is about more than one field.
        """
        path: list[str | int] = [step or int(index) for index, step in _STEP.findall(problem.field or "")]
        if not path:
            return False
        *outer, last = path
        place = _inside(self.data, outer)
        if not isinstance(place, dict) or not isinstance(last, str):
            return False
        known = _FREE_LINES + int(outer[-1]) if last == "line" and outer else _STAND_INS.get(last)
        if known is not None and place.get(last) != known:
            place[last] = deepcopy(known)
            return True
        if place.pop(last, None) is None:  # a field that is missing in a part: the part is left out
            above = _inside(self.data, outer[:-1]) if outer else None
            return isinstance(above, dict) and above.pop(outer[-1], None) is not None
        if outer == ["body"] and not {"cma", "uscc", "id"} & place.keys():
            place["cma"] = _BODY
        return True

    def located(self, problem: FormatProblem, sheet: str) -> BilingualProblem:
        """Return a problem with its cell: that of the field, else of the nearest field of the same line."""
        name = problem.field or ""
        if name in self.cells:
            return CellProblem(problem, self.cells[name])
        match = _INDEX.match(name)
        for path, cell in self.cells.items():
            if match and path.startswith(f"{match.group()}."):
                heading = next((one.heading for one in RESULT_COLUMNS if f"{match.group()}.{one.path}" == name), "")
                row = re.sub(r"[A-Z]+(\d+)$", r"\1", cell)
                return CellProblem(problem, f"{row}（{heading}）" if heading else row)
        heading = next((column.heading for column in REPORT_COLUMNS if column.path.startswith(name)), "")
        return CellProblem(problem, f"{sheet}（{heading}）" if heading else sheet) if name else problem


def _inside(data: Any, path: Sequence[str | int]) -> Any:
    """Return what stands at a place of a document, None where there is no such place."""
    for step in path:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def value_of(column: Column, text: str) -> Any:
    """Return a cell's text as the format wants it; None for an empty cell. What isn't understood stays as it is."""
    trimmed = text.strip()
    if not trimmed:
        return None
    if column.kind == "whole":
        return int(trimmed) if trimmed.isascii() and trimmed.isdecimal() and len(trimmed) < _MOST_DIGITS else trimmed
    if column.kind == "date":
        return _day(trimmed)
    return WORDS.get(column.path, {}).get(trimmed, trimmed)


def _day(text: str) -> str:
    match = _DAY.fullmatch(text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else text


def shown(value: Any, number_format: str) -> str:
    """Return a cell as the sheet shows it: 0.05 formatted `0.000` is 0.050."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _number(value: float, number_format: str) -> str:
    fixed = _FIXED.fullmatch(number_format)
    exact = Decimal(format(value, ".15g"))
    if fixed:
        places = Decimal(1).scaleb(-len(fixed[1] or ""))
        rounded = exact.quantize(places)
        if rounded == exact:
            return format(rounded, "f")
    return format(exact, "f")
