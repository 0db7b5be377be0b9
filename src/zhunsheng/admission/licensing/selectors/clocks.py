"""Clocks of applications: which limit of law a step has, how a run stands, and what that is in words."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.models import Application, ClockRun
from zhunsheng.admission.licensing.rules.clocks import Clock, Reading, State, Stop, earliest
from zhunsheng.foundation.lawbook import Entry

ACCEPTANCE, REVIEW, RECTIFICATION, DECISION, ISSUE = "acceptance", "review", "rectification", "decision", "certificate"
"""The steps of the procedure that have a limit (`law/clocks.yaml`)."""
PREFIX = "CLOCK-"


def law_day(application: Application) -> date:
    """Return the day whose law an application is handled by: that of its receipt."""
    return timezone.localdate(application.filed_at) if application.filed_at else timezone.localdate()


def entry_for(step: str, application: Application) -> Entry:
    """Return the limit of a step for an application, by the law of the day of its receipt. Raises: KeyError."""
    return law_book.clock_of(step, application.route, law_day(application))


def codes_of(step: str) -> list[str]:
    """Return every code that a step's clocks had in any version of the law."""
    return sorted({str(one.values["code"]) for one in law_book.clocks() if one.values.get("step") == step})


def entry_of(run: ClockRun) -> Entry:
    """Return the very entry that a run was started by, even where the law has changed since."""
    name, _space, version = run.law.partition(" ")
    book = law_book.clocks()
    for one in book:
        if one.id == name and book.version_of(one) == version:
            return one
    return law_book.clock(run.clock, run.started_on)


def clock_of(run: ClockRun) -> Clock:
    """Return a run with its stops as the pure clock that reads it; uses prefetched stops."""
    stops = sorted(run.stops.all(), key=lambda one: (one.since, one.pk))
    return Clock(
        entry_of(run), run.started_on, tuple(Stop(one.cause, one.since, one.until) for one in stops), run.ended_on,
        law_book.promise(run.clock, run.started_on),
    )  # fmt: skip


def running(application: Application, step: str) -> ClockRun | None:
    """Return the run of a step that has not ended."""
    rows = application.clocks.filter(clock__in=codes_of(step), ended_on=None)
    return rows.prefetch_related("stops").order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Main:
    """The clock of the authority that an officer may stop or set going: its run, its law, whether it stands still."""

    run: ClockRun
    entry: Entry
    is_stopped: bool

    @property
    def due_on(self) -> date | None:
        """The last day of the limit, None while it stands still or the holidays are not announced."""
        return self.run.due_on


def main_of(application: Application) -> Main | None:
    """Return the authority's clock that runs or stands still: the review's or the decision's or acceptance's."""
    codes = [code for step in (ACCEPTANCE, REVIEW, DECISION) for code in codes_of(step)]
    run = application.clocks.filter(clock__in=codes, ended_on=None).prefetch_related("stops").order_by("-pk").first()
    if run is None:
        return None
    return Main(run, entry_of(run), any(one.until is None for one in run.stops.all()))


def reading_of(run: ClockRun, on: date) -> Reading:
    """Read a run on a day."""
    return clock_of(run).read(on)


def soonest_of(application: Application, on: date) -> tuple[ClockRun, Reading] | None:
    """Return the clock that is due first, with its reading; one that stands still only where no other runs."""
    rows = list(application.clocks.filter(ended_on=None).prefetch_related("stops").order_by("started_on", "pk"))
    read = [(one, reading_of(one, on)) for one in rows]
    going = [one for one in read if one[1].state is not State.STOPPED]
    return min(going or read, key=lambda one: (earliest(one[1]), one[0].pk), default=None)


def in_words(run: ClockRun) -> str:
    """Say a run's limit in Chinese as letters do."""
    entry = entry_of(run)
    if run.due_on:
        return f"{limit_of(entry)}，应于{_chinese(run.due_on)}前完成。"
    reading = reading_of(run, run.started_on)
    if reading.between is None or reading.year is None:
        return f"{limit_of(entry)}。"
    first, last = (_chinese(day) for day in reading.between)
    return f"{limit_of(entry)}，最早于{first}、最迟于{last}届满（{reading.year}年节假日安排公布后确定）。"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def limit_in_words(step: str, application: Application) -> str:
    """Say the limit of a step that has not begun in Chinese."""
    return f"{limit_of(entry_for(step, application))}。"


def limit_of(entry: Entry) -> str:
    """Return title and length of a limit in Chinese; a limit of no days is at once."""
    limit = entry.values["limit"]
    unit = {"workdays": "个工作日", "months": "个月", "years": "年"}[entry.values["unit"]]
    return f"{entry.title['zh']}：{f'{limit}{unit}' if limit else '当场'}"
