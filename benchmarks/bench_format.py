"""Reading reports against `orjson.loads` of the same bytes: a typed, refusing reader beside one that takes anything."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import orjson
import rfc8785

from benchmarks.harness import Stage, Work
from zhunsheng.foundation.quantities import read_value
from zhunsheng.foundation.signing import generate_key
from zhunsheng.oversight.reports.format import proof_holds, read_report, sign_report
from zhunsheng.oversight.reports.format.reading import validated

SIZE = range(3_000, 4_200)
REPORTS, BESIDE, SIGNED, PLAIN = 2_000, 200, 500, 20_000
SMALLEST = {"REPORTS": 20, "BESIDE": 5, "SIGNED": 5, "PLAIN": 50}
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def stages(scale: int) -> Iterator[Stage]:
    """Yield the stages; every report differs from every other in number, dates and values."""
    reports = [_report(number) for number in range(REPORTS * scale)]
    raws = [orjson.dumps(report) for report in reports]
    if not all(len(raw) in SIZE for raw in raws):
        raise AssertionError(f"reports of {min(map(len, raws))} to {max(map(len, raws))} bytes")
    floor = Work(lambda: sum(1 for raw in raws if orjson.loads(raw)))
    count, size = len(raws), f"{sum(map(len, raws)) / len(raws) / 1024:.1f} KB, 10 lines"
    yield Stage(
        name=f"format: parse + validate ({size})",
        ours=Work(lambda: sum(1 for raw in raws if validated(raw))),
        floor_name="orjson.loads",
        floor=floor,
        items=count,
        target=0.4,
    )
    yield Stage(
        name="format: parse + validate + canonical + SHA-256",
        ours=Work(lambda: sum(1 for raw in raws if read_report(raw).digest)),
        floor_name="orjson.loads",
        floor=floor,
        items=count,
        target=0.15,
    )
    yield Stage(
        name="format: the same with package rfc8785, for comparison",
        ours=Work(lambda: sum(1 for raw in raws[:BESIDE] if sha256(rfc8785.dumps(orjson.loads(raw))).hexdigest())),
        floor_name="orjson.loads",
        floor=Work(lambda: sum(1 for raw in raws[:BESIDE] if orjson.loads(raw))),
        items=BESIDE,
    )
    yield _signed_stage(reports[:SIGNED])
    texts = [f"{n}.{n % 97:02}" for n in range(PLAIN)]
    yield Stage(
        name="format: plain values as laboratories write them",
        ours=Work(lambda: sum(1 for text in texts if read_value(text).number is not None)),
        floor_name="Decimal of the same texts",
        floor=Work(lambda: sum(1 for text in texts if Decimal(text) is not None)),
        items=len(texts),
    )


def _signed_stage(reports: list[dict[str, Any]]) -> Stage:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from zhunsheng.foundation.signing import from_text, public_text

    key = generate_key()
    public = public_text(key)
    library = Ed25519PublicKey.from_public_bytes(from_text(public))
    parsed = [read_report(orjson.dumps(sign_report(report, key, "k1", NOON))) for report in reports]
    message = b"x" * 120
    signature = key.sign(message)

    def floor() -> int:
        for _ in parsed:
            library.verify(signature, message)
        return len(parsed)

    return Stage(
        name="format: a report's signature verified",
        ours=Work(lambda: sum(1 for each in parsed if proof_holds(each, public))),
        floor_name="Ed25519 verify of the library",
        floor=Work(floor),
        items=len(parsed),
        target=0.9,
    )


def _report(number: int) -> dict[str, Any]:
    day = f"2026-03-{number % 28 + 1:02d}"
    return {
        "format": "zhunsheng-report/1",
        "body": {"cma": f"2100{number % 400:08d}", "name": "广东某某检测有限公司"},
        "site": "S1",
        "number": f"WT2026-{number:06d}",
        "version": 1,
        "purpose": "委托检验",
        "client": {"name": f"某某食品有限公司{number % 97}"},
        "sample": {"id": f"Y{number}", "name": "大米", "object": "粮食加工品", "batch": f"B{number}", "received": day},
        "dates": {"received": day, "started": day, "finished": day, "issued": day},
        "signatory": {"code": f"S{number % 9}", "name": "张三"},
        "results": [_line(number, line) for line in range(1, 11)],
        "conclusion": "所检项目符合标准要求。",
    }


def _line(number: int, line: int) -> dict[str, Any]:
    day = f"2026-03-{(number + line) % 28 + 1:02d}"
    return {
        "line": line,
        "parameter": f"项目{line}（以Pb计）",
        "parameter_code": f"P{line:04d}",
        "method": "GB 5009.12-2023",
        "value": f"0.{number * 7 % 1000:03d}",
        "unit": "mg/kg",
        "loq": "0.02",
        "uncertainty": {"expanded": "0.004", "k": "2"},
        "limit": {"standard": "GB 2762-2022", "max": "0.2"},
        "verdict": "合格",
        "instrument": f"ICP-{line:02d}",
        "analyst": f"A{number % 31:02d}",
        "started": day,
        "finished": day,
    }
