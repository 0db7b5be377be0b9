"""A report's page proves its issuer's scope from the documents that were signed and in force on the day of issue."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhunsheng.oversight.reports.answers import SCOPE_WORDS
from zhunsheng.oversight.reports.issuer_scope import Cover, proof_of
from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.reports.tests.intake_factories import SLUG, Laboratory
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_member
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.services import set_status
from zhunsheng.platform.credentials.tests.factories import make_credential
from zhunsheng.registry.bodies.tests.factories import load_catalogue

pytestmark = pytest.mark.django_db
LEAD = {"object": "生活饮用水", "parameter": "铅", "method": "GB/T 5750.6-2023"}
CADMIUM = LEAD | {"parameter": "镉"}
MERCURY = LEAD | {"parameter": "汞"}
ISSUED = date(2026, 2, 27)


@pytest.fixture(autouse=True)
def address(settings, tmp_path):
    settings.ZHUNSHENG_HOME, settings.ZHUNSHENG_ADDRESS = tmp_path, "https://zhunsheng.example"


def on(month, day):
    return datetime(2026, month, day, 2, tzinfo=UTC)


def documents(*lines, at=None, number=SLUG, body=SLUG, site="", replacing=None):
    """Issue a certificate and its schedule as the licensing authority does."""
    subject = {"name": "实验室", "sites": [{"code": site, "name": site, "address": "", "lines": list(lines)}]}
    shared = {"number": number, "at": at or on(1, 5), "valid_from": (at or on(1, 5)).date(), "body_slug": body}
    former = replacing or (None, None)
    return tuple(
        make_credential(kind=kind, subject=said, replaces_id=before.pk if before else None, why="第 2 版", **shared)
        for kind, said, before in (
            ("cma_certificate", {"name": "实验室"}, former[0]),
            ("cma_schedule", subject, former[1]),
        )
    )


def results(*parameters, **fields):
    return [
        {"line": place, "parameter": one, "method": "GB/T 5750.6-2023", "value": "<0.001", "unit": "mg/L", **fields}
        for place, one in enumerate(parameters, 1)
    ]


def stored(*parameters, results_=None, **fields):
    laboratory = Laboratory()
    outcomes = laboratory.submit(laboratory.report(results=results_ or results(*parameters), **fields))
    assert all(one.kept for one in outcomes), outcomes
    return Report.objects.get()


def covers(proof):
    return [(one.cover, one.schedule_place) for one in proof.lines]


def test_every_line_names_the_line_of_the_signed_schedule_that_covers_it():
    load_catalogue()
    certificate, schedule = documents(CADMIUM, LEAD)
    proof = proof_of(stored("铅", "镉"))

    assert (proof.day, proof.number) == (ISSUED, SLUG)
    assert (proof.certificate.credential, proof.certificate.status) == (certificate, "valid")
    assert (proof.schedule.credential, proof.schedule.status) == (schedule, "valid")
    assert covers(proof) == [(Cover.COVERED, 2), (Cover.COVERED, 1)]
    assert proof.lines[0].schedule_line.parameter == "铅"
    assert (proof.covered, proof.absent) == (2, False)


def test_what_the_schedule_of_the_day_does_not_hold_is_not_met_with():
    documents(LEAD, {**CADMIUM, "method": "GB/T 5750.6-2006"}, {**MERCURY, "validFrom": "2026-03-15"})
    proof = proof_of(stored("铅", "镉", "汞", "砷"))

    assert [one for one, _place in covers(proof)] == [Cover.COVERED, Cover.ABSENT, Cover.ABSENT, Cover.ABSENT]


def test_a_limitation_in_words_another_site_and_a_subcontractor_are_told_apart():
    documents(LEAD, {**CADMIUM, "limitation": "仅做地表水以外的样品前处理"}, site="A")
    lines = results("铅", "镉")
    lines[0]["subcontractor"] = {"name": "另一实验室", "cma": "231912059999"}
    proof = proof_of(stored(results_=lines, site="A"))

    assert covers(proof) == [(Cover.SUBCONTRACTED, None), (Cover.LIMITED, 2)]


def test_a_line_of_another_site_does_not_cover():
    documents(CADMIUM, site="A")

    assert covers(proof_of(stored("镉", site="B"))) == [(Cover.ABSENT, None)]


def test_a_certificate_revoked_before_the_issue_is_told_as_it_stood_that_day():
    certificate, schedule = documents(LEAD)
    for one in (certificate, schedule):
        set_status(credential_id=one.pk, status=Status.REVOKED, why="撤销决定 2026-3", by=None, at=on(2, 20))
    proof = proof_of(stored("铅"))

    assert (proof.certificate.status, proof.certificate.in_force) == ("revoked", False)
    assert proof.certificate.credential.status == "revoked"


def test_a_certificate_revoked_after_the_issue_stood_on_the_day():
    certificate, _schedule = documents(LEAD)
    set_status(credential_id=certificate.pk, status=Status.REVOKED, why="撤销决定 2026-3", by=None, at=on(3, 20))
    proof = proof_of(stored("铅"))

    assert (proof.certificate.status, proof.certificate.in_force) == ("valid", True)
    assert proof.certificate.credential.status == "revoked"
    assert proof.covered == 1


def test_a_reduced_schedule_counts_from_the_day_of_its_issue():
    first = documents(LEAD, CADMIUM)
    documents(LEAD, at=on(2, 20), replacing=first)
    proof = proof_of(stored("铅", "镉"))
    assert [one for one, _place in covers(proof)] == [Cover.COVERED, Cover.ABSENT]


def test_a_schedule_reduced_later_still_proves_the_day():
    first = documents(LEAD, CADMIUM)
    documents(LEAD, at=on(3, 20), replacing=first)
    proof = proof_of(stored("铅", "镉"))

    assert proof.schedule.credential == first[1]
    assert (proof.schedule.status, proof.schedule.credential.status) == ("valid", "replaced")
    assert proof.covered == 2


def test_a_certificate_of_another_body_under_the_same_number_proves_nothing():
    documents(LEAD, body="another-body")
    proof = proof_of(stored("铅"))

    assert (proof.certificate, proof.schedule, proof.lines) == (None, None, ())


def test_a_report_without_number_or_day_has_nothing_to_prove():
    report = stored("铅")
    report.issued_on = None

    assert proof_of(report) is None


def page(client, address):
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_the_public_answer_shows_certificate_schedule_lines_and_downloads(client):
    load_catalogue()
    certificate, schedule = documents(LEAD)
    report = stored("铅", "镉")
    address = reverse("verification:answer", args=[report.public_code])
    shown = page(client, address)

    assert "Proof of the issuer&#x27;s scope" in shown or "Proof of the issuer's scope" in shown
    for code in (certificate.code, schedule.code):
        assert reverse("credentials_public:answer", args=[code]) in shown
        assert reverse("credentials_public:data", args=[code]) in shown
    assert "holds 1 of 2 lines" in shown
    assert SCOPE_WORDS in shown
    assert f"credentials verify {schedule.code}.json" in shown
    assert "&lt;0.001" not in shown  # no result of the report
    with CaptureQueriesContext(connection) as asked:
        page(client, address)
    assert len(asked) <= 8, "\n".join(one["sql"][:300] for one in asked)


def test_in_chinese_nobody_is_accused(client):
    documents(LEAD)
    report = stored("镉")
    response = client.get(
        reverse("verification:answer", args=[report.public_code]), headers={"accept-language": "zh-hans"}
    )

    assert "能力范围证明" in response.content.decode()
    assert "未在当日公布的能力附表中检索到，不代表已认定违法" in response.content.decode()


def test_who_guesses_a_number_learns_nothing_of_the_lines(client):
    documents(LEAD)
    report = stored("铅")
    shown = page(client, f"{reverse('verification:number')}?number={report.number}&code={'0' * 16}")

    assert "Proof of the issuer" not in shown
    assert "GB/T 5750.6" not in shown


def test_the_officers_page_shows_the_same_proof(client):
    certificate, _schedule = documents(LEAD)
    set_status(credential_id=certificate.pk, status=Status.SUSPENDED, why="暂停", by=None, at=on(2, 20))
    report = stored("铅")
    client.force_login(make_member(Role.PROVINCE_OFFICER))
    shown = page(client, reverse("reports:report", args=[report.digest]))

    assert "Suspended" in shown
    assert "holds 1 of 1 lines" in shown


def test_without_an_electronic_certificate_the_page_says_just_that(client):
    shown = page(client, reverse("verification:answer", args=[stored("铅").public_code]))

    assert "was in force here on" in shown
    assert "does not mean that the body had none" in shown
