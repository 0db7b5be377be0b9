"""Estimates for all bodies from the lot alone."""

from datetime import timedelta

import pytest

from zhunsheng.oversight.inspections.lifecycle import TaskStage
from zhunsheng.oversight.inspections.models import Plan, Task
from zhunsheng.oversight.inspections.selectors.estimates import estimates_of
from zhunsheng.oversight.inspections.services.drawing import seal_bodies_draw, take_bodies
from zhunsheng.oversight.inspections.tests.factories import (
    carry_out,
    make_bodies,
    make_inspector,
    make_officer,
    make_plan,
    make_task,
    two_parties,
)
from zhunsheng.platform.accounts.tests.factories import NOON

pytestmark = pytest.mark.django_db


def report(tasks: list[Task], outcomes: list[bool | None]) -> None:
    pair = make_inspector(), make_inspector()
    for task, violation in zip(tasks, outcomes, strict=True):
        Task.objects.filter(pk=task.pk).update(
            stage=TaskStage.REPORTED, violation=violation, leader=pair[0], second=pair[1], assigned_at=NOON,
            reported_by=make_officer(), reported_at=NOON,
        )  # fmt: skip


def drawn(field: str, first: int, rates: dict[str, str]) -> tuple[Plan, list[Task]]:
    make_bodies(20, field=field, first=first)
    plan, officer = make_plan(strata=["field"], rates=rates, fields=[field]), make_officer()
    sealed = seal_bodies_draw(plan_id=plan.pk, **two_parties(), by=officer, at=NOON)
    carry_out(sealed, NOON + timedelta(hours=1))
    return plan, take_bodies(plan_id=plan.pk, by=officer, at=NOON + timedelta(hours=2))


def test_of_ten_drawn_from_twenty_two_violators_mean_a_fifth_and_causes_never_count():
    plan, tasks = drawn("12", 1, {"": "50"})
    report(tasks, [True, True, *[False] * 7, None])
    cause = make_task(plan=plan)
    Task.objects.filter(pk=cause.pk).update(violation=True)

    found = estimates_of(Plan.objects.all())

    assert found.whole is not None
    assert (found.whole.seen, found.whole.found, found.unreached, found.waiting) == (9, 2, 1, 0)
    assert found.whole.value == pytest.approx(2 / 9)
    assert found.whole.method == "clopper-pearson/yates-grundy"
    assert found.whole.low < 2 / 9 < found.whole.high
    assert set(found.by_stratum) == {"12"}
    assert set(found.by_year) == {plan.first_day.year}


def test_with_no_violator_found_the_upper_end_follows_the_rule_of_three():
    _plan, tasks = drawn("12", 1, {"": "50"})
    report(tasks, [False] * 10)

    whole = estimates_of(Plan.objects.all()).whole

    assert whole is not None
    assert (whole.value, whole.low) == (0.0, 0.0)
    assert whole.high == pytest.approx(0.3)


def test_nothing_reported_is_no_estimate():
    _plan, tasks = drawn("12", 1, {"": "50"})

    found = estimates_of(Plan.objects.all())

    assert (found.whole, found.waiting) == (None, len(tasks))
