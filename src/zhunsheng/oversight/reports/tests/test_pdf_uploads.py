"""A body with nothing but the PDF of its report uploads it, compares what was read, and only then sends it."""

import hashlib
import io
import json
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from zhunsheng.oversight.reports import verification
from zhunsheng.oversight.reports.answers import Status
from zhunsheng.oversight.reports.format import DEFAULT_LIMITS
from zhunsheng.oversight.reports.models import Assurance, Finding, Report, ReportFile
from zhunsheng.oversight.reports.uploads import read_pdf, read_upload
from zhunsheng.platform.documents import pdf as documents

from .intake_factories import NOON, SLUG, Laboratory

pytestmark = pytest.mark.django_db

PAPER = """
#set page(width: 30cm, height: 30cm)
#set text(font: "Noto Sans SC")
#align(center)[检验检测报告]
资质认定证书编号：231912050001

#table(columns: (4cm, 8cm, 4cm, 8cm),
  [报告编号], [WT2026-0815], [样品编号], [Y-7], [样品名称], [籼米], [委托单位], [示例粮油有限公司],
  [收样日期], [2026年2月24日], [签发日期], [2026-02-27])
#table(columns: (2cm, 5cm, 3cm, 4cm, 6cm, 3cm),
  [序号], [检验项目], [单位], [检验结果], [检验依据], [单项结论],
  [1], [铅（以Pb计）], [mg/kg], [0.050], [GB 5009.12-2023], [合格],
  [2], [镉（以Cd计）], [mg/kg], [\\<0.001], [GB 5009.15-2023], [合格] EXTRA)

检验结论：所检项目符合要求。
"""


def paper(extra=""):
    """Typeset a report as laboratories lay theirs out."""
    folder = tempfile.mkdtemp()
    path = Path(folder) / "paper.typ"
    path.write_text(PAPER.replace("EXTRA", extra), encoding="utf-8")
    return documents.render(path, {}, at=NOON)


@pytest.fixture(scope="module")
def printed():
    return paper()


@pytest.fixture
def laboratory(client):
    made = Laboratory(SLUG)
    client.force_login(made.user)
    return made


def upload(client, content):
    file = SimpleUploadedFile("report.pdf", content, "application/pdf")
    return client.post(reverse("reports:submit"), {"file": file}, headers={"accept-language": "zh-Hans"})


def test_what_is_printed_is_read_digit_by_digit(printed):
    report = json.loads(read_pdf("r.pdf", printed, limits=DEFAULT_LIMITS).parsed.canonical)

    assert report["body"] == {"cma": "231912050001"}
    assert (report["number"], report["sample"]) == ("WT2026-0815", {"id": "Y-7", "name": "籼米"})
    assert report["dates"] == {"received": "2026-02-24", "issued": "2026-02-27"}
    assert [line["value"] for line in report["results"]] == ["0.050", "<0.001"]
    assert report["results"][0] | {"line": 1} == {
        "line": 1,
        "parameter": "铅（以Pb计）",
        "unit": "mg/kg",
        "value": "0.050",
        "method": "GB 5009.12-2023",
        "verdict": "合格",
    }
    assert report["attachments"][0]["sha256"] == hashlib.sha256(printed).hexdigest()


def test_a_row_without_a_cell_under_each_heading_is_told_and_not_guessed():
    read = read_pdf("r.pdf", paper(", [3], [黄曲霉毒素B1], [], [未检出], [], []"), limits=DEFAULT_LIMITS)

    assert len(read.parsed.report.results) == 2
    assert [line.replace(" ", "") for line in read.unread] == ["3黄曲霉毒素B1未检出"]


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"%PDF-1.4\n%%EOF"])
def test_a_broken_pdf_is_refused_with_a_remedy(content):
    problem = read_pdf("r.pdf", content, limits=DEFAULT_LIMITS).problem

    assert "Excel" in problem.remedy_zh


def test_nothing_is_sent_before_the_body_has_confirmed_it(client, laboratory, printed):
    page = upload(client, printed)

    assert page.status_code == 200
    assert "请与签发原件核对" in page.content.decode()
    assert not Report.objects.exists()

    form = page.context["form"].initial
    refused = client.post(reverse("reports:confirm"), {"report": form["report"]})
    assert refused.status_code == 422
    assert not Report.objects.exists()

    sent = client.post(reverse("reports:confirm"), {"report": form["report"], "confirmed": "on"})
    report = Report.objects.get()
    assert sent.url == reverse("reports:report", args=[report.digest])
    assert report.assurance == Assurance.ACCOUNT
    assert ReportFile.objects.get().kept


def test_a_dropped_copy_of_the_confirmed_pdf_is_the_issued_original(client, laboratory, printed):
    form = upload(client, printed).context["form"].initial
    client.post(reverse("reports:confirm"), {"report": form["report"], "confirmed": "on"})
    Finding.objects.all().delete()
    Report.objects.update(findings=0, worst=0)

    assert verification.by_digest(hashlib.sha256(printed).hexdigest()).status is Status.VALID


def test_what_was_read_can_be_taken_as_a_workbook_and_comes_back_the_same(client, laboratory, printed):
    form = upload(client, printed).context["form"].initial

    taken = client.post(reverse("reports:confirm"), {"report": form["report"], "excel": "1"}).content

    (back,) = read_upload("a.xlsx", taken, limits=DEFAULT_LIMITS)
    wanted = json.loads(form["report"])
    del wanted["attachments"]
    assert json.loads(back.parsed.canonical) == wanted
    assert load_workbook(io.BytesIO(taken))["结果"]["B2"].value == "铅（以Pb计）"
