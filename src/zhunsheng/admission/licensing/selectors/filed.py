"""What became of a filed application, as its applicant reads it: clocks in words, letters, gaps, the course."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhunsheng.admission.licensing import decision_book
from zhunsheng.admission.licensing.lifecycle import DECIDED, Stage
from zhunsheng.admission.licensing.models import Application, ClockRun, Decision, Gap, IssuedDocument
from zhunsheng.admission.licensing.rules.clocks import Reading, State
from zhunsheng.admission.licensing.rules.routing import articles_of
from zhunsheng.admission.licensing.rules.wizard import part_of_field
from zhunsheng.admission.licensing.selectors import clocks, history
from zhunsheng.foundation.lawbook import NotInForce
from zhunsheng.platform.reading import in_language


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A limit as it stands today: its name, how it stands in one word, and in one sentence."""

    run: ClockRun
    name: str
    article: str
    meaning: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter of the authority with what it is called."""

    pk: int
    title: str
    number: str
    made_at: Any
    served_at: Any
    is_ready: bool


@dataclass(frozen=True, slots=True)
class ShownGap:
    """Something to be mended, and the page on which."""

    words: str
    remedy: str
    law: str
    part: str


def clocks_of(application: Application, on: date) -> list[ShownClock]:
    """Return the limits of an application, the running ones first."""
    runs = application.clocks.prefetch_related("stops").order_by("-started_on", "-pk")
    shown = [_clock(run, on) for run in runs]
    return sorted(shown, key=lambda one: one.run.ended_on is not None)


def _clock(run: ClockRun, on: date) -> ShownClock:
    entry, reading = clocks.entry_of(run), clocks.reading_of(run, on)
    meaning, state = _state(reading)
    name = in_language(entry.title)
    return ShownClock(run, name, articles_of(entry), meaning, state, _sentence(run, reading, on))


def _state(reading: Reading) -> tuple[str, str]:
    states = {
        State.RUNNING: ("waiting", _("runs")),
        State.STOPPED: ("neutral", _("stands still")),
        State.LATE: ("bad", _("late")),
        State.MET: ("good", _("ended in time")),
        State.MET_LATE: ("bad", _("ended late")),
        State.NOT_ANNOUNCED: ("attention", _("last day not known yet")),
    }
    return states[reading.state]


def _sentence(run: ClockRun, reading: Reading, on: date) -> str:
    """Say a limit in one sentence: how long, since when, until when, what is left."""
    head = ngettext(
        "%(days)s working day from %(since)s.", "%(days)s working days from %(since)s.", run.days
    ) % {"days": run.days, "since": run.started_on.isoformat()}  # fmt: skip
    if run.ended_on is not None:
        return head + " " + _("Ended on %(day)s.") % {"day": run.ended_on.isoformat()}
    if reading.state is State.STOPPED:
        causes = "；".join(one.words for one in run.stops.all() if one.until is None)
        return head + " " + _("It stands still: %(why)s") % {"why": causes}
    if reading.due_on is None:
        return f"{head} {unannounced(reading)}"
    until = _("The last day is %(day)s.") % {"day": reading.due_on.isoformat()}
    if reading.promised_on is not None and reading.promised_on < reading.due_on:
        until += " " + _("The authority promises it by %(day)s.") % {"day": reading.promised_on.isoformat()}
    return f"{head} {until}"


def unannounced(reading: Reading) -> str:
    """Say between which days a limit ends, and that the notice of the year's holidays decides."""
    if reading.between is None:
        return ""
    return _(
        "The last day lies between %(first)s and %(last)s; it can be told once the holidays of %(year)s are announced."
    ) % {
        "first": reading.between.earliest.isoformat(),
        "last": reading.between.latest.isoformat(),
        "year": reading.year,
    }


def letters_of(application: Application) -> list[ShownLetter]:
    """Return the authority's letters in order."""
    return [
        ShownLetter(one.pk, _title(one), one.number, one.made_at, one.served_at, one.file_id is not None)
        for one in application.documents.order_by("made_at", "pk")
    ]


def _title(one: IssuedDocument) -> str:
    try:
        entry, _version = decision_book.document(one.kind, timezone.localdate(one.made_at))
    except (KeyError, NotInForce):
        return one.kind
    return in_language(entry.title)


def gaps_of(application: Application) -> list[ShownGap]:
    """Return what the authority asked to be mended and what is not known to be mended yet."""
    if application.stage != Stage.GAPS:
        return []
    rows: list[Gap] = list(application.gaps.filter(mended_at=None).order_by("pk"))
    return [ShownGap(one.words, one.remedy, one.law, str(part_of_field(application.kind, one.field))) for one in rows]


def decision_of(application: Application) -> Decision | None:
    """Return the decision once it is taken; before that its proposal is the authority's own matter."""
    if application.stage not in DECIDED:
        return None
    return Decision.objects.filter(application=application, decided_at__isnull=False).first()


def events_of(application: Application) -> list[dict[str, Any]]:
    """Return what happened, without what is for officers alone, newest first."""
    rows = application.steps.filter(inside=False).select_related("by").order_by("-at", "-pk")
    return history.events(rows[: history.STEPS_SHOWN])
