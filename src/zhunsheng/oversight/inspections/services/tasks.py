"""What becomes of a planned visit: its outcome, its disclosure, its end without a visit."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.inspections import lawbook, permissions
from zhunsheng.oversight.inspections.lifecycle import TASK
from zhunsheng.oversight.inspections.models import Task
from zhunsheng.oversight.inspections.permissions import Can
from zhunsheng.oversight.inspections.services.steps import InspectionRefused, day_of, locked_task
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.ledger import services as ledger

OUTCOME = "inspection.outcome"


@keeps_refused
@transaction.atomic
def report_outcome(*, task_id: int, result_codes: Sequence[str], by: User, at: datetime) -> Task:
    """Record what a visit came to, by the standard result codes; one of the two drawn inspectors reports.

    Raises: Task.DoesNotExist, NotAllowed, IllegalMove, InspectionRefused.
    """
    task = locked_task(task_id)
    on = day_of(at)
    permissions.require_inspector(by, task, on)
    task.stage = TASK.target(task.stage, "report")
    known = lawbook.result_codes(on)
    codes = list(dict.fromkeys(result_codes))
    unknown = [one for one in codes if one not in known]
    if not codes or unknown:
        raise InspectionRefused(
            "An outcome needs one or more of the standard result codes.", field="result_codes",
            remedy="Choose among the codes offered.",
        )  # fmt: skip
    if lawbook.NO_PROBLEM in codes and len(codes) > 1:
        raise InspectionRefused(
            "“No problem found” stands alone.", field="result_codes", remedy="Take it away, or the other codes."
        )
    task.result_codes, task.violation = codes, lawbook.violation_of(codes, on)
    task.reported_by, task.reported_at = by, at
    with recorded(by, f"outcome: {' '.join(codes)}"):
        task.save(update_fields=["stage", "result_codes", "violation", "reported_by", "reported_at"])
    ledger.append(
        kind=OUTCOME, subject=canonical_digest({"task": task.number, "codes": codes}), body=task.number, at=at
    )
    return task


@keeps_refused
@transaction.atomic
def record_disclosure(*, task_id: int, on: date | None, why: str, by: User, at: datetime) -> Task:
    """Record the day on which the outcome was disclosed, or with None that the disclosure was withdrawn.

    Raises: Task.DoesNotExist, NotAllowed, IllegalMove, MissingReason.
    """
    task = locked_task(task_id)
    if not permissions.is_inspector_of(by, task):
        permissions.require(by, Can.DISCLOSE, task, day_of(at))
    task.stage = TASK.target(task.stage, "disclose")
    task.disclosed_on = on
    with recorded(by, why):
        task.save(update_fields=["stage", "disclosed_on"])
    return task


@keeps_refused
@transaction.atomic
def cancel_task(*, task_id: int, why: str, by: User, at: datetime) -> Task:
    """Call off a visit that has not begun; the row of the draw stays and says why.

    Raises: Task.DoesNotExist, NotAllowed, IllegalMove, MissingReason.
    """
    task = locked_task(task_id)
    permissions.require(by, Can.PLAN, task, day_of(at))
    task.stage, task.cancelled_at = TASK.target(task.stage, "cancel"), at
    with recorded(by, why):
        task.save(update_fields=["stage", "cancelled_at"])
    return task
