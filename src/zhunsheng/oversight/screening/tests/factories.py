"""A small province whose reports are in the lake: seven honest bodies, and one that reports old numbers anew."""

import random
from datetime import timedelta

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.reports.tests.intake_factories import NOON, Laboratory
from zhunsheng.oversight.screening.evidence.peers import distribution
from zhunsheng.oversight.screening.models import Alert, Run, Sighting
from zhunsheng.platform.accounts.history import recorded
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


def make_alert(body, *, at=NOON, family="copies", detector="exact_copies", reports=()):
    """Return a new alert about a body with plain evidence, as a run would have left it."""
    run = Run.objects.create(
        at=at, engine="duckdb", first_month="2026-02", last_month="2026-02", settings="SCREENING-SETTINGS 2.test",
        lake_leaf=100, bodies=40, full=90, by_digest=10, lead_q=0.05,
    )  # fmt: skip
    evidence = _evidence(body.slug, detector, list(reports) or [f"{n:064x}" for n in range(12)])
    with recorded(None, "test data"):
        alert = Alert.objects.create(
            body=body, division_id=body.division_id, field="12", family=family, detector=detector,
            detectors=[detector], p=1e-6, q=0.001, rank=1, raised_on=at.date(), first_run=run, last_run=run,
        )  # fmt: skip
    digest = canonical_digest(evidence)
    entry = ledger.append(kind="screening.alert", subject=digest, body=body.slug, at=at)
    Sighting.objects.create(alert=alert, run=run, evidence=evidence, sha256=digest, entry_id=entry.id)
    return alert


def _evidence(slug, detector, reports):
    peers = {"scale": "rate", **distribution(30.0, [0.0] * 38 + [2.0])}
    return {
        "format": "zhunsheng-alert-evidence/1", "body": slug, "settings": "SCREENING-SETTINGS 2.test", "p": 1e-6,
        "q": 0.001, "rank": 1, "bodies": 40, "family": "copies", "peers": {detector: peers}, "runs": [],
        "signals": [{"detector": detector, "p": 1e-6, "statistic": 8.0, "expected": 0.2, "n": 28, "reports": reports,
                     "facts": {"bits": 40.5}}],
        "reports": {one: {"number": f"R-{n}", "issued": "2026-02-27", "object": "生活饮用水", "sample": f"Y-{n}"}
                    for n, one in enumerate(reports)},
        "pairs": [{"left": reports[0], "right": reports[1], "shared": 4, "same": [1, 2, 3, 4], "near": []}],
        "digits": {"own": [3] * 10, "peers": [30] * 10}, "limits": {"edges": [], "own": [], "peers": []},
    }  # fmt: skip
