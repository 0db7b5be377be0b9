"""Makes the ordinary reports of an honest laboratory: pure, the same for the same seed."""

import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from zhunsheng.demo.laboratories import DemoPerson, Laboratory
from zhunsheng.demo.tables import Method, objects

HERE = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = time(8, 30), time(17, 30)
SUPERVISION = "监督抽查"
FAILS = "不合格"
PURPOSES = ("委托检验", SUPERVISION, "委托检验", "委托检验", "验收检验")
CLIENTS = ["南岭实业", "珠江食品", "岭南建设", "粤东水务", "西江纺织", "北江环保", "海丰粮油", "惠东玩具"]
BRANDS = ["丰穗", "江源", "晨露", "岭秀", "海鲜达", "金禾"]


class Diary:
    """When each person and instrument of a laboratory is free next, so that honest work never overlaps."""

    def __init__(self) -> None:
        self._free: dict[str, datetime] = defaultdict(lambda: datetime.min.replace(tzinfo=HERE))

    def book(
        self, day: date, minutes: int, *, analyst: str, instrument: str, attended: bool
    ) -> tuple[datetime, datetime]:
        """Return start and end of the first free slot from that day on, inside opening hours.

        Unattended determinations (incubation, curing) occupy the bench for a quarter of an hour only.
        """
        busy = minutes if attended else 15
        start = max(datetime.combine(day, OPENS, HERE), self._free[analyst], self._free[instrument])
        closing = datetime.combine(start.date(), CLOSES, HERE)
        if start + timedelta(minutes=busy) > closing:
            start = datetime.combine(start.date() + timedelta(days=1), OPENS, HERE)
            start = max(start, self._free[analyst], self._free[instrument])
        self._free[analyst] = self._free[instrument] = start + timedelta(minutes=busy)
        return start, start + timedelta(minutes=minutes)


def make_reports(laboratory: Laboratory, count: int, *, seed: int, first: date, last: date) -> Iterator[dict[str, Any]]:
    """Yield `count` reports of one laboratory received between two days, in order of receipt, unsigned."""
    rng = random.Random(f"zhunsheng-reports-{seed}-{laboratory.cma}")
    diary = Diary()
    span = (last - first).days
    days = sorted(first + timedelta(days=rng.randrange(span + 1)) for _ in range(count))
    for serial, day in enumerate(days, 1):
        yield _report(laboratory, rng, diary, serial, day)


def _report(laboratory: Laboratory, rng: random.Random, diary: Diary, serial: int, received: date) -> dict[str, Any]:
    site = rng.choice([one.code for one in laboratory.sites])
    at_site = [method for method, where in laboratory.scope if where == site] or [laboratory.scope[0][0]]
    if not any(where == site for _, where in laboratory.scope):
        site = laboratory.scope[0][1]
    tested = rng.choice(sorted({method.object for method in at_site}))
    chosen = [method for method in at_site if method.object == tested]
    analyst = rng.choice(laboratory.analysts[site])
    results = [
        _line(number, method, laboratory, rng, diary, analyst, site, received + timedelta(days=1))
        for number, method in enumerate(chosen, 1)
    ]
    started = min(line["started"] for line in results)
    finished = max(line["finished"] for line in results)
    issued = datetime.fromisoformat(finished).date() + timedelta(days=rng.randrange(1, 4))
    signer = _signer(laboratory, chosen[0].field, rng)
    verdicts = [line["verdict"] for line in results if "verdict" in line]
    report: dict[str, Any] = {
        "format": "zhunsheng-report/1",
        "body": {"cma": laboratory.cma, "uscc": laboratory.uscc, "name": laboratory.name},
        "site": site,
        "number": f"{laboratory.cma[-4:]}-{received:%y%m}-{serial:05d}",
        "version": 1,
        "title": "检测报告",
        "purpose": rng.choice(PURPOSES),
        "client": {"name": f"{rng.choice(CLIENTS)}有限公司（演示）"},
        "sample": _sample(tested, rng, serial, received),
        "dates": {"received": str(received), "started": started[:10], "finished": finished[:10], "issued": str(issued)},
        "signatory": {"code": signer.code, "name": signer.name},
        "results": results,
    }
    if verdicts:
        report["conclusion"] = "所检项目不符合标准要求" if FAILS in verdicts else "所检项目符合标准要求"
    if report["purpose"] == SUPERVISION:
        _state_business(report, received, serial, failing=FAILS in verdicts)
    return report


