"""What falls due in a case: each clock that runs now, with its last day and the rule that set it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.lifecycle import RUNNING, DecisionState, Result, Stage
from zhunsheng.oversight.enforcement.models import Case
from zhunsheng.oversight.enforcement.rules.days import expected

LAWS: Final = {
    "decide": "CASE-DECIDE",
    "hold": "CASE-EVIDENCE-HOLD",
    "police_decide": "POLICE-DECIDE",
    "police_send": "POLICE-SEND",
    "police_answer": "POLICE-ANSWER",
    "serve": "CASE-SERVE",
    "disclose": "CASE-DISCLOSE",
    "pay": "CASE-PAY",
}
"""Which rule sets each clock."""
CARRIED_OUT: Final = ("paid", "court_asked", "enforced", "deferred")
"""Steps of execution after which nobody waits for the payment."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a case that runs: its name, its last day, from when on it is near, and its rule."""

    name: str
    due_on: date
    warn_on: date
    law: str

    @property
    def mark(self) -> tuple[str, str]:
        """Return what tells this clock from others and from an earlier last day of its own."""
        return self.name, str(self.due_on)

    def meaning(self, on: date) -> str:
        """Return its colour on a day: late, near, or nothing to worry about."""
        if self.due_on < on:
            return "bad"
        return "attention" if self.warn_on <= on else "neutral"


def running(case: Case) -> list[Clock]:
    """Return every clock of a case that runs now, the soonest first."""
    ahead = law_book.rule("CASE-WARN", case.filed_on).values
    found = [
        Clock(name, day, day - timedelta(days=int(ahead[name])), LAWS[name])
        for name, day in (*_of_the_case(case), *_of_the_police(case), *_of_the_decision(case))
        if day is not None
    ]
    return sorted(found, key=lambda one: (one.due_on, one.name))


def _of_the_case(case: Case) -> Iterator[tuple[str, date | None]]:
    if case.stage in RUNNING and not case.pauses.filter(until=None).exists():
        yield "decide", case.due_on or _decision_expected(case)
    for day, held_at in case.holds.filter(ended_at=None).values_list("due_on", "held_at"):
        on = timezone.localdate(held_at)
        yield "hold", day or expected(law_book.rule("CASE-EVIDENCE-HOLD", on), on)


def _decision_expected(case: Case) -> date:
    """Return about when the decision is due while holidays aren't announced."""
    clock = law_book.rule("CASE-DECIDE", case.filed_on)
    days = int(clock.values["days"]) + sum(case.extensions.values_list("days", flat=True))
    rows = case.pauses.exclude(until=None).values_list("since", "until")
    stood = [(since, until) for since, until in rows if until is not None]
    return expected(clock, case.filed_on, days=days, suspended=stood)


def _of_the_police(case: Case) -> Iterator[tuple[str, date | None]]:
    found = case.transfers.order_by("-reported_at", "-pk").first()
    if found is None or case.stage in (Stage.CLOSED, Stage.DROPPED):
        return
    if found.approved is None:
        yield "police_decide", found.decide_by
    elif found.approved and found.sent_at is None and found.send_by is not None:
        yield "police_send", timezone.localdate(found.send_by)
    elif found.sent_at is not None and found.answered_at is None:
        yield "police_answer", found.answer_due_on


def _of_the_decision(case: Case) -> Iterator[tuple[str, date | None]]:
    decision = getattr(case, "decision", None)
    if decision is None or decision.state == DecisionState.ANNULLED:
        return
    if case.stage == Stage.DECIDED and case.decided_on is not None:
        yield "serve", expected(law_book.rule("CASE-SERVE", case.decided_on), case.decided_on)
    if decision.result == Result.PUNISHED and decision.state == DecisionState.IN_FORCE and not decision.published_at:
        rule = law_book.rule("CASE-DISCLOSE", decision.on)
        yield "disclose", decision.published_due_on or expected(rule, decision.on)
    if case.stage == Stage.SERVED:
        yield from _of_the_payment(case)


def _of_the_payment(case: Case) -> Iterator[tuple[str, date | None]]:
    if not case.penalties.filter(withdrawn_at=None, kind__in=["fine", "confiscate"]).exists():
        return
    rows = list(case.events.filter(kind__in=["serve", "execute"]).order_by("at", "pk").values_list("kind", "values"))
    served = [values.get("pay_by") for kind, values in rows if kind == "serve"]
    if served and served[-1] and not any(values.get("what") in CARRIED_OUT for _kind, values in rows):
        yield "pay", date.fromisoformat(served[-1])
