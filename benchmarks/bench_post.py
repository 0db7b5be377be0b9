"""One report by POST, checked, logged, committed and promised: against one committed INSERT of its bytes."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.utils import timezone

from benchmarks.bench_intake import empty, the_laboratory
from benchmarks.harness import Stage, Work
from benchmarks.serving import Request, Server, send_all, slowest_hundredth
from zhunsheng.oversight.reports.models import ReportContent
from zhunsheng.oversight.reports.services.rows import compress
from zhunsheng.platform.database.partitions import ensure_month

POSTS, SATURATED, MANY = 200, 1_600, 32
SMALLEST = {"POSTS": 4, "SATURATED": 16, "MANY": 4}
SQLITE_WRITERS = 1
"""A second writer of SQLite only waits for the first."""


def stages(scale: int) -> Iterator[Stage]:
    """Yield posts by one sender, then by many at once: each against INSERTs over as many connections."""
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

        def contents(count: int) -> list[bytes]:
            return [compress(each.body) for each in posts(count)]

        send_all(server, posts(4 * MANY), senders=MANY)  # warms both processes up
        yield Stage(
            name=f"one report by POST, one sender, {connection.vendor}",
            ours=Work(lambda wanted: len(send_all(server, wanted, senders=1)), lambda: posts(POSTS * scale)),
            floor_name="committed INSERTs of the same bytes by one connection",
            floor=Work(insert_each, lambda: contents(POSTS * scale)),
            items=POSTS * scale,
            target=0.3,
            note="each request waits for the answer to the one before",
        )
        yield _by_many(server, posts, contents, scale)
    empty()


def _by_many(
    server: Server, posts: Callable[[int], list[Request]], contents: Callable[[int], list[bytes]], scale: int
) -> Stage:
    """Return posts by many senders, and in its note the slowest of a hundred at half of what the server takes."""
    wanted = posts(SATURATED)
    started = time.perf_counter()
    saturated = len(send_all(server, wanted, senders=MANY)) / (time.perf_counter() - started)
    slow = slowest_hundredth(send_all(server, posts(SATURATED), senders=MANY, rate=saturated / 2))
    writers = MANY if connection.vendor == "postgresql" else SQLITE_WRITERS
    return Stage(
        name=f"one report by POST, {MANY} senders, {connection.vendor}",
        ours=Work(lambda wanted: len(send_all(server, wanted, senders=MANY)), lambda: posts(SATURATED * scale)),
        floor_name="committed INSERTs of the same bytes by one connection",
        floor=Work(insert_each, lambda: contents(SATURATED * scale)),
        items=SATURATED * scale,
        target=0.3,
        note=f"slowest of a hundred at half of {saturated:.0f}/s: {slow:.0f} ms (asked: 150); "
        f"INSERTs by {writers} at once: {at_once(contents, writers):.0f}/s",
    )


def at_once(contents: Callable[[int], list[bytes]], writers: int) -> float:
    """Return how many INSERTs a second as many connections commit, each in a thread of its own."""
    shares = [contents(SATURATED // writers) for _ in range(writers)]
    gate = threading.Barrier(writers + 1)

    def write(share: list[bytes]) -> None:
        connection.ensure_connection()
        gate.wait()
        insert_each(share)
        gate.wait()
        connection.close()

    threads = [threading.Thread(target=write, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    gate.wait()
    started = time.perf_counter()
    gate.wait()
    seconds = time.perf_counter() - started
    for thread in threads:
        thread.join()
    return sum(map(len, shares)) / seconds


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
