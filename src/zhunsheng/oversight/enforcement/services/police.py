"""A suspected crime: reported by two officers, decided by the head within days, sent within hours, answered."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.lifecycle import CASE, PauseCause
from zhunsheng.oversight.enforcement.models import Case, CasePause, PoliceTransfer
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services import documents as letters
from zhunsheng.oversight.enforcement.services import papers
from zhunsheng.oversight.enforcement.services.steps import (
    INVESTIGATED,
    CaseRefused,
    count_again,
    day_of,
    demand,
    keep,
    locked,
    move,
    refuse_done_by,
    require,
    write_down,
)
from zhunsheng.oversight.leads.lifecycle import ReferralKind
from zhunsheng.oversight.leads.services import Matter, send
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused

LETTER = "letter"
"""The key of the letter of transfer in the list of documents that go with it (law/police.yaml)."""


@keeps_refused
@transaction.atomic
def report(*, case_id: int, words: str, by: User, at: datetime) -> PoliceTransfer:
    """Report a suspected crime to the head, by the case's two investigators.

    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    CASE.target(case.stage, "transfer")
    if by.pk not in (case.investigator_id, case.second_id) or case.second_id is None:
        raise CaseRefused(
            "Two officers who investigate the case report a suspected crime.", remedy="Name the second one first."
        )
    if case.transfers.filter(approved=None).exists():
        raise CaseRefused("A report waits for the head already.", remedy="Let the head decide it.")
    days = int(law_book.rule("POLICE-DECIDE", day_of(at)).values["days"])
    with recorded(by, demand("words", words)):
        made = PoliceTransfer.objects.create(
            case=case, first_id=case.investigator_id, second_id=case.second_id, words=words.strip(), reported_at=at,
            decide_by=day_of(at) + timedelta(days=days),
        )  # fmt: skip
    write_down(case, "police_report", words, by, at, values={"decide_by": str(made.decide_by)})
    return made


@keeps_refused
@transaction.atomic
def decide(*, transfer_id: int, approved: bool, reasons: str, by: User, at: datetime) -> PoliceTransfer:
    """Decide as the head whether a case goes to the police; who investigated doesn't decide that.

    Raises: PoliceTransfer.DoesNotExist, NotAllowed, SamePerson, IllegalMove, CaseRefused.
    """
    found, case = _locked(transfer_id)
    require(by, Can.DECIDE, case, at)
    refuse_done_by(case, Can.INVESTIGATE, INVESTIGATED, Can.DECIDE, by)
    if found.approved is not None:
        raise CaseRefused("This has been decided.", remedy="Read how on the case's page.")
    found.approved, found.decided_by, found.decided_at = approved, by, at
    found.reasons = demand("reasons", reasons)[:1000]
    if approved:
        found.send_by = at + timedelta(hours=int(law_book.rule("POLICE-SEND", day_of(at)).values["hours"]))
        move(case, "transfer")
        keep(case, by, reasons)
        with recorded(by, reasons):
            CasePause.objects.create(case=case, cause=PauseCause.POLICE, since=day_of(at), words=reasons[:300], by=by)
    with recorded(by, reasons):
        found.save(update_fields=["approved", "decided_by", "decided_at", "reasons", "send_by"])
    values = {"approved": approved, "send_by": found.send_by.isoformat() if found.send_by else "",
              "late": day_of(at) > found.decide_by}  # fmt: skip
    write_down(case, "police_decision", reasons, by, at, values=values)
    return found


@keeps_refused
@transaction.atomic
def hand_over(
    *, transfer_id: int, receiver_id: int, documents: Collection[str], by: User, at: datetime
) -> PoliceTransfer:
    """Send a case to the police with every document that the rules ask for.

    Raises: PoliceTransfer.DoesNotExist, Organisation.DoesNotExist, NotAllowed, CaseRefused.
    """
    found, case = _locked(transfer_id)
    require(by, Can.INVESTIGATE, case, at)
    if not found.approved or found.sent_at is not None or case.authority is None:
        raise CaseRefused("There is no transfer here to send.", remedy="Let the head decide first.")
    asked = law_book.rule("POLICE-FILE", day_of(at)).values["documents"]
    held = {*documents, LETTER}  # the letter is made here
    missing = [one["zh"] for one in asked if not one.get("optional") and one["key"] not in held]
    if missing:
        raise CaseRefused(
            "These documents are missing: %(names)s.", params={"names": "、".join(missing)}, field="documents",
            remedy="Put them to the file, then send it.",
        )  # fmt: skip
    found.referral = send(
        matter=Matter("case", case.number, f"涉嫌犯罪案件移送：{case.title}", case.body.slug if case.body else "",
                      tuple(manifest_of(case))),
        sender=case.authority, receiver_id=receiver_id, kind=ReferralKind.POLICE, words=found.words, by=by, at=at,
    )  # fmt: skip
    days = int(law_book.rule("POLICE-ANSWER", day_of(at)).values["days"])
    found.sent_at, found.documents = at, sorted(held)
    found.answer_due_on = day_of(at) + timedelta(days=days)
    with recorded(by, "sent to the police"):
        found.save(update_fields=["referral", "sent_at", "documents", "answer_due_on"])
    late = found.send_by is not None and at > found.send_by
    event = write_down(case, "police_sent", found.referral.number, by, at, values={"late": late})
    names = [one["zh"] for one in asked if one["key"] in held]
    letters.make(case, "police", papers.police(case, found, names), by=by, at=at, event=event)
    return found


def manifest_of(case: Case) -> list[dict[str, str]]:
    """Return the list of a case's files, as referrals carry it."""
    return [
        {"kind": one.kind, "reference": f"{case.number}/{one.number}", "sha256": one.file_id, "words": one.name}
        for one in case.files.order_by("number")
    ]


@keeps_refused
@transaction.atomic
def answered(*, transfer_id: int, accepted: bool, words: str, by: User, at: datetime) -> PoliceTransfer:
    """Record what the police answered. Refused, the case comes back and its clock runs again.

    Raises: PoliceTransfer.DoesNotExist, NotAllowed, CaseRefused.
    """
    found, case = _locked(transfer_id)
    require(by, Can.INVESTIGATE, case, at)
    if found.sent_at is None or found.answered_at is not None:
        raise CaseRefused("There is no transfer here that waits for an answer.", remedy="Look at the case's page.")
    found.accepted, found.answer, found.answered_at = accepted, demand("words", words)[:1000], at
    if not accepted:
        days = int(law_book.rule("POLICE-RECONSIDER", day_of(at)).values["days"])
        found.reconsider_by = day_of(at) + timedelta(days=days)
    with recorded(by, words):
        found.save(update_fields=["accepted", "answer", "answered_at", "reconsider_by"])
    write_down(case, "police_answer", words, by, at, values={"accepted": accepted})
    if not accepted:
        take_back(case, words, by, at)
    return found


def take_back(case: Case, words: str, by: User, at: datetime) -> None:
    """Let a case that the police didn't take be investigated again; its clock runs from here; in a transaction."""
    move(case, "resume")
    keep(case, by, words)
    running = case.pauses.filter(until=None).first()
    if running is not None:
        running.until = max(day_of(at), running.since)
        with recorded(by, words):
            running.save(update_fields=["until"])
        count_again(case, by, words)


def _locked(transfer_id: int) -> tuple[PoliceTransfer, Case]:
    found = PoliceTransfer.objects.select_for_update(of=("self",)).get(pk=transfer_id)
    return found, locked(found.case_id)
