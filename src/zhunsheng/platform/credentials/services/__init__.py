"""Every write to credentials: issue, status, publication of the status lists."""

from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.services.issuing import NotIssuable, issue
from zhunsheng.platform.credentials.services.papers import make_due as make_due_documents
from zhunsheng.platform.credentials.services.statuses import NoSuccessor, publish_lists, replace, set_status

__all__ = [
    "NoSuccessor",
    "NotIssuable",
    "Status",
    "issue",
    "make_due_documents",
    "publish_lists",
    "replace",
    "set_status",
]
