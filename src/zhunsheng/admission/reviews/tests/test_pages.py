"""The way of a review over its pages: opened, drawn, declared, mended, papers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from zhunsheng.admission.reviews import services
from zhunsheng.admission.reviews.lifecycle import NonconformityState, Stage
from zhunsheng.admission.reviews.models import Review
from zhunsheng.admission.reviews.tests.factories import (
    WATER,
    at_work,
    drawn,
    fill,
    found_wanting,
    leader_of,
    make_application,
    member_of,
    opened,
    prepared,
)
from zhunsheng.platform.accounts.models import Kind
from zhunsheng.platform.accounts.tests.factories import NOON, make_organisation

pytestmark = pytest.mark.django_db
FINE = {"verdict": "conforms", "note": ""}
FAILS = {"verdict": "fails", "note": "x"}


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    """Let the pages live on the day of the factories."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOON)


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


def test_nothing_is_failed_from_the_page_before_the_body_was_asked(world, client):
    review = at_work(world)
    fill(review, leader_of(review))
    found_wanting(review, member_of(review))
    base = f"/reviews/{review.number}/nonconformities"
    client.force_login(leader_of(review))
    client.post(f"{base}/1/confirm/")
    page = client.get(f"{base}/").content.decode()
    assert f"{base}/do/ask/" in page
    assert f"{base}/do/give-up/" not in page

    refused = client.post(f"{base}/do/give-up/", {"why": "不整改"})

    assert refused.status_code == 422
    assert "请先提出整改要求" in refused.content.decode()
    assert review.nonconformities.get().state == NonconformityState.OPEN


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


def test_the_page_of_a_complete_panel_asks_for_the_visit_not_for_another_draw(world, client):
    review = opened(world)
    for seat in drawn(world, review):
        services.declare_free(review_id=review.pk, by=seat.expert.user, at=NOON)
    client.force_login(world.officer)

    page = client.get(f"/reviews/{review.number}/").content.decode()

    assert "请确定现场安排" in page
    assert "请抽取评审组" not in page


def test_fields_are_named_in_the_readers_language_and_sealed_in_the_official_one(world, client):
    review = opened(world)
    client.force_login(world.officer)

    with translation.override("en"):
        drawn(world, review)

    assert review.draws.get().draw.parameters["titles"] == {WATER: "水质"}
    assert "13 water" in client.get(f"/en/reviews/{review.number}/").content.decode()
    draw = review.draws.get().draw
    assert "Lead assessor" in client.get(f"/draws/{draw.number}/").content.decode()
