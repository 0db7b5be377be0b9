"""A small province whose reports are in the lake: seven honest bodies, and one that reports old numbers anew."""

import random
from datetime import timedelta

from zhunsheng.oversight.reports.tests.intake_factories import NOON, Laboratory
from zhunsheng.platform.lake import services as lake
from zhunsheng.platform.ledger import services as ledger

PARAMETERS = ("铅", "镉", "砷", "硝酸盐")
COPIED = 8


def load_province(bodies=8, reports=20):
    """Hand in, seal and take into the lake; return the bodies, the one that copies first."""
    rng = random.Random("alerts")
    laboratories = [Laboratory(f"23191205{n:04d}") for n in range(1, bodies + 1)]
    for place, laboratory in enumerate(laboratories):
        made = [_report(laboratory, number, rng) for number in range(reports)]
        if place == 0:
            made += again(laboratory, made[:COPIED], "C")
        assert all(outcome.kept for outcome in laboratory.submit(*made, at=NOON))
    take(NOON)
    return laboratories


def again(laboratory, reports, mark):
    """Return reports with the numbers of others under new samples."""
    return [
        laboratory.report(f"{mark}-{n}", sample=_sample(f"{mark}-{n}"), results=one["results"])
        for n, one in enumerate(reports)
    ]


def take(at):
    """Seal what came in and take it into the lake."""
    ledger.seal_pending(at)
    lake.write_pending(at=at + timedelta(minutes=1))


def _report(laboratory, number, rng):
    results = [
        {"line": line, "parameter": name, "method": "GB/T 5750.6-2023", "unit": "mg/L",
         "value": f"{0.01 * line * rng.lognormvariate(0, 0.4):.5f}"}
        for line, name in enumerate(PARAMETERS, 1)
    ]  # fmt: skip
    return laboratory.report(f"R-{number}", sample=_sample(f"Y-{number}"), results=results)


def _sample(code):
    return {"id": code, "name": "出厂水", "object": "生活饮用水", "received": "2026-02-24"}
