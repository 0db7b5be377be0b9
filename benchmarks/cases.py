"""Measures the inboxes of leads and cases among a hundred thousand cases, and one case with a great file.

    python -m benchmarks.cases [--cases 100000] [--files 500] [--events 2000] [--sqlite]

Uses the database of DATABASE_URL, else a throwaway PostgreSQL, with --sqlite SQLite. Pages are asked for through the
whole application by an officer who belongs to the authorities of all 21 cities, which makes the condition of the reach
as long as it gets, and by one of the province. Not part of `make bench`: loading takes minutes.
"""

import argparse
import io
import json
import os
import random
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from scripts.test import postgres, postgres_programs

from benchmarks.applications import answers, at
from benchmarks.harness import installation, say

BODIES = 5_000
ENDED_SHARE = 0.93
CITIES = [f"44{number:02d}00" for number in (*range(1, 10), *range(12, 21), 51, 52, 53)]
NOON = datetime.now(UTC).replace(hour=4, minute=0, second=0, microsecond=0)
TODAY = NOON.date()
INBOX, OPENS, EXPORTS = 0.150, 0.300, 10.0
ROUNDS = 40
FIRST = 1_000_000
RUNNING = ("investigating", "reviewing", "reviewed", "notified", "deciding", "decided", "served")
CLOCKS = {"decided": "serve", "served": "disclose"}
MATTERS = ("false_report", "inaccurate_report", "no_licence", "out_of_scope", "certificate_misuse", "ccc_missing")
FILE_BYTES = 200_000


def load(count: int) -> None:
    """Insert divisions, bodies, people, so many cases with their findings and records, and twice as many leads."""
    from django.db import connection, transaction

    from zhunsheng.platform.accounts.models import Division, Level
    from zhunsheng.platform.database.bulk import insert_rows
    from zhunsheng.registry.bodies.models import Body

    with transaction.atomic():
        province = Division.objects.create(code="440000", name="广东省", level=Level.PROVINCE)
        Division.objects.bulk_create(
            Division(code=code, name=f"城市{code}", level=Level.CITY, parent=province) for code in CITIES
        )
        plain = _plain(Body)
        insert_rows(
            Body, list(plain),
            (
                list((plain | {"id": FIRST + n, "slug": f"{n:012d}", "cma": f"{n:012d}", "name": f"检测机构{n:06d}",
                               "division_id": CITIES[n % 21], "kind": "testing"}).values())
                for n in range(BODIES)
            ),
        )  # fmt: skip
        people()
        rows(count)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def people() -> None:
    """Make an officer of all cities, one of the province, and who investigated everything."""
    from zhunsheng.platform.accounts.history import recorded
    from zhunsheng.platform.accounts.models import Kind, Membership, Organisation, User

    with recorded(None, "benchmark"):
        for place, name in enumerate(("bench-first", "bench-second")):
            User.objects.create(pk=FIRST + place, username=name)
        for username, places in {"bench-cities": CITIES, "bench-province": ["440000"]}.items():
            officer = User.objects.create(username=username)
            for code in places:
                house = Organisation.objects.create(kind=Kind.AUTHORITY, name=f"局{username}{code}", division_id=code)
                role = "province_officer" if code == "440000" else "city_officer"
                Membership.objects.create(user=officer, organisation=house, role=role, valid_from=date(2020, 1, 1))
                if username == "bench-cities" and code == CITIES[0]:
                    for key in (FIRST, FIRST + 1):
                        Membership.objects.create(
                            user_id=key, organisation=house, role="inspector", valid_from=date(2020, 1, 1)
                        )


def _plain(model: Any) -> dict[str, Any]:
    """Return the default of every column of a model, lists as the JSON that a database takes."""
    plain = {one.attname: one.get_default() for one in model._meta.concrete_fields}
    return {name: json.dumps(value) if isinstance(value, list | dict) else value for name, value in plain.items()}


def rows(count: int) -> None:
    """Insert cases, each with a finding and four records, and two leads for each."""
    from zhunsheng.oversight.enforcement.models import Case, CaseEvent, CaseFinding
    from zhunsheng.oversight.leads.models import Lead
    from zhunsheng.platform.database.bulk import insert_rows

    for model, made in ((Case, cases(count, _plain(Case))), (Lead, leads(2 * count, _plain(Lead)))):
        names = list(_plain(model))
        insert_rows(model, names, ([one[name] for name in names] for one in made))
    insert_rows(
        CaseFinding, ["case_id", "number", "violation", "law", "words", "on", "field", "circumstances", "causes"],
        (
            (FIRST + n, 1, "VIO-FALSE-REPORT", "VIO-FALSE-REPORT 1.0", "未检测出具报告", TODAY - timedelta(days=40),
             "product", "[]", "[]")
            for n in range(count)
        ),
    )  # fmt: skip
    insert_rows(
        CaseEvent, ["case_id", "kind", "words", "values", "file_name", "by_id", "at", "digest"],
        (
            (FIRST + n, kind, "", "{}", "", FIRST, NOON, "0" * 64)
            for n in range(count)
            for kind in ("file", "investigate", "files", "propose")
        ),
    )  # fmt: skip


