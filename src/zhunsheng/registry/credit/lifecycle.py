"""Stages of a request about an event: filed, then granted, refused or taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhunsheng.foundation.workflow import Workflow


class Sort(models.TextChoices):
    """What a body asks for."""

    OBJECTION = "objection", _("Objection")
    REPAIR = "repair", _("Credit repair")


class Stage(models.TextChoices):
    """How far a request has come."""

    FILED = "filed", _("Waiting for decision")
    GRANTED = "granted", _("Upheld")
    REFUSED = "refused", _("Not upheld")
    TAKEN_BACK = "taken_back", _("Taken back by the body")


PETITION = Workflow(
    "petition",
    {
        (Stage.FILED, "grant"): Stage.GRANTED,
        (Stage.FILED, "refuse"): Stage.REFUSED,
        (Stage.FILED, "take_back"): Stage.TAKEN_BACK,
    },
)
