from datetime import timedelta

import pytest

from zhunsheng.admission.licensing.services import reviewing
from zhunsheng.admission.reviews import printing, selectors, services
from zhunsheng.admission.reviews.lifecycle import NonconformityState, Stage
from zhunsheng.admission.reviews.models import Conclusion
from zhunsheng.admission.reviews.services import ReviewRefused
from zhunsheng.admission.reviews.tests.factories import (
    WHY,
    at_work,
    change,
    clause_item,
    confirmed,
    fill,
    found_wanting,
    leader_of,
    line_item,
    make_expert,
    member_of,
    send,
)
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.platform.notices.models import Notice
from zhunsheng.registry.bodies.models import ExpertEvaluation

pytestmark = pytest.mark.django_db
PDF = services.Upload("验证报告.pdf", b"%PDF-1.7\n1 0 obj\n", "application/pdf")
LATER = NOON + timedelta(days=3)


@pytest.fixture
def review(world):
    made = at_work(world)
    fill(made, leader_of(made))
    return made


def confirm(review, found):
    services.confirm_by_panel(nonconformity_id=found.pk, by=leader_of(review), at=NOON)


def asked(review, **values):
    found = found_wanting(review, member_of(review), **values)
    confirm(review, found)
    made = services.ask_rectification(review_id=review.pk, by=leader_of(review), at=NOON, why="请整改")
    found.refresh_from_db()
    return found, made


def answered(review, found, world):
    services.answer(nonconformity_id=found.pk, words="已补做验证", evidence=[PDF], by=world.manager, at=LATER)
    services.hand_in(review_id=review.pk, by=world.manager, at=LATER)
    return found.answers.get(round__closed_at=None)


def day_after(made):
    return NOON + (made.due_on - NOON.date()) + timedelta(days=1)


def conclude(review, kind, at=LATER):
    services.draft_conclusion(review_id=review.pk, kind=kind, words="评审组意见", by=leader_of(review), at=at)
    services.speak(review_id=review.pk, agrees=True, words="", by=member_of(review), at=at)
    return services.conclude(review_id=review.pk, by=leader_of(review), at=at, why="结论一致")


def test_a_review_without_findings_concludes_that_all_conforms(review):
    conclude(review, "conform")
    review.application.refresh_from_db()
    assert review.application.stage == "reviewed"
    assert review.application.conclusion == "conform"
    assert {one.outcome for one in review.application.lines.all()} == {"granted"}


def test_both_sides_confirm_a_nonconformity_and_the_body_may_object(review, world):
    found = found_wanting(review, member_of(review))
    with pytest.raises(ReviewRefused, match="has not confirmed"):
        services.confirm_by_body(nonconformity_id=found.pk, objection="", by=world.manager, at=NOON)
    with pytest.raises(NotAllowed):
        services.confirm_by_panel(nonconformity_id=found.pk, by=member_of(review), at=NOON)
    confirm(review, found)
    services.confirm_by_body(nonconformity_id=found.pk, objection="已有记录", by=world.manager, at=NOON)
    found.refresh_from_db()
    assert (found.panel_by, found.body_by, found.objection) == (leader_of(review), world.manager, "已有记录")


def test_the_body_is_asked_until_a_day_and_told(review):
    _found, made = asked(review)
    review.refresh_from_db()
    assert review.stage == Stage.RECTIFYING
    assert made.due_on is not None
    assert Notice.objects.get(kind="licensing.rectification").body.startswith("请整改")
    review.application.refresh_from_db()
    assert review.application.stage == "rectifying"


def test_nothing_is_asked_that_the_panel_has_not_confirmed(review):
    found_wanting(review, member_of(review))
    with pytest.raises(ReviewRefused, match="confirmed"):
        services.ask_rectification(review_id=review.pk, by=leader_of(review), at=NOON, why=WHY)


def test_an_accepted_rectification_closes_the_round_and_lets_the_clock_run(review, world):
    found, made = asked(review)
    services.verify(
        answer_id=answered(review, found, world).pk, accepted=True, remark="", by=member_of(review), at=LATER
    )
    found.refresh_from_db()
    made.refresh_from_db()
    review.application.refresh_from_db()
    assert found.state == NonconformityState.CLOSED
    assert made.closed_at == LATER
    assert review.application.stage == "in_review"
    conclude(review, "nearly")
    assert {one.outcome for one in review.application.lines.all()} == {"granted"}


