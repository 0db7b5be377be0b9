"""Runs of screening, the alerts they raise, and what people made of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.oversight.screening.lifecycle import Stage
from zhunsheng.platform.accounts.history import Recorded


class Run(models.Model):
    """One run over the lake: what it read, by which settings, how much of the reports it could see. Never changes.

    `lake_leaf` is the last leaf of the public log whose lines it read; reports known by digest alone hold no results
    and can't be screened: `full` and `by_digest` state the coverage.
    """

    at = models.DateTimeField(_("Run at"))
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    engine = models.CharField(_("Engine"), max_length=60)
    first_month = models.CharField(_("First month"), max_length=7)
    last_month = models.CharField(_("Last month"), max_length=7)
    settings = models.CharField(_("Version of the settings"), max_length=60)
    lake_leaf = models.BigIntegerField(_("Data up to leaf"))
    bodies = models.PositiveIntegerField(_("Bodies compared"))
    raised = models.PositiveIntegerField(_("New alerts"), default=0)
    seen_again = models.PositiveIntegerField(_("Alerts seen again"), default=0)
    full = models.PositiveIntegerField(_("Reports with full data"))
    by_digest = models.PositiveIntegerField(_("Reports known by digest alone"))
    seconds = models.JSONField(_("Seconds by detector"), default=dict)
    lead_q = models.FloatField(_("Bound of the false discovery rate"))

    class Meta:
        verbose_name = _("screening run")
        verbose_name_plural = _("screening runs")
        indexes = [models.Index(fields=["-at"], name="screeningrun_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

    @property
    def percent_full(self) -> int:
        """The share of reports that could be screened, in whole per cent, rounded down; 100 without any."""
        total = self.full + self.by_digest
        return 100 if total == 0 else self.full * 100 // total


class Alert(models.Model):
    """One body that stands out by one family of signs. A later run adds to it instead of raising another.

    `detector` is the strongest sign of the last run, `q` bounds the share of false ones among alerts like this.
    `division` repeats the body's, `field` its CMA number's, so that lists are read from one index.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="alerts", db_index=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(pgettext_lazy("alert", "Field"), max_length=2, blank=True, default="")
    family = models.CharField(_("Kind of sign"), max_length=20)
    detector = models.CharField(_("Strongest sign"), max_length=40)
    detectors = models.JSONField(_("Signs"), default=list)
    stage = models.CharField(_("Stage"), max_length=10, choices=Stage, default=Stage.NEW)
    p = models.FloatField(_("p-value"))
    q = models.FloatField(_("Error rate"))
    rank = models.PositiveIntegerField(pgettext_lazy("alert", "Rank"))
    raised_on = models.DateField(_("Raised on"))
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="raised_alerts")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="alerts")
    watch_until = models.DateField(_("Watched until"), null=True, blank=True)
    explanation = models.CharField(_("Ordinary explanation"), max_length=40, blank=True, default="")
    words = models.CharField(_("What was looked at"), max_length=1000, blank=True, default="")
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(_("Judged at"), null=True, blank=True)
    lead_reference = models.CharField(_("Number of the lead"), max_length=60, blank=True, default="")
    disclosed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    disclosed_at = models.DateTimeField(_("Disclosed to the body at"), null=True, blank=True)
    history = Recorded(reason_required=True, excluded_fields=["last_run", "rank", "p", "q", "detectors", "detector"])

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.UniqueConstraint(fields=["body", "family"], name="alert_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="alert_stage_known"),
            models.CheckConstraint(
                condition=~Q(stage="watched") | Q(watch_until__isnull=False), name="alert_watch_day"
            ),
            models.CheckConstraint(
                condition=~Q(stage="dismissed") | (~Q(explanation="") & ~Q(words="") & Q(judged_at__isnull=False)),
                name="alert_dismissed_has_why",
            ),
            models.CheckConstraint(
                condition=Q(disclosed_at=None) | (Q(stage="lead") & Q(disclosed_by__isnull=False)),
                name="alert_disclosed_after_lead",
            ),
        ]
        indexes = [
            models.Index(fields=["-raised_on", "rank", "id"], name="alert_newest"),
            models.Index(fields=["division", "-raised_on"], name="alert_place"),
            models.Index(fields=["stage", "-raised_on"], name="alert_stage_newest"),
            models.Index(fields=["detector", "-raised_on"], name="alert_sign_newest"),
            models.Index(fields=["field", "-raised_on"], name="alert_field_newest"),
            models.Index(fields=["watch_until"], condition=Q(stage="watched"), name="alert_watched"),
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.body_id}"


class Sighting(models.Model):
    """What one run saw of an alert, frozen: signs, reports, peers; its digest is sealed in the log. Never changes."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="sightings", db_index=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="sightings")
    evidence = models.JSONField()
    sha256 = models.CharField(_("SHA-256 of the evidence"), max_length=64)
    entry_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("sighting of an alert")
        verbose_name_plural = _("sightings of alerts")
        constraints = [models.UniqueConstraint(fields=["alert", "run"], name="sighting_once")]

    def __str__(self) -> str:
        return self.sha256[:16]


class Judgement(models.Model):
    """One judgement by a person, with the signs it was about: what calibration is counted from. Never changes."""

    class Outcome(models.TextChoices):
        """What the person held."""

        EXPLAINED = "explained", _("An ordinary explanation holds")
        LEAD = "lead", _("A lead was opened")
        REOPENED = "reopened", _("The explanation was withdrawn")

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="judgements")
    sighting = models.ForeignKey(Sighting, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    explanation = models.CharField(max_length=40, blank=True, default="")
    detectors = models.JSONField(default=list)
    settings = models.CharField(max_length=60)
    q = models.FloatField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("judgement of an alert")
        verbose_name_plural = _("judgements of alerts")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="lead") | ~Q(explanation=""), name="judgement_explained_says_how"
            )
        ]
        indexes = [models.Index(fields=["-at"], name="judgement_newest")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.alert_id}"


class Export(models.Model):
    """A signed file of an alert that somebody took: its digest, sealed in the log."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=4)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    entry_id = models.BigIntegerField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Exported at"))

    class Meta:
        verbose_name = _("export of an alert")
        verbose_name_plural = _("exports of alerts")

    def __str__(self) -> str:
        return self.sha256[:16]


class Subscription(models.Model):
    """How a person hears of new alerts of their place: by mail each day, by a secret feed address, or both."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="alert_subscription")
    by_mail = models.BooleanField(_("By mail, once a day"), default=False)
    feed = models.CharField(max_length=64, null=True, blank=True, unique=True)
    changed_at = models.DateTimeField()
    mailed_run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("subscription to alerts")
        verbose_name_plural = _("subscriptions to alerts")

    def __str__(self) -> str:
        return str(self.user)
