"""Where a mention stands and what may be done with it. Undo is no move: it brings back what was before a decision."""

from typing import Final

from zhunsheng.foundation.workflow import Workflow

OPEN, LINKED, STRANGER = "open", "linked", "stranger"
STATES: Final = (OPEN, LINKED, STRANGER)
ACCEPT, NEW, REJECT, UNDO = "accept", "new", "reject", "undo"
ACTS: Final = (ACCEPT, NEW, REJECT, UNDO)

MENTION: Final = Workflow(
    "mention",
    {
        (OPEN, ACCEPT): LINKED,
        (OPEN, NEW): LINKED,
        (OPEN, REJECT): STRANGER,
    },
)
"""Accept: it is this one. New: it is somebody new, who is entered. Reject: it is none of them, and nobody to enter."""
