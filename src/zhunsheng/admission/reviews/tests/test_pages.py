import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from zhunsheng.admission.licensing.models import Attachment
from zhunsheng.admission.reviews import selectors, services
from zhunsheng.admission.reviews.lifecycle import NonconformityState, Stage
from zhunsheng.admission.reviews.models import ChecklistItem, Review
from zhunsheng.admission.reviews.tests.factories import (
    WATER,
    at_work,
    change,
    clause_item,
    drawn,
    fill,
    found_wanting,
    leader_of,
    line_item,
    make_application,
    member_of,
    opened,
    prepared,
    send,
)
from zhunsheng.platform.accounts.models import AccessRecord, Kind, Role
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.platform.documents import files
from zhunsheng.registry.bodies.models import Expert

pytestmark = pytest.mark.django_db
FINE = {"verdict": "conforms", "note": ""}
FAILS = {"verdict": "fails", "note": "x"}


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    """Let the pages live on the day of the factories."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOON)


def post_changes(client, review, *changes, known=None):
    sent = {"changes": list(changes), "known": known or {}}
    return client.post(f"/reviews/sheet/{review.number}/sync/", json.dumps(sent), content_type="application/json")


def sent(item, base, values, **more):
    return {"id": str(uuid4()), "item": item, "base": base, "values": values, "made_at": NOON.isoformat(), **more}


def test_an_officer_opens_a_review_from_the_application(world, client):
    application = make_application(world.laboratory, world.body, world.manager)
    client.force_login(world.officer)
    address = f"/reviews/new/{application.number}/"
    assert WATER in client.get(address).content.decode()

    wrong = client.post(address, {"mode": "on_site", "size": "1", "fields_to_cover": [WATER], "why": "x"})
    assert wrong.status_code == 422
    assert "2 至 12 人" in wrong.content.decode()
    right = client.post(address, {"mode": "on_site", "size": "2", "fields_to_cover": [WATER], "why": "x"})
    assert right.url == f"/reviews/{Review.objects.get().number}/panel/"
    client.force_login(world.manager)
    assert client.get(address).status_code == 403


def test_a_draft_is_not_there_for_an_officer(world, client):
    draft = make_application(world.laboratory, world.body, world.manager, stage="draft")
    client.force_login(world.officer)

    assert client.get(f"/reviews/new/{draft.number}/").status_code == 404


@pytest.mark.parametrize("told", [":mine:", "x:mine:y", "mine"])
def test_an_odd_resolution_of_a_plain_form_changes_nothing(world, client, told):
    review = at_work(world)
    client.force_login(leader_of(review))

    answer = client.post(f"/reviews/sheet/{review.number}/", {"resolve": told})

    assert answer.status_code == 200
    assert not review.changes.exists()


@pytest.mark.parametrize("base", [-1, 10**30, "²", None])
def test_an_odd_version_is_no_sheet(world, client, base):
    review = at_work(world)
    client.force_login(leader_of(review))

    assert post_changes(client, review, sent(line_item(review), base, {})).status_code == 400


def test_the_panels_page_shows_officers_who_is_barred_and_seals(world, client):
    from zhunsheng.admission.reviews.tests.factories import employ

    employ(world.experts[1], world.body)
    review = opened(world)
    client.force_login(world.officer)
    page = client.get(f"/reviews/{review.number}/panel/").content.decode()
    assert "在申请机构任职" in page
    assert world.experts[2].code in page
    known = "2026-03-02T20:30"
    told = {"source": "public_numbers", "reference": "排列5 第2026052期", "known_at": known}
    assert client.post(f"/reviews/{review.number}/panel/seal/", told).status_code == 302
    assert review.draws.get().barred == 1
    client.force_login(world.manager)
    assert client.get(f"/reviews/{review.number}/panel/").status_code == 404


def test_a_drawn_assessor_declares_on_the_reviews_page(world, client):
    review = opened(world)
    seats = drawn(world, review)
    client.force_login(seats[0].expert.user)
    assert review.number in client.get("/reviews/").content.decode()
    page = client.get(f"/reviews/{review.number}/").content.decode()
    assert "您已被抽中" in page
    assert client.post(f"/reviews/{review.number}/do/free/", {}).status_code == 422
    assert client.post(f"/reviews/{review.number}/do/free/", {"free": "on"}).status_code == 302
    client.force_login(seats[1].expert.user)
    told = {"kind": "family", "words": "配偶在该机构"}
    assert client.post(f"/reviews/{review.number}/do/interest/", told).url == "/reviews/"
    assert client.get(f"/reviews/{review.number}/").status_code == 404


def test_each_role_opens_the_pages_of_a_review_at_work(world, client):
    review = at_work(world)
    found = found_wanting(review, member_of(review))
    services.confirm_by_panel(nonconformity_id=found.pk, by=leader_of(review), at=NOON)
    pages = ("", "nonconformities/", "room/")
    for person in (world.officer, leader_of(review), member_of(review), world.manager):
        client.force_login(person)
        for page in pages:
            for language in ("zh-Hans", "en"):
                answer = client.get(f"/reviews/{review.number}/{page}", headers={"accept-language": language})
                assert answer.status_code == 200, (person, page)
    client.force_login(make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY)))
    for page in (*pages, "conclusion/", "report.pdf"):
        assert client.get(f"/reviews/{review.number}/{page}").status_code == 404


def test_the_body_sees_only_what_the_panel_has_confirmed(world, client):
    review = at_work(world)
    found_wanting(review, member_of(review))
    client.force_login(world.manager)
    address = f"/reviews/{review.number}/nonconformities/"
    assert "未提供方法验证记录" not in client.get(address).content.decode()
    services.confirm_by_panel(nonconformity_id=review.nonconformities.get().pk, by=leader_of(review), at=NOON)
    assert "未提供方法验证记录" in client.get(address).content.decode()
    assert client.get(f"/reviews/{review.number}/conclusion/").status_code == 404


def test_the_way_of_a_nonconformity_over_the_pages(world, client):
    review = at_work(world)
    fill(review, leader_of(review))
    found_wanting(review, member_of(review))
    base = f"/reviews/{review.number}/nonconformities"
    client.force_login(leader_of(review))
    assert client.post(f"{base}/1/confirm/").status_code == 302
    client.force_login(world.manager)
    assert client.post(f"{base}/1/acknowledge/", {"objection": ""}).status_code == 302
    client.force_login(leader_of(review))
    assert client.post(f"{base}/do/ask/", {"why": "请整改"}).status_code == 302
    client.force_login(world.manager)
    file = SimpleUploadedFile("验证.pdf", b"%PDF-1.7\n1 0 obj\n", "application/pdf")
    assert client.post(f"{base}/1/answer/", {"words": "已补做", "evidence": [file]}).status_code == 302
    assert client.post(f"{base}/do/hand-in/").status_code == 302
    client.force_login(member_of(review))
    assert "验证.pdf" in client.get(f"{base}/").content.decode()
    evidence = review.rounds.get().answers.get().evidence.get()
    assert client.get(f"/reviews/{review.number}/evidence/{evidence.pk}/").status_code == 200
    assert client.post(f"{base}/1/verify/", {"accepted": "no", "remark": ""}).status_code == 422
    assert client.post(f"{base}/1/verify/", {"accepted": "yes"}).status_code == 302
    assert review.nonconformities.get().state == NonconformityState.CLOSED

    client.force_login(leader_of(review))
    end = f"/reviews/{review.number}/conclusion"
    assert client.post(f"{end}/write/", {"kind": "nearly", "words": "整改已确认"}).status_code == 302
    client.force_login(member_of(review))
    assert client.post(f"{end}/speak/", {"agrees": "yes"}).status_code == 302
    client.force_login(leader_of(review))
    assert client.post(f"{end}/final/", {"why": "结论一致"}).status_code == 302
    review.refresh_from_db()
    assert review.stage == Stage.CONCLUDED
    client.force_login(world.manager)
    assert "基本符合" in client.get(f"{end}/").content.decode()
    assert client.get(f"/reviews/{review.number}/report.pdf")["Content-Type"] == "application/pdf"


def test_the_room_takes_a_file_and_lets_its_owner_take_it_away(world, client):
    review = prepared(world)
    client.force_login(world.manager)
    file = SimpleUploadedFile("手册.pdf", b"%PDF-1.7\n1 0 obj\n", "application/pdf")
    address = f"/reviews/{review.number}/room"
    assert client.post(f"{address}/do/lay-out/", {"file": file, "words": "质量手册"}).status_code == 302
    one = review.files.get()
    client.force_login(leader_of(review))
    assert client.get(f"{address}/files/{one.pk}/").status_code == 200
    assert client.post(f"{address}/files/{one.pk}/remove/").status_code == 403
    client.force_login(world.manager)
    assert client.post(f"{address}/files/{one.pk}/remove/").status_code == 302
    assert client.get(f"{address}/files/{one.pk}/").status_code == 404


def test_the_sheet_is_for_serving_members_and_says_whose_it_is(world, client):
    review = at_work(world)
    client.force_login(member_of(review))
    answer = client.get(f"/reviews/sheet/{review.number}/")
    assert answer["X-Sheet-Owner"] == str(member_of(review).pk)
    assert "no-store" in answer["Cache-Control"]
    assert f'data-item="{clause_item(review)}"' in answer.content.decode()
    for person in (world.officer, world.manager):
        client.force_login(person)
        assert client.get(f"/reviews/sheet/{review.number}/").status_code == 404


def test_the_worker_comes_from_the_sheets_own_folder(client):
    answer = client.get("/reviews/sheet/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer


def test_a_device_sends_its_changes_and_hears_what_became_of_them(world, client):
    review = at_work(world)
    client.force_login(member_of(review))
    item = clause_item(review)
    one = sent(item, 0, FINE)
    first = post_changes(client, review, one).json()
    again = post_changes(client, review, one).json()
    assert first["results"][0]["outcome"] == again["results"][0]["outcome"] == "applied"
    assert first["owner"] == member_of(review).pk
    assert first["items"][item]["version"] == 1
    assert post_changes(client, review, known={item: 1}).json()["items"] == {}

    client.force_login(leader_of(review))
    met = post_changes(client, review, sent(item, 0, FAILS)).json()["results"][0]
    assert met["outcome"] == "conflict"
    assert met["held"]["values"] == FINE


def test_who_is_signed_out_is_told_so_and_broken_messages_are_refused(world, client):
    review = at_work(world)
    assert post_changes(client, review).status_code == 401
    client.force_login(member_of(review))
    address = f"/reviews/sheet/{review.number}/sync/"
    for body in ("", "[]", "{}", '{"changes": [{}], "known": {}}', '{"changes": 1, "known": {}}'):
        assert client.post(address, body, content_type="application/json").status_code == 400
    client.force_login(world.manager)
    assert post_changes(client, review, sent(clause_item(review), 0, FINE)).status_code == 403


def test_the_sheet_works_as_a_plain_form(world, client):
    review = at_work(world)
    client.force_login(member_of(review))
    address = f"/reviews/sheet/{review.number}/"
    fields = _fields_of(client.get(address))
    clause, line = clause_item(review), line_item(review)
    fields |= {f"{clause}.verdict": "fails", f"{clause}.note": "无程序", f"{line}.records": "on"}
    fields[f"{line}.confirmed"] = "yes"

    answer = client.post(address, fields)

    assert answer.status_code == 200
    assert review.changes.count() == 2
    assert review.checklist.get(place=1).note == "无程序"
    assert review.confirmations.get(line__number=1).records


def test_a_plain_form_meets_others_writing_and_lets_a_person_decide(world, client):
    review = at_work(world)
    client.force_login(member_of(review))
    address, item = f"/reviews/sheet/{review.number}/", clause_item(review)
    fields = _fields_of(client.get(address))
    send(review, leader_of(review), change(item, 0, FINE))
    page = client.post(address, fields | {f"{item}.verdict": "fails"}).content.decode()
    assert "两人都在此填写" in page
    (met,) = selectors.open_conflicts(review)
    client.post(address, {"resolve": f"{met.client_id}:mine:{uuid4()}"})
    assert ChecklistItem.objects.get(review=review, place=1).verdict == "fails"
    assert selectors.open_conflicts(review) == []


def _fields_of(answer):
    """Return the fields of the sheet's form as a browser would send them."""
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.fields, self.items, self.inside = {}, [], 0

        def handle_starttag(self, tag, attributes):
            told = dict(attributes)
            self.inside += tag == "template"
            if tag == "input" and not self.inside and told.get("name") and told.get("type") == "hidden":
                if told["name"] == "item":
                    self.items.append(told["value"])
                else:
                    self.fields[told["name"]] = told.get("value", "")

        def handle_endtag(self, tag):
            self.inside -= tag == "template"

    reader = Reader()
    reader.feed(answer.content.decode())
    return reader.fields | {"item": reader.items}


