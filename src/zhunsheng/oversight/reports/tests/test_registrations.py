"""A report registered by number and digest alone: sealed, answered, compared, and completed by its full data."""

import hashlib
import json

import pytest

from zhunsheng.oversight.reports import selectors, verification
from zhunsheng.oversight.reports.answers import Status
from zhunsheng.oversight.reports.format import read_report, sign_report
from zhunsheng.oversight.reports.models import Finding, Report, ReportLine
from zhunsheng.oversight.reports.tests.intake_factories import NOON, SLUG, Laboratory, as_bytes, correction

ISSUED = b"%PDF-1.7 the file that the client got"


def digest_of(report):
    return read_report(as_bytes(report)).digest


def registration(number="R-1", version=1, **fields):
    """Return the registration of a PDF that was issued."""
    return {
        "format": "zhunsheng-registration/1",
        "body": {"cma": SLUG},
        "number": number,
        "version": version,
        "issued": "2026-02-27",
        "business": "commissioned",
        "files": [{"sha256": hashlib.sha256(ISSUED).hexdigest(), "media_type": "application/pdf"}],
    } | fields


def row(outcome):
    return Report.objects.get(pk=outcome.report_id)


def test_number_and_digest_are_kept_sealed_and_hold_no_content(laboratory):
    (outcome,) = laboratory.submit(registration())
    assert (outcome.status, outcome.promise is not None) == ("accepted", True)
    kept = row(outcome)
    assert (kept.held, kept.number, str(kept.issued_on), kept.lines) == (False, "R-1", "2026-02-27", 0)
    assert not ReportLine.objects.exists()


def test_the_same_registration_is_known_and_kept_once(laboratory):
    first, again = laboratory.submit(registration(), registration())
    assert (first.status, again.status) == ("accepted", "known")
    assert laboratory.submit(registration())[0].status == "known"
    assert Report.objects.count() == 1


def test_a_batch_takes_full_reports_and_registrations_in_any_order(laboratory):
    outcomes = laboratory.submit(laboratory.report("A"), registration("B"), laboratory.report("C"))
    assert [(one.status, row(one).held) for one in outcomes] == [
        ("accepted", True),
        ("accepted", False),
        ("accepted", True),
    ]


def test_a_signed_registration_has_the_assurance_of_signed_data(laboratory):
    (outcome,) = laboratory.submit(laboratory.signed(registration()))
    assert outcome.assurance == "signed"
    altered = laboratory.signed(registration("R-2")) | {"issued": "2026-03-01"}
    assert laboratory.submit(altered)[0].problem.code == "wrong-signature"


def test_a_signature_over_a_registration_does_not_sign_a_report(laboratory):
    signed = sign_report(registration(), laboratory.private, laboratory.key_id, NOON)
    report = laboratory.report() | {"proof": signed["proof"]}
    assert laboratory.submit(report)[0].status == "refused"


def test_a_dropped_file_is_the_issued_one_or_differs(laboratory):
    laboratory.submit(registration())
    same = verification.by_digest(hashlib.sha256(ISSUED).hexdigest())
    assert (same.status, same.number, same.held) == (Status.VALID, "R-1", False)
    compared = verification.by_digest(hashlib.sha256(ISSUED).hexdigest(), body=SLUG, number="R-1", version=1)
    assert compared.status == Status.VALID
    other = verification.by_digest(hashlib.sha256(ISSUED + b" ").hexdigest(), body=SLUG, number="R-1", version=1)
    assert other.status == Status.ALTERED


def test_the_code_printed_on_the_report_leads_to_its_registration(laboratory):
    report = laboratory.report()
    printed = read_report(as_bytes(report)).digest
    (outcome,) = laboratory.submit(registration(content=printed))
    found = verification.by_code(f"{SLUG}-{outcome.code}")
    assert (found.status, found.held, found.number) == (Status.VALID, False, "R-1")
    assert verification.by_number("R-1", outcome.code).status == Status.VALID
    assert verification.by_number("R-1", "0" * 16).status == Status.ALTERED
    assert verification.by_digest(printed).status == Status.VALID
    assert "lines" not in {field.name for field in found.key_fields}


