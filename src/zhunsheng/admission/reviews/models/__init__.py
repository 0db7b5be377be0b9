"""Technical reviews: the panel and how it was drawn, the sheet, nonconformities, rectification, the file room."""

from zhunsheng.admission.reviews.models.conclusions import Conclusion, ConclusionLine, ConclusionVoice
from zhunsheng.admission.reviews.models.nonconformities import (
    Nonconformity,
    RectificationAnswer,
    RectificationEvidence,
    RectificationRound,
)
from zhunsheng.admission.reviews.models.panel import ExpertInterest, PanelDraw, PanelMember
from zhunsheng.admission.reviews.models.review import Review
from zhunsheng.admission.reviews.models.room import RoomFile, Session
from zhunsheng.admission.reviews.models.sheet import ChecklistItem, ParameterConfirmation, SheetChange

__all__ = [
    "ChecklistItem",
    "Conclusion",
    "ConclusionLine",
    "ConclusionVoice",
    "ExpertInterest",
    "Nonconformity",
    "PanelDraw",
    "PanelMember",
    "ParameterConfirmation",
    "RectificationAnswer",
    "RectificationEvidence",
    "RectificationRound",
    "Review",
    "RoomFile",
    "Session",
    "SheetChange",
]
