import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=80, unique=True, verbose_name="Notice")),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="Published on")),
                        ("effective_from", models.DateField(unique=True, verbose_name="In force from")),
                        ("source", models.CharField(blank=True, default="", max_length=300, verbose_name="Source")),
                        ("rows", models.PositiveIntegerField(default=0, verbose_name="Rows")),
                        ("generated", models.BooleanField(default=False, verbose_name="Made up for the demonstration")),
                    ],
                    options={
                        "verbose_name": "publication of the national library",
                        "verbose_name_plural": "publications of the national library",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPublication",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=80, verbose_name="Notice")),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="Published on")),
                        ("effective_from", models.DateField(db_index=True, verbose_name="In force from")),
                        ("source", models.CharField(blank=True, default="", max_length=300, verbose_name="Source")),
                        ("rows", models.PositiveIntegerField(default=0, verbose_name="Rows")),
                        ("generated", models.BooleanField(default=False, verbose_name="Made up for the demonstration")),
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
                        "verbose_name": "historical publication of the national library",
                        "verbose_name_plural": "historical publications of the national library",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLibraryRow",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("domain", models.CharField(max_length=60, verbose_name="Domain")),
                        ("text", models.CharField(max_length=400, verbose_name="Standard or method")),
                        (
                            "code",
                            models.CharField(
                                blank=True, db_index=True, default="", max_length=80, verbose_name="Standard number"
                            ),
                        ),
                        ("base_code", models.CharField(blank=True, db_index=True, default="", max_length=70)),
                        ("remark", models.CharField(blank=True, default="", max_length=400, verbose_name="Remark")),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("active", "In the library"),
                                    ("cite_only", "Abolished, may be cited by standards in the library"),
                                    ("abolished", "Abolished"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="Standing",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="Valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Valid until")),
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
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="national.publication",
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="national.publication",
                                verbose_name="Since",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical row of the national library",
                        "verbose_name_plural": "historical rows of the national library",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="LibraryRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("domain", models.CharField(max_length=60, verbose_name="Domain")),
                        ("text", models.CharField(max_length=400, verbose_name="Standard or method")),
                        (
                            "code",
                            models.CharField(
                                blank=True, db_index=True, default="", max_length=80, verbose_name="Standard number"
                            ),
                        ),
                        ("base_code", models.CharField(blank=True, db_index=True, default="", max_length=70)),
                        ("remark", models.CharField(blank=True, default="", max_length=400, verbose_name="Remark")),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("active", "In the library"),
                                    ("cite_only", "Abolished, may be cited by standards in the library"),
                                    ("abolished", "Abolished"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="Standing",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="Valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Valid until")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ended_rows",
                                to="national.publication",
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="first_rows",
                                to="national.publication",
                                verbose_name="Since",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "row of the national library",
                        "verbose_name_plural": "rows of the national library",
                        "indexes": [models.Index(fields=["domain", "code"], name="library_row_by_domain")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("domain", "text", "valid_from"), name="library_row_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="library_row_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("standing__in", ["active", "cite_only", "abolished"])),
                                name="library_row_standing_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
