"""After the decision: serve it, carry it out, hear objections and courts, publish it, close the case."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.lifecycle import CASE, DecisionState
from zhunsheng.oversight.enforcement.models import Case, CaseEvent, Decision
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services import documents, listing, papers
from zhunsheng.oversight.enforcement.services.proposing import NOTICE_KIND
from zhunsheng.oversight.enforcement.services.steps import (
    INVESTIGATED,
    CaseRefused,
    day_of,
    demand,
    due,
    keep,
    locked,
    move,
    refuse_done_by,
    require,
    write_down,
)
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.documents import files
from zhunsheng.platform.jobs import rows
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.notices import services as notices
from zhunsheng.registry.credit import services as credit
from zhunsheng.registry.credit.models import CreditEvent

METHODS: Final = ("direct", "left", "post", "electronic", "public")
"""How a decision is served: in person, left with a witness, by post, electronically, by public notice."""
EXECUTIONS: Final = ("paid", "confiscated", "corrected", "surcharge", "court_asked", "enforced", "deferred")
OBJECTIONS: Final = ("reconsideration", "court")
OUTCOMES: Final = ("filed", "upheld", "changed", "annulled", "withdrawn")


def _held(case_id: int, action: str, by: User, at: datetime) -> Case:
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    CASE.target(case.stage, action)
    return case


def serve(
    *, case_id: int, method: str, on: date, words: str, by: User, at: datetime,
    proof: files.Stream | bytes | None = None, proof_name: str = "", received_by: str = "",
) -> Case:  # fmt: skip
    """Record how and when the decision was served, with its proof.

    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused, FileRefused, FileTooLarge.
    """
    digest = files.store(proof).sha256 if proof is not None else ""
    return _served(case_id, method, on, words, digest, proof_name, received_by, by, at)


@transaction.atomic
def _served(
    case_id: int, method: str, on: date, words: str, digest: str, name: str, received_by: str, by: User, at: datetime
) -> Case:
    case = _held(case_id, "serve", by, at)
    decided = case.decided_on or on
    if method not in METHODS or not decided <= on <= day_of(at):
        raise CaseRefused(
            "A decision is served on its day or later, by one of the ways of the law.", field="on",
            remedy="Give the day on the proof of service.",
        )  # fmt: skip
    if method != "electronic" and not digest:
        raise CaseRefused("Service needs its proof.", field="proof", remedy="Add the signed receipt or the postal one.")
    move(case, "serve")
    keep(case, by, f"served: {method}")
    last = due(law_book.rule("CASE-SERVE", decided), decided)
    late = last is not None and on > last
    values = {
        "method": method,
        "on": str(on),
        "late": late,
        "pay_by": str(due(law_book.rule("CASE-PAY", on), on) or ""),
    }
    write_down(case, "serve", words, by, at, values=values, file=digest, file_name=name)
    paper = case.documents.filter(number=case.decision.number).first()
    if paper is not None:
        documents.note_service(
            case, paper, method=method, on=on, received_by=received_by or case.subject, proof=digest, by=by, at=at
        )
    if case.organisation_id:
        notices.notify(
            organisation_ids=[case.organisation_id], subject=f"行政处罚决定书：{case.number}",
            body=f"{case.decision.number} {words}", href=f"/enforcement/{case.number}/", kind=NOTICE_KIND, at=at, by=by,
            sender_id=case.authority_id, origin=f"case:{case.pk}",
        )  # fmt: skip
    return case


@keeps_refused
@transaction.atomic
def carry_out(*, case_id: int, what: str, amount: Decimal | None, words: str, by: User, at: datetime) -> CaseEvent:
    """Record a step of execution: paid, corrected, surcharge, court asked, enforced.

    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = _held(case_id, "execute", by, at)
    if what not in EXECUTIONS or (amount is not None and amount < 0):
        raise CaseRefused("There is no such step of execution.", field="what", remedy="Choose one of the list.")
    values = {"what": what, "amount": str(amount) if amount is not None else ""}
    return write_down(case, "execute", demand("words", words), by, at, values=values)


