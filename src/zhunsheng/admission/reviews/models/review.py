"""A review of one application."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.reviews.lifecycle import Mode, Stage
from zhunsheng.platform.accounts.history import Recorded


class Review(models.Model):
    """The technical review of an application. `fields` are the field codes that the panel must cover.

    `division` and `organisation` are the application's: from them follow the rights of officers and of the body.
    """

    number = models.CharField(_("Review number"), max_length=24, unique=True)
    application = models.ForeignKey("licensing.Application", models.PROTECT, related_name="reviews")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    mode = models.CharField(_("Mode of review"), max_length=10, choices=Mode)
    stage = models.CharField(_("Stage"), max_length=10, choices=Stage, default=Stage.FORMING)
    fields = models.JSONField(_("Fields to cover"), default=list)
    size = models.PositiveSmallIntegerField(_("Members of the panel"))
    first_day = models.DateField(_("First day of the visit"), null=True, blank=True)
    last_day = models.DateField(_("Last day of the visit"), null=True, blank=True)
    plan = models.CharField(_("Place and plan of the visit"), max_length=500, blank=True, default="")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(_("Opened at"))
    prepared_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    prepared_at = models.DateTimeField(_("Prepared at"), null=True, blank=True)
    started_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    started_at = models.DateTimeField(_("Work begun at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="review_stage_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="review_mode_known"),
            models.UniqueConstraint(
                fields=["application"], condition=~Q(stage=Stage.CANCELLED), name="review_one_for_an_application"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.FORMING, Stage.CANCELLED]) | Q(prepared_at__isnull=False),
                name="review_prepared_has_when",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.CONCLUDED, Stage.CANCELLED]) | Q(ended_at__isnull=False),
                name="review_ended_has_when",
            ),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day__gte=F("first_day")), name="review_days_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["division", "stage", "-opened_at"], name="review_place_stage"),
            models.Index(fields=["-opened_at", "-id"], name="review_newest"),
        ]

    def __str__(self) -> str:
        return self.number