@pytest.mark.parametrize("address", ["/reviews/", "panel", "sheet", "nonconformities"])
def test_a_page_asks_the_same_queries_whatever_it_shows(address, world, client):
    review = opened(world) if address == "panel" else at_work(world)
    where = {"panel": f"/reviews/{review.number}/panel/", "sheet": f"/reviews/sheet/{review.number}/"}
    where["nonconformities"] = f"/reviews/{review.number}/nonconformities/"
    client.force_login(world.officer if address in {"/reviews/", "panel"} else leader_of(review))
    counts = []
    if address in {"sheet", "nonconformities"}:
        found_wanting(review, leader_of(review), lines="1-3")
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where.get(address, address)).status_code == 200
        counts.append(len(asked))
        if address in {"sheet", "nonconformities"}:
            found_wanting(review, leader_of(review), lines="1-3")
            fill(review, leader_of(review))
        elif address == "panel":
            from zhunsheng.admission.reviews.tests.factories import make_expert

            make_expert()
        else:
            from dataclasses import replace

            from zhunsheng.registry.bodies.tests.factories import make_body

            house = make_organisation(Kind.BODY)
            at_work(replace(world, laboratory=house, body=make_body(f"24191205008{number}", organisation=house)))
    assert counts[1] == counts[0]


def test_a_serving_member_reads_what_was_filed_and_nobody_else_of_the_lot_does(world, client):
    review = opened(world)
    kept = files.store(b"%PDF-1.7\nmanual", "application/pdf")
    paper = Attachment.objects.create(
        application=review.application, material="quality_manual", file=kept, name="质量手册.pdf",
        added_by=world.manager, added_at=NOON,
    )  # fmt: skip
    seats = drawn(world, review)
    person = seats[0].expert.user
    client.force_login(person)
    address = f"/reviews/{review.number}/papers/"
    assert client.get(address).status_code == 404  # before interests are declared

    services.declare_free(review_id=review.pk, by=person, at=NOON)
    page = client.get(address).content.decode()
    assert "质量手册.pdf" in page
    assert "镉" in page
    assert client.get(f"{address}{paper.pk}/").status_code == 200
    assert AccessRecord.objects.filter(user_id=person.pk).count() == 1
    for other in (world.experts[-1].user, seats[1].expert.user, world.manager, make_member(Role.EXPERT)):
        if other != person:
            client.force_login(other)
            assert client.get(f"{address}{paper.pk}/").status_code == 404


