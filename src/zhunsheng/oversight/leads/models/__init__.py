"""Leads, what supports them, and what was done about them."""

from zhunsheng.oversight.leads.models.leads import Lead, LeadEvidence, LeadStep

__all__ = ["Lead", "LeadEvidence", "LeadStep"]
