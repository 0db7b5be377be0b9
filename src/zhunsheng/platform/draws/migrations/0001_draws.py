import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from zhunsheng.platform.database.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("accounts", "__first__"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Draw",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="Number of the draw")),
                        ("kind", models.CharField(max_length=30, verbose_name="Kind of draw")),
                        ("title", models.CharField(max_length=200, verbose_name="What is drawn")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("committed", "Committed, the source is awaited"),
                                    ("known", "The source is known, to be drawn"),
                                    ("drawn", "Drawn"),
                                    ("abandoned", "Abandoned for a new draw"),
                                ],
                                default="committed",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("frame", models.TextField(help_text="Canonical CSV.")),
                        ("parameters", models.JSONField(default=dict)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("two_party", "Two parties commit and reveal"),
                                    ("public_numbers", "Numbers announced in public, such as a lottery's"),
                                    ("drand", "A round of drand"),
                                ],
                                max_length=20,
                                verbose_name="Source of chance",
                            ),
                        ),
                        ("reference", models.CharField(max_length=400, verbose_name="Reference of the source")),
                        ("known_at", models.DateTimeField(blank=True, null=True, verbose_name="Source known from")),
                        ("commitment", models.JSONField()),
                        ("commitment_sha256", models.CharField(max_length=64)),
                        ("committed_at", models.DateTimeField(verbose_name="Committed at")),
                        ("committed_entry", models.BigIntegerField()),
                        (
                            "why",
                            models.CharField(
                                blank=True, default="", max_length=400, verbose_name="Why it is drawn again"
                            ),
                        ),
                        ("material", models.JSONField(default=dict)),
                        ("transcript", models.TextField(blank=True, default="")),
                        ("transcript_sha256", models.CharField(blank=True, default="", max_length=64)),
                        ("seed", models.CharField(blank=True, default="", max_length=64, verbose_name="Seed")),
                        ("result", models.JSONField(blank=True, null=True)),
                        ("drawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Drawn at")),
                        ("drawn_entry", models.BigIntegerField(blank=True, null=True)),
                        (
                            "committed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.division",
                            ),
                        ),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="draws.draw",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draw",
                        "verbose_name_plural": "draws",
                        "indexes": [
                            models.Index(fields=["-committed_at", "-id"], name="draw_newest"),
                            models.Index(fields=["stage", "-committed_at"], name="draw_stage_newest"),
                            models.Index(fields=["kind", "-committed_at"], name="draw_kind_newest"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["committed", "known", "drawn", "abandoned"])),
                                name="draw_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["two_party", "public_numbers", "drand"])),
                                name="draw_source_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "drawn"), _negated=True),
                                    models.Q(
                                        ("drawn_at__isnull", False),
                                        ("drawn_by__isnull", False),
                                        ("drawn_entry__isnull", False),
                                        models.Q(("transcript_sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="draw_drawn_has_who_when_transcript",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("part", models.CharField(max_length=20)),
                        ("value", models.TextField()),
                        ("at", models.DateTimeField(verbose_name="Entered at")),
                        (
                            "refused",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Why refused"),
                        ),
                        ("counts", models.BooleanField(default=False, help_text="Stands in the transcript.")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="draws.draw"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "source entries",
                        "indexes": [models.Index(fields=["draw", "at"], name="draw_entry_at")],
                    },
                ),
            ]
        ),
    ]
