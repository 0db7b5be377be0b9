"""The stages of an alert, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Stage(models.TextChoices):
    """What people have done with an alert."""

    NEW = "new", pgettext_lazy("alert", "New")
    WATCHED = "watched", pgettext_lazy("alert", "Watched")
    DISMISSED = "dismissed", pgettext_lazy("alert", "Explained")
    LEAD = "lead", pgettext_lazy("alert", "Lead opened")


ALERT = Workflow(
    "alert",
    {
        (Stage.NEW, "open_lead"): Stage.LEAD,
        (Stage.WATCHED, "open_lead"): Stage.LEAD,
        (Stage.NEW, "watch"): Stage.WATCHED,
        (Stage.WATCHED, "watch"): Stage.WATCHED,
        (Stage.NEW, "dismiss"): Stage.DISMISSED,
        (Stage.WATCHED, "dismiss"): Stage.DISMISSED,
        (Stage.WATCHED, "return"): Stage.NEW,
        (Stage.DISMISSED, "return"): Stage.NEW,
        (Stage.DISMISSED, "reopen"): Stage.NEW,
        (Stage.LEAD, "disclose"): Stage.LEAD,
    },
)
"""`return` brings an alert back: its day has come, or a later run names reports that nobody has judged.

`reopen` is an officer's: the explanation doesn't hold.
"""
