"""Discuss and decide: by another than who investigated or examined, inside the law, with approved reasons."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.enforcement import law_book, selectors
from zhunsheng.oversight.enforcement.lifecycle import Result
from zhunsheng.oversight.enforcement.models import Case, Decision, Penalty
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.rules import sanctions
from zhunsheng.oversight.enforcement.rules.days import expected
from zhunsheng.oversight.enforcement.services import documents, joint, papers
from zhunsheng.oversight.enforcement.services.proposing import chosen_of
from zhunsheng.oversight.enforcement.services.qualification import recommend
from zhunsheng.oversight.enforcement.services.steps import (
    INVESTIGATED,
    CaseRefused,
    day_of,
    demand,
    keep,
    locked,
    move,
    refuse_done_by,
    require,
    write_down,
)
from zhunsheng.oversight.leads.services import tell_subscribers
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.credit import services as credit

SOURCE = "enforcement"


@keeps_refused
@transaction.atomic
def discuss(
    *, case_id: int, present: Sequence[str], words: str, departures_approved: bool, by: User, at: datetime
) -> Case:
    """Write down a collective discussion: who was there, what it concluded, whether departures are approved.

    Raises: Case.DoesNotExist, NotAllowed, SamePerson, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    _require_deciding(case, by, at)
    move(case, "discuss")
    names = [one.strip() for one in present if one.strip()]
    least = int(law_book.rule("BENCHMARK-DISCUSSION", day_of(at)).values["least"])
    if len(set(names)) < least:
        raise CaseRefused(
            "A collective discussion has at least %(least)s people.", params={"least": least}, field="present",
            remedy="Name everybody who took part.",
        )  # fmt: skip
    values = {"present": names, "departures_approved": departures_approved}
    write_down(case, "discuss", demand("words", words), by, at, values=values)
    return case


@keeps_refused
@transaction.atomic
def give_back(*, case_id: int, words: str, by: User, at: datetime) -> Case:
    """Return a case to its investigators.

    Raises: Case.DoesNotExist, NotAllowed, SamePerson, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    _require_deciding(case, by, at)
    move(case, "return")
    keep(case, by, demand("words", words))
    write_down(case, "return", words, by, at)
    return case


@keeps_refused
@transaction.atomic
def decide(*, case_id: int, result: str, words: str, by: User, at: datetime, number: str = "") -> Decision:
    """Decide a case: the proposed penalties, no penalty, or that no breach is established. The decision is sealed.

    What touches a qualification goes to its grantor as a recommendation; it is no part of this penalty.

    Args:
        number: one that was given elsewhere; empty takes the authority's next.
    Raises: Case.DoesNotExist, NotAllowed, SamePerson, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    _require_deciding(case, by, at)
    move(case, "decide")
    rows = list(case.penalties.filter(withdrawn_at=None).select_related("finding").order_by("pk"))
    if result not in Result.values or (result == Result.PUNISHED) != bool(rows):
        raise CaseRefused(
            "The result doesn't fit what is proposed.", field="result",
            remedy="Choose another result, or return the case.",
        )  # fmt: skip
    _refuse_undiscussed(case, rows)
    _refuse_unlawful(case, rows)
    joint.refuse_unagreed(case)
    made = _written(case, number, result, words, rows, by, at)
    values = {"number": made.number, "result": result, "sha256": made.sha256}
    event = write_down(case, "decide", words, by, at, values=values)
    kind = "decision" if result == Result.PUNISHED else "no_penalty"
    documents.make(
        case, kind, papers.decision(case, made, rows), by=by, at=at, event=event, number=made.number
    )  # fmt: skip
    for row in rows:
        if row.kind in ("qualification", "application_bar"):
            recommend(case, row, by=by, at=at)
    _into_credit_file(case, made, rows, made.on, at)
    return made


def _written(
    case: Case, number: str, result: str, words: str, rows: Sequence[Penalty], by: User, at: datetime
) -> Decision:
    """Save the decision and seal it in the log; without a number it takes the authority's next."""
    on = case.decided_on = day_of(at)
    kind = "decision" if result == Result.PUNISHED else "no_penalty"
    made = Decision(
        case=case, number=number.strip()[:60] or documents.next_number(case, kind, on), result=result,
        words=demand("words", words), on=on, by=by, at=at,
        published_due_on=expected(law_book.rule("CASE-DISCLOSE", on), on) if result == Result.PUNISHED else None,
    )  # fmt: skip
    made.sha256 = sealed(made, rows)
    with recorded(by, f"decided: {made.number}"):
        made.save(force_insert=True)
        case.save(update_fields=["stage", "decided_on"])
    ledger.append(kind="case.decided", subject=made.sha256, body=case.body.slug if case.body else "", at=at)
    return made


