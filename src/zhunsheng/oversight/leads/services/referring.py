"""Send a matter to another department or level, with its file; sign for it, answer it, return it, escalate it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.leads import law_book, parts, permissions
from zhunsheng.oversight.leads.lifecycle import LEAD, REFERRAL, ReferralKind, ReferralStage, Stage
from zhunsheng.oversight.leads.models import Lead, Referral
from zhunsheng.oversight.leads.permissions import Can
from zhunsheng.oversight.leads.services.opening import LeadRefused
from zhunsheng.oversight.leads.services.steps import RUNS_ANEW, day_of, demand, keep, last_day, locked, move, run_anew
from zhunsheng.oversight.leads.services.triage import let_answer_run
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Level, Organisation, User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.numbers import next_number
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.notices import services as notices

NOTICE_KIND = "leads.referral"


@dataclass(frozen=True, slots=True)
class Matter:
    """What is sent: its kind and number, its title, the body it is about (slug, or empty), and the list of its file."""

    kind: str
    reference: str
    title: str
    body: str = ""
    manifest: tuple[Mapping[str, str], ...] = ()


@keeps_refused
@transaction.atomic
def refer(*, lead_id: int, receiver_id: int, kind: str, words: str, by: User, at: datetime) -> Referral:
    """Send a lead to another authority or department with everything that supports it.

    A transfer and assistance wait for an answer; what is sent for information leaves the lead where it is.
    Raises: Lead.DoesNotExist, Organisation.DoesNotExist, NotAllowed, IllegalMove, LeadRefused.
    """
    lead = locked(lead_id)
    permissions.require(by, Can.TRIAGE, lead, day_of(at))
    sender = permissions.sending_organisation(by, Can.TRIAGE, day_of(at))
    if kind == ReferralKind.TRANSFER:
        move(lead, "refer")
    made = send(
        matter=Matter("lead", lead.number, lead.title, lead.body.slug if lead.body else "", tuple(manifest_of(lead))),
        sender=sender, receiver_id=receiver_id, kind=kind, words=words, by=by, at=at, lead=lead,
    )  # fmt: skip
    keep(lead, "refer", f"{made.number} → {made.receiver.name}：{made.words}", by=by, at=at)
    return made


def manifest_of(lead: Lead) -> list[dict[str, str]]:
    """Return the list of a lead's file, in order."""
    rows = lead.evidence.order_by("pk").values("kind", "reference", "sha256", "words")
    return [{name: str(value) for name, value in row.items()} for row in rows]


@keeps_refused
@transaction.atomic
def send(
    *, matter: Matter, sender: Organisation, receiver_id: int, kind: str, words: str, by: User, at: datetime,
    lead: Lead | None = None,
) -> Referral:  # fmt: skip
    """Send a matter in the name of an organisation whose right to it the caller has checked; its file is sealed.

    Raises: Organisation.DoesNotExist, LeadRefused.
    """
    receiver = Organisation.objects.get(pk=receiver_id, kind__in=policy.PUBLIC_KINDS)
    if receiver.pk == sender.pk:
        raise LeadRefused("This is your own authority.", field="receiver", remedy="Choose who is competent.")
    if kind not in ReferralKind.values:
        raise LeadRefused("There is no such kind of referral.", field="kind", remedy="Choose one of the list.")
    on, words = day_of(at), demand("words", words)
    clock = law_book.clock("REFERRAL-RECEIVE", on)
    made = Referral(
        number=next_number(Referral, "YS", on), kind=kind, lead=lead, subject_kind=matter.kind,
        subject_ref=matter.reference, title=matter.title[:200], words=words, sender=sender,
        sender_division_id=sender.division_id, receiver=receiver, division_id=receiver.division_id,
        manifest=list(matter.manifest),
        manifest_sha256=canonical_digest([dict(one) for one in matter.manifest]), law=law_book.named(clock),
        sent_by=by, sent_at=at, due_on=last_day(clock, on),
    )  # fmt: skip
    with recorded(by, words):
        made.save(force_insert=True)
    ledger.append(kind="referral.sent", subject=sealed(made), body=matter.body, at=at)
    _tell(made, [receiver.pk], "收到移送与抄告", made.words, by, at)
    return made


