"""Reports from the public: with or without a name, followed by code and secret, answered, limited."""

import hashlib
import io
import string

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.oversight.leads.models import Complaint, Lead
from zhunsheng.oversight.leads.rules import codes
from zhunsheng.oversight.leads.services import LeadRefused, complaints, triage
from zhunsheng.oversight.leads.services.complaints import Reporter
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.rate import TooOften
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.platform.documents.errors import FileRefused

NOBODY = Reporter()


@pytest.fixture
def officer(db):
    return make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


def reported(reporter=NOBODY, uploads=(), address="192.0.2.1", **values):
    plain = {
        "matter": "false_report", "words": "没有到现场取样就出具了报告", "body_id": None, "subject": "某检测公司",
        "division_id": None, "at": NOON,
    }  # fmt: skip
    return complaints.report(reporter=reporter, uploads=uploads, address=address, **(plain | values))


@pytest.mark.usefixtures("officer")
def test_who_gives_no_name_follows_the_report_by_its_secret():
    made = reported()

    found = complaints.look(
        code=made.complaint.code.lower(), secret=made.secret.replace("-", " "), address="x", at=NOON
    )
    assert (found.pk, found.anonymous, found.lead.source) == (made.complaint.pk, True, "complaint")


@pytest.mark.usefixtures("officer")
def test_the_secret_itself_is_kept_nowhere():
    made = reported()

    kept = Complaint.objects.values().get()
    assert made.secret.replace("-", "") not in str(kept)
    assert kept["secret_sha256"] == hashlib.sha256(made.secret.replace("-", "").encode()).hexdigest()


@pytest.mark.usefixtures("officer")
def test_a_wrong_secret_and_an_unknown_code_are_one_answer():
    made = reported()

    said = set()
    for code, secret in ((made.complaint.code, "0000-0000-0000-0000"), ("JB0000000000", made.secret)):
        with pytest.raises(LeadRefused) as refused:
            complaints.look(code=code, secret=secret, address="x", at=NOON)
        said.add(str(refused.value))
    assert len(said) == 1


@pytest.mark.usefixtures("officer")
def test_guessing_is_stopped_after_twenty_attempts_a_minute():
    made = reported()
    for _ in range(complaints.LOOKS_A_MINUTE):
        with pytest.raises(LeadRefused):
            complaints.look(code=made.complaint.code, secret="0", address="x", at=NOON)
    with pytest.raises(TooOften):
        complaints.look(code=made.complaint.code, secret=made.secret, address="y", at=NOON)


@pytest.mark.usefixtures("officer")
def test_one_address_sends_five_reports_a_minute_and_no_more():
    for _ in range(complaints.REPORTS_A_MINUTE):
        reported()
    with pytest.raises(TooOften):
        reported()
    reported(address="192.0.2.2")
    assert Lead.objects.count() == 6


@pytest.mark.usefixtures("officer")
def test_a_program_among_the_files_is_refused_and_nothing_is_taken(settings, tmp_path):
    settings.ZHUNSHENG_FILES = tmp_path
    with pytest.raises(FileRefused):
        reported(uploads=[(io.BytesIO(b"MZ\x90\x00 program"), "照片.jpg")])
    assert not Lead.objects.exists()


def test_who_gave_a_name_is_answered_within_five_working_days(officer):
    made = reported(Reporter("李某", "13800000000"))
    triage.dismiss(lead_id=made.complaint.lead_id, why="无具体线索", by=officer, at=NOON)

    made.complaint.refresh_from_db()
    assert made.complaint.due_on.isoformat() == "2026-03-09"
    complaints.answer(lead_id=made.complaint.lead_id, words="经核查，不予立案", by=officer, at=NOON)
    made.complaint.refresh_from_db()
    assert made.complaint.answered_at == NOON


@pytest.mark.usefixtures("officer")
def test_names_are_encrypted_in_the_database(django_db_blocker):
    from django.db import connection

    reported(Reporter("李某某", "13800000000"))
    with connection.cursor() as cursor:
        cursor.execute("select name, contact from leads_complaint")
        assert "李某某" not in str(cursor.fetchall())


@given(st.text(alphabet=string.ascii_letters + string.digits + " -", max_size=40))
def test_reading_a_code_twice_changes_nothing(text):
    assert codes.read(codes.read(text)) == codes.read(text)


def test_who_gave_no_name_reads_the_answer_by_the_secret_and_is_answered_in_time_too(client, officer):
    made = reported()
    triage.dismiss(lead_id=made.complaint.lead_id, why="经核查不属实", by=officer, at=NOON)
    made.complaint.refresh_from_db()
    assert made.complaint.due_on is not None
    complaints.answer(lead_id=made.complaint.lead_id, words="您反映的问题经核查不属实。", by=officer, at=NOON)

    follow = client.post("/leads/report/follow/", {"code": made.complaint.code, "secret": made.secret}, follow=True)
    assert "您反映的问题经核查不属实。" in follow.content.decode()
    assert str(officer) not in follow.content.decode()
