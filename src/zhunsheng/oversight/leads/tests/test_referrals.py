"""Referrals: sent with the whole file, signed for, answered or returned; what nobody picks up goes up."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from zhunsheng.foundation import signing
from zhunsheng.foundation.canonical import canonical_digest, digest_hex
from zhunsheng.oversight.leads import selectors
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.leads.services import Evidence, LeadRefused, archives, open_lead, referring, relying
from zhunsheng.platform.accounts.models import Kind, Role, Sector
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_division, make_member, make_organisation
from zhunsheng.platform.credentials import issuer
from zhunsheng.platform.documents import files
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.notices.models import Delivery
from zhunsheng.registry.bodies.tests.factories import make_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_organisation(division="440000")


@pytest.fixture
def city(province):
    return make_organisation(division="440100", parent=province)


@pytest.fixture
def ecology(province):
    return make_organisation(Kind.DEPARTMENT, division="440000", sector=Sector.ECOLOGY)


@pytest.fixture
def officer(city):
    return make_member(Role.CITY_OFFICER, city)


@pytest.fixture
def ecologist(ecology):
    return make_member(Role.DEPARTMENT_OFFICER, ecology)


@pytest.fixture
def lead(province):
    body = make_body(division=make_division("440106"))
    return open_lead(
        source="alert", reference="1", matter="false_report", title="数据雷同", words="同一标识", body_id=body.pk,
        evidence=[Evidence("report", "R-1", "b" * 64, "报告")], by=None, at=NOON,
    )  # fmt: skip


def sent(lead, receiver, officer, kind="transfer"):
    return referring.refer(
        lead_id=lead.pk, receiver_id=receiver.pk, kind=kind, words="依大气污染防治法处理", by=officer, at=NOON
    )


def test_a_referral_carries_the_file_and_its_digest_is_sealed(lead, ecology, officer):
    made = sent(lead, ecology, officer)

    assert made.manifest == [{"kind": "report", "reference": "R-1", "sha256": "b" * 64, "words": "报告"}]
    assert made.manifest_sha256 == canonical_digest(made.manifest)
    assert Entry.objects.filter(kind="referral.sent", subject=referring.sealed(made)).exists()
    assert Delivery.objects.filter(organisation=ecology).exists()


def test_the_receiver_signs_answers_and_the_lead_ends(lead, ecology, officer, ecologist):
    made = sent(lead, ecology, officer)

    referring.receive(referral_id=made.pk, by=ecologist, at=NOON)
    referring.answer(referral_id=made.pk, words="已由生态环境部门立案", by=ecologist, at=NOON)

    lead.refresh_from_db()
    assert lead.stage == "closed"
    assert lead.outcome.endswith("已由生态环境部门立案")


def test_a_returned_referral_brings_the_lead_back_with_the_reason(lead, ecology, officer, ecologist):
    made = sent(lead, ecology, officer)

    with pytest.raises(LeadRefused):
        referring.give_back(referral_id=made.pk, why="", by=ecologist, at=NOON)
    referring.give_back(referral_id=made.pk, why="不属本部门职责", by=ecologist, at=NOON)

    lead.refresh_from_db()
    assert lead.stage == "new"


def test_a_lead_that_another_city_signs_for_is_in_that_citys_inbox(lead, province, officer):
    other = make_organisation(division="440300", parent=province)
    colleague = make_member(Role.CITY_OFFICER, other)
    made = sent(lead, other, officer)

    referring.receive(referral_id=made.pk, by=colleague, at=NOON)

    assert selectors.leads_visible_to(colleague, TODAY).filter(pk=lead.pk, stage="new").exists()
    assert not selectors.leads_visible_to(officer, TODAY).filter(pk=lead.pk).exists()
    assert selectors.referrals_visible_to(officer, TODAY).filter(pk=made.pk).exists()


def test_only_the_receiver_signs(lead, ecology, officer):
    made = sent(lead, ecology, officer)

    with pytest.raises(NotAllowed):
        referring.receive(referral_id=made.pk, by=officer, at=NOON)


def test_what_nobody_picks_up_goes_to_the_authority_above_and_is_sealed(lead, province, city, ecology, ecologist):
    chief = make_member(Role.PROVINCE_OFFICER, province)
    made = referring.refer(lead_id=lead.pk, receiver_id=city.pk, kind="transfer", words="属地处理", by=chief, at=NOON)

    assert referring.escalate_overdue(NOON + timedelta(days=7)) == 0
    assert referring.escalate_overdue(NOON + timedelta(days=8)) == 1
    assert referring.escalate_overdue(NOON + timedelta(days=9)) == 0
    made.refresh_from_db()
    assert made.escalated_to == province
    assert Entry.objects.filter(kind="referral.escalated").count() == 1
    referring.receive(referral_id=made.pk, by=chief, at=NOON + timedelta(days=9))


def test_nothing_is_sent_to_oneself_or_to_a_laboratory(lead, city, officer):
    with pytest.raises(LeadRefused):
        sent(lead, city, officer)
    with pytest.raises(type(city).DoesNotExist):
        sent(lead, make_organisation(Kind.BODY), officer)


def test_a_relying_authority_subscribes_and_sends_its_doubt_back(lead, city, ecologist):
    body = lead.body
    relying.subscribe(body_id=body.pk, purpose="排污许可", by=ecologist, at=NOON)
    assert relying.tell_subscribers(body=body, subject="证书暂停", words="自今日起", at=NOON) == 1

    made = relying.doubt(
        body_id=body.pk, reference="W-2026-1", words="数值与在线监测不符", evidence=[], by=ecologist, at=NOON
    )

    assert (made.kind, made.receiver) == ("doubt", city)
    assert Lead.objects.get(source="department").matter == "result_doubted"


def test_an_authority_ends_its_own_subscription_with_the_reason_and_hears_no_more(lead, ecologist, officer, client):
    body = lead.body
    made = relying.subscribe(body_id=body.pk, purpose="排污许可", by=ecologist, at=NOON)
    address = f"/leads/subscriptions/{made.pk}/end/"
    client.force_login(officer)
    assert client.post(address, {"why": "不再使用"}).status_code == 404

    client.force_login(ecologist)
    assert address in client.get("/leads/subscriptions/").text
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "许可事项已经移交"}).url == "/leads/subscriptions/"

    assert relying.tell_subscribers(body=body, subject="证书暂停", words="自今日起", at=NOON) == 0
    assert made.history.latest().history_change_reason == "许可事项已经移交"
    assert address not in client.get("/leads/subscriptions/").text


@pytest.mark.usefixtures("province")
def test_an_archive_names_every_file_and_its_signature_holds(settings, tmp_path):
    settings.ZHUNSHENG_HOME, settings.ZHUNSHENG_FILES = tmp_path, tmp_path / "files"
    kept = files.store(b"%PDF-1.7 evidence")

    made = archives.build(
        content={"case": "AJ-1"}, pieces=[archives.Piece("../照片.pdf", kept.sha256)], kind="evidence.exported",
        body="", at=NOON,
    )  # fmt: skip

    with zipfile.ZipFile(io.BytesIO(made.stream.read())) as archive:
        index = archive.read("index.json")
        listed = json.loads(index)["files"]
        signature = json.loads(archive.read("index.sig.json"))
        assert [one["path"] for one in listed] == ["files/0001-照片.pdf"]
        assert digest_hex(archive.read(listed[0]["path"])) == kept.sha256 == listed[0]["sha256"]
    public = issuer.public_keys()[signature["key"]]
    assert signing.verify("ed25519", signing.to_text(public), archives.SIGNED + index, signature["signature"])
    assert Entry.objects.filter(kind="evidence.exported", subject=digest_hex(index)).exists()