def test_what_still_fails_goes_into_another_round_with_the_same_last_day(review, world):
    found, first = asked(review)
    with pytest.raises(ReviewRefused, match="still wanting"):
        services.verify(
            answer_id=answered(review, found, world).pk, accepted=False, remark="", by=member_of(review), at=LATER
        )
    services.verify(
        answer_id=found.answers.get().pk, accepted=False, remark="缺少原始记录", by=member_of(review), at=LATER
    )
    second = services.ask_rectification(review_id=review.pk, by=leader_of(review), at=LATER, why="再次整改")
    assert (second.number, second.due_on) == (2, first.due_on)
    assert Notice.objects.filter(kind="reviews.rectification").count() == 1
    assert services.answer(nonconformity_id=found.pk, words="补充", by=world.manager, at=LATER).round == second


def test_every_open_nonconformity_needs_an_answer(review, world):
    other = found_wanting(review, member_of(review), lines="3")
    confirm(review, other)
    found, _made = asked(review)
    services.answer(nonconformity_id=found.pk, words="已整改", by=world.manager, at=LATER)
    with pytest.raises(ReviewRefused, match="without an answer: 1"):
        services.hand_in(review_id=review.pk, by=world.manager, at=LATER)


def test_what_is_handed_in_late_is_refused_and_not_granted(review, world):
    found, made = asked(review)
    late = day_after(made)
    services.answer(nonconformity_id=found.pk, words="已整改", by=world.manager, at=late)
    with pytest.raises(ReviewRefused, match="limit for rectification"):
        services.hand_in(review_id=review.pk, by=world.manager, at=late)

    services.give_up(review_id=review.pk, by=leader_of(review), at=late, why="逾期未整改")
    conclude(review, "nearly", late)
    outcomes = dict(review.application.lines.values_list("number", "outcome"))
    assert outcomes == {1: "granted", 2: "refused", 3: "granted"}
    assert review.application.lines.get(number=2).reason == "不符合项未完成整改"


def test_a_nonconformity_of_the_whole_body_that_is_not_mended_refuses_everything(review):
    _found, made = asked(review, lines="")
    late = day_after(made)
    services.give_up(review_id=review.pk, by=leader_of(review), at=late, why="逾期未整改")
    with pytest.raises(ReviewRefused, match="doesn't agree"):
        services.draft_conclusion(review_id=review.pk, kind="nearly", words="x", by=leader_of(review), at=late)
    conclude(review, "not_conform", late)
    assert {one.outcome for one in review.application.lines.all()} == {"refused"}


def test_nothing_counts_as_not_rectified_before_the_body_was_asked(review):
    found = found_wanting(review, member_of(review), lines="")
    confirm(review, found)
    with pytest.raises(ReviewRefused, match="never asked") as refused:
        services.give_up(review_id=review.pk, by=leader_of(review), at=NOON, why="不整改")
    assert refused.value.field == "why"
    assert refused.value.remedy
    found.refresh_from_db()
    assert found.state == NonconformityState.OPEN


def test_nothing_counts_as_not_rectified_on_the_last_day_while_the_round_runs(review):
    found, made = asked(review)
    last_day = day_after(made) - timedelta(days=1)
    with pytest.raises(ReviewRefused, match="round of rectification runs"):
        services.give_up(review_id=review.pk, by=leader_of(review), at=last_day, why="未整改")
    services.give_up(review_id=review.pk, by=leader_of(review), at=day_after(made), why="逾期未整改")
    found.refresh_from_db()
    assert found.state == NonconformityState.FAILED


def test_what_a_verified_round_left_wanting_counts_as_not_rectified(review, world):
    found, made = asked(review)
    services.verify(
        answer_id=answered(review, found, world).pk, accepted=False, remark="缺少原始记录", by=member_of(review),
        at=LATER,
    )  # fmt: skip
    services.give_up(review_id=review.pk, by=leader_of(review), at=LATER, why="整改后仍不符合")
    found.refresh_from_db()
    made.refresh_from_db()
    assert (found.state, made.closed_at) == (NonconformityState.FAILED, LATER)


