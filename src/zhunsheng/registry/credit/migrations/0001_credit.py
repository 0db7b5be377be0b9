import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [
        ("credit", "0001_credit_files"),
        ("credit", "0002_follow_the_body"),
        ("credit", "0003_grades_computed_requests_persons"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
        ("documents", "0001_stored_file"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="HistoricalCreditEvent",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("kind", models.CharField(max_length=40, verbose_name="Kind of event")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("on", models.DateField(verbose_name="Day")),
                        ("source", models.CharField(max_length=60, verbose_name="Source")),
                        ("reference", models.CharField(max_length=120, verbose_name="Decision or file number")),
                        ("words", models.CharField(max_length=1000, verbose_name="What was established")),
                        (
                            "evidence_sha256",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="SHA-256 of the evidence"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="Recorded at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn at")),
                        (
                            "withdrawn_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of withdrawal"
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("repaired_at", models.DateTimeField(blank=True, null=True, verbose_name="Repaired at")),
                        (
                            "repaired_why",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Reason of repair"),
                        ),
                    ],
                    options={
                        "verbose_name": "historical credit event",
                        "verbose_name_plural": "historical credit events",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalObligation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("kind", models.CharField(max_length=40, verbose_name="Kind of obligation")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="To be done by")),
                        ("reference", models.CharField(max_length=120, verbose_name="Decision or file number")),
                        ("words", models.CharField(max_length=1000, verbose_name="What is to be done")),
                        ("asked_at", models.DateTimeField(verbose_name="Asked at")),
                        ("outcome", models.CharField(blank=True, default="", max_length=300, verbose_name="Outcome")),
                        ("discharged_at", models.DateTimeField(blank=True, null=True, verbose_name="Discharged at")),
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
                            "discharged_by",
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
                        "verbose_name": "historical obligation",
                        "verbose_name_plural": "historical obligations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="CreditEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="Kind of event")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("on", models.DateField(verbose_name="Day")),
                        ("source", models.CharField(max_length=60, verbose_name="Source")),
                        ("reference", models.CharField(max_length=120, verbose_name="Decision or file number")),
                        ("words", models.CharField(max_length=1000, verbose_name="What was established")),
                        (
                            "evidence_sha256",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="SHA-256 of the evidence"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="Recorded at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn at")),
                        (
                            "withdrawn_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of withdrawal"
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credit_events",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("repaired_at", models.DateTimeField(blank=True, null=True, verbose_name="Repaired at")),
                        (
                            "repaired_why",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Reason of repair"),
                        ),
                    ],
                    options={
                        "verbose_name": "credit event",
                        "verbose_name_plural": "credit events",
                        "indexes": [
                            models.Index(fields=["body", "-on"], name="creditevent_of"),
                            models.Index(fields=["kind", "-on"], name="creditevent_kind"),
                            models.Index(fields=["-on", "-id"], name="creditevent_newest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("body", "kind", "source", "reference"), name="creditevent_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at", None),
                                    models.Q(("withdrawn_why", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="creditevent_withdrawn_has_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("repaired_at", None),
                                    models.Q(("repaired_why", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="creditevent_repaired_has_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Obligation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="Kind of obligation")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="To be done by")),
                        ("reference", models.CharField(max_length=120, verbose_name="Decision or file number")),
                        ("words", models.CharField(max_length=1000, verbose_name="What is to be done")),
                        ("asked_at", models.DateTimeField(verbose_name="Asked at")),
                        ("outcome", models.CharField(blank=True, default="", max_length=300, verbose_name="Outcome")),
                        ("discharged_at", models.DateTimeField(blank=True, null=True, verbose_name="Discharged at")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obligations",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "discharged_by",
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
                        "verbose_name": "obligation",
                        "verbose_name_plural": "obligations",
                        "indexes": [
                            models.Index(fields=["body", "due_on"], name="obligation_of"),
                            models.Index(
                                condition=models.Q(("discharged_at", None)),
                                fields=["due_on", "id"],
                                name="obligation_open",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "kind", "reference"), name="obligation_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("discharged_at", None), models.Q(("outcome", ""), _negated=True), _connector="OR"
                                ),
                                name="obligation_discharged_has_outcome",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rates",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(unique=True, verbose_name="In force from")),
                        ("version", models.CharField(max_length=60, verbose_name="Version of the grading rule")),
                        ("values", models.JSONField()),
                        ("bodies", models.PositiveIntegerField(verbose_name="Number of bodies")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("made_at", models.DateTimeField(verbose_name="Computed at")),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "usual rates",
                        "verbose_name_plural": "usual rates",
                    },
                ),
                migrations.CreateModel(
                    name="Scoring",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="Day")),
                        ("newest", models.BooleanField(default=True)),
                        ("score", models.PositiveSmallIntegerField(verbose_name="Score in tenths")),
                        (
                            "letter",
                            models.CharField(
                                choices=[
                                    ("A", "A (low risk)"),
                                    ("B", "B (general risk)"),
                                    ("C", "C (higher risk)"),
                                    ("D", "D (high risk)"),
                                ],
                                max_length=1,
                                verbose_name="Grade",
                            ),
                        ),
                        ("before", models.CharField(blank=True, default="", max_length=1, verbose_name="Grade before")),
                        ("field", models.CharField(blank=True, default="", max_length=60, verbose_name="Field")),
                        ("version", models.CharField(max_length=60, verbose_name="Version of the grading rule")),
                        ("inputs", models.JSONField()),
                        ("inputs_sha256", models.CharField(max_length=64)),
                        ("result", models.JSONField()),
                        ("words", models.CharField(max_length=500, verbose_name="Reason")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("made_at", models.DateTimeField(verbose_name="Computed at")),
                        (
                            "body",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scorings",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rates",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credit.rates",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "computing of a grade",
                        "verbose_name_plural": "computings of grades",
                        "indexes": [
                            models.Index(fields=["body", "-on", "-id"], name="scoring_of"),
                            models.Index(
                                condition=models.Q(("newest", True)),
                                fields=["letter", "field"],
                                name="scoring_distribution",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("newest", True)), fields=("body",), name="scoring_newest_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("letter__in", ["A", "B", "C", "D"])), name="scoring_letter_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("score__lte", 1000)), name="scoring_within_bounds"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalGrade",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("A", "A (low risk)"),
                                    ("B", "B (general risk)"),
                                    ("C", "C (higher risk)"),
                                    ("D", "D (high risk)"),
                                ],
                                max_length=1,
                                verbose_name="Grade",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="In force from")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="In force until")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("entered", "Entered by an officer"),
                                    ("imported", "Taken over from the platform of classification"),
                                    ("computed", "Computed by the scorecard"),
                                ],
                                max_length=10,
                                verbose_name="Origin",
                            ),
                        ),
                        ("basis", models.CharField(max_length=200, verbose_name="Decided by document")),
                        (
                            "rule_version",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Version of the grading rule"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="Reason")),
                        ("set_at", models.DateTimeField(verbose_name="Entered at")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("before", models.CharField(blank=True, default="", max_length=1, verbose_name="Grade before")),
                        (
                            "scoring",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="credit.scoring",
                                verbose_name="Computing",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical grade",
                        "verbose_name_plural": "historical grades",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Grade",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("A", "A (low risk)"),
                                    ("B", "B (general risk)"),
                                    ("C", "C (higher risk)"),
                                    ("D", "D (high risk)"),
                                ],
                                max_length=1,
                                verbose_name="Grade",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="In force from")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="In force until")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("entered", "Entered by an officer"),
                                    ("imported", "Taken over from the platform of classification"),
                                    ("computed", "Computed by the scorecard"),
                                ],
                                max_length=10,
                                verbose_name="Origin",
                            ),
                        ),
                        ("basis", models.CharField(max_length=200, verbose_name="Decided by document")),
                        (
                            "rule_version",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Version of the grading rule"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="Reason")),
                        ("set_at", models.DateTimeField(verbose_name="Entered at")),
                        (
                            "body",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grades",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("before", models.CharField(blank=True, default="", max_length=1, verbose_name="Grade before")),
                        (
                            "scoring",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grades",
                                to="credit.scoring",
                                verbose_name="Computing",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grade",
                        "verbose_name_plural": "grades",
                        "indexes": [
                            models.Index(fields=["grade", "until"], name="grade_now"),
                            models.Index(fields=["-since", "-id"], name="grade_newest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "since"), name="grade_from_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("body",), name="grade_current_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="grade_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade__in", ["A", "B", "C", "D"])), name="grade_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stale",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField(db_index=True)),
                        (
                            "body",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bodies.body"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Petition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="Number")),
                        (
                            "sort",
                            models.CharField(
                                choices=[("objection", "Objection"), ("repair", "Credit repair")],
                                max_length=10,
                                verbose_name="Kind of request",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("filed", "Waiting for decision"),
                                    ("granted", "Upheld"),
                                    ("refused", "Not upheld"),
                                    ("taken_back", "Taken back by the body"),
                                ],
                                default="filed",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("grounds", models.TextField(verbose_name="Grounds")),
                        ("filed_at", models.DateTimeField(verbose_name="Filed at")),
                        ("due_on", models.DateField(verbose_name="To be decided by")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("decision", models.CharField(blank=True, default="", max_length=500, verbose_name="Decision")),
                        (
                            "body",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credit_petitions",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="petitions",
                                to="credit.creditevent",
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
                    ],
                    options={
                        "verbose_name": "request about an event",
                        "verbose_name_plural": "requests about events",
                        "indexes": [
                            models.Index(fields=["body", "-filed_at"], name="petition_of"),
                            models.Index(fields=["stage", "due_on"], name="petition_due"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("stage", "filed")),
                                fields=("event", "sort"),
                                name="petition_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["filed", "granted", "refused", "taken_back"])),
                                name="petition_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["filed", "taken_back"]),
                                    models.Q(("decided_at__isnull", False), models.Q(("decision", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="petition_decided_has_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PetitionFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
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
                            "petition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="credit.petition"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("petition", "file"), name="petitionfile_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PersonEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="Kind of event")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("on", models.DateField(verbose_name="Day")),
                        ("source", models.CharField(max_length=60, verbose_name="Source")),
                        ("reference", models.CharField(max_length=120, verbose_name="Decision or file number")),
                        ("words", models.CharField(max_length=1000, verbose_name="What was established")),
                        ("recorded_at", models.DateTimeField(verbose_name="Recorded at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn at")),
                        (
                            "withdrawn_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of withdrawal"
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="integrity",
                                to="bodies.expert",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="integrity",
                                to="bodies.person",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "integrity event",
                        "verbose_name_plural": "integrity events",
                        "indexes": [models.Index(fields=["-on", "-id"], name="personevent_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("expert", None), ("person__isnull", False)),
                                    models.Q(("expert__isnull", False), ("person", None)),
                                    _connector="OR",
                                ),
                                name="personevent_of_one",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("expert", None)),
                                fields=("person", "kind", "reference"),
                                name="personevent_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("person", None)),
                                fields=("expert", "kind", "reference"),
                                name="personevent_expert_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at", None),
                                    models.Q(("withdrawn_why", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="personevent_withdrawn_has_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPetition",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=20, verbose_name="Number")),
                        (
                            "sort",
                            models.CharField(
                                choices=[("objection", "Objection"), ("repair", "Credit repair")],
                                max_length=10,
                                verbose_name="Kind of request",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("filed", "Waiting for decision"),
                                    ("granted", "Upheld"),
                                    ("refused", "Not upheld"),
                                    ("taken_back", "Taken back by the body"),
                                ],
                                default="filed",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("grounds", models.TextField(verbose_name="Grounds")),
                        ("filed_at", models.DateTimeField(verbose_name="Filed at")),
                        ("due_on", models.DateField(verbose_name="To be decided by")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("decision", models.CharField(blank=True, default="", max_length=500, verbose_name="Decision")),
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
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="credit.creditevent",
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
                    ],
                    options={
                        "verbose_name": "historical request about an event",
                        "verbose_name_plural": "historical requests about events",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPersonEvent",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("kind", models.CharField(max_length=40, verbose_name="Kind of event")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("on", models.DateField(verbose_name="Day")),
                        ("source", models.CharField(max_length=60, verbose_name="Source")),
                        ("reference", models.CharField(max_length=120, verbose_name="Decision or file number")),
                        ("words", models.CharField(max_length=1000, verbose_name="What was established")),
                        ("recorded_at", models.DateTimeField(verbose_name="Recorded at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn at")),
                        (
                            "withdrawn_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of withdrawal"
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
                            "expert",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.expert",
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
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.person",
                            ),
                        ),
                        (
                            "recorded_by",
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
                        "verbose_name": "historical integrity event",
                        "verbose_name_plural": "historical integrity events",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ],
        ),
    ]
