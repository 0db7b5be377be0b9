"""Arrival checks for a whole batch: facts gathered in a constant number of queries, then judged by the pure rules."""

from zhunsheng.oversight.reports.checks.engine import check_many
from zhunsheng.oversight.reports.checks.findings import SEVERITIES, FoundBy

__all__ = ["SEVERITIES", "FoundBy", "check_many"]