def test_the_page_of_a_complete_panel_asks_for_the_visit_not_for_another_draw(world, client):
    review = opened(world)
    for seat in drawn(world, review):
        services.declare_free(review_id=review.pk, by=seat.expert.user, at=NOON)
    client.force_login(world.officer)

    page = client.get(f"/reviews/{review.number}/").content.decode()

    assert "请确定现场安排" in page
    assert "请抽取评审组" not in page


def test_officers_see_which_member_of_a_panel_has_no_account(world, client):
    review = opened(world)
    code = drawn(world, review)[0].expert.code
    Expert.objects.filter(code=code).update(user=None)
    client.force_login(world.officer)

    for page in ("", "panel/"):
        shown = client.get(f"/reviews/{review.number}/{page}").content.decode()
        assert "无账号" in shown
        assert f"/bodies/experts/{code}/" in shown


def test_fields_are_named_in_the_readers_language_and_sealed_in_the_official_one(world, client):
    review = opened(world)
    client.force_login(world.officer)

    with translation.override("en"):
        drawn(world, review)

    assert review.draws.get().draw.parameters["titles"] == {WATER: "水质"}
    assert "13 water" in client.get(f"/en/reviews/{review.number}/").content.decode()
    draw = review.draws.get().draw
    assert "Lead assessor" in client.get(f"/draws/{draw.number}/").content.decode()


def test_a_step_of_somebody_else_is_refused_with_its_reason_and_stands_in_the_applications_log(world, client):
    review = at_work(world)
    found_wanting(review, member_of(review))
    base = f"/reviews/{review.number}"
    client.force_login(world.manager)

    for address in ("do/cancel/", "conclusion/final/", "room/do/session/", "nonconformities/do/ask/"):
        if address.startswith("conclusion"):
            client.force_login(member_of(review))
        answer = client.post(f"{base}/{address}", {"why": "x"})
        assert answer.status_code == 403, address
        assert "该步骤不由您办理" in answer.content.decode()
    client.force_login(world.officer)
    assert client.post(f"{base}/nonconformities/1/confirm/").status_code == 403

    kept = review.application.steps.filter(action__startswith="refused.review.").order_by("pk")
    assert [one.action for one in kept] == [
        f"refused.review.{name}" for name in ("cancel", "final", "session", "ask", "confirm")
    ]
    assert kept[0].by == world.manager
    assert "not-allowed" in kept[0].words
    page = client.get(f"/licensing/files/{review.application.number}/").content.decode()
    assert "技术评审" in page[page.index('id="steps"') :]
