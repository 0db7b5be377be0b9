"""The stages of a visit, an order to correct and a disclosed result, and the words of their tables, as data."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Mode(models.TextChoices):
    """Where an inspection takes place."""

    ON_SITE = "on_site", _("On-site inspection")
    REMOTE = "remote", _("Remote check")


class Stage(models.TextChoices):
    """How far a visit has come."""

    PREPARED = "prepared", pgettext_lazy("visit", "Prepared")
    UNDER_WAY = "under_way", pgettext_lazy("visit", "Under way")
    SIGNED = "signed", _("Record signed, to be decided")
    CONCLUDED = "concluded", pgettext_lazy("visit", "Concluded")
    CANCELLED = "cancelled", pgettext_lazy("visit", "Called off")


class Verdict(models.TextChoices):
    """What an inspector finds about an item of the checklist."""

    CONFORMS = "conforms", pgettext_lazy("checked item", "Conforms")
    FAILS = "fails", pgettext_lazy("checked item", "Does not conform")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Side(models.TextChoices):
    """Who signs the record."""

    LEADER = "leader", _("Leading inspector")
    SECOND = "second", _("Second inspector")
    BODY = "body", _("The body inspected")


class Handling(models.TextChoices):
    """What becomes of a finding."""

    ADVICE = "advice", _("Advice and reminder")
    ORDER = "order", _("Order to correct")
    CASE = "case", _("File a case")
    NONE = "none", pgettext_lazy("finding", "Not upheld")


class OrderStage(models.TextChoices):
    """How an order to correct stands."""

    OPEN = "open", _("To be corrected")
    ANSWERED = "answered", _("Corrected, to be checked again")
    MET = "met", pgettext_lazy("order", "Corrected")
    MISSED = "missed", pgettext_lazy("order", "Not corrected")


class ResultStage(models.TextChoices):
    """How the result of an inspection stands towards the public."""

    READY = "ready", _("To be disclosed")
    DISCLOSED = "disclosed", _("Disclosed")
    WITHDRAWN = "withdrawn", pgettext_lazy("result", "Withdrawn")


VISIT: Final[Workflow[str]] = Workflow(
    "visit",
    {
        (Stage.PREPARED, "start"): Stage.UNDER_WAY,
        (Stage.PREPARED, "cancel"): Stage.CANCELLED,
        (Stage.UNDER_WAY, "record"): Stage.UNDER_WAY,
        (Stage.UNDER_WAY, "void"): Stage.UNDER_WAY,
        (Stage.UNDER_WAY, "ask_files"): Stage.UNDER_WAY,
        (Stage.UNDER_WAY, "seal"): Stage.SIGNED,
        (Stage.SIGNED, "supplement"): Stage.SIGNED,
        (Stage.SIGNED, "propose"): Stage.SIGNED,
        (Stage.SIGNED, "decide"): Stage.SIGNED,
        (Stage.SIGNED, "conclude"): Stage.CONCLUDED,
        (Stage.CONCLUDED, "supplement"): Stage.CONCLUDED,
    },
)
ORDER: Final[Workflow[str]] = Workflow(
    "order_to_correct",
    {
        (OrderStage.OPEN, "answer"): OrderStage.ANSWERED,
        (OrderStage.OPEN, "miss"): OrderStage.MISSED,
        (OrderStage.ANSWERED, "accept"): OrderStage.MET,
        (OrderStage.ANSWERED, "return"): OrderStage.OPEN,
        (OrderStage.ANSWERED, "miss"): OrderStage.MISSED,
    },
)
RESULT: Final[Workflow[str]] = Workflow(
    "inspection_result",
    {
        (ResultStage.READY, "disclose"): ResultStage.DISCLOSED,
        (ResultStage.DISCLOSED, "withdraw"): ResultStage.WITHDRAWN,
        (ResultStage.WITHDRAWN, "restore"): ResultStage.DISCLOSED,
    },
)