def test_another_body_cannot_answer(review):
    found, _made = asked(review)
    stranger = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY))
    with pytest.raises(NotAllowed):
        services.answer(nonconformity_id=found.pk, words="x", by=stranger, at=LATER)


def test_a_panel_cannot_conclude_with_work_undone(world):
    made = at_work(world)
    with pytest.raises(ReviewRefused, match="22 clauses"):
        services.draft_conclusion(review_id=made.pk, kind="conform", words="x", by=leader_of(made), at=NOON)
    fill(made, leader_of(made))
    bare = confirmed(site_test=False)
    send(made, leader_of(made), change(line_item(made), 1, bare))
    with pytest.raises(ReviewRefused, match="no way of confirming"):
        services.draft_conclusion(review_id=made.pk, kind="conform", words="x", by=leader_of(made), at=NOON)


def test_an_open_conflict_of_the_sheet_holds_the_conclusion_up(review):
    send(review, member_of(review), change(clause_item(review), 0, {"verdict": "fails", "note": ""}))
    with pytest.raises(ReviewRefused, match="conflicts"):
        services.draft_conclusion(review_id=review.pk, kind="conform", words="x", by=leader_of(review), at=NOON)


def test_the_leader_waits_for_every_member_and_a_dissent_has_words(review):
    services.draft_conclusion(review_id=review.pk, kind="conform", words="x", by=leader_of(review), at=NOON)
    with pytest.raises(ReviewRefused, match="haven't said"):
        services.conclude(review_id=review.pk, by=leader_of(review), at=NOON, why=WHY)
    with pytest.raises(ReviewRefused, match="needs words"):
        services.speak(review_id=review.pk, agrees=False, words=" ", by=member_of(review), at=NOON)
    services.speak(review_id=review.pk, agrees=False, words="第2项依据不足", by=member_of(review), at=NOON)
    services.conclude(review_id=review.pk, by=leader_of(review), at=NOON, why=WHY)
    assert Conclusion.objects.get(review=review).voices.get().words == "第2项依据不足"


def test_a_conclusion_written_anew_keeps_what_was_said_of_the_former_one(review):
    services.draft_conclusion(review_id=review.pk, kind="conform", words="初稿", by=leader_of(review), at=NOON)
    services.speak(review_id=review.pk, agrees=False, words="第2项依据不足", by=member_of(review), at=NOON)
    services.speak(review_id=review.pk, agrees=False, words="第3项依据不足", by=member_of(review), at=NOON)

    made = services.draft_conclusion(review_id=review.pk, kind="conform", words="二稿", by=leader_of(review), at=LATER)

    former = made.voices.get()
    assert (former.words, former.outdated_at) == ("第3项依据不足", LATER)
    said = former.history.order_by("history_id").values_list("words", flat=True)
    assert list(dict.fromkeys(said)) == ["第2项依据不足", "第3项依据不足"]
    assert list(made.history.order_by("history_id").values_list("words", flat=True)) == ["初稿", "二稿"]
    with pytest.raises(ReviewRefused, match="haven't said"):
        services.conclude(review_id=review.pk, by=leader_of(review), at=LATER, why=WHY)
    services.speak(review_id=review.pk, agrees=True, words="", by=member_of(review), at=LATER)
    assert [one.agrees for one in selectors.report_of(review).voices] == [True]


def test_an_answer_said_anew_keeps_the_former_words(review, world):
    found, _made = asked(review)
    for words in ("已补做验证", "已补做验证并附原始记录"):
        services.answer(nonconformity_id=found.pk, words=words, by=world.manager, at=LATER)

    history = found.answers.get().history.order_by("history_id")
    assert list(history.values_list("words", flat=True)) == ["已补做验证", "已补做验证并附原始记录"]


def test_an_assessor_of_another_panel_concludes_nothing_here(review, world):
    """Only who serves on this panel, or the handler, tells the file what the review found."""
    stranger = make_expert("P-9999")
    assert not review.members.filter(expert=stranger).exists()
    lines = {one.pk: (True, "") for one in review.application.lines.all()}

    with pytest.raises(NotAllowed):
        reviewing.record_conclusion(
            application_id=review.application_id, conclusion="conform", line_outcomes=lines, by=stranger.user, at=NOON
        )

    review.application.refresh_from_db()
    assert review.application.stage == "in_review"


