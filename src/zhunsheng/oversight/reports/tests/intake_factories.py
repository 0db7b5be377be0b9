"""The plainest body that may hand in reports, and the plainest report it hands in."""

import json
from datetime import UTC, datetime, timedelta

from zhunsheng.foundation.signing import generate_key, public_text
from zhunsheng.oversight.reports import permissions
from zhunsheng.oversight.reports.format import read_report, sign_manifest, sign_report
from zhunsheng.oversight.reports.models import Channel
from zhunsheng.oversight.reports.services.intake import receive_many
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies.models import Body, BodyKey
from zhunsheng.registry.bodies.tests.factories import make_body

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SLUG = "231912050001"


class Laboratory:
    """A body with an organisation, a member who hands in its reports, and a key it signs with."""

    def __init__(self, slug=SLUG, key_id="", **values):
        organisation = make_organisation(Kind.BODY, name=f"实验室 {slug}")
        self.body: Body = make_body(
            slug, cma=slug, organisation=organisation, division_id=organisation.division_id, **values
        )
        self.user = make_member(Role.BODY_CLERK, organisation)
        self.sender = permissions.sender_of(self.user, NOON.date())
        self.private = generate_key()
        self.key_id = key_id or f"{slug}-1"
        with recorded(None, "test data"):
            self.key = BodyKey.objects.create(
                body=self.body,
                key_id=self.key_id,
                public_key=public_text(self.private),
                valid_from=NOON - timedelta(days=400),
            )

    def report(self, number="R-1", version=1, **fields):
        """Return a report of this body as JSON-ready data."""
        return plain_report(self.body.slug, number, version, **fields)

    def signed(self, report, created=NOON, key_id=""):
        """Return the report with this body's signature."""
        return sign_report(report, self.private, key_id or self.key_id, created)

    def manifest(self, reports, created=NOON):
        """Return a manifest over these reports, signed once."""
        digests = [read_report(as_bytes(report)).digest for report in reports]
        return sign_manifest(digests, self.private, self.key_id, created)

    def submit(self, *reports, at=NOON, channel=Channel.API, **options):
        """Hand in reports as a member of the body and return the outcomes."""
        items = [as_bytes(report) for report in reports]
        return list(receive_many(items, sender=self.sender, channel=channel, at=at, **options))


def plain_report(slug=SLUG, number="R-1", version=1, **fields):
    """Return the plainest complete report: lead in drinking water."""
    report = {
        "format": "zhunsheng-report/1",
        "body": {"cma": slug},
        "number": number,
        "version": version,
        "client": {"name": "珠江水务有限公司"},
        "sample": {"id": "Y-1", "name": "出厂水", "object": "生活饮用水", "received": "2026-02-24"},
        "dates": {"received": "2026-02-24", "started": "2026-02-24", "finished": "2026-02-25", "issued": "2026-02-27"},
        "signatory": {"code": "P1", "name": "陈敏"},
        "results": [
            {"line": 1, "parameter": "铅", "method": "GB/T 5750.6-2023", "value": "<0.001", "unit": "mg/L"},
        ],
    }
    return report | fields


def correction(report, version=2, kind="correction", **fields):
    """Return a further version of a report that points back to the one before."""
    return report | {"version": version, "replaces": {"kind": kind, "version": version - 1, "reason": "笔误"}} | fields


def as_bytes(report):
    """Return a report as the bytes on the wire."""
    return report if isinstance(report, bytes) else json.dumps(report, ensure_ascii=False).encode()
