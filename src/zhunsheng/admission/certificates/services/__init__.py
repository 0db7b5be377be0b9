"""Every write of certificates: issue, measures, the day list, and what the calendar does."""

from zhunsheng.admission.certificates.services.announcing import announce
from zhunsheng.admission.certificates.services.issuing import IssueRefused, issue
from zhunsheng.admission.certificates.services.measures import (
    MeasureRefused,
    cancel,
    lift,
    reduce,
    revoke,
    suspend,
)
from zhunsheng.admission.certificates.services.upkeep import keep_up

__all__ = [
    "IssueRefused",
    "MeasureRefused",
    "announce",
    "cancel",
    "issue",
    "keep_up",
    "lift",
    "reduce",
    "revoke",
    "suspend",
]
