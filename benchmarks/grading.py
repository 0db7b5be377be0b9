"""Measures the computing of the grades of a province: all bodies at once, again without changes, and some changed.

    python -m benchmarks.grading [--bodies 5000] [--events 8]

Uses the database of DATABASE_URL, else SQLite. Made-up bodies of ten fields, each with a certificate, two signatories
and on average so many events of three years. Not part of `make bench`. Target: 5,000 bodies in less than a minute.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.harness import installation, say

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TARGET_SECONDS = 60.0


def fill(bodies: int, events: float) -> None:
    """Load the bodies with their files."""
    from zhunsheng.platform.accounts.models import Division, Level
    from zhunsheng.registry.bodies.models import Accreditation, Body, Person, Signatory
    from zhunsheng.registry.credit import law_book
    from zhunsheng.registry.credit.models import CreditEvent

    rng = random.Random(7)
    Division.objects.create(code="440000", name="广东省", level=Level.PROVINCE)
    Division.objects.create(code="440100", name="广州市", level=Level.CITY, parent_id="440000")
    kinds = [str(one.values["kind"]) for one in law_book.events()]
    rare = {"false_report", "severe_list", "revoked_for_fraud"}
    weights = [6 if "clean" in one or "passed" in one else 0.2 if one in rare else 1 for one in kinds]
    made = Body.objects.bulk_create(
        Body(slug=number, cma=number, name=f"机构{number}", division_id="440100")
        for number in (f"2319{place % 10:02d}{place:06d}" for place in range(bodies))
    )
    Accreditation.objects.bulk_create(
        Accreditation(body=one, number=one.cma, valid_from=date(2023, 5, 1), valid_to=date(2029, 4, 30)) for one in made
    )
    persons = Person.objects.bulk_create(Person(body=one, code=code, name=code) for one in made for code in "AB")
    Signatory.objects.bulk_create(Signatory(person=one, field="水") for one in persons)
    CreditEvent.objects.bulk_create(
        CreditEvent(
            body=rng.choice(made), kind=kind, law="-", on=TODAY - timedelta(days=rng.randint(1, 1000)), source="局",
            reference=str(place), words="-", recorded_at=NOW - timedelta(days=1),
        )
        for place, kind in enumerate(rng.choices(kinds, weights, k=round(bodies * events)))
    )  # fmt: skip


def timed(work: Callable[[], Any]) -> tuple[float, Any, int]:
    """Return seconds, result and queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        began = time.perf_counter()
        done = work()
        seconds = time.perf_counter() - began
    return seconds, done, len(asked)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=5000)
    parser.add_argument("--events", type=float, default=8.0)
    given = parser.parse_args()
    with installation():
        from zhunsheng.registry.bodies.models import Body
        from zhunsheng.registry.credit import services

        fill(given.bodies, given.events)
        some = list(Body.objects.order_by("pk").values_list("pk", flat=True)[:100])
        works = {
            "usual rates": lambda: services.estimate_rates(on=TODAY, by=None, at=NOW),
            "all, first time": lambda: services.compute_grades(on=TODAY, by=None, at=NOW),
            "all again, nothing changed": lambda: services.compute_grades(on=TODAY, by=None, at=NOW),
            "a hundred": lambda: services.compute_grades(on=TODAY, by=None, at=NOW, body_ids=some),
        }
        longest = 0.0
        for name, work in works.items():
            seconds, done, queries = timed(work)
            longest = max(longest, seconds)
            told = {"what": name, "seconds": round(seconds, 2), "queries": queries, "load": os.getloadavg()[0]}
            say(json.dumps(told | {"written": getattr(done, "written", None)}))
        say(f"{given.bodies} bodies: {'met' if longest < TARGET_SECONDS else 'MISSED'} (target {TARGET_SECONDS:.0f} s)")


if __name__ == "__main__":
    main()
