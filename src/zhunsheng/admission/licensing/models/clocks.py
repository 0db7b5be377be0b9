"""The clocks of an application: which limit ran, when it stood still, when it was met."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.models.applications import Application


class ClockRun(models.Model):
    """One limit of law running for one application; `due_on` is empty while the holidays are not announced.

    The statutory limit binds; the promised one is shorter and shown beside it.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="clocks", db_index=False)
    clock = models.CharField(_("Clock"), max_length=40)
    law = models.CharField(_("Rule and version"), max_length=120)
    started_on = models.DateField(_("Runs from"))
    days = models.PositiveSmallIntegerField(_("Working days"))
    promised_days = models.PositiveSmallIntegerField(_("Promised working days"), null=True, blank=True)
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    promised_on = models.DateField(_("Promised for"), null=True, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    used_days = models.PositiveSmallIntegerField(_("Working days used"), null=True, blank=True)
    outcome = models.CharField(_("How it ended"), max_length=20, blank=True, default="")

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "clock"], condition=Q(ended_on=None), name="clockrun_runs_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="clockrun_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["application", "started_on"], name="clockrun_of"),
            models.Index(fields=["clock", "ended_on", "used_days"], name="clockrun_durations"),
            models.Index(fields=["due_on"], condition=Q(ended_on=None), name="clockrun_running"),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.started_on}"


class ClockStop(models.Model):
    """A stretch in which a clock stood still, with the reason; open while `until` is empty. Both days are inclusive."""

    run = models.ForeignKey(ClockRun, models.CASCADE, related_name="stops")
    cause = models.CharField(_("Cause"), max_length=40)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"), null=True, blank=True)
    words = models.CharField(_("Reason"), max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("suspension of a clock")
        verbose_name_plural = _("suspensions of clocks")
        constraints = [
            models.UniqueConstraint(fields=["run"], condition=Q(until=None), name="clockstop_open_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="clockstop_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.since}"
