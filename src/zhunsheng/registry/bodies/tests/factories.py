"""The plainest valid records, made with their history."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.bodies.models import Accreditation, AccreditationPeriod, Body, ScopeLine, Site
from zhunsheng.registry.catalogue import services as catalogue

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, tzinfo=SHANGHAI)
WHY = "made for a test"

STANDARDS = [
    {
        "code": "GB/T 5750.6-2023",
        "title": "生活饮用水标准检验方法 第6部分",
        "status": "现行",
        "effective_from": "2023-10-01",
    },
    {
        "code": "GB/T 5750.6-2006",
        "title": "生活饮用水标准检验方法 金属指标",
        "status": "被代替",
        "effective_from": "2007-07-01",
        "effective_to": "2023-09-30",
        "replaced_by": "GB/T 5750.6-2023",
    },
    {"code": "HJ 700-2014", "title": "水质 65种元素的测定", "status": "现行", "effective_from": "2014-07-01"},
]
OBJECTS = [
    {"code": "W", "name": "水", "name_en": "water"},
    {"code": "W-DRINK", "name": "生活饮用水", "name_en": "drinking water", "parent": "W"},
    {"code": "W-BOTTLE", "name": "瓶装水", "name_en": "bottled water", "parent": "W-DRINK"},
    {"code": "SOIL", "name": "土壤", "name_en": "soil"},
]
PARAMETERS = [
    {"code": "PB", "name": "铅", "name_en": "lead", "cas": "7439-92-1", "unit": "mg/L"},
    {"code": "CD", "name": "镉", "name_en": "cadmium", "cas": "7440-43-9", "unit": "mg/L"},
]
SYNONYMS = [
    {"kind": "参数", "of": "PB", "text": "铅（Pb）", "language": "zh"},
    {"kind": "对象", "of": "W-DRINK", "text": "饮用水", "language": "zh"},
]


def load_catalogue() -> None:
    """Load a small catalogue of water and two metals."""
    tables = {"editions": STANDARDS, "objects": OBJECTS, "parameters": PARAMETERS, "synonyms": SYNONYMS}
    for kind, rows in tables.items():
        outcome = catalogue.import_rows(kind=kind, rows=rows, by=None, at=NOON, why=WHY)
        assert not outcome.problems, outcome.problems


def make_body(slug: str = "231912050001", **values: Any) -> Body:
    """Make a body."""
    with recorded(None, WHY):
        return Body.objects.create(slug=slug, name=values.pop("name", f"示范检测 {slug}"), **values)


def make_certificate(
    body: Body, number: str = "", *, status: str = "active", status_on: date | None = None, **values: Any
) -> Accreditation:
    """Make a certificate that is valid from 2023-05-01 to 2029-04-30; another status holds from its day on."""
    dates = {"valid_from": date(2023, 5, 1), "valid_to": date(2029, 4, 30)} | values
    with recorded(None, WHY):
        made = Accreditation.objects.create(body=body, number=number or f"C-{body.slug}", **dates)
        if status_on is not None:
            AccreditationPeriod.objects.create(accreditation=made, state=status, valid_from=status_on)
    return made


def make_site(body: Body, code: str, **values: Any) -> Site:
    """Make a site."""
    with recorded(None, WHY):
        return Site.objects.create(body=body, code=code, **values)


def make_line(certificate: Accreditation, **values: Any) -> ScopeLine:
    """Make a scope line for lead in drinking water by GB/T 5750.6-2023, at every site, without dates."""
    plain = {"object_text": "生活饮用水", "parameter_text": "铅", "method_text": "GB/T 5750.6-2023", "domain": "水质"}
    with recorded(None, WHY):
        return ScopeLine.objects.create(body=certificate.body, accreditation=certificate, **(plain | values))
