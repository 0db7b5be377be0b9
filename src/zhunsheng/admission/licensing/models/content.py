"""What an application holds: sites, lines of capability, people, files, the commitment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.lifecycle import LineAct, LineOutcome, PersonPost
from zhunsheng.admission.licensing.models.applications import Application
from zhunsheng.platform.accounts.history import Recorded


class ApplicationSite(models.Model):
    """A place where the applicant tests; `site` is the registered one where it exists already."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="sites")
    site = models.ForeignKey("bodies.Site", models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(_("Site code"), max_length=40)
    name = models.CharField(_("Name"), max_length=200, blank=True, default="")
    address = models.CharField(_("Address"), max_length=300)
    division = models.ForeignKey("accounts.Division", models.PROTECT, null=True, blank=True, related_name="+")
    tenure = models.CharField(_("Right to use the premises"), max_length=200, blank=True, default="")
    history = Recorded()

    class Meta:
        verbose_name = _("site of an application")
        verbose_name_plural = _("sites of applications")
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="applicationsite_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".rstrip()


class ApplicationLine(models.Model):
    """One line of capability asked for: object, parameter, method, site, and what is to become of it.

    `object`, `parameter` and `edition` are the catalogue's rows; the texts stand as printed. `scope_line` is the line
    of the register that is kept, replaced or given up. `found` is what the review found, `outcome` what was
    decided: a refusal as a whole leaves what was found of each line as it is.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField(_("Line"))
    act = models.CharField(_("Asked for"), max_length=8, choices=LineAct, default=LineAct.ADD)
    scope_line = models.ForeignKey("bodies.ScopeLine", models.SET_NULL, null=True, blank=True, related_name="+")
    site = models.ForeignKey(
        ApplicationSite, models.PROTECT, null=True, blank=True, related_name="lines", db_index=False
    )
    domain = models.CharField(_("Domain"), max_length=60, blank=True, default="")
    category = models.CharField(_("Category"), max_length=100, blank=True, default="")
    object = models.ForeignKey(
        "catalogue.TestObject", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    object_text = models.CharField(_("Test object"), max_length=200)
    parameter = models.ForeignKey(
        "catalogue.Parameter", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    parameter_text = models.CharField(_("Parameter"), max_length=200)
    edition = models.ForeignKey(
        "catalogue.StandardEdition", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    method_text = models.CharField(_("Method"), max_length=300)
    clause = models.CharField(_("Clause"), max_length=60, blank=True, default="")
    limitation = models.CharField(_("Limitation"), max_length=500, blank=True, default="")
    remark = models.CharField(_("Remark"), max_length=300, blank=True, default="")
    found = models.CharField(_("Found by the review"), max_length=12, choices=LineOutcome, blank=True, default="")
    found_why = models.CharField(_("Reason of the finding"), max_length=500, blank=True, default="")
    outcome = models.CharField(_("Outcome"), max_length=12, choices=LineOutcome, default=LineOutcome.PENDING)
    reason = models.CharField(_("Reason of the outcome"), max_length=500, blank=True, default="")
    history = Recorded(reason_required=True, no_db_index=["scope_line", "site", "object", "parameter", "edition"])

    class Meta:
        verbose_name = _("line of an application")
        verbose_name_plural = _("lines of applications")
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="applicationline_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.object_text} {self.parameter_text} {self.method_text}"


class ApplicationPerson(models.Model):
    """Somebody whom the application names for a post; a signatory with the fields that he or she may sign."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="people")
    post = models.CharField(_("Post"), max_length=10, choices=PersonPost)
    name = models.CharField(_("Name"), max_length=100)
    title = models.CharField(_("Post or professional title"), max_length=100, blank=True, default="")
    education = models.CharField(_("Education and years of work"), max_length=100, blank=True, default="")
    fields = models.CharField(_("Authorised signing fields"), max_length=500, blank=True, default="")
    site = models.ForeignKey(ApplicationSite, models.PROTECT, null=True, blank=True, related_name="people")
    remark = models.CharField(_("Remark"), max_length=300, blank=True, default="")
    leaves = models.BooleanField(_("Leaves this post"), default=False)
    history = Recorded()

    class Meta:
        verbose_name = _("person of an application")
        verbose_name_plural = _("people of applications")
        constraints = [
            models.UniqueConstraint(fields=["application", "post", "name"], name="applicationperson_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file handed in; the same content in another application is found by its digest."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    material = models.CharField(_("Material"), max_length=40)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField(_("Added at"))
    removed_at = models.DateTimeField(_("Removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "material", "file"], condition=Q(removed_at=None), name="attachment_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Commitment(models.Model):
    """The commitment or declaration that a legal representative signed, with the text and version of that day.

    `level` says how it was signed: by the body's key over the application's digest, or by the person's password.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="commitments")
    law = models.CharField(_("Text and version"), max_length=120)
    text = models.TextField(_("Text"))
    digest = models.CharField(_("SHA-256 of what was signed"), max_length=64)
    level = models.CharField(_("Level of assurance"), max_length=20)
    key_id = models.CharField(_("Key name"), max_length=80, blank=True, default="")
    signature = models.CharField(_("Signature"), max_length=200, blank=True, default="")
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    signed_at = models.DateTimeField(_("Signed at"))

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def __str__(self) -> str:
        return f"{self.law} {self.signed_at:%Y-%m-%d}"
