"""Clocks of applications: what is due when around holidays, what stops them, and what the queue keeps of them."""

from datetime import date

import pytest

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import ClockRun, Step
from zhunsheng.admission.licensing.rules.clocks import NoStop
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.services import clocks
from zhunsheng.admission.licensing.services.clocks import ClockRefused
from zhunsheng.admission.licensing.tests.officers import MONDAY, day, filed, make_bureau
from zhunsheng.platform.accounts.policy import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("filed_on", "due"),
    [
        ("2026-03-02", "2026-03-09"),  # a plain week
        ("2026-02-12", "2026-02-26"),  # the 14th is worked, 15 to 23 are the Spring Festival
        ("2026-09-28", "2026-10-10"),  # 1 to 7 October are off, Saturday the 10th is worked
    ],
)
def test_five_working_days_of_acceptance_pass_over_holidays_and_count_worked_saturdays(filed_on, due):
    application = filed(at=day(filed_on))

    assert application.due_on == date.fromisoformat(due)
    assert application.clock == "T1"
    assert application.clocks.get().law.startswith("CLOCK-T1 ")


def test_a_limit_that_runs_into_a_year_without_a_holiday_notice_has_no_day():
    application = filed(at=day("2031-12-30"))

    assert application.due_on is None
    assert application.clocks.get().due_on is None


def test_a_commitment_is_decided_on_the_day_of_acceptance():
    application = filed(route="commitment")

    run = clocks.start(application, limits.DECISION, MONDAY.date())

    assert (run.clock, run.due_on) == ("T4C", MONDAY.date())


def test_rectification_takes_its_days_out_of_the_review():
    """30 working days from Monday 2 March end on 14 April (Qingming between); ten still working days move that."""
    application = filed()
    clocks.finish(application, limits.ACCEPTANCE, MONDAY.date())
    run = clocks.start(application, limits.REVIEW, MONDAY.date())
    before = run.due_on

    clocks.stop(application, limits.REVIEW, cause="rectification", since=date(2026, 3, 9), words="整改", by=None)
    clocks.start(application, limits.RECTIFICATION, date(2026, 3, 9))
    application.refresh_from_db()
    assert application.clock == "T3"

    clocks.finish(application, limits.RECTIFICATION, date(2026, 3, 20))
    clocks.resume(application, limits.REVIEW, until=date(2026, 3, 20))

    run.refresh_from_db()
    assert before == date(2026, 4, 14)
    assert run.due_on == date(2026, 4, 28)
    application.refresh_from_db()
    assert (application.clock, application.due_on) == ("T2", date(2026, 4, 28))


def test_a_clock_that_ends_knows_how_many_working_days_it_took_and_whether_it_was_met():
    in_time, late = filed(), filed()

    clocks.finish(in_time, limits.ACCEPTANCE, date(2026, 3, 9))
    clocks.finish(late, limits.ACCEPTANCE, date(2026, 3, 10))

    assert [(run.used_days, run.outcome) for run in ClockRun.objects.order_by("pk")] == [(5, "met"), (6, "late")]
    assert in_time.due_on is None


def test_an_officer_stops_the_review_while_the_site_is_not_ready_and_sets_it_going_again():
    bureau, application = make_bureau(), filed()
    clocks.finish(application, limits.ACCEPTANCE, MONDAY.date())
    clocks.start(application, limits.REVIEW, MONDAY.date())

    clocks.stop_clock(
        application_id=application.pk, cause="waiting_for_site", words="场所搬迁中", by=bureau.handler,
        at=day("2026-03-03"),
    )  # fmt: skip
    application.refresh_from_db()
    assert application.due_on is None

    clocks.resume_clock(application_id=application.pk, by=bureau.handler, at=day("2026-03-04"))
    application.refresh_from_db()
    assert application.due_on == date(2026, 4, 16)
    assert list(Step.objects.order_by("pk").values_list("action", flat=True)) == ["stop_clock", "resume_clock"]


def test_acceptance_never_stands_still_for_the_law_names_no_cause():
    bureau, application = make_bureau(), filed()

    with pytest.raises(NoStop):
        clocks.stop_clock(application_id=application.pk, cause="hearing", words="听证", by=bureau.handler, at=MONDAY)


def test_rectification_is_no_cause_that_an_officer_gives_by_hand():
    bureau, application = make_bureau(), filed()
    clocks.finish(application, limits.ACCEPTANCE, MONDAY.date())
    clocks.start(application, limits.REVIEW, MONDAY.date())

    with pytest.raises(ClockRefused):
        clocks.stop_clock(
            application_id=application.pk, cause="rectification", words="整改", by=bureau.handler, at=MONDAY
        )


def test_an_officer_of_another_city_stops_no_clock():
    bureau, application = make_bureau(), filed()
    clocks.finish(application, limits.ACCEPTANCE, MONDAY.date())
    clocks.start(application, limits.REVIEW, MONDAY.date())

    with pytest.raises(NotAllowed):
        clocks.stop_clock(
            application_id=application.pk, cause="waiting_for_site", words="等待", by=bureau.city, at=MONDAY
        )
    assert not ClockRun.objects.filter(stops__isnull=False).exists()


def test_a_clock_without_a_day_is_read_again_once_holidays_are_announced():
    application = filed()
    run = application.clocks.get()
    ClockRun.objects.filter(pk=run.pk).update(due_on=None)

    assert clocks.reread_unannounced(at=MONDAY) == 1

    run.refresh_from_db()
    assert run.due_on == date(2026, 3, 9)
    assert application.stage == Stage.FILED
