"""The stages of a case and the legal moves, as data."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Stage(models.TextChoices):
    """How far a case has come."""

    INVESTIGATING = "investigating", pgettext_lazy("case", "Under investigation")
    REVIEWING = "reviewing", pgettext_lazy("case", "Under legal review")
    REVIEWED = "reviewed", pgettext_lazy("case", "Reviewed, notice to be given")
    NOTIFIED = "notified", pgettext_lazy("case", "Notice given, statement awaited")
    HEARING = "hearing", pgettext_lazy("case", "Hearing asked for")
    DECIDING = "deciding", pgettext_lazy("case", "To be decided")
    DECIDED = "decided", pgettext_lazy("case", "Decided, to be served")
    SERVED = "served", pgettext_lazy("case", "Served, being carried out")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    DROPPED = "dropped", pgettext_lazy("case", "Dropped")
    TRANSFERRED = "transferred", pgettext_lazy("case", "Transferred to the police")


class EvidenceKind(models.TextChoices):
    """What sort of evidence a file is (administrative penalty law, Art. 46)."""

    DOCUMENT = "document", pgettext_lazy("evidence", "Document")
    OBJECT = "object", pgettext_lazy("evidence", "Object")
    RECORDING = "recording", pgettext_lazy("evidence", "Picture or recording")
    DATA = "data", pgettext_lazy("evidence", "Electronic data")
    WITNESS = "witness", pgettext_lazy("evidence", "Statement of a witness")
    PARTY = "party", pgettext_lazy("evidence", "Statement of the party")
    OPINION = "opinion", pgettext_lazy("evidence", "Expert opinion or test")
    RECORD = "record", pgettext_lazy("evidence", "Record of an inspection")


class PauseCause(models.TextChoices):
    """Why days of a case do not count."""

    TESTING = "testing", pgettext_lazy("pause", "Testing or inspection")
    APPRAISAL = "appraisal", pgettext_lazy("pause", "Appraisal")
    HEARING = "hearing", pgettext_lazy("pause", "Hearing")
    NOTICE = "notice", pgettext_lazy("pause", "Public notice")
    POLICE = "police", pgettext_lazy("pause", "With the police")


class JointMode(models.TextChoices):
    """How a case in which several act is decided."""

    ONE = "one", pgettext_lazy("joint case", "One decision in the name of the authority that handles it")
    EACH = "each", pgettext_lazy("joint case", "Each decides in its own name")


class Result(models.TextChoices):
    """What a decision says."""

    PUNISHED = "punished", pgettext_lazy("decision", "Penalty")
    WAIVED = "waived", pgettext_lazy("decision", "No penalty")
    UNPROVED = "unproved", pgettext_lazy("decision", "Breach not established")


class DecisionState(models.TextChoices):
    """How a decision stands after objections."""

    IN_FORCE = "in_force", pgettext_lazy("decision", "In force")
    CHANGED = "changed", pgettext_lazy("decision", "Changed")
    ANNULLED = "annulled", pgettext_lazy("decision", "Annulled")


class QualificationState(models.TextChoices):
    """How a recommendation on a qualification stands."""

    RECOMMENDED = "recommended", pgettext_lazy("qualification", "Recommended to the grantor")
    TAKEN = "taken", pgettext_lazy("qualification", "Measure taken")
    DECLINED = "declined", pgettext_lazy("qualification", "Declined by the grantor")
    REPORTED = "reported", pgettext_lazy("qualification", "Reported to the national administration")


CASE: Final[Workflow[str]] = Workflow(
    "case",
    {
        (Stage.INVESTIGATING, "investigate"): Stage.INVESTIGATING,
        (Stage.INVESTIGATING, "extend"): Stage.INVESTIGATING,
        (Stage.INVESTIGATING, "propose"): Stage.REVIEWING,
        (Stage.INVESTIGATING, "drop"): Stage.DROPPED,
        (Stage.INVESTIGATING, "transfer"): Stage.TRANSFERRED,
        (Stage.REVIEWING, "return"): Stage.INVESTIGATING,
        (Stage.REVIEWING, "approve"): Stage.REVIEWED,
        (Stage.REVIEWING, "transfer"): Stage.TRANSFERRED,
        (Stage.REVIEWED, "notify"): Stage.NOTIFIED,
        (Stage.REVIEWED, "submit"): Stage.DECIDING,
        (Stage.NOTIFIED, "state"): Stage.NOTIFIED,
        (Stage.NOTIFIED, "ask_hearing"): Stage.HEARING,
        (Stage.NOTIFIED, "submit"): Stage.DECIDING,
        (Stage.HEARING, "hear"): Stage.NOTIFIED,
        (Stage.DECIDING, "discuss"): Stage.DECIDING,
        (Stage.DECIDING, "return"): Stage.INVESTIGATING,
        (Stage.DECIDING, "decide"): Stage.DECIDED,
        (Stage.DECIDING, "transfer"): Stage.TRANSFERRED,
        (Stage.DECIDED, "serve"): Stage.SERVED,
        (Stage.SERVED, "execute"): Stage.SERVED,
        (Stage.SERVED, "object"): Stage.SERVED,
        (Stage.SERVED, "close"): Stage.CLOSED,
        (Stage.CLOSED, "object"): Stage.CLOSED,
        (Stage.TRANSFERRED, "resume"): Stage.INVESTIGATING,
        (Stage.TRANSFERRED, "close"): Stage.CLOSED,
    },
)
RUNNING: Final = (
    Stage.INVESTIGATING,
    Stage.REVIEWING,
    Stage.REVIEWED,
    Stage.NOTIFIED,
    Stage.HEARING,
    Stage.DECIDING,
)
"""Stages in which the clock of the decision runs."""
TOLD: Final = (Stage.NOTIFIED, Stage.HEARING, Stage.DECIDING, Stage.DECIDED, Stage.SERVED, Stage.CLOSED)
"""Stages from which on the party itself sees its case."""