def cases(count: int, plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield rows of cases: ended ones over ten years, running ones due around today."""
    draw = random.Random("cases")
    for number in range(count):
        ended = draw.random() < ENDED_SHARE
        stage = draw.choice(("closed", "closed", "closed", "dropped")) if ended else draw.choice(RUNNING)
        filed = NOON - timedelta(days=draw.randrange(120, 2900) if ended else draw.randrange(1, 110))
        due = None if ended else TODAY + timedelta(days=draw.randrange(-5, 60))
        body = draw.randrange(BODIES)
        yield plain | {
            "id": FIRST + number, "number": f"AJ-{filed:%Y}-{number:07d}", "title": f"检测机构{body:06d}：虚假报告",
            "body_id": FIRST + body, "subject": f"检测机构{body:06d}", "division_id": CITIES[body % 21],
            "matter": draw.choice(MATTERS), "stage": stage, "investigator_id": FIRST, "second_id": FIRST + 1,
            "filed_by_id": FIRST, "filed_at": filed, "filed_on": filed.date(), "law": "CASE-DECIDE 1.0", "due_on": due,
            "decided_on": filed.date() + timedelta(days=40) if stage in ("decided", "served", "closed") else None,
            "next_clock": "" if ended else CLOCKS.get(stage, "decide"), "next_due_on": due,
            "warn_on": due - timedelta(days=10) if due else None,
            "closed_at": filed + timedelta(days=90) if ended else None, "closed_why": "办结" if ended else "",
        }  # fmt: skip


def leads(count: int, plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield rows of leads: most have ended."""
    draw = random.Random("leads")
    for number in range(count):
        ended = draw.random() < ENDED_SHARE
        stage = draw.choice(("filed", "dismissed", "closed")) if ended else draw.choice(("new", "accepted", "watched"))
        opened = NOON - timedelta(days=draw.randrange(30, 2500) if ended else draw.randrange(1, 30))
        body = draw.randrange(BODIES)
        yield plain | {
            "id": FIRST + number, "number": f"XS-{opened:%Y}-{number:07d}", "source": draw.choice(("alert", "officer")),
            "reference": f"{number}", "matter": draw.choice(MATTERS), "title": f"检测机构{body:06d}：数据异常",
            "words": "近一个月报告数据异常。", "body_id": FIRST + body, "division_id": CITIES[body % 21],
            "stage": stage, "opened_at": opened, "law": "LEAD-VERIFY 1.0",
            "due_on": None if stage == "watched" else opened.date() + timedelta(days=21),
            "closed_at": opened + timedelta(days=9) if ended else None, "outcome": "核查" if ended else "",
        }  # fmt: skip


def great_case(files_: int, events: int) -> Any:
    """Make one case with so many files and records by the ordinary services, and return it."""
    from zhunsheng.oversight.enforcement.models import Case
    from zhunsheng.oversight.enforcement.rules.yardstick import Facts
    from zhunsheng.oversight.enforcement.services import FindingFacts, file_case, investigating
    from zhunsheng.oversight.enforcement.services.investigating import Taken
    from zhunsheng.platform.accounts.models import User
    from zhunsheng.registry.bodies.models import Body

    first = User.objects.get(pk=FIRST)
    body = Body.objects.filter(division_id=CITIES[0]).order_by("pk")[0]
    found = FindingFacts("VIO-FALSE-REPORT", "未检测出具报告", TODAY - timedelta(days=40), Facts(field="product"))
    case = file_case(body_id=body.pk, lead_ids=[], findings=[found], by=first, second_id=FIRST + 1, at=NOON)
    draw = random.Random("files")
    for start in range(0, files_, 50):
        taken = [
            Taken(draw.randbytes(FILE_BYTES), f"证据{place:04d}.txt", "document", TODAY, "检测场所", "当事人提供")
            for place in range(start, min(start + 50, files_))
        ]
        investigating.add_files(case_id=case.pk, taken=taken, by=first, at=NOON)
    for place in range(case.events.count(), events):
        investigating.note(case_id=case.pk, words=f"第{place}次询问，见笔录。", by=first, at=NOON)
    return Case.objects.get(pk=case.pk)


def pages(count: int) -> dict[str, list[str]]:
    """Return the addresses that are asked for, by what they show."""
    from zhunsheng.oversight.enforcement.models import Case
    from zhunsheng.oversight.leads.models import Lead

    draw = random.Random("pages")
    keys = [FIRST + draw.randrange(count) for _number in range(ROUNDS)]
    numbers = list(Case.objects.filter(pk__in=keys).values_list("number", flat=True))
    found = list(Lead.objects.filter(pk__in=keys).values_list("number", flat=True))
    inbox, heads = "/enforcement/", "/leads/"
    tabs = ("late", "soon", "mine", "examine", "decide", "carry-out", "ended", "all")
    return {
        "cases": [inbox] * ROUNDS,
        "cases, tabs": [f"{inbox}tab/{tab}/" for tab in tabs] * (ROUNDS // len(tabs)),
        "cases, stage": [f"{inbox}tab/all/?stage={draw.choice(RUNNING)}" for _number in range(ROUNDS)],
        "cases, matter": [f"{inbox}tab/all/?matter={draw.choice(MATTERS)}" for _number in range(ROUNDS)],
        "cases, far page": [f"{inbox}tab/all/?page={draw.randrange(2, 400)}" for _number in range(ROUNDS)],
        "cases, search by number": [f"{inbox}tab/all/?q={number}" for number in numbers],
        "cases, search by name": [f"{inbox}tab/all/?q=机构{draw.randrange(BODIES):06d}" for _number in range(ROUNDS)],
        "cases, common word": [f"{inbox}tab/all/?q=检测"] * ROUNDS,
        "leads": [heads] * ROUNDS,
        "leads, tabs": [f"{heads}tab/{tab}/" for tab in ("new", "mine", "open", "late", "all")] * (ROUNDS // 5),
        "leads, matter": [f"{heads}tab/all/?matter={draw.choice(MATTERS)}" for _number in range(ROUNDS)],
        "leads, search by name": [f"{heads}tab/all/?q=机构{draw.randrange(BODIES):06d}" for _number in range(ROUNDS)],
        "one case": [f"{inbox}{number}/" for number in numbers],
        "one lead": [f"{heads}{number}/" for number in found],
        "board": [f"{inbox}board/"] * 10,
    }


def measure(count: int, files_: int, events: int) -> None:
    """Load, ask every page as both officers, then open and export the great case."""
    from django.db import connection
    from django.test import Client

    from zhunsheng.platform.accounts.models import User

    started = time.perf_counter()
    load(count)
    say(f"{count:,} cases, {2 * count:,} leads loaded in {time.perf_counter() - started:.0f} s ({connection.vendor})")
    for username in ("bench-cities", "bench-province"):
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username=username))
        say(f"-- {username}")
        for name, addresses in pages(count).items():
            report(client, name, addresses, INBOX)
    started = time.perf_counter()
    case = great_case(files_, events)
    say(f"-- {files_} files, {events:,} records made in {time.perf_counter() - started:.0f} s")
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(pk=FIRST))
    address = f"/enforcement/{case.number}/"
    report(client, "the case opens", [address] * 20, OPENS)
    report(client, "its records", [f"{address}records/"] * 20, OPENS)
    report(client, "its files", [f"{address}files/"] * 20, OPENS)
    export(client, f"{address}export/")


