"""The decision: proposed by one, examined by a legal officer, decided by a third who did not review."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from zhunsheng.admission.licensing import decision_book, law_book, permissions
from zhunsheng.admission.licensing.lifecycle import APPLICATION, LineOutcome, Stage
from zhunsheng.admission.licensing.models import Application, Decision
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules import reasons as wording
from zhunsheng.admission.licensing.rules.reasons import DecisionFacts, Reason, Unmet
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.selectors import officer as selectors
from zhunsheng.admission.licensing.selectors.renewing import deemed_renewed
from zhunsheng.admission.licensing.services import clocks, effects, moving
from zhunsheng.admission.licensing.services.documents import next_number
from zhunsheng.admission.licensing.services.outcomes import settle_lines
from zhunsheng.admission.licensing.services.refusals import refusals_logged
from zhunsheng.admission.licensing.services.reviewing import UNMET
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User

MOVES = {Stage.GRANTED: "grant", Stage.PARTLY_GRANTED: "grant_partly", Stage.REFUSED: "refuse"}
REVIEWING = ("conclude", "reviewed", "ask_rectification", "close_rectification")
"""Steps by which somebody reviewed: none of these people decides."""


class DecisionRefused(DomainError):
    """A proposal or decision that the file doesn't carry."""

    code = "decision-refused"


@dataclass(frozen=True, slots=True)
class Draft:
    """What the file itself suggests: the outcome, and its reasons with their rules."""

    outcome: str
    reasons: tuple[Reason, ...]

    @property
    def text(self) -> str:
        """The reasons as a person may edit them: one paragraph each."""
        return "\n".join(one.words["zh"] for one in self.reasons)


def draft_of(application: Application, on: date) -> Draft:
    """Return the outcome and the reasons that follow from the lines, the conclusion, the clauses and the route."""
    lines = tuple(
        wording.LineOutcome(number, outcome != LineOutcome.REFUSED, reason)
        for number, outcome, reason in application.lines.order_by("number").values_list("number", "outcome", "reason")
    )
    outcome = outcome_of(lines, application.conclusion)
    return Draft(outcome, tuple(_reasons(application, outcome, lines, on)))


def start_of_proposal(application: Application, on: date) -> dict[str, str]:
    """Return what a new proposal starts from: the words of the one that was returned, else what the file suggests."""
    draft = draft_of(application, on)
    returned = Decision.objects.filter(application=application, outcome=draft.outcome).first()
    return {"outcome": draft.outcome, "reasons": returned.reasons if returned else draft.text}


def outcome_of(lines: tuple[wording.LineOutcome, ...], conclusion: str) -> str:
    """Return what the lines come to: all, some or none granted; without lines the review's conclusion."""
    if not lines:
        return str(Stage.REFUSED if conclusion == "not_conform" else Stage.GRANTED)
    granted = sum(one.granted for one in lines)
    if granted == len(lines):
        return str(Stage.GRANTED)
    return str(Stage.PARTLY_GRANTED if granted else Stage.REFUSED)


def _reasons(application: Application, outcome: str, lines: tuple[wording.LineOutcome, ...], on: date) -> list[Reason]:
    signed = application.commitments.order_by("-signed_at").first()
    unmet = application.explanations.filter(about=UNMET).order_by("pk").values_list("inputs", flat=True)
    facts = DecisionFacts(
        route=application.route,
        outcome=outcome,
        conclusion=law_book.conclusions_on(on).get(application.conclusion, {}).get("zh", ""),
        lines=lines,
        unmet=tuple(Unmet(one["clause"], one["fact"]) for one in unmet),
        commitment=signed.law.partition(" ")[2] if signed else "",
        signed_on=timezone.localdate(signed.signed_at).isoformat() if signed else "",
    )
    return wording.reasons(facts, decision_book.sentences(on))


