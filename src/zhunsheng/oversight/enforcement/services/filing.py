"""File a case: from leads, with what was found, by two investigators."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from zhunsheng.oversight.enforcement import law_book
from zhunsheng.oversight.enforcement.models import Case, CaseFinding, CaseLead
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.services import documents, papers
from zhunsheng.oversight.enforcement.services.steps import CaseRefused, day_of, due, require, write_down
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.leads.services import province_division, settle
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Organisation, User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.numbers import next_number
from zhunsheng.registry.bodies.models import Body


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """A violation as it was found: in words, on which day, and what the yardstick reads.

    `causes` are among those that the violation's entry lists.
    """

    violation: str
    words: str
    on: date
    facts: Facts = field(default_factory=Facts)
    causes: tuple[str, ...] = ()


@keeps_refused
@transaction.atomic
def file_case(
    *, body_id: int | None, lead_ids: Sequence[int], findings: Sequence[FindingFacts], by: User, at: datetime,
    subject: str = "", title: str = "", division_id: str | None = None, second_id: int | None = None, why: str = "",
) -> Case:  # fmt: skip
    """File a case about a body of the register, or about a party named in words; its leads come to it.

    A lead that a case has already is refused; the clock of the decision runs from this day.

    Args:
        by: the investigator in charge; `second_id` the other one, who can also be named later.
    Raises: Body.DoesNotExist, Lead.DoesNotExist, UnknownViolation, CaseRefused, IllegalMove, NotAllowed.
    """
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id) if body_id is not None else None
    leads = [Lead.objects.select_for_update(of=("self",)).get(pk=one) for one in sorted(set(lead_ids))]
    _refuse_unclear(body, subject, leads, findings, by, second_id)
    refuse_ahead(findings, at)
    place = division_id or (body.division_id if body else None) or (leads[0].division_id if leads else None)
    case = _opened(body, subject, title, findings, place or province_division(), by, at)
    require(by, Can.FILE, case, at)
    if second_id is not None:
        second = User.objects.filter(pk=second_id).first()
        if second is None:
            raise CaseRefused("There is no such officer.", field="second", remedy="Choose one of the list.")
        require(second, Can.INVESTIGATE, case, at)
        case.second = second
    with recorded(by, why or "filed"):
        case.save(force_insert=True)
        add_findings(case, findings)
    for lead in leads:
        settle(lead, case.number, by=by, at=at)
        CaseLead.objects.create(case=case, lead=lead)
    event = write_down(case, "file", why or case.title, by, at)
    documents.make(case, "filing", papers.filing(case), by=by, at=at, event=event)
    return case


def _opened(
    body: Body | None, subject: str, title: str, findings: Sequence[FindingFacts], place: str, by: User, at: datetime
) -> Case:
    """Return a case that isn't saved yet, its clock running from this day. Raises: NotAllowed, UnknownViolation."""
    on = day_of(at)
    policy.require(by, Can.FILE, policy.Place(division_code=place), on)
    entry = law_book.violation(findings[0].violation, findings[0].on)
    clock, party = law_book.rule("CASE-DECIDE", on), (body.name if body else subject).strip()
    return Case(
        number=next_number(Case, "AJ", on), title=(title.strip() or f"{party}：{entry.title['zh']}")[:200], body=body,
        subject=party[:200], organisation_id=body.organisation_id if body else None, division_id=place,
        authority=_authority(by, on), matter=entry.values["matter"], investigator=by, filed_by=by, filed_at=at,
        filed_on=on, law=law_book.named(clock), due_on=due(clock, on),
    )  # fmt: skip


def add_findings(case: Case, findings: Sequence[FindingFacts]) -> None:
    """Write findings to a case, numbered after those that it has; inside `recorded`."""
    held = case.findings.count()
    for number, one in enumerate(findings, held + 1):
        entry = law_book.violation(one.violation, one.on)
        CaseFinding.objects.create(
            case=case, number=number, violation=one.violation, law=law_book.named(entry), words=one.words.strip(),
            on=one.on, field=one.facts.field, fee=one.facts.fee, gain=one.facts.gain, goods=one.facts.goods,
            circumstances=sorted(one.facts.circumstances), causes=sorted(one.causes),
        )  # fmt: skip


def refuse_ahead(findings: Sequence[FindingFacts], at: datetime) -> None:
    """Refuse conduct of a day that has not come. Raises: CaseRefused."""
    if any(one.on > day_of(at) for one in findings):
        raise CaseRefused(
            "The day of the conduct lies ahead.", field="on", remedy="Enter the day on which it happened."
        )


def _refuse_unclear(
    body: Body | None, subject: str, leads: Sequence[Lead], findings: Sequence[FindingFacts], by: User,
    second_id: int | None,
) -> None:  # fmt: skip
    if body is None and not subject.strip():
        raise CaseRefused("A case is about somebody.", field="subject", remedy="Choose the body, or name the party.")
    if not findings:
        raise CaseRefused(
            "A case is filed for a violation of the catalogue.", field="findings",
            remedy="Say what was found and which violation that would be.",
        )  # fmt: skip
    if any(not one.words.strip() for one in findings):
        raise CaseRefused("Say what was found.", field="words", remedy="Give the facts, with day and place.")
    if second_id == by.pk:
        raise CaseRefused("Two different people investigate a case.", field="second", remedy="Name another officer.")
    if any(lead.body_id not in (None, body.pk if body else None) for lead in leads):
        raise CaseRefused(
            "A lead is about another body.", field="leads", remedy="File a case of its own for that body."
        )


def _authority(by: User, on: date) -> Organisation | None:
    held = [one for one in by.memberships_on(on) if one.organisation.kind in (Kind.AUTHORITY, Kind.DEPARTMENT)]
    return held[0].organisation if held else None
