"""What touches a qualification: recommended by who handles the case, decided by who granted it, carried out at once."""

from datetime import datetime

from django.db import transaction

from zhunsheng.oversight.enforcement.lifecycle import QualificationState
from zhunsheng.oversight.enforcement.models import Case, Penalty, QualificationMatter
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services.steps import (
    PREPARED,
    CaseRefused,
    day_of,
    demand,
    refuse_done_by,
    require,
    write_down,
)
from zhunsheng.oversight.leads.lifecycle import ReferralKind
from zhunsheng.oversight.leads.services import Matter, send, tell_subscribers
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Level, Organisation, User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.registry.bodies import measures
from zhunsheng.registry.credit import services as credit


def recommend(case: Case, penalty: Penalty, *, by: User, at: datetime) -> QualificationMatter:
    """Open a recommendation to the grantor, and send it where another authority decides; in a transaction."""
    with recorded(by, f"recommended: {penalty.words}"):
        made = QualificationMatter.objects.create(case=case, penalty=penalty, recommended_by=by, recommended_at=at)
        grantor = _grantor()
        if grantor is not None and case.authority is not None and grantor.pk != case.authority_id:
            made.referral = send(
                matter=Matter("case", case.number, f"资格处理建议：{case.title}", case.body.slug if case.body else ""),
                sender=case.authority, receiver_id=grantor.pk, kind=ReferralKind.RECOMMENDATION,
                words=f"{penalty.words}（{penalty.basis}）", by=by, at=at,
            )  # fmt: skip
            made.save(update_fields=["referral"])
    write_down(case, "recommend", penalty.words, by, at, values={"rule": f"{penalty.consequence} {penalty.version}"})
    return made


def _grantor() -> Organisation | None:
    rows = Organisation.objects.filter(kind=Kind.AUTHORITY, division__level=Level.PROVINCE)
    return rows.order_by("pk").first()


@keeps_refused
@transaction.atomic
def take(
    *, matter_id: int, decision_no: str, words: str, by: User, at: datetime, lines: tuple[int, ...] | None = None
) -> QualificationMatter:
    """Decide as the grantor that the measure is taken: register, certificate and status codes change with it.

    Args:
        lines: the lines of the schedule that end, where they differ from those recommended.
    Raises: QualificationMatter.DoesNotExist, NotAllowed, SamePerson, CaseRefused, and what the measure itself raises.
    """
    found, case = _locked(matter_id, by, at)
    if case.body is None or not found.penalty.measure:
        raise CaseRefused("There is no measure here that could be taken.", remedy="Decline it with the reason.")
    number = demand("decision_no", decision_no)
    done = measures.carry_out(
        measures.QualificationAct(
            measure=found.penalty.measure, body_id=case.body.pk, ground=found.penalty.ground, decision_no=number,
            on=day_of(at), by=by, at=at, why=demand("words", words)[:300],
            lines=tuple(found.penalty.lines if lines is None else lines),
        )
    )  # fmt: skip
    _settle(found, QualificationState.TAKEN, words, by, at, number)
    write_down(case, "qualification", done, by, at, values={"number": number, "measure": found.penalty.measure})
    kind = "certificate_revoked" if found.penalty.measure == "revoke" else "scope_reduced"
    credit.record(
        body_id=case.body.pk, kind=kind, on=day_of(at), source="enforcement", reference=f"{case.number}/{found.pk}",
        words=f"{number}：{done}", by=None, at=at, decided_by=by,
    )  # fmt: skip
    tell_subscribers(body=case.body, subject=f"资格处理：{case.body.name}", words=done, at=at)
    return found


@keeps_refused
@transaction.atomic
def decline(*, matter_id: int, words: str, by: User, at: datetime) -> QualificationMatter:
    """Decide as the grantor that no measure is taken.

    Raises: QualificationMatter.DoesNotExist, NotAllowed, CaseRefused.
    """
    found, case = _locked(matter_id, by, at)
    _settle(found, QualificationState.DECLINED, words, by, at, "")
    write_down(case, "qualification_declined", words, by, at)
    return found


@keeps_refused
@transaction.atomic
def report_up(*, matter_id: int, words: str, by: User, at: datetime) -> QualificationMatter:
    """Report facts and recommendation to the national administration, which granted this qualification.

    Raises: QualificationMatter.DoesNotExist, NotAllowed, CaseRefused.
    """
    found, case = _locked(matter_id, by, at)
    _settle(found, QualificationState.REPORTED, words, by, at, "")
    write_down(case, "qualification_reported", words, by, at)
    return found


def _locked(matter_id: int, by: User, at: datetime) -> tuple[QualificationMatter, Case]:
    rows = QualificationMatter.objects.select_for_update(of=("self",))
    found = rows.select_related("case", "penalty", "case__body").get(pk=matter_id)
    require(by, Can.DECIDE_QUALIFICATION, found.case, at)
    refuse_done_by(found.case, Can.INVESTIGATE, PREPARED, Can.DECIDE, by)
    if found.state != QualificationState.RECOMMENDED:
        raise CaseRefused("The grantor has decided this already.", remedy="Read how on the case's page.")
    return found, found.case


def _settle(found: QualificationMatter, state: str, words: str, by: User, at: datetime, number: str) -> None:
    found.state, found.words, found.decision_no = QualificationState(state), demand("words", words)[:1000], number
    found.decided_by, found.decided_at = by, at
    with recorded(by, words):
        found.save(update_fields=["state", "words", "decision_no", "decided_by", "decided_at"])
