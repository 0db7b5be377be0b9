"""The grade of a body over time, and each computing of it: score, inputs and words, sealed in the log."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform.accounts.history import Recorded


class GradeLetter(models.TextChoices):
    """Grade of classified supervision (信用风险分类)."""

    A = "A", _("A (low risk)")
    B = "B", _("B (general risk)")
    C = "C", _("C (higher risk)")
    D = "D", _("D (high risk)")


class Origin(models.TextChoices):
    """How a grade came here."""

    ENTERED = "entered", _("Entered by an officer")
    IMPORTED = "imported", _("Taken over from the platform of classification")
    COMPUTED = "computed", _("Computed by the scorecard")


class Rates(models.Model):
    """What is usual among bodies from a day on, field by field: the priors that small bodies are pulled to.

    `values` holds `{indicator: {field: [a, b]}}`; fixed until the next estimate, so that taking an event out of one
    body's file restores its score to the tenth.
    """

    since = models.DateField(_("In force from"), unique=True)
    version = models.CharField(_("Version of the grading rule"), max_length=60)
    values = models.JSONField()
    bodies = models.PositiveIntegerField(_("Number of bodies"))
    sha256 = models.CharField("SHA-256", max_length=64)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(_("Computed at"))

    class Meta:
        verbose_name = _("usual rates")
        verbose_name_plural = _("usual rates")

    def __str__(self) -> str:
        return str(self.since)


class Scoring(models.Model):
    """One computing of a body's score: by which scorecard, from which facts and events, with what result.

    It never changes; the log seals `sha256` (`credit.grade`). A computing that finds the same inputs as the newest one
    writes nothing. `score` is in tenths of a point, `before` the class that the hysteresis began from.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="scorings", db_index=False)
    on = models.DateField(_("Day"))
    newest = models.BooleanField(default=True)
    score = models.PositiveSmallIntegerField(_("Score in tenths"))
    letter = models.CharField(_("Grade"), max_length=1, choices=GradeLetter)
    before = models.CharField(_("Grade before"), max_length=1, blank=True, default="")
    field = models.CharField(pgettext_lazy("credit", "Field"), max_length=60, blank=True, default="")
    version = models.CharField(_("Version of the grading rule"), max_length=60)
    rates = models.ForeignKey(Rates, models.PROTECT, null=True, related_name="+", db_index=False)
    inputs = models.JSONField()
    inputs_sha256 = models.CharField(max_length=64)
    result = models.JSONField()
    words = models.CharField(_("Reason"), max_length=500)
    sha256 = models.CharField("SHA-256", max_length=64)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(_("Computed at"))

    class Meta:
        verbose_name = _("computing of a grade")
        verbose_name_plural = _("computings of grades")
        constraints = [
            models.UniqueConstraint(fields=["body"], condition=Q(newest=True), name="scoring_newest_once"),
            models.CheckConstraint(condition=Q(letter__in=GradeLetter.values), name="scoring_letter_known"),
            models.CheckConstraint(condition=Q(score__lte=1000), name="scoring_within_bounds"),
        ]
        indexes = [
            models.Index(fields=["body", "-on", "-id"], name="scoring_of"),
            models.Index(fields=["letter", "field"], condition=Q(newest=True), name="scoring_distribution"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.score / 10} {self.on}"


class Stale(models.Model):
    """A body whose file changed since its grade was computed, with the newest change; computed once a day."""

    body = models.OneToOneField("bodies.Body", models.CASCADE, related_name="+")
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.body_id)


class Grade(models.Model):
    """The grade of a body over a stretch of time, computed or as another office gave it; `until` is its last day.

    `rule_version` names the rule by which it was given, `basis` the document, `scoring` the computing that began it.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="grades", db_index=False)
    grade = models.CharField(_("Grade"), max_length=1, choices=GradeLetter)
    since = models.DateField(_("In force from"))
    until = models.DateField(pgettext_lazy("credit", "In force until"), null=True, blank=True)
    origin = models.CharField(_("Origin"), max_length=10, choices=Origin)
    basis = models.CharField(_("Decided by document"), max_length=200)
    rule_version = models.CharField(_("Version of the grading rule"), max_length=60, blank=True, default="")
    reason = models.CharField(_("Reason"), max_length=500)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    set_at = models.DateTimeField(_("Entered at"))
    before = models.CharField(_("Grade before"), max_length=1, blank=True, default="")
    scoring = models.ForeignKey(
        Scoring,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grades",
        verbose_name=_("Computing"),
        db_index=False,
    )
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        constraints = [
            models.UniqueConstraint(fields=["body", "since"], name="grade_from_once"),
            models.UniqueConstraint(fields=["body"], condition=Q(until=None), name="grade_current_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="grade_in_order"),
            models.CheckConstraint(condition=Q(grade__in=GradeLetter.values), name="grade_known"),
        ]
        indexes = [
            models.Index(fields=["grade", "until"], name="grade_now"),
            models.Index(fields=["-since", "-id"], name="grade_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.grade} {self.since}"
