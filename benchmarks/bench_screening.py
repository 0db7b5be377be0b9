"""Screening of half a million lines: every detector against a scan, the heaviest against SQL written by hand.

`--scale 20` screens ten million. The growth to a hundred million is `python -m benchmarks.screening speed`.
"""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.harness import Stage, Work
from benchmarks.screening import by_hand
from zhunsheng.demo.simulator.specs import WorldSpec
from zhunsheng.demo.simulator.writing import write_world
from zhunsheng.oversight.screening.running import screen
from zhunsheng.platform.lake import engines, tables

BODIES, MONTHS, REPORTS, SEED = 60, 36, 40.0, 1
SMALLEST = {"BODIES": 10, "MONTHS": 12}
MEMORY = "4GB"
DAY = date(2026, 11, 1)


def stages(scale: int) -> Iterator[Stage]:
    """Yield the stages over one simulated lake; the scale multiplies the bodies."""
    with tempfile.TemporaryDirectory(prefix="zhunsheng-bench-lake-") as folder:
        lines = write_world(WorldSpec(BODIES * scale, MONTHS, REPORTS, SEED), Path(folder) / "w", lake_only=True)
        lake = Path(folder) / "w" / "lake"
        yield Stage(
            name=f"screening: heaviest detector (near copies), {lines:,} lines",
            ours=Work(lambda: _screened(lake, lines, frozenset({"near_copies"}))),
            floor_name="SQL by hand for the same pairs",
            floor=Work(lambda: lines if by_hand.near_pairs(lake, MEMORY) else 0),
            items=lines,
            target=1.5,
            at_most=True,
            note="ours also weighs every pair by its client's and its peers' own sameness",
        )
        yield Stage(
            name=f"screening: exact copies, {lines:,} lines",
            ours=Work(lambda: _screened(lake, lines, frozenset({"exact_copies"}))),
            floor_name="SQL by hand for equal vectors",
            floor=Work(lambda: lines if by_hand.duplicates(lake, MEMORY) else 0),
            items=lines,
            target=1.5,
            at_most=True,
            note="ours also weighs what the equal numbers are worth",
        )
        yield Stage(
            name=f"screening: all detectors, {lines:,} lines",
            ours=Work(lambda: _screened(lake, lines, None)),
            floor_name="count and sum of one column",
            floor=Work(lambda: by_hand.scan(lake, MEMORY)),
            items=lines,
        )


def _screened(lake: Path, lines: int, only: frozenset[str] | None) -> int:
    found = screen(tables.open_folder(engines.connect(memory=MEMORY), lake), DAY, only=only)
    if not found.leads:
        raise AssertionError("a world of bodies gave no rank")
    return lines