def _state_business(report: dict[str, Any], received: date, serial: int, *, failing: bool) -> None:
    """State what statutory work states: sampling sheet, task, who ordered it, and who follows up a failing test."""
    report["business"] = "supervision"
    report["sample"]["sampling"] = {"sheet": f"GDCY{received:%y%m}{serial:05d}"}
    report["task"] = {
        "authority": "广东省市场监督管理局（演示）",
        "name": f"{received.year}年{report['sample']['object']}质量监督抽查（演示）",
        "number": f"GDCC-{received:%y}-{serial:05d}",
    }
    if failing:
        report["task"]["follow_up"] = {
            "authority": "生产企业所在地市场监督管理局（演示）",
            "number": f"HCCZ-{received:%y}-{serial:05d}",
        }


def _sample(tested: str, rng: random.Random, serial: int, received: date) -> dict[str, Any]:
    name = objects()[tested]
    return {
        "id": f"Y{received:%y%m%d}{serial:04d}",
        "name": name if tested.startswith(("WATER", "AIR", "VEHICLE")) else f"{rng.choice(BRANDS)}牌{name}",
        "object": name,
        "batch": f"{received - timedelta(days=rng.randrange(5, 60)):%Y%m%d}",
        "state": "完好",
        "sampled": (received - timedelta(days=rng.randrange(0, 2))).isoformat(),
        "received": received.isoformat(),
    }


def _signer(laboratory: Laboratory, field: str, rng: random.Random) -> DemoPerson:
    return rng.choice([person for person in laboratory.signatories() if field in person.fields])


def _line(
    number: int,
    method: Method,
    laboratory: Laboratory,
    rng: random.Random,
    diary: Diary,
    analyst: DemoPerson,
    site: str,
    day: date,
) -> dict[str, Any]:
    instrument = laboratory.instrument_for(method, site)
    start, end = diary.book(
        day, method.minutes, analyst=analyst.code, instrument=instrument.code, attended=method.attended
    )
    value = method.typical * math.exp(rng.gauss(0.0, method.spread))
    text = _value_text(value, method)
    line: dict[str, Any] = {
        "line": number,
        "parameter": method.name,
        "parameter_code": method.code,
        "method": method.method,
        "value": text,
        "unit": method.unit,
        "instrument": instrument.code,
        "analyst": analyst.code,
        "started": start.isoformat(),
        "finished": end.isoformat(),
    }
    if method.loq is not None:
        line["loq"] = f"{method.loq:g}" if method.loq >= 1e-4 else f"{method.loq:.5f}"
    if method.product_standard:
        limit = {"min": method.minimum, "max": method.maximum, "standard": method.product_standard, "rule": "simple"}
        line["limit"] = {key: text for key, text in limit.items() if text}
        line["verdict"] = "合格" if _passes(text, method) else "不合格"
    return line


def _value_text(value: float, method: Method) -> str:
    if method.loq is not None and value < method.loq:
        return f"<{method.loq:g}" if method.loq >= 1e-4 else f"<{method.loq:.5f}"
    return f"{value:.{method.decimals}f}"


def _passes(text: str, method: Method) -> bool:
    """Judge the printed value; below the limit of quantification the laboratory reports a pass."""
    if text.startswith("<"):
        return True
    value = float(text)
    return not (method.minimum and value < float(method.minimum)) and not (
        method.maximum and value > float(method.maximum)
    )


def worth(laboratories: Sequence[Laboratory], total: int) -> list[int]:
    """Return how many of `total` reports each laboratory issues, in proportion to its volume, at least one each."""
    whole = sum(one.volume for one in laboratories)
    return [max(1, round(total * one.volume / whole)) for one in laboratories]
