"""Propose penalties by the yardstick, examine them for legality, tell the party, hear it, hand it on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from zhunsheng.oversight.enforcement import law_book, permissions, selectors
from zhunsheng.oversight.enforcement.lifecycle import CASE, Stage
from zhunsheng.oversight.enforcement.models import Case, CaseEvent, CaseFinding, Penalty
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.rules import sanctions
from zhunsheng.oversight.enforcement.rules.sanctions import Problem, Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Consequence, Proposal
from zhunsheng.oversight.enforcement.services import documents, papers
from zhunsheng.oversight.enforcement.services.steps import (
    PREPARED,
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
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.notices import services as notices

NOTICE_KIND = "enforcement.case"


@keeps_refused
@transaction.atomic
def propose(*, case_id: int, chosen: Mapping[int, Sequence[Sanction]], words: str, by: User, at: datetime) -> Case:
    """Close the investigation with its report and the penalties that it proposes, each inside the law.

    Args:
        chosen: by number of the finding; a finding without any is proposed to go without a penalty.
        words: the report of the investigation.
    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    if by.pk not in (case.investigator_id, case.second_id):
        raise CaseRefused("Only the investigators of a case propose.", remedy="Let one of them write the report.")
    move(case, "propose")
    if case.second_id is None:
        raise CaseRefused(
            "Two officers investigate a case; the second isn't named.", field="second", remedy="Name the second one."
        )
    _refuse_open_ends(case)
    measured = {finding.number: (finding, proposal) for finding, proposal in selectors.proposals_of(case)}
    rows: list[Penalty] = []
    for number, wanted in chosen.items():
        finding, proposal = measured[number]
        rows += [_penalty(case, finding, proposal, one) for one in wanted]
    with recorded(by, "proposed"):
        for old in case.penalties.filter(withdrawn_at=None):
            old.withdrawn_at = at
            old.save(update_fields=["withdrawn_at"])
        for row in rows:
            row.save(force_insert=True)
    keep(case, by, "proposed")
    values = {"penalties": [{"consequence": one.consequence, "amount": str(one.amount or "")} for one in rows]}
    event = write_down(case, "propose", demand("words", words), by, at, values=values)
    documents.make(case, "report", papers.report(case, rows, words, at), by=by, at=at, event=event)
    return case


def _refuse_open_ends(case: Case) -> None:
    if case.holds.filter(ended_at=None).exists():
        raise CaseRefused("Evidence is still held.", remedy="Say first what becomes of it.")
    if case.pauses.filter(until=None).exists():
        raise CaseRefused("The clock stands still.", remedy="Let it run again first.")


def _penalty(case: Case, finding: CaseFinding, proposal: Proposal, wanted: Sanction) -> Penalty:
    for problem in sanctions.problems(wanted, proposal):
        raise _refusal(problem)
    found = next(one for one in proposal.consequences if one.id == wanted.consequence)
    outside = sanctions.departs(wanted, found)
    limits, band = found.limits, found.band
    return Penalty(
        case=case, finding=finding, consequence=found.id, version=found.version, kind=found.kind, basis=found.basis,
        words=found.title["zh"], target=found.target, person=wanted.person.strip(), amount=wanted.amount,
        least=limits.least if limits else None, most=limits.most if limits else None,
        band_least=band.least if band else None, band_most=band.most if band else None, step=proposal.step.value,
        departs=outside, why=wanted.why.strip()[:500] if outside else "", measure=wanted.measure, ground=found.ground,
        lines=list(wanted.lines),
    )  # fmt: skip


def _refusal(problem: Problem) -> CaseRefused:
    """Return the sentence for what forbids a sanction."""
    params = {"rule": problem.consequence, "limit": problem.limit}
    if problem.code == "unverified":
        return CaseRefused(
            "Nobody has compared %(rule)s with the text of the law; it can't be applied.", params=params,
            field="penalties", remedy="Ask an administrator to confirm it.", kept=True,
        )  # fmt: skip
    if problem.code == "above_law":
        return CaseRefused(
            "The law knows no fine above %(limit)s yuan here (%(rule)s).", params=params, field="penalties",
            remedy="Stay inside the law; no reason opens more.", kept=True,
        )  # fmt: skip
    if problem.code == "below_law":
        return CaseRefused(
            "Below %(limit)s yuan takes a mitigating circumstance of the law (%(rule)s).", params=params,
            field="penalties", remedy="Establish the circumstance among the facts, or stay inside the law.", kept=True,
        )  # fmt: skip
    if problem.code == "reason":
        return CaseRefused(
            "This lies outside the benchmark and needs its reason (%(rule)s).", params=params, field="penalties",
            remedy="Give the reason; the discussion has to approve it.", kept=True,
        )  # fmt: skip
    if problem.code == "other_department":
        return CaseRefused(
            "Another department decides this (%(rule)s).", params=params, field="penalties",
            remedy="Refer the matter to that department.",
        )  # fmt: skip
    return _unfit(problem, params)


def _unfit(problem: Problem, params: Mapping[str, object]) -> CaseRefused:
    if problem.code == "fact_missing":
        return CaseRefused(
            "A fact is missing without which the amount can't be told (%(rule)s).", params=params, field="penalties",
            remedy="Establish fees, gains or the value of goods first.",
        )  # fmt: skip
    if problem.code == "not_open":
        return CaseRefused(
            "The law attaches no such consequence to this finding (%(rule)s).", params=params, field="penalties",
            remedy="Choose among the consequences that the yardstick shows.",
        )  # fmt: skip
    if problem.code == "measure":
        return CaseRefused(
            "Say which measure is recommended (%(rule)s).", params=params, field="penalties",
            remedy="Choose one that the law knows here.",
        )  # fmt: skip
    return CaseRefused(
        "Amount or person is missing (%(rule)s).", params=params, field="penalties", remedy="Fill it in."
    )