@refusals_logged("propose")
def propose(*, application_id: int, outcome: str, reasons: str, by: User, at: datetime) -> Decision:
    """Propose a decision with its reasons; the rules that suggested it are kept beside what the person wrote.

    Raises: Application.DoesNotExist, NotAllowed, IllegalMove, DecisionRefused.
    """
    application = _locked(application_id, by, Can.PROPOSE, at)
    today = timezone.localdate(at)
    found = draft_of(application, today)
    _refuse_unfit(application, found, outcome, reasons)
    values = {
        "outcome": outcome, "reasons": reasons.strip(), "proposed_by": by, "proposed_at": at,
        "law": "；".join(dict.fromkeys(f"{one.rule} {one.version}" for one in found.reasons))[:300],
        "legal_opinion": "", "legal_agrees": None, "legal_by": None, "legal_at": None,
    }  # fmt: skip
    with recorded(by, reasons):
        decision, _created = Decision.objects.update_or_create(application=application, defaults=values)
    for one in found.reasons:
        moving.explain(application, "reasons", one, {"outcome": found.outcome, "proposed": outcome}, at)
    chain, _version = decision_book.sentences(today)["DECIDE-AT-ONCE"]
    if selectors.is_reviewed(application):
        moving.move(application, "propose", by=by, at=at, words=reasons.strip(), inside=True)
    else:
        law = chain.named
        moving.move(application, "propose_at_once", by=by, at=at, words=reasons.strip(), law=law, inside=True)
    return decision


def _refuse_unfit(application: Application, found: Draft, outcome: str, reasons: str) -> None:
    if outcome not in MOVES:
        raise DecisionRefused("Choose what is proposed.", field="outcome", remedy="Grant, grant in part or refuse.")
    if not reasons.strip():
        raise DecisionRefused("A decision needs its reasons.", field="reasons", remedy="Name facts and articles.")
    if outcome != Stage.REFUSED and outcome != found.outcome:
        raise DecisionRefused(
            "The lines of this application come to another outcome.", field="outcome",
            remedy="Propose what the review confirmed, or refuse with reasons.",
        )  # fmt: skip
    if application.lines.filter(outcome=LineOutcome.PENDING).exists():
        raise DecisionRefused("Some lines have no outcome yet.", remedy="Let the review conclude on every line.")


@refusals_logged("examine")
def give_legal_opinion(*, application_id: int, agrees: bool, opinion: str, by: User, at: datetime) -> Decision:
    """Examine a proposed decision for legality: pass it on to the decision, or return it with the objection.

    Raises: Application.DoesNotExist, NotAllowed, SamePerson, IllegalMove, DecisionRefused.
    """
    application = _locked(application_id, by, Can.EXAMINE, at)
    decision = _decision(application)
    policy.refuse_same_person(Can.PROPOSE, [decision.proposed_by_id], Can.EXAMINE, by)
    if not opinion.strip():
        raise DecisionRefused("A legal opinion needs its words.", field="opinion", remedy="Say what was examined.")
    moving.move(application, "examine" if agrees else "return", by=by, at=at, words=opinion.strip(), inside=True)
    decision.legal_opinion, decision.legal_agrees = opinion.strip(), agrees
    decision.legal_by, decision.legal_at = by, at
    with recorded(by, opinion):
        decision.save(update_fields=["legal_opinion", "legal_agrees", "legal_by", "legal_at"])
    return decision


@refusals_logged("return")
def return_proposal(*, application_id: int, why: str, by: User, at: datetime) -> Application:
    """Send a proposal that was examined back to its proposer.

    Raises: Application.DoesNotExist, NotAllowed, IllegalMove, DecisionRefused.
    """
    application = _locked(application_id, by, Can.DECIDE, at)
    if not why.strip():
        raise DecisionRefused("Say why it is returned.", field="why", remedy="Name what has to change.")
    if application.stage != Stage.EXAMINED:
        APPLICATION.target(application.stage, "decide")
    moving.move(application, "return", by=by, at=at, words=why.strip(), inside=True)
    return application