def sealed(referral: Referral) -> str:
    """Return the SHA-256 of what the log seals of a referral."""
    return canonical_digest(
        {
            "number": referral.number,
            "kind": referral.kind,
            "subject": f"{referral.subject_kind}:{referral.subject_ref}",
            "sender": referral.sender_id,
            "receiver": referral.receiver_id,
            "words": referral.words,
            "file": referral.manifest_sha256,
        }
    )


@keeps_refused
@transaction.atomic
def receive(*, referral_id: int, by: User, at: datetime) -> Referral:
    """Sign for a referral. A transferred lead is the receiver's from then on, if it is a market supervision authority.

    Raises: Referral.DoesNotExist, NotAllowed, IllegalMove.
    """
    found = _locked(referral_id, "receive", by, at)
    clock = law_book.clock("REFERRAL-ANSWER", day_of(at))
    found.received_by, found.received_at = by, at
    found.due_on, found.law = last_day(clock, day_of(at)), law_book.named(clock)
    found.escalated_at = None
    with recorded(by, "signed for"):
        found.save(update_fields=["stage", "received_by", "received_at", "due_on", "law", "escalated_at"])
    if found.kind == ReferralKind.TRANSFER and found.lead_id and found.receiver.kind == Kind.AUTHORITY:
        _hand_over(locked(found.lead_id), found, by, at)
    return found


def _hand_over(lead: Lead, referral: Referral, by: User, at: datetime) -> None:
    if "take_over" not in LEAD.actions(lead.stage):
        return
    move(lead, "take_over")
    lead.division_id, lead.handler = referral.division_id, None
    run_anew(lead, last_day(law_book.clock("LEAD-VERIFY", day_of(at)), day_of(at)))
    keep(lead, "take_over", referral.number, by=by, at=at, fields=("division", "handler", "due_on", *RUNS_ANEW))


@keeps_refused
@transaction.atomic
def answer(*, referral_id: int, words: str, by: User, at: datetime) -> Referral:
    """Say what came of a referral, which ends it.

    Raises: Referral.DoesNotExist, NotAllowed, IllegalMove, LeadRefused.
    """
    found = _ended(_locked(referral_id, "answer", by, at), words, by, at)
    if found.kind == ReferralKind.TRANSFER and found.lead_id:
        lead = locked(found.lead_id)
        if lead.stage == Stage.REFERRED:
            move(lead, "close")
            lead.outcome, lead.closed_at = f"{found.number} {found.answer}"[:500], at
            keep(lead, "close", found.answer, by=by, at=at, fields=("outcome", "closed_at"))
            let_answer_run(lead, at)
    return found


@keeps_refused
@transaction.atomic
def give_back(*, referral_id: int, why: str, by: User, at: datetime) -> Referral:
    """Return a referral with the reason. Raises: Referral.DoesNotExist, NotAllowed, IllegalMove, LeadRefused."""
    found = _ended(_locked(referral_id, "return", by, at), why, by, at)
    if found.kind == ReferralKind.TRANSFER and found.lead_id:
        lead = locked(found.lead_id)
        if lead.stage == Stage.REFERRED:
            move(lead, "return")
            keep(lead, "return", f"{found.number} {found.answer}", by=by, at=at)
    return found


def _ended(found: Referral, words: str, by: User, at: datetime) -> Referral:
    found.answer, found.ended_by, found.ended_at = demand("words", words), by, at
    with recorded(by, words):
        found.save(update_fields=["stage", "answer", "ended_by", "ended_at"])
    _tell(found, [found.sender_id], found.get_stage_display(), found.answer, by, at)
    parts.ended(found.subject_kind, found.subject_ref, found, by=by, at=at)
    return found


