"""Objections to events and requests to repair them: filed by the body with evidence, decided by another officer."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zhunsheng.foundation import workdays
from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.foundation.workdays import NotAnnounced
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded, update_recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.files import Stream
from zhunsheng.platform.documents.media import JPEG, OFD, PDF, PNG, WEBP
from zhunsheng.platform.documents.models import StoredFile
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.credit import effects_book, law_book, permissions
from zhunsheng.registry.credit.lifecycle import PETITION, Sort, Stage
from zhunsheng.registry.credit.models import CreditEvent, Petition, PetitionFile
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.selectors import petitions_without_day
from zhunsheng.registry.credit.services.announcing import tell_body
from zhunsheng.registry.credit.services.grading import compute_grades
from zhunsheng.registry.credit.services.writing import (
    NotRecordable,
    demand,
    lock_body,
    locked_row,
    mark_stale,
    moment_of,
)

ACCEPTED = frozenset({PDF, OFD, PNG, JPEG, WEBP})
"""What an officer can open: documents and photographs."""
MOST_FILES = 10
LEDGER_KIND = "credit.petition"
PREFIX = {Sort.OBJECTION: "YY", Sort.REPAIR: "XF"}

Evidence = tuple[Stream | bytes, str]
"""A file and its name."""


def file_petition(
    *, event_id: int, sort: str, grounds: str, evidence: Sequence[Evidence], by: User, at: datetime
) -> Petition:
    """File an objection to an event, or ask for its repair, with evidence.

    Raises: CreditEvent.DoesNotExist, NotAllowed, NotRecordable, FileRefused, FileTooLarge.
    """
    if not 1 <= len(evidence) <= MOST_FILES:
        raise NotRecordable(
            "Hand in between one and %(most)s files as evidence.", params={"most": MOST_FILES}, field="evidence",
            remedy="Choose the documents that show it.",
        )  # fmt: skip
    kept = [(files.store(content), PurePath(name).name[:200]) for content, name in evidence]  # before the lock
    for one, _name in kept:
        if one.media_type not in ACCEPTED:
            raise NotRecordable(
                "Files of this kind are not taken: %(sort)s.", params={"sort": one.media_type}, field="evidence",
                remedy="Send PDF, OFD or an image.",
            )  # fmt: skip
    return _file(event_id=event_id, sort=Sort(sort), grounds=grounds, kept=kept, by=by, at=at)


@transaction.atomic
def _file(
    *, event_id: int, sort: Sort, grounds: str, kept: Sequence[tuple[StoredFile, str]], by: User, at: datetime
) -> Petition:
    event = locked_row(CreditEvent, event_id)
    today = timezone.localdate(at)
    permissions.require(by, Can.PETITION, event.body, today)
    demand(grounds=grounds)
    _refuse_pointless(event, sort, today)
    law = effects_book.request_law(sort, today)
    number = f"{PREFIX[sort]}{event.pk}-{Petition.objects.filter(event=event, sort=sort).count() + 1}"
    with recorded(by, grounds[:100]):
        made = Petition.objects.create(
            number=number, sort=sort, event=event, body=event.body, law=law_book.named(effects_book.book(), law),
            grounds=grounds.strip(), filed_by=by, filed_at=at, due_on=_due(law, today),
        )  # fmt: skip
    once = {one.pk: (one, name) for one, name in kept}
    PetitionFile.objects.bulk_create(PetitionFile(petition=made, file=one, name=name) for one, name in once.values())
    return made


def _refuse_pointless(event: CreditEvent, sort: Sort, today: date) -> None:
    if event.withdrawn_at is not None or event.repaired_at is not None:
        raise NotRecordable("This event counts no more.", field="grounds", remedy="Nothing needs to be asked for.")
    if event.petitions.filter(sort=sort, stage=Stage.FILED).exists():
        raise NotRecordable(
            "This is asked for already and waits for a decision.", field="grounds", remedy="Wait for the decision."
        )
    if sort is Sort.OBJECTION:
        return
    terms = effects_book.repair_terms(event.kind, event.on, today)
    if terms is None:
        raise NotRecordable(
            "An event of this kind is not repaired.", field="grounds", remedy="Object to it if it is wrong."
        )
    if terms.opens_on > today:
        raise NotRecordable(
            "Repair may be asked for from %(day)s.", params={"day": terms.opens_on.isoformat()}, field="grounds",
            remedy="Ask again on that day.",
        )  # fmt: skip


def _due(law: Entry, filed_on: date) -> date | None:
    """Return the last day to decide; None while the holidays of its year are not announced."""
    try:
        return workdays.add_workdays(filed_on, int(law.values["decide_workdays"]))
    except NotAnnounced:
        return None


@transaction.atomic
def give_last_days() -> int:
    """Give requests that wait their last day where holidays were announced since; return how many got one."""
    given = []
    for one in petitions_without_day().select_for_update():
        filed_on = timezone.localdate(one.filed_at)
        one.due_on = _due(effects_book.request_law(one.sort, filed_on), filed_on)
        if one.due_on is not None:
            given.append(one)
    with recorded(None, "the holidays of its year are announced"):
        return update_recorded(Petition, given, ["due_on"])


@transaction.atomic
def decide_petition(*, petition_id: int, grant: bool, words: str, by: User, at: datetime) -> Petition:
    """Decide an objection or a repair; granted, the event counts no more and the grade is computed at once.

    Nobody decides about an event that they recorded themselves, or that follows from a decision of theirs.
    Raises: Petition.DoesNotExist, NotAllowed, SamePerson, IllegalMove, NotRecordable.
    """
    petition = _locked(petition_id)
    permissions.require(by, Can.DECIDE, petition.body, timezone.localdate(at))
    policy.refuse_same_person(Can.RECORD, authors_of(petition.event), Can.DECIDE, by)
    petition.stage = Stage(PETITION.target(Stage(petition.stage), "grant" if grant else "refuse"))
    demand(words=words)
    if grant:
        lock_body(petition.body_id)
        at = moment_of(petition.body_id, at)
    petition.decided_by, petition.decided_at, petition.decision = by, at, words.strip()
    with recorded(by, words):
        petition.save(update_fields=["stage", "decided_by", "decided_at", "decision"])
    ledger.append(kind=LEDGER_KIND, subject=sealed_petition(petition), body=petition.body.slug, at=at)
    if grant:
        _end(petition, by, at)
        compute_grades(on=timezone.localdate(at), by=None, at=at, body_ids=[petition.body_id])
    _tell(petition, by, at)
    return petition


def authors_of(event: CreditEvent) -> list[int | None]:
    """Return who recorded an event and who took the decision from which it follows: they don't decide about it."""
    return [event.recorded_by_id, event.decided_by_id]


