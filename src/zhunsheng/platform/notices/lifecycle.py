"""The stages of a notice and of its mail, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Stage(models.TextChoices):
    """How far a notice has come."""

    DRAFT = "draft", pgettext_lazy("notice", "Draft")
    SENT = "sent", pgettext_lazy("notice", "Sent")
    DISCARDED = "discarded", pgettext_lazy("notice", "Discarded")


class MailStage(models.TextChoices):
    """How far the mail of one delivery has come. A failed attempt waits for the next one: nothing is given up."""

    WAITING = "waiting", pgettext_lazy("mail", "Waiting")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    NO_ADDRESS = "no_address", _("No address known")


NOTICE: Workflow[str] = Workflow(
    "notice",
    {
        (Stage.DRAFT, "change"): Stage.DRAFT,
        (Stage.DRAFT, "send"): Stage.SENT,
        (Stage.DRAFT, "discard"): Stage.DISCARDED,
    },
)
