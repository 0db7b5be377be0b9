"""The six answers to anyone who asks about a report."""

from functools import partial
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhunsheng.oversight.reports import verification
from zhunsheng.oversight.reports.answers import Status, mask
from zhunsheng.oversight.reports.models import Assurance, Finding, Report
from zhunsheng.oversight.reports.services import verifying
from zhunsheng.oversight.reports.services.submissions import keep_rendering
from zhunsheng.oversight.reports.tests.intake_factories import NOON, SLUG, Laboratory, correction
from zhunsheng.platform.accounts import rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(laboratory):
    """Return a stored report about which nothing was found."""
    laboratory.submit(laboratory.report(number="粤检 R-1/2026", producer={"name": "珠江食品有限公司"}))
    Finding.objects.all().delete()
    Report.objects.update(findings=0, worst=0)
    return Report.objects.get()


def test_a_code_finds_the_report_it_was_printed_on(report):
    answer = verification.by_code(report.public_code)

    assert answer.status is Status.VALID
    assert (answer.body_slug, answer.version, answer.issued_on) == (SLUG, 1, report.issued_on)


@pytest.mark.parametrize("spoil", [str.lower, lambda code: f" {code} ", lambda code: code.replace("0", "O")])
def test_a_code_may_be_typed_as_people_type(report, spoil):
    assert verification.by_code(f"{SLUG}-{spoil(report.code)}").status is Status.VALID


def test_number_and_code_from_paper_find_the_report(report):
    typed = "-".join(report.code[start : start + 4] for start in range(0, 16, 4)).lower()

    assert verification.by_number("粤检 R-1/2026", typed).status is Status.VALID


def test_a_known_number_under_another_code_is_altered(report):
    answer = verification.by_number("粤检 R-1/2026", "0" * 16)

    assert answer.status is Status.ALTERED
    assert answer.digest == ""


def test_a_digest_finds_exactly_this_content(report):
    assert verification.by_digest(report.digest).status is Status.VALID


def test_other_content_under_a_known_number_is_altered(report):
    answer = verification.by_digest("0" * 64, body=SLUG, number=report.number, version=1)

    assert answer.status is Status.ALTERED


def test_a_corrected_report_names_what_replaced_it(laboratory):
    laboratory.submit(laboratory.report())
    laboratory.submit(correction(laboratory.report(), conclusion="合格"))
    old, new = Report.objects.order_by("version")

    answer = verification.by_code(old.public_code)

    assert answer.status is Status.REPLACED
    assert (answer.withdrawn, answer.successor_code, answer.successor_version) == (False, new.public_code, 2)


def test_a_withdrawn_report_says_so(laboratory):
    laboratory.submit(laboratory.report())
    laboratory.submit(correction(laboratory.report(), kind="withdrawal"))
    answer = verification.by_code(Report.objects.get(version=1).public_code)

    assert (answer.status, answer.withdrawn, answer.successor_code) == (Status.REPLACED, True, "")


def test_a_line_outside_the_scope_is_to_be_verified_and_nothing_more_is_said(report):
    Finding.objects.create(
        report=report, found_at=NOON, rule="SCOPE-PARAMETER", law_version="1", severity=2, line=1, facts={"held": "x"}
    )
    Report.objects.update(findings=1, worst=2)
    answer = verification.by_code(report.public_code)

    assert answer.status is Status.SCOPE_TO_VERIFY
    assert "does not mean" in str(answer.note) or "不代表已认定违法" in str(answer.note)
    assert "SCOPE-PARAMETER" not in str(answer.as_dict())


def test_other_findings_are_not_told_to_the_public(report):
    Finding.objects.create(report=report, found_at=NOON, rule="VERDICT-WRONG", law_version="1", severity=3, facts={})
    Report.objects.update(findings=1, worst=3)

    assert verification.by_code(report.public_code).status is Status.VALID


def test_a_report_that_was_not_gathered_names_since_when_reports_are(report):
    answer = verification.by_code(f"{SLUG}-{'7' * 16}")

    assert answer.status is Status.REPORT_UNKNOWN
    assert answer.coverage_since == report.received_at


def test_a_body_without_any_report_has_no_coverage_date(report):
    other = Laboratory("231912050002")

    assert verification.by_code(f"{other.body.slug}-{report.code}").coverage_since is None


def test_an_unknown_body_is_called_unknown(report):
    assert verification.by_code(f"999999999999-{report.code}").status is Status.BODY_UNKNOWN


