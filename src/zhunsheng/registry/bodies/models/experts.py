"""Assessors and experts: what they know, whom they work for, what they did, how they stand."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.accounts.sealed_field import EncryptedTextField
from zhunsheng.registry.bodies.models.institutions import Body
from zhunsheng.registry.bodies.models.periods import ends_after_it_begins


class ExpertRank(models.TextChoices):
    """As what somebody may serve on a panel."""

    LEADER = "leader", _("Lead assessor")
    ASSESSOR = "assessor", _("Assessor")
    EXPERT = "expert", _("Technical expert")


class Expert(models.Model):
    """Somebody whom the province calls to review bodies or give an opinion. The identity number is encrypted."""

    code = models.CharField(_("Register number"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=100)
    rank = models.CharField(_("Rank"), max_length=10, choices=ExpertRank, default=ExpertRank.EXPERT)
    title = models.CharField(_("Post or professional title"), max_length=100, blank=True, default="")
    number_encrypted = EncryptedTextField(_("Identity number"), blank=True, default="")
    number_index = models.CharField(max_length=64, blank=True, default="", db_index=True, editable=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("In the register from"), null=True, blank=True)
    valid_to = models.DateField(_("In the register until"), null=True, blank=True)
    generated = models.BooleanField(_("Made up for the demonstration"), default=False)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        constraints = [
            ends_after_it_begins("expert"),
            models.UniqueConstraint(fields=["user"], name="expert_has_an_account_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.name


class ExpertSpeciality(models.Model):
    """A field in which an expert may be called; `field` is the two-digit code of CMA numbers where one fits."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="specialities")
    domain = models.CharField(_("Speciality"), max_length=100)
    field = models.CharField(_("Field code"), max_length=2, blank=True, default="", db_index=True)
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("speciality")
        verbose_name_plural = _("specialities")
        constraints = [
            models.UniqueConstraint(fields=["expert", "domain"], name="expertspeciality_once"),
            ends_after_it_begins("expertspeciality"),
        ]

    def __str__(self) -> str:
        return self.domain


class ExpertTraining(models.Model):
    """A training that an expert passed, and the last day on which it counts."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="trainings")
    course = models.CharField(_("Course"), max_length=200)
    certificate_no = models.CharField(_("Certificate number"), max_length=80)
    valid_from = models.DateField(_("Passed on"))
    valid_to = models.DateField(_("Counts until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        constraints = [
            models.UniqueConstraint(fields=["expert", "certificate_no"], name="experttraining_once"),
            ends_after_it_begins("experttraining"),
        ]

    def __str__(self) -> str:
        return self.course


class ExpertEmployment(models.Model):
    """For whom an expert worked between two days; the body where it is one of the register: panels avoid it."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="employments")
    employer = models.CharField(_("Employer"), max_length=200)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="experts_employed")
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            models.UniqueConstraint(fields=["expert", "employer", "valid_from"], name="expertemployment_once_a_day"),
            models.UniqueConstraint(
                fields=["expert", "employer"], condition=Q(valid_from=None), name="expertemployment_once_undated"
            ),
            ends_after_it_begins("expertemployment"),
        ]

    def __str__(self) -> str:
        return self.employer


class ExpertAssignment(models.Model):
    """A task on which an expert worked: from these the workload is counted."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="assignments")
    task = models.CharField(_("Task"), max_length=200)
    reference = models.CharField(_("Reference"), max_length=80)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="expert_assignments")
    leader = models.BooleanField(_("Led the panel"), default=False)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["expert", "reference"], name="expertassignment_once"),
            ends_after_it_begins("expertassignment"),
        ]

    def __str__(self) -> str:
        return self.reference


class ExpertEvaluation(models.Model):
    """How an expert's work on a task was judged, out of 100."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="evaluations")
    reference = models.CharField(_("Reference"), max_length=80)
    evaluator = models.CharField(_("Evaluated by"), max_length=100)
    score = models.PositiveSmallIntegerField(_("Score out of 100"), validators=[MaxValueValidator(100)])
    comment = models.CharField(_("Comment"), max_length=300, blank=True, default="")
    evaluated_on = models.DateField(_("Evaluated on"))
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            models.UniqueConstraint(fields=["expert", "reference", "evaluator"], name="expertevaluation_once"),
            models.CheckConstraint(condition=Q(score__lte=100), name="expertevaluation_is_out_of_100"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.score}"


class ExpertMeasureKind(models.TextChoices):
    """What the authority may do about an expert who fails his or her duty."""

    WARNED = "warned", _("Warned")
    SUSPENDED = "suspended", _("Suspended from panels")
    REMOVED = "removed", _("Removed from the register")


class ExpertMeasure(models.Model):
    """A warning, suspension or removal, with its decision."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="measures")
    kind = models.CharField(_("Measure"), max_length=10, choices=ExpertMeasureKind)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=300)
    decision_no = models.CharField(_("Decision number"), max_length=80)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("measure against an expert")
        verbose_name_plural = _("measures against experts")
        constraints = [
            models.UniqueConstraint(fields=["expert", "kind", "valid_from"], name="expertmeasure_begins_once_a_day"),
            ends_after_it_begins("expertmeasure"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from}"
