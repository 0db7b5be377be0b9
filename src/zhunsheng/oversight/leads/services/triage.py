"""Decide what becomes of a lead."""

from datetime import datetime

from zhunsheng.oversight.leads.lifecycle import LEAD, Stage
from zhunsheng.oversight.leads.models import Lead, LeadStep
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User


def settle(lead: Lead, case_number: str, *, by: User, at: datetime) -> None:
    """Note that a locked lead came to a case; who files the case answers for it. Raises: IllegalMove."""
    lead.stage = Stage(LEAD.target(lead.stage, "file"))
    lead.outcome, lead.closed_at = case_number, at
    with recorded(by, f"case filed: {case_number}"):
        lead.save(update_fields=["stage", "outcome", "closed_at"])
    LeadStep.objects.create(lead=lead, action="file", words=case_number, by=by, at=at)
