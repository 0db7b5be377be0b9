"""A suspected crime: two officers report it, the head decides, it goes out within hours, and the police answer."""

from datetime import date, timedelta

import pytest

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.enforcement.models import CasePause, PoliceTransfer
from zhunsheng.oversight.enforcement.services import CaseRefused, police
from zhunsheng.oversight.enforcement.tests.factories import decided, filed, make_world, proposed
from zhunsheng.oversight.leads.models import Referral
from zhunsheng.platform.accounts.models import Kind, Role, Sector
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation

pytestmark = pytest.mark.django_db
ASKED = ["report", "items", "tests"]


@pytest.fixture(autouse=True)
def _plain(settings, tmp_path):
    settings.ZHUNSHENG_MFA_REQUIRED, settings.ZHUNSHENG_FILES = False, tmp_path


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def bureau():
    return make_organisation(Kind.DEPARTMENT, name="广东省公安厅", sector=Sector.POLICE)


def reported(world, case=None):
    case = case or filed(world)
    return police.report(case_id=case.pk, words="涉嫌提供虚假证明文件罪", by=world.first, at=NOON)


def approved(world):
    found = reported(world)
    return police.decide(transfer_id=found.pk, approved=True, reasons="同意移送", by=world.head, at=NOON)


def test_the_whole_way_to_the_police_and_back(world, bureau):
    found = approved(world)
    assert found.send_by == NOON + timedelta(hours=24)
    case = found.case
    case.refresh_from_db()
    assert case.stage == "transferred"
    assert CasePause.objects.get(case=case).cause == "police"

    later = NOON + timedelta(hours=20)
    police.hand_over(transfer_id=found.pk, receiver_id=bureau.pk, documents=ASKED, by=world.first, at=later)
    found.refresh_from_db()
    assert found.documents == sorted([*ASKED, "letter"])  # the letter is made with the step
    assert case.documents.get(kind="police").number.endswith("号")
    assert Referral.objects.get().kind == "police"

    police.answered(
        transfer_id=found.pk, accepted=False, words="不予立案", by=world.first, at=later + timedelta(days=2)
    )
    found.refresh_from_db()
    case.refresh_from_db()
    assert case.stage == "investigating"
    assert found.reconsider_by == date(2026, 3, 8)
    assert CasePause.objects.get(case=case).until is not None


@pytest.mark.parametrize("lacking", ASKED)
def test_nothing_is_sent_without_every_document_of_the_rules(world, bureau, lacking):
    found = approved(world)
    given = [one for one in ASKED if one != lacking]

    with pytest.raises(CaseRefused):
        police.hand_over(transfer_id=found.pk, receiver_id=bureau.pk, documents=given, by=world.first, at=NOON)
    assert not Referral.objects.exists()


def test_only_the_two_investigators_report(world):
    case = filed(world)
    third = make_member(Role.INSPECTOR, world.authority)
    for user in (third, world.head):
        with pytest.raises(CaseRefused):
            police.report(case_id=case.pk, words="涉嫌犯罪", by=user, at=NOON)
    with pytest.raises(NotAllowed):
        police.report(case_id=case.pk, words="涉嫌犯罪", by=world.manager, at=NOON)


def test_a_second_report_waits_for_the_first(world):
    found = reported(world)

    with pytest.raises(CaseRefused):
        reported(world, found.case)


def test_who_investigated_does_not_decide_about_the_transfer(world):
    found = reported(world)
    both = make_member(Role.PROVINCE_OFFICER, world.authority, user=world.first)

    with pytest.raises(SamePerson):
        police.decide(transfer_id=found.pk, approved=True, reasons="同意", by=both, at=NOON)
    with pytest.raises(NotAllowed):
        police.decide(transfer_id=found.pk, approved=True, reasons="同意", by=world.lawyer, at=NOON)


def test_refused_by_the_head_the_case_goes_on(world):
    case = proposed(world)
    found = reported(world, case)
    police.decide(transfer_id=found.pk, approved=False, reasons="未达追诉标准", by=world.head, at=NOON)

    case.refresh_from_db()
    assert case.stage == "reviewing"
    with pytest.raises(CaseRefused):
        police.decide(transfer_id=found.pk, approved=True, reasons="再议", by=world.head, at=NOON)


def test_a_late_decision_is_on_record(world):
    found = reported(world)
    late = NOON + timedelta(days=6)
    police.decide(transfer_id=found.pk, approved=True, reasons="同意", by=world.head, at=late)

    assert found.case.events.get(kind="police_decision").values["late"] is True


def test_a_decided_case_is_not_transferred_any_more(world):
    case = decided(world)

    with pytest.raises(IllegalMove):
        reported(world, case)
    assert not PoliceTransfer.objects.exists()