@pytest.mark.parametrize("junk", ["", "-", "x", f"{SLUG}-", f"{SLUG}-UUUUUUUUUUUUUUUU", "'; DROP TABLE--"])
def test_what_is_no_code_is_answered_all_the_same(report, junk):
    assert verification.by_code(junk).status in {Status.BODY_UNKNOWN, Status.REPORT_UNKNOWN}


def test_an_attachment_leads_to_the_report_that_names_it(laboratory):
    digest = sha256(b"scan").hexdigest()
    laboratory.submit(laboratory.report(attachments=[{"sha256": digest, "media_type": "image/png", "bytes": 4}]))

    answer = verification.by_digest(digest)
    assert answer.number == "R-1"
    assert answer.asked_by == "file"


def test_a_pdf_that_was_made_of_a_report_leads_back_to_it(report):
    digest = sha256(b"pdf").hexdigest()
    keep_rendering(report.pk, digest)
    keep_rendering(report.pk, digest)

    assert verification.by_digest(digest).status is Status.VALID


def test_a_downloaded_pdf_is_recognised_when_somebody_drops_it(report, client):
    Report.objects.update(assurance=Assurance.PUBLISHER)

    made = client.get(reverse("reports:pdf", args=[report.digest]))

    assert made.status_code == 200
    assert verification.by_digest(sha256(made.content).hexdigest()).status is Status.VALID


@pytest.mark.parametrize("typed", ["hello", f"{SLUG} 0123456789ABCDEF"])
def test_a_mistyped_code_says_so_and_nothing_about_any_body(report, typed):
    found = verification.by_code(typed)

    assert (found.status, found.title) == (Status.BODY_UNKNOWN, "核验码格式不正确")


def test_key_fields_are_masked(report):
    fields = {field.name: field.value for field in verification.by_code(report.public_code).key_fields}

    assert fields["issued"] == "2026-02-27"
    assert fields["producer"] == "珠江＊＊＊＊公司"
    assert report.number not in str(fields)
    assert "珠江水务" not in str(fields), "the client is nobody's business"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("", ""),
        ("水", "水"),
        ("饮水", "饮＊"),
        ("饮用水", "饮＊水"),
        ("R-2026-0001", "R-2＊＊＊＊＊001"),
        ("ab" * 20, "aba＊＊＊＊＊＊bab"),
    ],
)
def test_a_masked_text_keeps_only_its_ends(text, masked):
    assert mask(text) == masked


def test_the_count_of_queries_does_not_grow(laboratory):
    laboratory.submit(*[laboratory.report(number=f"R-{number}") for number in range(3)])
    with CaptureQueriesContext(connection) as few:
        verification.by_code(Report.objects.first().public_code)
    laboratory.submit(*[laboratory.report(number=f"Q-{number}") for number in range(60)])
    with CaptureQueriesContext(connection) as many:
        verification.by_code(Report.objects.first().public_code)

    assert len(many) == len(few) <= 8


def test_whoever_tries_numbers_by_machine_is_slowed_down_and_a_code_still_answers(client, report, monkeypatch):
    monkeypatch.setattr(verifying, "NUMBERS_PER_MINUTE", 3)
    address = reverse("verification:number")
    asked = {"number": report.number, "code": "0" * 16}
    monkeypatch.setattr(rate, "count", partial(_count_at_noon, rate.count))

    answers = [client.get(address, asked).status_code for _ in range(4)]
    refused = client.get(address, asked, headers={"accept-language": "zh-Hans"})

    assert answers == [200, 200, 200, 429]
    assert "请稍后再试" in refused.content.decode()
    assert client.get(reverse("verification:answer", args=[report.public_code])).status_code == 200


def _count_at_noon(count, name, *keys, limit, at):
    count(name, *keys, limit=limit, at=NOON)


def test_the_public_words_for_scope_are_exactly_those_that_accuse_nobody(client, report):
    Finding.objects.create(
        report=report, found_at=NOON, rule="SCOPE-PARAMETER", law_version="1", severity=2, line=1, field="results[0]"
    )
    Report.objects.update(findings=1, worst=2)
    address = reverse("verification:answer", args=[report.public_code])

    page = client.get(address, headers={"accept-language": "zh-Hans"}).content.decode()

    assert "能力范围待核实" in page
    assert "<p>未在当日公布的能力附表中检索到，不代表已认定违法。</p>" in page
    assert "SCOPE-PARAMETER" not in page
    assert "校验提示" not in page
