"""The published water tests come in whole, stay as they were published, and every one of them is sealed."""

import csv
import gzip

import msgspec
import pytest
from django.utils import timezone

from zhunsheng.demo.real import load_real
from zhunsheng.oversight.reports import selectors
from zhunsheng.oversight.reports.models import Report, ReportLine
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.ledger.models import Entry

PUBLISHED_LINES = 25_561
"""From the data's own README."""

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path
    settings.ZHUNSHENG_FILES = tmp_path / "files"
    return tmp_path


def published(shared):
    with gzip.open(shared / "data/ee_water/result_lines.csv.gz", "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_published(row):
    """What must survive to the letter: protocol, object, parameter, value text, unit, verdicts, date."""
    return (
        row["protocol_no"],
        row["matrix"],
        row["param"],
        row["value_raw"],
        row["unit"],
        row["param_verdict"],
        row["protocol_verdict"],
        row["sampled_at"][:10],
    )


def as_kept(document):
    for line in document.get("results", []):
        yield (
            document["number"],
            document["sample"].get("object", ""),
            line["parameter"],
            line.get("value", ""),
            line.get("unit", ""),
            line.get("verdict", ""),
            document.get("conclusion", ""),
            document["sample"]["sampled"][:10],
        )


def test_every_published_line_is_kept_unaltered_and_sealed(shared, home):
    rows = published(shared)
    assert len(rows) == PUBLISHED_LINES

    for _kept in load_real(shared / "data", at=timezone.now()):
        pass
    sealed = ledger.seal_pending(timezone.now())
    audit = ledger.audit()

    kept = []
    for report in Report.objects.iterator():
        kept.extend(as_kept(msgspec.json.decode(selectors.canonical_bytes_of(report))))
    assert sorted(kept) == sorted(map(as_published, rows))
    assert ReportLine.objects.count() == PUBLISHED_LINES
    assert Report.objects.count() == len({row["protocol_no"] for row in rows}) == sealed.size
    assert not Entry.objects.filter(leaf_index=None).exists()
    assert audit.ok, audit.first_difference
