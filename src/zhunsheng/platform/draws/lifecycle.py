"""The stages of a draw and the kinds of source, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.foundation.workflow import Workflow


class Stage(models.TextChoices):
    """How far a draw has come."""

    COMMITTED = "committed", pgettext_lazy("draw", "Committed, the source is awaited")
    KNOWN = "known", pgettext_lazy("draw", "The source is known, to be drawn")
    DRAWN = "drawn", pgettext_lazy("draw", "Drawn")
    ABANDONED = "abandoned", pgettext_lazy("draw", "Abandoned for a new draw")


class SourceKind(models.TextChoices):
    """Where the chance comes from."""

    TWO_PARTY = "two_party", _("Two parties commit and reveal")
    PUBLIC_NUMBERS = "public_numbers", _("Numbers announced in public, such as a lottery's")
    DRAND = "drand", _("A round of drand")


DRAW = Workflow(
    "draw",
    {
        (Stage.COMMITTED, "enter_source"): Stage.COMMITTED,
        (Stage.COMMITTED, "complete_source"): Stage.KNOWN,
        (Stage.KNOWN, "draw"): Stage.DRAWN,
        (Stage.COMMITTED, "redraw"): Stage.ABANDONED,
        (Stage.KNOWN, "redraw"): Stage.ABANDONED,
        (Stage.DRAWN, "redraw"): Stage.DRAWN,
    },
)
