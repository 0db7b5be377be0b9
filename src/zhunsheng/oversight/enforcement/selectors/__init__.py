"""Reads of cases."""

from zhunsheng.oversight.enforcement.selectors.cases import cases_visible_to
from zhunsheng.oversight.enforcement.selectors.law import confirmations, confirmed, proposals_of, propose

__all__ = ["cases_visible_to", "confirmations", "confirmed", "proposals_of", "propose"]
