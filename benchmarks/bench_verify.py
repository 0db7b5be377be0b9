"""Verification by anyone over HTTP: the answer's page and the receipt, against a static file of the same server."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from benchmarks.bench_intake import empty, the_laboratory
from benchmarks.harness import Stage, Work
from benchmarks.serving import SENDERS, Request, Server, send_all, slowest_hundredth
from zhunsheng.oversight.reports.models import Report
from zhunsheng.platform.ledger.services import seal_pending

REPORTS, REQUESTS = 2_000, 800
RATE, WAITING, SECONDS = 500, 32, 5
SMALLEST = {"REPORTS": 10, "REQUESTS": 20, "RATE": 20, "WAITING": 4, "SECONDS": 1}
STATIC = "/static/kit/mark.svg"


def stages(scale: int) -> Iterator[Stage]:
    """Yield the page and the receipt; the scale multiplies the requests of a turn."""
    laboratory = the_laboratory()
    laboratory.take([laboratory.batch([laboratory.report(number) for number in range(REPORTS)])])
    seal_pending(timezone.now())
    wanted = REQUESTS * scale
    reports = list(Report.objects.order_by("pk")[:wanted])
    pages = [f"/v/{reports[place % len(reports)].public_code}" for place in range(wanted)]
    receipts = [f"/api/v1/reports/{reports[place % len(reports)].digest}/proof" for place in range(wanted)]
    with Server(laboratory.client_id, laboratory.secret) as server:
        for name, paths in (("verification page", pages), ("receipt as JSON", receipts)):
            fetch(server, paths)  # warms both processes up
            slowest = slowest_hundredth(
                send_all(server, gets((paths * SECONDS)[: RATE * SECONDS]), senders=WAITING, rate=RATE)
            )
            yield Stage(
                name=f"{name}, {SENDERS} visitors at once",
                ours=Work(lambda paths=paths: fetch(server, paths)),
                floor_name="a static file from the same server",
                floor=Work(lambda: fetch(server, [STATIC] * wanted)),
                items=wanted,
                note=f"slowest of a hundred at {RATE} a second {slowest:.0f} ms (asked of the page: 50)",
            )
    empty()


def fetch(server: Server, paths: Sequence[str]) -> int:
    """Fetch every path by several visitors at once, each over one connection, and return how many answered 200."""
    return len(send_all(server, gets(paths)))


def gets(paths: Sequence[str]) -> list[Request]:
    """Return requests for pages."""
    return [Request("GET", path) for path in paths]
