"""Joint cases: who is asked sees and puts in, agrees or not, and decides in one name with the others or in its own."""

import pytest

from zhunsheng.oversight.enforcement.models import CaseParticipant
from zhunsheng.oversight.enforcement.selectors import cases_visible_to
from zhunsheng.oversight.enforcement.services import CaseRefused, deciding, investigating, joint, proposing
from zhunsheng.oversight.enforcement.services.investigating import Taken
from zhunsheng.oversight.enforcement.tests.factories import FINE, LATER, decided, filed, make_world, serve_notice
from zhunsheng.platform.accounts.models import Kind, Role, Sector
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.notices.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain(settings, tmp_path):
    settings.ZHUNSHENG_MFA_REQUIRED, settings.ZHUNSHENG_FILES = False, tmp_path


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def ecology():
    return make_organisation(Kind.DEPARTMENT, name="广东省生态环境厅", sector=Sector.ECOLOGY)


@pytest.fixture
def ecologist(ecology):
    return make_member(Role.DEPARTMENT_OFFICER, ecology)


def asked(world, ecology, mode="one", case=None):
    case = case or filed(world)
    given = {"organisation_id": ecology.pk, "mode": mode, "words": "请核实排放数据", "by": world.first, "at": NOON}
    joint.ask(case_id=case.pk, **given)
    case.refresh_from_db()
    return case


def joined(world, ecology, ecologist, mode="one"):
    case = asked(world, ecology, mode)
    joint.join(case_id=case.pk, accepts=True, words="", by=ecologist, at=NOON)
    return case


def handed_on(world, case):
    """Bring a case to the point at which it waits for its decision."""
    proposing.propose(case_id=case.pk, chosen={1: [FINE]}, words="调查终结", by=world.first, at=NOON)
    proposing.examine(case_id=case.pk, passes=True, words="事实清楚", by=world.lawyer, at=NOON)
    proposing.notify(case_id=case.pk, words="拟处罚款", by=world.first, at=NOON)
    serve_notice(world, case)
    return proposing.submit(case_id=case.pk, words="当事人未陈述", by=world.first, at=LATER)


def decide(world, case):
    return deciding.decide(case_id=case.pk, result="punished", words="成立", by=world.head, at=LATER)


def test_who_is_asked_sees_the_case_and_is_told_and_nobody_else_of_its_kind(world, ecology, ecologist):
    other = make_member(
        Role.DEPARTMENT_OFFICER, make_organisation(Kind.DEPARTMENT, name="交通厅", sector=Sector.TRANSPORT)
    )
    assert not cases_visible_to(ecologist, NOON.date()).exists()
    case = asked(world, ecology)

    assert cases_visible_to(ecologist, NOON.date()).get() == case
    assert not cases_visible_to(other, NOON.date()).exists()
    assert Delivery.objects.filter(organisation=ecology, notice__kind="enforcement.joint").exists()


def test_inputs_begin_with_joining(world, ecology, ecologist):
    case = asked(world, ecology)
    taken = [Taken(b"%PDF-1.4 monitoring", "监测数据.pdf", "data")]
    with pytest.raises(CaseRefused):
        joint.contribute(case_id=case.pk, words="在线监测数据不一致", by=ecologist, at=NOON)
    with pytest.raises(NotAllowed):
        investigating.add_files(case_id=case.pk, taken=taken, by=ecologist, at=NOON)
    joint.join(case_id=case.pk, accepts=True, words="", by=ecologist, at=NOON)

    joint.contribute(case_id=case.pk, words="在线监测数据不一致", by=ecologist, at=NOON)
    investigating.add_files(case_id=case.pk, taken=taken, by=ecologist, at=NOON)
    assert ecology.name in case.events.get(kind="joint_note").words
    assert case.files.get().by == ecologist


