"""Credit files: events and obligations, grades and how they were computed, requests about events, practitioners."""

from zhunsheng.registry.credit.models.files import CreditEvent, Obligation
from zhunsheng.registry.credit.models.grades import Grade, GradeLetter, Origin, Rates, Scoring, Stale
from zhunsheng.registry.credit.models.persons import PersonAccount, PersonEvent
from zhunsheng.registry.credit.models.petitions import Petition, PetitionFile

__all__ = [
    "CreditEvent",
    "Grade",
    "GradeLetter",
    "Obligation",
    "Origin",
    "PersonAccount",
    "PersonEvent",
    "Petition",
    "PetitionFile",
    "Rates",
    "Scoring",
    "Stale",
]
