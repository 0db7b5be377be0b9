import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhunsheng.admission.reviews import selectors, services
from zhunsheng.admission.reviews.lifecycle import MemberState, Stage
from zhunsheng.admission.reviews.models import ExpertInterest, Review
from zhunsheng.admission.reviews.rules.avoidance import CandidateFacts, Span, reasons
from zhunsheng.admission.reviews.services import ReviewRefused
from zhunsheng.admission.reviews.tests.factories import (
    WATER,
    WHY,
    at_work,
    drawn,
    employ,
    leader_of,
    make_application,
    make_expert,
    make_world,
    member_of,
    opened,
    prepared,
    sealed,
)
from zhunsheng.foundation.draws.verifying import verify
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.platform.draws.services import DrawImpossible
from zhunsheng.registry.bodies import services as bodies
from zhunsheng.registry.bodies.models import ExpertAssignment, ExpertTraining
from zhunsheng.registry.bodies.tests.factories import make_body

pytestmark = pytest.mark.django_db


def barred(review):
    return {one.expert.code: one.barred for one in selectors.candidates_for(review, TODAY) if one.barred}


def test_a_panel_on_site_has_at_least_two_members(world):
    with pytest.raises(ReviewRefused, match="2 to 12"):
        opened(world, size=1)
    assert not Review.objects.exists()


def test_an_application_has_one_review_at_a_time(world):
    review = opened(world)
    again = {"mode": "on_site", "size": 2, "fields": [WATER], "by": world.officer, "at": NOON, "why": WHY}
    with pytest.raises(ReviewRefused, match="already"):
        services.open_review(application_id=review.application_id, **again)

    services.cancel(review_id=review.pk, by=world.officer, at=NOON, why=WHY)
    assert services.open_review(application_id=review.application_id, **again).stage == Stage.FORMING


def test_only_an_accepted_application_is_reviewed(world):
    with pytest.raises(ReviewRefused, match="accepted"):
        opened(world, stage="filed")


def test_the_body_itself_cannot_open_a_review(world):
    application = make_application(world.laboratory, world.body, world.manager)
    with pytest.raises(NotAllowed):
        services.open_review(
            application_id=application.pk, mode="on_site", size=2, fields=[WATER], by=world.manager, at=NOON, why=WHY
        )


def test_who_works_there_now_is_barred_and_named_with_the_reason(world):
    employ(world.experts[1], world.body)
    assert barred(opened(world)) == {world.experts[1].code: ("employer",)}


@pytest.mark.parametrize(("years", "reason"), [(2, ("former_employer",)), (4, ())])
def test_who_left_is_barred_for_three_years(world, years, reason):
    last = TODAY - timedelta(days=365 * years)
    employ(world.experts[1], world.body, first=date(2010, 1, 1), last=last)
    assert barred(opened(world)).get(world.experts[1].code, ()) == reason


def test_an_employer_known_by_name_alone_bars_too(world):
    with recorded(None, WHY):
        world.experts[1].employments.create(employer="示范检测")
    assert barred(opened(world)) == {world.experts[1].code: ("employer",)}


def test_an_account_at_the_applicants_house_bars(world):
    make_member(Role.BODY_CLERK, world.laboratory, user=world.experts[1].user)
    assert barred(opened(world)) == {world.experts[1].code: ("employer",)}


@pytest.mark.parametrize(
    ("kind", "until", "reason"),
    [
        ("family", None, ("family",)),
        ("consultancy", TODAY - timedelta(days=365), ("consultancy",)),
        ("consultancy", TODAY - timedelta(days=1400), ()),
        ("family", TODAY - timedelta(days=1), ()),
    ],
)
def test_declared_interests_bar_as_long_as_they_hold(world, kind, until, reason):
    ExpertInterest.objects.create(
        expert=world.experts[1], organisation=world.laboratory, kind=kind, words="张某", valid_to=until,
        declared_by=world.experts[1].user, declared_at=NOON,
    )  # fmt: skip
    assert barred(opened(world)).get(world.experts[1].code, ()) == reason


def test_the_last_panel_at_the_body_is_left_out_the_one_before_is_not(world):
    for expert, reference, day in ((1, "R-2020-1", date(2020, 5, 1)), (2, "R-2023-1", date(2023, 5, 1))):
        bodies.assign_expert(
            expert_id=world.experts[expert].pk, reference=reference, task="评审", body_id=world.body.pk, first=day,
            last=day, leader=False, by=None, at=NOON, why=WHY,
        )  # fmt: skip
    assert barred(opened(world)) == {world.experts[2].code: ("last_panel",)}


