"""The plainest credential; other rooms' tests use it too."""

from datetime import UTC, date, datetime
from pathlib import Path

from zhunsheng.platform.credentials import services

TEMPLATE = Path(__file__).parent / "certificate.typ"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NUMBER = "260019124512"


def make_credential(*, number=NUMBER, at=NOON, by=None, **changes):
    """Issue a certificate to a laboratory."""
    parts = {
        "kind": "cma_certificate",
        "subject": {"name": "广东珠江检测有限公司", "address": "广州市天河区某路1号"},
        "body_slug": "260019124512",
        "holder": "广东珠江检测有限公司",
        "organisation_id": None,
        "valid_from": date(2026, 3, 2),
        "valid_to": date(2032, 3, 1),
        "template": TEMPLATE,
        "data": {"address": "广州市天河区某路1号"},
        "schema_version": "certificate/1",
    }
    return services.issue(number=number, by=by, at=at, **{**parts, **changes})
