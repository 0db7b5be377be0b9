import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [("inspections", "0001_inspections"), ("inspections", "0002_department_inputs")]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
        ("draws", "0001_draws"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="HistoricalInspector",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=24, verbose_name="Number in the pool")),
                        ("name", models.CharField(max_length=60, verbose_name="Name")),
                        (
                            "card_no",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="Enforcement card"),
                        ),
                        ("fields", models.JSONField(default=list, verbose_name="Qualified for")),
                        ("leads", models.BooleanField(default=False, verbose_name="May lead")),
                        ("active", models.BooleanField(default=True, verbose_name="In the pool")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
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
                        (
                            "user",
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
                        "verbose_name": "historical inspector",
                        "verbose_name_plural": "historical inspectors",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPlan",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=24, verbose_name="Number of the plan")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("yearly", "Yearly plan"), ("special", "Special plan")],
                                max_length=10,
                                verbose_name="Kind of plan",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("draft", "Being drafted"),
                                    ("submitted", "Waiting for approval"),
                                    ("approved", "Approved"),
                                    ("closed", "Closed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("first_day", models.DateField(verbose_name="First day")),
                        ("last_day", models.DateField(verbose_name="Last day")),
                        ("matters", models.JSONField(default=list, verbose_name="Matters to be checked")),
                        ("fields", models.JSONField(default=list, verbose_name="Fields")),
                        ("strata", models.JSONField(default=list, verbose_name="Strata")),
                        ("rates", models.JSONField(default=dict, verbose_name="Rates by grade")),
                        ("floor", models.CharField(default="0.01", max_length=10, verbose_name="Least probability")),
                        (
                            "method",
                            models.CharField(default="sampford", max_length=24, verbose_name="Method of sampling"),
                        ),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("drafted_at", models.DateTimeField(verbose_name="Drafted at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="Submitted at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="Approved at")),
                        (
                            "document_no",
                            models.CharField(
                                blank=True, default="", max_length=80, verbose_name="Number of the approval"
                            ),
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
                            "approved_by",
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
                            "drafted_by",
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
                            "submitted_by",
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
                        "verbose_name": "historical plan of inspections",
                        "verbose_name_plural": "historical plans of inspections",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Inspector",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=24, unique=True, verbose_name="Number in the pool")),
                        ("name", models.CharField(max_length=60, verbose_name="Name")),
                        (
                            "card_no",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="Enforcement card"),
                        ),
                        ("fields", models.JSONField(default=list, verbose_name="Qualified for")),
                        ("leads", models.BooleanField(default=False, verbose_name="May lead")),
                        ("active", models.BooleanField(default=True, verbose_name="In the pool")),
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspector",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "inspector",
                        "verbose_name_plural": "inspectors",
                        "indexes": [models.Index(fields=["division", "active", "code"], name="inspector_place")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalInspectorInterest",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("employed", "Employed there"),
                                    ("consultancy", "Advised the body for pay"),
                                    ("family", "Family at the body"),
                                    ("other", "Another interest"),
                                ],
                                max_length=12,
                                verbose_name="Interest",
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("declared_at", models.DateTimeField(verbose_name="Declared at")),
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
                            "declared_by",
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
                            "inspector",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.inspector",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical declared interest",
                        "verbose_name_plural": "historical declared interests",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="InspectorInterest",
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
                                choices=[
                                    ("employed", "Employed there"),
                                    ("consultancy", "Advised the body for pay"),
                                    ("family", "Family at the body"),
                                    ("other", "Another interest"),
                                ],
                                max_length=12,
                                verbose_name="Interest",
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("declared_at", models.DateTimeField(verbose_name="Declared at")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.body"
                            ),
                        ),
                        (
                            "declared_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "inspector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interests",
                                to="inspections.inspector",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "declared interest",
                        "verbose_name_plural": "declared interests",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("inspector", "body", "kind"), name="inspectorinterest_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["employed", "consultancy", "family", "other"])),
                                name="inspectorinterest_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=24, unique=True, verbose_name="Number of the plan")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("yearly", "Yearly plan"), ("special", "Special plan")],
                                max_length=10,
                                verbose_name="Kind of plan",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("draft", "Being drafted"),
                                    ("submitted", "Waiting for approval"),
                                    ("approved", "Approved"),
                                    ("closed", "Closed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("first_day", models.DateField(verbose_name="First day")),
                        ("last_day", models.DateField(verbose_name="Last day")),
                        ("matters", models.JSONField(default=list, verbose_name="Matters to be checked")),
                        ("fields", models.JSONField(default=list, verbose_name="Fields")),
                        ("strata", models.JSONField(default=list, verbose_name="Strata")),
                        ("rates", models.JSONField(default=dict, verbose_name="Rates by grade")),
                        ("floor", models.CharField(default="0.01", max_length=10, verbose_name="Least probability")),
                        (
                            "method",
                            models.CharField(default="sampford", max_length=24, verbose_name="Method of sampling"),
                        ),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("drafted_at", models.DateTimeField(verbose_name="Drafted at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="Submitted at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="Approved at")),
                        (
                            "document_no",
                            models.CharField(
                                blank=True, default="", max_length=80, verbose_name="Number of the approval"
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
                        (
                            "approved_by",
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
                            "departments",
                            models.ManyToManyField(blank=True, related_name="+", to="accounts.organisation"),
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
                            "drafted_by",
                            models.ForeignKey(
                                db_index=False,
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
                        (
                            "submitted_by",
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
                        "verbose_name": "plan of inspections",
                        "verbose_name_plural": "plans of inspections",
                        "indexes": [
                            models.Index(fields=["division", "stage", "-first_day"], name="plan_place_stage"),
                            models.Index(fields=["-first_day", "-id"], name="plan_newest"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["draft", "submitted", "approved", "closed", "withdrawn"])
                                ),
                                name="plan_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["yearly", "special"])), name="plan_kind_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))), name="plan_days_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ["approved", "closed"]), _negated=True),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="plan_approved_has_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="plan_approved_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanDraw",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("bodies", "Bodies to be visited"),
                                    ("inspectors", "Inspectors for the visits"),
                                    ("substitute", "Substitute for an inspector"),
                                ],
                                max_length=12,
                                verbose_name="What is drawn",
                            ),
                        ),
                        ("rows", models.PositiveIntegerField(verbose_name="Rows of the frame")),
                        ("asked", models.PositiveIntegerField(verbose_name="To be drawn")),
                        ("committed_at", models.DateTimeField(verbose_name="Committed at")),
                        ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="Taken over at")),
                        (
                            "committed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "draw",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="draws.draw"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="inspections.plan"
                            ),
                        ),
                        (
                            "leaving",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.inspector",
                            ),
                        ),
                        ("why", models.CharField(blank=True, default="", max_length=500, verbose_name="Reason")),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="substitutions",
                                to="inspections.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draw of a plan",
                        "verbose_name_plural": "draws of plans",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("purpose__in", ["bodies", "inspectors", "substitute"])),
                                name="plandraw_purpose_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("purpose", "substitute"), _negated=True),
                                    models.Q(
                                        ("leaving__isnull", False),
                                        ("task__isnull", False),
                                        models.Q(("why", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="plandraw_substitute_says_who_and_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTask",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=24, verbose_name="Number of the task")),
                        (
                            "arm",
                            models.CharField(
                                choices=[("random", "By lot"), ("cause", "For a cause")],
                                max_length=8,
                                verbose_name="Arm",
                            ),
                        ),
                        (
                            "row",
                            models.CharField(blank=True, default="", max_length=64, verbose_name="Row of the frame"),
                        ),
                        ("pi", models.FloatField(blank=True, null=True, verbose_name="Probability of being drawn")),
                        ("stratum", models.CharField(blank=True, default="", max_length=120, verbose_name="Stratum")),
                        ("matters", models.JSONField(default=list, verbose_name="Matters to be checked")),
                        ("fields", models.JSONField(default=list, verbose_name="Fields")),
                        (
                            "checklist",
                            models.CharField(default="general", max_length=40, verbose_name="Kind of checklist"),
                        ),
                        ("first_day", models.DateField(verbose_name="First day")),
                        ("last_day", models.DateField(verbose_name="Last day")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("planned", "Inspectors to be drawn"),
                                    ("assigned", "To be visited"),
                                    ("reported", "Outcome reported"),
                                    ("cancelled", "Called off"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="Created at")),
                        (
                            "assigned_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Inspectors assigned at"),
                        ),
                        ("result_codes", models.JSONField(default=list, verbose_name="Result codes")),
                        ("violation", models.BooleanField(blank=True, null=True, verbose_name="Violation found")),
                        ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="Reported at")),
                        ("disclosed_on", models.DateField(blank=True, null=True, verbose_name="Disclosed on")),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="Called off at")),
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
                            "created_by",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reported_by",
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
                            "leader",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.inspector",
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
                                to="inspections.inspector",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.plan",
                            ),
                        ),
                        (
                            "draw",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.plandraw",
                            ),
                        ),
                        (
                            "inspectors_draw",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.plandraw",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical inspection task",
                        "verbose_name_plural": "historical inspection tasks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=24, unique=True, verbose_name="Number of the task")),
                        (
                            "arm",
                            models.CharField(
                                choices=[("random", "By lot"), ("cause", "For a cause")],
                                max_length=8,
                                verbose_name="Arm",
                            ),
                        ),
                        (
                            "row",
                            models.CharField(blank=True, default="", max_length=64, verbose_name="Row of the frame"),
                        ),
                        ("pi", models.FloatField(blank=True, null=True, verbose_name="Probability of being drawn")),
                        ("stratum", models.CharField(blank=True, default="", max_length=120, verbose_name="Stratum")),
                        ("matters", models.JSONField(default=list, verbose_name="Matters to be checked")),
                        ("fields", models.JSONField(default=list, verbose_name="Fields")),
                        (
                            "checklist",
                            models.CharField(default="general", max_length=40, verbose_name="Kind of checklist"),
                        ),
                        ("first_day", models.DateField(verbose_name="First day")),
                        ("last_day", models.DateField(verbose_name="Last day")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("planned", "Inspectors to be drawn"),
                                    ("assigned", "To be visited"),
                                    ("reported", "Outcome reported"),
                                    ("cancelled", "Called off"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="Created at")),
                        (
                            "assigned_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Inspectors assigned at"),
                        ),
                        ("result_codes", models.JSONField(default=list, verbose_name="Result codes")),
                        ("violation", models.BooleanField(blank=True, null=True, verbose_name="Violation found")),
                        ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="Reported at")),
                        ("disclosed_on", models.DateField(blank=True, null=True, verbose_name="Disclosed on")),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="Called off at")),
                        (
                            "body",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspection_tasks",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "draw",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="inspections.plandraw",
                            ),
                        ),
                        (
                            "inspectors_draw",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="staffed",
                                to="inspections.plandraw",
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leads_tasks",
                                to="inspections.inspector",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="inspections.plan",
                            ),
                        ),
                        (
                            "reported_by",
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
                            "second",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seconds_tasks",
                                to="inspections.inspector",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "inspection task",
                        "verbose_name_plural": "inspection tasks",
                        "indexes": [
                            models.Index(fields=["plan", "stage"], name="task_plan_stage"),
                            models.Index(fields=["body", "-last_day"], name="task_body"),
                            models.Index(fields=["division", "stage", "last_day"], name="task_place_stage"),
                            models.Index(fields=["stage", "last_day", "id"], name="task_due"),
                            models.Index(
                                condition=models.Q(("disclosed_on", None), _negated=True),
                                fields=["-disclosed_on", "-id"],
                                name="task_disclosed",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["planned", "assigned", "reported", "cancelled"])),
                                name="task_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))), name="task_days_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("arm", "cause"),
                                    models.Q(("arm", "random"), ("draw__isnull", False), ("pi__gt", 0), ("pi__lte", 1)),
                                    _connector="OR",
                                ),
                                name="task_random_has_draw_and_pi",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ["assigned", "reported"]), _negated=True),
                                    models.Q(
                                        ("assigned_at__isnull", False),
                                        ("leader__isnull", False),
                                        ("second__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="task_assigned_has_two_inspectors",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("leader", None),
                                    ("second", None),
                                    models.Q(("leader", models.F("second")), _negated=True),
                                    _connector="OR",
                                ),
                                name="task_two_different_inspectors",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "reported"), _negated=True),
                                    models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="task_reported_has_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("disclosed_on", None), ("stage", "reported"), _connector="OR"),
                                name="task_disclosed_is_reported",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("draw", None), _negated=True),
                                fields=("draw", "row"),
                                name="task_once_per_row",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskCause",
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
                                choices=[
                                    ("lead", "Lead"),
                                    ("complaint", "Complaint"),
                                    ("obligation", "Open obligation"),
                                    ("order", "Order of a higher authority"),
                                ],
                                max_length=12,
                                verbose_name="Cause",
                            ),
                        ),
                        ("reference", models.CharField(max_length=120, verbose_name="Decision or file number")),
                        ("words", models.CharField(max_length=1000, verbose_name="What is to be looked into")),
                        ("added_at", models.DateTimeField(verbose_name="Added at")),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="causes",
                                to="inspections.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cause of a visit",
                        "verbose_name_plural": "causes of visits",
                        "indexes": [models.Index(fields=["kind", "reference"], name="taskcause_reference")],
                        "constraints": [
                            models.UniqueConstraint(fields=("task", "kind", "reference"), name="taskcause_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["lead", "complaint", "obligation", "order"])),
                                name="taskcause_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPlanInput",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("words", models.TextField(verbose_name="In words")),
                        ("at", models.DateTimeField(verbose_name="At")),
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
                            "department",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical input of a department to a plan",
                        "verbose_name_plural": "historical inputs of departments to plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PlanInput",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.TextField(verbose_name="In words")),
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
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="inputs",
                                to="inspections.plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "input of a department to a plan",
                        "verbose_name_plural": "inputs of departments to plans",
                    },
                ),
            ],
        ),
    ]
