"""Who sees what of a review, and what happens to a step of somebody else."""

import pytest

from zhunsheng.admission.licensing.models import Attachment
from zhunsheng.admission.reviews import services
from zhunsheng.admission.reviews.tests.factories import (
    at_work,
    drawn,
    found_wanting,
    leader_of,
    make_application,
    member_of,
    opened,
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


def test_a_draft_is_not_there_for_an_officer(world, client):
    draft = make_application(world.laboratory, world.body, world.manager, stage="draft")
    client.force_login(world.officer)

    assert client.get(f"/reviews/new/{draft.number}/").status_code == 404


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


def test_officers_see_which_member_of_a_panel_has_no_account(world, client):
    review = opened(world)
    code = drawn(world, review)[0].expert.code
    Expert.objects.filter(code=code).update(user=None)
    client.force_login(world.officer)

    for page in ("", "panel/"):
        shown = client.get(f"/reviews/{review.number}/{page}").content.decode()
        assert "无账号" in shown
        assert f"/bodies/experts/{code}/" in shown


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
