"""The pages of leads and cases: each reader meets what the policy shows, from the lead to the publication."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from zhunsheng.oversight.enforcement.models import Case, LawConfirmation
from zhunsheng.oversight.enforcement.rules.sanctions import Sanction
from zhunsheng.oversight.enforcement.services import carrying_out
from zhunsheng.oversight.enforcement.tests.factories import LATER, decided, filed, make_world, proposed, to_decide
from zhunsheng.oversight.leads.lifecycle import Stage as LeadStage
from zhunsheng.oversight.leads.models import Lead, Referral
from zhunsheng.oversight.leads.services import open_lead
from zhunsheng.platform.accounts.models import Division, Kind, Role
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain(settings, tmp_path):
    settings.ZHUNSHENG_MFA_REQUIRED, settings.ZHUNSHENG_FILES = False, tmp_path
    cache.clear()


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def lead(world):
    return open_lead(
        source="alert", reference="1", matter="data_anomaly", title="数据雷同", words="报告相同", body_id=world.body.pk,
        by=None, at=timezone.now(),
    )  # fmt: skip


def get(client, user, address):
    client.force_login(user)
    return client.get(address)


def test_an_officer_walks_every_page(client, world, lead):
    case = filed(world)
    for address in (
        "/leads/", "/leads/tab/late/", "/leads/new/", f"/leads/{lead.number}/", "/leads/referrals/",
        "/leads/referrals/tab/all/", "/enforcement/", "/enforcement/tab/late/", f"/enforcement/new/?lead={lead.number}",
        f"/enforcement/{case.number}/", f"/enforcement/{case.number}/records/", f"/enforcement/{case.number}/files/",
        f"/enforcement/{case.number}/propose/", f"/enforcement/{case.number}/finding/1/", "/enforcement/board/",
        "/enforcement/yardstick/", "/enforcement/qualifications/", "/enforcement/published/",
        "/en/enforcement/board/", f"/en/leads/{lead.number}/", f"/en/enforcement/{case.number}/",
    ):  # fmt: skip
        assert get(client, world.head, address).status_code == 200, address


@pytest.mark.parametrize("stage", ["reviewing", "deciding", "decided"])
def test_the_page_of_a_case_at_each_stage_offers_what_may_be_done(client, world, stage):
    make = {"reviewing": proposed, "deciding": to_decide, "decided": decided}[stage]
    case = make(world)
    for user in (world.head, world.first, world.lawyer):
        assert get(client, user, f"/enforcement/{case.number}/").status_code == 200


def test_a_lead_becomes_a_case_by_the_pages(client, world, lead):
    client.force_login(world.head)
    taken = client.post(f"/leads/{lead.number}/do/accept/")
    assert taken.status_code == 302
    given = {"body": world.body.slug, "violation": "VIO-FALSE-REPORT", "found": "未检测", "on": "2026-02-01"}
    made = client.post(f"/enforcement/new/?lead={lead.number}", given)

    assert made.status_code == 302
    lead.refresh_from_db()
    assert lead.stage == LeadStage.FILED
    assert Case.objects.get().leads.get().lead == lead


def test_a_penalty_is_proposed_beside_the_yardstick(client, world):
    case = filed(world)
    page = get(client, world.first, f"/enforcement/{case.number}/propose/")
    assert "50,000–100,000" in page.content.decode()

    given = {"1-CON-PQL57-BODY-on": "on", "1-CON-PQL57-BODY-amount": "200000", "words": "终结"}
    refused = client.post(f"/enforcement/{case.number}/propose/", given)
    assert refused.status_code == 422
    given["1-CON-PQL57-BODY-amount"] = "75000"
    assert client.post(f"/enforcement/{case.number}/propose/", given).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.penalties.get().amount) == ("reviewing", Decimal(75000))


def test_a_stranger_meets_nothing(client, world, lead):
    case = filed(world)
    stranger = make_member(Role.CITY_OFFICER, make_organisation(division="440300"))
    assert get(client, stranger, f"/enforcement/{case.number}/").status_code == 404
    assert get(client, stranger, f"/leads/{lead.number}/").status_code == 404
    assert get(client, world.manager, "/leads/").status_code == 403
    assert get(client, world.manager, f"/enforcement/{case.number}/").status_code == 404


def test_the_party_reads_its_case_from_the_notice_on_without_names_of_officers(client, world):
    case = decided(world)
    page = get(client, world.manager, f"/enforcement/{case.number}/")
    assert page.status_code == 200
    assert str(world.first) not in page.content.decode()


def test_the_evidence_is_exported_by_one_button(client, world):
    case = filed(world)
    client.force_login(world.first)
    done = client.post(f"/enforcement/{case.number}/export/")
    with zipfile.ZipFile(io.BytesIO(b"".join(done.streaming_content))) as archive:
        names = set(archive.namelist())
        assert {"index.json", "index.sig.json"} < names
        assert any("立案审批表" in one for one in names)


def test_a_published_decision_is_read_by_everybody_until_it_is_taken_down(client, world):
    case = decided(world)
    carrying_out.publish(case_id=case.pk, by=world.head, at=LATER)
    assert "粤市监处〔2026〕1号" in client.get("/enforcement/published/").content.decode()
    assert client.get(f"/enforcement/published/{case.decision.pk}/").status_code == 200

    type(case.decision).objects.update(hidden_at=LATER)
    assert client.get(f"/enforcement/published/{case.decision.pk}/").status_code == 404


def test_an_administrator_confirms_a_rule_on_the_page(client, world):
    administrator = make_member(Role.SYSTEM_ADMINISTRATOR, world.authority)
    client.force_login(administrator)
    given = {"entry": "CON-O163-34-FINE", "text_seen": "总局令第163号第三十四条"}
    assert client.post("/enforcement/yardstick/", given).status_code == 302
    assert LawConfirmation.objects.get().entry == "CON-O163-34-FINE"
    client.force_login(world.head)
    assert client.post("/enforcement/yardstick/", given).status_code == 403


def test_the_page_says_who_confirmed_a_rule_and_lets_it_be_taken_back_with_the_reason(client, world):
    administrator = make_member(Role.SYSTEM_ADMINISTRATOR, world.authority)
    client.force_login(administrator)
    client.post("/enforcement/yardstick/", {"entry": "SEVERE-LIST", "text_seen": "总局令第44号第十四条"})
    held = LawConfirmation.objects.get()
    client.force_login(world.head)
    page = client.get("/enforcement/yardstick/").content.decode()
    assert "总局令第44号第十四条" in page
    assert str(administrator) in page
    address = f"/enforcement/yardstick/{held.pk}/take-back/"
    assert address not in page
    assert client.post(address, {"why": "条文有误"}).status_code == 403

    client.force_login(administrator)
    assert address in client.get("/enforcement/yardstick/").content.decode()
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "条文有误"}).status_code == 302
    held.refresh_from_db()
    assert held.withdrawn_at is not None
    assert "总局令第44号第十四条" not in client.get("/enforcement/yardstick/").content.decode()


def test_anybody_reports_and_follows_the_report(client, world):
    assert client.get(f"/leads/report/?body={world.body.slug}&number=R-1").status_code == 200
    given = {"matter": "false_report", "subject": "某公司", "words": "未取样"}
    done = client.post("/leads/report/", given, follow=True)
    code, secret = Lead.objects.get().reference, done.context["secret"]
    assert client.post("/leads/report/follow/", {"code": code, "secret": "wrong"}).status_code == 422
    mine = client.post("/leads/report/follow/", {"code": code, "secret": secret}, follow=True)
    assert code in mine.content.decode()
    assert client.post("/leads/report/mine/", {"words": "补充"}).status_code == 302


def test_whoever_verified_a_report_is_led_to_the_form_with_its_body_filled_in(client, world):
    answer = client.get(f"/v/{world.body.slug}-AAAAAAAAAAAAAAAA")
    link = f"/leads/report/?body={world.body.slug}"
    assert link in answer.content.decode()
    assert f'value="{world.body.name}"' in client.get(link).content.decode()


def test_a_department_signs_for_a_referral_and_answers_it(client, world, lead):
    ecology = make_organisation(Kind.DEPARTMENT, division="440000")
    ecologist = make_member(Role.DEPARTMENT_OFFICER, ecology)
    client.force_login(world.head)
    given = {"receiver": ecology.pk, "kind": "transfer", "words": "请处理"}
    assert client.post(f"/leads/{lead.number}/do/refer/", given).status_code == 302
    number = Referral.objects.get().number

    assert get(client, ecologist, f"/leads/referrals/{number}/").status_code == 200
    assert client.post(f"/leads/referrals/{number}/do/receive/").status_code == 302
    assert client.post(f"/leads/referrals/{number}/do/answer/", {"words": "已立案"}).status_code == 302
    assert client.get("/leads/subscriptions/").status_code == 200
    assert client.post("/leads/subscriptions/new/", {"body": world.body.slug, "purpose": "许可"}).status_code == 302
    assert client.get(f"/leads/doubts/{world.body.slug}/").status_code == 200
    assert client.post(f"/leads/referrals/{number}/file/").status_code == 200


def test_a_county_recommends_and_the_province_decides_about_the_qualification(client):
    from zhunsheng.oversight.enforcement.rules.yardstick import Facts
    from zhunsheng.oversight.enforcement.services import FindingFacts

    province = make_organisation(division="440000")
    world = make_world("440100")
    facts = Facts(field="product", circumstances=frozenset({"ten_reports"}))
    finding = FindingFacts("VIO-FALSE-REPORT", "十二份", NOON.date(), facts)
    sanctions = (
        Sanction("CON-PQL57-BODY", Decimal(90000)),
        Sanction("CON-PQL57-QUALIFICATION", measure="revoke"),
    )
    case = decided(world, *sanctions, finding=finding, discussed=True)

    matter = case.qualifications.get()
    assert matter.referral.receiver == province
    chief = make_member(Role.PROVINCE_OFFICER, province)
    client.force_login(chief)
    assert client.get("/enforcement/qualifications/").status_code == 200
    given = {"matter": matter.pk, "act": "decline", "words": "证据不足"}
    client.force_login(world.head)
    assert client.post(f"/enforcement/{case.number}/do/grantor/", given).status_code == 403
    client.force_login(chief)
    assert client.post(f"/enforcement/{case.number}/do/grantor/", given).status_code == 302
    matter.refresh_from_db()
    assert matter.state == "declined"


def test_the_board_names_places_in_the_readers_language_and_none_that_is_not_alone_at_the_head(client, world):
    case = decided(world)
    Division.objects.filter(pk=case.division_id).update(name="越秀区", name_en="Yuexiu")
    assert "越秀区案件最多：1 件" in get(client, world.head, "/enforcement/board/").content.decode()
    page = get(client, world.head, "/en/enforcement/board/").content.decode()
    assert "Yuexiu has the most cases: 1" in page
    assert "越秀区" not in page
    assert "1 decision; changed or annulled: 0." in page

    Case.objects.filter(pk=filed(world).pk).update(division=world.authority.division_id)
    assert "No place has more than 1 case" in get(client, world.head, "/en/enforcement/board/").content.decode()


def test_a_digest_by_which_a_piece_of_evidence_is_kept_stands_once(client, world, lead):
    digest, other = "a" * 64, "b" * 64
    lead.evidence.create(kind="report", reference=digest, sha256=digest, words="报告甲", added_at=NOON)
    lead.evidence.create(kind="report", reference="R-2", sha256=other, words="报告乙", added_at=NOON)

    page = get(client, world.head, f"/leads/{lead.number}/").content.decode()

    assert f"<code>{digest}</code>" not in page
    assert "<code>R-2</code>" in page
