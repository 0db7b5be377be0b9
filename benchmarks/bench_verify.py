"""Verification by anyone over HTTP: the answer's page and the receipt, against a static file of the same server."""

import http.client
import statistics
import threading
import time
from collections.abc import Iterator, Sequence

from django.utils import timezone

from benchmarks.bench_intake import Laboratory, empty
from benchmarks.harness import Stage, Work
from benchmarks.serving import SENDERS, Server
from zhunsheng.oversight.reports.models import Report
from zhunsheng.platform.ledger.services import seal_pending

REPORTS, REQUESTS = 2_000, 800
STATIC = "/static/kit/mark.svg"


def stages(scale: int) -> Iterator[Stage]:
    """Yield the page and the receipt; the scale multiplies the requests of a turn."""
    laboratory = Laboratory()
    laboratory.take([laboratory.batch([laboratory.report(number) for number in range(REPORTS)])])
    seal_pending(timezone.now())
    wanted = REQUESTS * scale
    reports = list(Report.objects.order_by("pk")[:wanted])
    pages = [f"/v/{reports[place % len(reports)].public_code}" for place in range(wanted)]
    receipts = [f"/api/v1/reports/{reports[place % len(reports)].digest}/proof" for place in range(wanted)]
    with Server(laboratory.client_id, laboratory.secret) as server:
        for name, paths in (("verification page", pages), ("receipt as JSON", receipts)):
            slowest = slowest_hundredth(server, paths)
            yield Stage(
                name=f"{name}, {SENDERS} visitors at once",
                ours=Work(lambda paths=paths: fetch(server, paths)),
                floor_name="a static file from the same server",
                floor=Work(lambda: fetch(server, [STATIC] * wanted)),
                items=wanted,
                note=f"slowest of a hundred {slowest:.0f} ms; asked: page under 50 ms at 500/s",
            )
    empty()


def fetch(server: Server, paths: Sequence[str]) -> int:
    """Fetch every path by several visitors at once, each over one connection, and return how many answered 200."""
    return len(timings(server, paths))


def slowest_hundredth(server: Server, paths: Sequence[str]) -> float:
    """Return the 99th percentile of the answers' times in milliseconds."""
    return 1000 * statistics.quantiles(timings(server, paths), n=100)[-1]


def timings(server: Server, paths: Sequence[str]) -> list[float]:
    """Return the seconds of every answer with status 200."""
    waiting, taken = list(paths), list[float]()

    def visit() -> None:
        link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        while waiting:
            try:
                path = waiting.pop()
            except IndexError:
                return
            started = time.perf_counter()
            link.request("GET", path)
            answer = link.getresponse()
            answer.read()
            if answer.status == http.client.OK:
                taken.append(time.perf_counter() - started)

    visitors = [threading.Thread(target=visit) for _ in range(SENDERS)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    return taken
