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
        ("leads", "0001_leads"),
    ]

    operations = [
        CreateModels(
            [
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
            ]
        ),
    ]
