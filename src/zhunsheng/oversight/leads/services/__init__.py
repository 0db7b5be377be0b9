"""Every write of leads."""

from zhunsheng.oversight.leads.services.authorities import authority_above, authority_of
from zhunsheng.oversight.leads.services.opening import Evidence, LeadRefused, open_lead, province_division
from zhunsheng.oversight.leads.services.referring import Matter, send
from zhunsheng.oversight.leads.services.relying import tell_subscribers
from zhunsheng.oversight.leads.services.triage import settle

__all__ = [
    "Evidence",
    "LeadRefused",
    "Matter",
    "authority_above",
    "authority_of",
    "open_lead",
    "province_division",
    "send",
    "settle",
    "tell_subscribers",
]
