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
                    name="Feed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notice_feed",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="HistoricalNotice",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("subject", models.CharField(max_length=200, verbose_name="Subject")),
                        ("body", models.TextField(verbose_name="Text")),
                        ("kind", models.CharField(db_index=True, max_length=60)),
                        ("origin", models.CharField(blank=True, db_index=True, default="", max_length=100)),
                        (
                            "stage",
                            models.CharField(
                                choices=[("draft", "Draft"), ("sent", "Sent"), ("discarded", "Discarded")],
                                default="draft",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("written_at", models.DateTimeField(verbose_name="Written")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="Sent at")),
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
                            "sender",
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
                        (
                            "written_by",
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
                        "verbose_name": "historical notice",
                        "verbose_name_plural": "historical notices",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=200, verbose_name="Subject")),
                        ("body", models.TextField(verbose_name="Text")),
                        ("kind", models.CharField(db_index=True, max_length=60)),
                        ("origin", models.CharField(blank=True, db_index=True, default="", max_length=100)),
                        (
                            "stage",
                            models.CharField(
                                choices=[("draft", "Draft"), ("sent", "Sent"), ("discarded", "Discarded")],
                                default="draft",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("written_at", models.DateTimeField(verbose_name="Written")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="Sent at")),
                        (
                            "sender",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices_written",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notice",
                        "verbose_name_plural": "notices",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["draft", "sent", "discarded"])),
                                name="notice_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "sent"), _negated=True),
                                    ("sent_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="notice_sent_is_dated",
                            ),
                        ],
                        "indexes": [models.Index(fields=["stage", "-written_at"], name="notice_stage_written")],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "detail",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Concerns you"),
                        ),
                        ("href", models.CharField(blank=True, default="", max_length=300)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "mail_stage",
                            models.CharField(
                                choices=[("waiting", "Waiting"), ("sent", "Sent"), ("no_address", "No address known")],
                                default="waiting",
                                max_length=10,
                                verbose_name="Mail",
                            ),
                        ),
                        ("mail_attempts", models.PositiveSmallIntegerField(default=0)),
                        ("mail_next_at", models.DateTimeField(blank=True, null=True)),
                        ("mail_done_at", models.DateTimeField(blank=True, null=True)),
                        ("mail_error", models.CharField(blank=True, default="", max_length=300)),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="notices.notice",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("notice", "organisation"), name="delivery_once"),
                            models.CheckConstraint(
                                condition=models.Q(("mail_stage__in", ["waiting", "sent", "no_address"])),
                                name="delivery_mail_stage_known",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["organisation", "-sent_at"], name="delivery_inbox"),
                            models.Index(
                                condition=models.Q(("mail_stage", "waiting"), ("sent_at__isnull", False)),
                                fields=["mail_next_at"],
                                name="delivery_mail",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="Read")),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="readings",
                                to="notices.delivery",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("delivery", "user"), name="reading_once")],
                    },
                ),
            ],
        ),
    ]
