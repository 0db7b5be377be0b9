"""Scope look-ups with 5 million lines: our memory-mapped index against a nested dict in memory."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.harness import Stage, Work
from zhunsheng.registry.bodies.rules.scope import ScopeRequest
from zhunsheng.registry.bodies.scope_build import IndexLine, State, build
from zhunsheng.registry.bodies.scope_index import OpenIndexes, ScopeIndex, day_number
from zhunsheng.registry.bodies.scope_keys import PARTS, NameHashes, join

LINES = 5_000_000
PER_BODY = 1_000
OBJECTS, PARAMETERS, METHODS = 200, 900, 700
ASKED = 100_000
SMALLEST = {"LINES": 5_000, "ASKED": 1_000}
DAY = date(2026, 3, 2)


def names_of(number: int) -> tuple[str, str, str, str, str]:
    """Return the canonical names of a line; equal in build, look-up and floor."""
    body, place = divmod(number, PER_BODY)
    return (
        f"2319{body:08d}",
        f"~o{(place * 7 + body) % OBJECTS}",
        f"~p{(place * 13 + body) % PARAMETERS}",
        f"GB/T {5000 + place % METHODS}-2023",
        "" if place % 3 else "A",
    )


def index_lines(count: int) -> Iterator[IndexLine]:
    """Yield lines ready for the index, one after the other, so that none is kept."""
    for number in range(count):
        yield IndexLine(names_of(number), date(2023, 5, 1), date(2029, 4, 30), number + 1, ("水质", ""), False)


def asked(count: int, scale: int = 1) -> list[int]:
    """Return the numbers of the lines that are asked for, spread over all bodies, ten of a body in a row."""
    step = 7_919
    firsts = (step * turn % (count // 10) for turn in range(ASKED * scale // 10))
    return [first * 10 + place for first in firsts for place in range(10)]


def stages(scale: int = 1) -> Iterator[Stage]:
    """Yield the look-ups: what the arrival checks ask for each line of a report; the scale multiplies the questions."""
    from zhunsheng.registry.bodies import scope  # needs Django, which the memory measurement does without
    from zhunsheng.registry.catalogue.selectors import Vocabulary

    count = LINES
    with tempfile.TemporaryDirectory(prefix="zhunsheng-scope-") as folder:
        manifest = build(Path(folder), index_lines(count), State("bench", 1, "bench"))
        index = ScopeIndex(Path(folder) / manifest.name, manifest)
        vocabulary = Vocabulary("bench")  # knows nothing: objects and parameters go by their normalised texts
        wanted = [names_of(number) for number in asked(count, scale)]
        requests = [
            ScopeRequest(body=b, object=o[1:], parameter=p[1:], method=m, site=s or "A", on=DAY)
            for b, o, p, m, s in wanted
        ]
        held: dict[str, dict[tuple[str, ...], int]] = {}
        for number in range(count):
            names = names_of(number)
            held.setdefault(names[0], {})[names[1:]] = number + 1

        def ours() -> int:
            found = 0
            batches = iter(requests)
            while batch := list(islice(batches, 1_000)):
                found += sum(position >= 0 for position in scope.look_up(index, batch, vocabulary))
            return found

        def floor() -> int:
            return sum(held[names[0]].get(names[1:]) is not None for names in wanted)

        yield Stage(
            f"scope of a tested line, {count:,} lines held",
            Work(ours),
            "nested dict look-up",
            Work(floor),
            len(requests),
            target=0.3,
            note=f"{disk_bytes(Path(folder)) / 1e6:.0f} MB on disk; a worker grows by {grown(folder, count)} MB",
        )


def disk_bytes(folder: Path) -> int:
    """Return what the index takes on disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def grown(folder: str, count: int) -> int:
    """Return by how many MB the memory of a fresh process grows that opens the index and looks 100,000 lines up."""
    code = f"import benchmarks.bench_scope as one; one.look_up_alone({folder!r}, {count})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout)


def look_up_alone(folder: str, count: int) -> None:
    """Print by how many MB this process grows through opening the index and its look-ups."""
    wanted = [names_of(number) for number in asked(count)]
    before = resident_kilobytes()
    index = OpenIndexes().current(Path(folder))
    assert isinstance(index, ScopeIndex)
    hashes = [NameHashes(part) for part in PARTS]
    keys = join(*(np.array([h.of(names[place]) for names in wanted], np.uint64) for place, h in enumerate(hashes)))
    days = np.full(len(keys), day_number(DAY, open_as=0), np.uint16)
    assert (index.unlimited_on(keys, days) >= 0).all()
    sys.stdout.write(str((resident_kilobytes() - before) // 1024))


def resident_kilobytes() -> int:
    """Return what this process has in memory now, mapped pages included (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmRSS"))
