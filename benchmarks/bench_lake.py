"""Taking reports into the lake against taking them in at all: the lake keeps up where it is not slower."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from benchmarks.bench_intake import NOON, PER_REPORT, empty, the_laboratory
from benchmarks.harness import Stage, Work
from zhunsheng.platform.lake import services as lake
from zhunsheng.platform.ledger import sealing

REPORTS = 3_000
SMALLEST = {"REPORTS": 20}
_numbers = itertools.count(50_000_000, REPORTS)


def stages(scale: int) -> Iterator[Stage]:
    """Yield one stage: the same number of new reports, sealed and waiting for the lake, or not yet taken in."""
    count = REPORTS * scale
    settings.ZHUNSHENG_LAKE = settings.ZHUNSHENG_HOME / "lake-bench"
    laboratory = the_laboratory()

    def batches() -> list[list[bytes]]:
        first = next(_numbers) * scale
        made = [laboratory.report(first + n) for n in range(count)]
        return [laboratory.batch(made[start : start + 2_500]) for start in range(0, count, 2_500)]

    def waiting() -> Any:
        lake.write_pending(at=datetime.now(UTC))  # what the turn before left
        laboratory.take(batches())
        sealing.seal(NOON)

    def ours(_: Any) -> int:
        taken = lake.write_pending(at=datetime.now(UTC))
        return taken * PER_REPORT

    def floor(new: list[list[bytes]]) -> int:
        kept = laboratory.take(new)
        sealing.seal(NOON)
        return kept * PER_REPORT

    yield Stage(
        name=f"lake: lines of {count:,} sealed reports written as Parquet",
        ours=Work(ours, prepare=waiting),
        floor_name="taking the same reports in and sealing them",
        floor=Work(floor, prepare=batches),
        items=count * PER_REPORT,
        target=1.0,
        note="one process; asked: 3,000 reports or 30,000 lines a second",
    )
    empty()
