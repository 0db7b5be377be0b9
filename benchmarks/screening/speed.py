"""How screening grows with the lake: processor seconds and peak memory of each detector, beside SQL by hand.

Processor seconds tell more than seconds on a machine that others use too.
"""

import os
import shutil
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.harness import say
from benchmarks.screening import by_hand
from benchmarks.screening.enlarging import enlarge
from zhunsheng.demo.simulator.specs import WorldSpec
from zhunsheng.demo.simulator.writing import write_world
from zhunsheng.oversight.screening.running import screen
from zhunsheng.platform.lake import engines, tables

BODIES_A_MILLION = 120
MOST_SIMULATED = 10.0
"""Millions of lines that are simulated; of more, so many are and the lake is enlarged."""

DAY = date(2026, 11, 1)
MILLION = 1_000_000


def run(wanted: Namespace) -> None:
    """Print the tables of each lake.

    Lakes that were made before are read where they lie; others are made below the folder of results, and removed
    again unless they are to be kept.
    """
    wanted.out.mkdir(parents=True, exist_ok=True)
    for lake in wanted.lake:
        measured(lake, wanted)
    for millions in wanted.millions if not wanted.lake else ():
        kept = wanted.out / f"lake-{millions:g}m"
        if not kept.exists():
            folder = Path(tempfile.mkdtemp(prefix="lake-", dir=wanted.out))
            _lake(folder, millions, wanted.memory).rename(kept)
            shutil.rmtree(folder)
        try:
            measured(kept, wanted)
        finally:
            if not wanted.keep:
                shutil.rmtree(kept)


def _lake(folder: Path, millions: float, memory: str) -> Path:
    times = max(1, round(millions / MOST_SIMULATED))
    write_world(WorldSpec(round(BODIES_A_MILLION * millions / times), 36, 40.0, 1), folder / "w", lake_only=True)
    if times == 1:
        return folder / "w" / "lake"
    enlarge(folder / "w" / "lake", folder / "large", times, memory)
    return folder / "large"


def measured(lake: Path, wanted: Namespace) -> None:
    """Print for one lake the whole run as an officer starts it, then the floors, and every detector by itself."""
    lines, scan, _peak = _timed(lambda: by_hand.scan(lake, wanted.memory))
    say(f"\n{lines / MILLION:.1f} million lines; load {os.getloadavg()[0]:.0f}\n\n| What | Processor s | Peak memory |")
    say("|---|---|---|")
    say(f"| count and sum | {scan:.1f} | |")
    began = time.perf_counter()
    _found, whole, peak = _timed(lambda: screen(_opened(lake, wanted.memory), DAY))
    seconds, rate = time.perf_counter() - began, whole / lines * MILLION
    say(f"| all detectors, in {seconds:.0f} s | {whole:.0f}, a million lines {rate:.1f} | {peak:.1f} GiB |")
    if not wanted.whole:
        _beside_hand(lake, wanted.memory)
        _one_by_one(lake, wanted.memory)


def _beside_hand(lake: Path, memory: str) -> None:
    for name, floor in (("near_copies", by_hand.near_pairs), ("exact_copies", by_hand.duplicates)):
        _found, theirs, _peak = _timed(lambda floor=floor: floor(lake, memory))
        _found, ours, peak = _timed(lambda name=name: _screened(lake, memory, frozenset({name})))
        say(f"| {name} alone, of that by hand {theirs:.1f}: {ours / theirs:.2f} × | {ours:.1f} | {peak:.1f} GiB |")


def _one_by_one(lake: Path, memory: str) -> None:
    """Print every detector, one after the other, each with what it prepared for those after it."""
    began: list[tuple[str, float]] = []

    def told(name: str, _done: int = 0, _total: int = 0) -> None:
        now = time.process_time()
        if began:
            say(f"| {began[-1][0]} | {now - began[-1][1]:.1f} | {_peak_memory():.1f} GiB |")
        _forget_peak()
        began.append((name, now))

    screen(_opened(lake, memory), DAY, progress=told, at_once=1)
    told("")


def _opened(lake: Path, memory: str) -> Any:
    return tables.open_folder(engines.connect(memory=memory), lake)


def _screened(lake: Path, memory: str, only: frozenset[str]) -> int:
    return len(screen(_opened(lake, memory), DAY, only=only).leads)


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return what the work gives, processor seconds, and the most memory that the process held meanwhile (GiB)."""
    _forget_peak()
    began = time.process_time()
    found = work()
    return found, time.process_time() - began, _peak_memory()


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_memory() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 2**20
