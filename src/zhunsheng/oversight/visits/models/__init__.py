"""The library of checklists; visits, their sheets, findings, orders to correct and results; remote checks."""

from zhunsheng.oversight.visits.models.findings import Finding, Order, OrderAnswer, OrderEvidence
from zhunsheng.oversight.visits.models.library import Edition
from zhunsheng.oversight.visits.models.remote import FileRequest, Pull, RequestedFile
from zhunsheng.oversight.visits.models.results import Result
from zhunsheng.oversight.visits.models.sheet import CheckItem, Photo, Signature, VisitChange
from zhunsheng.oversight.visits.models.visit import Record, Supplement, Visit

__all__ = [
    "CheckItem",
    "Edition",
    "FileRequest",
    "Finding",
    "Order",
    "OrderAnswer",
    "OrderEvidence",
    "Photo",
    "Pull",
    "Record",
    "RequestedFile",
    "Result",
    "Signature",
    "Supplement",
    "Visit",
    "VisitChange",
]
