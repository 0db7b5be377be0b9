"""Applications for accreditation: what is asked, what was handed in, how long it took, what was decided."""

from zhunsheng.admission.licensing.models.applications import Application, Step
from zhunsheng.admission.licensing.models.clocks import ClockRun, ClockStop
from zhunsheng.admission.licensing.models.content import (
    ApplicationLine,
    ApplicationPerson,
    ApplicationSite,
    Attachment,
    Commitment,
)
from zhunsheng.admission.licensing.models.decisions import Decision, Explanation, Gap, IssuedDocument
from zhunsheng.admission.licensing.models.hearings import Hearing, HearingFile, HearingStatement
from zhunsheng.admission.licensing.models.verifications import RouteBar, Verification

__all__ = [
    "Application",
    "ApplicationLine",
    "ApplicationPerson",
    "ApplicationSite",
    "Attachment",
    "ClockRun",
    "ClockStop",
    "Commitment",
    "Decision",
    "Explanation",
    "Gap",
    "Hearing",
    "HearingFile",
    "HearingStatement",
    "IssuedDocument",
    "RouteBar",
    "Step",
    "Verification",
]