@keeps_refused
@transaction.atomic
def objected(*, case_id: int, way: str, outcome: str, on: date, words: str, by: User, at: datetime) -> CaseEvent:
    """Record an application for reconsideration or a suit, or what came of it.

    Annulled or changed, the decision is taken down within the law's days, its events in the credit file are noted, and
    the withdrawal is sealed.
    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = _held(case_id, "object", by, at)
    if way not in OBJECTIONS or outcome not in OUTCOMES:
        raise CaseRefused(
            "Choose what was asked for, and what came of it.", field="outcome", remedy="Choose one of each list."
        )
    if case.decided_on is None or not case.decided_on <= on <= day_of(at):
        raise CaseRefused(
            "The day lies before the decision, or ahead.", field="on",
            remedy="Enter the day of the application or of its outcome.",
        )  # fmt: skip
    made = write_down(
        case, "object", demand("words", words), by, at, values={"way": way, "outcome": outcome, "on": str(on)}
    )
    if outcome in ("changed", "annulled"):
        _fell(case, outcome, on, words, by, at)
    return made


def _fell(case: Case, outcome: str, on: date, words: str, by: User, at: datetime) -> None:
    decision = Decision.objects.select_for_update().get(case=case)
    if decision.state == DecisionState.ANNULLED:
        raise CaseRefused(
            "The decision was annulled already; nothing changes it any more.", field="outcome",
            remedy="Compare with what is on record.",
        )  # fmt: skip
    decision.state = DecisionState.ANNULLED if outcome == "annulled" else DecisionState.CHANGED
    decision.state_on, decision.state_why = on, words.strip()[:500]
    if decision.published_at is not None and decision.hidden_at is None:
        decision.hidden_at, decision.hidden_why = at, words.strip()[:300]
    decision.published_due_on = None
    with recorded(by, words):
        decision.save()
    if outcome == "annulled":
        listing.annulled(case, by=by, at=at, why=f"{decision.number}：{words}")
    ledger.append(kind=f"case.{outcome}", subject=decision.sha256, body=case.body.slug if case.body else "", at=at)
    if case.body is None:
        return
    credit.record(
        body_id=case.body.pk, kind="decision_annulled", on=on, source="enforcement", reference=case.number,
        words=f"{decision.number}：{words}"[:300], by=None, at=at, decided_by=by,
    )  # fmt: skip
    if outcome == "annulled":
        for event in CreditEvent.objects.filter(
            body=case.body, source="enforcement", reference=case.number, withdrawn_at=None
        ).exclude(kind="decision_annulled"):
            credit.withdraw(event_id=event.pk, why=f"{decision.number}：{words}"[:300], by=None, at=at)


@keeps_refused
@transaction.atomic
def close(*, case_id: int, words: str, by: User, at: datetime) -> Case:
    """Close a case that was carried out, or that went to the police for good.

    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = _held(case_id, "close", by, at)
    if case.qualifications.filter(state="recommended").exists():
        raise CaseRefused(
            "The grantor hasn't decided about the qualification yet.", remedy="Wait for the answer to the referral."
        )
    move(case, "close")
    case.closed_at, case.closed_why = at, demand("words", words)[:500]
    keep(case, by, words, "closed_at", "closed_why")
    event = write_down(case, "close", words, by, at)
    documents.make(case, "closing", papers.closing(case, words), by=by, at=at, event=event)
    return case


@keeps_refused
@transaction.atomic
def drop(*, case_id: int, words: str, by: User, at: datetime) -> Case:
    """Drop a case whose filing proved wrong; the head does that, not who investigates it.

    Raises: Case.DoesNotExist, NotAllowed, SamePerson, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.DECIDE, case, at)
    refuse_done_by(case, Can.INVESTIGATE, INVESTIGATED, Can.DECIDE, by)
    move(case, "drop")
    case.closed_at, case.closed_why = at, demand("words", words)[:500]
    keep(case, by, words, "closed_at", "closed_why")
    write_down(case, "drop", words, by, at)
    return case


@keeps_refused
@transaction.atomic
def publish(*, case_id: int, by: User, at: datetime) -> Decision:
    """Publish a decision for as long as the law shows it; a mere warning isn't published.

    Raises: Case.DoesNotExist, NotAllowed, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.DECIDE, case, at)
    decision = Decision.objects.select_for_update().filter(case=case).first()
    if decision is None or decision.published_due_on is None or decision.state != DecisionState.IN_FORCE:
        raise CaseRefused("There is no decision here to publish.", remedy="Look at how the decision stands.")
    if decision.published_at is not None:
        raise CaseRefused("The decision is published already.", remedy="Look at the public list.")
    decision.published_at, decision.published_until = at, shown_until(case, day_of(at))
    with recorded(by, "published"):
        decision.save(update_fields=["published_at", "published_until"])
    write_down(case, "publish", decision.number, by, at, values={"until": str(decision.published_until)})
    return decision


def shown_until(case: Case, on: date) -> date:
    """Return until when a decision is shown: a low fine for months, all else for years, a revocation not shorter."""
    penalties = list(case.penalties.filter(withdrawn_at=None))
    low = law_book.rule("CASE-DISCLOSE-LOW", on).values
    fines = [one for one in penalties if one.kind in ("fine", "confiscate")]
    heavy = any(one.kind in ("qualification", "occupation_ban", "application_bar") for one in penalties)
    limits = {"person": Decimal(low["low_person"])}
    small = all((one.amount or 0) <= limits.get(one.target, Decimal(low["low_body"])) for one in fines)
    if fines and small and not heavy:
        month = on.month - 1 + int(low["months"])
        return _day_in(on.year + month // 12, month % 12 + 1, on.day)
    return _day_in(on.year + int(law_book.rule("CASE-DISCLOSE-OTHER", on).values["years"]), on.month, on.day)


def _day_in(year: int, month: int, day: int) -> date:
    """Return a day of a month, its last one where the month is shorter."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def hide_expired(at: datetime | None = None) -> int:
    """Do the worker's duty: take down what was shown long enough; return how many."""
    now = at or timezone.now()
    over = Decision.objects.filter(published_until__lt=timezone.localdate(now), hidden_at=None)
    return rows.each("published-decisions", rows.chunks(over), lambda one: _hide(one.pk, now))


def _hide(pk: int, at: datetime) -> bool:
    one = Decision.objects.select_for_update().get(pk=pk)
    if one.hidden_at is not None:
        return False
    one.hidden_at, one.hidden_why = at, "公示期满"
    with recorded(None, "shown long enough"):
        one.save(update_fields=["hidden_at", "hidden_why"])
    return True