def test_a_sheet_that_changed_since_the_draft_asks_for_a_new_one(review):
    services.draft_conclusion(review_id=review.pk, kind="conform", words="x", by=leader_of(review), at=NOON)
    services.speak(review_id=review.pk, agrees=True, words="", by=member_of(review), at=NOON)
    send(review, member_of(review), change(line_item(review), 1, confirmed(confirmed="no", note="人员不熟练")))
    with pytest.raises(ReviewRefused, match="changed since"):
        services.conclude(review_id=review.pk, by=leader_of(review), at=NOON, why=WHY)


def test_a_concluded_review_takes_nothing_more(review, world):
    conclude(review, "conform")
    with pytest.raises(IllegalMove):
        services.ask_rectification(review_id=review.pk, by=leader_of(review), at=LATER, why=WHY)
    with pytest.raises(ReviewRefused, match="room is closed"):
        services.lay_out_file(review_id=review.pk, upload=PDF, words="x", by=world.manager, at=LATER)


def test_the_room_keeps_what_was_taken_away_and_refuses_a_file_twice(review, world):
    one = services.lay_out_file(review_id=review.pk, upload=PDF, words="质量手册", by=world.manager, at=NOON)
    with pytest.raises(ReviewRefused, match="already"):
        services.lay_out_file(review_id=review.pk, upload=PDF, words="质量手册", by=world.manager, at=NOON)
    with pytest.raises(NotAllowed):
        services.take_file_away(file_id=one.pk, by=leader_of(review), at=NOON)
    services.take_file_away(file_id=one.pk, by=world.manager, at=NOON)
    assert review.files.get().removed_at == NOON


def test_sessions_belong_to_remote_reviews(world):
    remote = at_work(world, mode="remote")
    told = {"subject": "首次会议", "people": "评审组、机构", "recording": "政务云/2026/1.mp4"}
    hour = timedelta(hours=1)
    services.record_session(
        review_id=remote.pk, began_at=NOON - hour, ended_at=NOON, by=leader_of(remote), at=NOON, **told
    )
    with pytest.raises(ReviewRefused, match="begins before"):
        services.record_session(
            review_id=remote.pk, began_at=NOON, ended_at=NOON - hour, by=leader_of(remote), at=NOON, **told
        )
    assert remote.sessions.get().subject == "首次会议"


def test_assessors_are_evaluated_afterwards_in_the_register(review, world):
    conclude(review, "conform")
    code = review.members.get(leader=True).expert.code
    services.evaluate(
        review_id=review.pk, expert_code=code, score=92, comment="认真", by=world.second, at=LATER, why=WHY
    )
    assert ExpertEvaluation.objects.get().reference == review.number
    with pytest.raises(NotAllowed):
        services.evaluate(
            review_id=review.pk, expert_code=code, score=92, comment="", by=world.manager, at=LATER, why=WHY
        )


def test_the_report_has_every_table_and_says_when_it_is_a_draft(review, world):
    found, _made = asked(review)
    services.verify(
        answer_id=answered(review, found, world).pk, accepted=True, remark="", by=member_of(review), at=LATER
    )
    draft = printing.content(review)
    assert draft["draft"]
    conclude(review, "nearly")
    told = printing.content(review)
    assert told["draft"] == ""
    assert len(told["checklist"]) == 22
    assert [row[0] for row in told["capabilities"]] == ["1", "2", "3"]
    assert told["confirmations"][0][1] == "√"
    assert told["nonconformities"][0]["answers"][0][0] == "已补做验证"
    assert told["conclusion"][0] == ["评审结论", "基本符合"]
    assert printing.review_pdf(review, at=LATER).startswith(b"%PDF")


def test_the_report_asks_the_same_queries_however_many_lines_there_are(review):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked_for:
            printing.content(selectors.reviews_visible_to(leader_of(review), NOON.date()).get(pk=review.pk))
        counts.append(len(asked_for))
        for number in (2, 3):
            found_wanting(review, member_of(review), lines=str(number))
    assert counts[1] <= counts[0] + 2
