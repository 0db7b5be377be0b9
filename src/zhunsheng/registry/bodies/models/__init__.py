"""Bodies and what is known about them. Every `valid_to` is the last day on which the fact still holds."""

from zhunsheng.registry.bodies.models.accreditations import (
    Accreditation,
    AccreditationStatus,
    ScopeLine,
    ScopeRevision,
)
from zhunsheng.registry.bodies.models.institutions import Body, BodyKey, BodyKind, BodyName, NameKind, Site
from zhunsheng.registry.bodies.models.instruments import Calibration, CalibrationResult, Instrument
from zhunsheng.registry.bodies.models.persons import Person, Signatory

__all__ = [
    "Accreditation",
    "AccreditationStatus",
    "Body",
    "BodyKey",
    "BodyKind",
    "BodyName",
    "Calibration",
    "CalibrationResult",
    "Instrument",
    "NameKind",
    "Person",
    "ScopeLine",
    "ScopeRevision",
    "Signatory",
    "Site",
]
