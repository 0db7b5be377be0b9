"""One file as an officer reads it: clocks, lines, documents, attachments, steps, and what to do next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from zhunsheng.admission.licensing.lifecycle import Stage
from zhunsheng.admission.licensing.models import Application, ClockRun, ClockStop, Decision, Explanation
from zhunsheng.admission.licensing.permissions import AnyUser
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.selectors import history, officer
from zhunsheng.admission.licensing.selectors.applicant import material_words
from zhunsheng.admission.licensing.selectors.reuse import reused
from zhunsheng.foundation.unannounced import DueRange
from zhunsheng.platform.reading import in_language, language

LINES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A clock of the file: its name, its run, the law it runs by, its stops and how it stands today."""

    run: ClockRun
    name: str
    article: str
    verified: bool
    meaning: str
    state: str
    between: DueRange | None = None
    year: int | None = None


def next_step(application: Application) -> str:
    """Say in one sentence who has to do what now."""
    words = {
        Stage.FILED: _("Check whether everything is there: tell all gaps at once, accept, or refuse to accept."),
        Stage.GAPS: _("The applicant has to complete the application and file it again."),
        Stage.ACCEPTED: _("Start the technical review."),
        Stage.IN_REVIEW: _("The panel reviews; it concludes on every line."),
        Stage.RECTIFYING: _("The applicant rectifies; the clock of the review stands still."),
        Stage.REVIEWED: _("Propose the decision."),
        Stage.PROPOSED: _("A legal officer examines the proposal."),
        Stage.EXAMINED: _("Somebody who neither reviewed, proposed nor examined decides."),
    }
    return words.get(Stage(application.stage), _("Nothing is to be done; the file can no longer be changed."))


def contents(application: Application, user: AnyUser, on: date) -> dict[str, Any]:
    """Return everything that the page of a file shows, in a constant number of queries."""
    attachments = officer.attachments_of(application)
    visible = officer.filed_visible_to(user, on)
    letters = list(application.documents.select_related("file", "receipt").order_by("-made_at", "-pk"))
    counted = dict(application.lines.order_by().values_list("outcome").annotate(n=Count("pk")))
    return {
        "clocks": shown_clocks(application, on),
        "lines": list(application.lines.select_related("site").order_by("number")[:LINES_SHOWN]),
        "line_counts": counted,
        "line_total": sum(counted.values()),
        "sites": list(application.sites.order_by("code")),
        "people": list(application.people.order_by("post", "pk")),
        "commitments": list(application.commitments.select_related("signed_by").order_by("-signed_at")),
        "gaps": list(application.gaps.order_by("told_at", "pk")),
        "decision": _decision(application),
        "documents": letters,
        "preparing": any(one.file_id is None for one in letters),
        "attachments": attachments,
        "materials": material_words(limits.law_day(application)) if attachments else {},
        "reused": reused({one.pk: one.file_id for one in attachments}, application.organisation_id, visible),
        "explanations": list(application.explanations.order_by("at", "pk")),
        "events": events(application),
    }


def shown_clocks(application: Application, on: date) -> list[ShownClock]:
    """Return the clocks of a file, the newest first, with their law."""
    stops = Prefetch("stops", ClockStop.objects.order_by("since", "pk"))
    runs = application.clocks.prefetch_related(stops).order_by("-started_on", "-pk")
    return [_shown(run, on) for run in runs]


def _shown(run: ClockRun, on: date) -> ShownClock:
    entry = limits.entry_of(run)
    meaning, state = _state(run, on)
    name = in_language(entry.title)
    article = "；".join(f"{one.law} {one.article}".strip() for one in entry.basis)
    if run.due_on is not None or run.ended_on is not None:
        return ShownClock(run, name, article, entry.verified, meaning, state)
    reading = limits.reading_of(run, on)
    return ShownClock(run, name, article, entry.verified, meaning, state, reading.between, reading.year)


def _state(run: ClockRun, on: date) -> tuple[str, str]:
    if run.ended_on is not None:
        late = run.outcome == "late" or (run.used_days is not None and run.used_days > run.days)
        return ("bad", _("ended late")) if late else ("good", _("ended in time"))
    if any(stop.until is None for stop in run.stops.all()):
        return "waiting", _("stands still")
    if run.due_on is None:
        return "attention", _("last day not known yet")
    if run.due_on < on:
        return "bad", _("late")
    return "waiting", _("runs")


def _decision(application: Application) -> Decision | None:
    rows = Decision.objects.select_related("proposed_by", "legal_by", "decided_by")
    return rows.filter(application=application).first()


def events(application: Application) -> list[dict[str, Any]]:
    """Return the newest steps as a timeline."""
    return history.events(application.steps.select_related("by").order_by("-at", "-pk")[: history.STEPS_SHOWN])


def explained(one: Explanation) -> str:
    """Return the words of an explanation in the reader's language."""
    return one.words_en if language() == "en" else one.words_zh
