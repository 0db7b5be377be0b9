"""Every write of credit files."""

from zhunsheng.registry.credit.services.accounts import link_account
from zhunsheng.registry.credit.services.entering import release_grade, sealed, set_grade
from zhunsheng.registry.credit.services.files import discharge, oblige, record, set_due_day, withdraw
from zhunsheng.registry.credit.services.grading import Computed, compute_grades, sealed_scoring
from zhunsheng.registry.credit.services.persons import record_person_event, withdraw_person_event
from zhunsheng.registry.credit.services.petitions import (
    authors_of,
    decide_petition,
    file_petition,
    give_last_days,
    sealed_petition,
    take_back,
)
from zhunsheng.registry.credit.services.rates import estimate_rates
from zhunsheng.registry.credit.services.reminding import remind_of_due
from zhunsheng.registry.credit.services.writing import NotRecordable

__all__ = [
    "Computed",
    "NotRecordable",
    "authors_of",
    "compute_grades",
    "decide_petition",
    "discharge",
    "estimate_rates",
    "file_petition",
    "give_last_days",
    "link_account",
    "oblige",
    "record",
    "record_person_event",
    "release_grade",
    "remind_of_due",
    "sealed",
    "sealed_petition",
    "sealed_scoring",
    "set_due_day",
    "set_grade",
    "take_back",
    "withdraw",
    "withdraw_person_event",
]
