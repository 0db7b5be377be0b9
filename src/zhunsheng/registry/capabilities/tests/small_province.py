"""Six bodies that a reader can check by eye: two cities, a suspension, a superseded edition, a line that has ended."""

from datetime import date
from typing import Any

from zhunsheng.platform.accounts.models import Division
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.services.revisions import bump_scope
from zhunsheng.registry.bodies.tests.factories import load_catalogue, make_body, make_certificate, make_line, make_site
from zhunsheng.registry.capabilities.index import keeping

DAY = date(2026, 3, 2)
GUANGZHOU, SHENZHEN = "231912050001", "231912050002"
SUSPENDED, OLD_EDITION, ENDED, WIDE = "231912050003", "231912050004", "231912050005", "231912050006"
DIVISIONS = [
    ("440000", "广东省", "Guangdong", "province", None),
    ("440100", "广州市", "Guangzhou", "city", "440000"),
    ("440106", "天河区", "Tianhe", "county", "440100"),
    ("440300", "深圳市", "Shenzhen", "city", "440000"),
]


def load() -> dict[str, Body]:
    """Load everything and build the index; return the bodies by number."""
    for code, name, english, level, parent in DIVISIONS:
        Division.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": english, "level": level, "parent_id": parent}
        )
    load_catalogue()
    made = {}
    made[GUANGZHOU] = _body(GUANGZHOU, "440106", {}, {"parameter_text": "镉"})
    made[SHENZHEN] = _body(SHENZHEN, "440300", {"parameter_text": "铅（Pb）"})
    made[SUSPENDED] = _body(SUSPENDED, "440106", {}, status="suspended", status_on=date(2026, 1, 1))
    made[OLD_EDITION] = _body(OLD_EDITION, "440106", {"method_text": "GB/T 5750.6-2006"})
    made[ENDED] = _body(ENDED, "440106", {"valid_to": date(2026, 3, 1)})
    made[WIDE] = _body(
        WIDE,
        "440300",
        {"object_text": "水", "method_text": "HJ 700-2014"},
        {"object_text": "土壤", "parameter_text": "铊"},
    )
    site = make_site(made[WIDE], "B", division_id="440106")
    make_line(
        made[WIDE].accreditations.get(), object_text="瓶装水", parameter_text="镉", method_text="HJ 700-2014", site=site
    )
    bump_scope(one.pk for one in made.values())
    keeping.rebuild()
    return made


def _body(slug: str, division: str, *lines: dict[str, Any], **certificate: Any) -> Body:
    body = make_body(slug, cma=slug, division_id=division)
    held = make_certificate(body, slug, **certificate)
    for line in lines:
        make_line(held, **line)
    return body
