import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [("certificates", "0001_certificates"), ("certificates", "0002_day_list_in_english")]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Serial",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("within", models.CharField(max_length=80, unique=True)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(db_index=True, max_length=60, verbose_name="Certificate number")),
                        ("version", models.PositiveIntegerField(verbose_name="Version")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("coming", "Holds from its first day on"),
                                    ("current", "Current version"),
                                    ("former", "Earlier version"),
                                ],
                                max_length=8,
                                verbose_name="Stage",
                            ),
                        ),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("first", "First accreditation"),
                                    ("renewal", "Renewal of the certificate"),
                                    ("extension", "Extension of scope"),
                                    ("method_year", "Change of method"),
                                    ("site", "Change of site"),
                                    ("address", "Change of address only in name"),
                                    ("name", "Change of name or legal nature"),
                                    ("persons", "Change of legal representative or managers"),
                                    ("signatory", "Change of signatories"),
                                    ("cancel_item", "Giving up items"),
                                    ("reduction", "Items ended by a decision"),
                                ],
                                max_length=16,
                                verbose_name="Issued for",
                            ),
                        ),
                        (
                            "application_number",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="Application number"),
                        ),
                        ("decision_no", models.CharField(max_length=80, unique=True, verbose_name="Decision number")),
                        ("decided_on", models.DateField(verbose_name="Decided on")),
                        ("issued_at", models.DateTimeField(verbose_name="Issued at")),
                        ("valid_from", models.DateField(verbose_name="Holds from")),
                        ("valid_to", models.DateField(null=True, verbose_name="Valid until")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("issuer", models.CharField(max_length=200, verbose_name="Issuing authority")),
                        ("lines", models.PositiveIntegerField(verbose_name="Lines of the schedule")),
                        ("added", models.PositiveIntegerField(default=0, verbose_name="Lines added")),
                        ("ended", models.PositiveIntegerField(default=0, verbose_name="Lines ended")),
                        ("notes", models.JSONField(default=list, verbose_name="Merged and normalised")),
                        ("request_digest", models.CharField(max_length=64)),
                        ("law", models.JSONField(default=list, verbose_name="Law applied")),
                        (
                            "code",
                            models.CharField(db_index=True, max_length=80, verbose_name="Code of the certificate"),
                        ),
                        ("code_digest", models.CharField(max_length=64)),
                        (
                            "schedule_code",
                            models.CharField(db_index=True, max_length=80, verbose_name="Code of the schedule"),
                        ),
                        ("schedule_digest", models.CharField(max_length=64)),
                        (
                            "signatories_code",
                            models.CharField(
                                blank=True, default="", max_length=80, verbose_name="Code of the list of signatories"
                            ),
                        ),
                        ("signatories_digest", models.CharField(blank=True, default="", max_length=64)),
                        ("generated", models.BooleanField(default=False, verbose_name="Made up for the demonstration")),
                        (
                            "accreditation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="bodies.accreditation",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successors",
                                to="certificates.certificate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate",
                        "verbose_name_plural": "certificates",
                        "indexes": [
                            models.Index(fields=["body", "-issued_at"], name="certificate_of_body"),
                            models.Index(fields=["stage", "valid_from"], name="certificate_taking_over"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("number", "version"), name="certificate_version_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("stage", "current")),
                                fields=("body",),
                                name="one_body_one_certificate",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("stage", "coming")), fields=("body",), name="one_coming_certificate"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decision_no", ""), _negated=True),
                                name="certificate_names_its_decision",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCertificate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=60, verbose_name="Certificate number")),
                        ("version", models.PositiveIntegerField(verbose_name="Version")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("coming", "Holds from its first day on"),
                                    ("current", "Current version"),
                                    ("former", "Earlier version"),
                                ],
                                max_length=8,
                                verbose_name="Stage",
                            ),
                        ),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("first", "First accreditation"),
                                    ("renewal", "Renewal of the certificate"),
                                    ("extension", "Extension of scope"),
                                    ("method_year", "Change of method"),
                                    ("site", "Change of site"),
                                    ("address", "Change of address only in name"),
                                    ("name", "Change of name or legal nature"),
                                    ("persons", "Change of legal representative or managers"),
                                    ("signatory", "Change of signatories"),
                                    ("cancel_item", "Giving up items"),
                                    ("reduction", "Items ended by a decision"),
                                ],
                                max_length=16,
                                verbose_name="Issued for",
                            ),
                        ),
                        (
                            "application_number",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="Application number"),
                        ),
                        ("decision_no", models.CharField(db_index=True, max_length=80, verbose_name="Decision number")),
                        ("decided_on", models.DateField(verbose_name="Decided on")),
                        ("issued_at", models.DateTimeField(verbose_name="Issued at")),
                        ("valid_from", models.DateField(verbose_name="Holds from")),
                        ("valid_to", models.DateField(null=True, verbose_name="Valid until")),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("issuer", models.CharField(max_length=200, verbose_name="Issuing authority")),
                        ("lines", models.PositiveIntegerField(verbose_name="Lines of the schedule")),
                        ("added", models.PositiveIntegerField(default=0, verbose_name="Lines added")),
                        ("ended", models.PositiveIntegerField(default=0, verbose_name="Lines ended")),
                        ("notes", models.JSONField(default=list, verbose_name="Merged and normalised")),
                        ("request_digest", models.CharField(max_length=64)),
                        ("law", models.JSONField(default=list, verbose_name="Law applied")),
                        (
                            "code",
                            models.CharField(db_index=True, max_length=80, verbose_name="Code of the certificate"),
                        ),
                        ("code_digest", models.CharField(max_length=64)),
                        (
                            "schedule_code",
                            models.CharField(db_index=True, max_length=80, verbose_name="Code of the schedule"),
                        ),
                        ("schedule_digest", models.CharField(max_length=64)),
                        (
                            "signatories_code",
                            models.CharField(
                                blank=True, default="", max_length=80, verbose_name="Code of the list of signatories"
                            ),
                        ),
                        ("signatories_digest", models.CharField(blank=True, default="", max_length=64)),
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
                            "predecessor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="certificates.certificate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical certificate",
                        "verbose_name_plural": "historical certificates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMeasure",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("suspend", "Suspension"),
                                    ("lift", "End of a suspension"),
                                    ("reduce", "Items ended"),
                                    ("cancel", "Cancellation"),
                                    ("revoke", "Revocation"),
                                ],
                                max_length=8,
                                verbose_name="Measure",
                            ),
                        ),
                        ("ground", models.CharField(blank=True, default="", max_length=60, verbose_name="Ground")),
                        ("basis", models.CharField(blank=True, default="", max_length=300, verbose_name="Legal basis")),
                        ("decision_no", models.CharField(db_index=True, max_length=80, verbose_name="Decision number")),
                        ("on", models.DateField(verbose_name="Takes effect on")),
                        ("until", models.DateField(null=True, verbose_name="Until")),
                        ("lines", models.JSONField(default=list, verbose_name="Scope lines")),
                        ("why", models.CharField(max_length=300, verbose_name="Reason")),
                        ("restored_at", models.DateTimeField(null=True, verbose_name="Valid again at")),
                        ("taken_at", models.DateTimeField(verbose_name="Entered at")),
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
                            "certificate",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="certificates.certificate",
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
                            "taken_by",
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
                        "verbose_name": "historical measure on a certificate",
                        "verbose_name_plural": "historical measures on certificates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Measure",
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
                                    ("suspend", "Suspension"),
                                    ("lift", "End of a suspension"),
                                    ("reduce", "Items ended"),
                                    ("cancel", "Cancellation"),
                                    ("revoke", "Revocation"),
                                ],
                                max_length=8,
                                verbose_name="Measure",
                            ),
                        ),
                        ("ground", models.CharField(blank=True, default="", max_length=60, verbose_name="Ground")),
                        ("basis", models.CharField(blank=True, default="", max_length=300, verbose_name="Legal basis")),
                        ("decision_no", models.CharField(max_length=80, unique=True, verbose_name="Decision number")),
                        ("on", models.DateField(verbose_name="Takes effect on")),
                        ("until", models.DateField(null=True, verbose_name="Until")),
                        ("lines", models.JSONField(default=list, verbose_name="Scope lines")),
                        ("why", models.CharField(max_length=300, verbose_name="Reason")),
                        ("restored_at", models.DateTimeField(null=True, verbose_name="Valid again at")),
                        ("taken_at", models.DateTimeField(verbose_name="Entered at")),
                        (
                            "accreditation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="bodies.accreditation",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificate_measures",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "certificate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="certificates.certificate",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "measure on a certificate",
                        "verbose_name_plural": "measures on certificates",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("kind", "suspend"), ("restored_at", None)),
                                fields=["until"],
                                name="certificatemeasure_running",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "lift"),
                                    models.Q(
                                        models.Q(("ground", ""), _negated=True), models.Q(("basis", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="certificatemeasure_has_a_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decision_no", ""), _negated=True),
                                name="certificatemeasure_names_its_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("on")), _connector="OR"),
                                name="certificatemeasure_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalListedDecision",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("on", models.DateField(db_index=True, verbose_name="Day")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("granted", "Granted"),
                                    ("partly_granted", "Partly granted"),
                                    ("refused", "Refused"),
                                    ("not_accepted", "Not accepted"),
                                    ("changed", "Changed"),
                                    ("suspended", "Suspended"),
                                    ("lifted", "Suspension ended"),
                                    ("reduced", "Items ended"),
                                    ("cancelled", "Cancelled"),
                                    ("revoked", "Revoked"),
                                ],
                                max_length=16,
                                verbose_name="Outcome",
                            ),
                        ),
                        ("body_name", models.CharField(max_length=200, verbose_name="Body")),
                        (
                            "number",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Certificate number"),
                        ),
                        (
                            "application_number",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="Application number"),
                        ),
                        (
                            "decision_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Decision number"),
                        ),
                        ("words", models.CharField(max_length=500, verbose_name="What was decided")),
                        ("announced_at", models.DateTimeField(verbose_name="Announced at")),
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
                        (
                            "words_en",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="What was decided, in English"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical announced decision",
                        "verbose_name_plural": "historical announced decisions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ListedDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(db_index=True, verbose_name="Day")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("granted", "Granted"),
                                    ("partly_granted", "Partly granted"),
                                    ("refused", "Refused"),
                                    ("not_accepted", "Not accepted"),
                                    ("changed", "Changed"),
                                    ("suspended", "Suspended"),
                                    ("lifted", "Suspension ended"),
                                    ("reduced", "Items ended"),
                                    ("cancelled", "Cancelled"),
                                    ("revoked", "Revoked"),
                                ],
                                max_length=16,
                                verbose_name="Outcome",
                            ),
                        ),
                        ("body_name", models.CharField(max_length=200, verbose_name="Body")),
                        (
                            "number",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Certificate number"),
                        ),
                        (
                            "application_number",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="Application number"),
                        ),
                        (
                            "decision_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Decision number"),
                        ),
                        ("words", models.CharField(max_length=500, verbose_name="What was decided")),
                        ("announced_at", models.DateTimeField(verbose_name="Announced at")),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listed_decisions",
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
                            ),
                        ),
                        (
                            "words_en",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="What was decided, in English"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "announced decision",
                        "verbose_name_plural": "announced decisions",
                        "indexes": [
                            models.Index(fields=["-on", "-id"], name="listeddecision_by_day"),
                            models.Index(fields=["kind", "-on"], name="listeddecision_by_kind"),
                            models.Index(fields=["body", "-on"], name="listeddecision_by_body"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "application_number", "decision_no"),
                                name="listeddecision_announced_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("application_number", ""), _negated=True),
                                    models.Q(("decision_no", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="listeddecision_names_its_matter",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
