"""The provincial parameter library, its governance, and what follows when a standard is replaced."""

from zhunsheng.registry.library.models.content import FIELDS, Content
from zhunsheng.registry.library.models.governance import Evidence, Invitation, Opinion, Proposal
from zhunsheng.registry.library.models.provincial import Entry, Version
from zhunsheng.registry.library.models.supersession import AffectedLine, Declaration, Supersession

__all__ = [
    "FIELDS",
    "AffectedLine",
    "Content",
    "Declaration",
    "Entry",
    "Evidence",
    "Invitation",
    "Opinion",
    "Proposal",
    "Supersession",
    "Version",
]
