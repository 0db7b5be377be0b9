import django.db.models.deletion
import django.db.models.functions.comparison
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [
        ("catalogue", "0001_initial"),
        ("catalogue", "0002_methods_and_partial_replacements"),
        ("catalogue", "0003_method_rows_of_entries"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="CatalogueRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("identity", models.CharField(max_length=32)),
                        ("number", models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Parameter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, unique=True, verbose_name="Code")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "name_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
                        ),
                        ("cas", models.CharField(blank=True, default="", max_length=12, verbose_name="CAS number")),
                        (
                            "quantity_kind",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Kind of quantity"),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                    ],
                    options={
                        "verbose_name": "parameter",
                        "verbose_name_plural": "parameters",
                    },
                ),
                migrations.CreateModel(
                    name="Standard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "base_code",
                            models.CharField(max_length=60, unique=True, verbose_name="Standard number without year"),
                        ),
                        ("title", models.CharField(blank=True, default="", max_length=300, verbose_name="Title")),
                        (
                            "title_en",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="English title"),
                        ),
                    ],
                    options={
                        "verbose_name": "standard",
                        "verbose_name_plural": "standards",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalParameter",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=40, verbose_name="Code")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "name_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
                        ),
                        ("cas", models.CharField(blank=True, default="", max_length=12, verbose_name="CAS number")),
                        (
                            "quantity_kind",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Kind of quantity"),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
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
                        "verbose_name": "historical parameter",
                        "verbose_name_plural": "historical parameters",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalStandard",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "base_code",
                            models.CharField(db_index=True, max_length=60, verbose_name="Standard number without year"),
                        ),
                        ("title", models.CharField(blank=True, default="", max_length=300, verbose_name="Title")),
                        (
                            "title_en",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="English title"),
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
                        "verbose_name": "historical standard",
                        "verbose_name_plural": "historical standards",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="TestObject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, unique=True, verbose_name="Code")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "name_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="catalogue.testobject",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "test object",
                        "verbose_name_plural": "test objects",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalParameterSynonym",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("text", models.CharField(max_length=300, verbose_name="Synonym")),
                        ("normalised", models.CharField(db_index=True, max_length=300)),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh", "Chinese"), ("en", "English")],
                                default="zh",
                                max_length=2,
                                verbose_name="Language",
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
                    ],
                    options={
                        "verbose_name": "historical parameter synonym",
                        "verbose_name_plural": "historical parameter synonyms",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ParameterSynonym",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="Synonym")),
                        ("normalised", models.CharField(max_length=300, unique=True)),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh", "Chinese"), ("en", "English")],
                                default="zh",
                                max_length=2,
                                verbose_name="Language",
                            ),
                        ),
                        (
                            "parameter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="synonyms",
                                to="catalogue.parameter",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="StandardEdition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=70, unique=True, verbose_name="Standard number")),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Year")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("coming", "Coming into force"),
                                    ("in_force", "In force"),
                                    ("replaced", "Replaced"),
                                    ("withdrawn", "Abolished"),
                                ],
                                default="in_force",
                                max_length=10,
                                verbose_name="Status",
                            ),
                        ),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="In force from")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="In force until")),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="catalogue.standardedition",
                            ),
                        ),
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="catalogue.standard",
                            ),
                        ),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="Published on")),
                    ],
                    options={
                        "verbose_name": "edition",
                        "verbose_name_plural": "editions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to", None),
                                    ("effective_from", None),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="edition_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["coming", "in_force", "replaced", "withdrawn"])),
                                name="edition_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_on", None),
                                    ("effective_from", None),
                                    ("effective_from__gte", models.F("published_on")),
                                    _connector="OR",
                                ),
                                name="edition_in_force_after_published",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaced_by", None),
                                    models.Q(("replaced_by", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="edition_not_replaced_by_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObjectSynonym",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="Synonym")),
                        ("normalised", models.CharField(max_length=300, unique=True)),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh", "Chinese"), ("en", "English")],
                                default="zh",
                                max_length=2,
                                verbose_name="Language",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="synonyms",
                                to="catalogue.testobject",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="HistoricalTestObject",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=40, verbose_name="Code")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "name_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
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
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.testobject",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical test object",
                        "verbose_name_plural": "historical test objects",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalObjectSynonym",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("text", models.CharField(max_length=300, verbose_name="Synonym")),
                        ("normalised", models.CharField(db_index=True, max_length=300)),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh", "Chinese"), ("en", "English")],
                                default="zh",
                                max_length=2,
                                verbose_name="Language",
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
                    ],
                    options={
                        "verbose_name": "historical object synonym",
                        "verbose_name_plural": "historical object synonyms",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalStandardEdition",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=70, verbose_name="Standard number")),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Year")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("coming", "Coming into force"),
                                    ("in_force", "In force"),
                                    ("replaced", "Replaced"),
                                    ("withdrawn", "Abolished"),
                                ],
                                default="in_force",
                                max_length=10,
                                verbose_name="Status",
                            ),
                        ),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="In force from")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="In force until")),
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
                            "standard",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.standard",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.standardedition",
                            ),
                        ),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="Published on")),
                    ],
                    options={
                        "verbose_name": "historical edition",
                        "verbose_name_plural": "historical editions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Limit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("minimum", models.CharField(blank=True, default="", max_length=30, verbose_name="Minimum")),
                        ("maximum", models.CharField(blank=True, default="", max_length=30, verbose_name="Maximum")),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                        (
                            "rule",
                            models.CharField(
                                choices=[("simple", "Simple acceptance"), ("guarded", "Guarded acceptance")],
                                default="simple",
                                max_length=10,
                                verbose_name="Decision rule",
                            ),
                        ),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "parameter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="limits",
                                to="catalogue.parameter",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="limits",
                                to="catalogue.standardedition",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="limits",
                                to="catalogue.testobject",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("edition"),
                                django.db.models.functions.comparison.Coalesce("object", models.Value(0)),
                                models.F("parameter"),
                                models.F("effective_from"),
                                name="limit_once_a_day",
                            ),
                            models.UniqueConstraint(
                                models.F("edition"),
                                django.db.models.functions.comparison.Coalesce("object", models.Value(0)),
                                models.F("parameter"),
                                condition=models.Q(("effective_from", None)),
                                name="limit_once_undated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("maximum", ""), ("minimum", ""), _negated=True),
                                name="limit_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalLimit",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("minimum", models.CharField(blank=True, default="", max_length=30, verbose_name="Minimum")),
                        ("maximum", models.CharField(blank=True, default="", max_length=30, verbose_name="Maximum")),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                        (
                            "rule",
                            models.CharField(
                                choices=[("simple", "Simple acceptance"), ("guarded", "Guarded acceptance")],
                                default="simple",
                                max_length=10,
                                verbose_name="Decision rule",
                            ),
                        ),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="Until")),
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
                    ],
                    options={
                        "verbose_name": "historical limit",
                        "verbose_name_plural": "historical limits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMethod",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "technique",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Technique"),
                        ),
                        (
                            "technique_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
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
                        "verbose_name": "historical test method",
                        "verbose_name_plural": "historical test methods",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPartialReplacement",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "part",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Part replaced"),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="Since")),
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
                                to="catalogue.standardedition",
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
                        "verbose_name": "historical partial replacement",
                        "verbose_name_plural": "historical partial replacements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PartialReplacement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "part",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Part replaced"),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="Since")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partly_replaces",
                                to="catalogue.standardedition",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="partly_replaced_by",
                                to="catalogue.standardedition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partial replacement",
                        "verbose_name_plural": "partial replacements",
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "by"), name="part_replaced_once"),
                            models.CheckConstraint(
                                condition=models.Q(("by", models.F("edition")), _negated=True),
                                name="part_not_replaced_by_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Method",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "technique",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Technique"),
                        ),
                        (
                            "technique_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="methods",
                                to="catalogue.standardedition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "test method",
                        "verbose_name_plural": "test methods",
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "clause", "technique"), name="method_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalMethodParameter",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "quantified_from",
                            models.CharField(
                                blank=True, default="", max_length=30, verbose_name="Limit of quantification"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
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
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="In force from")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="In force until")),
                    ],
                    options={
                        "verbose_name": "historical determination",
                        "verbose_name_plural": "historical determinations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="MethodParameter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "quantified_from",
                            models.CharField(
                                blank=True, default="", max_length=30, verbose_name="Limit of quantification"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                        (
                            "method",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="determinations",
                                to="catalogue.method",
                            ),
                        ),
                        (
                            "parameter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="determinations",
                                to="catalogue.parameter",
                            ),
                        ),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="In force from")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="In force until")),
                    ],
                    options={
                        "verbose_name": "determination",
                        "verbose_name_plural": "determinations",
                        "constraints": [
                            models.UniqueConstraint(fields=("method", "parameter"), name="method_parameter_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to", None),
                                    ("effective_from", None),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="determination_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="Method",
            name="parameters",
            field=models.ManyToManyField(
                related_name="methods", through="catalogue.MethodParameter", to="catalogue.parameter"
            ),
        ),
    ]
