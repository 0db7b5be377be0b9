import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.accounts.sealed_field
import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [
        ("bodies", "0001_initial"),
        ("bodies", "0002_body_names"),
        ("bodies", "0003_life_and_registers"),
        ("bodies", "0004_periods_of_certificates"),
        ("bodies", "0005_status_is_derived"),
        ("bodies", "0006_seals"),
        ("bodies", "0007_reductions"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("catalogue", "0001_catalogue"),
        (
            "mfa",
            "0003_authenticator_type_uniq",
        ),  # for its order alone: once many models exist, each step of it costs a second
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="ScopeRevision",
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
                    name="Body",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.CharField(max_length=120, unique=True, verbose_name="Identifier")),
                        (
                            "uscc",
                            models.CharField(
                                blank=True,
                                db_index=True,
                                default="",
                                max_length=18,
                                verbose_name="Unified social credit code",
                            ),
                        ),
                        (
                            "cma",
                            models.CharField(
                                blank=True, db_index=True, default="", max_length=12, verbose_name="CMA number"
                            ),
                        ),
                        (
                            "register",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Foreign register"),
                        ),
                        (
                            "register_id",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Number in that register"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "name_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("testing", "Inspection and testing body"),
                                    ("calibration", "Calibration laboratory"),
                                    ("certification", "Certification body"),
                                ],
                                default="testing",
                                max_length=20,
                                verbose_name="Kind",
                            ),
                        ),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("generated", models.BooleanField(default=False, verbose_name="Made up for the demonstration")),
                        ("source", models.CharField(blank=True, default="", max_length=200, verbose_name="Source")),
                        ("scope_revision", models.BigIntegerField(default=0, editable=False)),
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
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bodies",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "approval_no",
                            models.CharField(
                                blank=True, db_index=True, default="", max_length=40, verbose_name="Approval number"
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="Founded on")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Existed until")),
                    ],
                    options={
                        "verbose_name": "body",
                        "verbose_name_plural": "bodies",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("register", ""), _negated=True),
                                fields=("register", "register_id"),
                                name="body_once_per_register",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("uscc", ""), _negated=True),
                                fields=("uscc",),
                                name="body_once_per_uscc",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cma", ""), _negated=True),
                                fields=("cma",),
                                name="body_once_per_cma",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slug", ""), _negated=True), name="body_has_an_identifier"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="body_ends_after_it_begins",
                            ),
                        ],
                        "indexes": [models.Index(fields=["scope_revision"], name="body_scope_revision")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalBody",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("slug", models.CharField(db_index=True, max_length=120, verbose_name="Identifier")),
                        (
                            "uscc",
                            models.CharField(
                                blank=True,
                                db_index=True,
                                default="",
                                max_length=18,
                                verbose_name="Unified social credit code",
                            ),
                        ),
                        (
                            "cma",
                            models.CharField(
                                blank=True, db_index=True, default="", max_length=12, verbose_name="CMA number"
                            ),
                        ),
                        (
                            "register",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Foreign register"),
                        ),
                        (
                            "register_id",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Number in that register"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "name_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("testing", "Inspection and testing body"),
                                    ("calibration", "Calibration laboratory"),
                                    ("certification", "Certification body"),
                                ],
                                default="testing",
                                max_length=20,
                                verbose_name="Kind",
                            ),
                        ),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("generated", models.BooleanField(default=False, verbose_name="Made up for the demonstration")),
                        ("source", models.CharField(blank=True, default="", max_length=200, verbose_name="Source")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
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
                            "approval_no",
                            models.CharField(
                                blank=True, db_index=True, default="", max_length=40, verbose_name="Approval number"
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="Founded on")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Existed until")),
                    ],
                    options={
                        "verbose_name": "historical body",
                        "verbose_name_plural": "historical bodies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Accreditation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=60, unique=True, verbose_name="Certificate number")),
                        ("valid_from", models.DateField(verbose_name="Valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Valid until")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="accreditations",
                                to="bodies.body",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "accreditation",
                        "verbose_name_plural": "accreditations",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="accreditation_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BodyKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key_id", models.CharField(max_length=80, unique=True, verbose_name="Key name")),
                        ("algorithm", models.CharField(default="ed25519", max_length=20, verbose_name="Algorithm")),
                        ("public_key", models.CharField(max_length=200, verbose_name="Public key (base64url)")),
                        ("valid_from", models.DateTimeField(verbose_name="Valid from")),
                        ("valid_to", models.DateTimeField(blank=True, null=True, verbose_name="Valid until")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="Revoked")),
                        (
                            "revoked_reason",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Reason"),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="bodies.body"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signing key",
                        "verbose_name_plural": "signing keys",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="bodykey_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at", None),
                                    models.Q(("revoked_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="bodykey_revocation_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAccreditation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=60, verbose_name="Certificate number")),
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
                        "verbose_name": "historical accreditation",
                        "verbose_name_plural": "historical accreditations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBodyKey",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("key_id", models.CharField(db_index=True, max_length=80, verbose_name="Key name")),
                        ("algorithm", models.CharField(default="ed25519", max_length=20, verbose_name="Algorithm")),
                        ("public_key", models.CharField(max_length=200, verbose_name="Public key (base64url)")),
                        ("valid_from", models.DateTimeField(verbose_name="Valid from")),
                        ("valid_to", models.DateTimeField(blank=True, null=True, verbose_name="Valid until")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="Revoked")),
                        (
                            "revoked_reason",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Reason"),
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
                        "verbose_name": "historical signing key",
                        "verbose_name_plural": "historical signing keys",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPerson",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=40, verbose_name="Staff code")),
                        ("name", models.CharField(max_length=100, verbose_name="Name")),
                        (
                            "title",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="Post or professional title"
                            ),
                        ),
                        (
                            "number_encrypted",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="Identity number"
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "number_index",
                            models.CharField(blank=True, db_index=True, default="", editable=False, max_length=64),
                        ),
                    ],
                    options={
                        "verbose_name": "historical person",
                        "verbose_name_plural": "historical persons",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSite",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=40, verbose_name="Site code")),
                        ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="Name")),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
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
                    ],
                    options={
                        "verbose_name": "historical site",
                        "verbose_name_plural": "historical sites",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="Staff code")),
                        ("name", models.CharField(max_length=100, verbose_name="Name")),
                        (
                            "title",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="Post or professional title"
                            ),
                        ),
                        (
                            "number_encrypted",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="Identity number"
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="persons", to="bodies.body"
                            ),
                        ),
                        (
                            "number_index",
                            models.CharField(blank=True, db_index=True, default="", editable=False, max_length=64),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "persons",
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "code"), name="person_once_per_body"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="person_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Site",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="Site code")),
                        ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="Name")),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
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
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sites", to="bodies.body"
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
                    ],
                    options={
                        "verbose_name": "site",
                        "verbose_name_plural": "sites",
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "code"), name="site_once_per_body"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="site_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instrument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=60, verbose_name="Instrument code")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        ("model", models.CharField(blank=True, default="", max_length=100, verbose_name="Model")),
                        (
                            "serial",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Serial number"),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="instruments",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instruments",
                                to="bodies.site",
                            ),
                        ),
                        (
                            "measuring_range",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Measuring range"),
                        ),
                        (
                            "share_terms",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Terms of use by others"
                            ),
                        ),
                        ("shared", models.BooleanField(default=False, verbose_name="Open to others")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="In use from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="In use until")),
                    ],
                    options={
                        "verbose_name": "instrument",
                        "verbose_name_plural": "instruments",
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "code"), name="instrument_once_per_body"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("shared", False), models.Q(("share_terms", ""), _negated=True), _connector="OR"
                                ),
                                name="instrument_is_shared_on_stated_terms",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="instrument_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSignatory",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("field", models.CharField(max_length=300, verbose_name="Field of signature")),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
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
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical signatory",
                        "verbose_name_plural": "historical signatories",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Signatory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("field", models.CharField(max_length=300, verbose_name="Field of signature")),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signatories",
                                to="bodies.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signatory",
                        "verbose_name_plural": "signatories",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "field", "valid_from"), name="signatory_field_once_a_day"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_from", None)),
                                fields=("person", "field"),
                                name="signatory_field_once_undated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="signatory_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScopeLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("domain", models.CharField(blank=True, default="", max_length=60, verbose_name="Domain")),
                        ("category", models.CharField(blank=True, default="", max_length=100, verbose_name="Category")),
                        ("object_text", models.CharField(max_length=200, verbose_name="Test object")),
                        ("parameter_text", models.CharField(max_length=200, verbose_name="Parameter")),
                        ("method_text", models.CharField(max_length=300, verbose_name="Method")),
                        (
                            "method_base",
                            models.CharField(
                                blank=True, default="", max_length=150, verbose_name="Method without year"
                            ),
                        ),
                        (
                            "method_year",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Year of the method"),
                        ),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "limitation",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Limitation"),
                        ),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="Valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Valid until")),
                        (
                            "accreditation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scope_lines",
                                to="bodies.accreditation",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scope_lines",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scope_lines",
                                to="catalogue.standardedition",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scope_lines",
                                to="catalogue.testobject",
                            ),
                        ),
                        (
                            "parameter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scope_lines",
                                to="catalogue.parameter",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scope_lines",
                                to="bodies.site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "scope line",
                        "verbose_name_plural": "scope lines",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="scopeline_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalScopeLine",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("domain", models.CharField(blank=True, default="", max_length=60, verbose_name="Domain")),
                        ("category", models.CharField(blank=True, default="", max_length=100, verbose_name="Category")),
                        ("object_text", models.CharField(max_length=200, verbose_name="Test object")),
                        ("parameter_text", models.CharField(max_length=200, verbose_name="Parameter")),
                        ("method_text", models.CharField(max_length=300, verbose_name="Method")),
                        (
                            "method_base",
                            models.CharField(
                                blank=True, default="", max_length=150, verbose_name="Method without year"
                            ),
                        ),
                        (
                            "method_year",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Year of the method"),
                        ),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "limitation",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Limitation"),
                        ),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="Valid from")),
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
                            "accreditation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.accreditation",
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
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
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
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="catalogue.parameter",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical scope line",
                        "verbose_name_plural": "historical scope lines",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalInstrument",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=60, verbose_name="Instrument code")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        ("model", models.CharField(blank=True, default="", max_length=100, verbose_name="Model")),
                        (
                            "serial",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Serial number"),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.site",
                            ),
                        ),
                        (
                            "measuring_range",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Measuring range"),
                        ),
                        (
                            "share_terms",
                            models.CharField(
                                blank=True, default="", max_length=300, verbose_name="Terms of use by others"
                            ),
                        ),
                        ("shared", models.BooleanField(default=False, verbose_name="Open to others")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="In use from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="In use until")),
                    ],
                    options={
                        "verbose_name": "historical instrument",
                        "verbose_name_plural": "historical instruments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCalibration",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("certificate_no", models.CharField(max_length=80, verbose_name="Certificate number")),
                        (
                            "agency",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Calibrated by"),
                        ),
                        ("calibrated_on", models.DateField(verbose_name="Calibrated on")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("pass", "Fit for use"),
                                    ("limited", "Fit for limited use"),
                                    ("fail", "Unfit"),
                                ],
                                default="pass",
                                max_length=10,
                                verbose_name="Result",
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
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.instrument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical calibration",
                        "verbose_name_plural": "historical calibrations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Calibration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("certificate_no", models.CharField(max_length=80, verbose_name="Certificate number")),
                        (
                            "agency",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Calibrated by"),
                        ),
                        ("calibrated_on", models.DateField(verbose_name="Calibrated on")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("pass", "Fit for use"),
                                    ("limited", "Fit for limited use"),
                                    ("fail", "Unfit"),
                                ],
                                default="pass",
                                max_length=10,
                                verbose_name="Result",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calibrations",
                                to="bodies.instrument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calibration",
                        "verbose_name_plural": "calibrations",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("instrument", "certificate_no"), name="calibration_once_per_certificate"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on", None), ("due_on__gte", models.F("calibrated_on")), _connector="OR"
                                ),
                                name="calibration_due_after_it_was_done",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalBodyName",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("former", "Former name"),
                                    ("short", "Short name"),
                                    ("english", "English name"),
                                    ("trade", "Trade name"),
                                ],
                                default="former",
                                max_length=10,
                                verbose_name="Kind of name",
                            ),
                        ),
                        ("normalised", models.CharField(db_index=True, editable=False, max_length=200)),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
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
                        "verbose_name": "historical name of a body",
                        "verbose_name_plural": "historical names of bodies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="BodyName",
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
                                    ("former", "Former name"),
                                    ("short", "Short name"),
                                    ("english", "English name"),
                                    ("trade", "Trade name"),
                                ],
                                default="former",
                                max_length=10,
                                verbose_name="Kind of name",
                            ),
                        ),
                        ("normalised", models.CharField(db_index=True, editable=False, max_length=200)),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="names", to="bodies.body"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "name of a body",
                        "verbose_name_plural": "names of bodies",
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "kind", "normalised"), name="body_name_once"),
                            models.CheckConstraint(
                                condition=models.Q(("normalised", ""), _negated=True), name="body_name_says_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="bodyname_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccreditationPeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("active", "Term"),
                                    ("suspended", "Suspended"),
                                    ("cancelled", "Cancelled"),
                                    ("revoked", "Revoked"),
                                    ("expired", "Expired"),
                                ],
                                max_length=10,
                                verbose_name="Status",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("reason", models.CharField(blank=True, default="", max_length=300, verbose_name="Reason")),
                        (
                            "decision_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Decision number"),
                        ),
                        (
                            "accreditation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="periods",
                                to="bodies.accreditation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "period of a certificate",
                        "verbose_name_plural": "periods of certificates",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("accreditation", "state", "valid_from"),
                                name="accreditationperiod_begins_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="accreditationperiod_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BodyEvent",
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
                                    ("renamed", "Renamed"),
                                    ("moved", "Moved"),
                                    ("merged", "Merged into another body"),
                                    ("split", "Split off another body"),
                                    ("closed", "Closed"),
                                ],
                                max_length=10,
                                verbose_name="Event",
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="Took effect on")),
                        ("document_no", models.CharField(max_length=80, verbose_name="Document number")),
                        ("reason", models.CharField(max_length=300, verbose_name="Reason")),
                        ("before", models.CharField(blank=True, default="", max_length=300, verbose_name="Before")),
                        ("after", models.CharField(blank=True, default="", max_length=300, verbose_name="After")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="events", to="bodies.body"
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events_of_others",
                                to="bodies.body",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event of a body",
                        "verbose_name_plural": "events of bodies",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["merged", "split"]), ("other__isnull", False)),
                                    models.Q(("kind__in", ["renamed", "moved", "closed"]), ("other__isnull", True)),
                                    _connector="OR",
                                ),
                                name="bodyevent_names_the_other_body",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Expert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, unique=True, verbose_name="Register number")),
                        ("name", models.CharField(max_length=100, verbose_name="Name")),
                        (
                            "rank",
                            models.CharField(
                                choices=[
                                    ("leader", "Lead assessor"),
                                    ("assessor", "Assessor"),
                                    ("expert", "Technical expert"),
                                ],
                                default="expert",
                                max_length=10,
                                verbose_name="Rank",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="Post or professional title"
                            ),
                        ),
                        (
                            "number_encrypted",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="Identity number"
                            ),
                        ),
                        (
                            "number_index",
                            models.CharField(blank=True, db_index=True, default="", editable=False, max_length=64),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="In the register from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="In the register until")),
                        ("generated", models.BooleanField(default=False, verbose_name="Made up for the demonstration")),
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
                            "user",
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
                        "verbose_name": "expert",
                        "verbose_name_plural": "experts",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="expert_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAccreditationPeriod",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("active", "Term"),
                                    ("suspended", "Suspended"),
                                    ("cancelled", "Cancelled"),
                                    ("revoked", "Revoked"),
                                    ("expired", "Expired"),
                                ],
                                max_length=10,
                                verbose_name="Status",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("reason", models.CharField(blank=True, default="", max_length=300, verbose_name="Reason")),
                        (
                            "decision_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Decision number"),
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
                            "accreditation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.accreditation",
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
                        "verbose_name": "historical period of a certificate",
                        "verbose_name_plural": "historical periods of certificates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBodyEvent",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("renamed", "Renamed"),
                                    ("moved", "Moved"),
                                    ("merged", "Merged into another body"),
                                    ("split", "Split off another body"),
                                    ("closed", "Closed"),
                                ],
                                max_length=10,
                                verbose_name="Event",
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="Took effect on")),
                        ("document_no", models.CharField(max_length=80, verbose_name="Document number")),
                        ("reason", models.CharField(max_length=300, verbose_name="Reason")),
                        ("before", models.CharField(blank=True, default="", max_length=300, verbose_name="Before")),
                        ("after", models.CharField(blank=True, default="", max_length=300, verbose_name="After")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.body",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical event of a body",
                        "verbose_name_plural": "historical events of bodies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExpert",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=40, verbose_name="Register number")),
                        ("name", models.CharField(max_length=100, verbose_name="Name")),
                        (
                            "rank",
                            models.CharField(
                                choices=[
                                    ("leader", "Lead assessor"),
                                    ("assessor", "Assessor"),
                                    ("expert", "Technical expert"),
                                ],
                                default="expert",
                                max_length=10,
                                verbose_name="Rank",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="Post or professional title"
                            ),
                        ),
                        (
                            "number_encrypted",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="Identity number"
                            ),
                        ),
                        (
                            "number_index",
                            models.CharField(blank=True, db_index=True, default="", editable=False, max_length=64),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="In the register from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="In the register until")),
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
                            "user",
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
                        "verbose_name": "historical expert",
                        "verbose_name_plural": "historical experts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOffice",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("legal_representative", "Legal representative"),
                                    ("top_manager", "Top manager"),
                                    ("technical_head", "Technical head"),
                                    ("quality_head", "Quality head"),
                                ],
                                max_length=24,
                                verbose_name="Office",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="Name of the person")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "document_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Document number"),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical office of a body",
                        "verbose_name_plural": "historical offices of bodies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReferenceMaterial",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("crm_no", models.CharField(max_length=60, verbose_name="Reference material number")),
                        ("lot", models.CharField(max_length=60, verbose_name="Lot")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "parameter_text",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Certified parameter"
                            ),
                        ),
                        (
                            "value",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Certified value"),
                        ),
                        (
                            "uncertainty",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Expanded uncertainty"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                        ("producer", models.CharField(blank=True, default="", max_length=200, verbose_name="Producer")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="Held from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Usable until")),
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
                            "site",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical reference material",
                        "verbose_name_plural": "historical reference materials",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="Table")),
                        ("file_name", models.CharField(max_length=200, verbose_name="File")),
                        ("digest", models.CharField(db_index=True, max_length=64, verbose_name="Digest")),
                        ("dry_run", models.BooleanField(default=True, verbose_name="Check only")),
                        (
                            "keep_good",
                            models.BooleanField(
                                default=False, verbose_name="Save the good lines of a file with bad ones"
                            ),
                        ),
                        ("why", models.CharField(max_length=300, verbose_name="Reason")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("refused", "Nothing saved"),
                                    ("failed", "File refused"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="Asked for")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended")),
                        ("lines_done", models.PositiveIntegerField(default=0, verbose_name="Lines read")),
                        ("created", models.PositiveIntegerField(default=0, verbose_name="New")),
                        ("updated", models.PositiveIntegerField(default=0, verbose_name="Changed")),
                        ("unchanged", models.PositiveIntegerField(default=0, verbose_name="Unchanged")),
                        ("refused", models.PositiveIntegerField(default=0, verbose_name="Problems")),
                        ("problems_digest", models.CharField(blank=True, default="", max_length=64)),
                        ("answer", models.CharField(blank=True, default="", max_length=300, verbose_name="Answer")),
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
                    ],
                    options={
                        "verbose_name": "loading of a table",
                        "verbose_name_plural": "loadings of tables",
                        "indexes": [models.Index(fields=["state", "id"], name="importrun_state")],
                    },
                ),
                migrations.CreateModel(
                    name="Office",
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
                                    ("legal_representative", "Legal representative"),
                                    ("top_manager", "Top manager"),
                                    ("technical_head", "Technical head"),
                                    ("quality_head", "Quality head"),
                                ],
                                max_length=24,
                                verbose_name="Office",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="Name of the person")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "document_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Document number"),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="offices", to="bodies.body"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offices",
                                to="bodies.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "office of a body",
                        "verbose_name_plural": "offices of bodies",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("body", "kind", "name", "valid_from"), name="office_begins_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="office_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferenceMaterial",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("crm_no", models.CharField(max_length=60, verbose_name="Reference material number")),
                        ("lot", models.CharField(max_length=60, verbose_name="Lot")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "parameter_text",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Certified parameter"
                            ),
                        ),
                        (
                            "value",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Certified value"),
                        ),
                        (
                            "uncertainty",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="Expanded uncertainty"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="Unit")),
                        ("producer", models.CharField(blank=True, default="", max_length=200, verbose_name="Producer")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="Held from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Usable until")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reference_materials",
                                to="bodies.body",
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
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reference_materials",
                                to="bodies.site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reference material",
                        "verbose_name_plural": "reference materials",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("body", "crm_no", "lot"), name="referencematerial_lot_once_per_body"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="referencematerial_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertAssignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("task", models.CharField(max_length=200, verbose_name="Task")),
                        ("reference", models.CharField(max_length=80, verbose_name="Reference")),
                        ("leader", models.BooleanField(default=False, verbose_name="Led the panel")),
                        ("valid_from", models.DateField(verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expert_assignments",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="bodies.expert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "assignment",
                        "verbose_name_plural": "assignments",
                        "constraints": [
                            models.UniqueConstraint(fields=("expert", "reference"), name="expertassignment_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="expertassignment_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertEmployment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("employer", models.CharField(max_length=200, verbose_name="Employer")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="experts_employed",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="employments",
                                to="bodies.expert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "employment",
                        "verbose_name_plural": "employments",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("expert", "employer", "valid_from"), name="expertemployment_once_a_day"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_from", None)),
                                fields=("expert", "employer"),
                                name="expertemployment_once_undated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="expertemployment_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertEvaluation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=80, verbose_name="Reference")),
                        ("evaluator", models.CharField(max_length=100, verbose_name="Evaluated by")),
                        (
                            "score",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="Score out of 100",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, default="", max_length=300, verbose_name="Comment")),
                        ("evaluated_on", models.DateField(verbose_name="Evaluated on")),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evaluations",
                                to="bodies.expert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evaluation",
                        "verbose_name_plural": "evaluations",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("expert", "reference", "evaluator"), name="expertevaluation_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("score__lte", 100)), name="expertevaluation_is_out_of_100"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertMeasure",
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
                                    ("warned", "Warned"),
                                    ("suspended", "Suspended from panels"),
                                    ("removed", "Removed from the register"),
                                ],
                                max_length=10,
                                verbose_name="Measure",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("reason", models.CharField(max_length=300, verbose_name="Reason")),
                        ("decision_no", models.CharField(max_length=80, verbose_name="Decision number")),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="bodies.expert"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "measure against an expert",
                        "verbose_name_plural": "measures against experts",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("expert", "kind", "valid_from"), name="expertmeasure_begins_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="expertmeasure_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertSpeciality",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("domain", models.CharField(max_length=100, verbose_name="Speciality")),
                        (
                            "field",
                            models.CharField(
                                blank=True, db_index=True, default="", max_length=2, verbose_name="Field code"
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="specialities",
                                to="bodies.expert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "speciality",
                        "verbose_name_plural": "specialities",
                        "constraints": [
                            models.UniqueConstraint(fields=("expert", "domain"), name="expertspeciality_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="expertspeciality_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertTraining",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("course", models.CharField(max_length=200, verbose_name="Course")),
                        ("certificate_no", models.CharField(max_length=80, verbose_name="Certificate number")),
                        ("valid_from", models.DateField(verbose_name="Passed on")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Counts until")),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="trainings",
                                to="bodies.expert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "training",
                        "verbose_name_plural": "trainings",
                        "constraints": [
                            models.UniqueConstraint(fields=("expert", "certificate_no"), name="experttraining_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_from", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="experttraining_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalExpertAssignment",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("task", models.CharField(max_length=200, verbose_name="Task")),
                        ("reference", models.CharField(max_length=80, verbose_name="Reference")),
                        ("leader", models.BooleanField(default=False, verbose_name="Led the panel")),
                        ("valid_from", models.DateField(verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
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
                    ],
                    options={
                        "verbose_name": "historical assignment",
                        "verbose_name_plural": "historical assignments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExpertEmployment",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("employer", models.CharField(max_length=200, verbose_name="Employer")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
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
                    ],
                    options={
                        "verbose_name": "historical employment",
                        "verbose_name_plural": "historical employments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExpertEvaluation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("reference", models.CharField(max_length=80, verbose_name="Reference")),
                        ("evaluator", models.CharField(max_length=100, verbose_name="Evaluated by")),
                        (
                            "score",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="Score out of 100",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, default="", max_length=300, verbose_name="Comment")),
                        ("evaluated_on", models.DateField(verbose_name="Evaluated on")),
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
                    ],
                    options={
                        "verbose_name": "historical evaluation",
                        "verbose_name_plural": "historical evaluations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExpertMeasure",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("warned", "Warned"),
                                    ("suspended", "Suspended from panels"),
                                    ("removed", "Removed from the register"),
                                ],
                                max_length=10,
                                verbose_name="Measure",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("reason", models.CharField(max_length=300, verbose_name="Reason")),
                        ("decision_no", models.CharField(max_length=80, verbose_name="Decision number")),
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
                    ],
                    options={
                        "verbose_name": "historical measure against an expert",
                        "verbose_name_plural": "historical measures against experts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExpertSpeciality",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("domain", models.CharField(max_length=100, verbose_name="Speciality")),
                        (
                            "field",
                            models.CharField(
                                blank=True, db_index=True, default="", max_length=2, verbose_name="Field code"
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Until")),
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
                    ],
                    options={
                        "verbose_name": "historical speciality",
                        "verbose_name_plural": "historical specialities",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExpertTraining",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("course", models.CharField(max_length=200, verbose_name="Course")),
                        ("certificate_no", models.CharField(max_length=80, verbose_name="Certificate number")),
                        ("valid_from", models.DateField(verbose_name="Passed on")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="Counts until")),
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
                    ],
                    options={
                        "verbose_name": "historical training",
                        "verbose_name_plural": "historical trainings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSealCertificate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "fingerprint",
                            models.CharField(db_index=True, max_length=64, verbose_name="Fingerprint (SHA-256)"),
                        ),
                        ("holder", models.CharField(max_length=300, verbose_name="Holder")),
                        ("issuer", models.CharField(max_length=300, verbose_name="Certification authority")),
                        ("certificate", models.TextField(verbose_name="Certificate (PEM)")),
                        ("valid_from", models.DateTimeField(verbose_name="Valid from")),
                        ("valid_to", models.DateTimeField(verbose_name="Valid until")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="Revoked")),
                        (
                            "revoked_reason",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Reason"),
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
                        "verbose_name": "historical seal certificate",
                        "verbose_name_plural": "historical seal certificates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="SealCertificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "fingerprint",
                            models.CharField(max_length=64, unique=True, verbose_name="Fingerprint (SHA-256)"),
                        ),
                        ("holder", models.CharField(max_length=300, verbose_name="Holder")),
                        ("issuer", models.CharField(max_length=300, verbose_name="Certification authority")),
                        ("certificate", models.TextField(verbose_name="Certificate (PEM)")),
                        ("valid_from", models.DateTimeField(verbose_name="Valid from")),
                        ("valid_to", models.DateTimeField(verbose_name="Valid until")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="Revoked")),
                        (
                            "revoked_reason",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Reason"),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="seals", to="bodies.body"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seal certificate",
                        "verbose_name_plural": "seal certificates",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at", None),
                                    models.Q(("revoked_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="sealcertificate_revocation_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_to__gt", models.F("valid_from"))),
                                name="sealcertificate_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalScopeReduction",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("stopped", "The body stops using the items itself"),
                                    ("reports_stopped", "Reports stopped after failed proficiency testing"),
                                    ("withdrawn", "Matters withdrawn after a commitment proved untrue"),
                                    ("cancelled", "Items cancelled"),
                                    ("lost", "Qualification lost by law"),
                                    ("struck", "Entered by mistake and struck out"),
                                ],
                                max_length=16,
                                verbose_name="Kind",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="First day without the lines")),
                        (
                            "ground",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Legal ground"),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="Reason")),
                        (
                            "document_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Document number"),
                        ),
                        ("lines", models.JSONField(verbose_name="Scope lines")),
                        ("count", models.PositiveIntegerField(verbose_name="Number of lines")),
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
                        "verbose_name": "historical reduction of a scope",
                        "verbose_name_plural": "historical reductions of scopes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ScopeReduction",
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
                                    ("stopped", "The body stops using the items itself"),
                                    ("reports_stopped", "Reports stopped after failed proficiency testing"),
                                    ("withdrawn", "Matters withdrawn after a commitment proved untrue"),
                                    ("cancelled", "Items cancelled"),
                                    ("lost", "Qualification lost by law"),
                                    ("struck", "Entered by mistake and struck out"),
                                ],
                                max_length=16,
                                verbose_name="Kind",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="First day without the lines")),
                        (
                            "ground",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Legal ground"),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="Reason")),
                        (
                            "document_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Document number"),
                        ),
                        ("lines", models.JSONField(verbose_name="Scope lines")),
                        ("count", models.PositiveIntegerField(verbose_name="Number of lines")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reductions", to="bodies.body"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reduction of a scope",
                        "verbose_name_plural": "reductions of scopes",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "stopped"),
                                    models.Q(
                                        models.Q(("ground", ""), _negated=True),
                                        models.Q(("document_no", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="scopereduction_names_ground_and_document",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
