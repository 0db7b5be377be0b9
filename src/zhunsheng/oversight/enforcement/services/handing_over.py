"""A case, or a part of it, goes to another authority or department with its whole file and a letter."""

from datetime import datetime

from django.db import transaction

from zhunsheng.oversight.enforcement.lifecycle import RUNNING
from zhunsheng.oversight.enforcement.permissions import Can
from zhunsheng.oversight.enforcement.services import documents, papers
from zhunsheng.oversight.enforcement.services.police import manifest_of
from zhunsheng.oversight.enforcement.services.steps import CaseRefused, locked, require, write_down
from zhunsheng.oversight.leads.lifecycle import ReferralKind
from zhunsheng.oversight.leads.models import Referral
from zhunsheng.oversight.leads.services import Matter, send
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused

KINDS = (ReferralKind.TRANSFER, ReferralKind.ASSISTANCE, ReferralKind.NOTICE)


@keeps_refused
@transaction.atomic
def refer(*, case_id: int, receiver_id: int, kind: str, words: str, by: User, at: datetime) -> Referral:
    """Send a case to whoever is competent; its answer, or its return, comes back to the case.

    The case itself stays until the receiver took it over: then it is dropped with that reason.
    Raises: Case.DoesNotExist, Organisation.DoesNotExist, NotAllowed, CaseRefused, LeadRefused.
    """
    case = locked(case_id)
    require(by, Can.INVESTIGATE, case, at)
    if case.authority is None or case.stage not in RUNNING or kind not in KINDS:
        raise CaseRefused("This case can't be sent on so.", field="kind", remedy="Look at how the case stands.")
    made = send(
        matter=Matter("case", case.number, f"案件移送：{case.title}", case.body.slug if case.body else "",
                      tuple(manifest_of(case))),
        sender=case.authority, receiver_id=receiver_id, kind=kind, words=words, by=by, at=at,
    )  # fmt: skip
    event = write_down(case, "refer", f"{made.number} → {made.receiver.name}：{made.words}", by, at,
                       values={"number": made.number, "kind": kind})  # fmt: skip
    if kind == ReferralKind.TRANSFER:
        documents.make(case, "handover", papers.handover(case, made), by=by, at=at, event=event)
    return made
