"""Reads of leads."""

from zhunsheng.oversight.leads.selectors.leads import leads_visible_to
from zhunsheng.oversight.leads.selectors.referrals import referrals_visible_to

__all__ = ["leads_visible_to", "referrals_visible_to"]
