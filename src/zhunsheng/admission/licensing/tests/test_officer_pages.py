"""The officers' pages: the queue by what is due, one file with what to do next, letters, durations."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import Application, Attachment, IssuedDocument
from zhunsheng.admission.licensing.selectors.officer import MOST_NAMES
from zhunsheng.admission.licensing.services import acceptance, deciding, documents
from zhunsheng.admission.licensing.services.documents import ServiceRefused
from zhunsheng.admission.licensing.tables.officer import due_meaning
from zhunsheng.admission.licensing.tests.officers import MONDAY, day, filed, make_bureau, make_laboratory
from zhunsheng.admission.licensing.tests.test_deciding import examined, reviewed
from zhunsheng.platform.accounts.models import AccessRecord, Division, Kind, Organisation, Role
from zhunsheng.platform.accounts.tests.factories import make_division, make_member
from zhunsheng.platform.documents import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def officer(client, bureau):
    client.force_login(bureau.handler)
    return client


def text_of(response) -> str:
    return str(response.content.decode())


def test_the_queue_shows_what_is_due_first_and_never_a_draft(officer):
    late, early = filed(at=day("2026-03-04")), filed(at=day("2026-03-02"))
    draft = filed()
    Application.objects.filter(pk=draft.pk).update(stage=Stage.DRAFT, filed_at=None)

    page = text_of(officer.get("/licensing/queue/"))

    assert page.index(early.number) < page.index(late.number)
    assert draft.number not in page


def test_a_limit_in_a_year_without_announced_holidays_says_between_which_days_it_ends_and_why(officer):
    known, open_day = filed(at=day("2026-12-01")), filed(at=day("2026-12-29"))
    assert open_day.due_on is None
    assert (open_day.due_earliest, open_day.due_latest) == (
        date(2027, 1, 4),
        date(2027, 1, 7),
    )  # the first is off by law, the fourth may be

    queue, page = (text_of(officer.get(f"/licensing/{at}")) for at in ("queue/", f"files/{open_day.number}/"))

    assert queue.index(known.number) < queue.index(open_day.number)
    assert "2027-01-04 – 2027-01-07" in queue
    assert "2027 年节假日未公布" in queue
    assert "2027-01-04 – 2027-01-07" in re.sub(r"</?time[^>]*>", "", page)
    assert "2027 年节假日安排尚未公布" in page


def test_a_limit_that_can_still_be_kept_is_not_late_and_work_is_sorted_by_its_first_possible_day(officer):
    open_day, after = filed(at=day("2026-12-29")), filed(at=day("2026-12-30"))
    Application.objects.filter(pk=after.pk).update(due_on=date(2027, 1, 6), due_earliest=date(2027, 1, 6))

    page = text_of(officer.get("/licensing/queue/"))

    assert page.index(open_day.number) < page.index(after.number)
    assert due_meaning(open_day, date(2027, 1, 7)) == "attention"
    assert due_meaning(open_day, date(2027, 1, 8)) == "bad"


@pytest.mark.parametrize("tab", ["acceptance", "review", "rectifying", "decision", "ended"])
def test_every_tab_opens(officer, tab):
    assert officer.get(f"/licensing/queue/{tab}/").status_code == 200


def test_the_queue_names_the_city_beside_the_county_and_offers_the_places_of_its_rows_alone(officer):
    filed(make_laboratory("440106"))
    make_division("330100", "杭州市")
    Division.objects.filter(code="440106").update(name="天河区")
    Division.objects.filter(code="440100").update(name="广州市")

    page = text_of(officer.get("/licensing/queue/"))

    assert "广州市天河区" in page
    assert '<option value="440106">' in page
    assert "杭州市" not in page


def test_the_queue_is_narrowed_by_city_kind_route_field_and_lateness(officer):
    here = filed(make_laboratory("440300"), kind="renewal", route="documents", field="05")
    filed(make_laboratory("440100"))
    make_member(Role.CITY_OFFICER, None)

    for asked in ("city=440300", "kind=renewal", "route=documents", "field=05"):
        page = text_of(officer.get(f"/licensing/queue/?{asked}"))
        assert here.number in page, asked
        assert page.count("/licensing/files/") == 1, asked
    assert text_of(officer.get("/licensing/queue/?lateness=late")).count("/licensing/files/") == 2
    assert text_of(officer.get("/licensing/queue/?lateness=soon")).count("/licensing/files/") == 0


def test_the_queue_finds_by_number_name_and_credit_code(officer):
    one = filed(make_laboratory(name="深圳计量检测院"), uscc="91440300TEST00000X")
    filed()

    for words in (one.number, "计量检测", "91440300test00000x"):
        page = text_of(officer.get("/licensing/queue/", {"q": words}))
        assert page.count("/licensing/files/") == 1, words


def test_a_city_sees_its_own_and_a_body_sees_no_queue(client, bureau):
    elsewhere = filed(make_laboratory("440100"))
    own = filed(make_laboratory("440300"))
    client.force_login(bureau.city)

    page = text_of(client.get("/licensing/queue/"))
    assert own.number in page
    assert elsewhere.number not in page
    assert client.get(f"/licensing/files/{elsewhere.number}/").status_code == 404

    client.force_login(own.started_by)
    assert client.get("/licensing/queue/").status_code == 403
    assert client.get(f"/licensing/files/{own.number}/").status_code == 404


def test_the_queue_asks_the_same_number_of_questions_for_one_as_for_many(officer):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            officer.get("/licensing/queue/")
        return len(found)

    filed()
    officer.get("/licensing/queue/")
    one = asked()
    for _number in range(5):
        filed()
    assert asked() == one
    assert one <= 14


def test_a_file_says_what_to_do_next_and_officers_do_it_there(officer, bureau):
    application = filed()
    address = f"/licensing/files/{application.number}/"

    page = text_of(officer.get(address))
    assert "一次告知" in page
    assert "受理或不予受理" in page  # the clock's title

    refused = officer.post(f"{address}do/gaps/", {"more": " "})
    assert refused.status_code == 422
    assert "请说明缺少什么" in text_of(refused)

    assert officer.post(f"{address}do/accept/").status_code == 302
    application.refresh_from_db()
    assert application.stage == Stage.ACCEPTED
    assert officer.post(f"{address}do/accept/").status_code == 422
    assert officer.post(f"{address}do/dance/").status_code == 404


def test_gaps_written_one_a_line_go_out_in_one_letter(officer):
    application = filed()

    officer.post(f"/licensing/files/{application.number}/do/gaps/", {"more": "缺少场所证明\n缺少人员证明\n"})

    assert list(application.gaps.order_by("pk").values_list("words", flat=True)) == ["缺少场所证明", "缺少人员证明"]


def test_the_chain_of_decision_goes_through_three_pages(client, bureau):
    application = reviewed(bureau)
    address = f"/licensing/files/{application.number}/"
    client.force_login(bureau.handler)
    page = text_of(client.get(address))
    assert "评审结论为“符合”" in page
    client.post(f"{address}do/propose/", {"outcome": "granted", "reasons": "经审查，同意"})

    client.force_login(bureau.legal)
    assert "经审查，同意" in text_of(client.get(address))
    client.post(f"{address}do/opinion/", {"agrees": "1", "opinion": "程序合法"})

    client.force_login(bureau.decider)
    assert "程序合法" in text_of(client.get(address))
    late = client.post(f"{address}do/decide/", {"late_why": "试验所需"})
    assert late.status_code == 302

    application.refresh_from_db()
    assert application.stage == Stage.GRANTED
    page = text_of(client.get(address))
    assert "粤市监认决〔" in page
    assert "do/decide/" not in page


def test_a_person_who_proposed_is_refused_the_decision_with_403(client, bureau):
    application = reviewed(bureau)
    make_member(Role.PROVINCE_OFFICER, bureau.authority, user=bureau.handler)
    examined(application, bureau)
    client.force_login(bureau.handler)

    answer = client.post(f"/licensing/files/{application.number}/do/decide/", {"late_why": "x"})

    assert answer.status_code == 403


def test_opening_a_letter_is_its_receipt_once_and_only_for_the_applicant(client, bureau):
    application = filed()
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=MONDAY)
    documents.make_letters()
    letter = IssuedDocument.objects.get()
    client.force_login(bureau.handler)
    assert client.get(f"/licensing/documents/{letter.pk}/")["Content-Type"] == "application/pdf"
    letter.refresh_from_db()
    assert letter.served_at is None

    client.force_login(application.started_by)
    body = b"".join(client.get(f"/licensing/documents/{letter.pk}/").streaming_content)
    assert body.startswith(b"%PDF")
    letter.refresh_from_db()
    first = letter.served_at
    assert (letter.served_by, letter.received_by) == ("electronic", str(application.started_by))
    client.get(f"/licensing/documents/{letter.pk}/")
    letter.refresh_from_db()
    assert letter.served_at == first

    client.force_login(make_member(Role.BODY_MANAGER, make_laboratory()))
    assert client.get(f"/licensing/documents/{letter.pk}/").status_code == 404


def test_service_on_paper_is_entered_by_the_handler_with_name_day_and_receipt(officer, bureau):
    application = filed()
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=timezone.now())
    documents.make_letters()
    letter = IssuedDocument.objects.get()
    today = timezone.localdate().isoformat()

    refused = officer.post(f"/licensing/documents/{letter.pk}/serve/", {"how": "paper", "served_on": today})
    assert refused.status_code == 422
    done = officer.post(
        f"/licensing/documents/{letter.pk}/serve/", {"how": "paper", "served_on": today, "received_by": "张三"}
    )

    assert done.status_code == 302
    letter.refresh_from_db()
    assert (letter.served_by, letter.received_by) == ("paper", "张三")
    with pytest.raises(ServiceRefused):
        documents.serve_document(
            document_id=letter.pk, how="mail", received_by="李四", served_at=timezone.now(), by=bureau.handler,
            at=timezone.now(),
        )  # fmt: skip


def test_a_file_that_another_applicant_handed_in_too_is_shown_and_reading_it_is_on_record(officer, bureau):
    mine, other = filed(), filed()
    kept = files.store(b"%PDF-1.7\n1 0 obj\nlease\n")
    for application in (mine, other):
        Attachment.objects.create(
            application=application, material="site_proof", file=kept, name="租赁合同.pdf",
            added_by=application.started_by, added_at=MONDAY,
        )  # fmt: skip

    page = text_of(officer.get(f"/licensing/files/{mine.number}/"))
    assert other.number in page

    got = officer.get(f"/licensing/attachments/{Attachment.objects.get(application=mine).pk}/")
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert AccessRecord.objects.get().user_id == bureau.handler.pk


def test_durations_are_told_by_route_with_share_in_time(officer, bureau):
    for days in (2, 4, 30):
        application = filed(at=day("2026-03-02"))
        acceptance.accept(application_id=application.pk, by=bureau.handler, at=day(f"2026-03-{2 + days - 1:02d}"))

    page = text_of(officer.get("/licensing/durations/?since=2026-01-01&until=2026-12-31"))

    assert "66.7%" in page
    assert "一般程序" in page


def test_the_lines_of_a_file_are_a_list_of_their_own(officer, bureau):
    application = filed(lines=60)
    page = text_of(officer.get(f"/licensing/files/{application.number}/lines/?q=参数60"))

    assert "参数60" in page
    assert page.count("参数") < 60


def test_a_line_is_to_be_granted_until_somebody_decides(client, bureau):
    application = reviewed(bureau, (True, False))
    client.force_login(bureau.handler)
    page = text_of(client.get(f"/licensing/files/{application.number}/"))
    assert "建议批准 1" in page
    assert "准予许可" not in page
    assert "建议批准" in text_of(client.get(f"/licensing/files/{application.number}/lines/"))
    client.force_login(application.started_by)
    assert "准予许可" not in text_of(client.get(f"/licensing/applications/{application.number}/"))

    examined(application, bureau)
    deciding.decide(application_id=application.pk, by=bureau.decider, at=day("2026-03-23"))

    for person, address in (
        (bureau.handler, f"/licensing/files/{application.number}/"),
        (application.started_by, f"/licensing/applications/{application.number}/"),
    ):
        client.force_login(person)
        page = text_of(client.get(address))
        assert "准予许可" in page
        assert "建议批准" not in page


def test_a_returned_proposal_is_mended_from_its_own_words_with_the_objection_beside(officer, bureau):
    application = reviewed(bureau)
    deciding.propose(
        application_id=application.pk, outcome="granted", reasons="我写的理由。", by=bureau.handler, at=MONDAY
    )
    deciding.give_legal_opinion(
        application_id=application.pk, agrees=False, opinion="请引用条款", by=bureau.legal, at=MONDAY
    )

    page = text_of(officer.get(f"/licensing/files/{application.number}/"))

    form = page[page.index('id="propose"') : page.index('id="asked"')]
    assert "我写的理由。" in form
    assert "请引用条款" in form


def test_the_queue_and_a_file_are_read_by_auditors_and_lawyers_who_enter_no_service(client, bureau):
    application = filed()
    acceptance.accept(application_id=application.pk, by=bureau.handler, at=MONDAY)
    documents.make_letters()
    auditor = make_member(Role.AUDITOR, bureau.authority)
    for person in (auditor, bureau.legal):
        client.force_login(person)
        queue = text_of(client.get("/licensing/queue/"))
        assert queue.count("/licensing/queue/") > 1  # the navigation leads there, too
        page = text_of(client.get(f"/licensing/files/{application.number}/"))
        assert "尚未送达" in page
        assert "登记送达" not in page
    client.force_login(application.started_by)
    assert client.get("/licensing/queue/").status_code == 403


def test_officers_see_what_each_file_is(officer, bureau):
    application = filed()
    kept = files.store(b"%PDF-1.7\nequipment", "application/pdf")
    Attachment.objects.create(
        application=application, material="equipment", file=kept, name="a.pdf", added_by=application.started_by,
        added_at=MONDAY,
    )  # fmt: skip

    assert "仪器设备（标准物质）配置表" in text_of(officer.get(f"/licensing/files/{application.number}/"))


def test_a_search_says_when_more_applicants_bear_the_name_than_it_shows(officer):
    laboratory = make_laboratory()
    rows = [Organisation(kind=Kind.BODY, name=f"同名检测{n}", division_id="440100") for n in range(MOST_NAMES)]
    Organisation.objects.bulk_create(rows)
    found = filed(laboratory)

    just = officer.get("/licensing/queue/", {"q": "同名检测"})
    Organisation.objects.bulk_create([Organisation(kind=Kind.BODY, name="又一同名检测", division_id="440100")])
    more = officer.get("/licensing/queue/", {"q": "同名检测"})
    one = officer.get("/licensing/queue/", {"q": laboratory.name})

    assert "超过 100 家" not in text_of(just)
    assert "超过 100 家" in text_of(more)
    assert found.number in text_of(one)
