"""Certificate rules: order 163, articles 13, 31, 32, 37 (law.md 1.3, 1.4)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhunsheng.oversight.reports.checks.statements import moment
from zhunsheng.oversight.reports.rules import certificate as rules
from zhunsheng.oversight.reports.tests.plain_facts import CERTIFICATE, body, codes, report
from zhunsheng.registry.bodies.facts import PeriodFacts

ALL = (
    rules.certificate_not_expired,
    rules.certificate_not_suspended,
    rules.certificate_not_cancelled,
    rules.certificate_not_revoked,
    rules.certificate_already_granted,
    rules.certificate_is_the_bodys_own,
    rules.certificate_is_stated,
)


def found(facts):
    return [one for rule in ALL for one in rule(facts)]


def with_certificate(**changes):
    return report(body=body(accreditations=(replace(CERTIFICATE, **changes),)))


def test_a_certificate_that_covers_the_test_days_is_left_alone():
    assert found(report()) == []


@pytest.mark.parametrize(("last_day", "expected"), [(date(2026, 3, 11), []), (date(2026, 3, 10), ["CERT-EXPIRED"])])
def test_the_last_day_of_a_certificate_still_counts(last_day, expected):
    assert codes(found(with_certificate(valid_to=last_day))) == expected


def test_expiry_between_start_and_end_of_testing_names_the_day():
    one = found(with_certificate(valid_to=date(2026, 3, 10)))[0]

    assert (one.facts["day"], one.facts["valid_to"], one.facts["by"]) == ("2026-03-11", "2026-03-10", "tested")


@pytest.mark.parametrize(
    ("status", "code"), [("suspended", "CERT-SUSPENDED"), ("cancelled", "CERT-CANCELLED"), ("revoked", "CERT-REVOKED")]
)
def test_a_status_counts_from_its_first_day(status, code):
    assert codes(found(with_certificate(course=(PeriodFacts(status, date(2026, 3, 11), None),)))) == [code]
    assert found(with_certificate(course=(PeriodFacts(status, date(2026, 3, 12), None),))) == []


def test_a_suspension_that_ended_before_the_test_days_is_left_alone_and_one_between_them_is_found():
    over = PeriodFacts("suspended", date(2026, 1, 5), date(2026, 3, 9))
    assert found(with_certificate(course=(over,))) == []

    tested = report().test_span()
    between = PeriodFacts("suspended", tested[0] + timedelta(days=1), tested[1] + timedelta(days=1))
    one = found(with_certificate(course=(between,)))[0]
    assert (one.code, one.facts["since"]) == ("CERT-SUSPENDED", between.valid_from.isoformat())


def test_testing_before_the_accreditation_is_found():
    assert codes(found(with_certificate(valid_from=date(2026, 3, 11)))) == ["CERT-NOT-YET"]
    assert found(with_certificate(valid_from=date(2026, 3, 10))) == []


def test_a_renewed_certificate_covers_what_the_old_one_does_not():
    old = replace(CERTIFICATE, valid_to=date(2025, 1, 9))
    new = replace(CERTIFICATE, number="250019340777", valid_from=date(2025, 1, 10))

    assert found(report(body=body(accreditations=(old, new)), stated_certificate="250019340777")) == []
    assert codes(found(report(body=body(accreditations=(old, new))))) == ["CERT-EXPIRED"]


def test_without_test_dates_the_day_of_issue_is_judged():
    facts = with_certificate(valid_to=date(2026, 3, 11))
    facts.started = facts.finished = None
    assert [one.facts["by"] for one in found(facts)] == ["issued"]

    facts.issued = None
    assert found(facts) == []


def test_a_number_that_is_not_the_bodys_own_is_found():
    assert codes(found(report(stated_certificate="990019340000"))) == ["CERT-UNKNOWN"]


def test_a_report_without_certificate_number_is_not_stated_and_nothing_worse():
    assert codes(found(report(stated_certificate=""))) == ["CERT-NOT-STATED"]


def test_a_register_without_certificates_is_not_stated():
    assert codes(found(report(body=body(accreditations=())))) == ["CERT-NOT-STATED"]


def test_foreign_bodies_and_publications_need_no_certificate():
    expired = {"body": body(accreditations=(replace(CERTIFICATE, valid_to=date(2024, 1, 1)),))}

    assert found(report(domestic=False, stated_certificate="", **expired)) == []
    assert found(report(published=True, **expired)) == []


def test_a_test_late_in_the_evening_counts_by_the_day_in_shanghai():
    facts = with_certificate(valid_to=date(2026, 3, 10))
    facts.started = facts.finished = moment("2026-03-10T15:59:00Z")
    assert found(facts) == []

    facts.finished = moment("2026-03-10T16:00:00Z")
    assert codes(found(facts)) == ["CERT-EXPIRED"]
