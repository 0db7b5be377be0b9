import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [("reviews", "0001_reviews"), ("reviews", "0002_voices_and_answers_with_history")]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
        ("documents", "0001_stored_file"),
        ("draws", "0001_draws"),
        ("licensing", "0001_licensing"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="HistoricalReview",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=24, verbose_name="Review number")),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("on_site", "On-site review"),
                                    ("document", "Document review"),
                                    ("remote", "Remote review"),
                                ],
                                max_length=10,
                                verbose_name="Mode of review",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("forming", "Forming the panel"),
                                    ("prepared", "Prepared"),
                                    ("at_work", "Panel at work"),
                                    ("rectifying", "Under rectification"),
                                    ("concluded", "Concluded"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="forming",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("fields", models.JSONField(default=list, verbose_name="Fields to cover")),
                        ("size", models.PositiveSmallIntegerField(verbose_name="Members of the panel")),
                        ("first_day", models.DateField(blank=True, null=True, verbose_name="First day of the visit")),
                        ("last_day", models.DateField(blank=True, null=True, verbose_name="Last day of the visit")),
                        (
                            "plan",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Place and plan of the visit"
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("prepared_at", models.DateTimeField(blank=True, null=True, verbose_name="Prepared at")),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="Work begun at")),
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
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="licensing.application",
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
                            "prepared_by",
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
                            "started_by",
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
                        "verbose_name": "historical review",
                        "verbose_name_plural": "historical reviews",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=24, unique=True, verbose_name="Review number")),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("on_site", "On-site review"),
                                    ("document", "Document review"),
                                    ("remote", "Remote review"),
                                ],
                                max_length=10,
                                verbose_name="Mode of review",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("forming", "Forming the panel"),
                                    ("prepared", "Prepared"),
                                    ("at_work", "Panel at work"),
                                    ("rectifying", "Under rectification"),
                                    ("concluded", "Concluded"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="forming",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("fields", models.JSONField(default=list, verbose_name="Fields to cover")),
                        ("size", models.PositiveSmallIntegerField(verbose_name="Members of the panel")),
                        ("first_day", models.DateField(blank=True, null=True, verbose_name="First day of the visit")),
                        ("last_day", models.DateField(blank=True, null=True, verbose_name="Last day of the visit")),
                        (
                            "plan",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Place and plan of the visit"
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("prepared_at", models.DateTimeField(blank=True, null=True, verbose_name="Prepared at")),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="Work begun at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="licensing.application",
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
                            "opened_by",
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
                            "prepared_by",
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
                            "started_by",
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
                        "verbose_name": "review",
                        "verbose_name_plural": "reviews",
                        "indexes": [
                            models.Index(fields=["division", "stage", "-opened_at"], name="review_place_stage"),
                            models.Index(fields=["-opened_at", "-id"], name="review_newest"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        ["forming", "prepared", "at_work", "rectifying", "concluded", "cancelled"],
                                    )
                                ),
                                name="review_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["on_site", "document", "remote"])),
                                name="review_mode_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("stage", "cancelled"), _negated=True),
                                fields=("application",),
                                name="review_one_for_an_application",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["forming", "cancelled"]),
                                    ("prepared_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="review_prepared_has_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ["concluded", "cancelled"]), _negated=True),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="review_ended_has_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_day", None), ("last_day__gte", models.F("first_day")), _connector="OR"
                                ),
                                name="review_days_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertInterest",
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
                                    ("unable", "Can't take part"),
                                ],
                                max_length=12,
                                verbose_name="Kind",
                            ),
                        ),
                        ("words", models.CharField(max_length=300, verbose_name="In words")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("declared_at", models.DateTimeField(verbose_name="Declared at")),
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
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interests",
                                to="bodies.expert",
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
                        "verbose_name": "interest of an assessor",
                        "verbose_name_plural": "interests of assessors",
                        "indexes": [models.Index(fields=["organisation", "expert"], name="expertinterest_of")],
                    },
                ),
                migrations.CreateModel(
                    name="Nonconformity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                        ("clause", models.CharField(max_length=40, verbose_name="Clause")),
                        ("fact", models.TextField(verbose_name="Fact")),
                        ("basis", models.TextField(verbose_name="Basis")),
                        (
                            "found",
                            models.CharField(
                                choices=[("documents", "Documents"), ("on_site", "On site")],
                                max_length=10,
                                verbose_name="Found in",
                            ),
                        ),
                        (
                            "verify_by",
                            models.CharField(
                                choices=[
                                    ("evidence", "Written evidence"),
                                    ("visit", "Visit on site"),
                                    ("other", "Other"),
                                ],
                                default="evidence",
                                max_length=10,
                                verbose_name="Verified by",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("answered", "Rectified, to be verified"),
                                    ("closed", "Closed"),
                                    ("failed", "Not rectified"),
                                    ("dropped", "Taken back"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("at", models.DateTimeField(verbose_name="Written at")),
                        (
                            "panel_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Confirmed by the panel at"),
                        ),
                        (
                            "body_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Confirmed by the body at"),
                        ),
                        (
                            "objection",
                            models.TextField(blank=True, default="", verbose_name="What the body says against it"),
                        ),
                        (
                            "body_by",
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
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("lines", models.ManyToManyField(blank=True, related_name="+", to="licensing.applicationline")),
                        (
                            "panel_by",
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
                            "review",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="nonconformities",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nonconformity",
                        "verbose_name_plural": "nonconformities",
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "number"), name="nonconformity_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "answered", "closed", "failed", "dropped"])),
                                name="nonconformity_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("panel_at", None), ("panel_by__isnull", False), _connector="OR"),
                                name="nonconformity_panel_has_who",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("body_at", None), ("body_by__isnull", False), _connector="OR"),
                                name="nonconformity_body_has_who",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelDraw",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("replacement", models.BooleanField(default=False, verbose_name="Replaces members")),
                        ("size", models.PositiveSmallIntegerField(verbose_name="To be drawn")),
                        ("candidates", models.PositiveIntegerField(verbose_name="Candidates")),
                        ("barred", models.PositiveIntegerField(verbose_name="Barred candidates")),
                        ("committed_at", models.DateTimeField(verbose_name="Sealed at")),
                        ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="Appointed at")),
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="draws", to="reviews.review"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draw of a panel",
                        "verbose_name_plural": "draws of panels",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("taken_at", None)), fields=("review",), name="paneldraw_open_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RectificationRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Round")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("asked_at", models.DateTimeField(verbose_name="Asked at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="Handed in at")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Verified at")),
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
                            "sent_by",
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
                            "review",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rounds",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "round of rectification",
                        "verbose_name_plural": "rounds of rectification",
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "number"), name="rectificationround_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("review",),
                                name="rectificationround_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sent_at", None), ("sent_by__isnull", False), _connector="OR"),
                                name="rectificationround_sent_has_who",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParameterConfirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("site_test", models.BooleanField(default=False, verbose_name="Test on site")),
                        ("proficiency", models.BooleanField(default=False, verbose_name="Proficiency test")),
                        ("blind_sample", models.BooleanField(default=False, verbose_name="Blind sample")),
                        ("comparison", models.BooleanField(default=False, verbose_name="Comparison")),
                        ("demonstration", models.BooleanField(default=False, verbose_name="Demonstration")),
                        ("questions", models.BooleanField(default=False, verbose_name="Questions")),
                        ("records", models.BooleanField(default=False, verbose_name="Records and reports read")),
                        ("equipment", models.BooleanField(default=False, verbose_name="Equipment checked")),
                        ("confirmed", models.BooleanField(blank=True, null=True, verbose_name="Confirmed")),
                        ("note", models.TextField(blank=True, default="", verbose_name="Note")),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(blank=True, null=True, verbose_name="Written at")),
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmations",
                                to="licensing.applicationline",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="confirmations",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "confirmation of a line",
                        "verbose_name_plural": "confirmations of lines",
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "line"), name="parameterconfirmation_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("version", 0),
                                    models.Q(("at__isnull", False), ("by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="parameterconfirmation_has_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalParameterConfirmation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("site_test", models.BooleanField(default=False, verbose_name="Test on site")),
                        ("proficiency", models.BooleanField(default=False, verbose_name="Proficiency test")),
                        ("blind_sample", models.BooleanField(default=False, verbose_name="Blind sample")),
                        ("comparison", models.BooleanField(default=False, verbose_name="Comparison")),
                        ("demonstration", models.BooleanField(default=False, verbose_name="Demonstration")),
                        ("questions", models.BooleanField(default=False, verbose_name="Questions")),
                        ("records", models.BooleanField(default=False, verbose_name="Records and reports read")),
                        ("equipment", models.BooleanField(default=False, verbose_name="Equipment checked")),
                        ("confirmed", models.BooleanField(blank=True, null=True, verbose_name="Confirmed")),
                        ("note", models.TextField(blank=True, default="", verbose_name="Note")),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(blank=True, null=True, verbose_name="Written at")),
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
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="licensing.applicationline",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical confirmation of a line",
                        "verbose_name_plural": "historical confirmations of lines",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNonconformity",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                        ("clause", models.CharField(max_length=40, verbose_name="Clause")),
                        ("fact", models.TextField(verbose_name="Fact")),
                        ("basis", models.TextField(verbose_name="Basis")),
                        (
                            "found",
                            models.CharField(
                                choices=[("documents", "Documents"), ("on_site", "On site")],
                                max_length=10,
                                verbose_name="Found in",
                            ),
                        ),
                        (
                            "verify_by",
                            models.CharField(
                                choices=[
                                    ("evidence", "Written evidence"),
                                    ("visit", "Visit on site"),
                                    ("other", "Other"),
                                ],
                                default="evidence",
                                max_length=10,
                                verbose_name="Verified by",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("answered", "Rectified, to be verified"),
                                    ("closed", "Closed"),
                                    ("failed", "Not rectified"),
                                    ("dropped", "Taken back"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("at", models.DateTimeField(verbose_name="Written at")),
                        (
                            "panel_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Confirmed by the panel at"),
                        ),
                        (
                            "body_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Confirmed by the body at"),
                        ),
                        (
                            "objection",
                            models.TextField(blank=True, default="", verbose_name="What the body says against it"),
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
                            "body_by",
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
                            "panel_by",
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
                            "review",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical nonconformity",
                        "verbose_name_plural": "historical nonconformities",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConclusion",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("kind", models.CharField(max_length=20, verbose_name="Conclusion")),
                        ("words", models.TextField(verbose_name="In words")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("at", models.DateTimeField(verbose_name="Written at")),
                        ("final_at", models.DateTimeField(blank=True, null=True, verbose_name="Final since")),
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
                        (
                            "review",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical conclusion of a review",
                        "verbose_name_plural": "historical conclusions of reviews",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalChecklistItem",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("place", models.PositiveSmallIntegerField(verbose_name="Place in the checklist")),
                        ("clause", models.CharField(max_length=40, verbose_name="Clause")),
                        ("words", models.JSONField(default=dict, verbose_name="Words of the clause")),
                        ("starred", models.BooleanField(default=False, verbose_name="Key clause")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("conforms", "Conforms"),
                                    ("fails", "Does not conform"),
                                    ("not_applicable", "Not applicable"),
                                ],
                                default="",
                                max_length=16,
                                verbose_name="Verdict",
                            ),
                        ),
                        ("note", models.TextField(blank=True, default="", verbose_name="Note")),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(blank=True, null=True, verbose_name="Written at")),
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
                        (
                            "review",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical clause of a checklist",
                        "verbose_name_plural": "historical clauses of checklists",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Conclusion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20, verbose_name="Conclusion")),
                        ("words", models.TextField(verbose_name="In words")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("at", models.DateTimeField(verbose_name="Written at")),
                        ("final_at", models.DateTimeField(blank=True, null=True, verbose_name="Final since")),
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
                            "review",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conclusion",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "conclusion of a review",
                        "verbose_name_plural": "conclusions of reviews",
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(verbose_name="Place in the checklist")),
                        ("clause", models.CharField(max_length=40, verbose_name="Clause")),
                        ("words", models.JSONField(default=dict, verbose_name="Words of the clause")),
                        ("starred", models.BooleanField(default=False, verbose_name="Key clause")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("conforms", "Conforms"),
                                    ("fails", "Does not conform"),
                                    ("not_applicable", "Not applicable"),
                                ],
                                default="",
                                max_length=16,
                                verbose_name="Verdict",
                            ),
                        ),
                        ("note", models.TextField(blank=True, default="", verbose_name="Note")),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(blank=True, null=True, verbose_name="Written at")),
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
                            "review",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checklist",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "clause of a checklist",
                        "verbose_name_plural": "clauses of checklists",
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "clause"), name="checklistitem_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("version", 0),
                                    models.Q(("at__isnull", False), ("by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="checklistitem_has_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoomFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="File name")),
                        ("words", models.CharField(max_length=200, verbose_name="What it is")),
                        ("clause", models.CharField(blank=True, default="", max_length=40, verbose_name="Clause")),
                        ("added_at", models.DateTimeField(verbose_name="Added at")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="Removed at")),
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                            ),
                        ),
                        (
                            "removed_by",
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="reviews.review"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of a review",
                        "verbose_name_plural": "files of reviews",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("review", "file"),
                                name="roomfile_once_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("began_at", models.DateTimeField(verbose_name="Began at")),
                        ("ended_at", models.DateTimeField(verbose_name="Ended at")),
                        ("subject", models.CharField(max_length=200, verbose_name="Subject")),
                        ("people", models.CharField(max_length=300, verbose_name="Who took part")),
                        ("recording", models.CharField(max_length=300, verbose_name="Where the recording is kept")),
                        (
                            "digest",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="SHA-256 of the recording"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="Entered at")),
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recorded session",
                        "verbose_name_plural": "recorded sessions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ended_at__gt", models.F("began_at"))),
                                name="session_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("client_id", models.UUIDField(unique=True)),
                        ("item", models.CharField(max_length=60, verbose_name="Item")),
                        ("base", models.PositiveIntegerField(verbose_name="Made on version")),
                        ("values", models.JSONField(verbose_name="Values")),
                        ("outcome", models.CharField(max_length=10, verbose_name="Outcome")),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="Version afterwards")),
                        ("held", models.JSONField(blank=True, null=True, verbose_name="What stood against it")),
                        (
                            "why",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Reason of the refusal"
                            ),
                        ),
                        (
                            "made_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Written on the device at"),
                        ),
                        ("received_at", models.DateTimeField(verbose_name="Received at")),
                        ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="Resolved at")),
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
                            "resolved_by",
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
                            "review",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a sheet",
                        "verbose_name_plural": "changes of sheets",
                        "indexes": [
                            models.Index(fields=["review", "received_at"], name="sheetchange_of"),
                            models.Index(
                                condition=models.Q(("outcome", "conflict"), ("resolved_at", None)),
                                fields=["review"],
                                name="sheetchange_open_conflicts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RectificationAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.TextField(verbose_name="What was done")),
                        ("at", models.DateTimeField(verbose_name="Written at")),
                        ("accepted", models.BooleanField(blank=True, null=True, verbose_name="Accepted")),
                        ("remark", models.TextField(blank=True, default="", verbose_name="Remark of the panel")),
                        ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="Verified at")),
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
                            "nonconformity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="reviews.nonconformity",
                            ),
                        ),
                        (
                            "verified_by",
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
                            "round",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="reviews.rectificationround",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to a nonconformity",
                        "verbose_name_plural": "answers to nonconformities",
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "nonconformity"), name="rectificationanswer_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted", None),
                                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="rectificationanswer_verified_has_who",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("leader", models.BooleanField(default=False, verbose_name="Leads the panel")),
                        ("fields", models.JSONField(default=list, verbose_name="Covers")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drawn", "Drawn, to declare interests"),
                                    ("serving", "On the panel"),
                                    ("replaced", "Replaced"),
                                ],
                                default="drawn",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "interest",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("employed", "Employed there"),
                                    ("consultancy", "Advised the body for pay"),
                                    ("family", "Family at the body"),
                                    ("other", "Another interest"),
                                    ("unable", "Can't take part"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="Interest",
                            ),
                        ),
                        ("declared_at", models.DateTimeField(blank=True, null=True, verbose_name="Declared at")),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="reviews.paneldraw",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="panels", to="bodies.expert"
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member of a panel",
                        "verbose_name_plural": "members of panels",
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "expert"), name="panelmember_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("leader", True), models.Q(("state", "replaced"), _negated=True)),
                                fields=("review",),
                                name="panelmember_one_leader",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "serving"), _negated=True),
                                    models.Q(("declared_at__isnull", False), ("interest", "")),
                                    _connector="OR",
                                ),
                                name="panelmember_serves_without_interest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "replaced"), _negated=True),
                                    models.Q(("interest", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="panelmember_replaced_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPanelMember",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("leader", models.BooleanField(default=False, verbose_name="Leads the panel")),
                        ("fields", models.JSONField(default=list, verbose_name="Covers")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drawn", "Drawn, to declare interests"),
                                    ("serving", "On the panel"),
                                    ("replaced", "Replaced"),
                                ],
                                default="drawn",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "interest",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("employed", "Employed there"),
                                    ("consultancy", "Advised the body for pay"),
                                    ("family", "Family at the body"),
                                    ("other", "Another interest"),
                                    ("unable", "Can't take part"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="Interest",
                            ),
                        ),
                        ("declared_at", models.DateTimeField(blank=True, null=True, verbose_name="Declared at")),
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
                            "draw",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.paneldraw",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical member of a panel",
                        "verbose_name_plural": "historical members of panels",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ConclusionLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("granted", models.BooleanField(verbose_name="To be granted")),
                        ("reason", models.CharField(max_length=500, verbose_name="Reason")),
                        (
                            "conclusion",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="reviews.conclusion",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="licensing.applicationline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "conclusion about a line",
                        "verbose_name_plural": "conclusions about lines",
                        "constraints": [
                            models.UniqueConstraint(fields=("conclusion", "line"), name="conclusionline_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConclusionVoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agrees", models.BooleanField(verbose_name="Agrees")),
                        (
                            "words",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Dissent in words"),
                        ),
                        ("at", models.DateTimeField(verbose_name="Said at")),
                        (
                            "conclusion",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="voices",
                                to="reviews.conclusion",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reviews.panelmember"
                            ),
                        ),
                        (
                            "outdated_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="The conclusion was written anew at"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "voice on a conclusion",
                        "verbose_name_plural": "voices on conclusions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agrees", True), models.Q(("words", ""), _negated=True), _connector="OR"
                                ),
                                name="conclusionvoice_dissent_has_words",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("outdated_at", None)),
                                fields=("conclusion", "member"),
                                name="conclusionvoice_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RectificationEvidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="File name")),
                        (
                            "answer",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="reviews.rectificationanswer",
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
                        "constraints": [
                            models.UniqueConstraint(fields=("answer", "file"), name="rectificationevidence_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalConclusionLine",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("granted", models.BooleanField(verbose_name="To be granted")),
                        ("reason", models.CharField(max_length=500, verbose_name="Reason")),
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
                            "conclusion",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.conclusion",
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
                            "line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="licensing.applicationline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical conclusion about a line",
                        "verbose_name_plural": "historical conclusions about lines",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalConclusionVoice",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("agrees", models.BooleanField(verbose_name="Agrees")),
                        (
                            "words",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Dissent in words"),
                        ),
                        ("at", models.DateTimeField(verbose_name="Said at")),
                        (
                            "outdated_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="The conclusion was written anew at"
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
                            "conclusion",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.conclusion",
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
                            "member",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.panelmember",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical voice on a conclusion",
                        "verbose_name_plural": "historical voices on conclusions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRectificationAnswer",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("words", models.TextField(verbose_name="What was done")),
                        ("at", models.DateTimeField(verbose_name="Written at")),
                        ("accepted", models.BooleanField(blank=True, null=True, verbose_name="Accepted")),
                        ("remark", models.TextField(blank=True, default="", verbose_name="Remark of the panel")),
                        ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="Verified at")),
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
                        (
                            "nonconformity",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.nonconformity",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.rectificationround",
                            ),
                        ),
                        (
                            "verified_by",
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
                        "verbose_name": "historical answer to a nonconformity",
                        "verbose_name_plural": "historical answers to nonconformities",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRectificationRound",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Round")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("asked_at", models.DateTimeField(verbose_name="Asked at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="Handed in at")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Verified at")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="reviews.review",
                            ),
                        ),
                        (
                            "sent_by",
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
                        "verbose_name": "historical round of rectification",
                        "verbose_name_plural": "historical rounds of rectification",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ],
        ),
    ]
