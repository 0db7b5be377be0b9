"""Joint cases: others are asked, join, put in what they know, agree or not, decide in one name or each, and leave."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.enforcement import permissions
from zhunsheng.oversight.enforcement.lifecycle import RUNNING, JointMode, Stage
from zhunsheng.oversight.enforcement.models import Case, CaseEvent, CaseParticipant
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services.steps import CaseRefused, day_of, demand, locked, require, write_down
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Organisation, User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.notices import services as notices

NOTICE_KIND = "enforcement.joint"
OPINED = (Stage.REVIEWING, Stage.REVIEWED, Stage.NOTIFIED, Stage.HEARING, Stage.DECIDING)
"""Stages in which there is a proposal to have an opinion about."""
DECIDED = (Stage.DECIDING, Stage.DECIDED, Stage.SERVED, Stage.CLOSED)
"""Stages in which a participant may decide in its own name."""


@keeps_refused
@transaction.atomic
def ask(*, case_id: int, organisation_id: int, mode: str, words: str, by: User, at: datetime) -> CaseParticipant:
    """Ask another authority or department to act in a case; the first who is asked settles how it is decided.

    Args:
        mode: one decision in the name of the authority that handles the case, or each decides in its own.
    Raises: Case.DoesNotExist, Organisation.DoesNotExist, NotAllowed, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    asked = Organisation.objects.get(pk=organisation_id, kind__in=policy.PUBLIC_KINDS)
    if case.stage not in RUNNING or asked.pk == case.authority_id or mode not in JointMode.values:
        raise CaseRefused("Another authority is asked while the case runs.", field="organisation",
                          remedy="Choose another authority.")  # fmt: skip
    if case.participants.filter(organisation=asked, left_at=None).exists():
        raise CaseRefused("It was asked already.", field="organisation", remedy="Wait for its answer.")
    if case.joint and case.joint != mode:
        raise CaseRefused("How this case is decided was settled with the first who was asked.", field="mode",
                          remedy="Choose the same.")  # fmt: skip
    with recorded(by, demand("words", words)):
        if not case.joint:
            case.joint = JointMode(mode)
            case.save(update_fields=["joint"])
        made = CaseParticipant.objects.create(
            case=case, organisation=asked, asked=words.strip()[:500], asked_by=by, asked_at=at
        )
    write_down(case, "joint_asked", f"{asked.name}：{words}", by, at, values={"organisation": asked.pk, "mode": mode})
    notices.notify(
        organisation_ids=[asked.pk], subject=f"请求联合办案：{case.number}", body=f"{case.title}\n{made.asked}",
        href=reverse("enforcement:case", args=[case.number]), kind=NOTICE_KIND, at=at, by=by,
        sender_id=case.authority_id, origin=f"case.joint:{case.pk}:{made.pk}",
    )  # fmt: skip
    return made


@keeps_refused
@transaction.atomic
def join(*, case_id: int, accepts: bool, words: str, by: User, at: datetime) -> CaseParticipant:
    """Join a case to which one's authority was asked, or decline with the reason.

    Raises: Case.DoesNotExist, NotAllowed, CaseRefused.
    """
    case, found = _seated(case_id, by, at)
    if found.joined_at is not None:
        raise CaseRefused("Your authority has joined already.", remedy="Put in what it knows.")
    if accepts:
        found.joined_by, found.joined_at = by, at
    else:
        found.left_at, found.left_why = at, demand("words", words)[:500]
    _keep(found, by, words or "joined", "joined_by", "joined_at", "left_at", "left_why")
    kind = "joint_joined" if accepts else "joint_declined"
    write_down(case, kind, f"{found.organisation.name}：{words}".rstrip("："), by, at, values=_whose(found))
    return found


@keeps_refused
@transaction.atomic
def contribute(*, case_id: int, words: str, by: User, at: datetime) -> CaseEvent:
    """Put down what one's own authority did or knows in a joint case.

    Raises: Case.DoesNotExist, NotAllowed, CaseRefused.
    """
    case, found = _seated(case_id, by, at)
    _refuse_outside(found, case, RUNNING)
    return write_down(case, "joint_note", f"{found.organisation.name}：{demand('words', words)}", by, at,
                      values=_whose(found))  # fmt: skip


@keeps_refused
@transaction.atomic
def opine(*, case_id: int, agrees: bool, words: str, by: User, at: datetime) -> CaseParticipant:
    """Say for one's authority whether it agrees with what is proposed; again replaces what it said.

    Raises: Case.DoesNotExist, NotAllowed, CaseRefused.
    """
    case, found = _seated(case_id, by, at)
    _refuse_outside(found, case, OPINED)
    found.agrees, found.opinion = agrees, demand("words", words)[:1000]
    found.opined_by, found.opined_at = by, at
    _keep(found, by, words, "agrees", "opinion", "opined_by", "opined_at")
    write_down(case, "joint_opinion", f"{found.organisation.name}：{words}", by, at,
               values=_whose(found) | {"agrees": agrees})  # fmt: skip
    return found


