"""Writes a world: reports as NDJSON and the lake made from them, or the lake alone, and the truth beside it."""

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhunsheng.demo.simulator.columns import failing, lines_of, machines_of, names_of, written_values
from zhunsheng.demo.simulator.drafts import Draft
from zhunsheng.demo.simulator.products import Test
from zhunsheng.demo.simulator.specs import WorldSpec
from zhunsheng.demo.simulator.worlds import Made, truth_of, world
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.format.moments import SHANGHAI
from zhunsheng.oversight.reports.lake.rows import Hider, Kept, rows_of
from zhunsheng.platform.lake import folders
from zhunsheng.platform.lake.models import Content
from zhunsheng.platform.lake.schema import LINES, ORDER
from zhunsheng.platform.lake.services.writing import by_month

Progress = Callable[[int, int], None]
ROWS_AT_ONCE = 2_000_000
_WORLD_KEY = b"worlds hold no real names"


def write_world(spec: WorldSpec, out: Path, *, lake_only: bool = False, progress: Progress | None = None) -> int:
    """Write a world below a folder and return how many result lines it has.

    `out/lake` holds the columns, `out/truth.json` what is true, `out/bodies.csv` who exists; without `lake_only` also
    `out/reports.ndjson`, from which the columns are then made as from any archive.
    Raises: FileExistsError if the folder holds a world already; OSError.
    """
    out.mkdir(parents=True, exist_ok=True)
    if (out / "truth.json").exists():
        raise FileExistsError(f"{out} holds a world already")
    truth: list[dict[str, Any]] = []
    rows, leaf, held, part = 0, 0, [], 0
    with nullcontext() if lake_only else (out / "reports.ndjson").open("wb") as reports:
        for done, made in enumerate(world(spec), 1):
            truth.append(truth_of(made))
            tables = list(_columns(made, leaf) if lake_only else _from_reports(made, leaf, reports))
            leaf += sum(draft.count for draft in made.drafts)
            held += tables
            rows += sum(one.num_rows for one in tables)
            if sum(one.num_rows for one in held) >= ROWS_AT_ONCE or done == spec.bodies:
                _write_lines(held, out / "lake", part)
                held, part = [], part + 1
            if progress:
                progress(done, spec.bodies)
    _write_truth(spec, truth, out)
    return rows


def _columns(made: Made, leaf: int) -> Iterator[pa.Table]:
    for draft in made.drafts:
        table = lines_of(draft, made.laboratory, made.calendar)
        place = table.schema.get_field_index("leaf_index")
        yield table.set_column(place, LINES.field("leaf_index"), pc.add(table["leaf_index"], leaf))
        leaf += draft.count


def _from_reports(made: Made, leaf: int, file: Any) -> Iterator[pa.Table]:
    hider = Hider(_WORLD_KEY)
    rows: list[dict[str, Any]] = []
    for draft in made.drafts:
        for stated, arrived in reports_of(draft, made):
            parsed = read_report(msgspec.json.encode(stated))
            file.write(parsed.canonical + b"\n")
            kept = Kept(leaf, parsed.digest, made.laboratory.slug, arrived, made.laboratory.division, True, {})
            rows += rows_of(parsed.report, kept, hider)
            leaf += 1
    yield pa.Table.from_pylist(rows, schema=LINES)


def reports_of(draft: Draft, made: Made) -> Iterator[tuple[dict[str, Any], datetime]]:
    """Yield each report of a draft as `zhunsheng-report/1`, with the moment at which it came in."""
    laboratory, days = made.laboratory, made.calendar
    numbers = names_of(draft, laboratory)
    midnight = datetime.combine(days.first, datetime.min.time(), SHANGHAI)
    for n, results in enumerate(_results_of(draft, made, midnight)):
        received, issued = (
            (days.first + timedelta(days=int(one))).isoformat() for one in (draft.received[n], draft.issued[n])
        )
        client = {"name": f"委托方 {laboratory.index}-{draft.client[n]}"}
        stated = {
            "format": "zhunsheng-report/1",
            "body": {"cma": laboratory.slug},
            "number": numbers[n],
            "version": 1,
            "client": client,
            "producer": client,
            "sample": {"id": f"Y{draft.sample[n]:06d}", "object": draft.package.object, "received": received},
            "dates": {"received": received, "issued": issued},
            "signatory": {"code": f"S{draft.signatory[n] + 1}"},
            "results": results,
        }
        yield stated, (midnight + timedelta(hours=float(draft.arrived[n]))).astimezone(UTC)


def _results_of(draft: Draft, made: Made, midnight: datetime) -> Iterator[list[dict[str, Any]]]:
    """Yield the result lines of each report of a draft."""
    bad, machines = failing(draft), machines_of(draft)
    tests = list(enumerate(draft.package.tests))
    written = [written_values(draft, made.laboratory, made.calendar, place) for place, _test in tests]
    for n in range(draft.count):
        results = []
        for place, test in tests:
            result = {
                "line": place + 1,
                "parameter": test.parameter,
                "method": test.method,
                "value": str(written[place].text[n]),
                "unit": str(written[place].unit[n]),
                "verdict": "不合格" if bad[n, place] else "合格",
                "instrument": f"{machines[place]}-{draft.instrument[n, place]}",
                "analyst": f"A{draft.analyst[n, place] + 1}",
            }
            if written[place].unit[n] == test.unit:
                result |= _bounds(test)
            if np.isfinite(draft.start[n, place]):
                result["started"] = _moment(midnight, draft.start[n, place])
                result["finished"] = _moment(midnight, draft.finish[n, place])
            results.append(result)
        yield results


def _bounds(test: Test) -> dict[str, Any]:
    """Return limit and limit of quantification as a report states them, in the unit of the test."""
    limits = {"max": test.limit_max, "min": test.limit_min}
    limit = {name: _decimal(value) for name, value in limits.items() if value is not None}
    return ({"limit": limit} if limit else {}) | ({"loq": _decimal(test.loq)} if test.loq else {})


def _decimal(value: float) -> str:
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text or "0"


def _moment(midnight: datetime, hours: float) -> str:
    return (midnight + timedelta(minutes=round(float(hours) * 60))).isoformat()


def _write_lines(tables: list[pa.Table], folder: Path, part: int) -> None:
    """Write one part of a world; parts are named by their number, for a world has no log."""
    table = pa.concat_tables(tables).sort_by(ORDER)
    for month, one in by_month(Content.LINES, table):
        folders.write(one, folders.path_of(Content.LINES, month, part, part), root=folder)


def _write_truth(spec: WorldSpec, truth: list[dict[str, Any]], out: Path) -> None:
    frauds = [{"kind": one.kind, "intensity": one.intensity, "share": one.share} for one in spec.frauds]
    about = {
        "seed": spec.seed, "bodies": spec.bodies, "months": spec.months, "first": spec.first.isoformat(),
        "reports_a_month": spec.reports, "frauds": frauds,
    }  # fmt: skip
    lines = ["body,reports"] + [f"{one['body']},{one['reports']}" for one in truth]
    (out / "bodies.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (out / "truth.json").write_text(
        json.dumps({"world": about, "bodies": truth}, ensure_ascii=False, indent=1), encoding="utf-8"
    )