@refusals_logged("decide")
def decide(*, application_id: int, by: User, at: datetime, late_why: str = "") -> Decision:
    """Decide as proposed and examined: number it, write the letter, the register, the certificate and the day's list.

    After its limit a decision is still taken; it is marked and must be explained.

    Raises: Application.DoesNotExist, NotAllowed, SamePerson, IllegalMove, DecisionRefused, and what the register and
    the certificate refuse; then nothing is changed.
    """
    application = _locked(application_id, by, Can.DECIDE, at)
    today = timezone.localdate(at)
    decision = _decision(application)
    _refuse_involved(application, decision, by)
    outcome = Stage(decision.outcome)
    APPLICATION.target(application.stage, MOVES[outcome])
    _refuse_deemed(application, outcome, today)
    late = _late(application, today, late_why, at)
    decision.number = next_number(outcome, today)
    decision.decided_by, decision.decided_at = by, at
    if late is not None:
        decision.late_days = clocks.days_late(application, limits.DECISION, today)
        decision.reasons = f"{decision.reasons}\n{late.words['zh']}"
    with recorded(by, decision.reasons):
        decision.save()
    if outcome == Stage.REFUSED:
        settle_lines(
            application.lines.exclude(outcome=LineOutcome.REFUSED), LineOutcome.REFUSED, by=by,
            why=decision.number, reason=decision.reasons,
        )  # fmt: skip
    application.decided_at = at
    moving.move(
        application, MOVES[outcome], by=by, at=at, words=f"{decision.number} {decision.reasons}",
        law=decision.law[:120], fields=["decided_at"],
    )  # fmt: skip
    clocks.finish(application, limits.DECISION, today)
    effects.after_decision(application, decision, late=late.words["zh"] if late else "", by=by, at=at)
    return decision


def _refuse_involved(application: Application, decision: Decision, by: User) -> None:
    policy.refuse_same_person(Can.PROPOSE, [decision.proposed_by_id], Can.DECIDE, by)
    policy.refuse_same_person(Can.EXAMINE, [decision.legal_by_id], Can.DECIDE, by)
    reviewers = application.steps.filter(action__in=REVIEWING).values_list("by_id", flat=True)
    policy.refuse_same_person(Can.REVIEW, reviewers, Can.DECIDE, by)


def _refuse_deemed(application: Application, outcome: Stage, today: date) -> None:
    """Refuse to refuse what the law has renewed already."""
    if outcome == Stage.REFUSED and deemed_renewed(application, today) is not None:
        raise DecisionRefused(
            "The certificate ended without a decision: by law the renewal counts as granted.",
            remedy="Let the renewal be entered; a ground to take the certificate away is a matter of its own.",
        )


def _late(application: Application, today: date, why: str, at: datetime) -> Reason | None:
    run = limits.running(application, limits.DECISION)
    if run is None or run.due_on is None or today <= run.due_on:
        return None
    if not why.strip():
        raise DecisionRefused(
            "This decision was due on %(day)s.", params={"day": run.due_on.isoformat()}, field="late_why",
            remedy="It can still be taken: explain why it is late.",
        )  # fmt: skip
    entry, version = decision_book.sentences(today)["DECIDE-LATE"]
    said = wording.said(entry, version, due_on=run.due_on.isoformat(), on=today.isoformat(), why=why.strip())
    moving.explain(application, "late", said, {"clock": run.law}, at)
    return said


def _locked(application_id: int, by: User, action: str, at: datetime) -> Application:
    application = Application.objects.select_for_update().get(pk=application_id)
    permissions.require(by, action, application, timezone.localdate(at))
    return application


def _decision(application: Application) -> Decision:
    found = Decision.objects.filter(application=application).first()
    if found is None:
        raise DecisionRefused("Nothing has been proposed yet.", remedy="Propose a decision first.")
    return found
