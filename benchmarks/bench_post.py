"""One report by POST, checked, logged, committed and promised: against one committed INSERT of its bytes."""

import itertools
import time
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from benchmarks.bench_intake import empty, the_laboratory
from benchmarks.harness import Stage, Work
from benchmarks.serving import SENDERS, Request, Server, send_all, slowest_hundredth
from zhunsheng.oversight.reports.models import ReportContent
from zhunsheng.oversight.reports.services.rows import compress
from zhunsheng.platform.database.partitions import ensure_month

POSTS, MEASURED, WAITING = 200, 600, 32


def stages(scale: int) -> Iterator[Stage]:
    """Yield posts by one sender; the note says what several reach and the slowest at half of that."""
    laboratory = the_laboratory()
    numbers = itertools.count()
    ensure_month(ReportContent, timezone.now().date())
    with Server(laboratory.client_id, laboratory.secret) as server:

        def posts(count: int) -> list[Request]:
            headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
            return [
                Request("POST", "/api/v1/reports", laboratory.report(next(numbers)), headers, expected=201)
                for _ in range(count)
            ]

        send_all(server, posts(POSTS))  # warms both processes up
        wanted = posts(MEASURED)
        started = time.perf_counter()
        saturated = len(send_all(server, wanted)) / (time.perf_counter() - started)
        slow = slowest_hundredth(send_all(server, posts(MEASURED), senders=WAITING, rate=saturated / 2))
        yield Stage(
            name=f"one report by POST, {connection.vendor}",
            ours=Work(lambda wanted: len(send_all(server, wanted, senders=1)), lambda: posts(POSTS * scale)),
            floor_name="committed INSERTs of the same bytes",
            floor=Work(insert_each, lambda: [compress(each.body) for each in posts(POSTS * scale)]),
            items=POSTS * scale,
            target=0.3,
            note=f"{SENDERS} senders: {saturated:.0f}/s; slowest of a hundred at half of it {slow:.0f} ms (asked: 150)",
        )
    empty()


def insert_each(contents: list[bytes]) -> int:
    """Insert every content in a transaction of its own, under keys that no report has, and return how many."""
    today = timezone.now().date()
    mark = "%s" if connection.vendor == "postgresql" else "?"
    statement = f"INSERT INTO reports_reportcontent (report_id, received_on, bytes) VALUES ({mark}, {mark}, {mark})"
    first = -next(_FIRST)
    connection.ensure_connection()
    day = today if connection.vendor == "postgresql" else str(today)
    for place, content in enumerate(contents):
        connection.connection.execute(statement, (first - place, day, content))
    return len(contents)


_FIRST = itertools.count(1, 1_000_000)
