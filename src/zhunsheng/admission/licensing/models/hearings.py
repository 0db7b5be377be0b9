"""What a body says before it is decided that its commitment, declaration or filing was untrue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.models.decisions import IssuedDocument
from zhunsheng.admission.licensing.models.verifications import Verification
from zhunsheng.platform.accounts.history import Recorded


class Hearing(models.Model):
    """The notice of what is to be decided, and the authority's answer to what the body stated in its defence.

    Its term runs from the service of the notice, by the limit that `law` names. A task that is sent back and found
    untrue anew is heard anew.
    """

    verification = models.ForeignKey(Verification, models.CASCADE, related_name="hearings")
    notice = models.OneToOneField(IssuedDocument, models.PROTECT, related_name="hearing")
    measure = models.CharField(_("Intended measure"), max_length=12)
    law = models.CharField(_("Rule and version"), max_length=120)
    reasons = models.TextField(_("Facts and reasons told"))
    told_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    told_at = models.DateTimeField(_("Told at"))
    warned_at = models.DateTimeField(_("End of the term told to the office"), null=True, blank=True)
    answer = models.TextField(_("Answer of the authority"), blank=True, default="")
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    lawful = models.BooleanField(_("Passed the legal check"), null=True, blank=True)
    opinion = models.TextField(_("Opinion of the legal check"), blank=True, default="")
    examined_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    examined_at = models.DateTimeField(_("Examined at"), null=True, blank=True)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("hearing of a body")
        verbose_name_plural = _("hearings of bodies")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | (Q(answered_by__isnull=False) & ~Q(answer="")),
                name="hearing_answer_has_who_and_words",
            ),
            models.CheckConstraint(
                condition=Q(examined_at=None, lawful=None)
                | (Q(examined_by__isnull=False, lawful__isnull=False, answered_at__isnull=False) & ~Q(opinion="")),
                name="hearing_opinion_has_who_and_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verification_id} {self.told_at:%Y-%m-%d}"


class HearingStatement(models.Model):
    """What somebody of the body stated; rows are only added. `final`: the body has nothing to add to it."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="statements")
    words = models.TextField(_("Statement and defence"), blank=True, default="")
    final = models.BooleanField(_("Nothing is to be added"), default=False)
    late = models.BooleanField(_("After the term"), default=False)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("At"))

    class Meta:
        verbose_name = _("statement of a body")
        verbose_name_plural = _("statements of bodies")
        constraints = [
            models.CheckConstraint(condition=Q(final=True) | ~Q(words=""), name="hearingstatement_says_something"),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class HearingFile(models.Model):
    """A file that a statement rests on."""

    statement = models.ForeignKey(HearingStatement, models.CASCADE, related_name="files")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)

    class Meta:
        verbose_name = _("file of a statement")
        verbose_name_plural = _("files of statements")
        constraints = [models.UniqueConstraint(fields=["statement", "file"], name="hearingfile_once")]

    def __str__(self) -> str:
        return self.name
