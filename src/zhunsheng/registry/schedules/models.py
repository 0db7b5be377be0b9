"""Schedules as files and lines, the questions that their doubtful texts raise, and the decisions that answer them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class Stage(models.TextChoices):
    """How far a schedule has come."""

    READING = "reading", _("Being read")
    READ = "read", _("Read, not entered")
    ENTERING = "entering", _("Being entered in the register")
    ENTERED = "entered", _("Entered in the register")
    REFUSED = "refused", _("Refused, unreadable")


class Kind(models.TextChoices):
    """What a question is about."""

    OBJECT = "object", _("Test object")
    PARAMETER = "parameter", _("Parameter")
    METHOD = "method", _("Method")
    PERSON = "person", _("Signatory")


LINE_KINDS = (Kind.OBJECT, Kind.PARAMETER, Kind.METHOD)
"""What a line of scope has; the other kind is about the table of signatories."""


class Schedule(models.Model):
    """One file of one body. `rows_done` counts rows of the file whose lines are stored, so that reading resumes."""

    body = models.ForeignKey("bodies.Body", models.CASCADE, related_name="schedules")
    accreditation = models.ForeignKey("bodies.Accreditation", models.CASCADE, related_name="schedules")
    name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    whole = models.BooleanField(
        _("All or nothing"), default=True, help_text=_("One bad row keeps the whole file out of the register.")
    )
    stage = models.CharField(_("Stage"), max_length=10, choices=Stage, default=Stage.READING)
    on = models.DateField(_("Editions as of"))
    confidence = models.FloatField(_("Lowest confidence accepted"))
    rule_version = models.CharField(max_length=80)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    lines_total = models.PositiveIntegerField(default=0)
    lines_entered = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    covered = models.PositiveIntegerField(default=0)
    signed = models.PositiveIntegerField(default=0)
    refusal = models.JSONField(default=dict, blank=True)
    signatories = models.JSONField(
        default=list, blank=True, help_text="As printed, of files read before signatories had rows of their own."
    )
    received_at = models.DateTimeField(_("Received"))
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    why = models.CharField(_("Reason"), max_length=300, blank=True, default="")
    history = Recorded(
        excluded_fields=["rows_total", "rows_done", "lines_total", "lines_entered", "problem_count", "signatories"]
    )

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [
            models.UniqueConstraint(fields=["body", "sha256"], name="schedule_once_per_body"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="schedule_stage_known"),
            models.CheckConstraint(
                condition=~Q(stage="entered") | Q(entered_at__isnull=False), name="schedule_entered_is_dated"
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "received_at"], name="schedule_by_stage"),
            models.Index(fields=["-received_at"], name="schedule_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def meaning(self) -> str:
        """How the stage is marked: good, attention, bad or waiting."""
        return {"read": "attention", "entered": "good", "refused": "bad"}.get(self.stage, "waiting")

    @property
    def working(self) -> bool:
        """Whether the worker is at it, so that a page asks again."""
        return self.stage in (Stage.READING, Stage.ENTERING)

    @property
    def percent(self) -> int:
        """How far the present step is, 0 to 100."""
        if self.stage == Stage.ENTERING:
            return min(100, 100 * self.lines_entered // max(self.lines_total, 1))
        return 100 if self.stage != Stage.READING else min(99, 100 * self.rows_done // max(self.rows_total, 1))


class ScheduleProblem(models.Model):
    """A row that could not be read: where, what stands there, why not, as a code with facts."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="problems")
    sheet = models.CharField(_("Sheet"), max_length=60, blank=True, default="")
    row = models.PositiveIntegerField(_("Row"))
    column = models.CharField(_("Column"), max_length=5, blank=True, default="")
    value = models.CharField(_("Text of the cell"), max_length=200, blank=True, default="")
    code = models.CharField(_("Reason"), max_length=40)
    facts = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.row}{self.column}: {self.code}"


