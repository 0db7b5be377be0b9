"""The one way to measure here: our work and its floor in turns, in one run, as a ratio.

A file `bench_<room>.py` beside this one offers `stages(scale: int) -> Iterator[Stage]`; `make bench` runs them all. Its
`SMALLEST` names the sizes that `--smallest` puts in place of its own, so that a test can see whether it still runs.
Whatever a stage needs is made in the generator before its `yield` and tidied up after it.
"""

import gc
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

ROUNDS = 7
LEAST_ROUNDS = 5


@dataclass(frozen=True)
class Work:
    """Something to time: `run` returns how many items it did; `prepare` makes its argument, untimed, for each turn."""

    run: Callable[..., int]
    prepare: Callable[[], Any] | None = None

    def timed(self) -> tuple[float, int]:
        """Return seconds and items of one turn."""
        arguments = () if self.prepare is None else (self.prepare(),)
        gc.collect()
        started = time.perf_counter()
        count = self.run(*arguments)
        return time.perf_counter() - started, count


@dataclass(frozen=True)
class Stage:
    """What is measured against what.

    `target` is the least of floor time / our time, or with `at_most` the most of our time / floor time; None where
    nothing is asked. `items` is asserted of both in every turn.
    """

    name: str
    ours: Work
    floor_name: str
    floor: Work
    items: int
    target: float | None = None
    at_most: bool = False
    note: str = ""


@dataclass(frozen=True)
class Result:
    """Medians of one stage: items a second, their ratio, and the range of the rounds' ratios."""

    stage: str
    floor_name: str
    ours: float
    floor: float
    ratio: float
    target: float | None
    at_most: bool
    met: bool | None
    lowest: float
    highest: float
    rounds: int
    items: int
    note: str = field(default="")


def measure(stage: Stage, rounds: int = ROUNDS) -> Result:
    """Run a stage in interleaved rounds, each work first in every other one, and return its medians.

    Raises: ValueError for fewer than five rounds; AssertionError when a turn did not do all items.
    """
    if rounds < LEAST_ROUNDS:
        raise ValueError(f"at least {LEAST_ROUNDS} rounds")
    times: dict[str, list[float]] = {"ours": [], "floor": []}
    works = {"ours": stage.ours, "floor": stage.floor}
    for turn in range(rounds + 1):
        for name in ("ours", "floor") if turn % 2 else ("floor", "ours"):
            seconds, count = works[name].timed()
            if count != stage.items:
                raise AssertionError(f"{stage.name}: {name} did {count} of {stage.items}")
            if turn:  # the first turn warms up
                times[name].append(seconds)
    pairs = zip(times["ours"], times["floor"], strict=True)
    ratios = [ours / floor if stage.at_most else floor / ours for ours, floor in pairs]
    ours, floor = statistics.median(times["ours"]), statistics.median(times["floor"])
    ratio = ours / floor if stage.at_most else floor / ours
    met = None if stage.target is None else (ratio <= stage.target if stage.at_most else ratio >= stage.target)
    return Result(
        stage=stage.name,
        floor_name=stage.floor_name,
        ours=stage.items / ours,
        floor=stage.items / floor,
        ratio=ratio,
        target=stage.target,
        at_most=stage.at_most,
        met=met,
        lowest=min(ratios),
        highest=max(ratios),
        rounds=rounds,
        items=stage.items,
        note=stage.note,
    )


def line(result: Result) -> str:
    """Return a result as a line of the table."""
    sign = "≤" if result.at_most else "≥"
    target = "–" if result.target is None else f"{sign} {result.target:g}"
    verdict = {None: "", True: "met", False: "MISSED"}[result.met]
    return (
        f"{result.stage:<62} {result.ours:>12,.0f}/s {result.floor:>12,.0f}/s  "
        f"{result.ratio:>6.2f} ({result.lowest:.2f}-{result.highest:.2f}) {target:>8} {verdict:<6}  {result.floor_name}"
    )


def head() -> str:
    """Return the head of the table."""
    return f"{'stage':<62} {'ours':>14} {'floor':>14}  {'ratio (range)':>18} {'target':>8}"


def machine() -> dict[str, Any]:
    """Return what the figures depend on."""
    packages = ("django", "psycopg", "msgspec", "orjson", "numpy", "cryptography")
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "packages": {name: metadata.version(name) for name in packages},
    }


def write_json(path: Path, results: Sequence[Result]) -> None:
    """Write machine and results."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"machine": machine(), "results": [asdict(result) for result in results]}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@contextmanager
def installation() -> Iterator[Path]:
    """Set Django up on a throwaway home and an empty migrated database; DATABASE_URL chooses PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="zhunsheng-bench-") as folder:
        os.environ["ZHUNSHENG_HOME"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhunsheng.web.settings")
        import django
        from django.db import connection

        django.setup()
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/bench.sqlite3"
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield Path(folder)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