@keeps_refused
@transaction.atomic
def withdraw(*, referral_id: int, why: str, by: User, at: datetime) -> Referral:
    """Take back what nobody has signed for. Raises: Referral.DoesNotExist, NotAllowed, IllegalMove, LeadRefused."""
    found = Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)
    place = policy.Place(division_code=found.sender_division_id)
    if found.sent_by_id != by.pk:
        policy.require(by, Can.TRIAGE, place, day_of(at))
    found.stage = ReferralStage(REFERRAL.target(found.stage, "withdraw"))
    found.answer, found.ended_by, found.ended_at = demand("why", why), by, at
    with recorded(by, why):
        found.save(update_fields=["stage", "answer", "ended_by", "ended_at"])
    if found.kind == ReferralKind.TRANSFER and found.lead_id:
        lead = locked(found.lead_id)
        if lead.stage == Stage.REFERRED:
            move(lead, "return")
            keep(lead, "return", why, by=by, at=at)
    return found


def overdue(at: datetime) -> Sequence[int]:
    """Return the referrals whose day has passed and that nobody above has been told of."""
    late = Referral.objects.filter(
        stage__in=[ReferralStage.SENT, ReferralStage.RECEIVED], due_on__lt=day_of(at), escalated_at=None
    )
    return list(late.order_by("due_on").values_list("pk", flat=True))


@transaction.atomic
def escalate(*, referral_id: int, at: datetime) -> Referral | None:
    """Tell the authority above the receiver that nobody picked a referral up, or answered it; it may act itself.

    Returns: None where it was escalated or ended meanwhile.
    """
    found = Referral.objects.select_for_update(of=("self",)).select_related("receiver").get(pk=referral_id)
    if found.escalated_at is not None or found.stage not in (ReferralStage.SENT, ReferralStage.RECEIVED):
        return None
    above = found.receiver.parent or _province_authority()
    found.escalated_to = above if above and above.pk != found.receiver_id else found.sender
    found.escalated_at = at
    with recorded(None, f"overdue since {found.due_on}"):
        found.save(update_fields=["escalated_to", "escalated_at"])
    ledger.append(kind="referral.escalated", subject=sealed(found), body="", at=at)
    told = sorted({found.escalated_to.pk, found.receiver_id, found.sender_id})
    _tell(found, told, "移送事项逾期未处理，已提请督办", found.title, None, at)
    if found.lead_id:
        keep(locked(found.lead_id), "escalate", f"{found.number} → {found.escalated_to.name}", by=None, at=at)
    return found


def escalate_overdue(at: datetime | None = None) -> int:
    """Do the worker's duty: escalate what is overdue, one by one; return how many."""
    now = at or timezone.now()
    return rows.each("referrals", overdue(now), lambda pk: escalate(referral_id=pk, at=now) is not None)


def _locked(referral_id: int, action: str, by: User, at: datetime) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("receiver", "sender")
    found = rows.get(pk=referral_id)
    permissions.require_receiving(by, found, day_of(at))
    found.stage = ReferralStage(REFERRAL.target(found.stage, action))
    return found


def _province_authority() -> Organisation | None:
    rows = Organisation.objects.filter(kind=Kind.AUTHORITY, division__level=Level.PROVINCE)
    return rows.order_by("pk").first()


def _tell(found: Referral, receivers: Sequence[int], what: Any, words: str, by: User | None, at: datetime) -> None:
    notices.notify(
        organisation_ids=receivers, subject=f"{what}：{found.number}"[:200], body=f"{found.title}\n{words}",
        href=reverse("leads:referral", args=[found.number]), kind=NOTICE_KIND, at=at, by=by,
        sender_id=found.sender_id if by else None, origin=f"referral:{found.pk}",
    )  # fmt: skip
