"""Reports are kept once, as they came, by whoever may hand them in."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec import UNSET

from zhunsheng.foundation.canonical import canonical_bytes
from zhunsheng.oversight.reports import selectors
from zhunsheng.oversight.reports.models import Finding, Report, ReportContent, ReportLine
from zhunsheng.oversight.reports.tests.intake_factories import NOON, Laboratory, correction, plain_report
from zhunsheng.platform.ledger import keys, promises
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.registry.bodies.models import BodyKey

pytestmark = pytest.mark.django_db


def test_a_report_is_kept_whole_and_answered_with_a_promise_that_verifies(laboratory):
    (outcome,) = laboratory.submit(laboratory.report())

    assert outcome.status == "accepted"
    assert promises.verify(outcome.promise, keys.log_key())
    assert outcome.promise["subject"] == outcome.digest
    report = Report.objects.get()
    assert (report.number, report.version, report.variant, report.state) == ("R-1", 1, 0, "current")
    assert report.tested_from.isoformat() == "2026-02-24"
    assert selectors.stated_report_of(report).results[0].value == "<0.001"
    assert ReportLine.objects.get().value_text == "<0.001"
    assert Entry.objects.get().subject == report.digest


def test_the_same_report_again_is_known_and_stored_once(laboratory):
    (first,) = laboratory.submit(laboratory.report())
    (again,) = laboratory.submit(laboratory.report(), at=NOON + timedelta(days=1))

    assert again.status == "known"
    assert again.promise == first.promise
    assert Report.objects.count() == ReportContent.objects.count() == Entry.objects.count() == 1


def test_the_same_report_twice_in_one_batch_is_stored_once(laboratory):
    outcomes = laboratory.submit(laboratory.report(), laboratory.report())

    assert [outcome.status for outcome in outcomes] == ["accepted", "known"]
    assert outcomes[0].promise == outcomes[1].promise
    assert Report.objects.count() == 1


def test_other_content_under_the_same_number_is_kept_beside_the_first_and_found(laboratory):
    first = laboratory.report()
    other = laboratory.report(conclusion="合格")
    outcomes = laboratory.submit(first) + laboratory.submit(other)

    assert [outcome.variant for outcome in outcomes] == [0, 1]
    assert Report.objects.count() == 2
    assert Finding.objects.filter(report__variant=1, rule="NUMBER-REUSED").exists()
    assert not Finding.objects.filter(report__variant=0, rule="NUMBER-REUSED").exists()
    assert selectors.stated_report_of(Report.objects.get(variant=0)).conclusion is UNSET
    assert selectors.stated_report_of(Report.objects.get(variant=1)).conclusion == "合格"


def test_a_correction_replaces_what_it_points_to(laboratory):
    laboratory.submit(laboratory.report())
    laboratory.submit(correction(laboratory.report(), conclusion="合格"))

    old, new = Report.objects.order_by("version")
    assert (old.state, new.state) == ("replaced", "current")
    assert new.replaces_id == old.pk


def test_a_withdrawal_withdraws_what_it_points_to(laboratory):
    laboratory.submit(laboratory.report())
    notice = correction(laboratory.report(), kind="withdrawal")
    del notice["results"]
    (outcome,) = laboratory.submit(notice)

    assert outcome.status == "accepted"
    old, new = Report.objects.order_by("version")
    assert (old.state, new.state) == ("withdrawn", "withdrawn")
    assert new.withdraws


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("together", [True, False])
def test_a_correction_that_comes_first_replaces_the_original_when_it_comes(laboratory, order, together):
    both = [laboratory.report(), correction(laboratory.report(), conclusion="合格")]
    ordered = [both[place] for place in order]
    if together:
        laboratory.submit(*ordered)
    else:
        for report in ordered:
            laboratory.submit(report)

    old, new = Report.objects.order_by("version")
    assert (old.state, new.state, new.replaces_id) == ("replaced", "current", old.pk)


def test_a_correction_may_point_by_digest_and_change_the_number(laboratory):
    (first,) = laboratory.submit(laboratory.report())
    fields = {"number": "R-1A", "replaces": {"kind": "correction", "version": 1, "digest": first.digest}}
    laboratory.submit(correction(laboratory.report(), **fields))

    assert Report.objects.get(number="R-1").state == "replaced"


def test_a_body_cannot_withdraw_the_report_of_another(laboratory):
    other = Laboratory("231912050002")
    (theirs,) = other.submit(other.report())
    pointer = {"kind": "withdrawal", "version": 1, "digest": theirs.digest}
    laboratory.submit(laboratory.report(number="X", version=2, replaces=pointer))

    assert Report.objects.get(digest=theirs.digest).state == "current"


def test_a_signed_report_has_the_highest_assurance(laboratory):
    (outcome,) = laboratory.submit(laboratory.signed(laboratory.report()))

    assert outcome.assurance == "signed"


def test_an_unsigned_report_of_ones_own_body_is_taken_on_the_account(laboratory):
    (outcome,) = laboratory.submit(laboratory.report())

    assert outcome.assurance == "account"


def refusal(outcomes):
    (outcome,) = outcomes
    assert outcome.status == "refused"
    assert not Report.objects.exists()
    assert not Entry.objects.exists()
    assert outcome.problem.remedy
    return outcome.problem.code, outcome.problem.field


def test_a_changed_report_with_its_old_signature_is_refused(laboratory):
    signed = laboratory.signed(laboratory.report())
    signed["number"] = "R-2"

    assert refusal(laboratory.submit(signed)) == ("wrong-signature", "proof.signature")


def test_a_signature_by_a_key_the_body_does_not_have_is_refused(laboratory):
    signed = laboratory.signed(laboratory.report(), key_id="nobody-1")

    assert refusal(laboratory.submit(signed)) == ("unknown-key", "proof.key")


def test_a_signature_by_another_bodys_key_is_refused(laboratory):
    other = Laboratory("231912050002")
    signed = other.signed(laboratory.report())

    assert refusal(laboratory.submit(signed)) == ("unknown-key", "proof.key")


def revoke(laboratory, at):
    BodyKey.objects.filter(pk=laboratory.key.pk).update(revoked_at=at, revoked_reason="私钥遗失")


def test_a_signature_made_after_the_key_was_revoked_is_refused(laboratory):
    revoke(laboratory, NOON - timedelta(days=1))

    problem = refusal(laboratory.submit(laboratory.signed(laboratory.report())))

    assert problem == ("key-revoked", "proof.key")


def test_a_signature_dated_before_a_revocation_counts_no_more_than_the_account(laboratory):
    revoke(laboratory, NOON - timedelta(days=1))
    signed = laboratory.signed(laboratory.report(), created=NOON - timedelta(days=2))

    (outcome,) = laboratory.submit(signed)

    assert (outcome.status, outcome.assurance) == ("accepted", "account")


def test_a_signature_from_before_the_key_was_in_force_is_refused(laboratory):
    signed = laboratory.signed(laboratory.report(), created=NOON - timedelta(days=500))

    assert refusal(laboratory.submit(signed)) == ("key-not-in-force", "proof.created")


def test_a_signature_from_the_future_is_refused(laboratory):
    signed = laboratory.signed(laboratory.report(), created=NOON + timedelta(hours=1))

    assert refusal(laboratory.submit(signed)) == ("signed-in-future", "proof.created")


def test_a_report_of_another_body_is_refused(laboratory):
    other = Laboratory("231912050002")

    assert refusal(laboratory.submit(other.report())) == ("foreign-body", "body")
    assert refusal(laboratory.submit(other.signed(other.report()))) == ("foreign-body", "body")


def test_a_report_of_an_unknown_body_is_refused(laboratory):
    assert refusal(laboratory.submit(plain_report("999999999999"))) == ("unknown-body", "body")


def test_one_signature_over_a_manifest_vouches_for_every_report_it_lists(laboratory):
    reports = [laboratory.report(number=f"R-{number}") for number in range(3)]
    outsider = laboratory.report(number="R-9")
    outcomes = laboratory.submit(laboratory.manifest(reports), *reports, outsider)

    assert [outcome.status for outcome in outcomes] == ["manifest", "accepted", "accepted", "accepted", "accepted"]
    assert [outcome.assurance for outcome in outcomes[1:]] == ["signed", "signed", "signed", "account"]
    assert Report.objects.filter(manifest__key_id=laboratory.key_id).count() == 3


def test_a_manifest_with_a_wrong_signature_refuses_its_whole_batch(laboratory):
    reports = [laboratory.report(number=f"R-{number}") for number in range(2)]
    manifest = laboratory.manifest(reports)
    manifest["digests"] = manifest["digests"][::-1]
    outcomes = laboratory.submit(manifest, *reports)

    assert [outcome.problem.code for outcome in outcomes] == ["wrong-signature", "manifest-refused", "manifest-refused"]
    assert not Report.objects.exists()


def test_a_manifest_in_the_middle_is_refused(laboratory):
    outcomes = laboratory.submit(laboratory.report(), laboratory.manifest([laboratory.report()]))

    assert outcomes[1].problem.code == "manifest-not-first"


def test_every_line_of_a_batch_is_answered_in_its_place(laboratory):
    outcomes = laboratory.submit(
        laboratory.report(number="A"), b"{", laboratory.report(number="B"), plain_report("999999999999"), b"[]"
    )

    assert [outcome.status for outcome in outcomes] == ["accepted", "refused", "accepted", "refused", "refused"]
    assert [outcome.number for outcome in outcomes if outcome.kept] == ["A", "B"]


def test_more_reports_cost_no_more_queries(laboratory):
    def numbered(first, count):
        return [laboratory.signed(laboratory.report(number=f"N-{first + step}")) for step in range(count)]

    laboratory.submit(*numbered(0, 2))

    with CaptureQueriesContext(connection) as few:
        laboratory.submit(*numbered(10, 2))
    with CaptureQueriesContext(connection) as many:
        laboratory.submit(*numbered(100, 60))

    assert len(many) == len(few)


def test_a_missing_attachment_is_found_and_the_report_kept(laboratory):
    attachment = {"sha256": "ab" * 32, "media_type": "application/pdf", "bytes": 10}
    (outcome,) = laboratory.submit(laboratory.report(attachments=[attachment]))

    assert outcome.status == "accepted"
    assert any("ATTACH" in finding.rule for finding in outcome.findings)


def test_bytes_are_kept_exactly_in_canonical_form(laboratory):
    report = laboratory.report(remarks="  é 汉 \n")
    laboratory.submit(json.dumps(report, indent=3).encode())

    assert selectors.canonical_bytes_of(Report.objects.get()) == canonical_bytes(report)
