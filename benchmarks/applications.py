"""Measures the officers' queue, its search and one file among a million generated applications.

    python -m benchmarks.applications [--applications 1000000] [--sqlite]

Uses the database of DATABASE_URL, else a throwaway PostgreSQL, with --sqlite SQLite. Not part of `make bench`: loading
takes minutes. Pages are asked for through the whole application by an officer who belongs to the authorities of all 21
cities, which makes the condition of the reach as long as it gets, and by one of the province.
"""

import argparse
import os
import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from scripts.test import postgres, postgres_programs

from benchmarks.harness import installation, say

HOUSES = 50_000
ENDED_SHARE = 0.96
"""A million applications are years of work: most have ended."""
CITIES = [f"44{number:02d}00" for number in (*range(1, 10), *range(12, 21), 51, 52, 53)]
NOW = datetime.now(UTC)
TODAY, NOON = NOW.date(), NOW.replace(hour=4, minute=0)
TARGET = 0.150
ROUNDS = 40
FIRST = 1_000_000
STAGES = ("filed", "gaps", "accepted", "in_review", "rectifying", "reviewed", "proposed", "examined")
CLOCKS = {"filed": "T1", "accepted": "T2", "in_review": "T2", "rectifying": "T3"}
KINDS = ("first", "renewal", "extension", "method_year", "site", "name", "persons", "signatory")
ROUTES = ("general", "commitment", "documents", "remote", "self_declaration", "change_filing", "joint", "cnas")
NAMES = ("检测", "计量", "环境", "食品", "建材", "机动车")


def load(count: int) -> None:
    """Insert divisions, houses, people and so many applications with their lines, clocks and steps."""
    from django.db import connection, transaction

    from zhunsheng.platform.accounts.models import Division, Level, Organisation
    from zhunsheng.platform.database.bulk import insert_rows

    with transaction.atomic():
        province = Division.objects.create(code="440000", name="广东省", level=Level.PROVINCE)
        Division.objects.bulk_create(
            Division(code=code, name=f"城市{code}", level=Level.CITY, parent=province) for code in CITIES
        )
        insert_rows(
            Organisation,
            ["id", "kind", "name", "name_en", "uscc", "division_id", "parent_id", "sector", "phone", "court"],
            (
                (FIRST + n, "body", f"{NAMES[n % len(NAMES)]}机构{n:06d}", "", "", CITIES[n % 21], None, "", "", "")
                for n in range(HOUSES)
            ),
        )  # fmt: skip
        people(province)
        rows(count)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def people(province: Any) -> None:
    """Make an officer of all cities, one of the province, and the clerk who filed everything."""
    from zhunsheng.platform.accounts.history import recorded
    from zhunsheng.platform.accounts.models import Kind, Membership, Organisation, User

    with recorded(None, "benchmark"):
        clerk = User.objects.create(pk=FIRST, username="bench-clerk")
        Membership.objects.create(user=clerk, organisation_id=FIRST, role="body_clerk", valid_from=date(2020, 1, 1))
        officers = {"bench-cities": CITIES, "bench-province": [province.code]}
        for username, places in officers.items():
            officer = User.objects.create(username=username)
            for code in places:
                house = Organisation.objects.create(kind=Kind.AUTHORITY, name=f"局{username}{code}", division_id=code)
                role = "province_officer" if code == province.code else "city_officer"
                Membership.objects.create(user=officer, organisation=house, role=role, valid_from=date(2020, 1, 1))


def rows(count: int) -> None:
    """Insert applications, each with a site, two lines, a clock and two steps."""
    from zhunsheng.admission.licensing.models import Application, ApplicationLine, ApplicationSite, ClockRun, Step
    from zhunsheng.platform.database.bulk import insert_rows

    names = [one.attname for one in Application._meta.concrete_fields]
    plain = {one.attname: one.get_default() for one in Application._meta.concrete_fields}
    insert_rows(Application, names, ([one[name] for name in names] for one in applications(count, plain)))
    keys = range(FIRST, FIRST + count)
    insert_rows(
        ApplicationSite, ["id", "application_id", "code", "name", "address", "tenure"],
        ((key, key, "A", "", "科学大道1号", "") for key in keys),
    )  # fmt: skip
    line = {one.attname: one.get_default() for one in ApplicationLine._meta.concrete_fields if one.attname != "id"} | {
        "act": "add", "domain": "生态环境", "category": "水质", "object_text": "生活饮用水",
        "method_text": "GB/T 5750.6-2023", "outcome": "pending",
    }  # fmt: skip
    insert_rows(
        ApplicationLine, list(line),
        (
            list((line | {"application_id": key, "number": at, "site_id": key, "parameter_text": f"参数{at}"}).values())
            for key in keys
            for at in (1, 2)
        ),
    )  # fmt: skip
    insert_rows(
        ClockRun, ["application_id", "clock", "law", "started_on", "days", "due_on", "outcome"],
        ((key, "T1", "CLOCK-T1 1.0", TODAY, 5, TODAY + timedelta(days=7), "") for key in keys),
    )  # fmt: skip
    insert_rows(
        Step, ["application_id", "at", "by_id", "action", "stage", "words", "law", "inside"],
        ((key, NOON, FIRST, action, "filed", "", "", False) for key in keys for action in ("start", "file")),
    )  # fmt: skip


