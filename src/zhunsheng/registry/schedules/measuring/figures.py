"""Reads the labelled set and counts: what was accepted without a person, and how much of that was right."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhunsheng.registry.schedules.measuring.labelled import Labelled, Rates, Triple, make_rows, write_csv, write_xlsx
from zhunsheng.registry.schedules.measuring.noise import DEVELOPMENT, TEST, Noise
from zhunsheng.registry.schedules.reading import open_schedule, read_printed
from zhunsheng.registry.schedules.reading.files import Reading
from zhunsheng.registry.schedules.rules.filling import Printed
from zhunsheng.registry.schedules.rules.mapping import Known, Line, lines_of

SETS: Mapping[str, Noise] = {"development": DEVELOPMENT, "test": TEST}
SEEDS = {"development": 11, "test": 97}


@dataclass
class Figures:
    """Counts over one set. A line is right if all three of its parts are what the row truly means."""

    rows: int = 0
    lines: int = 0
    accepted: int = 0
    right: int = 0
    lost_rows: int = 0
    missed: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """The share of right lines among those accepted."""
        return self.right / self.accepted if self.accepted else 0.0

    @property
    def rate(self) -> float:
        """The share of lines accepted without a person."""
        return self.accepted / self.lines if self.lines else 0.0


def measure(
    triples: Sequence[Triple],
    known: Known,
    *,
    which: str,
    rows: int,
    confidence: float,
    synonyms: dict[int, list[str]],
    rates: Rates | None = None,
    seed: int | None = None,
) -> Figures:
    """Make the set of this name, half of it as XLSX and half as CSV, read both and count."""
    made = make_rows(
        triples, SETS[which], rows, seed=SEEDS[which] if seed is None else seed, synonyms=synonyms,
        rates=rates or Rates(),
    )  # fmt: skip
    figures = Figures(rows=len(made))
    with tempfile.TemporaryDirectory() as folder:
        for name, part, write in (("a.xlsx", made[0::2], write_xlsx), ("b.csv", made[1::2], write_csv)):
            path = Path(folder) / name
            _count(figures, read_lines(path, known), write(part, path), confidence)
    return figures


def read_lines(path: Path, known: Known) -> Iterable[tuple[int, list[Line]]]:
    """Yield the lines of every row of a file."""
    with open_schedule(path) as sheets:
        for item in read_printed(sheets, Reading()):
            if isinstance(item, Printed):
                yield item.row, list(lines_of(item, known))


def _count(
    figures: Figures, read: Iterable[tuple[int, list[Line]]], placed: dict[int, Labelled], confidence: float
) -> None:
    met = set()
    for number, lines in read:
        row = placed.get(number)
        if row is None:
            figures.wrong.append((str(number), "no line"))
            figures.accepted += len(lines)
            figures.lines += len(lines)
            continue
        met.add(number)
        found = set()
        for line in lines:
            figures.lines += 1
            figures.by_kind[row.spoiled, "lines"] += 1
            taken = (line.object.match.target, line.parameter.match.target, line.method.match.target)
            found.add(taken)
            if line.confidence < confidence or None in taken:
                continue
            figures.accepted += 1
            figures.by_kind[row.spoiled, "accepted"] += 1
            if taken in row.truth:
                figures.right += 1
                figures.by_kind[row.spoiled, "right"] += 1
            else:
                figures.wrong.append(
                    (f"{row.object}|{row.parameter}|{row.method}", " / ".join(p.text for p in line.parts))
                )
        figures.missed += len({one for one in row.truth if None not in one} - found)
    figures.lost_rows += len(placed) - len(met)
