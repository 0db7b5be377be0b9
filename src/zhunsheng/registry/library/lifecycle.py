"""The stages of a proposal and of an entry, and what kinds there are, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Kind(models.TextChoices):
    """What a proposal would do to the library."""

    NEW = "new", _("New entry")
    REVISION = "revision", _("Revision")
    RETIREMENT = "retirement", _("Retirement")


class Sort(models.TextChoices):
    """Whether the method is an ordinary one, or an advanced one for a strategic industry (art. 2)."""

    STANDARD = "standard", _("Standard method")
    ADVANCED = "advanced", _("Advanced or innovative method for a strategic industry")


class Stage(models.TextChoices):
    """How far a proposal has come."""

    PROPOSED = "proposed", _("Proposed")
    IN_REVIEW = "in_review", _("In expert review")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", pgettext_lazy("proposal", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")


class EntryStage(models.TextChoices):
    """How an entry of the library stands."""

    PUBLISHED = "published", _("Published")
    REVISED = "revised", _("Revised")
    RETIRED = "retired", _("Retired")


class Verdict(models.TextChoices):
    """What an expert says of a proposal."""

    SUPPORT = "support", _("Support")
    WITH_CHANGES = "with_changes", _("Support with changes")
    OPPOSE = "oppose", _("Oppose")


PROPOSAL: Workflow[str] = Workflow(
    "proposal",
    {
        (Stage.PROPOSED, "open_review"): Stage.IN_REVIEW,
        (Stage.PROPOSED, "refuse"): Stage.REFUSED,
        (Stage.PROPOSED, "withdraw"): Stage.WITHDRAWN,
        (Stage.IN_REVIEW, "invite"): Stage.IN_REVIEW,
        (Stage.IN_REVIEW, "give_opinion"): Stage.IN_REVIEW,
        (Stage.IN_REVIEW, "publish"): Stage.PUBLISHED,
        (Stage.IN_REVIEW, "refuse"): Stage.REFUSED,
        (Stage.IN_REVIEW, "withdraw"): Stage.WITHDRAWN,
    },
)
ENTRY: Workflow[str] = Workflow(
    "entry of the library",
    {
        (EntryStage.PUBLISHED, "revise"): EntryStage.REVISED,
        (EntryStage.REVISED, "revise"): EntryStage.REVISED,
        (EntryStage.PUBLISHED, "retire"): EntryStage.RETIRED,
        (EntryStage.REVISED, "retire"): EntryStage.RETIRED,
    },
)
EFFECT = {Kind.NEW: "", Kind.REVISION: "revise", Kind.RETIREMENT: "retire"}
"""What publishing a proposal of each kind does to its entry."""
