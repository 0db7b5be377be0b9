"""What falls due in a case: counted with each record, warned of before, escalated after, once each, row by row."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from zhunsheng.foundation.workdays import NotAnnounced
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.rules import days
from zhunsheng.oversight.enforcement.selectors.cases import in_tab
from zhunsheng.oversight.enforcement.selectors.clocks import running
from zhunsheng.oversight.enforcement.services import carrying_out, clocks, investigating, police
from zhunsheng.oversight.enforcement.tests.factories import LATER, decided, filed, make_world
from zhunsheng.platform.accounts.models import Kind
from zhunsheng.platform.accounts.tests.factories import NOON, make_organisation
from zhunsheng.platform.jobs import duties
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.notices.models import Delivery, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain(settings, tmp_path):
    settings.ZHUNSHENG_MFA_REQUIRED, settings.ZHUNSHENG_FILES = False, tmp_path


@pytest.fixture
def province():
    return make_organisation(division="440000", name="广东省市场监督管理局")


@pytest.fixture
def world(province):
    made = make_world("440100")
    type(made.authority).objects.filter(pk=made.authority.pk).update(parent=province)
    return made


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def told() -> list[tuple[str, int]]:
    rows = Delivery.objects.filter(notice__kind="enforcement.due").order_by("pk")
    return [(one.notice.subject.partition("：")[0], one.organisation_id) for one in rows.select_related("notice")]


def test_a_case_runs_towards_its_decision_and_then_its_service_publication_and_payment(world):
    case = filed(world)
    assert (fresh(case).next_clock, fresh(case).next_due_on) == ("decide", date(2026, 6, 1))

    case = decided(world)
    assert (fresh(case).next_clock, fresh(case).next_due_on) == ("serve", date(2026, 3, 23))
    carrying_out.serve(case_id=case.pk, method="electronic", on=LATER.date(), words="签收", by=world.first, at=LATER)
    assert (fresh(case).next_clock, fresh(case).next_due_on) == ("pay", date(2026, 3, 27))
    carrying_out.carry_out(case_id=case.pk, what="paid", amount=Decimal(75000), words="缴清", by=world.first, at=LATER)
    assert (fresh(case).next_clock, fresh(case).next_due_on) == ("disclose", date(2026, 4, 10))
    carrying_out.publish(case_id=case.pk, by=world.head, at=LATER)
    assert (fresh(case).next_clock, fresh(case).next_due_on) == ("", None)


def test_while_the_clock_stands_still_nothing_falls_due(world):
    case = filed(world)
    investigating.pause(case_id=case.pk, cause="testing", words="委托检验", by=world.first, at=NOON)
    assert fresh(case).next_due_on is None
    investigating.resume(case_id=case.pk, by=world.first, at=NOON + timedelta(days=9))
    assert fresh(case).next_due_on == date(2026, 6, 9)


def test_held_evidence_is_due_before_the_decision(world):
    case = filed(world)
    investigating.hold(case_id=case.pk, items="留样", place="库房", by=world.first, at=NOON)

    assert fresh(case).next_clock == "hold"


def test_the_authority_is_warned_once_before_and_the_one_above_told_once_after(world, province):
    case = filed(world)
    assert clocks.keep_up(NOON + timedelta(days=80)) == 0
    assert clocks.keep_up(NOON + timedelta(days=81)) == 1
    assert clocks.keep_up(NOON + timedelta(days=82)) == 0
    assert told() == [("案件即将超期", world.authority.pk)]

    assert clocks.keep_up(NOON + timedelta(days=92)) == 1
    assert clocks.keep_up(NOON + timedelta(days=93)) == 0
    assert {who for what, who in told() if what == "案件逾期未办，已提请上级督办"} == {world.authority.pk, province.pk}
    assert fresh(case).escalated_to == province
    event = case.events.get(kind="overdue")
    assert (event.values["clock"], event.by) == ("decide", None)
    assert Entry.objects.filter(kind="case.escalated").count() == 1


def test_an_extension_is_warned_of_and_escalated_anew(world):
    case = filed(world)
    clocks.keep_up(NOON + timedelta(days=92))
    assert fresh(case).escalated_at is not None

    investigating.extend(case_id=case.pk, words="案情复杂", by=world.head, at=NOON + timedelta(days=92))
    assert fresh(case).escalated_at is None
    assert fresh(case).next_due_on == date(2026, 6, 30)
    assert clocks.keep_up(NOON + timedelta(days=121)) == 1


def test_every_clock_that_runs_is_told_above_once_with_its_rule(world, province):
    case = filed(world)
    investigating.hold(case_id=case.pk, items="留样", place="库房", by=world.first, at=NOON)
    found = police.report(case_id=case.pk, words="涉嫌犯罪", by=world.first, at=NOON)
    due = {one.name: one.due_on for one in running(fresh(case))}
    assert set(due) == {"decide", "hold", "police_decide"}
    first = min(due["hold"], due["police_decide"])

    for after in range(1, 93):
        clocks.keep_up(NOON + timedelta(days=after))
    said = [
        (one.values["clock"], one.values["law"].split()[0]) for one in case.events.filter(kind="overdue").order_by("pk")
    ]
    assert sorted(said) == [
        ("decide", "CASE-DECIDE"),
        ("hold", "CASE-EVIDENCE-HOLD"),
        ("police_decide", "POLICE-DECIDE"),
    ]
    assert said[-1][0] == "decide"
    assert Entry.objects.filter(kind="case.escalated").count() == 3
    assert fresh(case).escalate_on is None
    assert first < date(2026, 6, 1)
    bodies = Delivery.objects.filter(organisation=province, notice__kind="enforcement.due").values_list(
        "notice__body", flat=True
    )
    assert [any(rule in one for one in bodies) for rule in ("CASE-EVIDENCE-HOLD", "POLICE-DECIDE", "CASE-DECIDE")] == [
        True
    ] * 3

    police.decide(transfer_id=found.pk, approved=True, reasons="同意", by=world.head, at=NOON + timedelta(days=93))
    assert fresh(case).escalate_on is not None


def test_of_every_clock_who_handles_the_case_is_warned_once_while_another_is_late(world):
    """A late clock of the evidence hides no warning about the decision."""
    case = filed(world)
    investigating.hold(case_id=case.pk, items="留样", place="库房", by=world.first, at=NOON)
    assert {one.name for one in running(fresh(case))} == {"decide", "hold"}

    for after in range(1, 93):
        clocks.keep_up(NOON + timedelta(days=after))
    near = Notice.objects.filter(kind="enforcement.due", subject__startswith="案件即将超期").order_by("pk")

    days = [(timezone.localdate(one.sent_at) - timezone.localdate(NOON)).days for one in near]
    assert len(days) == 2
    assert days[0] < 10
    assert days[1] == 81  # as the tab of what is near says of the decision
    assert fresh(case).remind_on is None


def test_hours_count_for_the_police(world):
    case = filed(world)
    found = police.report(case_id=case.pk, words="涉嫌犯罪", by=world.first, at=NOON)
    assert fresh(case).next_clock == "police_decide"
    police.decide(transfer_id=found.pk, approved=True, reasons="同意", by=world.head, at=NOON)
    assert (fresh(case).next_clock, fresh(case).next_due_on) == ("police_send", date(2026, 3, 3))

    clocks.keep_up(NOON + timedelta(hours=23))
    assert not case.events.filter(kind="overdue").exists()
    clocks.keep_up(NOON + timedelta(hours=25))
    assert case.events.get(kind="overdue").values["clock"] == "police_send"


def test_a_case_that_fails_keeps_no_other_from_its_turn(world, monkeypatch):
    first, second = filed(world), filed(world)
    real = clocks.escalate

    def fails(*, case_id, at):
        if case_id == first.pk:
            raise ValueError("broken row")
        return real(case_id=case_id, at=at)

    monkeypatch.setattr(clocks, "escalate", fails)

    assert clocks.keep_up(NOON + timedelta(days=92)) == 1
    assert fresh(second).escalated_at is not None
    assert fresh(first).escalated_at is None


def test_the_tabs_show_what_is_late_and_what_is_near(world):
    case = filed(world)
    rows = Case.objects.all()
    for after, late, soon in ((80, False, False), (81, False, True), (92, True, False)):
        on = (NOON + timedelta(days=after)).date()
        assert in_tab(rows, "late", world.head, on).filter(pk=case.pk).exists() is late
        assert in_tab(rows, "soon", world.head, on).filter(pk=case.pk).exists() is soon


def test_the_page_names_each_clock_with_its_rule(client, world):
    case = filed(world)
    client.force_login(world.head)
    page = client.get(f"/enforcement/{case.number}/").content.decode()

    assert "CASE-DECIDE" in page
    assert "2026-06-01" in page


def test_the_worker_keeps_the_clocks():
    assert {clocks.DUTY, "severe-list", "published-decisions", "lead-clocks"} <= {
        one.name for one in duties.registered()
    }


def test_a_case_without_an_authority_of_its_own_is_the_province_s(world, province):
    case = filed(world)
    Case.objects.filter(pk=case.pk).update(authority=None)
    clocks.keep_up(NOON + timedelta(days=92))

    assert fresh(case).escalated_to is None  # nobody stands above the province
    assert "→" not in case.events.get(kind="overdue").words
    assert {who for what, who in told() if "逾期" in what} == {province.pk}
    assert make_organisation(Kind.ENTERPRISE, name="旁观企业").pk not in {who for _what, who in told()}


def test_while_holidays_are_not_announced_a_day_is_expected_and_counted_anew_before_anybody_is_told(world, monkeypatch):
    def unknown(*_given, **_more):
        raise NotAnnounced(2026)

    with monkeypatch.context() as patched:
        for name in ("add_calendar_days", "add_workdays"):
            patched.setattr(days, name, unknown)
        case = filed(world)
        assert case.due_on is None
        assert fresh(case).next_due_on == date(2026, 5, 31)  # a Sunday, for want of a calendar

    Case.objects.filter(pk=case.pk).update(due_on=date(2026, 6, 1))
    assert clocks.escalate(case_id=case.pk, at=NOON + timedelta(days=91)) is False
    assert fresh(case).next_due_on == date(2026, 6, 1)
