"""Reads of leads."""

from zhunsheng.oversight.leads.selectors.leads import leads_visible_to

__all__ = ["leads_visible_to"]
