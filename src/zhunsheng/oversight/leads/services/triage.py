"""Decide what becomes of a lead: accept, watch, dismiss, merge, extend, close, open again, or file a case."""

from datetime import datetime

from django.db import transaction

from zhunsheng.oversight.leads import law_book, permissions
from zhunsheng.oversight.leads.lifecycle import OPEN
from zhunsheng.oversight.leads.models import Complaint, Lead, LeadEvidence
from zhunsheng.oversight.leads.permissions import Can
from zhunsheng.oversight.leads.services.opening import LeadRefused
from zhunsheng.oversight.leads.services.steps import RUNS_ANEW, day_of, demand, keep, last_day, locked, move, run_anew
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused


def _taken(lead_id: int, action: str, by: User, at: datetime) -> Lead:
    """Return a locked lead that this person moves. Raises: Lead.DoesNotExist, NotAllowed, IllegalMove."""
    lead = locked(lead_id)
    permissions.require(by, Can.TRIAGE, lead, day_of(at))
    move(lead, action)
    return lead


@keeps_refused
@transaction.atomic
def accept(*, lead_id: int, by: User, at: datetime, words: str = "") -> Lead:
    """Take a lead on: this officer checks it. Raises: Lead.DoesNotExist, NotAllowed, IllegalMove."""
    lead = _taken(lead_id, "accept", by, at)
    lead.handler = by
    keep(lead, "accept", words, by=by, at=at, fields=("handler",))
    return lead


@keeps_refused
@transaction.atomic
def watch(*, lead_id: int, why: str, by: User, at: datetime) -> Lead:
    """Keep a lead in sight without checking it now. Raises: Lead.DoesNotExist, NotAllowed, IllegalMove, LeadRefused."""
    lead = _taken(lead_id, "watch", by, at)
    lead.handler = by
    keep(lead, "watch", demand("why", why), by=by, at=at, fields=("handler",))
    return lead


@keeps_refused
@transaction.atomic
def dismiss(*, lead_id: int, why: str, by: User, at: datetime) -> Lead:
    """Not take a lead on, with the reason. Raises: Lead.DoesNotExist, NotAllowed, IllegalMove, LeadRefused."""
    return _end(_taken(lead_id, "dismiss", by, at), "dismiss", demand("why", why), by, at)


@keeps_refused
@transaction.atomic
def close(*, lead_id: int, why: str, by: User, at: datetime) -> Lead:
    """End the check of a lead without a case. Raises: Lead.DoesNotExist, NotAllowed, IllegalMove, LeadRefused."""
    return _end(_taken(lead_id, "close", by, at), "close", demand("why", why), by, at)


@keeps_refused
@transaction.atomic
def reopen(*, lead_id: int, why: str, by: User, at: datetime) -> Lead:
    """Open a lead again, because something new came up.

    Raises: Lead.DoesNotExist, NotAllowed, IllegalMove, LeadRefused.
    """
    lead = _taken(lead_id, "reopen", by, at)
    clock = law_book.clock("LEAD-VERIFY", day_of(at))
    lead.outcome, lead.closed_at, lead.extended = "", None, False
    run_anew(lead, last_day(clock, day_of(at)))
    changed = ("outcome", "closed_at", "extended", "due_on", *RUNS_ANEW)
    keep(lead, "reopen", demand("why", why), by=by, at=at, fields=changed)
    return lead


@keeps_refused
@transaction.atomic
def extend(*, lead_id: int, why: str, by: User, at: datetime) -> Lead:
    """Extend the check of a lead once, by what the law allows, before its day has passed.

    Raises: Lead.DoesNotExist, NotAllowed, IllegalMove, LeadRefused.
    """
    lead = _taken(lead_id, "extend", by, at)
    if lead.extended or lead.due_on is None or lead.due_on < day_of(at):
        raise LeadRefused(
            "This lead can't be extended: it was already, or its day has passed.", remedy="Decide it now."
        )
    clock = law_book.clock("LEAD-VERIFY", day_of(at))
    run_anew(lead, last_day(clock, lead.due_on, days=int(clock.values["extension"])))
    lead.extended = True
    keep(lead, "extend", demand("why", why), by=by, at=at, fields=("extended", "due_on", *RUNS_ANEW))
    return lead


@keeps_refused
@transaction.atomic
def merge(*, lead_id: int, into: str, why: str, by: User, at: datetime) -> Lead:
    """Put a lead to another about the same matter, which takes its evidence over.

    Raises: Lead.DoesNotExist, NotAllowed, IllegalMove, LeadRefused.
    """
    lead = _taken(lead_id, "merge", by, at)
    other = Lead.objects.select_for_update(of=("self",)).filter(number=into.strip(), stage__in=OPEN).first()
    if other is None or other.pk == lead.pk:
        raise LeadRefused(
            "There is no other open lead of this number.",
            field="into",
            remedy="Give the number of the lead that stays.",
        )
    permissions.require(by, Can.TRIAGE, other, day_of(at))
    copies = [
        LeadEvidence(
            lead=other, kind=one.kind, reference=one.reference, sha256=one.sha256, words=one.words,
            file_id=one.file_id, added_by=by, added_at=at,
        )
        for one in lead.evidence.all()
    ]  # fmt: skip
    LeadEvidence.objects.bulk_create(copies, ignore_conflicts=True)
    lead.merged_into, lead.closed_at, lead.outcome = other, at, other.number
    keep(lead, "merge", f"{other.number} {demand('why', why)}", by=by, at=at,
         fields=("merged_into", "closed_at", "outcome"))  # fmt: skip
    return lead


def settle(lead: Lead, case_number: str, *, by: User, at: datetime) -> None:
    """Note that a locked lead came to a case; who files the case answers for it. Raises: IllegalMove."""
    move(lead, "file")
    _end(lead, "file", case_number, by, at)


def _end(lead: Lead, action: str, words: str, by: User | None, at: datetime) -> Lead:
    lead.outcome, lead.closed_at = words[:500], at
    keep(lead, action, words, by=by, at=at, fields=("outcome", "closed_at"))
    let_answer_run(lead, at)
    return lead


def let_answer_run(lead: Lead, at: datetime) -> None:
    """Start the clock within which who reported under a name is told whether a case is filed."""
    told = Complaint.objects.filter(lead=lead, answered_at=None, due_on=None).first()
    if told is None:
        return
    told.due_on = last_day(law_book.clock("COMPLAINT-ANSWER", day_of(at)), day_of(at))
    with recorded(None, "decided whether a case is filed"):
        told.save(update_fields=["due_on"])
