"""Issued certificates by version, what befell them, the public day list, and the serial numbers taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.platform.reading import language


class Occasion(models.TextChoices):
    """What a version of a certificate was issued for."""

    FIRST = "first", _("First accreditation")
    RENEWAL = "renewal", _("Renewal of the certificate")
    EXTENSION = "extension", _("Extension of scope")
    METHOD_YEAR = "method_year", _("Change of method")
    SITE = "site", _("Change of site")
    ADDRESS = "address", _("Change of address only in name")
    NAME = "name", _("Change of name or legal nature")
    PERSONS = "persons", _("Change of legal representative or managers")
    SIGNATORY = "signatory", _("Change of signatories")
    CANCEL_ITEM = "cancel_item", _("Giving up items")
    REDUCTION = "reduction", _("Items ended by a decision")


class Stage(models.TextChoices):
    """Which of a body's versions holds: the coming one takes over on its first day."""

    COMING = "coming", _("Holds from its first day on")
    CURRENT = "current", _("Current version")
    FORMER = "former", _("Earlier version")


class Certificate(models.Model):
    """One version of a body's certificate: what was printed and signed, by which decision, with which codes.

    A whole term makes a new number at version 1; every later change of the term makes the next version. `name`,
    `address` and `issuer` are as printed. A code stays with the next version while what it stands for is the same.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="certificates")
    accreditation = models.ForeignKey("bodies.Accreditation", models.PROTECT, related_name="versions")
    number = models.CharField(_("Certificate number"), max_length=60, db_index=True)
    version = models.PositiveIntegerField(_("Version"))
    stage = models.CharField(_("Stage"), max_length=8, choices=Stage)
    occasion = models.CharField(_("Issued for"), max_length=16, choices=Occasion)
    application_number = models.CharField(_("Application number"), max_length=40, blank=True, default="")
    decision_no = models.CharField(_("Decision number"), max_length=80, unique=True)
    decided_on = models.DateField(_("Decided on"))
    issued_at = models.DateTimeField(_("Issued at"))
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(_("Holds from"))
    valid_to = models.DateField(_("Valid until"), null=True)
    name = models.CharField(_("Name"), max_length=200)
    address = models.CharField(_("Address"), max_length=300, blank=True, default="")
    issuer = models.CharField(_("Issuing authority"), max_length=200)
    lines = models.PositiveIntegerField(_("Lines of the schedule"))
    added = models.PositiveIntegerField(_("Lines added"), default=0)
    ended = models.PositiveIntegerField(_("Lines ended"), default=0)
    notes = models.JSONField(_("Merged and normalised"), default=list)
    request_digest = models.CharField(max_length=64)
    law = models.JSONField(_("Law applied"), default=list)
    code = models.CharField(_("Code of the certificate"), max_length=80, db_index=True)
    code_digest = models.CharField(max_length=64)
    schedule_code = models.CharField(_("Code of the schedule"), max_length=80, db_index=True)
    schedule_digest = models.CharField(max_length=64)
    signatories_code = models.CharField(_("Code of the list of signatories"), max_length=80, blank=True, default="")
    signatories_digest = models.CharField(max_length=64, blank=True, default="")
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    generated = models.BooleanField(_("Made up for the demonstration"), default=False)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="certificate_version_once"),
            models.UniqueConstraint(fields=["body"], condition=Q(stage="current"), name="one_body_one_certificate"),
            models.UniqueConstraint(fields=["body"], condition=Q(stage="coming"), name="one_coming_certificate"),
            models.CheckConstraint(condition=~Q(decision_no=""), name="certificate_names_its_decision"),
        ]
        indexes = [
            models.Index(fields=["body", "-issued_at"], name="certificate_of_body"),
            models.Index(fields=["stage", "valid_from"], name="certificate_taking_over"),
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version}"


class MeasureKind(models.TextChoices):
    """What may befall a certificate."""

    SUSPEND = "suspend", _("Suspension")
    LIFT = "lift", _("End of a suspension")
    REDUCE = "reduce", _("Items ended")
    CANCEL = "cancel", _("Cancellation")
    REVOKE = "revoke", _("Revocation")


class Measure(models.Model):
    """One decision about a certificate, with its ground in law and its document; a decision number acts once.

    `certificate` is the version that held, empty for a certificate that was issued elsewhere and is in the register
    alone. `restored_at` is when a suspension was over and the codes were valid again.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="certificate_measures")
    accreditation = models.ForeignKey("bodies.Accreditation", models.PROTECT, related_name="measures")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="measures")
    kind = models.CharField(_("Measure"), max_length=8, choices=MeasureKind)
    ground = models.CharField(_("Ground"), max_length=60, blank=True, default="")
    basis = models.CharField(_("Legal basis"), max_length=300, blank=True, default="")
    decision_no = models.CharField(_("Decision number"), max_length=80, unique=True)
    on = models.DateField(_("Takes effect on"))
    until = models.DateField(_("Until"), null=True)
    lines = models.JSONField(_("Scope lines"), default=list)
    why = models.CharField(_("Reason"), max_length=300)
    restored_at = models.DateTimeField(_("Valid again at"), null=True)
    taken_at = models.DateTimeField(_("Entered at"))
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("measure on a certificate")
        verbose_name_plural = _("measures on certificates")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="lift") | (~Q(ground="") & ~Q(basis="")), name="certificatemeasure_has_a_ground"
            ),
            models.CheckConstraint(condition=~Q(decision_no=""), name="certificatemeasure_names_its_decision"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("on")), name="certificatemeasure_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(
                fields=["until"], condition=Q(kind="suspend", restored_at=None), name="certificatemeasure_running"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decision_no}"


