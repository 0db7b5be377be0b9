"""What the checks above need to know about a body, as plain values. Every `valid_to` is the last day that counts."""

from dataclasses import dataclass, field
from datetime import date, datetime

from zhunsheng.registry.bodies.rules.standing import BEST_FIRST, status_on


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """What held of a certificate between two days."""

    state: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class AccreditationFacts:
    """A certificate with its whole term and the periods within it."""

    number: str
    valid_from: date | None
    valid_to: date | None
    course: tuple[PeriodFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A place where the body tests."""

    code: str
    name: str
    address: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SigningFacts:
    """The right to sign reports of one field."""

    field: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person and the fields that they may sign; the identity number isn't among the facts."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    signings: tuple[SigningFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class CalibrationFacts:
    """A calibration; it holds from `calibrated_on` to `due_on`, both included."""

    certificate_no: str
    calibrated_on: date
    due_on: date | None
    result: str


@dataclass(frozen=True, slots=True)
class InstrumentFacts:
    """An instrument with its calibrations, oldest first."""

    code: str
    name: str
    site: str
    calibrations: tuple[CalibrationFacts, ...] = ()

    def calibration_on(self, day: date) -> CalibrationFacts | None:
        """Return the latest calibration that covers a day, or None; one that found the instrument unfit counts too."""
        for one in reversed(self.calibrations):
            if one.calibrated_on <= day and (not one.due_on or day <= one.due_on):
                return one
        return None


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A public key with which the body signs."""

    key_id: str
    algorithm: str
    public_key: str
    valid_from: datetime
    valid_to: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A body with everything dated about it. Persons, instruments and sites are found by their code."""

    id: int
    slug: str
    uscc: str
    cma: str
    name: str
    name_en: str
    kind: str
    division_code: str | None
    organisation_id: int | None
    generated: bool
    has_scope: bool
    accreditations: tuple[AccreditationFacts, ...] = ()
    sites: dict[str, SiteFacts] = field(default_factory=dict)
    persons: dict[str, PersonFacts] = field(default_factory=dict)
    instruments: dict[str, InstrumentFacts] = field(default_factory=dict)
    keys: dict[str, KeyFacts] = field(default_factory=dict)

    def standing_on(self, day: date) -> str:
        """Return the best standing of any certificate on a day: active … not_yet, or none without certificates."""
        held = {status_on(one, day) for one in self.accreditations}
        return next((status for status in BEST_FIRST if status in held), "none")

    def certificate_on(self, day: date) -> AccreditationFacts | None:
        """Return the certificate that was active on a day, or None."""
        return next((one for one in self.accreditations if status_on(one, day) == "active"), None)


@dataclass(frozen=True, slots=True)
class BodyClaim:
    """How a report names its body: any of these, as written."""

    uscc: str = ""
    cma: str = ""
    register: str = ""
    id: str = ""
    name: str = ""
