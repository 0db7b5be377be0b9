"""Every write of credit files."""

from zhunsheng.registry.credit.services.entering import sealed, set_grade
from zhunsheng.registry.credit.services.files import discharge, oblige, record, set_due_day, withdraw
from zhunsheng.registry.credit.services.grading import Computed, compute_grades, sealed_scoring
from zhunsheng.registry.credit.services.rates import estimate_rates
from zhunsheng.registry.credit.services.writing import NotRecordable

__all__ = [
    "Computed",
    "NotRecordable",
    "compute_grades",
    "discharge",
    "estimate_rates",
    "oblige",
    "record",
    "sealed",
    "sealed_scoring",
    "set_due_day",
    "set_grade",
    "withdraw",
]
