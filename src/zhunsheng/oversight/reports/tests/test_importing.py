"""A publisher's file is taken in whole: bodies entered, attachments kept, reports stored as publisher's."""

from datetime import UTC, datetime

import pytest

from zhunsheng.oversight.reports.models import Assurance, Report, ReportLine
from zhunsheng.oversight.reports.permissions import OPERATOR
from zhunsheng.oversight.reports.services.importing import import_file, try_file
from zhunsheng.platform.documents import files
from zhunsheng.registry.bodies.models import Body

NOON = datetime(2026, 4, 20, 4, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _import(path):
    return import_file(path, sender=OPERATOR, by=None, at=NOON)


def test_every_report_and_line_of_the_publishers_xml_is_kept_as_the_publishers(shared):
    path = shared / "data" / "ee_water" / "source_format_basseinid_2026.xml"
    source, tried = try_file(path)
    result = _import(path)

    assert source.name == result.source == "ee-water"
    assert (tried.reports, tried.lines) == (result.kept, ReportLine.objects.count()) == (72, 925)
    assert set(Report.objects.values_list("assurance", flat=True)) == {Assurance.PUBLISHER}
    assert result.bodies == Body.objects.filter(register="ee-terviseamet").count() > 0
    assert result.problems == []


def test_a_dry_run_stores_nothing(shared):
    try_file(shared / "data" / "ee_water" / "source_format_veevark_2026.xml")

    assert not Report.objects.exists()
    assert not Body.objects.exists()


def test_loading_a_file_again_changes_nothing(shared):
    path = shared / "data" / "ee_water" / "source_format_supluskoha_2025.xml"
    first, second = _import(path), _import(path)

    assert (first.kept, first.known) == (60, 0)
    assert (second.kept, second.known, second.bodies) == (0, 60, 0)
    assert Report.objects.count() == 60


def test_a_certificate_is_kept_with_its_file(shared):
    path = shared / "data" / "ptb_dcc" / "dcc_gp_temperature_typical_v12_signed.xml"
    result = _import(path)
    assert result.problems == []
    report = Report.objects.get()

    assert (result.kept, report.number) == (1, "GP_DCC_temperature_typical_1.2")
    assert report.body.register == "dcc"
    assert files.read_by_digest("c2da3ff1a717676d8bc439495a45478c9c0cc12cc3d66f9960588ad277610586") == path.read_bytes()


def test_refused_reports_are_listed_with_their_rows_and_the_rest_is_kept(shared, tmp_path):
    text = (shared / "data" / "ee_water" / "source_format_supluskoha_2025.xml").read_text(encoding="utf-8")
    path = tmp_path / "one-bad.xml"
    path.write_text(text.replace("27.08.2025 00:00", "30.02.2025 00:00", 1), encoding="utf-8")

    result = _import(path)

    assert (result.kept, result.refused) == (59, 1)
    assert result.problems[0][0] == (1, 1)
    assert result.problems[0][1].field == "sample.sampled"
