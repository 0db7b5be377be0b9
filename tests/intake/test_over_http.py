"""Reports over HTTP: what is kept, what is refused and how, and that a refusal leaves nothing behind."""

import gzip
import io
import json
import zipfile
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from zhunsheng.oversight.reports.models import IdempotencyKey, Report
from zhunsheng.oversight.reports.permissions import OPERATOR
from zhunsheng.oversight.reports.services.housekeeping import forget_keys
from zhunsheng.oversight.reports.services.intake import receive_many
from zhunsheng.oversight.reports.tests.intake_factories import Laboratory, as_bytes
from zhunsheng.platform.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.intake.addresses")]


def test_a_new_report_is_created_and_a_known_one_is_ok(caller, laboratory):
    first = caller.post("reports", as_bytes(laboratory.report()))
    again = caller.post("reports", as_bytes(laboratory.report()))

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["promise"] == again.json()["promise"]
    assert first["Location"] == f"/api/v1/reports/{first.json()['digest']}"


def test_nobody_hands_in_reports_without_credentials(client, laboratory):
    response = client.generic("POST", "/api/v1/reports", as_bytes(laboratory.report()), "application/json")

    assert response.status_code == 401
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b'{"format": "zhunsheng-report/1", "body": {"cma"', "format.truncated"),
        (b"", "format.empty"),
        ("汉".encode("gb18030"), "format.encoding"),
        (b'\xef\xbb\xbf{"format": "zhunsheng-report/1"}', "format.bom"),
        (b'{"a": NaN}', "format.not_a_number"),
        (b"[" * 40 + b"]" * 40, "format.depth"),
    ],
)
def test_what_is_no_json_is_refused_with_a_remedy(caller, raw, rule):
    response = caller.post("reports", raw)

    assert_refused(response, 422, rule)


def assert_refused(response, status, rule, field=None):
    problem = response.json()
    assert response.status_code == status, problem
    assert response["Content-Type"] == "application/problem+json"
    assert problem["rule"] == rule
    assert problem["status"] == status
    assert problem["remedy"]
    if field:
        assert problem["field"] == field
    assert not Report.objects.exists()
    assert not Entry.objects.exists()


def changed(report, path, value):
    """Return a copy of the report with one value put in."""
    copy = json.loads(json.dumps(report))
    place = copy
    *steps, last = path
    for step in steps:
        place = place[step]
    place[last] = value
    return copy


