"""A laboratory whose papers are all on the register, and a report of it that no check objects to."""

import json
from datetime import UTC, date, datetime

from zhunsheng.oversight.reports.checks import check_many
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.bodies.models import Calibration, Instrument, Person, Signatory
from zhunsheng.registry.bodies.tests.factories import load_catalogue, make_body, make_certificate, make_line, make_site
from zhunsheng.registry.catalogue.models import Limit, Parameter, Standard, StandardEdition, TestObject

ARRIVAL = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
SLUG = "231912050001"
OTHER = "231912050777"
WHY = "made for a test"


def register_limit(maximum="0.01", unit="mg/L"):
    """Let GB 5749-2022 allow this much lead in drinking water."""
    with recorded(None, WHY):
        standard = Standard.objects.create(base_code="GB 5749")
        edition = StandardEdition.objects.create(
            standard=standard, code="GB 5749-2022", year=2022, effective_from=date(2023, 4, 1)
        )
        Limit.objects.create(
            edition=edition,
            object=TestObject.objects.get(code="W-DRINK"),
            parameter=Parameter.objects.get(code="PB"),
            maximum=maximum,
            unit=unit,
        )


def register_laboratory(slug=SLUG):
    """Register a body with certificate, two sites, scope, a signatory for water and a calibrated instrument."""
    body = make_body(slug, cma=slug)
    certificate = make_certificate(body, slug)
    first, second = make_site(body, "A"), make_site(body, "B")
    for site in (first, second):
        make_line(certificate, site=site)
    make_line(certificate, parameter_text="镉", site=first)
    make_line(certificate, parameter_text="铅", object_text="土壤", method_text="HJ 700-2014", domain="土壤")
    with recorded(None, WHY):
        signer = Person.objects.create(body=body, code="S01", name="陈志明")
        Signatory.objects.create(person=signer, field="水质", valid_from=date(2024, 1, 1))
        instrument = Instrument.objects.create(body=body, code="E01", name="电感耦合等离子体质谱仪")
        Calibration.objects.create(
            instrument=instrument, certificate_no="JZ-1", calibrated_on=date(2025, 6, 1), due_on=date(2026, 5, 31)
        )
    return body


def registers():
    """Register catalogue, limit and laboratory."""
    load_catalogue()
    register_limit()
    return register_laboratory()


def result(line=1, **changes):
    """Return a passing line for lead, tested for an hour on 10 March 2026."""
    return {
        "line": line,
        "parameter": "铅",
        "method": "GB/T 5750.6-2023",
        "value": "0.005",
        "unit": "mg/L",
        "limit": {"standard": "GB 5749-2022", "max": "0.01"},
        "verdict": "合格",
        "instrument": "E01",
        "analyst": "A01",
        "started": "2026-03-10T09:00:00+08:00",
        "finished": "2026-03-10T10:00:00+08:00",
    } | changes


def report(*results, slug=SLUG, number="W2026-001", **changes):
    """Return a report that nothing is missing from, as JSON-ready data."""
    return {
        "format": "zhunsheng-report/1",
        "title": "检测报告",
        "body": {"cma": slug},
        "site": "A",
        "number": number,
        "version": 1,
        "client": {"name": "珠江水务有限公司"},
        "sample": {
            "id": "Y-1",
            "name": "出厂水",
            "object": "生活饮用水",
            "state": "完好",
            "sampled": "2026-03-09",
            "received": "2026-03-09",
        },
        "dates": {"started": "2026-03-10", "finished": "2026-03-11", "issued": "2026-03-12"},
        "signatory": {"code": "S01", "name": "陈志明"},
        "results": list(results) or [result()],
        "conclusion": "所检项目符合标准要求",
    } | changes


def parsed(*reports):
    """Return reports as the format reads them."""
    return [read_report(json.dumps(each, ensure_ascii=False).encode()) for each in reports]


def check(*reports, **options):
    """Return the codes that the checks find in each report."""
    return [[one.rule for one in found] for found in check_many(parsed(*reports), received_at=ARRIVAL, **options)]
