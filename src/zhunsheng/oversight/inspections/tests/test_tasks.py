"""Tasks: who sees them, who reports them, what an outcome needs."""

import pytest

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.inspections import selectors
from zhunsheng.oversight.inspections.lifecycle import TASK, TaskStage
from zhunsheng.oversight.inspections.services.steps import InspectionRefused
from zhunsheng.oversight.inspections.services.tasks import cancel_task, record_disclosure, report_outcome
from zhunsheng.oversight.inspections.tests.factories import (
    leader_of,
    make_inspector,
    make_officer,
    make_task,
    second_of,
)
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY
from zhunsheng.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("codes", "violation"), [(["1"], False), (["A", "B"], True), (["6"], None), (["F"], False), (["E", "7"], True)]
)
def test_a_drawn_inspector_reports_the_outcome_by_the_standard_codes(codes, violation):
    task = make_task()

    report_outcome(task_id=task.pk, result_codes=codes, by=leader_of(task), at=NOON)

    task.refresh_from_db()
    assert (task.stage, task.result_codes, task.violation) == (TaskStage.REPORTED, codes, violation)
    assert task.reported_by == leader_of(task)
    assert Entry.objects.filter(kind="inspection.outcome", body=task.number).exists()


def test_nobody_but_the_two_drawn_reports_an_outcome():
    task = make_task()

    for stranger in (make_officer(), leader_of(make_task()), make_officer(Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            report_outcome(task_id=task.pk, result_codes=["1"], by=stranger, at=NOON)

    task.refresh_from_db()
    assert task.stage == TaskStage.ASSIGNED


@pytest.mark.parametrize("codes", [[], ["Z"], ["1", "A"]])
def test_an_outcome_needs_codes_that_fit_each_other(codes):
    task = make_task()

    with pytest.raises(InspectionRefused):
        report_outcome(task_id=task.pk, result_codes=codes, by=leader_of(task), at=NOON)

    assert not Entry.objects.exists()


def test_no_other_stage_takes_an_outcome():
    task = make_task()
    report_outcome(task_id=task.pk, result_codes=["1"], by=leader_of(task), at=NOON)

    with pytest.raises(IllegalMove):
        report_outcome(task_id=task.pk, result_codes=["1"], by=leader_of(task), at=NOON)

    assert [one for one in TaskStage.values if "report" in TASK.actions(one)] == [TaskStage.ASSIGNED]


def test_an_outcome_is_disclosed_and_the_disclosure_withdrawn_with_a_reason():
    task = make_task()
    with pytest.raises(IllegalMove):
        record_disclosure(task_id=task.pk, on=TODAY, why="公示", by=leader_of(task), at=NOON)
    report_outcome(task_id=task.pk, result_codes=["1"], by=second_of(task), at=NOON)

    assert record_disclosure(task_id=task.pk, on=TODAY, why="公示", by=leader_of(task), at=NOON).disclosed_on == TODAY
    assert record_disclosure(task_id=task.pk, on=None, why="复议撤销", by=make_officer(), at=NOON).disclosed_on is None


def test_a_visit_is_called_off_with_a_reason_before_it_is_reported():
    task = make_task()
    with pytest.raises(NotAllowed):
        cancel_task(task_id=task.pk, why="机构已注销", by=leader_of(task), at=NOON)

    cancel_task(task_id=task.pk, why="机构已注销", by=make_officer(), at=NOON)

    task.refresh_from_db()
    assert task.stage == TaskStage.CANCELLED


def test_an_officer_sees_the_division_s_tasks_an_inspector_the_own_ones():
    here, there = make_task(), make_task(plan=None)
    mine = make_inspector()

    assert {one.pk for one in selectors.tasks_visible_to(make_officer(), TODAY)} == {here.pk, there.pk}
    assert not selectors.tasks_visible_to(make_officer(division="440300"), TODAY)
    assert [one.pk for one in selectors.tasks_visible_to(leader_of(here), TODAY)] == [here.pk]
    assert [one.pk for one in selectors.tasks_of(second_of(here))] == [here.pk]
    assert not selectors.tasks_visible_to(mine.user, TODAY)
    assert not selectors.tasks_visible_to(None, TODAY)
