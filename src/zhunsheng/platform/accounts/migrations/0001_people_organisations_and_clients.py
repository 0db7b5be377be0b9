import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("display_name", models.CharField(blank=True, max_length=80, verbose_name="name shown")),
                        (
                            "locale",
                            models.CharField(
                                blank=True,
                                choices=[("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")],
                                max_length=8,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "password_temporary",
                            models.BooleanField(
                                default=False,
                                help_text="Someone else knows the password.",
                                verbose_name="password must be changed",
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                    },
                    managers=[
                        ("objects", django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AccessRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True, verbose_name="time")),
                        ("user_id", models.BigIntegerField(null=True)),
                        ("user_name", models.CharField(max_length=200, verbose_name="reader")),
                        (
                            "reader_organisations",
                            models.CharField(blank=True, max_length=400, verbose_name="reader's organisations"),
                        ),
                        ("subject_kind", models.CharField(max_length=80, verbose_name="kind of record")),
                        ("subject_id", models.CharField(max_length=120)),
                        ("subject_name", models.CharField(max_length=200, verbose_name="record")),
                        ("owner_organisation_id", models.BigIntegerField(db_index=True, null=True)),
                        ("division_code", models.CharField(blank=True, db_index=True, max_length=6)),
                        ("why", models.CharField(max_length=400, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "access record",
                        "verbose_name_plural": "access records",
                        "indexes": [models.Index(fields=["subject_kind", "subject_id"], name="access_by_subject")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True), name="access_has_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Division",
                    fields=[
                        (
                            "code",
                            models.CharField(max_length=6, primary_key=True, serialize=False, verbose_name="code"),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="name in English")),
                        (
                            "level",
                            models.CharField(
                                choices=[("province", "Province"), ("city", "City"), ("county", "County")],
                                max_length=8,
                                verbose_name="division level",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="accounts.division",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "administrative division",
                        "verbose_name_plural": "administrative divisions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[0-9]{6}$")), name="division_code_six_digits"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["province", "city", "county"])),
                                name="division_level_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", "province"), ("parent", None)),
                                    models.Q(models.Q(("level", "province"), _negated=True), ("parent__isnull", False)),
                                    _connector="OR",
                                ),
                                name="division_parent_unless_province",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalUser",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                db_index=True,
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("display_name", models.CharField(blank=True, max_length=80, verbose_name="name shown")),
                        (
                            "locale",
                            models.CharField(
                                blank=True,
                                choices=[("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")],
                                max_length=8,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "password_temporary",
                            models.BooleanField(
                                default=False,
                                help_text="Someone else knows the password.",
                                verbose_name="password must be changed",
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
                    ],
                    options={
                        "verbose_name": "historical person",
                        "verbose_name_plural": "historical people",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                                    ("authority", "Market supervision authority"),
                                    ("department", "Sector department"),
                                    ("body", "Inspection and testing body"),
                                    ("enterprise", "Enterprise"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                        (
                            "uscc",
                            models.CharField(blank=True, max_length=18, verbose_name="unified social credit code"),
                        ),
                        (
                            "sector",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("market", "Market supervision"),
                                    ("ecology", "Ecology and environment"),
                                    ("health", "Health"),
                                    ("agriculture", "Agriculture and rural affairs"),
                                    ("housing", "Housing and construction"),
                                    ("transport", "Transport"),
                                    ("police", "Public security"),
                                    ("water", "Water resources"),
                                    ("resources", "Natural resources"),
                                    ("customs", "Customs"),
                                ],
                                max_length=16,
                                verbose_name="sector",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="accounts.division",
                                verbose_name="division",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="accounts.organisation",
                                verbose_name="higher authority",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "verbose_name_plural": "organisations",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["authority", "department", "body", "enterprise"])),
                                name="organisation_kind_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("uscc", ""), _negated=True),
                                fields=("uscc",),
                                name="organisation_uscc_once",
                                violation_error_message="An organisation with this credit code exists already.",
                            ),
                            models.UniqueConstraint(
                                fields=("kind", "division", "name"),
                                name="organisation_name_once_in_a_division",
                                violation_error_message="This division has an organisation of this kind and name already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("system_administrator", "System administrator"),
                                    ("province_officer", "Province officer"),
                                    ("city_officer", "City officer"),
                                    ("county_officer", "County officer"),
                                    ("department_officer", "Department officer"),
                                    ("reviewer", "Reviewer"),
                                    ("inspector", "Inspector"),
                                    ("legal_officer", "Legal officer"),
                                    ("body_manager", "Body manager"),
                                    ("signatory", "Authorised signatory"),
                                    ("body_clerk", "Body clerk"),
                                    ("expert", "Expert"),
                                    ("enterprise", "Enterprise user"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=24,
                                verbose_name="role",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended early")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="accounts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membership",
                        "verbose_name_plural": "memberships",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "system_administrator",
                                            "province_officer",
                                            "city_officer",
                                            "county_officer",
                                            "department_officer",
                                            "reviewer",
                                            "inspector",
                                            "legal_officer",
                                            "body_manager",
                                            "signatory",
                                            "body_clerk",
                                            "expert",
                                            "enterprise",
                                            "auditor",
                                        ],
                                    )
                                ),
                                name="membership_role_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="membership_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "organisation", "role", "valid_from"), name="membership_once_from_a_day"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None), ("valid_to", None)),
                                fields=("user", "organisation", "role"),
                                name="membership_open_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalOrganisation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("authority", "Market supervision authority"),
                                    ("department", "Sector department"),
                                    ("body", "Inspection and testing body"),
                                    ("enterprise", "Enterprise"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                        (
                            "uscc",
                            models.CharField(blank=True, max_length=18, verbose_name="unified social credit code"),
                        ),
                        (
                            "sector",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("market", "Market supervision"),
                                    ("ecology", "Ecology and environment"),
                                    ("health", "Health"),
                                    ("agriculture", "Agriculture and rural affairs"),
                                    ("housing", "Housing and construction"),
                                    ("transport", "Transport"),
                                    ("police", "Public security"),
                                    ("water", "Water resources"),
                                    ("resources", "Natural resources"),
                                    ("customs", "Customs"),
                                ],
                                max_length=16,
                                verbose_name="sector",
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
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                                verbose_name="higher authority",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical organisation",
                        "verbose_name_plural": "historical organisations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMembership",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("system_administrator", "System administrator"),
                                    ("province_officer", "Province officer"),
                                    ("city_officer", "City officer"),
                                    ("county_officer", "County officer"),
                                    ("department_officer", "Department officer"),
                                    ("reviewer", "Reviewer"),
                                    ("inspector", "Inspector"),
                                    ("legal_officer", "Legal officer"),
                                    ("body_manager", "Body manager"),
                                    ("signatory", "Authorised signatory"),
                                    ("body_clerk", "Body clerk"),
                                    ("expert", "Expert"),
                                    ("enterprise", "Enterprise user"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=24,
                                verbose_name="role",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended early")),
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
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
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
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical membership",
                        "verbose_name_plural": "historical memberships",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalApiClient",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("client_id", models.CharField(db_index=True, max_length=40, verbose_name="client number")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("generation", models.PositiveIntegerField(default=1, verbose_name="number of the secret")),
                        ("active", models.BooleanField(default=True, verbose_name="active")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("rotated_at", models.DateTimeField(blank=True, null=True, verbose_name="secret renewed")),
                        ("deactivated_at", models.DateTimeField(blank=True, null=True, verbose_name="deactivated")),
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
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="service account",
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
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical API client",
                        "verbose_name_plural": "historical API clients",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ApiClient",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("client_id", models.CharField(max_length=40, unique=True, verbose_name="client number")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("secret_hash", models.CharField(max_length=256)),
                        ("generation", models.PositiveIntegerField(default=1, verbose_name="number of the secret")),
                        ("active", models.BooleanField(default=True, verbose_name="active")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("rotated_at", models.DateTimeField(blank=True, null=True, verbose_name="secret renewed")),
                        ("deactivated_at", models.DateTimeField(blank=True, null=True, verbose_name="deactivated")),
                        ("last_token_at", models.DateTimeField(blank=True, null=True, verbose_name="last token")),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="api_client",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="service account",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="api_clients",
                                to="accounts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "API client",
                        "verbose_name_plural": "API clients",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("active", True), ("deactivated_at", None)),
                                    models.Q(("active", False), ("deactivated_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="api_client_inactive_since",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
