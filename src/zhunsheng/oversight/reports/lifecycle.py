"""What may happen to a stored report version: it stands until another version replaces or withdraws it."""

from zhunsheng.foundation.workflow import Workflow

CURRENT = "current"
REPLACED = "replaced"
WITHDRAWN = "withdrawn"
COMPLETED = "completed"
"""A registration by number and digest whose full data have come: they stand in its place."""

STATES = (CURRENT, REPLACED, WITHDRAWN, COMPLETED)

REPORT_VERSION = Workflow(
    "report_version",
    {
        (CURRENT, "complete"): COMPLETED,
        (CURRENT, "replace"): REPLACED,
        (CURRENT, "withdraw"): WITHDRAWN,
        (REPLACED, "withdraw"): WITHDRAWN,
        (COMPLETED, "replace"): REPLACED,
        (COMPLETED, "withdraw"): WITHDRAWN,
    },
)
