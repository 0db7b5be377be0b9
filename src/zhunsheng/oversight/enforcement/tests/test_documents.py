"""The official documents of a case: made with their steps, filled from its facts, numbered, signed, sealed, served."""

import io
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.models import Case, CaseDocument
from zhunsheng.oversight.enforcement.rules.sanctions import Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.services import (
    CaseRefused,
    FindingFacts,
    carrying_out,
    deciding,
    documents,
    exporting,
    file_case,
    handing_over,
    hearing,
    proposing,
    recording,
)
from zhunsheng.oversight.enforcement.services.hearing import Sitting
from zhunsheng.oversight.enforcement.services.recording import Talk
from zhunsheng.oversight.enforcement.tests.factories import (
    FALSE,
    LATER,
    decided,
    filed,
    make_world,
    proposed,
    to_decide,
)
from zhunsheng.oversight.leads.services import open_lead
from zhunsheng.platform.accounts.models import Kind, Role, Sector
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.platform.documents import files, seals
from zhunsheng.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db
TALK = Talk(NOON - timedelta(hours=2), NOON - timedelta(hours=1), "岭南检测三楼", "李经理", "技术负责人")


@pytest.fixture(autouse=True)
def _plain(settings, tmp_path):
    settings.ZHUNSHENG_MFA_REQUIRED, settings.ZHUNSHENG_FILES = False, tmp_path


@pytest.fixture
def world():
    return make_world()


def said(document: CaseDocument) -> str:
    """Return the words of a document without spaces and breaks, as a reader sees them."""
    pages = PdfReader(io.BytesIO(files.read_by_digest(document.file_id))).pages
    return re.sub(r"\s", "", "".join(one.extract_text() for one in pages))


def of(case: Case, kind: str) -> CaseDocument:
    return case.documents.get(kind=kind)


