"""Measures the capability search among millions of generated scope lines, beside look-ups by primary key.

    python -m benchmarks.searching [--lines 5000000] [--sqlite]

Uses the database of DATABASE_URL, else a throwaway PostgreSQL, with --sqlite SQLite. Not part of `make bench`: it takes
minutes. The queries are those of `benchmarks/judged` and as many random ones as make two thousand.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from scripts.test import postgres, postgres_programs

from benchmarks.harness import installation, say

BODIES = 4_500
OBJECTS, PARAMETERS, STANDARDS = 2_400, 7_200, 5_000
PER_OBJECT = 400
"""Tests that exist for one object: parameters, each with its method."""
ASKED = 2_000
HEAD, MIDDLE = ["", "总", "游离", "可溶性", "挥发性"], "甲乙丙丁戊己氯溴氟碘硝氨"
TAIL = ["苯", "酚", "酮", "醛", "酸", "胺", "酯", "醇", "烷", "烯", "腈", "醚"]
KINDS = ["茶", "果酱", "糕点", "鞋", "涂料", "钢管", "水泵", "轴承", "电池", "饲料"]
PLACES = [
    "4401",
    "4401",
    "4403",
    "4403",
    "4406",
    "4419",
    "4404",
    "4405",
    "4407",
    "4408",
    "4409",
    "4412",
    "4413",
    "4420",
]
UNKNOWN_EVERY = 12
"""One line in so many prints its object in words that the catalogue doesn't know."""


