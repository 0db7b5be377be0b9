"""The stages of a lead and the legal moves, as data."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Stage(models.TextChoices):
    """How a lead stands."""

    NEW = "new", pgettext_lazy("lead", "New, to be triaged")
    WATCHED = "watched", pgettext_lazy("lead", "Watched")
    ACCEPTED = "accepted", pgettext_lazy("lead", "Accepted, being checked")
    REFERRED = "referred", pgettext_lazy("lead", "Referred")
    MERGED = "merged", pgettext_lazy("lead", "Merged into another")
    DISMISSED = "dismissed", pgettext_lazy("lead", "Dismissed")
    FILED = "filed", pgettext_lazy("lead", "Filed as a case")
    CLOSED = "closed", pgettext_lazy("lead", "Closed without a case")


class ReferralKind(models.TextChoices):
    """What a referral asks for."""

    TRANSFER = "transfer", pgettext_lazy("referral", "Transfer: the matter is yours")
    NOTICE = "notice", pgettext_lazy("referral", "For your information")
    RECOMMENDATION = "recommendation", pgettext_lazy("referral", "Recommendation on a qualification")
    ASSISTANCE = "assistance", pgettext_lazy("referral", "Assistance is asked for")
    DOUBT = "doubt", pgettext_lazy("referral", "Doubt about a report")
    POLICE = "police", pgettext_lazy("referral", "Transfer to the police")


class ReferralStage(models.TextChoices):
    """How a referral stands."""

    SENT = "sent", pgettext_lazy("referral", "Sent, not signed for")
    RECEIVED = "received", pgettext_lazy("referral", "Signed for")
    ANSWERED = "answered", pgettext_lazy("referral", "Answered")
    RETURNED = "returned", pgettext_lazy("referral", "Returned")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral", "Taken back")


REFERRAL: Final[Workflow[str]] = Workflow(
    "referral",
    {
        (ReferralStage.SENT, "receive"): ReferralStage.RECEIVED,
        (ReferralStage.SENT, "return"): ReferralStage.RETURNED,
        (ReferralStage.SENT, "withdraw"): ReferralStage.WITHDRAWN,
        (ReferralStage.RECEIVED, "answer"): ReferralStage.ANSWERED,
        (ReferralStage.RECEIVED, "return"): ReferralStage.RETURNED,
    },
)
WAITING: Final = (ReferralStage.SENT, ReferralStage.RECEIVED)
"""Stages in which the receiver has still to do something."""

LEAD: Final[Workflow[str]] = Workflow(
    "lead",
    {
        (Stage.NEW, "accept"): Stage.ACCEPTED,
        (Stage.NEW, "watch"): Stage.WATCHED,
        (Stage.NEW, "dismiss"): Stage.DISMISSED,
        (Stage.NEW, "merge"): Stage.MERGED,
        (Stage.NEW, "refer"): Stage.REFERRED,
        (Stage.NEW, "file"): Stage.FILED,
        (Stage.WATCHED, "accept"): Stage.ACCEPTED,
        (Stage.WATCHED, "dismiss"): Stage.DISMISSED,
        (Stage.WATCHED, "merge"): Stage.MERGED,
        (Stage.ACCEPTED, "file"): Stage.FILED,
        (Stage.ACCEPTED, "extend"): Stage.ACCEPTED,
        (Stage.ACCEPTED, "refer"): Stage.REFERRED,
        (Stage.ACCEPTED, "merge"): Stage.MERGED,
        (Stage.ACCEPTED, "watch"): Stage.WATCHED,
        (Stage.ACCEPTED, "close"): Stage.CLOSED,
        (Stage.REFERRED, "return"): Stage.NEW,
        (Stage.REFERRED, "take_over"): Stage.NEW,
        (Stage.REFERRED, "close"): Stage.CLOSED,
        (Stage.DISMISSED, "reopen"): Stage.NEW,
        (Stage.CLOSED, "reopen"): Stage.NEW,
    },
)
TIMED: Final = (Stage.NEW, Stage.ACCEPTED)
"""Stages in which the clock of the check runs."""
OPEN: Final = (Stage.NEW, Stage.WATCHED, Stage.ACCEPTED, Stage.REFERRED)
"""Stages in which somebody has still to do something."""
