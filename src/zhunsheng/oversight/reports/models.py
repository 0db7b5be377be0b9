"""Stored reports: a narrow index, the canonical bytes, the result lines, who worked where, and what was found.

Rows of reports, contents, lines and findings are written by `services.intake` alone and in bulk. Big tables carry
no foreign-key constraint to the report (one trigger a row is too dear); the ledger's auditor proves that they agree.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.reports import lifecycle
from zhunsheng.oversight.reports.format.proofs import code_of


class Assurance(models.TextChoices):
    """How sure we are who sent a report, from the strongest down."""

    SIGNED = "signed", _("Signed data")
    ESEAL = "eseal", _("Electronic seal")
    ACCOUNT = "account", _("Signed-in account")
    PUBLISHER = "publisher", _("Publisher's file")


class State(models.TextChoices):
    """How a report version stands."""

    CURRENT = lifecycle.CURRENT, _("Current")
    REPLACED = lifecycle.REPLACED, _("Corrected")
    WITHDRAWN = lifecycle.WITHDRAWN, _("Withdrawn")
    COMPLETED = lifecycle.COMPLETED, _("Full data received")


class Channel(models.TextChoices):
    """The way a report came in."""

    API = "api", _("API")
    BATCH = "batch", _("Sent as a batch")
    UPLOAD = "upload", _("Web upload")
    COMMAND = "command", _("Command line")
    IMPORT = "import", _("Publisher's file")


class BatchManifest(models.Model):
    """A body's one signature over the digests of a whole batch, kept as evidence of who vouched for them."""

    digest = models.CharField(max_length=64, unique=True)
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    key_id = models.CharField(max_length=80)
    signed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    reports = models.PositiveIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest[:16]


class Report(models.Model):
    """One version of one report as it was received: the narrow row that lists and look-ups read.

    `held` is false where only number and digests were registered; `registered` is then the digest of the full data, as
    far as it was stated, and `completed_by` the report that brought them later.
    """

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+", db_index=False)
    body_slug = models.CharField(max_length=120)
    number = models.CharField(max_length=255)
    version = models.PositiveIntegerField()
    variant = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    issued_on = models.DateField(null=True)
    tested_from = models.DateField(null=True)
    tested_to = models.DateField(null=True)
    purpose = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.CURRENT)
    replaces = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        db_constraint=False,
        db_index=False,
    )
    withdraws = models.BooleanField(default=False)
    points_to = models.CharField(max_length=300, blank=True)
    assurance = models.CharField(max_length=16, choices=Assurance.choices)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    manifest = models.ForeignKey(
        BatchManifest, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    generated = models.BooleanField(default=False)
    object_text = models.TextField(blank=True)
    producer_text = models.TextField(blank=True)
    division_code = models.CharField(max_length=12, blank=True)
    verdict = models.CharField(max_length=16, blank=True)
    lines = models.PositiveIntegerField(default=0)
    failing = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)
    worst = models.PositiveSmallIntegerField(default=0)
    entry_id = models.BigIntegerField()
    held = models.BooleanField(default=True)
    registered = models.CharField(max_length=64, blank=True, default="")
    completed_by = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="completes",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "number", "version", "variant"], name="report_once"),
            models.CheckConstraint(condition=models.Q(state__in=lifecycle.STATES), name="report_state_known"),
        ]
        indexes = [
            models.Index(fields=["body", "-received_at"], name="report_by_body"),
            models.Index(fields=["division_code", "-received_at"], name="report_by_division"),
            models.Index(fields=["-received_at"], name="report_by_arrival"),
            models.Index(fields=["number"], name="report_by_number"),
            models.Index(fields=["-received_at"], name="report_serious", condition=models.Q(worst__gte=2)),
            models.Index(
                fields=["points_to"],
                name="report_dangling",
                condition=~models.Q(points_to="") & models.Q(replaces__isnull=True),
            ),
            models.Index(fields=["body", "-received_at"], name="report_by_digest_only", condition=models.Q(held=False)),
            models.Index(fields=["registered"], name="report_registered", condition=~models.Q(registered="")),
            models.Index(fields=["replaces"], name="report_replacing", condition=models.Q(replaces__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version}"

    @property
    def code(self) -> str:
        """The 16 characters printed on the report, from the digest of its full data; look up with `lookups.by_codes`.

        Where no such digest was registered, they come from the registration.
        """
        return code_of(self.registered or self.digest)

    @property
    def public_code(self) -> str:
        """What stands in the verification address: body and code."""
        return f"{self.body_slug}-{self.code}"


class ReportContent(models.Model):
    """The canonical bytes of a report with its proof, compressed, partitioned by month of arrival on PostgreSQL."""

    pk = models.CompositePrimaryKey("report_id", "received_on")
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="contents", db_constraint=False, db_index=False
    )
    received_on = models.DateField()
    bytes = models.BinaryField()

    def __str__(self) -> str:
        return f"content of {self.report_id}"


class ReportLine(models.Model):
    """One result as published: texts verbatim, the parameter recognised where the catalogue knows it.

    `line` is the place in `results`, from 1; `verdict` is what `verdict_text` means: pass, fail, undecided or empty.
    """

    pk = models.CompositePrimaryKey("report_id", "line", "received_on")
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="result_lines", db_constraint=False, db_index=False
    )
    line = models.PositiveIntegerField()
    received_on = models.DateField()
    parameter_text = models.TextField()
    parameter_id = models.BigIntegerField(null=True)
    method_text = models.TextField(blank=True)
    value_text = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    verdict_text = models.TextField(blank=True)
    verdict = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return f"{self.parameter_text} {self.value_text} {self.unit}".strip()


