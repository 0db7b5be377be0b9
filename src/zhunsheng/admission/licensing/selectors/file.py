"""One file as an officer reads it: clocks, lines, documents, attachments, steps, and what to do next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from zhunsheng.admission.licensing.lifecycle import Route, Stage
from zhunsheng.admission.licensing.models import Application, ClockRun, ClockStop, Decision, Explanation, Step
from zhunsheng.admission.licensing.permissions import AnyUser
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.selectors import officer, signing
from zhunsheng.admission.licensing.selectors.applicant import material_words
from zhunsheng.admission.licensing.step_words import words_of_action
from zhunsheng.platform.reading import in_language, language

LINES_SHOWN = 20
STEPS_SHOWN = 60
MEANINGS = {
    "accept": "good",
    "grant": "good",
    "grant_partly": "attention",
    "refuse": "bad",
    "not_accept": "bad",
    "tell_gaps": "attention",
    "ask_rectification": "attention",
    "return": "attention",
    "withdraw": "neutral",
}


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A clock of the file: its name, its run, the law it runs by, its stops and how it stands today."""

    run: ClockRun
    name: str
    article: str
    verified: bool
    meaning: str
    state: str


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
        "documents": list(application.documents.select_related("file", "receipt").order_by("-made_at", "-pk")),
        "attachments": attachments,
        "materials": material_words(limits.law_day(application)) if attachments else {},
        "reused": officer.reused(attachments, application, visible) if attachments else {},
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
    return ShownClock(run, name, article, entry.verified, meaning, state)


def _state(run: ClockRun, on: date) -> tuple[str, str]:
    if run.ended_on is not None:
        late = run.outcome == "late" or (run.used_days is not None and run.used_days > run.days)
        return ("bad", _("ended late")) if late else ("good", _("ended in time"))
    if any(stop.until is None for stop in run.stops.all()):
        return "waiting", _("stands still")
    if run.due_on is None:
        return "attention", _("holidays not announced")
    if run.due_on < on:
        return "bad", _("late")
    return "waiting", _("runs")


def _decision(application: Application) -> Decision | None:
    rows = Decision.objects.select_related("proposed_by", "legal_by", "decided_by")
    return rows.filter(application=application).first()


def events(application: Application) -> list[dict[str, Any]]:
    """Return the newest steps as a timeline."""
    rows = application.steps.select_related("by").order_by("-at", "-pk")[:STEPS_SHOWN]
    return [
        {
            "at": one.at,
            "title": words_of_action(one.action),
            "text": _said(one),
            "meaning": MEANINGS.get(one.action, "neutral"),
            "by": one.by or _("the system"),
        }
        for one in rows
    ]


def _said(step: Step) -> str:
    words = _in_words(step)
    return f"{words}（{step.law}）" if step.law and words else words or step.law


def _in_words(step: Step) -> str:
    """Return what a step says, with codes in the reader's words: the route that was chosen, how it was signed."""
    if step.action == "route" and step.words in Route.values:
        return str(Route(step.words).label)
    if step.action == "sign":
        by_key = step.words != signing.PASSWORD
        return _("Signed data: the body’s key") if by_key else _("Account: password entered again")
    return step.words


def explained(one: Explanation) -> str:
    """Return the words of an explanation in the reader's language."""
    return one.words_en if language() == "en" else one.words_zh
