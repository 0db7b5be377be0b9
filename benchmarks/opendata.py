"""`python -m benchmarks.opendata --lines N`: the dump of many scope lines as CSV and Parquet, rows/s and memory."""

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.harness import installation

PER_BODY = 1_000
AT_ONCE = 100_000


def fill(lines: int) -> None:
    """Write bodies, certificates and scope lines, without history, as fast as the database takes them."""
    from django.db import transaction

    from zhunsheng.platform.accounts.history import recorded
    from zhunsheng.platform.database.bulk import insert_rows, reserve_ids
    from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine

    count = max(lines // PER_BODY, 1)
    with recorded(None, "benchmark"):
        made = Body.objects.bulk_create(
            [Body(slug=f"2319{n:08d}", cma=f"2319{n:08d}", name=f"示范检测{n}") for n in range(count)], batch_size=500
        )
        held = Accreditation.objects.bulk_create(
            [Accreditation(body=one, number=one.cma, valid_from=date(2023, 5, 1)) for one in made], batch_size=500
        )
    names = [one.attname for one in ScopeLine._meta.concrete_fields if not one.primary_key]
    defaults = {one.attname: one.get_default() for one in ScopeLine._meta.concrete_fields}

    def rows(first: int, ids: range) -> Iterator[list[object]]:
        for place, pk in enumerate(ids, first):
            owner = place // PER_BODY % count
            values = defaults | {
                "body_id": made[owner].pk,
                "accreditation_id": held[owner].pk,
                "domain": "水质",
                "category": "生活饮用水",
                "object_text": f"生活饮用水{place % 200}",
                "parameter_text": f"参数{place % 900}",
                "method_text": f"GB/T {5000 + place % 700}-2023 生活饮用水标准检验方法",
                "method_base": f"GB/T {5000 + place % 700}",
                "method_year": 2023,
                "clause": f"{place % 40}.{place % 9}",
                "valid_from": date(2023, 5, 1),
                "valid_to": date(2029, 4, 30),
            }
            yield [pk, *(values[name] for name in names)]

    for first in range(0, lines, AT_ONCE):
        with transaction.atomic():
            ids = reserve_ids(ScopeLine, min(AT_ONCE, lines - first))
            insert_rows(ScopeLine, ["pk", *names], rows(first, ids))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    given = parser.parse_args()
    with installation():
        fill(given.lines)
        from django.db import connection

        from zhunsheng.registry.opendata.files import write
        from zhunsheng.registry.opendata.registers import registers
        from zhunsheng.registry.opendata.snapshot import one_moment

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began, cpu = time.perf_counter(), time.process_time()
        with tempfile.TemporaryDirectory() as folder, one_moment():
            written = write(registers()["scope"], Path(folder))
        seconds = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if any(one.rows != given.lines for one in written):
            raise SystemExit("a file lacks rows")
        found = {
            "database": connection.vendor,
            "lines": given.lines,
            "seconds": round(seconds, 1),
            "cpu_seconds": round(time.process_time() - cpu, 1),
            "rows_per_s": round(given.lines / seconds),
            "memory_growth_mb": round((after - before) / 1024),
            "memory_mb": round(after / 1024),
            "bytes": {one.format: one.bytes for one in written},
            "load": os.getloadavg()[0],
        }
        print(json.dumps(found))


if __name__ == "__main__":
    main()
