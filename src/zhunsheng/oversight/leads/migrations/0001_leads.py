import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from zhunsheng.platform.database.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("accounts", "__first__"),
        ("bodies", "0001_bodies"),
        ("documents", "0001_stored_file"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Lead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="Number of the lead")),
                        ("source", models.CharField(max_length=20, verbose_name="Source")),
                        ("reference", models.CharField(max_length=120, verbose_name="Reference at the source")),
                        ("matter", models.CharField(max_length=40, verbose_name="Matter")),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("words", models.TextField(verbose_name="What was noticed")),
                        ("subject", models.CharField(blank=True, default="", max_length=200, verbose_name="Subject")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("new", "New, to be triaged"),
                                    ("watched", "Watched"),
                                    ("accepted", "Accepted, being checked"),
                                    ("referred", "Referred"),
                                    ("merged", "Merged into another"),
                                    ("dismissed", "Dismissed"),
                                    ("filed", "Filed as a case"),
                                    ("closed", "Closed without a case"),
                                ],
                                default="new",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Decide by")),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=120, verbose_name="Rule and version"),
                        ),
                        ("extended", models.BooleanField(default=False, verbose_name="Extended")),
                        ("outcome", models.CharField(blank=True, default="", max_length=500, verbose_name="Outcome")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed at")),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.division",
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Handled by",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="leads.lead",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lead",
                        "verbose_name_plural": "leads",
                        "indexes": [
                            models.Index(fields=["-opened_at", "-id"], name="lead_newest"),
                            models.Index(fields=["division", "stage", "-opened_at"], name="lead_inbox"),
                            models.Index(fields=["stage", "due_on"], name="lead_due"),
                            models.Index(fields=["matter", "-opened_at"], name="lead_matter"),
                            models.Index(fields=["source", "-opened_at"], name="lead_source"),
                            models.Index(fields=["body", "-opened_at"], name="lead_body"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "reference"), name="lead_once_per_source"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        [
                                            "new",
                                            "watched",
                                            "accepted",
                                            "referred",
                                            "merged",
                                            "dismissed",
                                            "filed",
                                            "closed",
                                        ],
                                    )
                                ),
                                name="lead_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("body__isnull", False), models.Q(("subject", ""), _negated=True), _connector="OR"
                                ),
                                name="lead_is_about_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "merged"), _negated=True),
                                    ("merged_into__isnull", False),
                                    _connector="OR",
                                ),
                                name="lead_merged_names_the_other",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalLead",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=20, verbose_name="Number of the lead")),
                        ("source", models.CharField(max_length=20, verbose_name="Source")),
                        ("reference", models.CharField(max_length=120, verbose_name="Reference at the source")),
                        ("matter", models.CharField(max_length=40, verbose_name="Matter")),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("words", models.TextField(verbose_name="What was noticed")),
                        ("subject", models.CharField(blank=True, default="", max_length=200, verbose_name="Subject")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("new", "New, to be triaged"),
                                    ("watched", "Watched"),
                                    ("accepted", "Accepted, being checked"),
                                    ("referred", "Referred"),
                                    ("merged", "Merged into another"),
                                    ("dismissed", "Dismissed"),
                                    ("filed", "Filed as a case"),
                                    ("closed", "Closed without a case"),
                                ],
                                default="new",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Decide by")),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=120, verbose_name="Rule and version"),
                        ),
                        ("extended", models.BooleanField(default=False, verbose_name="Extended")),
                        ("outcome", models.CharField(blank=True, default="", max_length=500, verbose_name="Outcome")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed at")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.division",
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Handled by",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="leads.lead",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical lead",
                        "verbose_name_plural": "historical leads",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="LeadEvidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="Kind")),
                        ("reference", models.CharField(max_length=200, verbose_name="Reference")),
                        ("sha256", models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256")),
                        ("words", models.CharField(blank=True, default="", max_length=300, verbose_name="In words")),
                        ("added_at", models.DateTimeField(verbose_name="Added at")),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="leads.lead",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence of a lead",
                        "verbose_name_plural": "evidence of leads",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lead", "kind", "reference", "sha256"), name="leadevidence_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("action", models.CharField(max_length=20)),
                        ("words", models.CharField(blank=True, default="", max_length=1000, verbose_name="In words")),
                        ("at", models.DateTimeField(verbose_name="At")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="leads.lead",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a lead",
                        "verbose_name_plural": "steps of leads",
                        "indexes": [models.Index(fields=["lead", "at"], name="leadstep_timeline")],
                    },
                ),
            ]
        ),
    ]
