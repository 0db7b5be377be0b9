import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [("matching", "0001_mentions_and_producers"), ("matching", "0002_mention_generated")]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="HistoricalProducer",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "uscc",
                            models.CharField(
                                blank=True, default="", max_length=18, verbose_name="Unified social credit code"
                            ),
                        ),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
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
                            "division",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.division",
                                verbose_name="division",
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
                        "verbose_name": "historical producer",
                        "verbose_name_plural": "historical producers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Producer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "uscc",
                            models.CharField(
                                blank=True, default="", max_length=18, verbose_name="Unified social credit code"
                            ),
                        ),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("generated", models.BooleanField(default=False, verbose_name="Made up for the demonstration")),
                        (
                            "division",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.division",
                                verbose_name="division",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "producer",
                        "verbose_name_plural": "producers",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("uscc", ""), _negated=True),
                                fields=("uscc",),
                                name="producer_once_per_uscc",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="producer_has_a_name"
                            ),
                        ],
                        "indexes": [models.Index(fields=["name"], name="producer_by_name")],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[("body", "Inspection and testing body"), ("producer", "Enterprise")],
                                max_length=10,
                                verbose_name="Means",
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="Name as written")),
                        ("key", models.CharField(editable=False, max_length=400)),
                        (
                            "uscc",
                            models.CharField(
                                blank=True, default="", max_length=18, verbose_name="Unified social credit code"
                            ),
                        ),
                        ("cma", models.CharField(blank=True, default="", max_length=12, verbose_name="CMA number")),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("times", models.PositiveIntegerField(default=0, verbose_name="Times seen")),
                        ("first_seen", models.DateTimeField(verbose_name="First seen")),
                        ("last_seen", models.DateTimeField(verbose_name="Last seen")),
                        ("example", models.CharField(blank=True, default="", max_length=200, verbose_name="Seen in")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("linked", "Linked"),
                                    ("stranger", "None of the register"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("suggested_for", models.CharField(blank=True, default="", editable=False, max_length=100)),
                        ("best", models.FloatField(blank=True, null=True, verbose_name="Best score")),
                        ("likely", models.BooleanField(default=False, verbose_name="Very likely")),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bodies.body",
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
                                verbose_name="division",
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
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "producer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to="matching.producer",
                            ),
                        ),
                        ("generated", models.BooleanField(default=False, verbose_name="Made up for the demonstration")),
                    ],
                    options={
                        "verbose_name": "mention",
                        "verbose_name_plural": "mentions",
                        "constraints": [
                            models.UniqueConstraint(fields=("target", "key"), name="mention_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "linked", "stranger"])),
                                name="mention_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("body__isnull", False), ("producer__isnull", True), ("state", "linked")),
                                    models.Q(("body__isnull", True), ("producer__isnull", False), ("state", "linked")),
                                    models.Q(
                                        models.Q(("state", "linked"), _negated=True),
                                        ("body__isnull", True),
                                        ("producer__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mention_linked_to_one",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "target", "-best"], name="mention_queue"),
                            models.Index(fields=["organisation", "state"], name="mention_of_organisation"),
                            models.Index(fields=["division", "state"], name="mention_of_division"),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["suggested_for", "id"],
                                name="mention_to_suggest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalProducerName",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("official", "Registered name"),
                                    ("former", "Former name"),
                                    ("short", "Short name"),
                                    ("trade", "Trade name"),
                                ],
                                default="former",
                                max_length=10,
                                verbose_name="Kind of name",
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
                            "producer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="matching.producer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical name of a producer",
                        "verbose_name_plural": "historical names of producers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ProducerName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("official", "Registered name"),
                                    ("former", "Former name"),
                                    ("short", "Short name"),
                                    ("trade", "Trade name"),
                                ],
                                default="former",
                                max_length=10,
                                verbose_name="Kind of name",
                            ),
                        ),
                        (
                            "producer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="matching.producer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "name of a producer",
                        "verbose_name_plural": "names of producers",
                        "constraints": [
                            models.UniqueConstraint(fields=("producer", "kind", "name"), name="producer_name_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="Rank of the suggestion")),
                        ("bits", models.FloatField(verbose_name="Score")),
                        ("likely", models.BooleanField(default=False, verbose_name="Very likely")),
                        ("matched_name", models.CharField(max_length=200, verbose_name="Name compared with")),
                        ("matched_kind", models.CharField(max_length=10, verbose_name="Kind of name")),
                        ("parts", models.JSONField(default=list)),
                        ("weights", models.CharField(max_length=20)),
                        ("made_at", models.DateTimeField()),
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
                            "mention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggestions",
                                to="matching.mention",
                            ),
                        ),
                        (
                            "producer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="matching.producer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suggestion",
                        "verbose_name_plural": "suggestions",
                        "constraints": [
                            models.UniqueConstraint(fields=("mention", "rank"), name="suggestion_rank_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("body", None), ("producer__isnull", False)),
                                    models.Q(("body__isnull", False), ("producer", None)),
                                    _connector="OR",
                                ),
                                name="suggestion_of_one",
                            ),
                        ],
                    },
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
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("accept", "It is this one"),
                                    ("new", "It is new: enter it"),
                                    ("reject", "It is none of them"),
                                    ("undo", "Decision taken back"),
                                ],
                                max_length=10,
                                verbose_name="Decision",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="time")),
                        ("why", models.CharField(max_length=300, verbose_name="Reason")),
                        ("before", models.JSONField()),
                        ("after", models.JSONField()),
                        ("evidence", models.JSONField(default=dict)),
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
                        (
                            "undoes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undone_by",
                                to="matching.decision",
                            ),
                        ),
                        (
                            "mention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="matching.mention",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision on a mention",
                        "verbose_name_plural": "decisions on mentions",
                        "indexes": [models.Index(fields=["mention", "-id"], name="decision_of_mention")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True), name="matching_decision_has_a_reason"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