@keeps_refused
@transaction.atomic
def decide_own(*, case_id: int, number: str, words: str, by: User, at: datetime) -> CaseParticipant:
    """Decide in the name of one's own authority, once; who put in what it knows doesn't decide. It is sealed.

    Raises: Case.DoesNotExist, NotAllowed, SamePerson, CaseRefused.
    """
    case, found = _seated(case_id, by, at)
    _refuse_outside(found, case, DECIDED)
    if case.joint != JointMode.EACH or found.decided_on is not None:
        raise CaseRefused("Here nobody decides in the own name, or it was done.", remedy="Look at the case's page.")
    done = case.events.filter(kind="joint_note").values_list("by", flat=True)
    policy.refuse_same_person(Can.INVESTIGATE, done, Can.DECIDE, by)
    found.decision_no, found.decision_words = demand("number", number)[:60], demand("words", words)
    found.decided_on, found.decided_by = day_of(at), by
    found.decision_sha256 = canonical_digest(
        {"case": case.number, "organisation": found.organisation.name, "number": found.decision_no,
         "on": str(found.decided_on), "words": found.decision_words}
    )  # fmt: skip
    _keep(found, by, words, "decision_no", "decision_words", "decided_on", "decided_by", "decision_sha256")
    ledger.append(
        kind="case.decided_jointly", subject=found.decision_sha256, body=case.body.slug if case.body else "", at=at
    )
    write_down(case, "joint_decision", f"{found.organisation.name} {found.decision_no}：{words}", by, at,
               values=_whose(found) | {"sha256": found.decision_sha256})  # fmt: skip
    return found


@keeps_refused
@transaction.atomic
def leave(*, case_id: int, words: str, by: User, at: datetime) -> CaseParticipant:
    """Leave a joint case for one's authority, with the reason; the authority that handles it is told.

    From then on its people don't see the case, and nothing waits for it; what it put in and said stays on record.
    Raises: Case.DoesNotExist, NotAllowed, CaseRefused.
    """
    case, found = _seated(case_id, by, at)
    _refuse_outside(found, case, RUNNING)
    return _gone(case, found, "joint_left", words, case.authority_id, by, at)


@keeps_refused
@transaction.atomic
def release(*, case_id: int, participant_id: int, words: str, by: User, at: datetime) -> CaseParticipant:
    """Release a participant from a joint case, or take back that it was asked, with the reason; it is told.

    Raises: Case.DoesNotExist, CaseParticipant.DoesNotExist, NotAllowed, CaseRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    if case.stage not in RUNNING:
        raise CaseRefused("A participant is released while the case runs.", remedy="Look at how the case stands.")
    found = case.participants.select_for_update(of=("self",)).get(pk=participant_id, left_at=None)
    return _gone(case, found, "joint_released", words, found.organisation_id, by, at)


def _gone(
    case: Case, found: CaseParticipant, kind: str, words: str, told: int | None, by: User, at: datetime
) -> CaseParticipant:
    """Let a participant go, unless it has decided already: a decision in its own name keeps it in the case."""
    if found.decided_on is not None:
        raise CaseRefused("It has decided in its own name, and stays in the case.", remedy="Let its decision stand.")
    found.left_at, found.left_why = at, demand("words", words)[:500]
    _keep(found, by, words, "left_at", "left_why")
    write_down(case, kind, f"{found.organisation.name}：{words}", by, at, values=_whose(found))
    subject = "退出联合办案" if kind == "joint_left" else "不再参与联合办案"
    notices.notify(
        organisation_ids=[told] if told else [], subject=f"{subject}：{case.number}",
        body=f"{case.title}\n{found.organisation.name}：{found.left_why}",
        href=reverse("enforcement:case", args=[case.number]) if kind == "joint_left" else reverse("enforcement:list"),
        kind=NOTICE_KIND, at=at, by=by, origin=f"case.joint:{case.pk}:{found.pk}:{kind}",
    )  # fmt: skip
    return found


def refuse_unagreed(case: Case) -> None:
    """Refuse one decision for all while somebody who was asked and has not left hasn't agreed with the last proposal.

    Raises: CaseRefused.
    """
    if case.joint != JointMode.ONE:
        return
    proposed = case.events.filter(kind="propose").order_by("-at", "-pk").first()
    for one in case.participants.filter(left_at=None).select_related("organisation"):
        fresh = one.opined_at is not None and (proposed is None or one.opined_at >= proposed.at)
        if not (one.agrees and fresh):
            raise CaseRefused(
                "%(name)s hasn't agreed with what is proposed.", params={"name": one.organisation.name},
                remedy="Wait for its opinion, or return the case.",
            )  # fmt: skip


def _seated(case_id: int, by: User, at: datetime) -> tuple[Case, CaseParticipant]:
    case = locked(case_id)
    found = permissions.seat_of(by, case, day_of(at))
    if found is None:
        raise policy.NotAllowed(Can.JOIN)
    return case, found


def _refuse_outside(found: CaseParticipant, case: Case, stages: tuple[Stage, ...]) -> None:
    if found.joined_at is None or case.stage not in stages:
        raise CaseRefused("Your authority hasn't joined, or the case is at another stage.",
                          remedy="Look at how the case stands.")  # fmt: skip


def _whose(found: CaseParticipant) -> dict[str, int]:
    return {"organisation": found.organisation_id}


def _keep(found: CaseParticipant, by: User, why: str, *fields: str) -> None:
    with recorded(by, why):
        found.save(update_fields=list(fields))
