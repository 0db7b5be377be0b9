import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.accounts.sealed_field
import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [
        ("enforcement", "0001_enforcement"),
        ("enforcement", "0002_documents"),
        ("enforcement", "0003_clocks"),
        ("enforcement", "0004_clocks_counted"),
        ("enforcement", "0005_joint"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0002_an_expert_has_an_account_of_its_own"),
        ("documents", "0001_stored_file"),
        ("leads", "0001_leads_and_clocks"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, unique=True, verbose_name="Case number")),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("subject", models.CharField(max_length=200, verbose_name="Party")),
                        ("matter", models.CharField(max_length=40, verbose_name="Matter")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("investigating", "Under investigation"),
                                    ("reviewing", "Under legal review"),
                                    ("reviewed", "Reviewed, notice to be given"),
                                    ("notified", "Notice given, statement awaited"),
                                    ("hearing", "Hearing asked for"),
                                    ("deciding", "To be decided"),
                                    ("decided", "Decided, to be served"),
                                    ("served", "Served, being carried out"),
                                    ("closed", "Closed"),
                                    ("dropped", "Dropped"),
                                    ("transferred", "Transferred to the police"),
                                ],
                                default="investigating",
                                max_length=15,
                                verbose_name="Stage",
                            ),
                        ),
                        ("filed_at", models.DateTimeField(verbose_name="Filed at")),
                        ("filed_on", models.DateField(verbose_name="Filed on")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Decide by")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="Decided on")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed at")),
                        (
                            "closed_why",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Why it was closed"),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
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
                            "filed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "investigator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Investigator in charge",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Second investigator",
                            ),
                        ),
                        ("hearing_offered", models.BooleanField(default=False, verbose_name="Hearing offered")),
                        ("statement_due_on", models.DateField(blank=True, null=True, verbose_name="Statement until")),
                        ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="Escalated at")),
                        (
                            "escalated_to",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "next_clock",
                            models.CharField(blank=True, default="", max_length=20, verbose_name="What falls due"),
                        ),
                        ("next_due_on", models.DateField(blank=True, null=True, verbose_name="Falls due on")),
                        ("warn_on", models.DateField(blank=True, null=True, verbose_name="Near from")),
                        ("warned_at", models.DateTimeField(blank=True, null=True, verbose_name="Warned at")),
                        (
                            "joint",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("one", "One decision in the name of the authority that handles it"),
                                    ("each", "Each decides in its own name"),
                                ],
                                default="",
                                max_length=4,
                                verbose_name="Decided jointly",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case",
                        "verbose_name_plural": "cases",
                        "indexes": [
                            models.Index(fields=["-filed_at", "-id"], name="case_newest"),
                            models.Index(fields=["division", "stage", "-filed_at"], name="case_inbox"),
                            models.Index(fields=["stage", "due_on"], name="case_due"),
                            models.Index(fields=["body", "-filed_at"], name="case_body"),
                            models.Index(fields=["matter", "-filed_at"], name="case_matter"),
                            models.Index(fields=["division", "next_due_on"], name="case_next_due"),
                            models.Index(
                                condition=models.Q(("escalated_at", None)),
                                fields=["next_due_on"],
                                name="case_to_escalate",
                            ),
                            models.Index(
                                condition=models.Q(("warned_at", None)), fields=["warn_on"], name="case_to_warn"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        [
                                            "investigating",
                                            "reviewing",
                                            "reviewed",
                                            "notified",
                                            "hearing",
                                            "deciding",
                                            "decided",
                                            "served",
                                            "closed",
                                            "dropped",
                                            "transferred",
                                        ],
                                    )
                                ),
                                name="case_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("subject", ""), _negated=True), name="case_has_a_party"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("second", None),
                                    models.Q(("second", models.F("investigator")), _negated=True),
                                    _connector="OR",
                                ),
                                name="case_two_investigators",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ["decided", "served"]), _negated=True),
                                    ("decided_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="case_decided_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="Kind")),
                        ("words", models.TextField(blank=True, default="", verbose_name="In words")),
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
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="enforcement.case",
                            ),
                        ),
                        ("digest", models.CharField(default="", max_length=64, verbose_name="Digest")),
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
                            "file_name",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="File name"),
                        ),
                        ("values", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "verbose_name": "event of a case",
                        "verbose_name_plural": "events of cases",
                        "indexes": [models.Index(fields=["case", "-at", "-id"], name="caseevent_timeline")],
                    },
                ),
                migrations.CreateModel(
                    name="CaseFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                        ("violation", models.CharField(max_length=60, verbose_name="Violation")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("words", models.TextField(verbose_name="What was found")),
                        ("on", models.DateField(verbose_name="Day of the conduct")),
                        ("field", models.CharField(blank=True, default="", max_length=20, verbose_name="Field of law")),
                        (
                            "fee",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Fees taken"
                            ),
                        ),
                        (
                            "gain",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Unlawful gains"
                            ),
                        ),
                        (
                            "goods",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Value of goods"
                            ),
                        ),
                        ("circumstances", models.JSONField(blank=True, default=list, verbose_name="Circumstances")),
                        ("causes", models.JSONField(blank=True, default=list, verbose_name="Causes")),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="enforcement.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "finding of a case",
                        "verbose_name_plural": "findings of cases",
                        "indexes": [models.Index(fields=["violation"], name="casefinding_like_cases")],
                        "constraints": [models.UniqueConstraint(fields=("case", "number"), name="casefinding_once")],
                    },
                ),
                migrations.CreateModel(
                    name="CaseLead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leads",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "lead",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="case_lead", to="leads.lead"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("case", "lead"), name="caselead_once")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCase",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=30, verbose_name="Case number")),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("subject", models.CharField(max_length=200, verbose_name="Party")),
                        ("matter", models.CharField(max_length=40, verbose_name="Matter")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("investigating", "Under investigation"),
                                    ("reviewing", "Under legal review"),
                                    ("reviewed", "Reviewed, notice to be given"),
                                    ("notified", "Notice given, statement awaited"),
                                    ("hearing", "Hearing asked for"),
                                    ("deciding", "To be decided"),
                                    ("decided", "Decided, to be served"),
                                    ("served", "Served, being carried out"),
                                    ("closed", "Closed"),
                                    ("dropped", "Dropped"),
                                    ("transferred", "Transferred to the police"),
                                ],
                                default="investigating",
                                max_length=15,
                                verbose_name="Stage",
                            ),
                        ),
                        ("filed_at", models.DateTimeField(verbose_name="Filed at")),
                        ("filed_on", models.DateField(verbose_name="Filed on")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Decide by")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="Decided on")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed at")),
                        (
                            "closed_why",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Why it was closed"),
                        ),
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
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
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
                            "filed_by",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "investigator",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Investigator in charge",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Second investigator",
                            ),
                        ),
                        ("hearing_offered", models.BooleanField(default=False, verbose_name="Hearing offered")),
                        ("statement_due_on", models.DateField(blank=True, null=True, verbose_name="Statement until")),
                        (
                            "joint",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("one", "One decision in the name of the authority that handles it"),
                                    ("each", "Each decides in its own name"),
                                ],
                                default="",
                                max_length=4,
                                verbose_name="Decided jointly",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical case",
                        "verbose_name_plural": "historical cases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCaseFinding",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                        ("violation", models.CharField(max_length=60, verbose_name="Violation")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("words", models.TextField(verbose_name="What was found")),
                        ("on", models.DateField(verbose_name="Day of the conduct")),
                        ("field", models.CharField(blank=True, default="", max_length=20, verbose_name="Field of law")),
                        (
                            "fee",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Fees taken"
                            ),
                        ),
                        (
                            "gain",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Unlawful gains"
                            ),
                        ),
                        (
                            "goods",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Value of goods"
                            ),
                        ),
                        ("circumstances", models.JSONField(blank=True, default=list, verbose_name="Circumstances")),
                        ("causes", models.JSONField(blank=True, default=list, verbose_name="Causes")),
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
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
                    ],
                    options={
                        "verbose_name": "historical finding of a case",
                        "verbose_name_plural": "historical findings of cases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLawConfirmation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("entry", models.CharField(max_length=60, verbose_name="Rule")),
                        ("version", models.CharField(max_length=30, verbose_name="Version")),
                        (
                            "text_seen",
                            models.CharField(max_length=300, verbose_name="Text of the law that was compared"),
                        ),
                        ("at", models.DateTimeField(verbose_name="Confirmed at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn at")),
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
                            "by",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical confirmation of a rule",
                        "verbose_name_plural": "historical confirmations of rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="LawConfirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entry", models.CharField(max_length=60, verbose_name="Rule")),
                        ("version", models.CharField(max_length=30, verbose_name="Version")),
                        (
                            "text_seen",
                            models.CharField(max_length=300, verbose_name="Text of the law that was compared"),
                        ),
                        ("at", models.DateTimeField(verbose_name="Confirmed at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn at")),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "confirmation of a rule",
                        "verbose_name_plural": "confirmations of rules",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("entry", "version"),
                                name="lawconfirmation_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCasePause",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("testing", "Testing or inspection"),
                                    ("appraisal", "Appraisal"),
                                    ("hearing", "Hearing"),
                                    ("notice", "Public notice"),
                                    ("police", "With the police"),
                                ],
                                max_length=12,
                                verbose_name="Cause",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="Since")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("words", models.CharField(max_length=300, verbose_name="In words")),
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
                            "by",
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
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
                    ],
                    options={
                        "verbose_name": "historical pause of a case",
                        "verbose_name_plural": "historical pauses of cases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDecision",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "number",
                            models.CharField(db_index=True, max_length=60, verbose_name="Number of the decision"),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("punished", "Penalty"),
                                    ("waived", "No penalty"),
                                    ("unproved", "Breach not established"),
                                ],
                                max_length=14,
                                verbose_name="Result",
                            ),
                        ),
                        ("words", models.TextField(verbose_name="Facts and reasons")),
                        ("on", models.DateField(verbose_name="Decided on")),
                        ("at", models.DateTimeField(verbose_name="Written at")),
                        ("sha256", models.CharField(max_length=64, verbose_name="Digest")),
                        (
                            "state",
                            models.CharField(
                                choices=[("in_force", "In force"), ("changed", "Changed"), ("annulled", "Annulled")],
                                default="in_force",
                                max_length=10,
                                verbose_name="Standing",
                            ),
                        ),
                        ("state_on", models.DateField(blank=True, null=True, verbose_name="Standing since")),
                        ("state_why", models.CharField(blank=True, default="", max_length=500, verbose_name="By what")),
                        ("published_due_on", models.DateField(blank=True, null=True, verbose_name="Publish by")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="Published at")),
                        ("published_until", models.DateField(blank=True, null=True, verbose_name="Shown until")),
                        ("hidden_at", models.DateTimeField(blank=True, null=True, verbose_name="Taken down at")),
                        (
                            "hidden_why",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Why it was taken down"
                            ),
                        ),
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
                            "by",
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
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
                    ],
                    options={
                        "verbose_name": "historical decision of a case",
                        "verbose_name_plural": "historical decisions of cases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEvidenceHold",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("items", models.TextField(verbose_name="What is held")),
                        ("place", models.CharField(max_length=200, verbose_name="Place")),
                        ("held_at", models.DateTimeField(verbose_name="Held since")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Decide about it by")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "outcome",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="What became of it"),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
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
                            "by",
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
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
                    ],
                    options={
                        "verbose_name": "historical evidence hold",
                        "verbose_name_plural": "historical evidence holds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPenalty",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("consequence", models.CharField(max_length=60, verbose_name="Consequence")),
                        ("version", models.CharField(max_length=30, verbose_name="Version")),
                        ("kind", models.CharField(max_length=20, verbose_name="Kind")),
                        ("basis", models.CharField(max_length=200, verbose_name="Basis")),
                        ("words", models.CharField(max_length=300, verbose_name="In words")),
                        ("target", models.CharField(max_length=10, verbose_name="On whom")),
                        (
                            "person",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="Person"
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Amount in yuan"
                            ),
                        ),
                        (
                            "least",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Least by law"
                            ),
                        ),
                        (
                            "most",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Most by law"
                            ),
                        ),
                        (
                            "band_least",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="Least by benchmark",
                            ),
                        ),
                        (
                            "band_most",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Most by benchmark"
                            ),
                        ),
                        ("step", models.CharField(max_length=10, verbose_name="Step")),
                        ("departs", models.BooleanField(default=False, verbose_name="Outside the benchmark")),
                        (
                            "why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Why outside the benchmark"
                            ),
                        ),
                        ("measure", models.CharField(blank=True, default="", max_length=10, verbose_name="Measure")),
                        (
                            "ground",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Ground of the measure"
                            ),
                        ),
                        ("lines", models.JSONField(blank=True, default=list, verbose_name="Lines of the schedule")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn at")),
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "finding",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.casefinding",
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
                    ],
                    options={
                        "verbose_name": "historical penalty",
                        "verbose_name_plural": "historical penalties",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPoliceTransfer",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("words", models.TextField(verbose_name="Facts of the suspected crime")),
                        ("reported_at", models.DateTimeField(verbose_name="Reported at")),
                        ("decide_by", models.DateField(verbose_name="Decide by")),
                        ("approved", models.BooleanField(blank=True, null=True, verbose_name="Transferred")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("reasons", models.CharField(blank=True, default="", max_length=1000, verbose_name="Reasons")),
                        ("send_by", models.DateTimeField(blank=True, null=True, verbose_name="Send by")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="Sent at")),
                        ("documents", models.JSONField(default=list, verbose_name="Documents of the file")),
                        ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="Answer expected by")),
                        (
                            "answer",
                            models.CharField(
                                blank=True, default="", max_length=1000, verbose_name="Answer of the police"
                            ),
                        ),
                        ("accepted", models.BooleanField(blank=True, null=True, verbose_name="Accepted by the police")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="Answered at")),
                        ("reconsider_by", models.DateField(blank=True, null=True, verbose_name="Ask to reconsider by")),
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "first",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="leads.referral",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical transfer to the police",
                        "verbose_name_plural": "historical transfers to the police",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSevereEntry",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("subject", models.CharField(max_length=200, verbose_name="Party")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("since", models.DateField(verbose_name="Listed since")),
                        ("until", models.DateField(verbose_name="Listed until")),
                        ("words", models.CharField(max_length=1000, verbose_name="Reasons")),
                        ("removed_on", models.DateField(blank=True, null=True, verbose_name="Removed on")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Why it was removed"),
                        ),
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
                            "by",
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
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
                    ],
                    options={
                        "verbose_name": "historical entry of the severe list",
                        "verbose_name_plural": "historical entries of the severe list",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Penalty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("consequence", models.CharField(max_length=60, verbose_name="Consequence")),
                        ("version", models.CharField(max_length=30, verbose_name="Version")),
                        ("kind", models.CharField(max_length=20, verbose_name="Kind")),
                        ("basis", models.CharField(max_length=200, verbose_name="Basis")),
                        ("words", models.CharField(max_length=300, verbose_name="In words")),
                        ("target", models.CharField(max_length=10, verbose_name="On whom")),
                        (
                            "person",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="Person"
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Amount in yuan"
                            ),
                        ),
                        (
                            "least",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Least by law"
                            ),
                        ),
                        (
                            "most",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Most by law"
                            ),
                        ),
                        (
                            "band_least",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="Least by benchmark",
                            ),
                        ),
                        (
                            "band_most",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Most by benchmark"
                            ),
                        ),
                        ("step", models.CharField(max_length=10, verbose_name="Step")),
                        ("departs", models.BooleanField(default=False, verbose_name="Outside the benchmark")),
                        (
                            "why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Why outside the benchmark"
                            ),
                        ),
                        ("measure", models.CharField(blank=True, default="", max_length=10, verbose_name="Measure")),
                        (
                            "ground",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Ground of the measure"
                            ),
                        ),
                        ("lines", models.JSONField(blank=True, default=list, verbose_name="Lines of the schedule")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn at")),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="penalties",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "finding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="penalties",
                                to="enforcement.casefinding",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "penalty",
                        "verbose_name_plural": "penalties",
                        "indexes": [
                            models.Index(fields=["case", "id"], name="penalty_case"),
                            models.Index(fields=["consequence", "amount"], name="penalty_like_cases"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("departs", False), models.Q(("why", ""), _negated=True), _connector="OR"
                                ),
                                name="penalty_departure_has_its_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount", None), ("most", None), ("amount__lte", models.F("most")), _connector="OR"
                                ),
                                name="penalty_never_beyond_the_law",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalQualificationMatter",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("recommended", "Recommended to the grantor"),
                                    ("taken", "Measure taken"),
                                    ("declined", "Declined by the grantor"),
                                    ("reported", "Reported to the national administration"),
                                ],
                                default="recommended",
                                max_length=12,
                                verbose_name="State",
                            ),
                        ),
                        ("recommended_at", models.DateTimeField(verbose_name="Recommended at")),
                        (
                            "decision_no",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Number of the decision"
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("words", models.CharField(blank=True, default="", max_length=1000, verbose_name="Reasons")),
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recommended_by",
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
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="leads.referral",
                            ),
                        ),
                        (
                            "penalty",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.penalty",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical recommendation on a qualification",
                        "verbose_name_plural": "historical recommendations on qualifications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PoliceTransfer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.TextField(verbose_name="Facts of the suspected crime")),
                        ("reported_at", models.DateTimeField(verbose_name="Reported at")),
                        ("decide_by", models.DateField(verbose_name="Decide by")),
                        ("approved", models.BooleanField(blank=True, null=True, verbose_name="Transferred")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("reasons", models.CharField(blank=True, default="", max_length=1000, verbose_name="Reasons")),
                        ("send_by", models.DateTimeField(blank=True, null=True, verbose_name="Send by")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="Sent at")),
                        ("documents", models.JSONField(default=list, verbose_name="Documents of the file")),
                        ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="Answer expected by")),
                        (
                            "answer",
                            models.CharField(
                                blank=True, default="", max_length=1000, verbose_name="Answer of the police"
                            ),
                        ),
                        ("accepted", models.BooleanField(blank=True, null=True, verbose_name="Accepted by the police")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="Answered at")),
                        ("reconsider_by", models.DateField(blank=True, null=True, verbose_name="Ask to reconsider by")),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "first",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="leads.referral",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "transfer to the police",
                        "verbose_name_plural": "transfers to the police",
                        "indexes": [models.Index(fields=["case", "reported_at"], name="policetransfer_case")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("first", models.F("second")), _negated=True),
                                name="policetransfer_two_officers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved", None),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="policetransfer_decided_has_who",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QualificationMatter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("recommended", "Recommended to the grantor"),
                                    ("taken", "Measure taken"),
                                    ("declined", "Declined by the grantor"),
                                    ("reported", "Reported to the national administration"),
                                ],
                                default="recommended",
                                max_length=12,
                                verbose_name="State",
                            ),
                        ),
                        ("recommended_at", models.DateTimeField(verbose_name="Recommended at")),
                        (
                            "decision_no",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Number of the decision"
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("words", models.CharField(blank=True, default="", max_length=1000, verbose_name="Reasons")),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="qualifications",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "penalty",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="qualification",
                                to="enforcement.penalty",
                            ),
                        ),
                        (
                            "recommended_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="leads.referral",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recommendation on a qualification",
                        "verbose_name_plural": "recommendations on qualifications",
                        "indexes": [models.Index(fields=["state", "recommended_at"], name="qualification_waiting")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "recommended"),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        ("decided_at__isnull", False),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="qualification_decided_has_who_and_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SevereEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=200, verbose_name="Party")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("since", models.DateField(verbose_name="Listed since")),
                        ("until", models.DateField(verbose_name="Listed until")),
                        ("words", models.CharField(max_length=1000, verbose_name="Reasons")),
                        ("removed_on", models.DateField(blank=True, null=True, verbose_name="Removed on")),
                        (
                            "removed_why",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Why it was removed"),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="severe_entries",
                                to="enforcement.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of the severe list",
                        "verbose_name_plural": "entries of the severe list",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_on", None)), fields=("case",), name="severeentry_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("removed_on", None), models.Q(("removed_why", ""), _negated=True), _connector="OR"
                                ),
                                name="severeentry_removed_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseExtension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField(verbose_name="Days")),
                        ("collective", models.BooleanField(default=False, verbose_name="Approved collectively")),
                        ("words", models.CharField(max_length=500, verbose_name="Why")),
                        ("at", models.DateTimeField(verbose_name="At")),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="enforcement.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "extension of a case",
                        "verbose_name_plural": "extensions of cases",
                        "indexes": [models.Index(fields=["case", "at"], name="caseextension_case")],
                    },
                ),
                migrations.CreateModel(
                    name="CaseFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="No.")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("document", "Document"),
                                    ("object", "Object"),
                                    ("recording", "Picture or recording"),
                                    ("data", "Electronic data"),
                                    ("witness", "Statement of a witness"),
                                    ("party", "Statement of the party"),
                                    ("opinion", "Expert opinion or test"),
                                    ("record", "Record of an inspection"),
                                ],
                                max_length=14,
                                verbose_name="Kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="File name")),
                        ("taken_on", models.DateField(blank=True, null=True, verbose_name="Taken on")),
                        ("place", models.CharField(blank=True, default="", max_length=200, verbose_name="Place")),
                        ("source", models.CharField(blank=True, default="", max_length=200, verbose_name="Given by")),
                        ("at", models.DateTimeField(verbose_name="Added at")),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of a case",
                        "verbose_name_plural": "files of cases",
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "number"), name="casefile_number_once"),
                            models.UniqueConstraint(fields=("case", "file"), name="casefile_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CasePause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("testing", "Testing or inspection"),
                                    ("appraisal", "Appraisal"),
                                    ("hearing", "Hearing"),
                                    ("notice", "Public notice"),
                                    ("police", "With the police"),
                                ],
                                max_length=12,
                                verbose_name="Cause",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="Since")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("words", models.CharField(max_length=300, verbose_name="In words")),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="enforcement.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pause of a case",
                        "verbose_name_plural": "pauses of cases",
                        "indexes": [models.Index(fields=["case", "since"], name="casepause_case")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("case",), name="casepause_open_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="casepause_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=60, unique=True, verbose_name="Number of the decision")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("punished", "Penalty"),
                                    ("waived", "No penalty"),
                                    ("unproved", "Breach not established"),
                                ],
                                max_length=14,
                                verbose_name="Result",
                            ),
                        ),
                        ("words", models.TextField(verbose_name="Facts and reasons")),
                        ("on", models.DateField(verbose_name="Decided on")),
                        ("at", models.DateTimeField(verbose_name="Written at")),
                        ("sha256", models.CharField(max_length=64, verbose_name="Digest")),
                        (
                            "state",
                            models.CharField(
                                choices=[("in_force", "In force"), ("changed", "Changed"), ("annulled", "Annulled")],
                                default="in_force",
                                max_length=10,
                                verbose_name="Standing",
                            ),
                        ),
                        ("state_on", models.DateField(blank=True, null=True, verbose_name="Standing since")),
                        ("state_why", models.CharField(blank=True, default="", max_length=500, verbose_name="By what")),
                        ("published_due_on", models.DateField(blank=True, null=True, verbose_name="Publish by")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="Published at")),
                        ("published_until", models.DateField(blank=True, null=True, verbose_name="Shown until")),
                        ("hidden_at", models.DateTimeField(blank=True, null=True, verbose_name="Taken down at")),
                        (
                            "hidden_why",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Why it was taken down"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="enforcement.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision of a case",
                        "verbose_name_plural": "decisions of cases",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("published_at", None)),
                                fields=["published_due_on"],
                                name="decision_to_publish",
                            ),
                            models.Index(fields=["-published_at"], name="decision_published"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "in_force"), models.Q(("state_why", ""), _negated=True), _connector="OR"
                                ),
                                name="decision_changed_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("items", models.TextField(verbose_name="What is held")),
                        ("place", models.CharField(max_length=200, verbose_name="Place")),
                        ("held_at", models.DateTimeField(verbose_name="Held since")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Decide about it by")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "outcome",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="What became of it"),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holds",
                                to="enforcement.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence hold",
                        "verbose_name_plural": "evidence holds",
                        "indexes": [models.Index(fields=["case", "held_at"], name="evidencehold_case")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at", None), models.Q(("outcome", ""), _negated=True), _connector="OR"
                                ),
                                name="evidencehold_ended_says_how",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCaseDocument",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("kind", models.CharField(max_length=30, verbose_name="Document")),
                        ("title", models.CharField(max_length=80, verbose_name="Title")),
                        ("number", models.CharField(db_index=True, max_length=80, verbose_name="Document number")),
                        ("template", models.CharField(max_length=120, verbose_name="Template and version")),
                        ("outward", models.BooleanField(default=False, verbose_name="Goes to the party")),
                        ("made_at", models.DateTimeField(verbose_name="Made at")),
                        (
                            "served_how",
                            models.CharField(blank=True, default="", max_length=12, verbose_name="How it was served"),
                        ),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="Served on")),
                        (
                            "received_by",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Received by"),
                        ),
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.caseevent",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="documents.storedfile",
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
                            "made_by",
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
                            "receipt",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical document of a case",
                        "verbose_name_plural": "historical documents of cases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="CaseDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="Document")),
                        ("title", models.CharField(max_length=80, verbose_name="Title")),
                        ("number", models.CharField(max_length=80, unique=True, verbose_name="Document number")),
                        ("template", models.CharField(max_length=120, verbose_name="Template and version")),
                        ("outward", models.BooleanField(default=False, verbose_name="Goes to the party")),
                        ("made_at", models.DateTimeField(verbose_name="Made at")),
                        (
                            "served_how",
                            models.CharField(blank=True, default="", max_length=12, verbose_name="How it was served"),
                        ),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="Served on")),
                        (
                            "received_by",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Received by"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enforcement.caseevent",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "made_by",
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
                            "receipt",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document of a case",
                        "verbose_name_plural": "documents of cases",
                        "indexes": [models.Index(fields=["case", "made_at", "id"], name="casedocument_of")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("served_how", ""), ("served_on", None)),
                                    models.Q(models.Q(("served_how", ""), _negated=True), ("served_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="casedocument_served_has_its_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCaseParticipant",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("asked", models.CharField(max_length=500, verbose_name="What is asked")),
                        ("asked_at", models.DateTimeField(verbose_name="Asked at")),
                        ("joined_at", models.DateTimeField(blank=True, null=True, verbose_name="Joined at")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="Left or declined at")),
                        (
                            "left_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Why it left or declined"
                            ),
                        ),
                        ("agrees", models.BooleanField(blank=True, null=True, verbose_name="Agrees")),
                        ("opinion", models.CharField(blank=True, default="", max_length=1000, verbose_name="Opinion")),
                        ("opined_at", models.DateTimeField(blank=True, null=True, verbose_name="Opinion given at")),
                        (
                            "decision_no",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Number of its decision"
                            ),
                        ),
                        ("decision_words", models.TextField(blank=True, default="", verbose_name="Its decision")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="Decided on")),
                        (
                            "decision_sha256",
                            models.CharField(blank=True, default="", max_length=64, verbose_name="Digest"),
                        ),
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
                            "asked_by",
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "joined_by",
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
                            "opined_by",
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical participant of a case",
                        "verbose_name_plural": "historical participants of cases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="CaseParticipant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked", models.CharField(max_length=500, verbose_name="What is asked")),
                        ("asked_at", models.DateTimeField(verbose_name="Asked at")),
                        ("joined_at", models.DateTimeField(blank=True, null=True, verbose_name="Joined at")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="Left or declined at")),
                        (
                            "left_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Why it left or declined"
                            ),
                        ),
                        ("agrees", models.BooleanField(blank=True, null=True, verbose_name="Agrees")),
                        ("opinion", models.CharField(blank=True, default="", max_length=1000, verbose_name="Opinion")),
                        ("opined_at", models.DateTimeField(blank=True, null=True, verbose_name="Opinion given at")),
                        (
                            "decision_no",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Number of its decision"
                            ),
                        ),
                        ("decision_words", models.TextField(blank=True, default="", verbose_name="Its decision")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="Decided on")),
                        (
                            "decision_sha256",
                            models.CharField(blank=True, default="", max_length=64, verbose_name="Digest"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participants",
                                to="enforcement.case",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "joined_by",
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
                            "opined_by",
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "participant of a case",
                        "verbose_name_plural": "participants of cases",
                        "indexes": [models.Index(fields=["case", "id"], name="caseparticipant_of")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("case", "organisation"),
                                name="caseparticipant_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at", None), models.Q(("left_why", ""), _negated=True), _connector="OR"
                                ),
                                name="caseparticipant_left_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_on", None),
                                    models.Q(
                                        models.Q(("decision_no", ""), _negated=True), ("decided_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="caseparticipant_decided_has_who",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
