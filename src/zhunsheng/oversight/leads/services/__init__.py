"""Every write of leads."""

from zhunsheng.oversight.leads.services.opening import Evidence, LeadRefused, open_lead, province_division
from zhunsheng.oversight.leads.services.triage import settle

__all__ = ["Evidence", "LeadRefused", "open_lead", "province_division", "settle"]
