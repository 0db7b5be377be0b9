"""What every source has in common: a name, a way to recognise its files, and a stream of reports."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import msgspec

from zhunsheng.foundation.errors import DomainError

from ..format import DEFAULT_LIMITS, FormatProblem, Parsed, read_report

MOST_LISTED: Final = 1000


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One report of a source, or a place where none could be made.

    `report_dict` is JSON-ready data of `zhunsheng-report/1`, or None. `line_range` is first and last line: rows of a
    table counting from 1 with its heading, else the ordinals of the file's result lines. A `problem` beside a report
    is a remark on a report that is taken in all the same. `attachments` are files that the report names by digest:
    content and media type, to be stored before the report.
    """

    report_dict: dict[str, Any] | None
    line_range: tuple[int, int]
    problem: DomainError | None = None
    attachments: tuple[tuple[bytes, str], ...] = ()

    def raw(self) -> bytes:
        """Return the report as JSON bytes. Raises: ValueError if there is none."""
        if self.report_dict is None:
            raise ValueError("there is no report at this place")
        return msgspec.json.encode(self.report_dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher's format."""

    name: str
    title: str
    title_zh: str
    sniff: Callable[[Path], bool]
    read: Callable[[Path], Iterator[SourceItem]]
    register: str = ""


class Place(NamedTuple):
    """Where a report stands in a publisher's file: its first and last line, and its number if it has one."""

    first: int
    last: int
    number: str = ""

    @classmethod
    def of(cls, item: SourceItem) -> Self:
        """Return where an item stands."""
        return cls(*item.line_range, str((item.report_dict or {}).get("number", "")))


Told = Callable[[Place, DomainError, bool], None]
"""Takes a problem, where it stands, and whether the report was refused for it."""


@dataclass(slots=True)
class DryRun:
    """What an import would do: counts, and the problems with their lines (the first thousand)."""

    reports: int = 0
    lines: int = 0
    refused: int = 0
    remarks: int = 0
    bodies: Counter[str] = field(default_factory=Counter)
    by_problem: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[tuple[int, int], DomainError]] = field(default_factory=list)


def dry_run(
    source: Source, path: Path, *, limits: Mapping[str, int] = DEFAULT_LIMITS, told: Told | None = None
) -> DryRun:
    """Read a whole file as an import would, count it and list what is wrong; nothing is stored.

    Args:
        told: told of every problem, also beyond the first thousand.
    Raises: DomainError if the file as a whole can't be read.
    """
    run = DryRun()
    for item in source.read(path):
        problem = item.problem
        parsed: Parsed | None = None
        if item.report_dict is not None:
            try:
                parsed = read_report(item.raw(), limits=limits)
            except FormatProblem as refusal:
                problem = refusal
        if parsed is None:
            run.refused += 1
        else:
            run.reports += 1
            run.lines += len(parsed.report.results)
            run.remarks += problem is not None
            run.bodies[parsed.report.body.slug] += 1
        if problem is not None:
            run.by_problem[problem.code] += 1
            if told is not None:
                told(Place.of(item), problem, parsed is None)
            if len(run.problems) < MOST_LISTED:
                run.problems.append((item.line_range, problem))
    return run
