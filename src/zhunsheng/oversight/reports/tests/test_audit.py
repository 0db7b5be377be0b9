"""After one byte of a stored report is changed, the audit fails and names it."""

import pytest
from django.db import connection
from django.utils import timezone

from zhunsheng.oversight.reports.models import BatchManifest, Report, ReportContent, ReportLine
from zhunsheng.oversight.reports.services import rows
from zhunsheng.oversight.reports.tests.test_registrations import registration
from zhunsheng.platform.documents import files
from zhunsheng.platform.ledger.services import audit, seal_pending

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def archive(laboratory):
    """Return a laboratory whose sealed archive holds signed, listed, corrected reports and an attachment."""
    scan = files.store(b"%PDF-1.7\n%%EOF\n", "application/pdf")
    named = {"sha256": scan.sha256, "media_type": "application/pdf", "bytes": scan.bytes}
    listed = [laboratory.report(number=f"R-{number}") for number in range(3)]
    laboratory.submit(laboratory.manifest(listed), *listed)
    laboratory.submit(laboratory.signed(laboratory.report(number="S-1", attachments=[named])))
    laboratory.submit(laboratory.signed(registration("D-1", content="ab" * 32)))
    seal_pending(timezone.now())
    assert audit().ok
    return laboratory


def difference():
    found = audit()
    assert not found.ok
    return found.first_difference


def change_content(number, change):
    content = ReportContent.objects.get(report__number=number)
    packed = change(bytes(content.bytes))
    ReportContent.objects.filter(report_id=content.report_id).update(bytes=packed)


def test_a_changed_value_in_a_stored_body_is_named_by_its_report(archive):
    change_content("R-1", lambda packed: rows.compress(rows.decompress(packed).replace(b"<0.001", b"<0.002")))

    found = difference()
    assert found.place == "reports_reportcontent.bytes"
    assert found.key == "report R-1"
    assert found.leaf_index == 1


@pytest.mark.parametrize("place", [4, 40, -1])
def test_one_changed_byte_of_a_compressed_body_is_found(archive, place):
    def flip(packed):
        damaged = bytearray(packed)
        damaged[place] ^= 1
        return bytes(damaged)

    change_content("R-2", flip)

    found = difference()
    assert (found.place, found.key) == ("reports_reportcontent.bytes", "report R-2")


def test_a_lost_body_is_found(archive):
    report = Report.objects.get(number="R-0")
    ReportContent.objects.filter(report_id=report.pk).delete()

    assert difference().key == "report R-0"


@pytest.mark.parametrize(
    ("column", "value"),
    [("number", "R-8"), ("verdict", "fail"), ("issued_on", "2026-01-01"), ("object_text", "土壤"), ("failing", 3)],
)
def test_a_changed_index_row_is_found(archive, column, value):
    Report.objects.filter(number="R-0").update(**{column: value})

    assert difference().place == f"reports_report.{column}"


@pytest.mark.parametrize("column", ["value_text", "unit", "parameter_text", "verdict"])
def test_a_changed_result_line_is_found(archive, column):
    report = Report.objects.get(number="R-0")
    ReportLine.objects.filter(report_id=report.pk).update(**{column: "x"})

    found = difference()
    assert found.place == f"reports_reportline.{column}"
    assert found.key == "report R-0"


def test_a_removed_report_is_found(archive):
    report = Report.objects.get(number="R-0")
    with connection.cursor() as cursor:
        for table, column in (("reportcontent", "report_id"), ("reportline", "report_id"), ("report", "id")):
            cursor.execute(f"DELETE FROM reports_{table} WHERE {column} = %s", [report.pk])

    found = difference()
    assert found.place == "reports_report"
    assert report.digest in found.message


def test_a_proof_that_no_longer_verifies_is_found(archive):
    change_content(
        "S-1",
        lambda packed: rows.compress(rows.decompress(packed).replace(b"2026-03-02T04:00:00Z", b"2026-03-02T04:00:01Z")),
    )

    found = difference()
    assert found.key == "report S-1"
    assert "signature" in found.message


def test_a_changed_manifest_is_found(archive):
    manifest = BatchManifest.objects.get()
    content = rows.decompress(bytes(manifest.content)).replace(b"2026-03-02T04", b"2026-03-02T05")
    BatchManifest.objects.update(content=rows.compress(content))

    assert difference().place == "reports_batchmanifest.content"


def test_a_changed_attachment_is_found(archive, home):
    (path,) = [path for path in (home / "files" / "sha256").rglob("*") if path.is_file()]
    path.write_bytes(path.read_bytes()[:-1] + b"!")

    found = difference()
    assert found.key == "report S-1"
    assert path.name in found.place


def test_a_lost_attachment_is_found(archive, home):
    (path,) = [path for path in (home / "files" / "sha256").rglob("*") if path.is_file()]
    path.unlink()

    assert path.name in difference().place


def test_a_registered_digest_that_was_changed_in_the_index_is_named(archive):
    Report.objects.filter(number="D-1").update(registered="cd" * 32)

    found = difference()
    assert (found.place, found.key) == ("reports_report.registered", "report D-1")