@pytest.mark.parametrize(
    ("path", "value", "rule", "field"),
    [
        (("results", 0, "value"), "０．５", "format.full_width", "results[0].value"),
        (("dates", "issued"), "2026-02-30", "format.impossible_date", "dates.issued"),
        (("results", 0, "value"), 0.5, "format.float", "results[0].value"),
        (("colour",), "red", "format.unknown", "colour"),
        (("number",), None, "format.null", "number"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_field(caller, laboratory, path, value, rule, field):
    assert_refused(caller.post("reports", as_bytes(changed(laboratory.report(), path, value))), 422, rule, field)


def test_a_key_given_twice_is_refused(caller, laboratory):
    raw = as_bytes(laboratory.report()).replace(b'"number":', b'"number": "X", "number":', 1)

    assert_refused(caller.post("reports", raw), 422, "format.duplicate_key", "number")


def test_a_report_that_is_too_large_is_refused_before_it_is_read(caller, laboratory, settings):
    settings.ZHUNSHENG_LIMITS = {**settings.ZHUNSHENG_LIMITS, "report_bytes": 4000}
    raw = as_bytes(laboratory.report(remarks="长" * 4000))

    assert_refused(caller.post("reports", raw), 413, "format.size")


def test_a_wrong_signature_is_refused(caller, laboratory):
    signed = laboratory.signed(laboratory.report()) | {"number": "R-2"}

    assert_refused(caller.post("reports", as_bytes(signed)), 422, "wrong-signature", "proof.signature")


def test_a_foreign_report_is_refused(caller):
    other = Laboratory("231912050002")

    assert_refused(caller.post("reports", as_bytes(other.report())), 403, "foreign-body", "body")


def test_a_refusal_speaks_the_language_of_the_caller(caller, laboratory):
    english = caller.post("reports", b"{", HTTP_ACCEPT_LANGUAGE="en")
    chinese = caller.post("reports", b"{", HTTP_ACCEPT_LANGUAGE="zh-CN")

    assert english.json()["detail"].isascii()
    assert "内容不完整" in chinese.json()["detail"]


def test_a_batch_is_answered_line_by_line_in_order(caller, laboratory):
    lines = [as_bytes(laboratory.report(number=f"R-{number}")) for number in range(5)]
    lines[2] = lines[2][:-20]
    answers = caller.batch(lines)

    assert [answer["line"] for answer in answers] == [1, 2, 3, 4, 5]
    assert [answer["status"] for answer in answers] == [201, 201, 422, 201, 201]
    assert answers[2]["rule"] == "format.truncated"
    assert [answer.get("number") for answer in answers] == ["R-0", "R-1", None, "R-3", "R-4"]
    assert Report.objects.count() == 4


def test_a_signed_manifest_vouches_for_a_batch(caller, laboratory):
    reports = [laboratory.report(number=f"R-{number}") for number in range(3)]
    manifest = laboratory.manifest(reports, created=timezone.now())
    answers = caller.batch([as_bytes(each) for each in (manifest, *reports)])

    assert [answer["outcome"] for answer in answers] == ["manifest", "accepted", "accepted", "accepted"]
    assert {answer["assurance"] for answer in answers[1:]} == {"signed"}


def test_a_batch_may_come_as_gzip(caller, laboratory):
    answers = caller.batch(gzip.compress(as_bytes(laboratory.report()) + b"\n"), HTTP_CONTENT_ENCODING="gzip")

    assert [answer["status"] for answer in answers] == [201]


def test_a_gzip_bomb_is_refused_while_it_is_unpacked(caller):
    bomb = gzip.compress(b" " * 300_000_000)
    answers = caller.batch(bomb, HTTP_CONTENT_ENCODING="gzip")

    assert answers[-1]["rule"] == "gzip-bomb"
    assert answers[-1]["status"] == 413
    assert not Report.objects.exists()


@pytest.mark.parametrize("damage", [lambda packed: packed[:-30], lambda packed: b"\x1f\x8b" + b"?" * 50])
def test_unsound_gzip_is_refused(caller, laboratory, damage):
    packed = damage(gzip.compress(as_bytes(laboratory.report()) + b"\n"))
    answers = caller.batch(packed, HTTP_CONTENT_ENCODING="gzip")

    assert answers[-1]["rule"] == "gzip"
    assert not Report.objects.exists()


def test_an_unknown_encoding_is_refused(caller):
    answers = caller.batch(b"x", HTTP_CONTENT_ENCODING="br")

    assert answers[-1]["rule"] == "encoding-unknown"


def test_a_line_that_is_too_long_is_refused_and_the_next_one_is_read(caller, laboratory, settings):
    settings.ZHUNSHENG_LIMITS = {**settings.ZHUNSHENG_LIMITS, "report_bytes": 3000, "manifest_bytes": 3000}
    lines = [b"x" * 200_000, as_bytes(laboratory.report())]
    answers = caller.batch(lines)

    assert [answer["status"] for answer in answers] == [413, 201]
    assert answers[0]["rule"] == "format.size"


def test_a_batch_with_too_many_lines_keeps_what_it_answered(caller, laboratory, settings):
    settings.ZHUNSHENG_LIMITS = {**settings.ZHUNSHENG_LIMITS, "batch_lines": 2}
    answers = caller.batch([as_bytes(laboratory.report(number=f"R-{number}")) for number in range(4)])

    assert [answer["status"] for answer in answers] == [201, 201, 413]
    assert answers[-1]["rule"] == "batch-lines"
    assert Report.objects.count() == 2


def test_a_stream_that_is_cut_answers_the_rest_nothing(caller, laboratory):
    """The declared length promises more than comes: what is not answered is not kept."""
    whole = b"".join(as_bytes(laboratory.report(number=f"R-{number}")) + b"\n" for number in range(3))
    cut = whole[: len(whole) - 100]
    environ = {"wsgi.input": io.BytesIO(cut), "CONTENT_LENGTH": str(len(whole))}
    response = caller.client.generic(
        "POST", "/api/v1/reports/batch", b"", "application/x-ndjson", **caller.headers, **environ
    )
    answers = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]

    assert answers[-1]["rule"] == "batch-cut"
    kept = [answer["digest"] for answer in answers if answer["status"] == 201]
    assert sorted(kept) == sorted(Report.objects.values_list("digest", flat=True))


def test_an_idempotency_key_brings_the_same_answer_back(caller, laboratory):
    raw = as_bytes(laboratory.report())
    first = caller.post("reports", raw, HTTP_IDEMPOTENCY_KEY="k-1")
    again = caller.post("reports", raw, HTTP_IDEMPOTENCY_KEY="k-1")

    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert IdempotencyKey.objects.count() == 1


def test_an_idempotency_key_is_not_taken_for_another_report(caller, laboratory):
    caller.post("reports", as_bytes(laboratory.report()), HTTP_IDEMPOTENCY_KEY="k-1")
    other = caller.post("reports", as_bytes(laboratory.report(number="R-2")), HTTP_IDEMPOTENCY_KEY="k-1")

    assert other.status_code == 422
    assert other.json()["rule"] == "idempotency-key-reused"
    assert Report.objects.count() == 1


def test_old_idempotency_keys_are_forgotten_and_the_report_is_not(caller, laboratory):
    caller.post("reports", as_bytes(laboratory.report()), HTTP_IDEMPOTENCY_KEY="k-1")

    assert forget_keys(now=timezone.now() + timedelta(days=29)) == 0
    assert forget_keys(now=timezone.now() + timedelta(days=31)) == 1
    assert caller.post("reports", as_bytes(laboratory.report()), HTTP_IDEMPOTENCY_KEY="k-1").status_code == 200


def test_a_check_finds_the_same_and_stores_nothing(caller, laboratory):
    checked = caller.post("reports/check", as_bytes(laboratory.report())).json()

    assert not Report.objects.exists()
    stored = caller.post("reports", as_bytes(laboratory.report())).json()
    assert [finding["rule"] for finding in checked["findings"]] == [finding["rule"] for finding in stored["findings"]]
    assert all(finding["message"] and finding["remedy"] for finding in checked["findings"])


def test_attachments_may_come_with_the_report_or_before_it(caller, laboratory):
    picture = b"%PDF-1.7\n%%EOF\n"
    digest = sha256(picture).hexdigest()
    named = {"sha256": digest, "media_type": "application/pdf", "bytes": len(picture)}
    report = laboratory.report(attachments=[named])
    form = {
        "report": SimpleUploadedFile("report.json", as_bytes(report), "application/json"),
        "scan": SimpleUploadedFile("scan.pdf", picture, "application/pdf"),
    }
    response = caller.client.post("/api/v1/reports", form, **caller.headers)

    assert response.status_code == 201, response.content
    assert not any("ATTACH" in finding["rule"] for finding in response.json()["findings"])
    assert Report.objects.get().files.get().kept


def test_a_zip_bomb_is_not_kept_as_an_attachment(caller):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"0" * 50_000_000)
    response = caller.post("reports/attachments", buffer.getvalue(), "application/zip")

    assert response.status_code in {413, 422}
    assert response.json()["remedy"]


def test_the_public_reads_only_how_a_report_stands(caller, client, laboratory):
    digest = caller.post("reports", as_bytes(laboratory.report())).json()["digest"]

    public = client.get(f"/api/v1/reports/{digest}").json()
    own = caller.get(f"reports/{digest}").json()

    assert public == {"digest": digest, "state": "current", "version": 1}
    assert own["report"]["results"][0]["value"] == "<0.001"
    assert "findings" in own


def test_anyone_reads_what_an_authority_has_published_but_not_what_was_found_in_it(client, laboratory):
    published = laboratory.report(published={"source": "Terviseamet"})
    (outcome,) = receive_many([as_bytes(published)], sender=OPERATOR, channel="import", at=timezone.now())
    answer = client.get(f"/api/v1/reports/{outcome.digest}").json()

    assert outcome.assurance == "publisher"
    assert answer["report"]["number"] == "R-1"
    assert "findings" not in answer


def test_an_unknown_report_is_not_there(client, db):
    assert client.get(f"/api/v1/reports/{'0' * 64}").status_code == 404