def report(client: Any, name: str, addresses: list[str], target: float) -> None:
    """Ask pages and print percentiles, CPU seconds and the number of queries of the first and of the last."""
    from django.db import connection, reset_queries

    answers(client, addresses[:2])
    used = time.process_time()
    taken = answers(client, addresses)
    used = (time.process_time() - used) / len(addresses)
    asked = []
    connection.force_debug_cursor = True
    for address in (addresses[0], addresses[-1]):
        reset_queries()
        answers(client, [address])
        asked.append(len(connection.queries))
    connection.force_debug_cursor = False
    p50, p95 = at(taken, 0.5), at(taken, 0.95)
    verdict = "met" if p95 <= target else "MISSED"
    say(f"{name:<26} p50 {1000 * p50:6.1f} ms  p95 {1000 * p95:6.1f} ms  {1000 * used:6.1f} ms CPU  "
        f"{'/'.join(str(one) for one in dict.fromkeys(asked))} queries  {verdict}")  # fmt: skip


def export(client: Any, address: str) -> None:
    """Export the case over HTTP and read the archive that came."""
    started, used = time.perf_counter(), time.process_time()
    answer = client.post(address)
    first = time.perf_counter() - started
    content = b"".join(answer.streaming_content)
    taken, used = time.perf_counter() - started, time.process_time() - used
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = len(archive.namelist())
    verdict = "met" if taken <= EXPORTS else "MISSED"
    say(f"{'its archive':<26} {taken:.2f} s, first byte after {first:.2f} s, {used:.2f} s CPU, {held} entries, "
        f"{len(content) / 1e6:.0f} MB  {verdict}")  # fmt: skip


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.cases", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--sqlite", action="store_true")
    wanted = parser.parse_args()
    os.environ["ZHUNSHENG_MFA_REQUIRED"] = "0"
    programs = postgres_programs()
    sizes = (wanted.cases, wanted.files, wanted.events)
    if wanted.sqlite or os.environ.get("DATABASE_URL"):
        with installation():
            measure(*sizes)
    elif programs is None:
        parser.error("no PostgreSQL on this machine: give --sqlite or DATABASE_URL")
    else:
        with postgres(programs) as address:
            os.environ["DATABASE_URL"] = address
            with installation():
                measure(*sizes)


if __name__ == "__main__":
    main()
