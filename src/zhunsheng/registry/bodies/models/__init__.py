"""Bodies and what is known about them. Every `valid_to` is the last day on which the fact still holds."""

from zhunsheng.registry.bodies.models.accreditations import (
    Accreditation,
    AccreditationPeriod,
    PeriodState,
    ScopeLine,
    ScopeRevision,
)
from zhunsheng.registry.bodies.models.experts import (
    Expert,
    ExpertAssignment,
    ExpertEmployment,
    ExpertEvaluation,
    ExpertMeasure,
    ExpertMeasureKind,
    ExpertRank,
    ExpertSpeciality,
    ExpertTraining,
)
from zhunsheng.registry.bodies.models.institutions import Body, BodyKey, BodyKind, BodyName, NameKind, Site
from zhunsheng.registry.bodies.models.instruments import Calibration, CalibrationResult, Instrument, ReferenceMaterial
from zhunsheng.registry.bodies.models.life import BodyEvent, EventKind, Office, OfficeKind
from zhunsheng.registry.bodies.models.loading import ImportRun, RunState
from zhunsheng.registry.bodies.models.persons import Person, Signatory
from zhunsheng.registry.bodies.models.reductions import ReductionKind, ScopeReduction
from zhunsheng.registry.bodies.models.seals import SealCertificate

__all__ = [
    "Accreditation",
    "AccreditationPeriod",
    "Body",
    "BodyEvent",
    "BodyKey",
    "BodyKind",
    "BodyName",
    "Calibration",
    "CalibrationResult",
    "EventKind",
    "Expert",
    "ExpertAssignment",
    "ExpertEmployment",
    "ExpertEvaluation",
    "ExpertMeasure",
    "ExpertMeasureKind",
    "ExpertRank",
    "ExpertSpeciality",
    "ExpertTraining",
    "ImportRun",
    "Instrument",
    "NameKind",
    "Office",
    "OfficeKind",
    "PeriodState",
    "Person",
    "ReductionKind",
    "ReferenceMaterial",
    "RunState",
    "ScopeLine",
    "ScopeReduction",
    "ScopeRevision",
    "SealCertificate",
    "Signatory",
    "Site",
]