def test_expired_training_and_suspension_bar(world):
    ExpertTraining.objects.filter(expert=world.experts[1]).update(valid_to=TODAY - timedelta(days=1))
    bodies.take_measure(
        expert_id=world.experts[2].pk, kind="suspended", on=TODAY, until=TODAY, decision_no="1", by=world.second,
        at=NOON, why=WHY,
    )  # fmt: skip
    assert barred(opened(world)) == {
        world.experts[1].code: ("untrained",),
        world.experts[2].code: ("suspended",),
    }


def test_who_sits_on_four_open_reviews_is_barred_for_workload():
    world = make_world(assessors=1)
    for number in range(4):
        other = make_organisation(Kind.BODY)
        prepared(replace(world, laboratory=other, body=make_body(f"24191205000{number}", organisation=other)))
    review = opened(world)
    assert barred(review) == {one.code: ("workload",) for one in world.experts}
    with pytest.raises(DrawImpossible):
        sealed(world, review)


def test_the_frame_is_asked_with_the_same_queries_however_many_assessors_there_are(world):
    review = Review.objects.select_related("application__body", "organisation").get(pk=opened(world).pk)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            selectors.candidates_for(review, TODAY)
        counts.append(len(asked))
        for _number in range(5):
            employ(make_expert(), world.body)
    assert counts[0] == counts[1]


def test_the_public_transcript_names_kinds_of_reasons_and_nobodys_relatives(world):
    ExpertInterest.objects.create(
        expert=world.experts[1], organisation=world.laboratory, kind="family", words="配偶李某在该机构任职",
        declared_by=world.experts[1].user, declared_at=NOON,
    )  # fmt: skip
    review = opened(world)
    seats = drawn(world, review)
    text = seats[0].draw.draw.transcript
    assert verify(json.loads(text)) == []
    assert world.experts[1].code in text
    assert "family" in text
    assert "李某" not in text
    assert world.experts[1].name not in text
    assert world.experts[1].code not in {one.expert.code for one in seats}


def test_the_panel_is_exactly_whom_the_lot_named(world):
    review = opened(world, size=3)
    seats = drawn(world, review)
    result = seats[0].draw.draw.result
    assert [one.expert.code for one in seats] == [result["leader"], *result["members"]]
    assert [one.leader for one in seats] == [True, False, False]
    with pytest.raises(ReviewRefused, match="not drawn"):
        services.appoint_drawn(review_id=review.pk, by=world.officer, at=NOON)


def test_nobody_is_appointed_before_the_chance_is_known(world):
    review = opened(world)
    sealed(world, review)
    with pytest.raises(ReviewRefused, match="not drawn"):
        services.appoint_drawn(review_id=review.pk, by=world.officer, at=NOON)
    with pytest.raises(ReviewRefused, match="sealed already"):
        sealed(world, review)


def test_who_declares_an_interest_is_replaced_by_another_sealed_draw(world):
    review = opened(world)
    seats = drawn(world, review)
    leaving = next(one for one in seats if not one.leader)
    services.declare_free(review_id=review.pk, by=leader_of(review), at=NOON)
    services.declare_interest(
        review_id=review.pk, kind="consultancy", words="2025年担任顾问", until=None, by=leaving.expert.user, at=NOON
    )
    again = drawn(world, review)

    leaving.refresh_from_db()
    assert leaving.state == MemberState.REPLACED
    assert [one.expert_id for one in again] != [leaving.expert_id]
    assert again[0].draw.replacement
    assert review.draws.count() == 2
    assert "replaced" in barred(review)[leaving.expert.code]
    assert "consultancy" in barred(review)[leaving.expert.code]
    assert review.members.filter(leader=True).get().state == MemberState.SERVING


def test_a_leader_who_leaves_is_replaced_by_one_who_may_lead(world):
    second = make_expert(rank="leader")
    review = opened(world, mode="document", size=1)
    first = drawn(world, review)[0]
    services.declare_interest(
        review_id=review.pk, kind="unable", words="出差", until=None, by=first.expert.user, at=NOON
    )
    again = drawn(world, review)
    assert again[0].leader
    assert {first.expert.code, again[0].expert.code} == {world.experts[0].code, second.code}


def test_a_member_of_leaders_rank_steps_up_and_the_free_place_is_a_members(world):
    for one in world.experts:
        one.rank = "leader"
        one.save_without_historical_record()
    review = opened(world)
    seats = drawn(world, review)
    with pytest.raises(ReviewRefused):
        services.step_up(review_id=review.pk, by=world.officer, at=NOON, why="组长在任")
    leader = next(one for one in seats if one.leader)
    services.declare_interest(
        review_id=review.pk, kind="unable", words="出差", until=None, by=leader.expert.user, at=NOON
    )
    with pytest.raises(NotAllowed):
        services.step_up(review_id=review.pk, by=world.manager, at=NOON, why="组长请假")

    seat = services.step_up(review_id=review.pk, by=world.officer, at=NOON, why="组长请假")
    again = drawn(world, review)

    assert seat.expert_id == next(one for one in seats if not one.leader).expert_id
    assert [one.leader for one in again] == [False]
    assert review.members.exclude(state=MemberState.REPLACED).get(leader=True) == seat


