import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [("library", "0001_provincial"), ("library", "0002_method_rows_of_entries")]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
        ("catalogue", "0001_catalogue"),
        ("documents", "0001_stored_file"),
        ("notices", "0001_initial"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True, verbose_name="Code")),
                        (
                            "stage",
                            models.CharField(
                                choices=[("published", "Published"), ("revised", "Revised"), ("retired", "Retired")],
                                default="published",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="Version")),
                        ("changed_on", models.DateField(db_index=True, verbose_name="Changed on")),
                        (
                            "steward",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="library_entries",
                                to="accounts.organisation",
                                verbose_name="Steward",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of the library",
                        "verbose_name_plural": "entries of the library",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["published", "revised", "retired"])),
                                name="entry_stage_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalEntry",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=20, verbose_name="Code")),
                        (
                            "stage",
                            models.CharField(
                                choices=[("published", "Published"), ("revised", "Revised"), ("retired", "Retired")],
                                default="published",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="Version")),
                        ("changed_on", models.DateField(db_index=True, verbose_name="Changed on")),
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
                        (
                            "steward",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                                verbose_name="Steward",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical entry of the library",
                        "verbose_name_plural": "historical entries of the library",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSupersession",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("effective_from", models.DateField(verbose_name="In force from")),
                        ("decided_at", models.DateTimeField(verbose_name="Entered at")),
                        ("why", models.CharField(max_length=500, verbose_name="Reason")),
                        ("lines", models.PositiveIntegerField(default=0, verbose_name="Lines of schedules")),
                        ("bodies", models.PositiveIntegerField(default=0, verbose_name="Bodies")),
                        (
                            "unreached",
                            models.PositiveIntegerField(default=0, verbose_name="Bodies without an account here"),
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
                            "new",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.standardedition",
                                verbose_name="New edition",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="notices.notice",
                            ),
                        ),
                        (
                            "old",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.standardedition",
                                verbose_name="Old edition",
                            ),
                        ),
                        (
                            "steward",
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
                        "verbose_name": "historical replacement of an edition",
                        "verbose_name_plural": "historical replacements of editions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Supersession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effective_from", models.DateField(verbose_name="In force from")),
                        ("decided_at", models.DateTimeField(verbose_name="Entered at")),
                        ("why", models.CharField(max_length=500, verbose_name="Reason")),
                        ("lines", models.PositiveIntegerField(default=0, verbose_name="Lines of schedules")),
                        ("bodies", models.PositiveIntegerField(default=0, verbose_name="Bodies")),
                        (
                            "unreached",
                            models.PositiveIntegerField(default=0, verbose_name="Bodies without an account here"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "new",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.standardedition",
                                verbose_name="New edition",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="notices.notice",
                            ),
                        ),
                        (
                            "old",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.standardedition",
                                verbose_name="Old edition",
                            ),
                        ),
                        (
                            "steward",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "replacement of an edition",
                        "verbose_name_plural": "replacements of editions",
                        "constraints": [
                            models.UniqueConstraint(fields=("old",), name="supersession_once"),
                            models.CheckConstraint(
                                condition=models.Q(("old", models.F("new")), _negated=True),
                                name="supersession_of_two_editions",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalVersion",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("object_name", models.CharField(max_length=200, verbose_name="Test object")),
                        (
                            "object_name_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Test object in English"
                            ),
                        ),
                        ("parameter_name", models.CharField(max_length=200, verbose_name="Parameter")),
                        (
                            "parameter_name_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Parameter in English"
                            ),
                        ),
                        ("synonyms", models.TextField(blank=True, default="", verbose_name="Other names")),
                        ("cas", models.CharField(blank=True, default="", max_length=12, verbose_name="CAS number")),
                        ("method_code", models.CharField(max_length=70, verbose_name="Method (standard with year)")),
                        (
                            "method_title",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Title of the method"
                            ),
                        ),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "technique",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Technique"),
                        ),
                        (
                            "technique_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Technique in English"
                            ),
                        ),
                        (
                            "quantity_kind",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Kind of quantity"),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                        ("domain", models.CharField(max_length=60, verbose_name="Domain")),
                        (
                            "national_code",
                            models.CharField(
                                blank=True, default="", max_length=70, verbose_name="Number in the national library"
                            ),
                        ),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("standard", "Standard method"),
                                    ("advanced", "Advanced or innovative method for a strategic industry"),
                                ],
                                default="standard",
                                max_length=10,
                                verbose_name="Sort of method",
                            ),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Strategic industry"),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="Version")),
                        ("effective_from", models.DateField(verbose_name="In force from")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="In force until")),
                        ("published_at", models.DateTimeField(verbose_name="Published at")),
                        ("why", models.CharField(max_length=500, verbose_name="Reason")),
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
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.standardedition",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="library.entry",
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
                            "object",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.testobject",
                            ),
                        ),
                        (
                            "parameter",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.parameter",
                            ),
                        ),
                        (
                            "published_by",
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
                            "method",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.method",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical version of an entry",
                        "verbose_name_plural": "historical versions of entries",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDeclaration",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("text", models.TextField(verbose_name="Text")),
                        ("law", models.CharField(max_length=80, verbose_name="Rule and version")),
                        ("remark", models.TextField(verbose_name="What was done to confirm the method")),
                        ("lines", models.PositiveIntegerField(verbose_name="Lines of schedules")),
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
                            "supersession",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="library.supersession",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical declaration",
                        "verbose_name_plural": "historical declarations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Declaration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="Text")),
                        ("law", models.CharField(max_length=80, verbose_name="Rule and version")),
                        ("remark", models.TextField(verbose_name="What was done to confirm the method")),
                        ("lines", models.PositiveIntegerField(verbose_name="Lines of schedules")),
                        ("declared_at", models.DateTimeField(verbose_name="Declared at")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="declarations",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "declared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersession",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="declarations",
                                to="library.supersession",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "declaration",
                        "verbose_name_plural": "declarations",
                    },
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object_name", models.CharField(max_length=200, verbose_name="Test object")),
                        (
                            "object_name_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Test object in English"
                            ),
                        ),
                        ("parameter_name", models.CharField(max_length=200, verbose_name="Parameter")),
                        (
                            "parameter_name_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Parameter in English"
                            ),
                        ),
                        ("synonyms", models.TextField(blank=True, default="", verbose_name="Other names")),
                        ("cas", models.CharField(blank=True, default="", max_length=12, verbose_name="CAS number")),
                        ("method_code", models.CharField(max_length=70, verbose_name="Method (standard with year)")),
                        (
                            "method_title",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Title of the method"
                            ),
                        ),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "technique",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Technique"),
                        ),
                        (
                            "technique_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Technique in English"
                            ),
                        ),
                        (
                            "quantity_kind",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Kind of quantity"),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                        ("domain", models.CharField(max_length=60, verbose_name="Domain")),
                        (
                            "national_code",
                            models.CharField(
                                blank=True, default="", max_length=70, verbose_name="Number in the national library"
                            ),
                        ),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("standard", "Standard method"),
                                    ("advanced", "Advanced or innovative method for a strategic industry"),
                                ],
                                default="standard",
                                max_length=10,
                                verbose_name="Sort of method",
                            ),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Strategic industry"),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="Version")),
                        ("effective_from", models.DateField(verbose_name="In force from")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="In force until")),
                        ("published_at", models.DateTimeField(verbose_name="Published at")),
                        ("why", models.CharField(max_length=500, verbose_name="Reason")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.standardedition",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="library.entry"
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.testobject",
                            ),
                        ),
                        (
                            "parameter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.parameter",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "method",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.method",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of an entry",
                        "verbose_name_plural": "versions of entries",
                        "constraints": [
                            models.UniqueConstraint(fields=("entry", "number"), name="version_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to", None),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="version_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sort", "advanced"), _negated=True),
                                    models.Q(("industry", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="version_industry_is_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object_name", models.CharField(max_length=200, verbose_name="Test object")),
                        (
                            "object_name_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Test object in English"
                            ),
                        ),
                        ("parameter_name", models.CharField(max_length=200, verbose_name="Parameter")),
                        (
                            "parameter_name_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Parameter in English"
                            ),
                        ),
                        ("synonyms", models.TextField(blank=True, default="", verbose_name="Other names")),
                        ("cas", models.CharField(blank=True, default="", max_length=12, verbose_name="CAS number")),
                        ("method_code", models.CharField(max_length=70, verbose_name="Method (standard with year)")),
                        (
                            "method_title",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Title of the method"
                            ),
                        ),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "technique",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Technique"),
                        ),
                        (
                            "technique_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Technique in English"
                            ),
                        ),
                        (
                            "quantity_kind",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Kind of quantity"),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                        ("domain", models.CharField(max_length=60, verbose_name="Domain")),
                        (
                            "national_code",
                            models.CharField(
                                blank=True, default="", max_length=70, verbose_name="Number in the national library"
                            ),
                        ),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("standard", "Standard method"),
                                    ("advanced", "Advanced or innovative method for a strategic industry"),
                                ],
                                default="standard",
                                max_length=10,
                                verbose_name="Sort of method",
                            ),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Strategic industry"),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="Proposal number")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("new", "New entry"), ("revision", "Revision"), ("retirement", "Retirement")],
                                default="new",
                                max_length=12,
                                verbose_name="Kind",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("in_review", "In expert review"),
                                    ("published", "Published"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("reasons", models.TextField(verbose_name="Reasons")),
                        ("proposed_at", models.DateTimeField(verbose_name="Proposed at")),
                        ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="Review opened at")),
                        (
                            "consult_until",
                            models.DateField(blank=True, null=True, verbose_name="Public consultation until"),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        (
                            "decision",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="The decision"),
                        ),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Rule and version"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="library.entry",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.testobject",
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
                            "parameter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.parameter",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "steward",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="library_proposals",
                                to="accounts.organisation",
                                verbose_name="Steward",
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposal",
                                to="library.version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposal",
                        "verbose_name_plural": "proposals",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["proposed", "in_review", "published", "refused", "withdrawn"])
                                ),
                                name="proposal_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["new", "revision", "retirement"])),
                                name="proposal_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "new"), ("entry__isnull", False), _connector="OR"),
                                name="proposal_changes_an_entry",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ["published", "refused"]), _negated=True),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="proposal_decision_has_who_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sort", "advanced"), _negated=True),
                                    models.Q(("industry", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="proposal_industry_is_named",
                            ),
                        ],
                        "indexes": [models.Index(fields=["stage", "-proposed_at"], name="proposal_stage_at")],
                    },
                ),
                migrations.CreateModel(
                    name="AffectedLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("city", models.CharField(blank=True, default="", max_length=6)),
                        (
                            "body",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="bodies.scopeline"
                            ),
                        ),
                        (
                            "declaration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="affected",
                                to="library.declaration",
                            ),
                        ),
                        (
                            "supersession",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="affected",
                                to="library.supersession",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("supersession", "line"), name="affected_once")],
                        "indexes": [
                            models.Index(fields=["supersession", "city"], name="affected_city"),
                            models.Index(fields=["body", "supersession"], name="affected_body"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalProposal",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("object_name", models.CharField(max_length=200, verbose_name="Test object")),
                        (
                            "object_name_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Test object in English"
                            ),
                        ),
                        ("parameter_name", models.CharField(max_length=200, verbose_name="Parameter")),
                        (
                            "parameter_name_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Parameter in English"
                            ),
                        ),
                        ("synonyms", models.TextField(blank=True, default="", verbose_name="Other names")),
                        ("cas", models.CharField(blank=True, default="", max_length=12, verbose_name="CAS number")),
                        ("method_code", models.CharField(max_length=70, verbose_name="Method (standard with year)")),
                        (
                            "method_title",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Title of the method"
                            ),
                        ),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "technique",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Technique"),
                        ),
                        (
                            "technique_en",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Technique in English"
                            ),
                        ),
                        (
                            "quantity_kind",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Kind of quantity"),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                        ("domain", models.CharField(max_length=60, verbose_name="Domain")),
                        (
                            "national_code",
                            models.CharField(
                                blank=True, default="", max_length=70, verbose_name="Number in the national library"
                            ),
                        ),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("standard", "Standard method"),
                                    ("advanced", "Advanced or innovative method for a strategic industry"),
                                ],
                                default="standard",
                                max_length=10,
                                verbose_name="Sort of method",
                            ),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Strategic industry"),
                        ),
                        ("number", models.CharField(db_index=True, max_length=20, verbose_name="Proposal number")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("new", "New entry"), ("revision", "Revision"), ("retirement", "Retirement")],
                                default="new",
                                max_length=12,
                                verbose_name="Kind",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("in_review", "In expert review"),
                                    ("published", "Published"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("reasons", models.TextField(verbose_name="Reasons")),
                        ("proposed_at", models.DateTimeField(verbose_name="Proposed at")),
                        ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="Review opened at")),
                        (
                            "consult_until",
                            models.DateField(blank=True, null=True, verbose_name="Public consultation until"),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        (
                            "decision",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="The decision"),
                        ),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Rule and version"),
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
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="library.entry",
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
                            "object",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.testobject",
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
                            "parameter",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.parameter",
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
                            "steward",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                                verbose_name="Steward",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="library.version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical proposal",
                        "verbose_name_plural": "historical proposals",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("invited_at", models.DateTimeField(verbose_name="Invited at")),
                        ("due_on", models.DateField(verbose_name="Due on")),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="library_invitations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
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
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="library.proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                        "constraints": [models.UniqueConstraint(fields=("proposal", "expert"), name="invitation_once")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalInvitation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("invited_at", models.DateTimeField(verbose_name="Invited at")),
                        ("due_on", models.DateField(verbose_name="Due on")),
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
                            "invited_by",
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
                            "proposal",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="library.proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical invitation",
                        "verbose_name_plural": "historical invitations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="File name")),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="library.proposal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("proposal", "file"), name="evidence_once")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalOpinion",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("support", "Support"),
                                    ("with_changes", "Support with changes"),
                                    ("oppose", "Oppose"),
                                ],
                                max_length=12,
                                verbose_name="Opinion",
                            ),
                        ),
                        ("reasons", models.TextField(verbose_name="Reasons")),
                        (
                            "employed",
                            models.BooleanField(
                                default=False, verbose_name="I work, or worked within three years, for the proposer"
                            ),
                        ),
                        (
                            "author",
                            models.BooleanField(
                                default=False, verbose_name="I am an author of the method or of its standard"
                            ),
                        ),
                        (
                            "consultant",
                            models.BooleanField(default=False, verbose_name="I advise the proposer for pay"),
                        ),
                        (
                            "interests",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Other interests, in words"
                            ),
                        ),
                        ("conflict", models.CharField(blank=True, default="", max_length=20)),
                        ("given_at", models.DateTimeField(verbose_name="Given at")),
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
                        (
                            "invitation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="library.invitation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical opinion",
                        "verbose_name_plural": "historical opinions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Opinion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("support", "Support"),
                                    ("with_changes", "Support with changes"),
                                    ("oppose", "Oppose"),
                                ],
                                max_length=12,
                                verbose_name="Opinion",
                            ),
                        ),
                        ("reasons", models.TextField(verbose_name="Reasons")),
                        (
                            "employed",
                            models.BooleanField(
                                default=False, verbose_name="I work, or worked within three years, for the proposer"
                            ),
                        ),
                        (
                            "author",
                            models.BooleanField(
                                default=False, verbose_name="I am an author of the method or of its standard"
                            ),
                        ),
                        (
                            "consultant",
                            models.BooleanField(default=False, verbose_name="I advise the proposer for pay"),
                        ),
                        (
                            "interests",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Other interests, in words"
                            ),
                        ),
                        ("conflict", models.CharField(blank=True, default="", max_length=20)),
                        ("given_at", models.DateTimeField(verbose_name="Given at")),
                        (
                            "invitation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="opinion",
                                to="library.invitation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opinion",
                        "verbose_name_plural": "opinions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("verdict__in", ["support", "with_changes", "oppose"])),
                                name="opinion_verdict_known",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
