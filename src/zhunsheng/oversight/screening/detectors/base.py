"""What a detector gets and gives."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from zhunsheng.foundation.lawbook import Entry, Lawbook

LAW: Final = Path(__file__).resolve().parents[1] / "law"
GROUP: Final = ("object", "parameter", "method", "unit")
"""Cells that are comparable: one object, parameter, method and canonical unit."""

Lines = Any
"""An Ibis table with the lake's schema."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one version, as the law file of a day says."""

    name: str
    values: dict[str, float]

    def __getitem__(self, key: str) -> float:
        return self.values[key]


@dataclass(slots=True)
class Signal:
    """How one body looks to one detector.

    `p` is the share of peers' behaviour at least as odd; `statistic` and `expected` are in the detector's own terms
    (what was counted, what peers of the same size would show); `n` is what was looked at. `reports` names the reports
    to look at, `cells` the lines in them (report → line numbers), `facts` what the evidence page tells.
    """

    detector: str
    body: str
    p: float
    statistic: float
    expected: float
    n: int
    subject: str = ""
    reports: tuple[str, ...] = ()
    cells: dict[str, tuple[int, ...]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


MOST_REPORTS: Final = 40
"""The most reports that one signal names; the evidence page asks for more."""


@cache
def book() -> Lawbook:
    """Return the settings of every day. Raises: LawbookError."""
    return Lawbook.load(LAW / "detectors.yaml")


def settings_of(entry: Entry) -> Settings:
    """Return the settings of one version."""
    return Settings(
        f"{entry.id} {book().version_of(entry)}", {key: float(value) for key, value in entry.values.items()}
    )


def numbers(lines: Lines) -> Lines:
    """Return the lines whose value is a plain number on a known grid, with `cell`: the value in steps."""
    found = lines.filter((lines.censor == "") & lines.value.notnull() & (lines.step > 0))
    return found.mutate(cell=(found.value / found.step).round().cast("int64"))


def reports_by_body(lines: Lines) -> dict[str, int]:
    """Return how many reports each body has."""
    counted = lines.group_by("body").aggregate(reports=lines.leaf_index.nunique()).to_pyarrow().to_pylist()
    return {row["body"]: int(row["reports"]) for row in counted}