def test_the_numbers_of_reviews_follow_each_other_within_a_year(world):
    first = opened(world)
    year = NOON.year
    Review.objects.filter(pk=first.pk).update(number=f"R-{year}-000041")
    assert selectors.next_number(NOON) == f"R-{year}-000042"
    assert selectors.next_number(NOON.replace(year=year + 1)) == f"R-{year + 1}-000001"


@pytest.mark.parametrize(
    ("last", "on", "within"),
    [
        (date(2025, 2, 28), date(2028, 2, 28), True),
        (date(2025, 2, 28), date(2028, 2, 29), True),
        (date(2025, 2, 28), date(2028, 3, 1), False),
        (date(2025, 3, 2), date(2028, 3, 1), True),
    ],
)
def test_three_years_are_three_years_of_the_calendar(last, on, within):
    """1,095 days fall short of three years that hold a leap day."""
    facts = CandidateFacts("P-1", "assessor", ("12",), "available", (Span(None, last),))
    law = {"years_after_employment": 3, "years_after_consultancy": 3, "most_open_reviews": 4}

    assert list(reasons(facts, on, law)) == (["former_employer"] if within else [])


def test_an_interest_that_comes_up_after_preparation_opens_the_panel_again(world):
    review = prepared(world)
    services.declare_interest(
        review_id=review.pk, kind="family", words="堂兄入职", until=None, by=member_of(review), at=NOON
    )
    review.refresh_from_db()
    assert review.stage == Stage.FORMING


def test_the_review_is_not_prepared_while_somebody_has_not_declared(world):
    review = opened(world)
    drawn(world, review)
    services.declare_free(review_id=review.pk, by=leader_of(review), at=NOON)
    with pytest.raises(ReviewRefused, match="not declared"):
        services.prepare(
            review_id=review.pk, first_day=TODAY, last_day=TODAY, plan="", by=world.officer, at=NOON, why=WHY
        )


def test_the_task_counts_as_workload_from_the_declaration_on(world):
    review = opened(world)
    seats = drawn(world, review)
    assert not ExpertAssignment.objects.filter(reference=review.number).exists()
    services.declare_free(review_id=review.pk, by=seats[0].expert.user, at=NOON)
    assert ExpertAssignment.objects.get(reference=review.number).leader


def test_an_officer_frees_a_place_with_a_reason(world):
    review = opened(world)
    seat = drawn(world, review)[1]
    services.excuse(review_id=review.pk, expert_code=seat.expert.code, by=world.officer, at=NOON, why="未答复")
    assert review.members.get(pk=seat.pk).state == MemberState.REPLACED
    with pytest.raises(NotAllowed):
        services.excuse(review_id=review.pk, expert_code=seat.expert.code, by=world.manager, at=NOON, why="x")


def test_only_the_leader_begins_and_not_before_the_day(world):
    review = prepared(world)
    with pytest.raises(NotAllowed):
        services.start(review_id=review.pk, by=member_of(review), at=NOON, why=WHY)
    with pytest.raises(ReviewRefused, match="begins on"):
        services.start(review_id=review.pk, by=leader_of(review), at=NOON - timedelta(days=2), why=WHY)
    begun = services.start(review_id=review.pk, by=leader_of(review), at=NOON, why=WHY)
    assert begun.stage == Stage.AT_WORK
    assert begun.checklist.count() == 22
    assert begun.confirmations.count() == 3
    begun.application.refresh_from_db()
    assert begun.application.stage == "in_review"


def test_a_review_that_has_begun_cannot_be_called_off(world):
    review = at_work(world)
    with pytest.raises(IllegalMove):
        services.cancel(review_id=review.pk, by=world.officer, at=NOON, why=WHY)


def test_each_reader_sees_the_reviews_that_concern_them(world):
    review = opened(world)
    stranger = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY))

    def sees(user):
        return selectors.reviews_visible_to(user, TODAY).filter(pk=review.pk).exists()

    assert sees(world.officer)
    assert sees(world.manager)
    assert not sees(stranger)
    assert not sees(world.experts[0].user)
    seats = drawn(world, review)
    assert sees(seats[0].expert.user)
