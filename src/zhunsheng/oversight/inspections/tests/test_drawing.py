"""Draws of a plan: frame and weights, who is left out, tasks of the drawn, causes apart, pairs, substitutes."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.draws.frames import read_frame
from zhunsheng.foundation.draws.verifying import verify_bytes
from zhunsheng.oversight.inspections import selectors
from zhunsheng.oversight.inspections.lifecycle import Arm, TaskStage
from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.rules.frame import BodyFacts, Rates, asked, frame_of, method, weight
from zhunsheng.oversight.inspections.services.causes import add_cause
from zhunsheng.oversight.inspections.services.drawing import seal_bodies_draw, take_bodies
from zhunsheng.oversight.inspections.services.pool import add_inspector, change_inspector, declare_interest
from zhunsheng.oversight.inspections.services.staffing import (
    seal_inspectors_draw,
    seal_substitute_draw,
    take_inspectors,
)
from zhunsheng.oversight.inspections.services.steps import InspectionRefused
from zhunsheng.oversight.inspections.tests.factories import (
    account_of,
    carry_out,
    leader_of,
    make_bodies,
    make_inspector,
    make_officer,
    make_plan,
    make_task,
    two_parties,
)
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY
from zhunsheng.platform.draws.services import DrawImpossible

pytestmark = pytest.mark.django_db
RATES = Rates({"A": Decimal(3), "D": Decimal(100), "C": Decimal(20), "": Decimal(5)}, Decimal(2), Decimal("0.01"))
LATER = NOON + timedelta(hours=2)


def facts(name="b1", grade="", leads=0, field="12", city="440100"):
    return BodyFacts(name, name, field, city, grade, leads)


@pytest.mark.parametrize(
    ("grade", "leads", "expected"),
    [("A", 0, "3"), ("D", 0, "100"), ("", 0, "5"), ("C", 1, "40"), ("C", 3, "40"), ("D", 2, "100"), ("X", 0, "5")],
)
def test_a_body_s_weight_is_its_grade_s_rate_raised_by_an_open_lead(grade, leads, expected):
    assert weight(facts(grade=grade, leads=leads), RATES) == Decimal(expected)


@given(st.text("ABCD", min_size=1, max_size=60), st.sampled_from(["0.01", "0.2"]))
def test_of_every_stratum_somebody_is_drawn_and_nobody_is_without_a_chance(grades, floor):
    rates = Rates({"A": Decimal(3), "": Decimal(5)}, Decimal(2), Decimal(floor))
    rows, n = frame_of([facts(f"b{k}", grade) for k, grade in enumerate(grades)], ["grade"], rates)

    for name, count in n.items():
        units = [row for row in rows if row["stratum"] == name]
        assert 1 <= count <= len(units)
        assert count >= Decimal(floor) * len(units)
    assert all(Decimal(row["size"]) > 0 for row in rows)
    assert all(set(row) == {"id", "name", "stratum", "size"} for row in rows)


def test_three_percent_of_a_hundred_is_three_and_of_ten_is_one():
    assert asked([Decimal(3)] * 100, Decimal("0.01")) == 3
    assert asked([Decimal(3)] * 10, Decimal("0.01")) == 1
    assert asked([Decimal(100)] * 4, Decimal("0.01")) == 4


def test_a_stratum_above_five_thousand_is_drawn_by_the_pivotal_method():
    assert method([{"stratum": ""}] * 5000, {"": 300}, 5000) == "sampford"
    assert method([{"stratum": ""}] * 5001, {"": 300}, 5000) == "random_pivotal"


def test_the_drawn_become_tasks_with_their_probability_and_nobody_else():
    make_bodies(20, field="12")
    make_bodies(4, field="00", grade="D", first=100)
    plan, officer = make_plan(strata=["field"], rates={"": "20", "D": "100"}), make_officer()
    sealed = seal_bodies_draw(plan_id=plan.pk, **two_parties(), by=officer, at=NOON)
    with pytest.raises(InspectionRefused):
        take_bodies(plan_id=plan.pk, by=officer, at=NOON)
    with pytest.raises(InspectionRefused):
        seal_bodies_draw(plan_id=plan.pk, **two_parties(), by=officer, at=NOON)
    carry_out(sealed, LATER)

    tasks = take_bodies(plan_id=plan.pk, by=officer, at=LATER)

    drawn = sealed.draw
    drawn.refresh_from_db()
    assert verify_bytes(drawn.transcript.encode()) == []
    assert sorted(task.row for task in tasks) == drawn.result["selected"]
    assert len(tasks) == 4 + 4
    assert {task.arm for task in Task.objects.all()} == {Arm.RANDOM}
    assert {(task.stratum, round(task.pi or 0, 6)) for task in tasks} == {("12", 0.2), ("00", 1.0)}
    assert [task.checklist for task in tasks if task.stratum == "00"] == ["field-00"] * 4
    assert selectors.open_draw(plan, "bodies") is None


def test_whoever_is_inspected_for_the_matter_already_is_left_out_and_so_is_who_was_visited_often_enough():
    bodies = make_bodies(4)
    plan = make_plan(matters=["reports"])
    for body, matters in ((bodies[0], ["reports"]), (bodies[1], ["equipment"]), (bodies[2], ["samples"])):
        make_task(plan=plan, body=body, matters=matters)
    make_task(plan=plan, body=bodies[2], matters=["records"])

    frame = selectors.frame_for(plan, TODAY)

    assert {body.pk: why for body, why in frame.left_out} == {bodies[0].pk: "same_matter", bodies[2].pk: "frequency"}
    assert [row["id"] for row in frame.rows] == [bodies[1].slug, bodies[3].slug]


def test_a_lead_raises_the_rate_and_the_frame_does_not_say_why():
    bodies = make_bodies(3)
    plan = make_plan()
    with recorded(None, "test"):
        Lead.objects.create(
            number="XS-1", source="alert", reference="1", matter="m", title="t", words="w", body=bodies[1],
            division_id="440100", opened_at=NOON,
        )  # fmt: skip

    rows = selectors.frame_for(plan, TODAY).rows

    assert [row["size"] for row in rows] == ["5", "10", "5"]


def test_a_cause_joins_the_visit_that_is_to_be_made_anyway_and_stays_apart_from_the_lot():
    bodies = make_bodies(2)
    plan, officer = make_plan(matters=["reports"]), make_officer()
    with_visit = make_task(plan=plan, body=bodies[0], matters=["reports"])
    told: dict[str, Any] = {"plan_id": plan.pk, "kind": "lead", "words": "数据疑似雷同", "by": officer, "at": NOON}

    joined = add_cause(body_id=bodies[0].pk, reference="XS-1", matters=["records"], **told)
    own = add_cause(body_id=bodies[1].pk, reference="XS-2", **told)

    assert joined.pk == with_visit.pk
    assert joined.matters == ["reports", "records"]
    assert (own.arm, own.pi, own.stage, own.matters) == (Arm.CAUSE, None, TaskStage.PLANNED, ["reports"])
    with pytest.raises(InspectionRefused):
        add_cause(body_id=bodies[1].pk, reference="XS-2", **told)
    with pytest.raises(InspectionRefused):
        add_cause(body_id=bodies[1].pk, reference=" ", **told)
    with pytest.raises(InspectionRefused):
        add_cause(body_id=make_bodies(1, division="440300", first=50)[0].pk, reference="XS-3", **told)
    with pytest.raises(NotAllowed):
        add_cause(body_id=bodies[1].pk, reference="XS-4", **{**told, "by": make_officer(Role.INSPECTOR)})


def waiting(plan, count=2, **change):
    return [
        make_task(plan=plan, body=body, stage=TaskStage.PLANNED, assigned_at=None, fields=["12"], **change)
        for body in make_bodies(count)
    ]


def test_two_inspectors_are_drawn_for_every_visit_and_who_has_an_interest_never():
    plan, officer = make_plan(), make_officer()
    tasks = waiting(plan)
    people = [make_inspector(fields=["12"], leads=number != 1) for number in range(4)]
    elsewhere = make_inspector("440300", fields=["12"])
    declare_interest(
        inspector_id=people[0].pk, body_id=tasks[0].body_id, kind="family", until=None, why="申报",
        by=account_of(people[0]), at=NOON,
    )  # fmt: skip
    sealed = seal_inspectors_draw(plan_id=plan.pk, **two_parties(), by=officer, at=NOON)
    carry_out(sealed, LATER)

    done = take_inspectors(plan_draw_id=sealed.pk, by=officer, at=LATER)

    row = next(one for one in read_frame(sealed.draw.frame) if one["id"] == tasks[0].number)
    assert row["barred"] == f"{people[0].code}:interest"
    for task in done:
        assert task.stage == TaskStage.ASSIGNED
        assert task.leader is not None
        assert task.leader.leads
        assert task.second is not None
        assert {task.leader_id, task.second_id} <= {one.pk for one in people}
    assert people[0].pk not in {done[0].leader_id, done[0].second_id}
    assert elsewhere.code not in {one["id"] for one in read_frame(sealed.draw.frame)}
    with pytest.raises(InspectionRefused):
        take_inspectors(plan_draw_id=sealed.pk, by=officer, at=LATER)
    with pytest.raises(InspectionRefused):
        seal_inspectors_draw(plan_id=plan.pk, **two_parties(), by=officer, at=LATER)


def test_a_draw_that_avoidance_makes_impossible_names_the_visit_and_what_bars_whom():
    plan = make_plan()
    tasks = waiting(plan, 1)
    people = [make_inspector(fields=["12"]), make_inspector(fields=["12"]), make_inspector(fields=["00"])]
    declare_interest(
        inspector_id=people[0].pk, body_id=tasks[0].body_id, kind="employed", until=TODAY, why="申报",
        by=make_officer(), at=NOON,
    )  # fmt: skip

    with pytest.raises(DrawImpossible) as caught:
        seal_inspectors_draw(plan_id=plan.pk, **two_parties(), by=make_officer(), at=NOON)

    condition = caught.value.conditions[0]
    assert condition["visits"] == [tasks[0].number]
    assert condition["barred"] == {"field": 1, "interest": 1}
    assert (condition["seats"], condition["possible"]) == (2, 1)
    assert tasks[0].number in str(caught.value.params["conditions"])


def test_a_substitute_comes_by_a_new_sealed_draw_for_a_reason_and_the_other_one_stays():
    plan, officer = make_plan(), make_officer()
    pair = [make_inspector(fields=["12"]), make_inspector(fields=["12"])]
    body = make_bodies(1)[0]
    task = make_task(plan=plan, body=body, fields=["12"], leader=pair[0], second=pair[1])
    third = make_inspector(fields=["12"])
    asking = {"task_id": task.pk, **two_parties(), "by": officer, "at": NOON}

    with pytest.raises(InspectionRefused):
        seal_substitute_draw(leaving_id=pair[0].pk, why=" ", **asking)
    with pytest.raises(InspectionRefused):
        seal_substitute_draw(leaving_id=third.pk, why="病假", **asking)
    sealed = seal_substitute_draw(leaving_id=pair[0].pk, why="病假", **asking)
    assert "病假" not in sealed.draw.commitment["parameters"].values()
    carry_out(sealed, LATER)
    take_inspectors(plan_draw_id=sealed.pk, by=officer, at=LATER)

    task.refresh_from_db()
    assert (task.leader, task.second) == (third, pair[1])
    assert task.history.count() == 2


def test_the_pool_takes_officers_alone_and_tells_what_they_are_qualified_for():
    officer, user = make_officer(), make_officer(Role.INSPECTOR)
    made = add_inspector(
        user_id=user.pk, card_no="粤A-1", fields=["12", "00"], leads=True, why="入库", by=officer, at=NOON
    )

    assert (made.fields, made.leads, made.active) == (["00", "12"], True, True)
    for person, fields in ((user, ["12"]), (make_officer(Role.INSPECTOR), []), (make_officer(Role.INSPECTOR), ["99"])):
        with pytest.raises(InspectionRefused):
            add_inspector(user_id=person.pk, card_no="", fields=fields, leads=True, why="入库", by=officer, at=NOON)
    with pytest.raises(NotAllowed):
        change_inspector(
            inspector_id=made.pk, card_no="", fields=["12"], leads=False, active=False, why="出库", by=user, at=NOON
        )
    change_inspector(
        inspector_id=made.pk, card_no="", fields=["12"], leads=False, active=False, why="出库", by=officer, at=NOON
    )
    assert not selectors.pool_of(make_plan())


def test_nobody_declares_another_s_interest_without_keeping_the_pool():
    task = make_task()
    with pytest.raises(NotAllowed):
        declare_interest(
            inspector_id=make_inspector().pk, body_id=task.body_id, kind="family", until=None, why="x",
            by=leader_of(task), at=NOON,
        )  # fmt: skip