def sealed(decision: Decision, rows: Sequence[Penalty]) -> str:
    """Return the SHA-256 of what the log seals of a decision."""
    return canonical_digest(
        {
            "case": decision.case.number,
            "number": decision.number,
            "on": decision.on.isoformat(),
            "party": decision.case.subject,
            "result": str(decision.result),
            "words": decision.words,
            "penalties": [
                {
                    "rule": f"{one.consequence} {one.version}",
                    "basis": one.basis,
                    "target": one.target,
                    "amount": f"{one.amount:.2f}" if one.amount is not None else "",
                }
                for one in rows
            ],
        }
    )


def _require_deciding(case: Case, by: User, at: datetime) -> None:
    require(by, Can.DECIDE, case, at)
    refuse_done_by(case, Can.INVESTIGATE, INVESTIGATED, Can.DECIDE, by)
    refuse_done_by(case, Can.EXAMINE, ("examine", "hear", "hearing_called"), Can.DECIDE, by)


def must_discuss(case: Case, rows: Sequence[Penalty]) -> bool:
    """Tell whether a case is discussed collectively: departures, what opens a hearing, what touches a qualification."""
    on = case.filed_on
    limits = law_book.rule("BENCHMARK-HEARING", on).values
    amounts = {name: int(limits[name]) for name in ("body", "person", "producer")}
    return any(one.departs for one in rows) or sanctions.hearing_due(chosen_of(case), amounts, limits["kinds"])


def _refuse_undiscussed(case: Case, rows: Sequence[Penalty]) -> None:
    proposed = case.events.filter(kind="propose").order_by("-at", "-pk").first()
    since = {"at__gte": proposed.at} if proposed else {}
    talks = [one.values for one in case.events.filter(kind="discuss", **since)]
    if must_discuss(case, rows) and not talks:
        raise CaseRefused(
            "This case is discussed collectively before it is decided.", remedy="Write the discussion down first."
        )
    if any(one.departs for one in rows) and not any(one["departures_approved"] for one in talks):
        raise CaseRefused(
            "A penalty outside the benchmark needs the approval of the discussion.",
            remedy="Let it be discussed, or return the case.", kept=True,
        )  # fmt: skip


def _refuse_unlawful(case: Case, rows: Sequence[Penalty]) -> None:
    """Measure every penalty once more on the day of the decision: facts or confirmations may have changed."""
    known = {(finding.pk, one.id): one for finding, p in selectors.proposals_of(case) for one in p.consequences}
    for row in rows:
        found = known.get((row.finding_id, row.consequence))
        if found is None or not found.applicable or found.version != row.version:
            raise CaseRefused(
                "%(rule)s can't be applied as it was proposed any more.", params={"rule": row.consequence},
                remedy="Return the case; the investigators propose anew.",
            )  # fmt: skip


def _into_credit_file(case: Case, made: Decision, rows: Sequence[Penalty], on: date, at: datetime) -> None:
    """Write the outcome to the body's credit file, and tell the authorities that rely on it."""
    if case.body is None or made.result != Result.PUNISHED:
        return
    fine = sum((one.amount or Decimal(0) for one in rows if one.kind in ("fine", "confiscate")), Decimal(0))
    words = f"{made.number}：{case.title}" + (f"，罚没合计 {fine:,.2f} 元" if fine else "")
    for kind in credit_kinds(rows, on):
        credit.record(
            body_id=case.body.pk, kind=kind, on=on, source=SOURCE, reference=case.number, words=words, by=None, at=at,
            evidence_sha256=made.sha256, decided_by=made.by,
        )  # fmt: skip
    tell_subscribers(body=case.body, subject=f"行政处罚决定：{case.body.name}", words=words, at=at)


def credit_kinds(rows: Sequence[Penalty], on: date) -> list[str]:
    """Return as which events a decision counts: each violation by its own kind, a mere order to correct as that."""
    found: set[str] = set()
    for row in rows:
        if row.kind in _PENALTIES:
            entry = law_book.violation(row.finding.violation, row.finding.on)
            found.add(str(entry.values.get("credit", "penalty")))
    if not found and any(one.kind in ("order_to_correct", "reminder") for one in rows):
        found.add("order_to_correct")
    return sorted(found)


_PENALTIES = frozenset({"warning", "fine", "confiscate", "occupation_ban"})
