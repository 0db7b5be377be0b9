"""Leads, what supports them, what was done about them, and what passes between authorities."""

from zhunsheng.oversight.leads.models.complaints import Complaint, ComplaintMessage
from zhunsheng.oversight.leads.models.leads import Lead, LeadEvidence, LeadStep
from zhunsheng.oversight.leads.models.referrals import Referral, Subscription

__all__ = [
    "Complaint",
    "ComplaintMessage",
    "Lead",
    "LeadEvidence",
    "LeadStep",
    "Referral",
    "Subscription",
]
