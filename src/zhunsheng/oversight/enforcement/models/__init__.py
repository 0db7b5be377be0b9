"""Cases: whom they are about, what was found, what happened, what was decided."""

from zhunsheng.oversight.enforcement.models.cases import Case, CaseEvent, CaseFinding, CaseLead, RecordClosed
from zhunsheng.oversight.enforcement.models.confirmations import LawConfirmation
from zhunsheng.oversight.enforcement.models.decisions import (
    Decision,
    Penalty,
    PoliceTransfer,
    QualificationMatter,
    SevereEntry,
)
from zhunsheng.oversight.enforcement.models.documents import CaseDocument
from zhunsheng.oversight.enforcement.models.evidence import CaseExtension, CaseFile, CasePause, EvidenceHold
from zhunsheng.oversight.enforcement.models.joint import CaseParticipant

__all__ = [
    "Case",
    "CaseDocument",
    "CaseEvent",
    "CaseExtension",
    "CaseFile",
    "CaseFinding",
    "CaseLead",
    "CaseParticipant",
    "CasePause",
    "Decision",
    "EvidenceHold",
    "LawConfirmation",
    "Penalty",
    "PoliceTransfer",
    "QualificationMatter",
    "RecordClosed",
    "SevereEntry",
]
