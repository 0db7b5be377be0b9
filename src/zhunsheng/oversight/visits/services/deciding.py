"""From a finding to what becomes of it: the leader proposes by the yardstick, another officer decides."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.oversight.enforcement.services import FindingFacts, file_case
from zhunsheng.oversight.inspections import lawbook as inspections_law
from zhunsheng.oversight.inspections.services.tasks import report_outcome
from zhunsheng.oversight.visits import lawbook, permissions, selectors
from zhunsheng.oversight.visits.lifecycle import VISIT, Handling
from zhunsheng.oversight.visits.models import Finding, Result, Visit
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.rules.outcomes import contradiction
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of, limit, locked, move, tell_body
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.credit import services as credit

SOURCE = "visits"


@keeps_refused
@transaction.atomic
def propose_handling(
    *, finding_id: int, handling: str, violation: str = "", departure: str = "", by: User, at: datetime
) -> Finding:
    """Propose what becomes of a finding; the yardstick's answer is kept beside it, a departure needs its reason.

    Raises: Finding.DoesNotExist, NotAllowed, IllegalMove, UnknownViolation, VisitRefused.
    """
    finding = _locked_finding(finding_id)
    visit = finding.visit
    permissions.require_seat(by, visit, day_of(at), leader=True)
    VISIT.target(visit.stage, "propose")
    _refuse_decided(finding)
    on = timezone.localdate(visit.started_at or visit.opened_at)
    finding.violation = violation or finding.violation
    finding.proposal = selectors.proposal_for(finding.violation, on)
    _check_handling(finding, handling, departure)
    finding.handling, finding.departure = handling, departure.strip()
    finding.proposed_by, finding.proposed_at = by, at
    with recorded(by, departure or f"proposed: {handling}"):
        finding.save(update_fields=["violation", "proposal", "handling", "departure", "proposed_by", "proposed_at"])
    return finding


@keeps_refused
@transaction.atomic
def decide_finding(*, finding_id: int, handling: str, departure: str = "", by: User, at: datetime) -> Finding:
    """Decide what becomes of a finding: another officer than the inspectors; what needs a case is filed.

    Raises: Finding.DoesNotExist, NotAllowed, SamePerson, IllegalMove, VisitRefused, CaseRefused.
    """
    finding = _locked_finding(finding_id)
    visit = finding.visit
    permissions.require(by, Can.DECIDE, visit, day_of(at))
    policy.refuse_same_person(Can.CONDUCT, (visit.leader_id, visit.second_id), Can.DECIDE, by)
    VISIT.target(visit.stage, "decide")
    _refuse_decided(finding)
    if finding.proposed_at is None:
        raise VisitRefused("Nothing is proposed yet.", remedy="The leading inspector proposes first.")
    reason = departure.strip() or (finding.departure if handling == finding.handling else "")
    _check_handling(finding, handling, reason)
    finding.handling, finding.departure = handling, reason
    finding.decided_by, finding.decided_at = by, at
    if handling == Handling.CASE:
        finding.case = _filed(finding, at)
    with recorded(by, reason or f"decided: {handling}"):
        finding.save(update_fields=["handling", "departure", "decided_by", "decided_at", "case"])
    return finding


@keeps_refused
@transaction.atomic
def conclude_visit(*, visit_id: int, codes: list[str], words: str = "", by: User, at: datetime) -> Visit:
    """Conclude a visit with the standard result codes, report them to its task and start the clock of disclosure.

    Raises: Visit.DoesNotExist, NotAllowed, IllegalMove, VisitRefused, InspectionRefused.
    """
    visit = locked(visit_id)
    on = day_of(at)
    permissions.require_seat(by, visit, on, leader=True)
    tally = selectors.tally_of(visit)
    if tally.undecided or tally.unordered:
        raise VisitRefused("A finding is not settled yet.", remedy="Let each finding be decided, and orders be issued.")
    move(visit, "conclude")
    check_codes(visit, codes)
    report_outcome(task_id=visit.task_id, result_codes=codes, by=by, at=at)
    visit.concluded_by, visit.concluded_at = by, at
    rule = lawbook.rule(lawbook.DISCLOSURE, on)
    with recorded(by, f"result {' '.join(codes)}"):
        visit.save(update_fields=["stage", "concluded_by", "concluded_at"])
        Result.objects.create(
            visit=visit, division_id=visit.division_id, codes=list(dict.fromkeys(codes)), words=words.strip()[:500],
            law=lawbook.named(rule), due_on=limit(on, int(rule.values["workdays"])),
        )  # fmt: skip
    known = inspections_law.result_codes(on)
    said = "；".join(f"{code} {known[code]['zh']}" for code in dict.fromkeys(codes))
    credit.record(
        body_id=visit.body_id, kind="inspection_findings" if tally.upheld else "inspection_clean", on=on,
        source=SOURCE, reference=visit.number, words=f"检查结果：{said}", by=None, at=at,
        evidence_sha256=visit.record.digest, decided_by=by,
    )  # fmt: skip
    ledger.append(kind="visit.result", subject=visit.record.digest, body=visit.body.slug, at=at)
    tell_body(
        visit, subject=f"检查已办结：{visit.number}", words=f"本次检查已办结，结果代码：{' '.join(codes)}。",
        href=f"/visits/{visit.number}/", kind="visit", by=by, at=at,
    )  # fmt: skip
    return visit


def check_codes(visit: Visit, codes: list[str]) -> None:
    """Refuse result codes that contradict what was decided about the findings. Raises: VisitRefused."""
    tally = selectors.tally_of(visit)
    wrong = contradiction(codes, upheld=tally.upheld, open_orders=tally.open_orders, cases=tally.cases)
    if wrong == "found":
        raise VisitRefused("Problems were found.", field="codes", remedy="Choose the codes that say so.")
    if wrong == "nothing_found":
        raise VisitRefused("No finding is upheld.", field="codes", remedy="Choose a code without problems.")
    if wrong == "not_corrected":
        raise VisitRefused("Not everything is corrected yet.", field="codes", remedy="Choose code A until it is.")


def _locked_finding(finding_id: int) -> Finding:
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding_id)
    finding.visit = locked(finding.visit_id)
    return finding


def _refuse_decided(finding: Finding) -> None:
    if finding.decided_at is not None:
        raise VisitRefused("This finding is decided.", remedy="An objection goes the way that the decision names.")
    if not finding.stands:
        raise VisitRefused("This finding was taken back on site.", remedy="Nothing is to be decided about it.")


def _check_handling(finding: Finding, handling: str, departure: str) -> None:
    if handling not in Handling.values:
        raise VisitRefused(
            "This is no way to handle a finding.", field="handling", remedy="Choose one of those offered."
        )
    suggested = finding.proposal.get("handling", "")
    if handling in {Handling.CASE, Handling.ORDER} and not finding.violation:
        raise VisitRefused("No violation is named.", field="violation", remedy="Choose one of the catalogue.")
    if suggested and handling != suggested and not departure.strip():
        raise VisitRefused(
            "This departs from the yardstick.", field="departure", remedy="Say why; the reason stands in the file."
        )


def _filed(finding: Finding, at: datetime) -> str:
    """File the case in the name of the two inspectors, who found it and investigate."""
    visit = finding.visit
    made = file_case(
        body_id=visit.body_id, lead_ids=[], by=visit.leader, second_id=visit.second_id, at=at,
        findings=[
            FindingFacts(finding.violation, finding.fact, timezone.localdate(visit.started_at or visit.opened_at))
        ],
        why=f"{visit.number}/{finding.number}",
    )  # fmt: skip
    return made.number
