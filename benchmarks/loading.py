"""Loads a generated scope of millions of lines and tells how long it took and what memory it needed.

    python -m benchmarks.loading [--lines 5000000] [--again] [--keep FILE.csv]

Uses the database of DATABASE_URL, else a throwaway PostgreSQL. Not part of `make bench`: it takes minutes.
"""

import argparse
import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from scripts.test import postgres, postgres_programs

from benchmarks.harness import installation, say

PER_BODY = 1_000
OBJECTS, PARAMETERS, METHODS = 200, 900, 700
HEADER = (
    "机构标识", "证书编号", "领域", "类别", "检测对象", "参数名称", "依据标准（方法）名称及编号（含年号）", "条款号",
    "限制范围", "有效期起", "有效期止",
)  # fmt: skip
DOMAINS = ("水质", "食品", "土壤", "建筑材料", "机动车", "纺织品", "环境空气")


def slug_of(body: int) -> str:
    """Return the CMA number of a generated body."""
    return f"2319{body // 9999 % 20:02d}99{body % 9999 + 1:04d}" if body < 9999 else f"2419059{body:05d}"


def lines(count: int) -> Iterator[list[str]]:
    """Yield the lines of schedules, a thousand of each body, with the spellings of the official form."""
    for number in range(count):
        body, place = divmod(number, PER_BODY)
        domain = DOMAINS[(place // 143 + body) % len(DOMAINS)]
        yield [
            slug_of(body),
            "",
            domain,
            f"{domain}样品 {place % 20}",
            f"检测对象{(place * 7 + body) % OBJECTS}",
            f"参数{(place * 13 + body) % PARAMETERS}",
            f"《方法标准 第{place % METHODS}部分》GB/T {5000 + place % METHODS}-2023",
            f"{place % 30}.{place % 4}",
            "只做定性" if place % 97 == 0 else "",
            "2023-05-01",
            "2029-04-30",
        ]


def write(path: Path, count: int) -> None:
    """Write the table, as large as it may be, a line at a time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(lines(count))


def load(path: Path, count: int, *, again: bool) -> None:
    """Load the table into an empty register with its bodies, and once more if asked."""
    from django.db import connection
    from django.utils import timezone

    from zhunsheng.platform.accounts.history import recorded
    from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine
    from zhunsheng.registry.bodies.services import import_table

    bodies = [
        Body(slug=slug_of(one), cma=slug_of(one), name=f"机构{one}", generated=True)
        for one in range(-(-count // PER_BODY))
    ]
    Body.objects.bulk_create(bodies, batch_size=1_000)
    with recorded(None, "benchmark"):
        Accreditation.objects.bulk_create(
            [
                Accreditation(body=body, number=body.slug, valid_from=date(2023, 5, 1), valid_to=date(2029, 4, 30))
                for body in bodies
            ],
            batch_size=1_000,
        )
    for turn in range(2 if again else 1):
        began, spent = time.perf_counter(), time.process_time()
        outcome = import_table(kind="scope", path=path, by=None, at=timezone.now(), why="benchmark")
        seconds, cpu = time.perf_counter() - began, time.process_time() - spent
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        say(
            f"{connection.vendor}, {'again' if turn else 'first'}: {outcome.read:,} lines, {outcome.created:,} new,"
            f" {outcome.unchanged:,} unchanged, {len(outcome.problems)} problems: {seconds:.0f} s"
            f" ({outcome.read / seconds:,.0f} a second, {cpu:.0f} s of this process), peak {peak} MB"
        )
    assert ScopeLine.objects.count() == count
    history = ScopeLine.history.count()
    assert history == count, history
    ask(count)


def ask(count: int) -> None:
    """Ask for the scope of a few bodies with the knowledge of this moment, and tell the median time."""
    from django.db import connection
    from django.utils import timezone

    from zhunsheng.registry.bodies.models import Body
    from zhunsheng.registry.bodies.selectors import body_as_of

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    held = body_as_of(Body.objects.get(slug=slug_of(1)), date(2026, 3, 2), known_at=timezone.now())
    plan = held.scope.explain()
    say(plan)
    assert "Seq Scan on bodies_historicalscopeline" not in plan, plan
    times = []
    for number in range(0, count // PER_BODY, max(count // PER_BODY // 20, 1)):
        body = Body.objects.get(slug=slug_of(number))
        began = time.perf_counter()
        held = body_as_of(body, date(2026, 3, 2), known_at=timezone.now())
        found = len(held.scope)
        times.append(time.perf_counter() - began)
        assert found == PER_BODY, found
    say(
        f"as known at a moment, all {PER_BODY:,} lines of one of {count // PER_BODY:,} bodies: median "
        f"{statistics.median(times) * 1000:.0f} ms, worst {max(times) * 1000:.0f} ms"
    )


def main() -> int:
    """Run in this process against DATABASE_URL, else in a child against a throwaway PostgreSQL."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=5_000_000)
    options.add_argument("--again", action="store_true", help="load the same file twice")
    options.add_argument("--keep", type=Path, help="keep the generated table here")
    wanted = options.parse_args()
    programs = postgres_programs()
    if "DATABASE_URL" not in os.environ and programs is not None:
        with postgres(programs) as address:
            command = [sys.executable, "-m", "benchmarks.loading", *sys.argv[1:]]
            return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": address}).returncode
    with tempfile.TemporaryDirectory(prefix="zhunsheng-loading-") as folder, installation():
        path = wanted.keep or Path(folder) / "scope.csv"
        write(path, wanted.lines)
        say(f"{path.stat().st_size / 1e6:.0f} MB of CSV; load of the machine {os.getloadavg()[0]:.1f}")
        load(path, wanted.lines, again=wanted.again)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
