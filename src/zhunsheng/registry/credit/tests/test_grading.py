"""Grades are computed from the file, sealed, restored when a wrong event goes, and cost the same for many."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.notices.models import Delivery
from zhunsheng.registry.bodies.models import Person, Signatory
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate
from zhunsheng.registry.credit import scorecard_book, selectors, services
from zhunsheng.registry.credit.models import Grade, Rates, Scoring, Stale
from zhunsheng.registry.credit.rules.scoring import back
from zhunsheng.registry.credit.services import NotRecordable

pytestmark = pytest.mark.django_db


@pytest.fixture
def laboratory():
    organisation = make_organisation(Kind.BODY, division="440100")
    body = make_body(organisation=organisation, division=organisation.division)
    make_certificate(body)
    with recorded(None, "test"):
        for code in ("A", "B"):
            person = Person.objects.create(body=body, code=code, name=f"签字人{code}")
            Signatory.objects.create(person=person, field="水")
    return body


@pytest.fixture
def officer():
    return make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))


def record(body, by, kind, days=10, at=NOON):
    return services.record(
        body_id=body.pk, kind=kind, on=TODAY - timedelta(days=days), source="省局", reference=f"{kind}{days}",
        words="已查实", by=by, at=at,
    )  # fmt: skip


def oblige(body, by):
    return services.oblige(
        body_id=body.pk, kind="rectify", due_on=None, reference="责改1号", words="整改", by=by, at=NOON
    )


def compute(days=0, **more):
    later = timedelta(days=days)
    return services.compute_grades(on=TODAY + later, by=None, at=NOON + later, **more)


def good_record(body, by):
    record(body, by, "inspection_clean", 100)
    record(body, by, "proficiency_passed", 90)


def test_a_grade_tells_what_each_event_costs_and_is_sealed(laboratory, officer):
    good_record(laboratory, officer)
    penalty = record(laboratory, officer, "penalty")

    compute()

    found = selectors.newest_scoring(laboratory.pk)
    assert found is not None
    assert [one for one in found.result["items"] if one[3] == penalty.pk] == [
        ["enforcement", "INDICATOR-PENALTIES", 120, penalty.pk]
    ]
    assert selectors.grade_on(laboratory.pk, TODAY).grade == "B"
    assert Entry.objects.filter(kind="credit.grade", subject=found.sha256, body=laboratory.slug).count() == 1
    assert services.sealed_scoring(found, laboratory.slug) == found.sha256
    assert not Stale.objects.exists()


def test_what_is_recorded_while_a_computing_runs_stays_marked_for_the_next_one(laboratory, officer):
    """A long computing counts what was known when it began; what came later is not counted and not forgotten."""
    record(laboratory, officer, "inspection_clean")
    record(laboratory, officer, "penalty", at=NOON + timedelta(minutes=2))

    services.compute_grades(on=TODAY, by=None, at=NOON + timedelta(minutes=1))

    assert [kind for _key, kind, _day in selectors.newest_scoring(laboratory.pk).inputs["events"]] == [
        "inspection_clean"
    ]
    assert Stale.objects.get().body_id == laboratory.pk
    services.compute_grades(on=TODAY, by=None, at=NOON + timedelta(minutes=3))
    assert not Stale.objects.exists()


def test_what_is_told_later_of_an_earlier_moment_does_not_age_the_mark(laboratory, officer):
    record(laboratory, officer, "penalty")
    record(laboratory, officer, "order_to_correct", at=NOON - timedelta(minutes=5))

    assert Stale.objects.get().since == NOON


def test_every_change_of_a_file_renews_its_mark(laboratory, officer):
    event = record(laboratory, officer, "penalty")
    obligation = oblige(laboratory, officer)
    told = {"by": officer, "why": "补正"}
    changes = (
        lambda at: services.set_due_day(obligation_id=obligation.pk, due_on=TODAY, at=at, **told),
        lambda at: services.discharge(obligation_id=obligation.pk, outcome="已整改", by=officer, at=at),
        lambda at: services.withdraw(event_id=event.pk, at=at, **told),
    )
    for number, change in enumerate(changes, 1):
        change(NOON + timedelta(minutes=number))
        assert Stale.objects.get().since == NOON + timedelta(minutes=number)


def test_the_body_is_locked_before_what_is_written_of_it(laboratory, officer):
    """Two writers who lock in another order would wait for each other; SQLite has one writer and no such locks."""
    if not connection.features.has_select_for_update:
        pytest.skip("this database locks no rows")
    event = record(laboratory, officer, "penalty")
    obligation = oblige(laboratory, officer)
    told = {"by": officer, "why": "补正", "at": NOON}
    for change in (
        lambda: services.set_due_day(obligation_id=obligation.pk, due_on=TODAY, **told),
        lambda: services.discharge(obligation_id=obligation.pk, outcome="已整改", by=officer, at=NOON),
        lambda: services.withdraw(event_id=event.pk, **told),
    ):
        with CaptureQueriesContext(connection) as done:
            change()
        locking = [one["sql"] for one in done if "FOR UPDATE" in one["sql"]]
        assert 'FROM "bodies_body"' in locking[0]


def test_a_forcing_rule_may_look_back_further_than_any_indicator(laboratory, officer, monkeypatch):
    """A false report decided in the 40th month of a window of 60 forces the class, whatever indicators still see."""
    card = scorecard_book.scorecard(TODAY)
    longer = replace(card, forced=tuple(replace(one, months=60) for one in card.forced))
    assert max(one.months for one in card.indicators) < 40
    monkeypatch.setattr(scorecard_book, "scorecard", lambda _on: longer)
    record(laboratory, officer, "false_report", (TODAY - back(TODAY, 40)).days)

    compute()

    found = selectors.newest_scoring(laboratory.pk)
    assert (found.letter, found.result["forced_by"]) == ("D", "FORCED-FALSE-REPORT")


def test_computing_again_writes_nothing_while_nothing_changed(laboratory, officer):
    good_record(laboratory, officer)
    compute()

    assert compute().written == 0
    assert compute(5).written == 0
    assert Scoring.objects.count() == 1


def test_a_wrong_event_withdrawn_restores_score_and_grade_and_history_shows_both(laboratory, officer):
    good_record(laboratory, officer)
    compute()
    wrong = record(laboratory, officer, "inaccurate_report", at=NOON + timedelta(days=1))
    assert compute(1).moved == [(laboratory, "A", "B")]
    services.withdraw(event_id=wrong.pk, why="复检合格，原结论有误", by=officer, at=NOON + timedelta(days=2))
    compute(2)

    first, lowered, restored = Scoring.objects.order_by("pk")
    assert lowered.score < first.score
    assert restored.result == first.result
    assert restored.inputs_sha256 == first.inputs_sha256
    assert list(Grade.objects.order_by("since").values_list("grade", flat=True)) == ["A", "B", "A"]
    assert [one.pk for one in laboratory.credit_events.exclude(withdrawn_at=None)] == [wrong.pk]


def test_the_hysteresis_forgets_what_a_wrong_event_did(laboratory, officer):
    """One finding leaves an A alone; after a wrong penalty it must come back to A, not stay where the penalty led."""
    good_record(laboratory, officer)
    compute()
    for kind in ("inspection_findings", "order_to_correct"):
        record(laboratory, officer, kind, 5)
    compute(1)
    assert selectors.grade_on(laboratory.pk, TODAY + timedelta(days=1)).grade == "A"
    wrong = record(laboratory, officer, "penalty", 4)
    compute(2)
    assert selectors.grade_on(laboratory.pk, TODAY + timedelta(days=2)).grade == "B"

    services.withdraw(event_id=wrong.pk, why="误录", by=officer, at=NOON + timedelta(days=3))
    compute(3)

    assert selectors.grade_on(laboratory.pk, TODAY + timedelta(days=3)).grade == "A"


def test_two_computings_of_one_day_leave_both_in_the_history(laboratory, officer):
    good_record(laboratory, officer)
    wrong = record(laboratory, officer, "penalty")
    compute()
    services.withdraw(event_id=wrong.pk, why="误录", by=officer, at=NOON)
    compute()

    grade = Grade.objects.get()
    assert grade.grade == "A"
    assert list(grade.history.order_by("history_id").values_list("grade", flat=True)) == ["B", "A"]
    assert Scoring.objects.count() == 2


def test_what_an_officer_entered_stands_and_the_computing_is_kept_beside_it(laboratory, officer):
    services.set_grade(
        body_id=laboratory.pk,
        grade="C",
        since=TODAY - timedelta(days=30),
        basis="文件",
        reason="录入",
        by=officer,
        at=NOON,
    )
    good_record(laboratory, officer)
    compute()

    assert selectors.grade_on(laboratory.pk, TODAY).grade == "C"
    assert selectors.newest_scoring(laboratory.pk).letter in "AB"


@pytest.mark.parametrize("since", [TODAY - timedelta(days=30), TODAY])
def test_an_entered_grade_is_ended_with_a_reason_and_the_scorecard_grades_again(laboratory, officer, since):
    entered = {"grade": "C", "since": since, "basis": "文件", "reason": "录入", "by": officer, "at": NOON}
    services.set_grade(body_id=laboratory.pk, **entered)
    good_record(laboratory, officer)
    compute()

    made = services.release_grade(body_id=laboratory.pk, reason="文件已撤销", by=officer, at=NOON)

    held = selectors.grade_on(laboratory.pk, TODAY)
    assert (held.pk, held.grade, held.origin) == (made.pk, selectors.newest_scoring(laboratory.pk).letter, "computed")
    assert held.history.first().history_change_reason == "文件已撤销"
    assert Entry.objects.filter(kind="credit.grade", subject=services.sealed(made)).count() == 1
    assert "C" in Grade.history.filter(body=laboratory).values_list("grade", flat=True)
    record(laboratory, officer, "false_report", at=NOON + timedelta(days=1))
    assert compute(1).moved == [(laboratory, made.grade, "D")]


def test_only_an_entered_grade_is_ended_and_only_with_a_reason_by_an_officer_of_the_place(laboratory, officer):
    good_record(laboratory, officer)
    compute()
    with pytest.raises(NotRecordable):
        services.release_grade(body_id=laboratory.pk, reason="文件已撤销", by=officer, at=NOON)
    services.set_grade(
        body_id=laboratory.pk,
        grade="C",
        since=TODAY + timedelta(days=1),
        basis="文件",
        reason="录入",
        by=officer,
        at=NOON,
    )
    with pytest.raises(NotRecordable):
        services.release_grade(body_id=laboratory.pk, reason=" ", by=officer, at=NOON)
    stranger = make_member(Role.PROVINCE_OFFICER, make_organisation(division="350000"))
    with pytest.raises(NotAllowed):
        services.release_grade(body_id=laboratory.pk, reason="文件已撤销", by=stranger, at=NOON)


def test_the_body_and_its_authorities_are_told_when_a_grade_moves(laboratory, officer):
    good_record(laboratory, officer)
    compute()
    assert not Delivery.objects.exists()
    record(laboratory, officer, "false_report", at=NOON + timedelta(days=1))
    compute(1)

    province = officer.memberships.get().organisation_id
    told = dict(Delivery.objects.values_list("organisation_id", "notice__subject"))
    assert "由 A 变为 D" in told[laboratory.organisation_id]
    assert province in told


def test_an_officer_computes_only_the_bodies_of_their_place_and_others_none(laboratory):
    stranger = make_member(Role.PROVINCE_OFFICER, make_organisation(division="350000"))
    manager = make_member(Role.BODY_MANAGER, laboratory.organisation)

    assert services.compute_grades(on=TODAY, by=stranger, at=NOON).bodies == 0
    with pytest.raises(NotAllowed):
        services.compute_grades(on=TODAY, by=manager, at=NOON)


def test_many_bodies_cost_no_more_queries_than_one(laboratory, officer, django_assert_max_num_queries):
    for number in range(30):
        body = make_body(f"2319120501{number:02d}", division=laboratory.division)
        make_certificate(body)
        record(body, officer, "inspection_findings")

    with django_assert_max_num_queries(40):
        done = compute()

    assert (done.bodies, done.written) == (31, 31)
    letters = selectors.grades_on(list(Grade.objects.values_list("body_id", flat=True)), TODAY)
    assert len(letters) == 31


def test_usual_rates_are_estimated_where_enough_bodies_speak_and_name_the_computing(laboratory, officer):
    for number in range(25):
        body = make_body(f"2319120502{number:02d}", division=laboratory.division)
        make_certificate(body)
        record(body, officer, "inspection_findings" if number % 2 else "inspection_clean")

    rates = services.estimate_rates(on=TODAY, by=officer, at=NOON)

    a, b = rates.values["INDICATOR-FINDINGS"][""]
    assert a / (a + b) == pytest.approx(12 / 25, abs=0.01)
    assert rates.values["INDICATOR-PROFICIENCY"] == {}, "nobody speaks of proficiency tests"
    assert services.estimate_rates(on=TODAY, by=officer, at=NOON) == rates
    compute()
    assert selectors.newest_scoring(laboratory.pk).rates == Rates.objects.get()
