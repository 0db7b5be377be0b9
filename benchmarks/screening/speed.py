"""How screening grows with the lake: seconds and processor seconds a million lines, memory, against SQL by hand.

Processor seconds tell more than seconds on a machine that others use too.
"""

import os
import resource
import shutil
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.harness import say
from zhunsheng.demo.simulator.specs import WorldSpec
from zhunsheng.demo.simulator.writing import write_world
from zhunsheng.oversight.screening.running import screen
from zhunsheng.platform.lake import engines, tables

BODIES_A_MILLION = 120
DAY = date(2026, 11, 1)
MILLION = 1_000_000

DUPLICATES_BY_HAND = """
    WITH vectors AS (
        SELECT leaf_index, any_value(body) AS body, any_value(object) AS object, any_value(sample) AS sample,
               list((parameter, unit, round(value / step)) ORDER BY parameter, unit) AS vector
        FROM read_parquet('{lake}/lines/**/*.parquet')
        WHERE censor = '' AND value IS NOT NULL AND step > 0
        GROUP BY leaf_index HAVING count(*) >= 3
    )
    SELECT body, object, count(*) AS reports, list(leaf_index) FROM vectors
    GROUP BY body, object, vector HAVING count(DISTINCT coalesce(sample, leaf_index::VARCHAR)) > 1
"""
"""The shortest SQL that finds reports with the same numbers; it tells neither how surprising they are nor near ones."""

SCAN = "SELECT count(*), sum(value) FROM read_parquet('{lake}/lines/**/*.parquet')"


def run(wanted: Namespace) -> None:
    """Print a row of the table for each size; the lakes are made below the folder of results and removed again."""
    wanted.out.mkdir(parents=True, exist_ok=True)
    say(
        "| Lines | All detectors, s | Processor s | The same a million lines | Peak memory | Heaviest, s "
        "| Exact copies alone | By hand | Ratio | A scan | Load |"
    )
    say("|---|---|---|---|---|---|---|---|---|---|---|")
    for millions in wanted.millions:
        folder = Path(tempfile.mkdtemp(prefix="lake-", dir=wanted.out))
        try:
            say(_row(folder / "w", millions, wanted.memory))
        finally:
            shutil.rmtree(folder)


def _row(folder: Path, millions: float, memory: str) -> str:
    lines = write_world(WorldSpec(round(BODIES_A_MILLION * millions), 36, 40.0, 1), folder, lake_only=True)
    lake = folder / "lake"
    _scan, scan_cpu = _timed(lambda: _by_hand(SCAN, lake, memory))
    by_hand, by_hand_cpu = _timed(lambda: _by_hand(DUPLICATES_BY_HAND, lake, memory))
    backend = engines.connect(memory=memory)
    only = frozenset({"exact_copies"})
    alone, alone_cpu = _timed(lambda: screen(tables.open_folder(backend, lake), DAY, only=only))
    seconds: dict[str, float] = {}
    whole, whole_cpu = _timed(lambda: seconds.update(screen(tables.open_folder(backend, lake), DAY).seconds))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    heaviest = max(seconds, key=lambda name: seconds[name])
    columns = (
        f"{lines / MILLION:.1f} million", f"{whole:.0f}", f"{whole_cpu:.0f}", f"{whole_cpu / lines * MILLION:.2f}",
        f"{peak:.1f} GiB", f"{heaviest} {seconds[heaviest]:.0f}", f"{alone:.1f} s, processor {alone_cpu:.1f}",
        f"{by_hand:.1f} s, processor {by_hand_cpu:.1f}", f"{alone_cpu / by_hand_cpu:.2f}", f"{scan_cpu:.2f}",
        f"{os.getloadavg()[0]:.0f}",
    )  # fmt: skip
    return f"| {' | '.join(columns)} |"


def _by_hand(sql: str, lake: Path, memory: str) -> int:
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{memory}'")
        return len(connection.execute(sql.format(lake=lake)).fetchall())


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - cpu
