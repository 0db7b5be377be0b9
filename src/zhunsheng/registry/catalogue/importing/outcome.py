"""What an import found and did, and the error file that a person mends a table with."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEADER = ("line", "field", "value", "rule", "remedy")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell (or line) that can't be taken as it is."""

    line: int
    field: str
    value: str
    rule: str
    remedy: str


@dataclass(slots=True)
class Outcome:
    """The counts of an import. `saved` is false for a dry run and for a refused file; `touched` are bodies."""

    kind: str
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    saved: bool = False
    dry_run: bool = False
    problems: list[Problem] = field(default_factory=list)
    touched: frozenset[int] = frozenset()

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-ready values."""
        return {
            "kind": self.kind,
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "saved": self.saved,
            "dry_run": self.dry_run,
            "problems": [dict(zip(HEADER, _row(problem), strict=True)) for problem in self.problems],
        }


def write_problems(path: Path, problems: Iterable[Problem]) -> None:
    """Write the error file: UTF-8 with a mark so that spreadsheets open it rightly; no cell can act as a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for problem in problems:
            writer.writerow(inert(cell) for cell in _row(problem))


def _row(problem: Problem) -> tuple[int, str, str, str, str]:
    return problem.line, problem.field, problem.value, problem.rule, problem.remedy


def inert(cell: object) -> object:
    """Return a cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