class Question(models.Model):
    """A printed text that is in doubt, in its context: asked once, however many lines of however many files hold it.

    `key` is the normalised text; `context` the object of a parameter, the domain of an object, the title of a method.
    """

    kind = models.CharField(_("About"), max_length=10, choices=Kind)
    digest = models.CharField(max_length=40, unique=True)
    text = models.CharField(_("Printed text"), max_length=300)
    key = models.CharField(max_length=300)
    context = models.CharField(max_length=200, blank=True, default="")
    context_text = models.CharField(_("In context"), max_length=200, blank=True, default="")
    candidates = models.JSONField(default=list)
    reasons = models.JSONField(default=list)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """A person's answer to a question: an entry of the catalogue, or "stays as printed" (no target).

    Without a body it teaches all files of all bodies; with one, that body's. Undone, it teaches nothing, but stays.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="decisions")
    body = models.ForeignKey("bodies.Body", models.CASCADE, null=True, blank=True, related_name="+")
    target = models.BigIntegerField(null=True, blank=True)
    target_text = models.CharField(_("Decided as"), max_length=300, blank=True, default="")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("Decided"))
    why = models.CharField(_("Reason"), max_length=300)
    rule_version = models.CharField(max_length=80, blank=True, default="")
    undone_at = models.DateTimeField(_("Undone"), null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    undone_why = models.CharField(max_length=300, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(undone_at=None, body=None), name="decision_once_for_all"
            ),
            models.UniqueConstraint(
                fields=["question", "body"],
                condition=Q(undone_at=None) & ~Q(body=None),
                name="decision_once_per_body",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(undone_why=""), name="decision_undone_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["-at"], name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.question_id} → {self.target_text or self.target}"


class ScheduleLine(models.Model):
    """One line of scope that a row means, before it is entered.

    A part in doubt has its question and no id; a part that a person decided has the decision. `doubts` counts open
    questions; a line without doubts is ready. `reasons` are [part, code, fact] triples.
    """

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="lines", db_index=False)
    sheet = models.CharField(_("Sheet"), max_length=60, blank=True, default="")
    row = models.PositiveIntegerField(_("Row"))
    position = models.PositiveIntegerField()
    domain = models.CharField(_("Domain"), max_length=60, blank=True, default="")
    category = models.CharField(_("Category"), max_length=100, blank=True, default="")
    object_text = models.CharField(_("Test object"), max_length=200)
    parameter_text = models.CharField(_("Parameter"), max_length=200)
    method_text = models.CharField(_("Method"), max_length=300)
    clause = models.CharField(_("Clause"), max_length=60, blank=True, default="")
    limitation = models.CharField(_("Limitation"), max_length=500, blank=True, default="")
    remark = models.CharField(_("Remark"), max_length=300, blank=True, default="")
    site_text = models.CharField(_("Site"), max_length=200, blank=True, default="")
    method_base = models.CharField(max_length=150, blank=True, default="")
    method_year = models.PositiveSmallIntegerField(null=True, blank=True)
    site = models.ForeignKey("bodies.Site", models.PROTECT, null=True, related_name="+", db_index=False)
    object = models.ForeignKey("catalogue.TestObject", models.PROTECT, null=True, related_name="+", db_index=False)
    parameter = models.ForeignKey("catalogue.Parameter", models.PROTECT, null=True, related_name="+", db_index=False)
    edition = models.ForeignKey(
        "catalogue.StandardEdition", models.PROTECT, null=True, related_name="+", db_index=False
    )
    object_question = models.ForeignKey(
        Question, models.PROTECT, null=True, related_name="object_lines", db_index=False
    )
    object_decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="object_lines", db_index=False
    )
    parameter_question = models.ForeignKey(
        Question, models.PROTECT, null=True, related_name="parameter_lines", db_index=False
    )
    parameter_decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="parameter_lines", db_index=False
    )
    method_question = models.ForeignKey(
        Question, models.PROTECT, null=True, related_name="method_lines", db_index=False
    )
    method_decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="method_lines", db_index=False
    )
    confidence = models.FloatField(_("Confidence"))
    doubts = models.PositiveSmallIntegerField(default=0)
    entered = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)

    class Meta:
        verbose_name = _("line of a schedule")
        verbose_name_plural = _("lines of a schedule")
        constraints = [
            models.UniqueConstraint(fields=["schedule", "position"], name="scheduleline_once"),
        ]
        indexes = [
            models.Index(fields=["schedule", "doubts", "position"], name="scheduleline_doubtful"),
            models.Index(
                fields=["object_question"], condition=Q(object_question__isnull=False), name="scheduleline_obj_que"
            ),
            models.Index(
                fields=["object_decision"], condition=Q(object_decision__isnull=False), name="scheduleline_obj_dec"
            ),
            models.Index(
                fields=["parameter_question"],
                condition=Q(parameter_question__isnull=False),
                name="scheduleline_par_que",
            ),
            models.Index(
                fields=["parameter_decision"],
                condition=Q(parameter_decision__isnull=False),
                name="scheduleline_par_dec",
            ),
            models.Index(
                fields=["method_question"], condition=Q(method_question__isnull=False), name="scheduleline_met_que"
            ),
            models.Index(
                fields=["method_decision"], condition=Q(method_decision__isnull=False), name="scheduleline_met_dec"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.object_text} {self.parameter_text} {self.method_text}"


class ScheduleSignatory(models.Model):
    """One row of a file's table of signatories (授权签字人), before it is entered.

    No person and no doubt means somebody whom the register lacks. `signatory` is what the row became in the register,
    `made` whether it was new there.
    """

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="signing")
    position = models.PositiveIntegerField()
    sheet = models.CharField(_("Sheet"), max_length=60, blank=True, default="")
    row = models.PositiveIntegerField(_("Row"))
    name = models.CharField(_("Name"), max_length=100)
    title = models.CharField(_("Post or professional title"), max_length=100, blank=True, default="")
    field = models.CharField(_("Field of signature"), max_length=300)
    remark = models.CharField(_("Remark"), max_length=300, blank=True, default="")
    person = models.ForeignKey("bodies.Person", models.SET_NULL, null=True, related_name="+")
    person_question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="signatories")
    person_decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="signatories")
    doubts = models.PositiveSmallIntegerField(default=0)
    signatory = models.ForeignKey("bodies.Signatory", models.SET_NULL, null=True, related_name="+")
    entered = models.BooleanField(default=False)
    made = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("signatory of a schedule")
        verbose_name_plural = _("signatories of a schedule")
        constraints = [models.UniqueConstraint(fields=["schedule", "position"], name="schedulesignatory_once")]

    def __str__(self) -> str:
        return f"{self.row}: {self.name} {self.field}"
