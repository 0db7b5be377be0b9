import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [
        ("credentials", "0001_credentials_and_status_lists"),
        ("credentials", "0002_documents_follow_the_issue"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("documents", "0001_stored_file"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="StatusList",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("taken", models.PositiveIntegerField(default=0)),
                        ("revocation", models.BinaryField(default=b"")),
                        ("suspension", models.BinaryField(default=b"")),
                        ("published_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("taken__lte", 131072)), name="status_list_not_overfull"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Credential",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=16, unique=True, verbose_name="Verification code")),
                        ("kind", models.CharField(max_length=40, verbose_name="Kind")),
                        ("number", models.CharField(max_length=60, verbose_name="Number")),
                        (
                            "body_slug",
                            models.CharField(db_index=True, max_length=60, verbose_name="Identifier of the body"),
                        ),
                        ("holder", models.CharField(max_length=200, verbose_name="Holder")),
                        ("valid_from", models.DateField(verbose_name="Valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Valid to")),
                        ("schema_version", models.CharField(max_length=40, verbose_name="Version of the form")),
                        ("vc", models.BinaryField()),
                        ("digest", models.CharField(max_length=64, unique=True, verbose_name="Digest (SHA-256)")),
                        ("beside", models.JSONField(blank=True, default=list, verbose_name="Further signatures")),
                        ("printed", models.TextField(verbose_name="Text of the QR picture")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("valid", "Valid"),
                                    ("suspended", "Suspended"),
                                    ("replaced", "Replaced"),
                                    ("cancelled", "Cancelled"),
                                    ("revoked", "Revoked"),
                                ],
                                default="valid",
                                max_length=10,
                                verbose_name="Status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="Status since")),
                        (
                            "status_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of the status"
                            ),
                        ),
                        ("list_index", models.PositiveIntegerField(verbose_name="Place in the status list")),
                        ("entry_id", models.BigIntegerField()),
                        ("pdf_entry_id", models.BigIntegerField(null=True)),
                        ("issued_at", models.DateTimeField(verbose_name="Issued at")),
                        (
                            "issued_by",
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
                            "pdf",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "predecessor",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successor",
                                to="credentials.credential",
                                verbose_name="Replaces",
                            ),
                        ),
                        (
                            "status_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credentials",
                                to="credentials.statuslist",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "credential",
                        "verbose_name_plural": "credentials",
                        "indexes": [
                            models.Index(fields=["number", "issued_at"], name="credential_number_at"),
                            models.Index(fields=["-issued_at", "-id"], name="credential_newest"),
                            models.Index(fields=["pdf"], name="credential_pdf"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["valid", "suspended", "replaced", "cancelled", "revoked"])
                                ),
                                name="credential_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="credential_ends_after_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("valid", "suspended"))),
                                fields=("kind", "number"),
                                name="credential_number_once_in_force",
                            ),
                            models.UniqueConstraint(fields=("status_list", "list_index"), name="credential_place_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCredential",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=16, verbose_name="Verification code")),
                        ("kind", models.CharField(max_length=40, verbose_name="Kind")),
                        ("number", models.CharField(max_length=60, verbose_name="Number")),
                        (
                            "body_slug",
                            models.CharField(db_index=True, max_length=60, verbose_name="Identifier of the body"),
                        ),
                        ("holder", models.CharField(max_length=200, verbose_name="Holder")),
                        ("valid_from", models.DateField(verbose_name="Valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Valid to")),
                        ("schema_version", models.CharField(max_length=40, verbose_name="Version of the form")),
                        ("digest", models.CharField(db_index=True, max_length=64, verbose_name="Digest (SHA-256)")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("valid", "Valid"),
                                    ("suspended", "Suspended"),
                                    ("replaced", "Replaced"),
                                    ("cancelled", "Cancelled"),
                                    ("revoked", "Revoked"),
                                ],
                                default="valid",
                                max_length=10,
                                verbose_name="Status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="Status since")),
                        (
                            "status_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of the status"
                            ),
                        ),
                        ("list_index", models.PositiveIntegerField(verbose_name="Place in the status list")),
                        ("entry_id", models.BigIntegerField()),
                        ("pdf_entry_id", models.BigIntegerField(null=True)),
                        ("issued_at", models.DateTimeField(verbose_name="Issued at")),
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
                            "pdf",
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
                            "predecessor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="credentials.credential",
                                verbose_name="Replaces",
                            ),
                        ),
                        (
                            "status_list",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="credentials.statuslist",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical credential",
                        "verbose_name_plural": "historical credentials",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="StatusChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("valid", "Valid"),
                                    ("suspended", "Suspended"),
                                    ("replaced", "Replaced"),
                                    ("cancelled", "Cancelled"),
                                    ("revoked", "Revoked"),
                                ],
                                max_length=10,
                                verbose_name="Status",
                            ),
                        ),
                        ("why", models.CharField(max_length=500, verbose_name="Reason")),
                        ("at", models.DateTimeField(verbose_name="Since")),
                        ("entry_id", models.BigIntegerField(blank=True, null=True)),
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
                            "credential",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="credentials.credential",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["credential", "at", "id"], name="status_change_at")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["valid", "suspended", "replaced", "cancelled", "revoked"])
                                ),
                                name="status_change_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PendingDocument",
                    fields=[
                        (
                            "credential",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="pending_document",
                                serialize=False,
                                to="credentials.credential",
                            ),
                        ),
                        ("template", models.CharField(max_length=500)),
                        ("data", models.JSONField()),
                        ("at", models.DateTimeField()),
                        ("tries", models.PositiveIntegerField(default=0)),
                        ("why", models.CharField(blank=True, default="", max_length=500)),
                    ],
                ),
            ],
        ),
    ]