def parameter_name(number: int) -> str:
    """Return the name of a generated parameter; all differ."""
    head, rest = divmod(number, PARAMETERS // len(HEAD))
    first, rest = divmod(rest, 120)
    second, tail = divmod(rest, 10)
    return f"{HEAD[head]}{MIDDLE[first % 12]}{MIDDLE[second % 12]}{TAIL[tail]}{TAIL[(first + second) % 12]}"


def object_name(number: int) -> str:
    """Return the name of a generated test object; all differ."""
    tail = "" if number % 20 < 10 else "制品"
    return f"{MIDDLE[number // 240 % 12]}{MIDDLE[number // 20 % 12]}型{KINDS[number % 10]}{tail}"


def edition_of(number: int) -> str:
    """Return the number of a generated standard."""
    return f"{('GB/T', 'HJ', 'NY/T', 'SN/T')[number % 4]} {30_000 + number}-{2004 + number % 20}"


def load(count: int) -> None:
    """Insert catalogue, bodies, certificates and so many scope lines."""
    from django.db import transaction

    from zhunsheng.platform.database.bulk import insert_rows
    from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine
    from zhunsheng.registry.bodies.services.revisions import bump_scope
    from zhunsheng.registry.catalogue.models import Parameter, Standard, StandardEdition, TestObject
    from zhunsheng.registry.catalogue.selectors import forget_vocabulary

    first = 1_000_000
    with transaction.atomic():
        insert_rows(
            Parameter, ["id", "code", "name", "name_en", "cas", "quantity_kind", "unit"],
            ((first + n, f"G-{n}", parameter_name(n), f"compound {n}", "", "", "") for n in range(PARAMETERS)),
        )  # fmt: skip
        insert_rows(
            TestObject, ["id", "code", "name", "name_en", "parent_id"],
            (
                (first + n, f"G-{n:05d}", object_name(n), "", first + n - n % 20 if n % 20 else None)
                for n in range(OBJECTS)
            ),
        )  # fmt: skip
        bases = [edition_of(n).rsplit("-", 1)[0] for n in range(STANDARDS)]
        series = ((first + n, one, f"方法标准 {n}", "") for n, one in enumerate(bases))
        insert_rows(Standard, ["id", "base_code", "title", "title_en"], series)
        names = ["id", "standard_id", "code", "year", "status"]
        editions = ((first + n, first + n, edition_of(n), 2004 + n % 20, "in_force") for n in range(STANDARDS))
        insert_rows(StandardEdition, names, editions)
        bodies = [(first + n, f"G{n:07d}", f"生成机构{n:05d}", f"{PLACES[n % len(PLACES)]}00") for n in range(BODIES)]
        made = [Body(id=i, slug=s, name=m, division_id=d, generated=True) for i, s, m, d in bodies]
        Body.objects.bulk_create(made, 500)
        term = {"valid_from": date(2023, 1, 1), "valid_to": date(2028, 12, 31)}
        held = [Accreditation(id=i, body_id=i, number=s, **term) for i, s, _m, _d in bodies]
        Accreditation.objects.bulk_create(held, 500)
        insert_rows(ScopeLine, LINE, lines(count, first))
    bump_scope([first])
    forget_vocabulary()


LINE = [
    "body_id", "accreditation_id", "site_id", "domain", "category", "object_id", "object_text", "parameter_id",
    "parameter_text", "method_text", "edition_id", "method_base", "method_year", "clause", "limitation", "remark",
    "valid_from", "valid_to",
]  # fmt: skip


def lines(count: int, first: int) -> Iterator[tuple[Any, ...]]:
    """Yield scope lines: each body tests some objects, common ones more often, and of each a run of its tests."""
    draw = random.Random("capabilities")
    names = [parameter_name(n) for n in range(PARAMETERS)]
    codes = [edition_of(n) for n in range(STANDARDS)]
    days = date(2023, 1, 1), date(2028, 12, 31)
    each, more = divmod(count, BODIES)
    for body in range(BODIES):
        left = each + (body < more)
        while left:
            item = min(int(draw.paretovariate(0.7)) * 7 + draw.randrange(7), OBJECTS - 1) % OBJECTS
            start, size = draw.randrange(PER_OBJECT), min(left, draw.randrange(20, 200))
            left -= size
            shown = object_name(item)
            for place in range(start, start + size):
                test = place % PER_OBJECT
                parameter, standard = (item * 37 + test * 11) % PARAMETERS, (item * 13 + test // 8) % STANDARDS
                printed = (place + body) % UNKNOWN_EVERY == 0
                yield (
                    first + body, first + body, None, f"领域{item % 25}", shown,
                    None if printed else first + item, f"{shown}{body % 40}号" if printed else shown,
                    first + parameter, names[parameter], codes[standard], first + standard,
                    codes[standard].rsplit("-", 1)[0], 2004 + standard % 20, "", "", "", *days,
                )  # fmt: skip


def queries() -> list[str]:
    """Return the judged queries and random ones: with object and city, alone, by standard, by pinyin, broad."""
    from benchmarks.judged.world import rows
    from zhunsheng.registry.capabilities.words.spelling import pinyin

    draw = random.Random("asked")
    found = [row["query"] for row in rows("queries.csv")]
    while len(found) < ASKED:
        item, test = draw.randrange(OBJECTS), draw.randrange(PER_OBJECT)
        parameter = parameter_name((item * 37 + test * 11) % PARAMETERS)
        standard = edition_of((item * 13 + test // 8) % STANDARDS)
        found.append(
            draw.choice(
                [
                    f"{object_name(item)} {parameter} {draw.choice(['广州', '深圳', '佛山'])}",
                    f"{object_name(item)}{parameter}检测",
                    f"{standard.rsplit('-', 1)[0]} {parameter}",
                    standard.split(" ")[1].split("-")[0],
                    parameter,
                    pinyin(parameter)[0],
                    parameter[:-1] + "x",
                    object_name(item),
                ]
            )
        )
    return found


def percentiles(seconds: Sequence[float]) -> str:
    """Return median, 99th percentile and maximum in milliseconds."""
    ranked = sorted(seconds)
    shown = (ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.99)], ranked[-1])
    return "p50 {:.2f} ms, p99 {:.2f} ms, most {:.1f} ms".format(*(1_000 * one for one in shown))


def timed(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def resident(kind: str = "VmRSS") -> int:
    """Return what this process has in memory, mapped pages included, in MB; with VmHWM the most that it has had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(row.split()[1]) // 1024 for row in status.splitlines() if row.startswith(kind))


def measure(count: int) -> None:
    """Load, index and ask; print what it took."""
    from benchmarks.judged import world
    from zhunsheng.registry.bodies.models import ScopeLine
    from zhunsheng.registry.capabilities.index import keeping

    world.load()
    say(f"{count:,} lines loaded in {timed(lambda: load(count)):.0f} s")
    say(f"whole index built in {timed(keeping.rebuild):.0f} s, builder's memory {resident('VmHWM')} MB")
    made = sum(path.stat().st_size for path in keeping.folder().rglob("*") if path.is_file())
    rows = ScopeLine.objects.count()
    manifest = keeping.current()
    if manifest is None:
        raise RuntimeError("no index")
    combinations = sum(one.combinations for one in manifest.segments)
    terms = len(manifest.dictionary.terms)
    say(f"{rows:,} lines, {combinations:,} combinations, {terms:,} terms; {made / 1e6:.0f} MB on disk")
    environment = {**os.environ, "BENCH_DATABASE": _database_name()}
    done = subprocess.run([sys.executable, "-m", "benchmarks.searching", "--ask"], env=environment, check=False)
    if done.returncode:
        raise RuntimeError("asking failed")


def ask() -> None:
    """Ask all queries in a fresh process, as a web process would, and print the times."""
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = os.environ["BENCH_DATABASE"]
    from benchmarks.judged.world import DAY
    from zhunsheng.registry.bodies.models import ScopeLine
    from zhunsheng.registry.capabilities.selectors import facets_of, search, suggest

    before = resident()
    say(f"first answer of a process (opens the index) after {timed(lambda: search('铅', on=DAY)):.1f} s")
    asked = queries()
    largest = ScopeLine.objects.order_by("-pk").values_list("pk", flat=True)[0]
    smallest = ScopeLine.objects.order_by("pk").values_list("pk", flat=True)[0]
    draw = random.Random("keys")
    taken: dict[str, list[float]] = {"key": [], "search": [], "with facets": [], "suggest": []}
    slowest: list[tuple[float, str]] = []
    for words in asked:
        key = draw.randint(smallest, largest)
        taken["key"].append(timed(lambda key=key: ScopeLine.objects.filter(pk=key).first()))
        taken["search"].append(timed(lambda words=words: search(words, on=DAY)))
        slowest.append((taken["search"][-1], words))
        taken["suggest"].append(timed(lambda words=words: suggest(words[:3])))
    for words in asked[::4]:
        taken["with facets"].append(timed(lambda words=words: _whole(search(words, on=DAY), facets_of)))
    for name, seconds in taken.items():
        say(f"{name}: {percentiles(seconds)} ({len(seconds)} times)")
    middle = len(asked) // 2
    times = _p99(taken["search"]) / _p99(taken["key"]), sorted(taken["search"])[middle] / sorted(taken["key"])[middle]
    say(f"search against a look-up by primary key: p99 {times[0]:.1f} ×, p50 {times[1]:.1f} ×")
    worst = sorted(slowest, reverse=True)[:8]
    say("slowest: " + ", ".join(f"{words} {1_000 * seconds:.0f} ms" for seconds, words in worst))
    say(f"memory of a process that searches: {resident()} MB, of it {resident() - before} MB for the search")


def _whole(answer: Any, facets_of: Callable[..., object]) -> None:
    if answer.ranking is not None:
        facets_of(answer.ranking, answer.people)


def _p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99)]


def _database_name() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.searching", description=__doc__)
    parser.add_argument("--lines", type=int, default=5_000_000)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.ask:
        ask()
        return
    programs = postgres_programs()
    if wanted.sqlite or os.environ.get("DATABASE_URL"):
        with installation():
            measure(wanted.lines)
    elif programs is None:
        parser.error("no PostgreSQL on this machine: give --sqlite or DATABASE_URL")
    else:
        with postgres(programs) as address:
            os.environ["DATABASE_URL"] = address
            with installation():
                measure(wanted.lines)


if __name__ == "__main__":
    main()
