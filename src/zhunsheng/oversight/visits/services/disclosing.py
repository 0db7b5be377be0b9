"""Disclosing the result of an inspection, withdrawing it when the law says so, and restoring it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.inspections import lawbook as inspections_law
from zhunsheng.oversight.inspections.services.tasks import record_disclosure
from zhunsheng.oversight.visits import permissions
from zhunsheng.oversight.visits.lifecycle import RESULT
from zhunsheng.oversight.visits.models import Result
from zhunsheng.oversight.visits.services.deciding import check_codes
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.ledger import services as ledger

DISCLOSED = "visit.disclosure"


@keeps_refused
@transaction.atomic
def disclose(*, result_id: int, by: User, at: datetime) -> Result:
    """Make a result public. Raises: Result.DoesNotExist, NotAllowed, IllegalMove."""
    result = _locked(result_id)
    permissions.require_disclosing(by, result, day_of(at))
    return _published(result, "disclose", "disclosed", by, at)


@keeps_refused
@transaction.atomic
def withdraw_result(*, result_id: int, why: str, by: User, at: datetime) -> Result:
    """Take a result off the public page; it stays in the file with the reason.

    Raises: Result.DoesNotExist, NotAllowed, IllegalMove, VisitRefused.
    """
    result = _locked(result_id)
    permissions.require_disclosing(by, result, day_of(at))
    if not why.strip():
        raise VisitRefused("Say why it is withdrawn.", field="why", remedy="Name the decision or the mistake.")
    result.stage = RESULT.target(result.stage, "withdraw")
    result.withdrawn_why = why.strip()[:400]
    with recorded(by, why):
        result.save(update_fields=["stage", "withdrawn_why"])
    record_disclosure(task_id=result.visit.task_id, on=None, why=why, by=by, at=at)
    _seal(result, at)
    return result


@keeps_refused
@transaction.atomic
def restore_result(*, result_id: int, why: str, codes: Sequence[str] = (), by: User, at: datetime) -> Result:
    """Make a withdrawn result public again, with mended codes where they changed.

    Raises: Result.DoesNotExist, NotAllowed, IllegalMove, VisitRefused.
    """
    result = _locked(result_id)
    permissions.require_disclosing(by, result, day_of(at))
    if codes:
        known = inspections_law.result_codes(day_of(at))
        if any(one not in known for one in codes):
            raise VisitRefused("This is no result code.", field="codes", remedy="Choose among the codes offered.")
        check_codes(result.visit, list(codes))
        result.codes = list(dict.fromkeys(codes))
    result.withdrawn_why = ""
    return _published(result, "restore", why, by, at)


def _published(result: Result, action: str, why: str, by: User, at: datetime) -> Result:
    result.stage = RESULT.target(result.stage, action)
    result.disclosed_by, result.disclosed_at = by, at
    with recorded(by, why):
        result.save(update_fields=["stage", "codes", "disclosed_by", "disclosed_at", "withdrawn_why"])
    record_disclosure(task_id=result.visit.task_id, on=day_of(at), why=why, by=by, at=at)
    _seal(result, at)
    return result


def _seal(result: Result, at: datetime) -> None:
    visit = result.visit
    subject = canonical_digest({"visit": visit.number, "codes": list(result.codes), "stage": str(result.stage)})
    ledger.append(kind=DISCLOSED, subject=subject, body=visit.body.slug, at=at)


def _locked(result_id: int) -> Result:
    found = Result.objects.select_for_update(of=("self",)).select_related("visit", "visit__body")
    return found.get(pk=result_id)
