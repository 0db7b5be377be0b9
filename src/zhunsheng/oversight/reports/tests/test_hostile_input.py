"""What a hostile sender tries: look-alike numbers, characters no document can hold, numbers no column holds, bombs."""

import io
import re
import threading
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhunsheng.oversight.reports import verification
from zhunsheng.oversight.reports.answers import Status
from zhunsheng.oversight.reports.format import DEFAULT_LIMITS, FormatProblem, read_report
from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.reports.printing import pdf_of
from zhunsheng.oversight.reports.selectors import stated_report_of
from zhunsheng.oversight.reports.services import streams
from zhunsheng.oversight.reports.services.refusals import Refusal
from zhunsheng.oversight.reports.services.streams import ReadAhead
from zhunsheng.oversight.reports.tests.intake_factories import NOON, Laboratory, as_bytes, plain_report
from zhunsheng.oversight.reports.tests.test_uploads import filled
from zhunsheng.oversight.reports.uploads import read_upload
from zhunsheng.oversight.reports.views import submitting

INVISIBLE = "\u034f\u061c\u115f\u17b5\u180b\u180e\u200b\u2060\u2061\u2064\u206a\u3164\ufe00\ufe0f\uffa0\ufff9\U000e0041"


@pytest.mark.parametrize("mark", INVISIBLE, ids=lambda mark: f"U+{ord(mark):04X}")
@pytest.mark.parametrize("signed", [True, False])
def test_a_number_with_a_mark_nobody_sees_is_refused(mark, signed):
    """Default_Ignorable_Code_Point, Unicode 15.1: such a number looks like another and would dodge NUMBER-REUSED."""
    report = plain_report(number=f"R{mark}-1")
    if not signed:
        report["attachments"] = [{"sha256": "0" * 64, "media_type": "text/plain", "bytes": 1}]

    with pytest.raises(FormatProblem) as refused:
        read_report(as_bytes(report))

    assert (refused.value.code, refused.value.field) == ("format.control", "number")


@pytest.mark.parametrize("number", [" R-1", "R-1 ", "R-1\u3000", "\u00a0R-1"])
def test_a_number_that_differs_by_a_space_at_its_end_is_refused(number):
    with pytest.raises(FormatProblem) as refused:
        read_report(as_bytes(plain_report(number=number)))

    assert refused.value.field == "number"
    assert refused.value.remedy


@pytest.mark.parametrize("mark", ["\ufffe", "\uffff"])
def test_a_character_that_no_document_may_hold_is_refused(mark):
    """XML 1.0, production 2 (Char): U+FFFE and U+FFFF end every XML document, so no export could hold the report."""
    report = plain_report(sample={"name": f"水{mark}"})

    with pytest.raises(FormatProblem) as refused:
        read_report(as_bytes(report))

    assert (refused.value.code, refused.value.field) == ("format.control", "sample.name")


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["水🧪", "ཆུ", "นํ้า"])
def test_a_report_in_letters_that_our_fonts_lack_is_printed_all_the_same(laboratory, text):
    laboratory.submit(laboratory.report(sample={"name": text}))
    report = Report.objects.get()

    assert pdf_of(report, stated_report_of(report), base="https://example.org/").startswith(b"%PDF-")


@pytest.mark.django_db
@pytest.mark.parametrize("version", [2**31, 2**53 - 1])
def test_a_version_larger_than_its_column_is_refused_alone(laboratory, version):
    """PostgreSQL's integer ends at 2147483647; one such report must not stop the batch around it."""
    outcomes = laboratory.submit(laboratory.report(number="A", version=version), laboratory.report(number="B"))

    assert [outcome.status for outcome in outcomes] == ["refused", "accepted"]
    assert outcomes[0].problem.field == "version"