@pytest.mark.parametrize("content_first", [False, True])
@pytest.mark.parametrize("by", ["content", "file"])
def test_full_data_complete_a_registration_only_with_its_digest(laboratory, by, content_first):
    issued = registration()["files"][0]
    full = laboratory.report()
    if by == "content":
        registered = registration(content=digest_of(full))
    else:
        full["attachments"] = [{"sha256": issued["sha256"], "media_type": "application/pdf", "bytes": len(ISSUED)}]
        registered = registration()
    pair = [full, registered] if content_first else [registered, full]
    outcomes = [laboratory.submit(one)[0] for one in pair]
    content, kept = (row(one) for one in (outcomes if content_first else reversed(outcomes)))
    assert (kept.state, kept.completed_by_id, content.state, content.held) == ("completed", content.pk, "current", True)
    assert not Finding.objects.filter(rule="NUMBER-REUSED").exists()
    found = verification.by_digest(issued["sha256"])
    assert (found.status, found.held, found.digest) == (Status.VALID, True, content.digest)


def test_other_full_data_under_the_number_are_kept_and_found(laboratory):
    laboratory.submit(registration(content="ab" * 32))
    (outcome,) = laboratory.submit(laboratory.report())
    assert [one.rule for one in outcome.findings if one.rule == "NUMBER-REUSED"] == ["NUMBER-REUSED"]
    assert sorted(Report.objects.values_list("state", "held")) == [("current", False), ("current", True)]


def test_registration_and_content_in_one_batch_belong_together(laboratory):
    full = laboratory.report()
    registered, content = laboratory.submit(registration(content=digest_of(full)), full)
    assert row(registered).completed_by_id == content.report_id


def test_a_correction_and_a_withdrawal_are_registered_like_any_other(laboratory):
    laboratory.submit(registration(), correction(registration(), files=[{"sha256": "cd" * 32}]))
    assert verification.by_digest(hashlib.sha256(ISSUED).hexdigest()).successor_version == 2
    notice = registration(version=3, replaces={"kind": "withdrawal", "version": 2, "reason": "样品混淆"})
    del notice["files"]
    laboratory.submit(notice)
    assert verification.by_digest("cd" * 32).withdrawn


def test_full_data_of_a_corrected_registration_are_not_current(laboratory):
    full = laboratory.report()
    first = registration(content=digest_of(full))
    laboratory.submit(first, correction(registration(), files=[{"sha256": "cd" * 32}]))
    laboratory.submit(full)
    found = verification.by_digest(digest_of(full))
    assert (found.status, found.successor_version) == (Status.REPLACED, 2)


def test_a_correction_of_completed_data_replaces_the_data(laboratory):
    full = laboratory.report()
    laboratory.submit(registration(content=digest_of(full)), full)
    laboratory.submit(correction(registration(), files=[{"sha256": "cd" * 32}]))
    assert verification.by_digest(digest_of(full)).status == Status.REPLACED
    assert verification.by_digest(hashlib.sha256(ISSUED).hexdigest()).status == Status.REPLACED


def test_only_rules_about_number_and_date_judge_a_registration(laboratory):
    (outcome,) = laboratory.submit(registration("R-1, R-2", issued="2027-01-01"))
    assert {one.rule for one in outcome.findings} == {"NUMBER-PACKED", "DATE-FUTURE"}


def test_statutory_work_by_digest_alone_is_found(laboratory):
    (outcome,) = laboratory.submit(registration(business="supervision"))
    assert [one.rule for one in outcome.findings] == ["BUSINESS-BY-DIGEST"]
    assert outcome.findings[0].facts == {"work": "supervision"}


@pytest.mark.parametrize(
    ("fields", "absent"),
    [
        ({"business": "supervision"}, ["sample.sampling.sheet", "task.name|task.number", "task.authority"]),
        ({"purpose": "国家监督抽检"}, ["sample.sampling.sheet", "task.name|task.number", "task.authority"]),
        ({"business": "licensing", "task": {"number": "X-1"}}, ["task.authority"]),
        ({"business": "commissioned", "purpose": "国家监督抽检"}, None),
        ({}, None),
    ],
)
def test_statutory_work_states_its_business(laboratory, fields, absent):
    (outcome,) = laboratory.submit(laboratory.report(**fields))
    found = [one.facts["fields"] for one in outcome.findings if one.rule == "BUSINESS-MISSING"]
    assert found == ([absent] if absent else [])