class ListedKind(models.TextChoices):
    """What the day list announces."""

    GRANTED = "granted", _("Granted")
    PARTLY_GRANTED = "partly_granted", _("Partly granted")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    CHANGED = "changed", _("Changed")
    SUSPENDED = "suspended", _("Suspended")
    LIFTED = "lifted", _("Suspension ended")
    REDUCED = "reduced", _("Items ended")
    CANCELLED = "cancelled", _("Cancelled")
    REVOKED = "revoked", _("Revoked")


class ListedDecision(models.Model):
    """One item of the public day list: what was decided about whom, in words that everybody may read."""

    on = models.DateField(_("Day"), db_index=True)
    kind = models.CharField(_("Outcome"), max_length=16, choices=ListedKind)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, blank=True, related_name="listed_decisions")
    body_name = models.CharField(_("Body"), max_length=200)
    division = models.ForeignKey("accounts.Division", models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(_("Certificate number"), max_length=60, blank=True, default="")
    application_number = models.CharField(_("Application number"), max_length=40, blank=True, default="")
    decision_no = models.CharField(_("Decision number"), max_length=80, blank=True, default="")
    words = models.CharField(_("What was decided"), max_length=500)
    words_en = models.CharField(_("What was decided, in English"), max_length=500, blank=True, default="")
    announced_at = models.DateTimeField(_("Announced at"))
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("announced decision")
        verbose_name_plural = _("announced decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "application_number", "decision_no"], name="listeddecision_announced_once"
            ),
            models.CheckConstraint(
                condition=~Q(application_number="") | ~Q(decision_no=""), name="listeddecision_names_its_matter"
            ),
        ]
        indexes = [
            models.Index(fields=["-on", "-id"], name="listeddecision_by_day"),
            models.Index(fields=["kind", "-on"], name="listeddecision_by_kind"),
            models.Index(fields=["body", "-on"], name="listeddecision_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {self.body_name}"

    @property
    def local_words(self) -> str:
        """What was decided, in the reader's language; Chinese where nobody said it in English."""
        return self.words_en if self.words_en and language() == "en" else self.words

    @property
    def local_body(self) -> str:
        """The body in the reader's language, by the name that it had when the decision was announced."""
        if language() == "en" and self.body is not None and self.body.name == self.body_name:
            return self.body.name_en or self.body_name
        return self.body_name


class Serial(models.Model):
    """The last serial number taken within some parts of a number (a key such as year26-issuer19)."""

    within = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.within}: {self.last}"
