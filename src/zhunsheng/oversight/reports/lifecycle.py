"""What may happen to a stored report version: it stands until another version replaces or withdraws it."""

from zhunsheng.foundation.workflow import Workflow

CURRENT = "current"
REPLACED = "replaced"
WITHDRAWN = "withdrawn"

STATES = (CURRENT, REPLACED, WITHDRAWN)

REPORT_VERSION = Workflow(
    "report_version",
    {
        (CURRENT, "replace"): REPLACED,
        (CURRENT, "withdraw"): WITHDRAWN,
        (REPLACED, "withdraw"): WITHDRAWN,
    },
)