def test_who_declines_sees_the_case_no_more_and_may_be_asked_again(world, ecology, ecologist):
    case = asked(world, ecology)
    with pytest.raises(CaseRefused):
        joint.join(case_id=case.pk, accepts=False, words=" ", by=ecologist, at=NOON)
    joint.join(case_id=case.pk, accepts=False, words="不属本部门职责", by=ecologist, at=NOON)

    assert not cases_visible_to(ecologist, NOON.date()).exists()
    asked(world, ecology, case=case)
    assert CaseParticipant.objects.filter(case=case).count() == 2


def test_one_decision_for_all_waits_for_everybody_s_agreement(world, ecology, ecologist):
    case = joined(world, ecology, ecologist)
    handed_on(world, case)
    with pytest.raises(CaseRefused):
        decide(world, case)
    joint.opine(case_id=case.pk, agrees=False, words="幅度过轻", by=ecologist, at=LATER)
    with pytest.raises(CaseRefused):
        decide(world, case)
    joint.opine(case_id=case.pk, agrees=True, words="补充说明后同意", by=ecologist, at=LATER)

    assert decide(world, case).result == "punished"
    assert case.events.filter(kind="joint_opinion").count() == 2


def test_an_agreement_with_an_older_proposal_does_not_count(world, ecology, ecologist):
    case = joined(world, ecology, ecologist)
    handed_on(world, case)
    CaseParticipant.objects.filter(case=case).update(agrees=True, opined_at=NOON.replace(year=2025))

    with pytest.raises(CaseRefused):
        decide(world, case)


def test_each_decides_in_its_own_name_once_and_sealed(world, ecology, ecologist):
    case = joined(world, ecology, ecologist, "each")
    handed_on(world, case)
    decide(world, case)
    head = make_member(Role.DEPARTMENT_OFFICER, ecology)
    given = {"case_id": case.pk, "number": "粤环罚〔2026〕1号", "words": "依大气法第一百一十二条处罚", "at": LATER}
    made = joint.decide_own(by=head, **given)

    assert Entry.objects.filter(kind="case.decided_jointly", subject=made.decision_sha256).exists()
    with pytest.raises(CaseRefused):
        joint.decide_own(by=head, **given)


def test_who_put_in_what_it_knows_does_not_decide_for_its_authority(world, ecology, ecologist):
    case = joined(world, ecology, ecologist, "each")
    joint.contribute(case_id=case.pk, words="现场监测", by=ecologist, at=NOON)
    handed_on(world, case)

    with pytest.raises(SamePerson):
        joint.decide_own(case_id=case.pk, number="1号", words="处罚", by=ecologist, at=LATER)


def test_in_a_case_with_one_decision_nobody_else_decides(world, ecology, ecologist):
    case = joined(world, ecology, ecologist)
    handed_on(world, case)

    with pytest.raises(CaseRefused):
        joint.decide_own(case_id=case.pk, number="1号", words="处罚", by=ecologist, at=LATER)


@pytest.mark.parametrize("mode", ["each", "third"])
def test_how_it_is_decided_is_settled_once(world, ecology, mode):
    case = asked(world, ecology, "one")
    other = make_organisation(Kind.DEPARTMENT, name="广东省交通运输厅", sector=Sector.TRANSPORT)

    with pytest.raises(CaseRefused):
        joint.ask(case_id=case.pk, organisation_id=other.pk, mode=mode, words="x", by=world.first, at=NOON)


def test_nobody_is_asked_twice_nor_by_strangers_nor_after_the_decision(world, ecology, ecologist):
    case = asked(world, ecology)
    again = {"organisation_id": ecology.pk, "mode": "one", "words": "x", "at": NOON}
    with pytest.raises(CaseRefused):
        joint.ask(case_id=case.pk, by=world.first, **again)
    for stranger in (ecologist, world.manager):
        with pytest.raises(NotAllowed):
            joint.ask(case_id=case.pk, by=stranger, **again)
    with pytest.raises(CaseRefused):
        joint.ask(case_id=decided(world).pk, by=world.first, **again)
    with pytest.raises(NotAllowed):
        joint.join(case_id=case.pk, accepts=True, words="", by=world.manager, at=NOON)


