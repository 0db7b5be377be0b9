import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [
        ("schedules", "0001_store_schedules"),
        ("schedules", "0002_ended_and_covered"),
        ("schedules", "0003_signatories"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
        ("catalogue", "0001_catalogue"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Question",
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
                                    ("object", "Test object"),
                                    ("parameter", "Parameter"),
                                    ("method", "Method"),
                                    ("person", "Signatory"),
                                ],
                                max_length=10,
                                verbose_name="About",
                            ),
                        ),
                        ("digest", models.CharField(max_length=40, unique=True)),
                        ("text", models.CharField(max_length=300, verbose_name="Printed text")),
                        ("key", models.CharField(max_length=300)),
                        ("context", models.CharField(blank=True, default="", max_length=200)),
                        (
                            "context_text",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="In context"),
                        ),
                        ("candidates", models.JSONField(default=list)),
                        ("reasons", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSchedule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=200, verbose_name="File")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "whole",
                            models.BooleanField(
                                default=True,
                                help_text="One bad row keeps the whole file out of the register.",
                                verbose_name="All or nothing",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("reading", "Being read"),
                                    ("read", "Read, not entered"),
                                    ("entering", "Being entered in the register"),
                                    ("entered", "Entered in the register"),
                                    ("refused", "Refused, unreadable"),
                                ],
                                default="reading",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="Editions as of")),
                        ("confidence", models.FloatField(verbose_name="Lowest confidence accepted")),
                        ("rule_version", models.CharField(max_length=80)),
                        ("created", models.PositiveIntegerField(default=0)),
                        ("updated", models.PositiveIntegerField(default=0)),
                        ("unchanged", models.PositiveIntegerField(default=0)),
                        ("refusal", models.JSONField(blank=True, default=dict)),
                        ("received_at", models.DateTimeField(verbose_name="Received")),
                        ("entered_at", models.DateTimeField(blank=True, null=True)),
                        ("why", models.CharField(blank=True, default="", max_length=300, verbose_name="Reason")),
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
                            "accreditation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.accreditation",
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
                            "entered_by",
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
                            "received_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("covered", models.PositiveIntegerField(default=0)),
                        ("ended", models.PositiveIntegerField(default=0)),
                        ("signed", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "historical schedule",
                        "verbose_name_plural": "historical schedules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Schedule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="File")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "whole",
                            models.BooleanField(
                                default=True,
                                help_text="One bad row keeps the whole file out of the register.",
                                verbose_name="All or nothing",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("reading", "Being read"),
                                    ("read", "Read, not entered"),
                                    ("entering", "Being entered in the register"),
                                    ("entered", "Entered in the register"),
                                    ("refused", "Refused, unreadable"),
                                ],
                                default="reading",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="Editions as of")),
                        ("confidence", models.FloatField(verbose_name="Lowest confidence accepted")),
                        ("rule_version", models.CharField(max_length=80)),
                        ("rows_total", models.PositiveIntegerField(default=0)),
                        ("rows_done", models.PositiveIntegerField(default=0)),
                        ("lines_total", models.PositiveIntegerField(default=0)),
                        ("lines_entered", models.PositiveIntegerField(default=0)),
                        ("problem_count", models.PositiveIntegerField(default=0)),
                        ("created", models.PositiveIntegerField(default=0)),
                        ("updated", models.PositiveIntegerField(default=0)),
                        ("unchanged", models.PositiveIntegerField(default=0)),
                        ("refusal", models.JSONField(blank=True, default=dict)),
                        (
                            "signatories",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="As printed, of files read before signatories had rows of their own.",
                            ),
                        ),
                        ("received_at", models.DateTimeField(verbose_name="Received")),
                        ("entered_at", models.DateTimeField(blank=True, null=True)),
                        ("why", models.CharField(blank=True, default="", max_length=300, verbose_name="Reason")),
                        (
                            "accreditation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="schedules",
                                to="bodies.accreditation",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="schedules", to="bodies.body"
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("covered", models.PositiveIntegerField(default=0)),
                        ("ended", models.PositiveIntegerField(default=0)),
                        ("signed", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "schedule",
                        "verbose_name_plural": "schedules",
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "sha256"), name="schedule_once_per_body"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["reading", "read", "entering", "entered", "refused"])
                                ),
                                name="schedule_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "entered"), _negated=True),
                                    ("entered_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="schedule_entered_is_dated",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["stage", "received_at"], name="schedule_by_stage"),
                            models.Index(fields=["-received_at"], name="schedule_newest"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDecision",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("target", models.BigIntegerField(blank=True, null=True)),
                        (
                            "target_text",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Decided as"),
                        ),
                        ("at", models.DateTimeField(verbose_name="Decided")),
                        ("why", models.CharField(max_length=300, verbose_name="Reason")),
                        ("rule_version", models.CharField(blank=True, default="", max_length=80)),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="Undone")),
                        ("undone_why", models.CharField(blank=True, default="", max_length=300)),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "undone_by",
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
                            "question",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="schedules.question",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical decision",
                        "verbose_name_plural": "historical decisions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
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
                        ("target", models.BigIntegerField(blank=True, null=True)),
                        (
                            "target_text",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Decided as"),
                        ),
                        ("at", models.DateTimeField(verbose_name="Decided")),
                        ("why", models.CharField(max_length=300, verbose_name="Reason")),
                        ("rule_version", models.CharField(blank=True, default="", max_length=80)),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="Undone")),
                        ("undone_why", models.CharField(blank=True, default="", max_length=300)),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="schedules.question",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision",
                        "verbose_name_plural": "decisions",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("body", None), ("undone_at", None)),
                                fields=("question",),
                                name="decision_once_for_all",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None), models.Q(("body", None), _negated=True)),
                                fields=("question", "body"),
                                name="decision_once_per_body",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_at", None), models.Q(("undone_why", ""), _negated=True), _connector="OR"
                                ),
                                name="decision_undone_with_a_reason",
                            ),
                        ],
                        "indexes": [models.Index(fields=["-at"], name="decision_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="ScheduleProblem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, default="", max_length=60, verbose_name="Sheet")),
                        ("row", models.PositiveIntegerField(verbose_name="Row")),
                        ("column", models.CharField(blank=True, default="", max_length=5, verbose_name="Column")),
                        (
                            "value",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Text of the cell"),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="Reason")),
                        ("facts", models.JSONField(blank=True, default=dict)),
                        (
                            "schedule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="problems",
                                to="schedules.schedule",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ScheduleLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, default="", max_length=60, verbose_name="Sheet")),
                        ("row", models.PositiveIntegerField(verbose_name="Row")),
                        ("position", models.PositiveIntegerField()),
                        ("domain", models.CharField(blank=True, default="", max_length=60, verbose_name="Domain")),
                        ("category", models.CharField(blank=True, default="", max_length=100, verbose_name="Category")),
                        ("object_text", models.CharField(max_length=200, verbose_name="Test object")),
                        ("parameter_text", models.CharField(max_length=200, verbose_name="Parameter")),
                        ("method_text", models.CharField(max_length=300, verbose_name="Method")),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "limitation",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Limitation"),
                        ),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        ("site_text", models.CharField(blank=True, default="", max_length=200, verbose_name="Site")),
                        ("method_base", models.CharField(blank=True, default="", max_length=150)),
                        ("method_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("confidence", models.FloatField(verbose_name="Confidence")),
                        ("doubts", models.PositiveSmallIntegerField(default=0)),
                        ("entered", models.BooleanField(default=False)),
                        ("reasons", models.JSONField(default=list)),
                        (
                            "edition",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.standardedition",
                            ),
                        ),
                        (
                            "method_decision",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="method_lines",
                                to="schedules.decision",
                            ),
                        ),
                        (
                            "method_question",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="method_lines",
                                to="schedules.question",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.testobject",
                            ),
                        ),
                        (
                            "object_decision",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="object_lines",
                                to="schedules.decision",
                            ),
                        ),
                        (
                            "object_question",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="object_lines",
                                to="schedules.question",
                            ),
                        ),
                        (
                            "parameter",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.parameter",
                            ),
                        ),
                        (
                            "parameter_decision",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parameter_lines",
                                to="schedules.decision",
                            ),
                        ),
                        (
                            "parameter_question",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parameter_lines",
                                to="schedules.question",
                            ),
                        ),
                        (
                            "schedule",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="schedules.schedule",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bodies.site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a schedule",
                        "verbose_name_plural": "lines of a schedule",
                        "constraints": [
                            models.UniqueConstraint(fields=("schedule", "position"), name="scheduleline_once")
                        ],
                        "indexes": [
                            models.Index(fields=["schedule", "doubts", "position"], name="scheduleline_doubtful"),
                            models.Index(
                                condition=models.Q(("object_question__isnull", False)),
                                fields=["object_question"],
                                name="scheduleline_obj_que",
                            ),
                            models.Index(
                                condition=models.Q(("object_decision__isnull", False)),
                                fields=["object_decision"],
                                name="scheduleline_obj_dec",
                            ),
                            models.Index(
                                condition=models.Q(("parameter_question__isnull", False)),
                                fields=["parameter_question"],
                                name="scheduleline_par_que",
                            ),
                            models.Index(
                                condition=models.Q(("parameter_decision__isnull", False)),
                                fields=["parameter_decision"],
                                name="scheduleline_par_dec",
                            ),
                            models.Index(
                                condition=models.Q(("method_question__isnull", False)),
                                fields=["method_question"],
                                name="scheduleline_met_que",
                            ),
                            models.Index(
                                condition=models.Q(("method_decision__isnull", False)),
                                fields=["method_decision"],
                                name="scheduleline_met_dec",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScheduleSignatory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        ("sheet", models.CharField(blank=True, default="", max_length=60, verbose_name="Sheet")),
                        ("row", models.PositiveIntegerField(verbose_name="Row")),
                        ("name", models.CharField(max_length=100, verbose_name="Name")),
                        (
                            "title",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="Post or professional title"
                            ),
                        ),
                        ("field", models.CharField(max_length=300, verbose_name="Field of signature")),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        ("doubts", models.PositiveSmallIntegerField(default=0)),
                        ("entered", models.BooleanField(default=False)),
                        ("made", models.BooleanField(default=False)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="bodies.person",
                            ),
                        ),
                        (
                            "person_decision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatories",
                                to="schedules.decision",
                            ),
                        ),
                        (
                            "person_question",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatories",
                                to="schedules.question",
                            ),
                        ),
                        (
                            "schedule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signing",
                                to="schedules.schedule",
                            ),
                        ),
                        (
                            "signatory",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="bodies.signatory",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signatory of a schedule",
                        "verbose_name_plural": "signatories of a schedule",
                        "constraints": [
                            models.UniqueConstraint(fields=("schedule", "position"), name="schedulesignatory_once")
                        ],
                    },
                ),
            ],
        ),
    ]