@transaction.atomic
def take_back(*, petition_id: int, by: User, at: datetime) -> Petition:
    """Take a request back before it is decided. Raises: Petition.DoesNotExist, NotAllowed, IllegalMove."""
    petition = _locked(petition_id)
    permissions.require(by, Can.PETITION, petition.body, timezone.localdate(at))
    petition.stage = Stage(PETITION.target(Stage(petition.stage), "take_back"))
    with recorded(by, "taken back"):
        petition.save(update_fields=["stage"])
    return petition


def sealed_petition(petition: Petition) -> str:
    """Return the SHA-256 of what the log seals of a decision, in hexadecimal."""
    return canonical_digest(
        {
            "number": petition.number,
            "sort": petition.sort,
            "stage": petition.stage,
            "grounds": petition.grounds,
            "evidence": sorted(petition.files.values_list("file_id", flat=True)),
            "decision": petition.decision,
        }
    )


def _locked(petition_id: int) -> Petition:
    rows = Petition.objects.select_for_update(of=("self",)).select_related("body", "event")
    return rows.get(pk=petition_id)


def _end(petition: Petition, by: User, at: datetime) -> None:
    """Let the event count no more: a wrong one is withdrawn, a repaired one stays true and ends."""
    event = locked_row(CreditEvent, petition.event_id)
    why = f"{petition.number}：{petition.decision}"[:500]
    mark_stale(event.body_id, at)
    names = ["withdrawn_at", "withdrawn_why"] if petition.sort == Sort.OBJECTION else ["repaired_at", "repaired_why"]
    setattr(event, names[0], at)
    setattr(event, names[1], why)
    with recorded(by, why):
        event.save(update_fields=names)


def _tell(petition: Petition, by: User, at: datetime) -> None:
    body: Body = petition.body
    with translation.override("zh-hans"):
        subject = _("Decided: %(sort)s %(number)s, %(outcome)s") % {
            "sort": Sort(petition.sort).label, "number": petition.number, "outcome": Stage(petition.stage).label,
        }  # fmt: skip
        tell_body(body, subject, petition.decision, href=reverse("credit:request", args=[petition.number]),
                  origin=f"credit.petition:{petition.number}", by=by, at=at)  # fmt: skip