@keeps_refused
@transaction.atomic
def examine(*, case_id: int, passes: bool, words: str, by: User, at: datetime) -> Case:
    """Examine a case for legality: pass it, or return it to the investigators. Nobody examines what they investigated.

    Raises: Case.DoesNotExist, NotAllowed, SamePerson, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.EXAMINE, case, at)
    refuse_done_by(case, Can.INVESTIGATE, PREPARED, Can.EXAMINE, by)
    move(case, "approve" if passes else "return")
    keep(case, by, words or "examined")
    write_down(case, "examine", demand("words", words), by, at, values={"passes": passes})
    return case


def chosen_of(case: Case) -> list[tuple[Consequence, Sanction]]:
    """Return the proposed penalties as the rules read them."""
    found = {(finding.pk, one.id): one for finding, p in selectors.proposals_of(case) for one in p.consequences}
    rows = case.penalties.filter(withdrawn_at=None).order_by("pk")
    return [
        (
            found[row.finding_id, row.consequence],
            Sanction(row.consequence, row.amount, row.why, row.person, row.measure),
        )
        for row in rows
        if (row.finding_id, row.consequence) in found
    ]


@keeps_refused
@transaction.atomic
def notify(*, case_id: int, words: str, by: User, at: datetime) -> Case:
    """Tell the party facts, reasons, articles and the penalty intended, and its rights (行政处罚告知).

    The right to a hearing is offered where the law says so; the party's own people find it in their inbox. The days
    for its statement run from the service of the notice (`documents.serve`).
    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    move(case, "notify")
    on = day_of(at)
    limits = law_book.rule("BENCHMARK-HEARING", on).values
    amounts = {name: int(limits[name]) for name in ("body", "person", "producer")}
    case.hearing_offered = sanctions.hearing_due(chosen_of(case), amounts, limits["kinds"])
    case.statement_due_on = None
    keep(case, by, "notice given", "hearing_offered", "statement_due_on")
    values = {"hearing": case.hearing_offered}
    event = write_down(case, "notify", demand("words", words), by, at, values=values)
    rows = list(case.penalties.filter(withdrawn_at=None).order_by("pk"))
    documents.make(case, "notice", papers.notice(case, rows, words, at), by=by, at=at, event=event)
    if case.organisation_id:
        notices.notify(
            organisation_ids=[case.organisation_id], subject=f"行政处罚告知：{case.number}", body=words,
            href=reverse("enforcement:case", args=[case.number]), kind=NOTICE_KIND, at=at, by=by,
            sender_id=case.authority_id, origin=f"case:{case.pk}",
        )  # fmt: skip
    return case


def require_party_or_officer(user: User, case: Case, on: date) -> None:
    """Pass for the party's own people and for who investigates. Raises: NotAllowed."""
    own = policy.Place(organisation_id=case.organisation_id) if case.organisation_id else None
    if own is not None and policy.allowed(user, Can.SEE_OWN, own, on):
        return
    permissions.require(user, Can.INVESTIGATE, case, on)


@keeps_refused
@transaction.atomic
def state(*, case_id: int, words: str, by: User, at: datetime, hearing: bool = False, final: bool = False) -> CaseEvent:
    """Take the party's statement and defence, written by itself or entered by an officer; it may ask for a hearing.

    Args:
        final: the party says that nothing more follows, so that nobody waits for the day.
    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    on = day_of(at)
    require_party_or_officer(by, case, on)
    CASE.target(case.stage, "state")
    if hearing:
        if not case.hearing_offered:
            raise CaseRefused(
                "No hearing was offered in this case.", field="hearing", remedy="Make a statement in writing."
            )
        if case.statement_due_on is not None and on > case.statement_due_on:
            raise CaseRefused("The days for asking are over.", field="hearing", remedy="Make a statement in writing.")
        move(case, "ask_hearing")
        keep(case, by, "hearing asked for")
    return write_down(case, "state", demand("words", words), by, at, values={"hearing": hearing, "final": final})


@keeps_refused
@transaction.atomic
def submit(*, case_id: int, words: str, by: User, at: datetime) -> Case:
    """Hand a case on to be decided, saying how the party's statement was weighed.

    Nothing is decided before the party's days are over, unless it said that nothing more follows; and a case whose
    penalty touches the party isn't handed on without a notice.
    Raises: Case.DoesNotExist, NotAllowed, IllegalMove, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    on = day_of(at)
    if case.stage == Stage.REVIEWED and case.penalties.filter(withdrawn_at=None).exists():
        raise CaseRefused("The party hasn't been told.", remedy="Give the notice first.")
    waiting = case.stage == Stage.NOTIFIED and not _said_all(case)
    if waiting and case.statement_due_on is None:
        raise CaseRefused(
            "The notice has not been served, or the end of the party's days is not known yet.", field="words",
            remedy="Record the service of the notice first; the days run from it.",
        )  # fmt: skip
    if waiting and case.statement_due_on is not None and on <= case.statement_due_on:
        raise CaseRefused(
            "The party may make its statement until %(day)s.", params={"day": case.statement_due_on},
            remedy="Wait for that day.",
        )  # fmt: skip
    move(case, "submit")
    keep(case, by, words or "submitted")
    write_down(case, "submit", demand("words", words), by, at)
    return case


def _said_all(case: Case) -> bool:
    told = case.events.filter(kind="notify").order_by("-at", "-pk").first()
    said = case.events.filter(kind__in=["state", "hear"], at__gte=told.at) if told else case.events.none()
    return any(one.kind == "hear" or one.values.get("final") for one in said)
