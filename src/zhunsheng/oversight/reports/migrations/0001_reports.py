import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating
from zhunsheng.platform.database.partitions import PartitionByMonth


def keep_compressed(apps, schema_editor):
    # The content is lz4 already: PostgreSQL must not try to squeeze it again.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE reports_reportcontent ALTER COLUMN bytes SET STORAGE EXTERNAL")


class Migration(migrations.Migration):
    replaces = [
        ("reports", "0001_store_reports"),
        ("reports", "0002_index_lists"),
        ("reports", "0003_parties_heard"),
        ("reports", "0004_drop_unused_assurance"),
        ("reports", "0005_electronic_seals"),
        ("reports", "0006_registrations"),
        ("reports", "0007_parties_of_reports"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
        ("matching", "0001_matching"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="BatchManifest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("key_id", models.CharField(max_length=80)),
                        ("signed_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("reports", models.PositiveIntegerField()),
                        ("content", models.BinaryField()),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.body"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("principal", models.CharField(max_length=64)),
                        ("key", models.CharField(max_length=255)),
                        ("request_digest", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("answer", models.JSONField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("principal", "key"), name="idempotency_key_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("body_slug", models.CharField(max_length=120)),
                        ("number", models.CharField(max_length=255)),
                        ("version", models.PositiveIntegerField()),
                        ("variant", models.PositiveIntegerField(default=0)),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("received_at", models.DateTimeField()),
                        ("issued_on", models.DateField(null=True)),
                        ("tested_from", models.DateField(null=True)),
                        ("tested_to", models.DateField(null=True)),
                        ("purpose", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("current", "Current"),
                                    ("replaced", "Corrected"),
                                    ("withdrawn", "Withdrawn"),
                                    ("completed", "Full data received"),
                                ],
                                default="current",
                                max_length=16,
                            ),
                        ),
                        ("withdraws", models.BooleanField(default=False)),
                        ("points_to", models.CharField(blank=True, max_length=300)),
                        (
                            "assurance",
                            models.CharField(
                                choices=[
                                    ("signed", "Signed data"),
                                    ("eseal", "Electronic seal"),
                                    ("account", "Signed-in account"),
                                    ("publisher", "Publisher's file"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("api", "API"),
                                    ("batch", "Sent as a batch"),
                                    ("upload", "Web upload"),
                                    ("command", "Command line"),
                                    ("import", "Publisher's file"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("generated", models.BooleanField(default=False)),
                        ("object_text", models.TextField(blank=True)),
                        ("producer_text", models.TextField(blank=True)),
                        ("division_code", models.CharField(blank=True, max_length=12)),
                        ("verdict", models.CharField(blank=True, max_length=16)),
                        ("lines", models.PositiveIntegerField(default=0)),
                        ("failing", models.PositiveIntegerField(default=0)),
                        ("findings", models.PositiveIntegerField(default=0)),
                        ("worst", models.PositiveSmallIntegerField(default=0)),
                        ("entry_id", models.BigIntegerField()),
                        (
                            "body",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "manifest",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reports.batchmanifest",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="reports.report",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "completed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="completes",
                                to="reports.report",
                            ),
                        ),
                        ("held", models.BooleanField(default=True)),
                        ("registered", models.CharField(blank=True, default="", max_length=64)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["body", "-received_at"], name="report_by_body"),
                            models.Index(fields=["division_code", "-received_at"], name="report_by_division"),
                            models.Index(fields=["-received_at"], name="report_by_arrival"),
                            models.Index(fields=["number"], name="report_by_number"),
                            models.Index(
                                condition=models.Q(
                                    models.Q(("points_to", ""), _negated=True), ("replaces__isnull", True)
                                ),
                                fields=["points_to"],
                                name="report_dangling",
                            ),
                            models.Index(
                                condition=models.Q(("replaces__isnull", False)),
                                fields=["replaces"],
                                name="report_replacing",
                            ),
                            models.Index(
                                condition=models.Q(("worst__gte", 2)), fields=["-received_at"], name="report_serious"
                            ),
                            models.Index(
                                condition=models.Q(("held", False)),
                                fields=["body", "-received_at"],
                                name="report_by_digest_only",
                            ),
                            models.Index(
                                condition=models.Q(("registered", ""), _negated=True),
                                fields=["registered"],
                                name="report_registered",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("body", "number", "version", "variant"), name="report_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ("current", "replaced", "withdrawn", "completed"))),
                                name="report_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Occupation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("body_id", models.BigIntegerField()),
                        ("kind", models.CharField(max_length=16)),
                        ("code", models.CharField(max_length=128)),
                        ("site", models.CharField(blank=True, max_length=128)),
                        ("started", models.DateTimeField()),
                        ("finished", models.DateTimeField()),
                        (
                            "report",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reports.report",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["body_id", "code", "started", "finished", "site"], name="occupation_of"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("found_at", models.DateTimeField()),
                        ("rule", models.CharField(max_length=64)),
                        ("law_version", models.CharField(max_length=64)),
                        ("severity", models.PositiveSmallIntegerField()),
                        ("line", models.PositiveIntegerField(null=True)),
                        ("field", models.CharField(blank=True, max_length=128)),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "report",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="found",
                                to="reports.report",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["rule", "-found_at"], name="finding_by_rule"),
                            models.Index(fields=["severity", "-found_at"], name="finding_by_severity"),
                            models.Index(fields=["-found_at"], name="finding_by_time"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("attachment", "Attachment"), ("rendering", "Rendering")], max_length=16
                            ),
                        ),
                        ("sha256", models.CharField(db_index=True, max_length=64)),
                        ("kept", models.BooleanField()),
                        (
                            "report",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="reports.report",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "kind", "sha256"), name="report_file_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportContent",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "report_id",
                                "received_on",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("received_on", models.DateField()),
                        ("bytes", models.BinaryField()),
                        (
                            "report",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contents",
                                to="reports.report",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReportLine",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "report_id",
                                "line",
                                "received_on",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("received_on", models.DateField()),
                        ("parameter_text", models.TextField()),
                        ("parameter_id", models.BigIntegerField(null=True)),
                        ("method_text", models.TextField(blank=True)),
                        ("value_text", models.TextField(blank=True)),
                        ("unit", models.TextField(blank=True)),
                        ("verdict_text", models.TextField(blank=True)),
                        ("verdict", models.CharField(blank=True, max_length=16)),
                        (
                            "report",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="result_lines",
                                to="reports.report",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PartiesHeard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("leaf_index", models.BigIntegerField(default=-1)),
                        ("linked_index", models.BigIntegerField(default=-1)),
                    ],
                ),
                migrations.CreateModel(
                    name="ReportParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="matching.mention"
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parties",
                                to="reports.report",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "mention"), name="report_party_once")
                        ],
                    },
                ),
            ],
        ),
        PartitionByMonth("ReportContent", "received_on"),
        migrations.RunPython(keep_compressed, migrations.RunPython.noop),
        PartitionByMonth("ReportLine", "received_on"),
    ]
