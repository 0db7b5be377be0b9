"""Start, stop, resume and finish the clocks of applications; keep what is due beside the application for the queue."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from zhunsheng.admission.licensing import law_book, permissions
from zhunsheng.admission.licensing.models import Application, ClockRun, ClockStop
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.clocks import Clock, State, Stop
from zhunsheng.admission.licensing.selectors import clocks as selectors
from zhunsheng.admission.licensing.services.refusals import log
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.jobs import rows

OWN_STOPS = ("rectification",)
"""Causes that a step of the review sets and ends by itself; nobody stops a clock for them by hand."""
_WORDS = {State.MET: "met", State.MET_LATE: "late", State.NOT_ANNOUNCED: "not_announced"}


class ClockRefused(DomainError):
    """A clock that can't be stopped or set going so."""

    code = "clock-refused"


def start(application: Application, step: str, on: date) -> ClockRun:
    """Start the clock of a step in the caller's transaction, by the law of the day of receipt.

    Args:
        step: acceptance, review, rectification, decision, certificate.
        on: the day from which it runs; that day isn't counted.
    Raises: KeyError for a step without a limit; IntegrityError where it runs already.
    """
    entry = selectors.entry_for(step, application)
    code = str(entry.values["code"])
    promise = law_book.promise(code, selectors.law_day(application))
    reading = Clock(entry, on, promise=promise).read(on)
    run = ClockRun.objects.create(
        application=application, clock=code, law=entry.named, started_on=on,
        days=entry.values["limit"], promised_days=promise.values["limit"] if promise else None, due_on=reading.due_on,
        promised_on=reading.promised_on,
    )  # fmt: skip
    keep(application, on)
    return run


def finish(application: Application, step: str, on: date, outcome: str = "") -> ClockRun | None:
    """End the running clock of a step in the caller's transaction; returns None where none runs.

    The outcome, where none is given, is met or late by the clock itself. An open stop ends with it.
    """
    run = selectors.running(application, step)
    if run is not None:
        _end(run, on, outcome)
        keep(application, on)
    return run


def finish_all(application: Application, on: date, outcome: str) -> None:
    """End every clock of an application whose matter has ended, in the caller's transaction."""
    for run in application.clocks.filter(ended_on=None).prefetch_related("stops"):
        _end(run, on, outcome)
    keep(application, on)


def stop(application: Application, step: str, *, cause: str, since: date, words: str, by: User | None) -> ClockStop:
    """Let the clock of a step stand still in the caller's transaction, for a cause that the law names.

    Raises: ClockRefused where it doesn't run; NoStop where the law doesn't stop it so.
    """
    run = selectors.running(application, step)
    if run is None:
        raise ClockRefused("This clock doesn't run.", field="cause", remedy="Look which clock runs.")
    stopped = ClockStop(run=run, cause=cause, since=since, words=words[:300], by=by)
    _refuse_wrong(run, stopped)
    stopped.save()
    run.due_on = run.promised_on = None
    run.save(update_fields=["due_on", "promised_on"])
    keep(application, since)
    return stopped


def resume(application: Application, step: str, *, until: date) -> ClockRun:
    """Set a clock that stands still going again in the caller's transaction; `until` is its last still day.

    Raises: ClockRefused where it doesn't stand still.
    """
    run = selectors.running(application, step)
    held = run.stops.filter(until=None).first() if run is not None else None
    if run is None or held is None:
        raise ClockRefused("This clock doesn't stand still.", remedy="Look which clock stands still.")
    held.until = max(until, held.since)
    held.save(update_fields=["until"])
    reread(run, until)
    keep(application, until)
    return run


@transaction.atomic
def stop_clock(*, application_id: int, cause: str, words: str, by: User, at: datetime) -> Application:
    """Let the authority's clock stand still, with the cause and the reason.

    Raises: Application.DoesNotExist, NotAllowed, ClockRefused, NoStop.
    """
    application = _locked(application_id, by, at)
    main = selectors.main_of(application)
    if main is None or main.is_stopped or cause in OWN_STOPS:
        raise ClockRefused("This clock can't be stopped by hand now.", field="cause", remedy="Look how it stands.")
    if not words.strip():
        raise ClockRefused("A stop needs its reason.", field="words", remedy="Say what is waited for.")
    step = str(main.entry.values["step"])
    stop(application, step, cause=cause, since=timezone.localdate(at), words=words.strip(), by=by)
    log(application, "stop_clock", by=by, at=at, words=words.strip(), law=main.run.law)
    return application