@pytest.mark.django_db
def test_another_body_cannot_claim_a_file_by_naming_its_digest_later(laboratory):
    file = {"sha256": "ab" * 32, "media_type": "application/pdf", "bytes": 9}
    thief = Laboratory("231912050002")
    laboratory.submit(laboratory.report(attachments=[file]))
    thief.submit(thief.report(number="MINE", attachments=[file]), at=NOON + timedelta(days=1))

    answer = verification.by_digest("ab" * 32)

    assert (answer.status, answer.body_slug) == (Status.VALID, laboratory.body.slug)


@pytest.mark.django_db
def test_guessing_numbers_shows_nobody_what_was_tested_for_whom(laboratory):
    laboratory.submit(laboratory.report(producer={"name": "珠江食品有限公司"}))

    guessed = verification.by_number("R-1", "0" * 16)
    posed = verification.by_digest("0" * 64, body=laboratory.body.slug, number="R-1")

    for answer in (guessed, posed):
        assert answer.status is Status.ALTERED
        assert {field.name for field in answer.key_fields} <= {"body", "number"}


def workbook(change):
    """Return a filled template whose sheet of results was changed as XML."""
    packed, target = zipfile.ZipFile(io.BytesIO(filled())), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in packed.namelist():
            content = packed.read(name).decode()
            archive.writestr(name, change(content) if name.endswith("sheet2.xml") else content)
    return target.getvalue()


def read(content, name="a.xlsx"):
    return list(read_upload(name, content, limits=DEFAULT_LIMITS))


def row(number, text="镉"):
    return f'<row r="{number}"><c r="B{number}" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'


def test_a_line_outside_the_range_that_the_sheet_declares_is_read_as_the_eye_sees_it():
    """ECMA-376, 18.3.1.35: `dimension` is a hint; spreadsheet programs show the cells beyond it."""
    narrow = workbook(
        lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:X2"', xml).replace("</sheetData>", row(3))
    )

    (uploaded,) = read(narrow)

    assert [line.parameter for line in uploaded.parsed.report.results] == ["铅", "镉"]


def test_a_sheet_that_declares_a_row_without_end_is_refused_at_once():
    far = 10**12
    bomb = workbook(
        lambda xml: re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:X{far}"', xml).replace(
            "</sheetData>", row(far)
        )
    )

    (uploaded,) = read(bomb)

    assert uploaded.problem.code == "upload.blank_rows"
    assert uploaded.problem.remedy


def test_a_whole_number_of_five_thousand_digits_in_a_table_is_a_problem_not_a_crash():
    text = f"资质认定证书编号,报告编号,版本号,检测项目,检测结果\n210020123456,X1,{'1' * 5000},铅,1\n"

    (uploaded,) = read(text.encode(), "a.csv")

    assert uploaded.problem.field == "version"


def test_a_body_that_declares_no_length_is_not_kept_on_disk_without_end():
    class Endless:
        given = 0

        def read(self, size, /):
            self.given += size
            return b"x" * size

    source = Endless()
    ahead = ReadAhead(source, None, most=8 * 1024 * 1024)
    ahead._thread.join(20)

    assert not ahead._thread.is_alive()
    assert source.given <= 9 * 1024 * 1024
    ahead.close()


def test_a_file_of_endless_reports_is_refused_without_reading_it_to_its_end():
    """32 MiB of `{}` would be ten million refusals in memory."""
    file = SimpleUploadedFile("many.ndjson", b"{}\n" * (submitting.MOST_READ + 10))

    (uploaded,) = submitting._read(file, keep_originals=False)

    assert uploaded.problem.code == "file-reports"
    assert uploaded.problem.remedy


def test_a_batch_whose_sender_falls_silent_is_ended_and_its_thread_given_back(monkeypatch):
    monkeypatch.setattr(streams, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(streams, "MOST_IDLE", 5)
    gone = threading.Event()

    class Silent:
        def read(self, _size, /):
            gone.wait(20)
            return b""

    ahead = ReadAhead(Silent(), 100, most=1000)

    with pytest.raises(Refusal) as ended:
        list(ahead)

    gone.set()
    ahead.close()
    assert ended.value.code == "batch-cut"
