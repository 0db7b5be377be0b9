"""The limits of the procedure: when a clock is due, whether it stands still, what follows from silence. Pure.

How long a limit is, what may stop it and what silence means is law (`law/clocks.yaml`). The day on which a clock
starts isn't counted; a stop takes out its first and its last day and all between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.foundation.unannounced import DueRange, due_range
from zhunsheng.foundation.workdays import PUBLISHED, NotAnnounced, WorkCalendar, add_months

_DAY: Final = timedelta(days=1)
_MONTHS: Final = {"months": 1, "years": 12}


class State(StrEnum):
    """How a clock stands on a day."""

    RUNNING = "running"
    STOPPED = "stopped"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    NOT_ANNOUNCED = "not_announced"


class NoStop(DomainError):
    """The law does not let this clock stand still for this cause, or the stretch is impossible."""

    code = "clock-does-not-stop"


@dataclass(frozen=True, slots=True)
class Stop:
    """A stretch in which a clock stands still, both days inclusive; `until` is None while nobody has set it going."""

    cause: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Deemed:
    """What the law says has happened because a limit passed in silence."""

    outcome: str
    since: date
    passed_on: date
    entry: Entry


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock read on a day.

    Attributes:
        due_on: last day of the limit; None while an open stop holds it or the holidays are not announced.
        between: days between which it lies, the same twice where it is known; None while an open stop holds it.
        promised_on: last day of the promised limit, None where nothing is promised or it can't be told.
        warn_on: first day on which the clock is shown as running out.
        used: working days used up to the day, for limits in working days; None otherwise.
        left: working days (for months and years: calendar days) until it is due, negative once late; None where
            it can't be told.
        year: the year whose holidays are not announced.
    """

    state: State
    due_on: date | None
    promised_on: date | None
    warn_on: date | None
    used: int | None
    left: int | None
    year: int | None = None
    warned: bool = False
    between: DueRange | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit running from a day; `promise` is the authority's own shorter limit.

    Raises: NoStop for a cause that the entry does not allow, for stops out of order or two that are open.
    """

    entry: Entry
    started_on: date
    stops: tuple[Stop, ...] = ()
    ended_on: date | None = None
    promise: Entry | None = None

    def __post_init__(self) -> None:
        allowed = self.entry.values["stops_for"]
        for one in self.stops:
            if one.cause not in allowed:
                raise NoStop(
                    "This clock does not stand still for %(cause)s.", params={"cause": one.cause}, field="cause",
                    remedy="Only the causes named by the law stop it.",
                )  # fmt: skip
            if one.until is not None and one.until < one.since:
                raise NoStop("A stop ends before it begins.", field="until", remedy="Enter a later day.")
        if sum(one.until is None for one in self.stops) > 1:
            raise NoStop("The clock stands still already.", field="cause", remedy="Set it going first.")

    def stretches(self, until: date | None = None) -> list[tuple[date, date]]:
        """Return the stops as first and last day; one that is open lasts to `until`, or is left out."""
        found = [(one.since, one.until or until) for one in self.stops]
        return [(first, last) for first, last in found if last is not None and first <= last]

    def stands_on(self, day: date) -> bool:
        """Tell whether the clock stands still on a day."""
        return any(one.since <= day and (one.until is None or day <= one.until) for one in self.stops)

    @property
    def held(self) -> bool:
        """Tell whether a stop is open, so that nobody can say when the limit ends."""
        return any(one.until is None for one in self.stops)

    def due_on(self, calendar: WorkCalendar = PUBLISHED) -> date | None:
        """Return the last day of the limit, None while a stop is open. Raises: NotAnnounced."""
        return None if self.held else self._after(self.entry, self.entry.values["limit"], calendar)

    def _after(self, entry: Entry, limit: int, calendar: WorkCalendar) -> date:
        if entry.values["unit"] == "workdays":
            found = calendar.add_workdays(self.started_on, limit, self.stretches())
            return found if limit else calendar.next_workday(found)
        found = add_months(self.started_on, limit * _MONTHS[entry.values["unit"]])
        return calendar.next_workday(found) if entry.values.get("rolls") else found

    def used(self, on: date, calendar: WorkCalendar = PUBLISHED) -> int | None:
        """Return the working days used up to a day, for limits in working days. Raises: NotAnnounced."""
        if self.entry.values["unit"] != "workdays":
            return None
        last = min(on, self.ended_on) if self.ended_on else on
        return calendar.workdays_between(self.started_on, last, self.stretches(max(last, self.started_on)))

    def read(self, on: date, calendar: WorkCalendar = PUBLISHED) -> Reading:
        """Read the clock on a day. Never raises for a year whose holidays are not announced: the reading says so."""
        year: int | None = None
        due = promised = warn = used = None
        try:
            used = self.used(on, calendar)
            if not self.held:
                warn = self._warning(calendar)
                promised = self._after(self.promise, self.promise.values["limit"], calendar) if self.promise else None
                due = self.due_on(calendar)
        except NotAnnounced as error:
            year = error.year
        between = None if self.held else self._between(self.entry.values["limit"], calendar)
        if year is not None and between is not None and warn is None:
            warn = self._warned_from(calendar)
        state = self._state(on, due, used, year)
        left = self._left(on, due, used)
        running = state in (State.RUNNING, State.NOT_ANNOUNCED)
        warned = state is State.LATE or (running and warn is not None and on >= warn)
        return Reading(state, due, promised, warn, used, left, year, warned, between)

    def _between(self, limit: int, calendar: WorkCalendar) -> DueRange:
        """Return between which days the limit ends, whatever notice of holidays comes."""
        if self.entry.values["unit"] == "workdays":
            if limit:
                return due_range(self.started_on, limit, self.stretches(), calendar)
            return due_range(self.started_on - _DAY, 1, (), calendar)
        found = add_months(self.started_on, limit * _MONTHS[self.entry.values["unit"]])
        return due_range(found - _DAY, 1, (), calendar) if self.entry.values.get("rolls") else DueRange(found, found)

    def _warned_from(self, calendar: WorkCalendar) -> date:
        """Return the first day on which a limit counts as running out whose last day nobody can tell."""
        values = self.entry.values
        if values["unit"] == "workdays":
            return self._between(max(values["limit"] - values["warn"], 1), calendar).earliest
        return self._between(values["limit"], calendar).earliest - timedelta(days=values["warn"])

    def _warning(self, calendar: WorkCalendar) -> date:
        values = self.entry.values
        if values["unit"] == "workdays":
            return self._after(self.entry, max(values["limit"] - values["warn"], 0), calendar)
        return self._after(self.entry, values["limit"], calendar) - timedelta(days=values["warn"])

    def _state(self, on: date, due: date | None, used: int | None, year: int | None) -> State:
        if self.ended_on is not None and self.ended_on <= on:
            return self._end(due, used)
        if self.stands_on(on):
            return State.STOPPED
        if due is not None:
            return State.LATE if on > due else State.RUNNING
        return State.NOT_ANNOUNCED if year else State.STOPPED

    def _end(self, due: date | None, used: int | None) -> State:
        limit = self.entry.values["limit"]
        if due is not None and self.ended_on is not None:
            return State.MET if self.ended_on <= due else State.MET_LATE
        if used is not None:
            return State.MET if used <= limit else State.MET_LATE
        return State.NOT_ANNOUNCED

    def _left(self, on: date, due: date | None, used: int | None) -> int | None:
        if self.ended_on is not None:
            return None
        if used is not None:
            return int(self.entry.values["limit"]) - used
        return (due - on).days if due is not None and self.entry.values["unit"] != "workdays" else None


def deemed(clock: Clock, on: date, calendar: WorkCalendar = PUBLISHED) -> Deemed | None:
    """Return what silence has brought about by a day: acceptance as of the receipt, failed items; None for nothing.

    Raises: NotAnnounced where nobody can say yet whether the limit has passed.
    Source: Administrative Licensing Law Art. 32(1)(4).
    """
    outcome = clock.entry.values["on_silence"]
    if not outcome or clock.entry.values.get("before"):
        return None
    due = clock.due_on(calendar)
    if due is None or on <= due or (clock.ended_on is not None and clock.ended_on <= due):
        return None
    return Deemed(outcome, clock.started_on if outcome == "accepted" else due + _DAY, due, clock.entry)


def last_filing_day(entry: Entry, valid_to: date) -> date:
    """Return the last day on which a renewal is filed in time: so many months before the certificate runs out."""
    return add_months(valid_to, -int(entry.values["limit"]) * _MONTHS[entry.values["unit"]])


def deemed_renewal(entry: Entry, *, filed_on: date, valid_to: date, decided_on: date | None, on: date) -> Deemed | None:
    """Return the renewal that the law deems granted: asked for in time, undecided when the certificate ran out.

    Source: Administrative Licensing Law Art. 50; the time for filing is Order 163, Art. 13.
    """
    in_time = filed_on <= last_filing_day(entry, valid_to)
    undecided = decided_on is None or decided_on > valid_to
    if not in_time or not undecided or on <= valid_to:
        return None
    return Deemed(entry.values["on_silence"], valid_to + _DAY, valid_to, entry)


def bar_end(entry: Entry, since: date) -> date:
    """Return the last day of a bar that lasts so many months or years from a day."""
    return add_months(since, int(entry.values["limit"]) * _MONTHS[entry.values["unit"]])


def soonest(clocks: Sequence[tuple[Clock, Reading]]) -> tuple[Clock, Reading] | None:
    """Return the clock that is due first among those that still run; one without a day comes last."""
    open_ones = [
        one for one in clocks if one[1].state in {State.RUNNING, State.LATE, State.STOPPED, State.NOT_ANNOUNCED}
    ]
    return min(open_ones, key=lambda one: (earliest(one[1]), one[0].started_on), default=None)


def earliest(reading: Reading) -> date:
    """Return the first day on which a clock can be due; the last day there is where it stands still."""
    return reading.between.earliest if reading.between else date.max