class Occupation(models.Model):
    """A person or an instrument at work somewhere for a time, by one report: for "in two places at once"."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    body_id = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    code = models.CharField(max_length=128)
    site = models.CharField(max_length=128, blank=True)
    started = models.DateTimeField()
    finished = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["body_id", "code", "started", "finished", "site"], name="occupation_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.started:%Y-%m-%d %H:%M}"


class Finding(models.Model):
    """What one rule found in one report, with the law entry's version and the facts it judged by."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="found", db_constraint=False)
    found_at = models.DateTimeField()
    rule = models.CharField(max_length=64)
    law_version = models.CharField(max_length=64)
    severity = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField(null=True)
    field = models.CharField(max_length=128, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["rule", "-found_at"], name="finding_by_rule"),
            models.Index(fields=["severity", "-found_at"], name="finding_by_severity"),
            models.Index(fields=["-found_at"], name="finding_by_time"),
        ]

    def __str__(self) -> str:
        return self.rule


class ReportFile(models.Model):
    """A file by which a report can be recognised: an attachment it names, or a rendering that we made of it.

    `kept` says whether the file store holds it.
    """

    class Kind(models.TextChoices):
        """Where the file comes from."""

        ATTACHMENT = "attachment", _("Attachment")
        RENDERING = "rendering", _("Rendering")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files", db_constraint=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    sha256 = models.CharField(max_length=64, db_index=True)
    kept = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "kind", "sha256"], name="report_file_once")]

    def __str__(self) -> str:
        return self.sha256[:16]


class PartiesHeard(models.Model):
    """One row: up to which leaf of the log the names in reports were passed on to matching, and linked to it."""

    leaf_index = models.BigIntegerField(default=-1)
    linked_index = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return str(self.leaf_index)


class ReportParty(models.Model):
    """A report speaks of this name, as producer, client or subcontractor; whom the name means is matching's to say."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="parties", db_index=False)
    mention = models.ForeignKey("matching.Mention", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "mention"], name="report_party_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.mention_id}"


class IdempotencyKey(models.Model):
    """A sender's own key for one request: the same key again gets the same answer, with another request a refusal."""

    principal = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principal", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
