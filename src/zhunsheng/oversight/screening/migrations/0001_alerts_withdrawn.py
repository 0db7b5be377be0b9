import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [("screening", "0001_alerts"), ("screening", "0002_withdrawn")]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Run",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="Run at")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("engine", models.CharField(max_length=60, verbose_name="Engine")),
                        ("first_month", models.CharField(max_length=7, verbose_name="First month")),
                        ("last_month", models.CharField(max_length=7, verbose_name="Last month")),
                        ("settings", models.CharField(max_length=60, verbose_name="Version of the settings")),
                        ("lake_leaf", models.BigIntegerField(verbose_name="Data up to leaf")),
                        ("bodies", models.PositiveIntegerField(verbose_name="Bodies compared")),
                        ("raised", models.PositiveIntegerField(default=0, verbose_name="New alerts")),
                        ("seen_again", models.PositiveIntegerField(default=0, verbose_name="Alerts seen again")),
                        ("full", models.PositiveIntegerField(verbose_name="Reports with full data")),
                        ("by_digest", models.PositiveIntegerField(verbose_name="Reports known by digest alone")),
                        ("seconds", models.JSONField(default=dict, verbose_name="Seconds by detector")),
                        ("lead_q", models.FloatField(verbose_name="Bound of the false discovery rate")),
                    ],
                    options={
                        "verbose_name": "screening run",
                        "verbose_name_plural": "screening runs",
                        "indexes": [models.Index(fields=["-at"], name="screeningrun_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="Alert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
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
                        ("field", models.CharField(blank=True, default="", max_length=2, verbose_name="Field")),
                        ("family", models.CharField(max_length=20, verbose_name="Kind of sign")),
                        ("detector", models.CharField(max_length=40, verbose_name="Strongest sign")),
                        ("detectors", models.JSONField(default=list, verbose_name="Signs")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("watched", "Watched"),
                                    ("dismissed", "Explained"),
                                    ("lead", "Lead opened"),
                                ],
                                default="new",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("p", models.FloatField(verbose_name="p-value")),
                        ("q", models.FloatField(verbose_name="Error rate")),
                        ("rank", models.PositiveIntegerField(verbose_name="Rank")),
                        ("raised_on", models.DateField(verbose_name="Raised on")),
                        (
                            "first_run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="raised_alerts",
                                to="screening.run",
                            ),
                        ),
                        (
                            "last_run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="screening.run"
                            ),
                        ),
                        ("watch_until", models.DateField(blank=True, null=True, verbose_name="Watched until")),
                        (
                            "explanation",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="Ordinary explanation"
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True, default="", max_length=1000, verbose_name="What was looked at"
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("judged_at", models.DateTimeField(blank=True, null=True, verbose_name="Judged at")),
                        (
                            "lead_reference",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Number of the lead"),
                        ),
                        (
                            "disclosed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "disclosed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Disclosed to the body at"),
                        ),
                    ],
                    options={
                        "verbose_name": "alert",
                        "verbose_name_plural": "alerts",
                        "indexes": [
                            models.Index(fields=["-raised_on", "rank", "id"], name="alert_newest"),
                            models.Index(fields=["division", "-raised_on"], name="alert_place"),
                            models.Index(fields=["stage", "-raised_on"], name="alert_stage_newest"),
                            models.Index(fields=["detector", "-raised_on"], name="alert_sign_newest"),
                            models.Index(fields=["field", "-raised_on"], name="alert_field_newest"),
                            models.Index(
                                condition=models.Q(("stage", "watched")), fields=["watch_until"], name="alert_watched"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "family"), name="alert_once"),
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["new", "watched", "dismissed", "lead"])),
                                name="alert_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "watched"), _negated=True),
                                    ("watch_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="alert_watch_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "dismissed"), _negated=True),
                                    models.Q(
                                        models.Q(("explanation", ""), _negated=True),
                                        models.Q(("words", ""), _negated=True),
                                        ("judged_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="alert_dismissed_has_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("disclosed_at", None),
                                    models.Q(("stage", "lead"), ("disclosed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="alert_disclosed_after_lead",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAlert",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("field", models.CharField(blank=True, default="", max_length=2, verbose_name="Field")),
                        ("family", models.CharField(max_length=20, verbose_name="Kind of sign")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("watched", "Watched"),
                                    ("dismissed", "Explained"),
                                    ("lead", "Lead opened"),
                                ],
                                default="new",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("raised_on", models.DateField(verbose_name="Raised on")),
                        ("watch_until", models.DateField(blank=True, null=True, verbose_name="Watched until")),
                        (
                            "explanation",
                            models.CharField(
                                blank=True, default="", max_length=40, verbose_name="Ordinary explanation"
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True, default="", max_length=1000, verbose_name="What was looked at"
                            ),
                        ),
                        ("judged_at", models.DateTimeField(blank=True, null=True, verbose_name="Judged at")),
                        (
                            "lead_reference",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Number of the lead"),
                        ),
                        (
                            "disclosed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Disclosed to the body at"),
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
                            "first_run",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="screening.run",
                            ),
                        ),
                        (
                            "judged_by",
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
                            "disclosed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "verbose_name": "historical alert",
                        "verbose_name_plural": "historical alerts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Sighting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "alert",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sightings",
                                to="screening.alert",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sightings",
                                to="screening.run",
                            ),
                        ),
                        ("evidence", models.JSONField()),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the evidence")),
                        ("entry_id", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "sighting of an alert",
                        "verbose_name_plural": "sightings of alerts",
                        "constraints": [models.UniqueConstraint(fields=("alert", "run"), name="sighting_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Export",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exports",
                                to="screening.alert",
                            ),
                        ),
                        ("kind", models.CharField(max_length=4)),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("entry_id", models.BigIntegerField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="Exported at")),
                    ],
                    options={
                        "verbose_name": "export of an alert",
                        "verbose_name_plural": "exports of alerts",
                    },
                ),
                migrations.CreateModel(
                    name="Subscription",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alert_subscription",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("by_mail", models.BooleanField(default=False, verbose_name="By mail, once a day")),
                        ("feed", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "mailed_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="screening.run",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "subscription to alerts",
                        "verbose_name_plural": "subscriptions to alerts",
                    },
                ),
                migrations.CreateModel(
                    name="Judgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judgements",
                                to="screening.alert",
                            ),
                        ),
                        (
                            "sighting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.sighting"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("explained", "An ordinary explanation holds"),
                                    ("lead", "A lead was opened"),
                                    ("reopened", "The explanation was withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("explanation", models.CharField(blank=True, default="", max_length=40)),
                        ("detectors", models.JSONField(default=list)),
                        ("settings", models.CharField(max_length=60)),
                        ("q", models.FloatField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "judgement of an alert",
                        "verbose_name_plural": "judgements of alerts",
                        "indexes": [models.Index(fields=["-at"], name="judgement_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", "lead"), models.Q(("explanation", ""), _negated=True), _connector="OR"
                                ),
                                name="judgement_explained_says_how",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
