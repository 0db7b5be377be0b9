"""The stages of a review, of a panel's member and of a nonconformity, and the words of its tables, as data."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Mode(models.TextChoices):
    """How the panel reviews (criteria, clauses 15 to 17)."""

    ON_SITE = "on_site", _("On-site review")
    DOCUMENT = "document", _("Document review")
    REMOTE = "remote", _("Remote review")


class Stage(models.TextChoices):
    """How far a review has come."""

    FORMING = "forming", _("Forming the panel")
    PREPARED = "prepared", pgettext_lazy("review", "Prepared")
    AT_WORK = "at_work", _("Panel at work")
    RECTIFYING = "rectifying", _("Under rectification")
    CONCLUDED = "concluded", pgettext_lazy("review", "Concluded")
    CANCELLED = "cancelled", pgettext_lazy("review", "Cancelled")


class MemberState(models.TextChoices):
    """How a drawn assessor stands."""

    DRAWN = "drawn", _("Drawn, to declare interests")
    SERVING = "serving", _("On the panel")
    REPLACED = "replaced", pgettext_lazy("panel member", "Replaced")


class Interest(models.TextChoices):
    """Why a drawn assessor must keep out."""

    EMPLOYED = "employed", _("Employed there")
    CONSULTANCY = "consultancy", _("Advised the body for pay")
    FAMILY = "family", _("Family at the body")
    OTHER = "other", pgettext_lazy("interest", "Another interest")
    UNABLE = "unable", _("Can't take part")


class Verdict(models.TextChoices):
    """What an assessor finds about a clause."""

    CONFORMS = "conforms", pgettext_lazy("clause", "Conforms")
    FAILS = "fails", pgettext_lazy("clause", "Does not conform")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Found(models.TextChoices):
    """At which stage a nonconformity was found (table 6)."""

    DOCUMENTS = "documents", _("Documents")
    ON_SITE = "on_site", _("On site")


class VerifyBy(models.TextChoices):
    """How its rectification is verified (table 6)."""

    EVIDENCE = "evidence", _("Written evidence")
    VISIT = "visit", _("Visit on site")
    OTHER = "other", pgettext_lazy("verification", "Other")


class NonconformityState(models.TextChoices):
    """How a nonconformity stands."""

    OPEN = "open", pgettext_lazy("nonconformity", "Open")
    ANSWERED = "answered", _("Rectified, to be verified")
    CLOSED = "closed", pgettext_lazy("nonconformity", "Closed")
    FAILED = "failed", _("Not rectified")
    DROPPED = "dropped", pgettext_lazy("nonconformity", "Taken back")


REVIEW: Final[Workflow[str]] = Workflow(
    "review",
    {
        (Stage.FORMING, "draw"): Stage.FORMING,
        (Stage.FORMING, "appoint"): Stage.FORMING,
        (Stage.FORMING, "declare"): Stage.FORMING,
        (Stage.FORMING, "prepare"): Stage.PREPARED,
        (Stage.FORMING, "cancel"): Stage.CANCELLED,
        (Stage.PREPARED, "replace"): Stage.FORMING,
        (Stage.PREPARED, "start"): Stage.AT_WORK,
        (Stage.PREPARED, "cancel"): Stage.CANCELLED,
        (Stage.AT_WORK, "record"): Stage.AT_WORK,
        (Stage.AT_WORK, "ask_rectification"): Stage.RECTIFYING,
        (Stage.AT_WORK, "conclude"): Stage.CONCLUDED,
        (Stage.RECTIFYING, "answer"): Stage.RECTIFYING,
        (Stage.RECTIFYING, "verify"): Stage.RECTIFYING,
        (Stage.RECTIFYING, "ask_rectification"): Stage.RECTIFYING,
        (Stage.RECTIFYING, "conclude"): Stage.CONCLUDED,
        (Stage.CONCLUDED, "evaluate"): Stage.CONCLUDED,
    },
)
NONCONFORMITY: Final[Workflow[str]] = Workflow(
    "nonconformity",
    {
        (NonconformityState.OPEN, "answer"): NonconformityState.ANSWERED,
        (NonconformityState.OPEN, "fail"): NonconformityState.FAILED,
        (NonconformityState.OPEN, "drop"): NonconformityState.DROPPED,
        (NonconformityState.ANSWERED, "close"): NonconformityState.CLOSED,
        (NonconformityState.ANSWERED, "reopen"): NonconformityState.OPEN,
        (NonconformityState.ANSWERED, "fail"): NonconformityState.FAILED,
    },
)
WAYS: Final = (
    "site_test",
    "proficiency",
    "blind_sample",
    "comparison",
    "demonstration",
    "questions",
    "records",
    "equipment",
)
"""The eight ways of table 7-2, as the fields of a confirmation are called."""
UNSETTLED: Final = (NonconformityState.OPEN, NonconformityState.ANSWERED)
"""Nonconformities that wait for somebody."""
