"""Which leads somebody sees, and what stands on a lead's page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.leads import law_book, parts
from zhunsheng.oversight.leads.lifecycle import OPEN, Stage
from zhunsheng.oversight.leads.models import Lead, LeadEvidence
from zhunsheng.oversight.leads.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy
from zhunsheng.registry.bodies.models import Body

ACTIONS = {
    "open": pgettext_lazy("lead", "Opened"),
    "accept": pgettext_lazy("lead", "Taken on"),
    "watch": pgettext_lazy("lead", "Watched from here on"),
    "dismiss": pgettext_lazy("lead", "Not taken on"),
    "close": pgettext_lazy("lead", "Closed"),
    "reopen": pgettext_lazy("lead", "Opened again"),
    "extend": pgettext_lazy("lead", "Time limit extended"),
    "merge": pgettext_lazy("lead", "Merged"),
    "file": pgettext_lazy("lead", "Case filed"),
    "refer": pgettext_lazy("lead", "Sent on"),
    "return": pgettext_lazy("lead", "Came back"),
    "take_over": pgettext_lazy("lead", "Taken over by the receiver"),
    "escalate": _("Escalated to the authority above"),
    "evidence": _("Evidence added"),
    "answer": _("Answered to who reported"),
}
MOST_NAMED = 200
"""Bodies up to which a search goes by their keys."""
MEANINGS = {
    Stage.NEW: "attention",
    Stage.WATCHED: "waiting",
    Stage.ACCEPTED: "waiting",
    Stage.REFERRED: "waiting",
    Stage.FILED: "good",
}


def leads_visible_to(user: AnyUser, on: date) -> QuerySet[Lead]:
    """Return the leads of the places that somebody oversees."""
    return Lead.objects.filter(policy.reach_of(user, Can.SEE, on).as_q(organisation=None))


def in_tab(rows: QuerySet[Lead], tab: str, user: AnyUser, on: date) -> QuerySet[Lead]:
    """Return the leads of a tab of the inbox: new, mine, open, late or all."""
    if tab == "new":
        return rows.filter(stage=Stage.NEW)
    if tab == "mine":
        return rows.filter(handler_id=user.pk if user else None, stage__in=OPEN)
    if tab == "late":
        return rows.filter(stage__in=[Stage.NEW, Stage.ACCEPTED], due_on__lt=on)
    return rows.filter(stage__in=OPEN) if tab == "open" else rows


def found_by(rows: QuerySet[Lead], words: str) -> QuerySet[Lead]:
    """Return the leads of a number or a body, or, where no body is called so, those whose title or subject holds it."""
    text = words.strip()
    if text.upper().startswith("XS-"):
        return rows.filter(number__startswith=text.upper())
    named = bodies_named(text)
    if named:
        return rows.filter(Q(body_id__in=named) | Q(body=None, subject__icontains=text))
    return rows.filter(Q(title__icontains=text) | Q(subject__icontains=text) | Q(body__name__icontains=text))


def bodies_named(text: str) -> list[int]:
    """Return the bodies whose name holds a text, so that their index is used; none where it is too common a word."""
    found = list(
        Body.objects.filter(name__icontains=text).order_by("pk").values_list("pk", flat=True)[: MOST_NAMED + 1]
    )
    return found if len(found) <= MOST_NAMED else []


def meaning_of(stage: str) -> str:
    """Return the colour of a stage."""
    return MEANINGS.get(Stage(stage), "neutral")


def due_meaning(lead: Lead, on: date) -> str:
    """Return the colour of a lead's day: late, near, or nothing to worry about."""
    if lead.due_on is None or lead.stage not in (Stage.NEW, Stage.ACCEPTED):
        return "neutral"
    if lead.due_on < on:
        return "bad"
    return "attention" if (lead.due_on - on).days <= 5 else "neutral"


def events_of(lead: Lead) -> list[dict[str, Any]]:
    """Return the timeline of a lead, newest first."""
    rows = lead.steps.select_related("by").order_by("-at", "-pk")[:200]
    return [
        {"at": one.at, "title": ACTIONS.get(one.action, one.action), "text": one.words, "by": one.by} for one in rows
    ]


def evidence_of(lead: Lead) -> Sequence[LeadEvidence]:
    """Return what supports a lead."""
    return list(lead.evidence.order_by("pk")[:500])


def related(lead: Lead, user: AnyUser, on: date) -> list[Lead]:
    """Return other leads about the same body that this reader sees, newest first."""
    if lead.body_id is None:
        return []
    rows = leads_visible_to(user, on).filter(body_id=lead.body_id).exclude(pk=lead.pk)
    return list(rows.order_by("-opened_at")[:5])


def matter_choices() -> list[tuple[str, dict[str, str]]]:
    """Return matters by code with their words."""
    return [(code, dict(words)) for code, words in law_book.matters().items()]


def source_link(lead: Lead) -> str | None:
    """Return the page of what lies behind a lead."""
    return parts.link_to(lead.source, lead.reference)
