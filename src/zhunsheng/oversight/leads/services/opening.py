"""Open a lead: the one way in for alerts, visits, complaints and other departments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.foundation.workdays import NotAnnounced, add_workdays
from zhunsheng.oversight.leads import law_book, parts, permissions
from zhunsheng.oversight.leads.models import Lead, LeadEvidence, LeadStep
from zhunsheng.oversight.leads.permissions import Can
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Level, Organisation, User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.database.numbers import next_number
from zhunsheng.platform.documents.models import StoredFile
from zhunsheng.registry.bodies.models import Body


class LeadRefused(DomainError):
    """A lead that says too little, or an act that doesn't fit it."""

    code = "lead-refused"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports a lead: its kind and key where it is kept, its digest if it has one, and what it shows."""

    kind: str
    reference: str
    sha256: str = ""
    words: str = ""


@keeps_refused
@transaction.atomic
def open_lead(
    *, source: str, reference: str, matter: str, title: str, words: str, body_id: int | None, subject: str = "",
    division_id: str | None = None, evidence: Sequence[Evidence] = (), by: User | None, at: datetime,
) -> Lead:  # fmt: skip
    """Open a lead; the same source and reference again returns the lead that is there.

    Args:
        source: a kind that `leads.parts.register_source` knows.
        matter: a code of law/matters.yaml.
        subject: the name of whom it is about, where that is no body of the register.
        division_id: where it belongs; without it the body's division, else the province.
        by: None for the system itself and for the public.
    Raises: Body.DoesNotExist, LeadRefused, UnknownMatter, NotAllowed.
    """
    _refuse_unclear(source, reference, title, words, body_id, subject)
    law_book.matter(matter, timezone.localdate(at))
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id) if body_id is not None else None
    with exclusive("lead-openings"):  # PostgreSQL holds it to the end: of two at once the second sees the first's lead
        known = Lead.objects.filter(source=source, reference=reference.strip()).first()
    if known is not None:
        return known
    lead = Lead(
        source=source, reference=reference.strip(), matter=matter, title=title.strip()[:200], words=words.strip(),
        body=body, subject=subject.strip()[:200], opened_by=by,
        division_id=division_id or (body.division_id if body else None) or province_division(),
    )  # fmt: skip
    _save(lead, by, at)
    add_evidence(lead, evidence, by=by, at=at)
    return lead


def _save(lead: Lead, by: User | None, at: datetime) -> None:
    """Save a new lead under its number, let its clock run, and write its first step. Raises: NotAllowed."""
    on = timezone.localdate(at)
    clock = law_book.clock("LEAD-VERIFY", on)
    lead.opened_at, lead.law, lead.due_on = at, law_book.named(clock), _due(clock, on)
    if by is not None:
        permissions.require(by, Can.ENTER, lead, on)
    lead.number = next_number(Lead, "XS", on)
    with recorded(by, f"opened: {lead.source} {lead.reference}"):
        lead.save(force_insert=True)
    LeadStep.objects.create(lead=lead, action="open", words=lead.title, by=by, at=at)


def add_evidence(lead: Lead, evidence: Sequence[Evidence], *, by: User | None, at: datetime) -> None:
    """Put evidence to a lead; a file of the store is recognised by its digest, and nothing stands twice."""
    digests = {one.sha256 for one in evidence if one.sha256}
    stored = set(StoredFile.objects.filter(pk__in=digests).values_list("pk", flat=True))
    rows = [
        LeadEvidence(
            lead=lead,
            kind=one.kind[:30],
            reference=one.reference[:200],
            sha256=one.sha256,
            words=one.words[:300],
            file_id=one.sha256 if one.sha256 in stored else None,
            added_by=by,
            added_at=at,
        )
        for one in evidence
    ]
    LeadEvidence.objects.bulk_create(rows, ignore_conflicts=True)


def province_division() -> str:
    """Return the division of the province's own authority, where what has no place is handled.

    Raises: LeadRefused before a province is set up.
    """
    held = Organisation.objects.filter(kind=Kind.AUTHORITY, division__level=Level.PROVINCE)
    found = held.order_by("pk").values_list("division_id", flat=True).first()
    if found is None:
        raise LeadRefused(
            "There is no authority that could handle this.", field="division", remedy="Set the province up first."
        )
    return found


def _refuse_unclear(source: str, reference: str, title: str, words: str, body_id: int | None, subject: str) -> None:
    if source not in parts.sources():
        raise LeadRefused("Nobody registered this source of leads.", field="source", remedy="Register it at start.")
    for field, text in (("reference", reference), ("title", title), ("words", words)):
        if not text.strip():
            raise LeadRefused("A lead needs this.", field=field, remedy="Fill it in.")
    if body_id is None and not subject.strip():
        raise LeadRefused(
            "A lead is about somebody.", field="subject", remedy="Choose the body, or name whom it is about."
        )


def _due(clock: Entry, on: date) -> date | None:
    """Return the last day of a clock of working days; None where that year's holidays aren't announced yet."""
    try:
        return add_workdays(on, int(clock.values["days"]))
    except NotAnnounced:
        return None
