"""A publisher's file is taken in whole: bodies entered, attachments kept, reports stored as publisher's."""

import csv
import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from zhunsheng.oversight.reports.commands import app
from zhunsheng.oversight.reports.models import Assurance, Report, ReportLine
from zhunsheng.oversight.reports.permissions import OPERATOR
from zhunsheng.oversight.reports.services.importing import import_file, try_file
from zhunsheng.platform.documents import files
from zhunsheng.registry.bodies.models import Body

from . import test_sources_cn_food as food

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


@pytest.mark.parametrize("more", [["--dry-run"], []])
def test_the_error_file_has_every_problem_with_its_lines_and_cells_that_do_nothing(tmp_path, more):
    rows = [food.row(抽样编号=""), food.row(), food.row(抽样编号="=2+3", 公告号="第1号", 公告日期="2026-03-01")]
    rows.append(food.row(抽样编号="XBJ26440100009"))
    published = food.book(tmp_path / "food.xlsx", *rows)
    told = tmp_path / "errors.csv"

    answer = CliRunner().invoke(
        app, ["import", "auto", str(published), "--errors", str(told), "--json", "--lang", "en", *more]
    )

    with told.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    first = found[0]
    assert (first["first_line"], first["last_line"], first["outcome"]) == ("3", "3", "refused")
    assert first["problem"]
    assert first["remedy"]
    assert not any(cell.startswith("=") for each in found for cell in each.values())
    counts = json.loads(answer.stdout.splitlines()[-1])
    assert counts["refused"] == sum(each["outcome"] == "refused" for each in found) >= 1
    assert answer.exit_code == 1


def test_without_problems_the_error_file_holds_its_heading_alone(tmp_path):
    told = tmp_path / "errors.csv"
    published = food.book(tmp_path / "food.xlsx", food.row())
    answer = CliRunner().invoke(app, ["import", "auto", str(published), "--errors", str(told), "--dry-run"])

    assert answer.exit_code == 0
    assert told.read_text(encoding="utf-8-sig").split(",")[0] == "first_line"
    assert len(told.read_text(encoding="utf-8-sig").splitlines()) == 1
