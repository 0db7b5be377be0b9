import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [("visits", "0001_visits"), ("visits", "0002_photo_distance")]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
        ("credit", "0001_credit"),
        ("documents", "0001_stored_file"),
        ("inspections", "0001_tasks_and_departments"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="HistoricalEdition",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("checklist", models.CharField(max_length=40, verbose_name="Checklist")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Edition")),
                        ("title", models.JSONField(default=dict, verbose_name="Title")),
                        ("items", models.JSONField(default=list, verbose_name="Items")),
                        ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("effective_from", models.DateField(verbose_name="In force from")),
                        ("imported_at", models.DateTimeField(verbose_name="Imported at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="Approved at")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "imported_by",
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
                        "verbose_name": "historical edition of a checklist",
                        "verbose_name_plural": "historical editions of checklists",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalVisit",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=24, verbose_name="Number of the visit")),
                        (
                            "mode",
                            models.CharField(
                                choices=[("on_site", "On-site inspection"), ("remote", "Remote check")],
                                default="on_site",
                                max_length=10,
                                verbose_name="Where",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("under_way", "Under way"),
                                    ("signed", "Record signed, to be decided"),
                                    ("concluded", "Concluded"),
                                    ("cancelled", "Called off"),
                                ],
                                default="prepared",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("first_day", models.DateField(verbose_name="First day")),
                        ("last_day", models.DateField(verbose_name="Last day")),
                        (
                            "place",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Place of the visit"),
                        ),
                        (
                            "checklist",
                            models.CharField(
                                blank=True, default="", max_length=400, verbose_name="Checklists and editions"
                            ),
                        ),
                        ("pass_code", models.CharField(db_index=True, max_length=24)),
                        ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="Identification seen at")),
                        (
                            "seen_by",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Identification seen by"
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="Begun at")),
                        ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="Record signed at")),
                        ("concluded_at", models.DateTimeField(blank=True, null=True, verbose_name="Concluded at")),
                        ("generated", models.BooleanField(default=False)),
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
                            "concluded_by",
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
                            "leader",
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
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.task",
                                verbose_name="Task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical visit",
                        "verbose_name_plural": "historical visits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=24, unique=True, verbose_name="Number of the visit")),
                        (
                            "mode",
                            models.CharField(
                                choices=[("on_site", "On-site inspection"), ("remote", "Remote check")],
                                default="on_site",
                                max_length=10,
                                verbose_name="Where",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("under_way", "Under way"),
                                    ("signed", "Record signed, to be decided"),
                                    ("concluded", "Concluded"),
                                    ("cancelled", "Called off"),
                                ],
                                default="prepared",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("first_day", models.DateField(verbose_name="First day")),
                        ("last_day", models.DateField(verbose_name="Last day")),
                        (
                            "place",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Place of the visit"),
                        ),
                        (
                            "checklist",
                            models.CharField(
                                blank=True, default="", max_length=400, verbose_name="Checklists and editions"
                            ),
                        ),
                        ("pass_code", models.CharField(max_length=24, unique=True)),
                        ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="Identification seen at")),
                        (
                            "seen_by",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Identification seen by"
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="Begun at")),
                        ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="Record signed at")),
                        ("concluded_at", models.DateTimeField(blank=True, null=True, verbose_name="Concluded at")),
                        ("generated", models.BooleanField(default=False)),
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
                            "concluded_by",
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
                            "division",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.division",
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="inspections.task",
                                verbose_name="Task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visit",
                        "verbose_name_plural": "visits",
                        "indexes": [
                            models.Index(fields=["division", "stage", "-first_day"], name="visit_place_stage"),
                            models.Index(fields=["-first_day", "-id"], name="visit_newest"),
                            models.Index(fields=["body", "-first_day"], name="visit_body"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["prepared", "under_way", "signed", "concluded", "cancelled"])
                                ),
                                name="visit_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["on_site", "remote"])), name="visit_mode_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("leader", models.F("second")), _negated=True),
                                name="visit_has_two_inspectors",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))), name="visit_days_in_order"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("stage", "cancelled"), _negated=True),
                                fields=("task",),
                                name="visit_one_for_a_task",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ["signed", "concluded"]), _negated=True),
                                    ("signed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="visit_signed_has_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "concluded"), _negated=True),
                                    models.Q(("concluded_at__isnull", False), ("concluded_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="visit_concluded_has_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FileRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=500, verbose_name="What is asked for")),
                        ("due_on", models.DateField(verbose_name="By")),
                        ("asked_at", models.DateTimeField(verbose_name="Asked at")),
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="visits.visit"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request for files",
                        "verbose_name_plural": "requests for files",
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
                        ("key", models.UUIDField(unique=True)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                        ("code", models.CharField(blank=True, default="", max_length=40, verbose_name="Item")),
                        ("fact", models.TextField(verbose_name="Fact")),
                        (
                            "violation",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Violation"),
                        ),
                        ("stands", models.BooleanField(default=True, verbose_name="Upheld on site")),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(blank=True, null=True, verbose_name="Written at")),
                        ("proposal", models.JSONField(default=dict, verbose_name="What the yardstick says")),
                        (
                            "handling",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("advice", "Advice and reminder"),
                                    ("order", "Order to correct"),
                                    ("case", "File a case"),
                                    ("none", "Not upheld"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="Handling",
                            ),
                        ),
                        (
                            "departure",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of a departure"
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(blank=True, null=True, verbose_name="Proposed at")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("case", models.CharField(blank=True, default="", max_length=40, verbose_name="Case")),
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
                            "proposed_by",
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
                            "visit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "finding",
                        "verbose_name_plural": "findings",
                        "indexes": [models.Index(fields=["violation", "-decided_at"], name="visitfinding_like_cases")],
                        "constraints": [
                            models.UniqueConstraint(fields=("visit", "number"), name="visitfinding_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_at__isnull", False), models.Q(("handling", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="visitfinding_decided_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="visitfinding_decided_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=24, unique=True, verbose_name="Number of the order")),
                        ("words", models.TextField(verbose_name="What is to be corrected")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("open", "To be corrected"),
                                    ("answered", "Corrected, to be checked again"),
                                    ("met", "Corrected"),
                                    ("missed", "Not corrected"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="To be corrected by")),
                        ("issued_at", models.DateTimeField(verbose_name="Issued at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
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
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("findings", models.ManyToManyField(related_name="orders", to="visits.finding")),
                        (
                            "issued_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "obligation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="credit.obligation",
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
                            "visit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "order to correct",
                        "verbose_name_plural": "orders to correct",
                        "indexes": [
                            models.Index(fields=["division", "stage", "due_on"], name="visitorder_place_stage"),
                            models.Index(fields=["-issued_at", "-id"], name="visitorder_newest"),
                            models.Index(fields=["visit"], name="visitorder_visit"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["open", "answered", "met", "missed"])),
                                name="visitorder_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ["met", "missed"]), _negated=True),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="visitorder_ended_has_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalOrderAnswer",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("words", models.TextField(verbose_name="What was done")),
                        ("at", models.DateTimeField(verbose_name="Answered at")),
                        ("accepted", models.BooleanField(blank=True, null=True, verbose_name="Accepted")),
                        ("remark", models.TextField(blank=True, default="", verbose_name="Remark of the re-check")),
                        ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="Checked again at")),
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
                            "checked_by",
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
                            "order",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="visits.order",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical answer to an order",
                        "verbose_name_plural": "historical answers to orders",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="OrderAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.TextField(verbose_name="What was done")),
                        ("at", models.DateTimeField(verbose_name="Answered at")),
                        ("accepted", models.BooleanField(blank=True, null=True, verbose_name="Accepted")),
                        ("remark", models.TextField(blank=True, default="", verbose_name="Remark of the re-check")),
                        ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="Checked again at")),
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
                            "checked_by",
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
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="visits.order"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to an order",
                        "verbose_name_plural": "answers to orders",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted", None),
                                    models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="orderanswer_checked_has_who_and_when",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderEvidence",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="visits.orderanswer",
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
                        "verbose_name": "evidence of a correction",
                        "verbose_name_plural": "evidence of corrections",
                    },
                ),
                migrations.CreateModel(
                    name="RequestedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="File name")),
                        ("at", models.DateTimeField(verbose_name="Sent at")),
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="visits.filerequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file sent for a remote check",
                        "verbose_name_plural": "files sent for remote checks",
                        "constraints": [models.UniqueConstraint(fields=("request", "file"), name="requestedfile_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Supplement",
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
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supplements",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "supplement to a record",
                        "verbose_name_plural": "supplements to records",
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("leader", "Leading inspector"),
                                    ("second", "Second inspector"),
                                    ("body", "The body inspected"),
                                ],
                                max_length=8,
                                verbose_name="Side",
                            ),
                        ),
                        ("name", models.CharField(blank=True, default="", max_length=60, verbose_name="Name")),
                        ("post", models.CharField(blank=True, default="", max_length=60, verbose_name="Post")),
                        ("objection", models.TextField(blank=True, default="", verbose_name="Objection")),
                        (
                            "refusal",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Reason of a refusal to sign"
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="SHA-256 of what was signed"
                            ),
                        ),
                        ("signed", models.BooleanField(default=False, verbose_name="Signed")),
                        ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="Signed at")),
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
                            "image",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signatures",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signature",
                        "verbose_name_plural": "signatures",
                        "constraints": [
                            models.UniqueConstraint(fields=("visit", "side"), name="signature_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed", False),
                                    models.Q(models.Q(("digest", ""), _negated=True), ("signed_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="signature_has_digest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Result",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("codes", models.JSONField(default=list, verbose_name="Result codes")),
                        (
                            "words",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Result in words"),
                        ),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("ready", "To be disclosed"),
                                    ("disclosed", "Disclosed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="ready",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="To be disclosed by")),
                        ("disclosed_at", models.DateTimeField(blank=True, null=True, verbose_name="Disclosed at")),
                        (
                            "withdrawn_why",
                            models.CharField(
                                blank=True, default="", max_length=400, verbose_name="Reason of the withdrawal"
                            ),
                        ),
                        (
                            "disclosed_by",
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
                            "division",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.division",
                            ),
                        ),
                        (
                            "visit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="result", to="visits.visit"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "result of an inspection",
                        "verbose_name_plural": "results of inspections",
                        "indexes": [
                            models.Index(fields=["stage", "-disclosed_at"], name="visitresult_public"),
                            models.Index(fields=["division", "stage", "due_on"], name="visitresult_place_stage"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["ready", "disclosed", "withdrawn"])),
                                name="visitresult_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "disclosed"), _negated=True),
                                    models.Q(("disclosed_at__isnull", False), ("disclosed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="visitresult_disclosed_has_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Record",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("content", models.JSONField(verbose_name="Content")),
                        ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("at", models.DateTimeField(verbose_name="Sealed at")),
                        (
                            "visit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="record", to="visits.visit"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "record of a visit",
                        "verbose_name_plural": "records of visits",
                    },
                ),
                migrations.CreateModel(
                    name="Pull",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("first_day", models.DateField(verbose_name="From")),
                        ("last_day", models.DateField(verbose_name="Until")),
                        ("total", models.PositiveIntegerField(verbose_name="Reports")),
                        ("rows", models.JSONField(default=list, verbose_name="Reports pulled")),
                        ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("at", models.DateTimeField(verbose_name="Pulled at")),
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="pulls", to="visits.visit"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reports pulled",
                        "verbose_name_plural": "reports pulled",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))), name="pull_days_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSignature",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("leader", "Leading inspector"),
                                    ("second", "Second inspector"),
                                    ("body", "The body inspected"),
                                ],
                                max_length=8,
                                verbose_name="Side",
                            ),
                        ),
                        ("name", models.CharField(blank=True, default="", max_length=60, verbose_name="Name")),
                        ("post", models.CharField(blank=True, default="", max_length=60, verbose_name="Post")),
                        ("objection", models.TextField(blank=True, default="", verbose_name="Objection")),
                        (
                            "refusal",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Reason of a refusal to sign"
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="SHA-256 of what was signed"
                            ),
                        ),
                        ("signed", models.BooleanField(default=False, verbose_name="Signed")),
                        ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="Signed at")),
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
                            "image",
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
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical signature",
                        "verbose_name_plural": "historical signatures",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalResult",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("codes", models.JSONField(default=list, verbose_name="Result codes")),
                        (
                            "words",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Result in words"),
                        ),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("ready", "To be disclosed"),
                                    ("disclosed", "Disclosed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="ready",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="To be disclosed by")),
                        ("disclosed_at", models.DateTimeField(blank=True, null=True, verbose_name="Disclosed at")),
                        (
                            "withdrawn_why",
                            models.CharField(
                                blank=True, default="", max_length=400, verbose_name="Reason of the withdrawal"
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
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical result of an inspection",
                        "verbose_name_plural": "historical results of inspections",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOrder",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=24, verbose_name="Number of the order")),
                        ("words", models.TextField(verbose_name="What is to be corrected")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("open", "To be corrected"),
                                    ("answered", "Corrected, to be checked again"),
                                    ("met", "Corrected"),
                                    ("missed", "Not corrected"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="To be corrected by")),
                        ("issued_at", models.DateTimeField(verbose_name="Issued at")),
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
                            "ended_by",
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
                            "issued_by",
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
                            "obligation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="credit.obligation",
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
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical order to correct",
                        "verbose_name_plural": "historical orders to correct",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFinding",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("key", models.UUIDField(db_index=True)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                        ("code", models.CharField(blank=True, default="", max_length=40, verbose_name="Item")),
                        ("fact", models.TextField(verbose_name="Fact")),
                        (
                            "violation",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Violation"),
                        ),
                        ("stands", models.BooleanField(default=True, verbose_name="Upheld on site")),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(blank=True, null=True, verbose_name="Written at")),
                        ("proposal", models.JSONField(default=dict, verbose_name="What the yardstick says")),
                        (
                            "handling",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("advice", "Advice and reminder"),
                                    ("order", "Order to correct"),
                                    ("case", "File a case"),
                                    ("none", "Not upheld"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="Handling",
                            ),
                        ),
                        (
                            "departure",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of a departure"
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(blank=True, null=True, verbose_name="Proposed at")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("case", models.CharField(blank=True, default="", max_length=40, verbose_name="Case")),
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
                            "proposed_by",
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
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical finding",
                        "verbose_name_plural": "historical findings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCheckItem",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("place", models.PositiveSmallIntegerField(verbose_name="Place in the checklist")),
                        ("code", models.CharField(max_length=40, verbose_name="Item")),
                        ("source", models.CharField(default="checklist", max_length=20, verbose_name="From")),
                        (
                            "reference",
                            models.CharField(blank=True, default="", max_length=120, verbose_name="Reference"),
                        ),
                        ("clause", models.CharField(blank=True, default="", max_length=200, verbose_name="Clause")),
                        ("words", models.JSONField(default=dict, verbose_name="What is checked")),
                        ("how", models.JSONField(default=dict, verbose_name="How it is checked")),
                        ("evidence", models.JSONField(default=list, verbose_name="Evidence to take")),
                        ("violations", models.JSONField(default=list, verbose_name="Violations")),
                        ("starred", models.BooleanField(default=False, verbose_name="Key item")),
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
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical item of a visit",
                        "verbose_name_plural": "historical items of visits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="CheckItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(verbose_name="Place in the checklist")),
                        ("code", models.CharField(max_length=40, verbose_name="Item")),
                        ("source", models.CharField(default="checklist", max_length=20, verbose_name="From")),
                        (
                            "reference",
                            models.CharField(blank=True, default="", max_length=120, verbose_name="Reference"),
                        ),
                        ("clause", models.CharField(blank=True, default="", max_length=200, verbose_name="Clause")),
                        ("words", models.JSONField(default=dict, verbose_name="What is checked")),
                        ("how", models.JSONField(default=dict, verbose_name="How it is checked")),
                        ("evidence", models.JSONField(default=list, verbose_name="Evidence to take")),
                        ("violations", models.JSONField(default=list, verbose_name="Violations")),
                        ("starred", models.BooleanField(default=False, verbose_name="Key item")),
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
                            "visit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of a visit",
                        "verbose_name_plural": "items of visits",
                        "constraints": [
                            models.UniqueConstraint(fields=("visit", "code"), name="checkitem_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("version", 0),
                                    models.Q(("at__isnull", False), ("by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="checkitem_has_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitChange",
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
                            "visit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a visit's sheet",
                        "verbose_name_plural": "changes of visits' sheets",
                        "indexes": [
                            models.Index(fields=["visit", "received_at"], name="visitchange_of"),
                            models.Index(
                                condition=models.Q(("outcome", "conflict"), ("resolved_at", None)),
                                fields=["visit"],
                                name="visitchange_open_conflicts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Edition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("checklist", models.CharField(max_length=40, verbose_name="Checklist")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="Edition")),
                        ("title", models.JSONField(default=dict, verbose_name="Title")),
                        ("items", models.JSONField(default=list, verbose_name="Items")),
                        ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("effective_from", models.DateField(verbose_name="In force from")),
                        ("imported_at", models.DateTimeField(verbose_name="Imported at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="Approved at")),
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
                            "imported_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "edition of a checklist",
                        "verbose_name_plural": "editions of checklists",
                        "constraints": [
                            models.UniqueConstraint(fields=("checklist", "number"), name="edition_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        models.Q(("approved_by", models.F("imported_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="edition_approved_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Photo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("client_id", models.UUIDField(unique=True)),
                        ("item", models.CharField(max_length=60, verbose_name="Item")),
                        ("name", models.CharField(max_length=200, verbose_name="File name")),
                        ("taken_at", models.DateTimeField(verbose_name="Taken at")),
                        ("exif_on", models.DateField(blank=True, null=True, verbose_name="Day that the picture names")),
                        (
                            "lat",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="Latitude"
                            ),
                        ),
                        (
                            "lon",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="Longitude"
                            ),
                        ),
                        (
                            "accuracy",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="Accuracy in metres"),
                        ),
                        ("marks", models.JSONField(default=list, verbose_name="Marks")),
                        ("received_at", models.DateTimeField(verbose_name="Received at")),
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="visits.visit",
                            ),
                        ),
                        (
                            "metres_away",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Metres to the nearest site"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photograph of a visit",
                        "verbose_name_plural": "photographs of visits",
                        "indexes": [models.Index(fields=["visit", "taken_at"], name="visitphoto_of")],
                    },
                ),
            ],
        ),
    ]