def test_who_leaves_says_why_sees_the_case_no_more_and_nothing_waits_for_it(client, world, ecology, ecologist):
    case = joined(world, ecology, ecologist)
    joint.contribute(case_id=case.pk, words="在线监测数据不一致", by=ecologist, at=NOON)
    address = f"/enforcement/{case.number}/"
    client.force_login(ecologist)
    assert "do/joint_leave/" in client.get(address).content.decode()
    assert client.post(f"{address}do/joint_leave/", {"words": " "}).status_code == 422
    left = client.post(f"{address}do/joint_leave/", {"words": "涉及环境的事项已另案处理"})

    assert (left.status_code, left.url) == (302, "/enforcement/")
    assert client.get(address).status_code == client.get(f"{address}records/").status_code == 404
    with pytest.raises(NotAllowed):
        joint.contribute(case_id=case.pk, words="再补充", by=ecologist, at=NOON)
    event = case.events.get(kind="joint_left")
    assert (event.by, event.values["organisation"]) == (ecologist, ecology.pk)
    row = CaseParticipant.objects.get(case=case)
    assert row.history.first().history_change_reason == "涉及环境的事项已另案处理"
    told = Delivery.objects.filter(organisation=world.authority, notice__subject__startswith="退出联合办案")
    assert told.count() == 1
    assert case.events.filter(kind="joint_note").exists()
    handed_on(world, case)
    assert decide(world, case).result == "punished"


def test_the_authority_that_handles_it_releases_a_participant_with_the_reason_and_may_ask_again(
    client, world, ecology, ecologist
):
    case = joined(world, ecology, ecologist)
    seat = CaseParticipant.objects.get(case=case)
    with pytest.raises(NotAllowed):
        joint.release(case_id=case.pk, participant_id=seat.pk, words="无需协办", by=ecologist, at=NOON)
    client.force_login(world.first)
    given = {"participant": seat.pk, "words": "排放数据已查清"}
    assert client.post(f"/enforcement/{case.number}/do/joint_release/", given).status_code == 302

    assert not cases_visible_to(ecologist, NOON.date()).exists()
    told = Delivery.objects.get(organisation=ecology, notice__subject__startswith="不再参与")
    assert "排放数据已查清" in told.notice.body
    assert told.href == "/enforcement/"
    assert "不再参与联合办案" in client.get(f"/enforcement/{case.number}/records/").content.decode()
    asked(world, ecology, case=case)
    assert cases_visible_to(ecologist, NOON.date()).get() == case


def test_who_has_decided_in_its_own_name_stays(world, ecology, ecologist):
    case = joined(world, ecology, ecologist, "each")
    handed_on(world, case)
    head = make_member(Role.DEPARTMENT_OFFICER, ecology)
    joint.decide_own(case_id=case.pk, number="1号", words="处罚", by=head, at=LATER)

    with pytest.raises(CaseRefused, match="stays"):
        joint.leave(case_id=case.pk, words="退出", by=head, at=LATER)


def test_the_participant_s_own_page_offers_its_steps_alone(client, world, ecology, ecologist):
    case = asked(world, ecology)
    client.force_login(ecologist)
    address = f"/enforcement/{case.number}/"
    page = client.get(address).content.decode()
    assert "do/joint_join/" in page
    assert "do/note/" not in page
    assert client.post(f"{address}do/joint_join/", {"yes": "1", "words": "参加"}).status_code == 302

    page = client.get(address).content.decode()
    assert "do/joint_note/" in page
    assert "do/propose" not in page
    for place in ("records/", "files/"):
        assert client.get(address + place).status_code == 200
    refused = client.post(f"{address}do/note/", {"words": "调查"})
    assert refused.status_code in (403, 422)
    assert not case.events.filter(kind="investigate").exists()
    assert client.get("/enforcement/").status_code == 200
