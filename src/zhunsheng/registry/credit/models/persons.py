"""The integrity file of practitioners: what was decided about signatories, staff, assessors and experts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded


class PersonEvent(models.Model):
    """One thing decided about a practitioner: a person of a body, or an expert of the register. Never public."""

    person = models.ForeignKey("bodies.Person", models.PROTECT, null=True, blank=True, related_name="integrity")
    expert = models.ForeignKey("bodies.Expert", models.PROTECT, null=True, blank=True, related_name="integrity")
    kind = models.CharField(_("Kind of event"), max_length=40)
    law = models.CharField(_("Rule and version"), max_length=120)
    on = models.DateField(_("Day"))
    source = models.CharField(_("Source"), max_length=60)
    reference = models.CharField(_("Decision or file number"), max_length=120)
    words = models.CharField(_("What was established"), max_length=1000)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(_("Recorded at"))
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    withdrawn_why = models.CharField(_("Reason of withdrawal"), max_length=500, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("integrity event")
        verbose_name_plural = _("integrity events")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, expert=None) | Q(person=None, expert__isnull=False),
                name="personevent_of_one",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "reference"], condition=Q(expert=None), name="personevent_once"
            ),
            models.UniqueConstraint(
                fields=["expert", "kind", "reference"], condition=Q(person=None), name="personevent_expert_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="personevent_withdrawn_has_why"
            ),
        ]
        indexes = [models.Index(fields=["-on", "-id"], name="personevent_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class PersonAccount(models.Model):
    """Which account a person of a body signs in with, as an officer established; a name alone never links the two.

    `name` and `number_index` repeat whom the officer had before them: where the register gives the staff code to
    somebody else later, the link holds no more.
    """

    person = models.ForeignKey("bodies.Person", models.PROTECT, related_name="accounts", db_index=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=100)
    number_index = models.CharField(max_length=64, blank=True, default="", editable=False)
    linked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_index=False)
    linked_at = models.DateTimeField(_("Linked at"))
    ended_at = models.DateTimeField(_("Link ended at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("account of a person")
        verbose_name_plural = _("accounts of persons")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="personaccount_one_of_a_person"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("linked_at")), name="personaccount_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.user_id}"
