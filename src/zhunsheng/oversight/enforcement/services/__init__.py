"""Every write of cases."""

from zhunsheng.oversight.enforcement.services.filing import FindingFacts, file_case
from zhunsheng.oversight.enforcement.services.steps import CaseRefused

__all__ = ["CaseRefused", "FindingFacts", "file_case"]