def test_every_document_is_signed_and_sealed_in_the_log(world):
    case = decided(world)

    kinds = list(case.documents.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["filing", "report", "notice", "receipt", "decision"]
    for one in case.documents.all():
        (seal,) = seals.seals_of(files.read_by_digest(one.file_id))
        assert seal.holds
        assert Entry.objects.filter(kind="case.document", subject=one.file_id, body=world.body.slug).exists()


def test_the_approval_of_the_filing_names_the_lead_the_matter_and_the_article(world):
    lead = open_lead(
        source="officer", reference="1", matter="false_report", title="报告无原始记录", words="仪器当日未开机",
        body_id=world.body.pk, by=world.head, at=NOON,
    )  # fmt: skip
    case = filed_from(world, lead)

    words = said(of(case, "filing"))
    assert lead.number in words
    assert "仪器当日未开机" in words
    assert "《检验检测机构监督管理办法》第十四条" in words
    assert of(case, "filing").number == f"{case.number}-立01"


def filed_from(world, lead):
    return file_case(body_id=world.body.pk, lead_ids=[lead.pk], findings=[FALSE], by=world.head, at=NOON)


def test_the_report_shows_what_the_law_and_the_benchmark_open(world):
    words = said(of(proposed(world), "report"))

    assert "50,000–100,000" in words
    assert "65,000–85,000" in words
    assert "《中华人民共和国产品质量法》第五十七条第一款" in words


def test_the_notice_tells_of_a_hearing_only_where_the_law_gives_one(world):
    facts = Facts(field="product", circumstances=frozenset({"obstructed"}))
    high = proposed(
        world, Sanction("CON-PQL57-BODY", Decimal(100000)),
        finding=FindingFacts("VIO-FALSE-REPORT", "三份", date(2026, 2, 1), facts),
    )  # fmt: skip
    low = proposed(world)
    for case in (high, low):
        proposing.examine(case_id=case.pk, passes=True, words="通过", by=world.lawyer, at=NOON)
        proposing.notify(case_id=case.pk, words="请按期答复。", by=world.first, at=NOON)

    assert "可以要求举行听证" in said(of(high, "notice"))
    assert "听证" not in said(of(low, "notice"))
    assert "罚款75,000元" in said(of(low, "notice"))


def test_the_decision_carries_the_sum_the_articles_and_the_remedies_but_no_qualification(world):
    case = decided(world, Sanction("CON-PQL57-CORRECT"), Sanction("CON-PQL57-BODY", Decimal(75000)))

    words = said(of(case, "decision"))
    assert "粤市监处〔2026〕1号" in words
    assert "对当事人处罚款75,000元" in words
    assert "广东省人民政府" in words or f"{world.authority.division.name}人民政府" in words
    assert "60日" in words
    assert "依法向有管辖权的人民法院提起行政诉讼" in words
    assert "当事人在规定期限内未提出陈述、申辩意见" in words
    assert "资质" not in words.replace("资质认定证书编号", "")


def test_documents_name_the_court_and_the_telephone_that_the_authority_stated(world):
    type(world.authority).objects.filter(pk=world.authority.pk).update(court="广州铁路运输法院", phone="020-12315")

    case = decided(world, Sanction("CON-PQL57-CORRECT"), Sanction("CON-PQL57-BODY", Decimal(75000)))

    assert "依法向广州铁路运输法院提起行政诉讼" in said(of(case, "decision"))
    assert "联系电话：020-12315。" in said(of(case, "notice"))


def test_without_a_number_the_decision_takes_the_next_of_the_authority(world):
    numbers = []
    for _turn in range(2):
        case = to_decide(world)
        made = deciding.decide(case_id=case.pk, result="punished", words="成立", by=world.head, at=LATER)
        numbers.append(made.number)

    assert numbers == ["粤市监处罚〔2026〕1号", "粤市监处罚〔2026〕2号"]
    assert CaseDocument.objects.filter(kind="decision", number__in=numbers).count() == 2


@pytest.mark.parametrize(("result", "article"), [("waived", "第五十七条第一款第二项"), ("unproved", "第三项")])
def test_a_case_without_a_penalty_ends_in_a_decision_that_says_so(world, result, article):
    case = filed(world)
    proposing.propose(case_id=case.pk, chosen={1: []}, words="不予处罚", by=world.first, at=NOON)
    proposing.examine(case_id=case.pk, passes=True, words="通过", by=world.lawyer, at=NOON)
    proposing.submit(case_id=case.pk, words="请审议", by=world.first, at=LATER)
    deciding.decide(case_id=case.pk, result=result, words="理由见上", by=world.head, at=LATER)

    words = said(of(case, "no_penalty"))
    assert article in words
    assert "不予行政处罚" in words
    assert not case.documents.filter(kind="decision").exists()


def test_a_record_needs_two_officers_and_times_that_have_passed(world):
    case = filed(world)
    common = {"case_id": case.pk, "sort": "questioning", "words": "问：……\n答：……", "by": world.first, "at": NOON}

    made = recording.take_record(talk=TALK, **common)
    assert "李经理" in said(made)
    assert "被询问人" in said(made)
    with pytest.raises(CaseRefused):
        recording.take_record(talk=Talk(NOON, NOON + timedelta(hours=1), "三楼", "李经理"), **common)
    type(case).objects.filter(pk=case.pk).update(second=None)
    with pytest.raises(CaseRefused):
        recording.take_record(talk=TALK, **common)


def test_an_order_to_correct_rests_on_the_article_that_the_yardstick_opens(world):
    case = filed(world)
    made = recording.order_correction(
        case_id=case.pk,
        finding=1,
        words="停止出具同类报告\n召回已出具的报告",
        due=date(2026, 4, 1),
        by=world.first,
        at=NOON,
    )

    words = said(made)
    assert "《中华人民共和国产品质量法》第五十七条第一款" in words
    assert "2.召回已出具的报告" in words
    assert made.number == "粤市监责改〔2026〕1号"
    with pytest.raises(NotAllowed):
        recording.order_correction(case_id=case.pk, finding=1, words="x", due=None, by=world.manager, at=NOON)
    with pytest.raises(CaseRefused):
        recording.order_correction(case_id=case.pk, finding=1, words="x", due=date(2026, 1, 1), by=world.first, at=NOON)


def test_the_notice_of_the_hearing_names_chair_and_right_to_object_to_them(world):
    facts = Facts(field="product", circumstances=frozenset({"obstructed"}))
    case = proposed(
        world, Sanction("CON-PQL57-BODY", Decimal(100000)),
        finding=FindingFacts("VIO-FALSE-REPORT", "三份", date(2026, 2, 1), facts),
    )  # fmt: skip
    proposing.examine(case_id=case.pk, passes=True, words="通过", by=world.lawyer, at=NOON)
    proposing.notify(case_id=case.pk, words="拟罚款十万元", by=world.first, at=NOON)
    proposing.state(case_id=case.pk, words="要求听证", by=world.manager, at=NOON, hearing=True)
    hearing.call(case_id=case.pk, sitting=Sitting(LATER, "第一会议室", "何法制", "刘记录"), by=world.lawyer, at=NOON)

    words = said(of(case, "hearing"))
    assert "何法制担任听证主持人" in words
    assert "申请回避" in words


def test_the_days_for_a_statement_run_from_the_service_of_the_notice(world):
    case = proposed(world)
    proposing.examine(case_id=case.pk, passes=True, words="通过", by=world.lawyer, at=NOON)
    proposing.notify(case_id=case.pk, words="拟罚款", by=world.first, at=NOON)
    later = NOON + timedelta(days=4)
    documents.serve(
        document_id=of(case, "notice").pk, method="electronic", on=later.date(), received_by="李经理", proof="",
        by=world.first, at=later,
    )  # fmt: skip

    case.refresh_from_db()
    assert (later.date(), case.statement_due_on) == (date(2026, 3, 6), date(2026, 3, 13))


def test_service_leaves_its_receipt_and_a_document_is_served_once(world):
    case = proposed(world)
    proposing.examine(case_id=case.pk, passes=True, words="通过", by=world.lawyer, at=NOON)
    proposing.notify(case_id=case.pk, words="拟罚款", by=world.first, at=NOON)
    notice = of(case, "notice")
    given = {
        "document_id": notice.pk,
        "method": "direct",
        "on": LATER.date(),
        "received_by": "李经理",
        "by": world.first,
    }
    with pytest.raises(CaseRefused):
        documents.serve(proof="", at=LATER, **given)
    proof = files.store(b"%PDF-1.4 receipt", "application/pdf").sha256
    documents.serve(proof=proof, at=LATER, **given)
    with pytest.raises(CaseRefused):
        documents.serve(proof=proof, at=LATER, **given)
    proposing.state(case_id=case.pk, words="无异议", by=world.manager, at=LATER, final=True)
    proposing.submit(case_id=case.pk, words="无异议", by=world.first, at=LATER)
    deciding.decide(case_id=case.pk, result="punished", words="成立", by=world.head, at=LATER)
    carrying_out.serve(
        case_id=case.pk,
        method="direct",
        on=LATER.date(),
        words="签收",
        proof=b"%PDF-1.4 other",
        by=world.first,
        at=LATER,
    )

    receipts = list(case.documents.filter(kind="receipt").order_by("pk"))
    assert [one.number for one in receipts] == [f"{case.number}-送01", f"{case.number}-送02"]
    assert notice.number in said(receipts[0])
    assert of(case, "decision").served_on == LATER.date()


def test_the_approval_of_the_close_says_how_the_decision_was_carried_out(world):
    case = decided(world)
    carrying_out.serve(case_id=case.pk, method="electronic", on=LATER.date(), words="签收", by=world.first, at=LATER)
    carrying_out.carry_out(
        case_id=case.pk, what="paid", amount=Decimal(75000), words="罚款已缴", by=world.first, at=LATER
    )
    carrying_out.close(case_id=case.pk, words="执行完毕", by=world.first, at=LATER)

    words = said(of(case, "closing"))
    assert "罚款已缴" in words
    assert "粤市监处〔2026〕1号" in words


def test_a_case_that_is_another_department_s_goes_there_with_a_letter_and_its_list(world):
    case = filed(world)
    ecology = make_organisation(Kind.DEPARTMENT, name="广东省生态环境厅", sector=Sector.ECOLOGY)
    sent = handing_over.refer(
        case_id=case.pk,
        receiver_id=ecology.pk,
        kind="transfer",
        words="机动车排放检验归你厅管辖。",
        by=world.first,
        at=NOON,
    )

    made = of(case, "handover")
    assert ecology.name in said(made)
    assert sent.number in said(made)
    assert made.number == "粤市监案移〔2026〕1号"
    with pytest.raises(NotAllowed):
        handing_over.refer(
            case_id=case.pk, receiver_id=ecology.pk, kind="transfer", words="x", by=world.manager, at=NOON
        )


def test_the_archive_holds_every_document(world):
    case = decided(world)
    made = exporting.export(case_id=case.pk, by=world.first, at=LATER)

    with zipfile.ZipFile(made.stream) as archive:
        names = " ".join(archive.namelist())
    for title in ("立案审批表", "案件调查终结报告", "行政处罚告知书", "行政处罚决定书"):
        assert title in names


def test_the_party_opens_what_goes_to_it_and_nothing_else(client, world):
    case = decided(world)
    stranger = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY, division="440106", name="另一检测公司"))
    for user, kind, status in (
        (world.first, "report", 200),
        (world.manager, "decision", 200),
        (world.manager, "report", 404),
        (stranger, "decision", 404),
    ):
        client.force_login(user)
        answer = client.get(f"/enforcement/{case.number}/documents/{of(case, kind).pk}/")
        assert answer.status_code == status


def test_each_kind_of_document_has_its_template_and_its_basis():
    kinds = [one for one in law_book.book() if one.id.startswith("DOC-") and one.id != "DOC-NUMBERS"]

    assert len(kinds) == 13
    assert all((law_book.TEMPLATES / f"{one.values['template']}.typ").is_file() and one.basis for one in kinds)