def applications(count: int, plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield rows of applications: ended ones over ten years, open ones due around today."""
    draw = random.Random("queue")
    for number in range(count):
        ended = draw.random() < ENDED_SHARE
        stage = draw.choice(("granted", "granted", "granted", "partly_granted", "refused")) if ended else ""
        stage = stage or draw.choice(STAGES)
        filed = NOON - timedelta(days=draw.randrange(60, 3650) if ended else draw.randrange(1, 60))
        due = None if ended or stage == "gaps" else TODAY + timedelta(days=draw.randrange(-5, 30))
        house = draw.randrange(HOUSES)
        yield plain | {
            "id": FIRST + number, "number": f"SQ{filed:%Y}-{number:07d}", "kind": draw.choice(KINDS),
            "route": draw.choice(ROUTES), "stage": stage, "organisation_id": FIRST + house,
            "division_id": CITIES[house % 21], "applicant_name": f"{NAMES[house % len(NAMES)]}机构{house:06d}",
            "uscc": f"91440{number:013d}", "started_by_id": FIRST, "started_at": filed, "filed_at": filed,
            "field": f"{draw.randrange(22):02d}", "due_on": due,
            "due_earliest": due, "due_latest": due, "warned_on": due - timedelta(days=3) if due else None,
            "clock": CLOCKS.get(stage, "T4") if due else "",
            "decided_at": filed + timedelta(days=40) if ended else None,
            "ended_at": filed + timedelta(days=40) if ended else None,
        }  # fmt: skip


def pages(count: int) -> dict[str, list[str]]:
    """Return the addresses that are asked for, by what they show."""
    from zhunsheng.admission.licensing.models import Application

    draw = random.Random("pages")
    keys = [FIRST + draw.randrange(count) for _number in range(ROUNDS)]
    numbers = list(Application.objects.filter(pk__in=keys).values_list("number", flat=True))
    queue = "/licensing/queue/"
    return {
        "queue": [queue] * ROUNDS,
        "tab": [f"{queue}{tab}/" for tab in ("acceptance", "review", "decision", "rectifying")] * (ROUNDS // 4),
        "ended": [f"{queue}ended/"] * ROUNDS,
        "kind": [f"{queue}?kind={draw.choice(KINDS)}" for _number in range(ROUNDS)],
        "route": [f"{queue}?route={draw.choice(ROUTES)}" for _number in range(ROUNDS)],
        "city": [f"{queue}?city={draw.choice(CITIES)}" for _number in range(ROUNDS)],
        "field": [f"{queue}?field={draw.randrange(22):02d}" for _number in range(ROUNDS)],
        "late": [f"{queue}?lateness={word}" for word in ("late", "soon", "waiting")] * (ROUNDS // 3),
        "ended, narrowed": [f"{queue}ended/?kind={draw.choice(KINDS)}&city={draw.choice(CITIES)}"] * ROUNDS,
        "search by number": [f"{queue}ended/?q={number}" for number in numbers],
        "search by name": [f"{queue}?q=机构{draw.randrange(HOUSES):06d}" for _number in range(ROUNDS)],
        "search by a common word": [f"{queue}?q={draw.choice(NAMES)}" for _number in range(ROUNDS)],
        "search by credit code": [f"{queue}ended/?q=91440{key - FIRST:013d}" for key in keys],
        "one file": [f"/licensing/files/{number}/" for number in numbers],
    }


def measure(count: int) -> None:
    """Load, ask every page as both officers, and print 50th and 95th percentile and the number of queries."""
    from django.db import connection, reset_queries
    from django.test import Client

    from zhunsheng.platform.accounts.models import User

    started = time.perf_counter()
    load(count)
    say(f"{count:,} applications loaded in {time.perf_counter() - started:.0f} s ({connection.vendor})")
    for username in ("bench-cities", "bench-province"):
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username=username))
        say(f"-- {username}")
        for name, addresses in pages(count).items():
            answers(client, addresses[:2])
            taken = answers(client, addresses)
            connection.force_debug_cursor = True
            reset_queries()
            answers(client, addresses[:1])
            asked = len(connection.queries)
            connection.force_debug_cursor = False
            p50, p95 = at(taken, 0.5), at(taken, 0.95)
            verdict = "met" if p95 <= TARGET else "MISSED"
            say(f"{name:<26} p50 {1000 * p50:6.1f} ms  p95 {1000 * p95:6.1f} ms  {asked:3d} queries  {verdict}")


def answers(client: Any, addresses: Sequence[str]) -> list[float]:
    """Return how long each page took; a page that isn't there ends the run."""
    taken = []
    for address in addresses:
        started = time.perf_counter()
        answer = client.get(address)
        taken.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
    return taken


def at(seconds: Sequence[float], share: float) -> float:
    """Return a percentile of times, the next one up."""
    ranked = sorted(seconds)
    return ranked[min(int(len(ranked) * share), len(ranked) - 1)]


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.applications", description=__doc__)
    parser.add_argument("--applications", type=int, default=1_000_000)
    parser.add_argument("--sqlite", action="store_true")
    wanted = parser.parse_args()
    os.environ["ZHUNSHENG_MFA_REQUIRED"] = "0"
    programs = postgres_programs()
    if wanted.sqlite or os.environ.get("DATABASE_URL"):
        with installation():
            measure(wanted.applications)
    elif programs is None:
        parser.error("no PostgreSQL on this machine: give --sqlite or DATABASE_URL")
    else:
        with postgres(programs) as address:
            os.environ["DATABASE_URL"] = address
            with installation():
                measure(wanted.applications)


if __name__ == "__main__":
    main()
