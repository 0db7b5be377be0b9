"""Cases: whom they are about, what was found, what happened."""

from zhunsheng.oversight.enforcement.models.cases import Case, CaseEvent, CaseFinding, CaseLead
from zhunsheng.oversight.enforcement.models.confirmations import LawConfirmation

__all__ = ["Case", "CaseEvent", "CaseFinding", "CaseLead", "LawConfirmation"]