def test_a_report_that_speaks_of_registrations_is_still_a_report(laboratory):
    (outcome,) = laboratory.submit(laboratory.report(remarks='"format":"zhunsheng-registration/1"'))
    assert row(outcome).held


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"files": []}, "format.short_list"),
        ({"files": [{"sha256": "AB" * 32}]}, "format.identifier"),
        ({"issued": "2026-02-30"}, "format.impossible_date"),
        ({"body": {"name": "某实验室"}}, "format.no_body"),
        ({"results": []}, "format.unknown"),
        ({"number": " R-1"}, "format.edge_space"),
    ],
)
def test_what_is_no_registration_is_refused_with_its_field(laboratory, change, problem):
    (outcome,) = laboratory.submit(registration(**change))
    assert (outcome.status, outcome.problem.code) == ("refused", problem)


def test_a_registration_without_any_digest_is_refused(laboratory):
    bare = registration()
    del bare["files"]
    assert laboratory.submit(json.dumps(bare).encode())[0].problem.code == "format.no_digest"


def test_coverage_counts_a_registration_with_content_once(laboratory):
    full = laboratory.report("A")
    laboratory.submit(registration("A", content=digest_of(full)), full, registration("B"), registration("C"))
    found = selectors.coverage(Report.objects.all())
    assert (found.full, found.by_digest, found.percent_full) == (1, 2, 33)


def test_the_pages_say_that_only_number_and_digest_are_held(laboratory, client):
    full = laboratory.report()
    (only,) = laboratory.submit(registration(content=digest_of(full)))
    words = "仅登记编号与摘要"
    public = client.get(f"/v/{SLUG}-{only.code}", follow=True).content.decode()
    assert words in public
    assert "number=R-1" in public  # the dropped file is compared with what was registered under this number

    client.force_login(laboratory.user)
    page = client.get(f"/reports/{only.digest}/").content.decode()
    assert words in page
    assert "校验未发现问题" not in page
    assert client.get(f"/reports/{only.digest}/report.pdf").status_code == 404
    assert client.get(f"/reports/{only.digest}/report.json").json()["format"] == "zhunsheng-registration/1"
    laboratory.submit(full)
    assert f"/reports/{digest_of(full)}/" in client.get(f"/reports/{only.digest}/").content.decode()
    assert words not in client.get(f"/v/{SLUG}-{only.code}", follow=True).content.decode()
    assert client.get("/reports/?held=false").content.decode().count("已收到完整数据") >= 1


def test_files_hashed_in_the_browser_are_registered_with_their_number(laboratory, client):
    client.force_login(laboratory.user)
    lines = f"number=R-7\tdigest={'ab' * 32}\nnumber=R-7\tcontent={'cd' * 32}\nnumber=R-8\tdigest={'ef' * 31}\n"
    given = {"body": SLUG, "issued": "2026-02-27", "business": "commissioned", "reports": lines}
    page = client.post("/reports/register/", given).content.decode()
    kept = Report.objects.get()
    assert (kept.number, kept.held, kept.registered, str(kept.issued_on)) == ("R-7", False, "cd" * 32, "2026-02-27")
    assert verification.by_digest("ab" * 32).number == "R-7"
    assert "SHA-256" in page
    assert f'data-copy="{"ab" * 32}"' in page


def test_the_business_of_what_is_registered_is_chosen_and_shown(laboratory, client):
    client.force_login(laboratory.user)
    given = {"body": SLUG, "issued": "2026-02-27", "business": "supervision"}
    given["reports"] = f"number=R-7\tfile=R-7.pdf\tversion=2\tissued=2026-02-20\tdigest={'ab' * 32}"
    page = client.post("/reports/register/", given).content.decode()
    kept = Report.objects.get()
    assert (kept.version, str(kept.issued_on)) == (2, "2026-02-20")
    assert "监督抽检" in page
    assert {one.rule for one in kept.found.all()} == {"BUSINESS-BY-DIGEST"}
    assert client.post("/reports/register/", given | {"business": ""}).status_code == 422


def test_nobody_registers_reports_of_another_body(laboratory, client):
    other = Laboratory("231912050002")
    client.force_login(other.user)
    given = {"body": SLUG, "issued": "2026-02-27", "business": "commissioned"}
    given |= {"reports": f"number=R-7\tdigest={'ab' * 32}"}
    assert client.post("/reports/register/", given).status_code == 422
    assert not Report.objects.exists()