@transaction.atomic
def resume_clock(*, application_id: int, by: User, at: datetime) -> Application:
    """Set the authority's clock going again; the day of it is the last that isn't counted.

    Raises: Application.DoesNotExist, NotAllowed, ClockRefused.
    """
    application = _locked(application_id, by, at)
    main = selectors.main_of(application)
    causes = {one.cause for one in main.run.stops.all() if one.until is None} if main else set()
    if main is None or not causes or causes & set(OWN_STOPS):
        raise ClockRefused("This clock doesn't stand still by hand.", remedy="Look how it stands.")
    resume(application, str(main.entry.values["step"]), until=timezone.localdate(at))
    log(application, "resume_clock", by=by, at=at, law=main.run.law)
    return application


def causes_of(main: selectors.Main) -> list[str]:
    """Return the causes for which an officer may stop this clock."""
    return [cause for cause in main.entry.values["stops_for"] if cause not in OWN_STOPS]


def days_late(application: Application, step: str, on: date) -> int:
    """Return by how many working days the running clock of a step has passed its limit, 0 if it hasn't."""
    run = selectors.running(application, step)
    left = selectors.reading_of(run, on).left if run else None
    return max(-left, 0) if left is not None else 0


def reread(run: ClockRun, on: date) -> None:
    """Compute a run's days anew, after a stop ended or holidays were announced."""
    fresh = ClockRun.objects.prefetch_related("stops").get(pk=run.pk)
    reading = selectors.reading_of(fresh, on)
    run.due_on, run.promised_on = reading.due_on, reading.promised_on
    run.save(update_fields=["due_on", "promised_on"])


def reread_unannounced(*, at: datetime) -> int:
    """Compute the days of clocks that could not be told while holidays were not announced; return how many were."""
    today = timezone.localdate(at)
    still = ClockStop.objects.filter(run=OuterRef("pk"), until=None)
    unread = ClockRun.objects.filter(~Exists(still), ended_on=None, due_on=None)
    unread = unread.select_related("application").prefetch_related("stops")
    return rows.each("licensing-clocks", rows.chunks(unread), lambda run: _give_day(run, today))


def _give_day(run: ClockRun, today: date) -> bool:
    reading = selectors.reading_of(run, today)
    if reading.due_on is None and (reading.between is None or run.application.due_earliest is not None):
        return False
    application = Application.objects.select_for_update().get(pk=run.application_id)
    run.refresh_from_db()
    if run.ended_on is not None:
        return False
    reread(run, today)
    keep(application, today)
    return run.due_on is not None


def keep(application: Application, on: date) -> None:
    """Write beside the application which clock is due first, its last day, and from when it is shown as near."""
    found = selectors.soonest_of(application, on)
    run, reading = found if found else (None, None)
    first, last = reading.between if reading and reading.between else (None, None)
    told = {
        "clock": run.clock if run else "",
        "due_on": reading.due_on if reading else None,
        "due_earliest": first,
        "due_latest": last,
        "warned_on": reading.warn_on if reading else None,
    }
    if all(getattr(application, name) == value for name, value in told.items()):
        return
    for name, value in told.items():
        setattr(application, name, value)
    with recorded(None, "clock"):
        application.save(update_fields=sorted(told))


def _end(run: ClockRun, on: date, outcome: str) -> None:
    ended = max(on, run.started_on)
    run.stops.filter(until=None).update(until=ended)
    fresh = ClockRun.objects.prefetch_related("stops").get(pk=run.pk)
    fresh.ended_on = ended
    reading = selectors.reading_of(fresh, ended)
    run.ended_on, run.used_days = ended, reading.used
    run.due_on = reading.due_on or run.due_on
    run.outcome = outcome or _WORDS.get(reading.state, "")
    run.save(update_fields=["ended_on", "used_days", "due_on", "outcome"])


def _refuse_wrong(run: ClockRun, stopped: ClockStop) -> None:
    """Let the pure clock refuse a stop that the law doesn't know or that overlaps. Raises: NoStop."""
    held = selectors.clock_of(run)
    pure = Stop(stopped.cause, stopped.since, stopped.until)
    Clock(held.entry, held.started_on, (*held.stops, pure), held.ended_on, held.promise)


def _locked(application_id: int, by: User, at: datetime) -> Application:
    application = Application.objects.select_for_update().get(pk=application_id)
    permissions.require(by, Can.HANDLE, application, timezone.localdate(at))
    return application
