"""What the authority does about assessors and experts."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.models import (
    Expert,
    ExpertAssignment,
    ExpertEvaluation,
    ExpertMeasure,
    ExpertMeasureKind,
)


class MeasureRefused(DomainError):
    """A measure that can't be taken."""

    code = "measure-refused"


class AccountRefused(DomainError):
    """An account that can't be an expert's."""

    code = "account-refused"


@transaction.atomic
def take_measure(
    *, expert_id: int, kind: str, on: date, until: date | None, decision_no: str, by: User, at: datetime, why: str
) -> ExpertMeasure:
    """Warn, suspend or remove an expert from a day on.

    Raises: Expert.DoesNotExist, NotAllowed, MeasureRefused, MissingReason.
    """
    expert = Expert.objects.select_for_update(of=("self",)).get(pk=expert_id)
    permissions.require_experts(by, timezone.localdate(at))
    if kind not in ExpertMeasureKind.values:
        raise MeasureRefused("There is no such measure.", field="kind", remedy="Warn, suspend or remove.")
    if not decision_no.strip():
        raise MeasureRefused(
            "The decision's number is missing.", field="decision_no", remedy="Give the number of the decision."
        )
    if until is not None and until < on:
        raise MeasureRefused("It ends before it begins.", field="until", remedy="Check both dates.")
    if kind == ExpertMeasureKind.SUSPENDED and until is None:
        raise MeasureRefused("A suspension needs its last day.", field="until", remedy="Give its last day.")
    if expert.measures.filter(kind=ExpertMeasureKind.REMOVED).exists():
        raise MeasureRefused(
            "The expert was removed from the register before.", field="kind", remedy="Nothing is left to do."
        )
    if expert.measures.filter(kind=kind, valid_from=on).exists():
        raise MeasureRefused("This measure is on record for that day.", field="on", remedy="Check the date.")
    measure = ExpertMeasure(
        expert=expert,
        kind=kind,
        valid_from=on,
        valid_to=until if kind != ExpertMeasureKind.REMOVED else None,
        reason=why.strip()[:300],
        decision_no=decision_no.strip(),
    )
    measure._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, why):
        measure.save()
    return measure


@transaction.atomic
def link_account(*, expert_id: int, username: str, by: User, at: datetime, why: str) -> Expert:
    """Say with which account an expert signs in; without one, who is drawn can neither declare nor work.

    Raises: Expert.DoesNotExist, NotAllowed, AccountRefused, MissingReason.
    """
    today = timezone.localdate(at)
    expert = Expert.objects.select_for_update(of=("self",)).get(pk=expert_id)
    permissions.require_experts(by, today)
    user = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if user is None:
        raise AccountRefused(
            "Nobody signs in as %(name)s.", params={"name": username.strip()}, field="username",
            remedy="Let an administrator add the person with the role of expert first.",
        )  # fmt: skip
    if not any(one.role == Role.EXPERT for one in user.memberships_on(today)):
        raise AccountRefused(
            "%(name)s does not have the role of expert.", params={"name": user.username}, field="username",
            remedy="Let whoever manages the person's organisation give that role first.",
        )  # fmt: skip
    other = Expert.objects.filter(user=user).exclude(pk=expert.pk).first()
    if other is not None:
        raise AccountRefused(
            "%(name)s is the account of %(code)s.", params={"name": user.username, "code": other.code},
            field="username", remedy="Each assessor signs in with an account of his or her own.",
        )  # fmt: skip
    expert.user = user
    expert._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, why):
        expert.save(update_fields=["user"])
    return expert


@transaction.atomic
def assign_expert(
    *, expert_id: int, reference: str, task: str, body_id: int | None, first: date, last: date | None, leader: bool,
    by: User | None, at: datetime, why: str,
) -> ExpertAssignment:  # fmt: skip
    """Put a task on an expert's record; rooms that choose panels call this, and the workload is counted from it.

    Raises: Expert.DoesNotExist, MeasureRefused, MissingReason.
    """
    expert = Expert.objects.select_for_update(of=("self",)).get(pk=expert_id)
    if expert.assignments.filter(reference=reference).exists():
        raise MeasureRefused("The expert has this task already.", field="reference", remedy="Choose another expert.")
    task_record = ExpertAssignment(
        expert=expert, reference=reference, task=task, body_id=body_id, valid_from=first, valid_to=last, leader=leader
    )
    task_record._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, why):
        task_record.save()
    return task_record


@transaction.atomic
def evaluate_expert(
    *, expert_id: int, reference: str, score: int, comment: str, on: date, by: User, at: datetime, why: str
) -> ExpertEvaluation:
    """Judge an expert's work on a task out of 100.

    Raises: Expert.DoesNotExist, NotAllowed, MeasureRefused, MissingReason.
    """
    expert = Expert.objects.select_for_update(of=("self",)).get(pk=expert_id)
    permissions.require_experts(by, timezone.localdate(at))
    if not expert.assignments.filter(reference=reference).exists():
        raise MeasureRefused(
            "The expert has no such task on record.", field="reference", remedy="Choose one of the expert's tasks."
        )
    if not 0 <= score <= 100:
        raise MeasureRefused("A score lies between 0 and 100.", field="score", remedy="Give the score out of 100.")
    found = expert.evaluations.filter(reference=reference, evaluator=str(by)).first()
    one = found or ExpertEvaluation(expert=expert, reference=reference, evaluator=str(by)[:100])
    one.score, one.comment, one.evaluated_on = score, comment.strip()[:300], on
    one._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, why):
        one.save()
    return one
