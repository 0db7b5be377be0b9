"""A schedule read without storing anything: for the dry run, and for the health check of an uploaded file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from zhunsheng.registry.schedules import selectors
from zhunsheng.registry.schedules.reading import UnreadableSchedule, open_schedule, read_printed
from zhunsheng.registry.schedules.reading.files import Reading
from zhunsheng.registry.schedules.rules.mapping import Line
from zhunsheng.registry.schedules.rules.problems import RowProblem
from zhunsheng.registry.schedules.rules.rows import Rows

_TELL_EVERY = 2_000


@dataclass(slots=True)
class Trial:
    """What reading found; `kept` holds the lines where they were asked for."""

    lines: int = 0
    in_doubt: int = 0
    rows: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)


def read_file(
    path: Path,
    *,
    on: date,
    confidence: float,
    sites: Mapping[str, int],
    keep: bool = False,
    most: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Trial:
    """Read a file and return what was found.

    Args:
        keep: hold the lines in memory; `most` is then the largest number of lines.
    Raises: UnreadableSchedule, also where there are more than `most` lines.
    """
    found, reading = Trial(), Reading()
    rows = Rows(selectors.known_on(on), sites)
    if not path.is_file():
        raise UnreadableSchedule("There is no such file.", field="file", remedy="Check the path.")
    with open_schedule(path) as sheets:
        for item in read_printed(sheets, reading):
            found.rows += 1
            for one in rows.lines(item):
                if isinstance(one, RowProblem):
                    found.problems.append(one)
                    continue
                found.lines += 1
                found.in_doubt += one.confidence < confidence or any(part.match.target is None for part in one.parts)
                if keep:
                    found.kept.append(one)
            if most is not None and found.lines > most:
                raise _too_long(most)
            if progress is not None and found.rows % _TELL_EVERY == 0:
                progress(reading.position, reading.total)
    if progress is not None:
        progress(reading.total, reading.total)
    return found


def _too_long(most: int) -> UnreadableSchedule:
    return UnreadableSchedule(
        "The schedule has more than %(most)s lines, too many to check while you wait.",
        params={"most": most},
        field="file",
        remedy="Hand it in; it is then read in the background.",
    )
