import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [
        ("licensing", "0001_applications"),
        ("licensing", "0002_lines_and_letters_with_history"),
        ("licensing", "0003_lots_from_the_log_and_lifted_bars"),
        ("licensing", "0004_due_between"),
        ("licensing", "0005_letters_made_after_the_act"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0001_bodies"),
        ("catalogue", "0001_catalogue"),
        ("documents", "0001_stored_file"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=24, unique=True, verbose_name="Application number")),
                        (
                            "kind",
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
                                    ("cancellation", "Cancellation of the certificate"),
                                ],
                                max_length=16,
                                verbose_name="Applied for",
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("general", "General procedure"),
                                    ("commitment", "Notification and commitment"),
                                    ("documents", "Document review"),
                                    ("remote", "Remote review"),
                                    ("self_declaration", "Self-declaration"),
                                    ("change_filing", "Change filing"),
                                    ("joint", "Joint review with a sector licence"),
                                    ("cnas", "Short cut by CNAS recognition"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="Route",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("draft", "Being prepared"),
                                    ("filed", "Filed, to be accepted"),
                                    ("gaps", "To be completed by the applicant"),
                                    ("accepted", "Accepted"),
                                    ("in_review", "In technical review"),
                                    ("rectifying", "Being rectified"),
                                    ("reviewed", "Reviewed, to be proposed"),
                                    ("proposed", "Proposed, with the legal officer"),
                                    ("examined", "Examined, to be decided"),
                                    ("granted", "Granted"),
                                    ("partly_granted", "Partly granted"),
                                    ("refused", "Refused"),
                                    ("not_accepted", "Not accepted"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=16,
                                verbose_name="Stage",
                            ),
                        ),
                        ("applicant_name", models.CharField(max_length=200, verbose_name="Applicant")),
                        (
                            "applicant_name_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
                        ),
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
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("contact", models.CharField(blank=True, default="", max_length=100, verbose_name="Contact")),
                        (
                            "contact_phone",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="Telephone"),
                        ),
                        ("domain", models.CharField(blank=True, default="", max_length=20, verbose_name="Domain")),
                        ("field", models.CharField(blank=True, default="", max_length=2, verbose_name="Field code")),
                        (
                            "sector",
                            models.CharField(blank=True, default="", max_length=2, verbose_name="Parent sector code"),
                        ),
                        ("new_name", models.CharField(blank=True, default="", max_length=200, verbose_name="New name")),
                        (
                            "new_address",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="New address"),
                        ),
                        (
                            "sector_licence",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Sector licence reviewed together"
                            ),
                        ),
                        (
                            "answers",
                            models.JSONField(blank=True, default=dict, verbose_name="Further answers of the form"),
                        ),
                        (
                            "reasons",
                            models.TextField(blank=True, default="", verbose_name="What is applied for, and why"),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="Started at")),
                        ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="Filed at")),
                        ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="Accepted at")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
                        ("clock", models.CharField(blank=True, default="", max_length=40, verbose_name="Clock")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        ("warned_on", models.DateField(blank=True, null=True, verbose_name="Warning from")),
                        (
                            "conclusion",
                            models.CharField(
                                blank=True, default="", max_length=20, verbose_name="Conclusion of the review"
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="SHA-256 of the content as filed"
                            ),
                        ),
                        ("generated", models.BooleanField(default=False, verbose_name="Made up for the demonstration")),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.division",
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Handled by",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "due_earliest",
                            models.DateField(blank=True, null=True, verbose_name="Due on that day at the earliest"),
                        ),
                        (
                            "due_latest",
                            models.DateField(blank=True, null=True, verbose_name="Due on that day at the latest"),
                        ),
                    ],
                    options={
                        "verbose_name": "application",
                        "verbose_name_plural": "applications",
                        "indexes": [
                            models.Index(fields=["organisation", "-started_at"], name="application_of"),
                            models.Index(fields=["-filed_at"], name="application_filed"),
                            models.Index(fields=["-ended_at", "stage"], name="application_ended"),
                            models.Index(fields=["applicant_name"], name="application_name"),
                            models.Index(fields=["division", "stage", "due_earliest"], name="application_place_due"),
                            models.Index(fields=["stage", "due_earliest", "id"], name="application_due"),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        (
                                            "filed",
                                            "gaps",
                                            "accepted",
                                            "in_review",
                                            "rectifying",
                                            "reviewed",
                                            "proposed",
                                            "examined",
                                        ),
                                    )
                                ),
                                fields=["due_earliest", "id"],
                                name="application_open_due",
                            ),
                            models.Index(fields=["kind", "stage", "due_earliest"], name="application_kind_due"),
                            models.Index(fields=["route", "stage", "due_earliest"], name="application_route_due"),
                            models.Index(fields=["field", "stage", "due_earliest"], name="application_field_due"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        [
                                            "draft",
                                            "filed",
                                            "gaps",
                                            "accepted",
                                            "in_review",
                                            "rectifying",
                                            "reviewed",
                                            "proposed",
                                            "examined",
                                            "granted",
                                            "partly_granted",
                                            "refused",
                                            "not_accepted",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="application_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "first",
                                            "renewal",
                                            "extension",
                                            "method_year",
                                            "site",
                                            "address",
                                            "name",
                                            "persons",
                                            "signatory",
                                            "cancel_item",
                                            "cancellation",
                                        ],
                                    )
                                ),
                                name="application_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["draft", "withdrawn"]), ("filed_at__isnull", False), _connector="OR"
                                ),
                                name="application_filed_has_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ("granted", "partly_granted", "refused")), _negated=True),
                                    ("decided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="application_decided_has_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "stage__in",
                                            ("granted", "partly_granted", "refused", "not_accepted", "withdrawn"),
                                        ),
                                        _negated=True,
                                    ),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="application_ended_has_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalApplication",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=24, verbose_name="Application number")),
                        (
                            "kind",
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
                                    ("cancellation", "Cancellation of the certificate"),
                                ],
                                max_length=16,
                                verbose_name="Applied for",
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("general", "General procedure"),
                                    ("commitment", "Notification and commitment"),
                                    ("documents", "Document review"),
                                    ("remote", "Remote review"),
                                    ("self_declaration", "Self-declaration"),
                                    ("change_filing", "Change filing"),
                                    ("joint", "Joint review with a sector licence"),
                                    ("cnas", "Short cut by CNAS recognition"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="Route",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("draft", "Being prepared"),
                                    ("filed", "Filed, to be accepted"),
                                    ("gaps", "To be completed by the applicant"),
                                    ("accepted", "Accepted"),
                                    ("in_review", "In technical review"),
                                    ("rectifying", "Being rectified"),
                                    ("reviewed", "Reviewed, to be proposed"),
                                    ("proposed", "Proposed, with the legal officer"),
                                    ("examined", "Examined, to be decided"),
                                    ("granted", "Granted"),
                                    ("partly_granted", "Partly granted"),
                                    ("refused", "Refused"),
                                    ("not_accepted", "Not accepted"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=16,
                                verbose_name="Stage",
                            ),
                        ),
                        ("applicant_name", models.CharField(max_length=200, verbose_name="Applicant")),
                        (
                            "applicant_name_en",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="English name"),
                        ),
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
                        ("address", models.CharField(blank=True, default="", max_length=300, verbose_name="Address")),
                        ("contact", models.CharField(blank=True, default="", max_length=100, verbose_name="Contact")),
                        (
                            "contact_phone",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="Telephone"),
                        ),
                        ("domain", models.CharField(blank=True, default="", max_length=20, verbose_name="Domain")),
                        ("field", models.CharField(blank=True, default="", max_length=2, verbose_name="Field code")),
                        (
                            "sector",
                            models.CharField(blank=True, default="", max_length=2, verbose_name="Parent sector code"),
                        ),
                        ("new_name", models.CharField(blank=True, default="", max_length=200, verbose_name="New name")),
                        (
                            "new_address",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="New address"),
                        ),
                        (
                            "sector_licence",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Sector licence reviewed together"
                            ),
                        ),
                        (
                            "answers",
                            models.JSONField(blank=True, default=dict, verbose_name="Further answers of the form"),
                        ),
                        (
                            "reasons",
                            models.TextField(blank=True, default="", verbose_name="What is applied for, and why"),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="Started at")),
                        ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="Filed at")),
                        ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="Accepted at")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
                        ("clock", models.CharField(blank=True, default="", max_length=40, verbose_name="Clock")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        ("warned_on", models.DateField(blank=True, null=True, verbose_name="Warning from")),
                        (
                            "conclusion",
                            models.CharField(
                                blank=True, default="", max_length=20, verbose_name="Conclusion of the review"
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="SHA-256 of the content as filed"
                            ),
                        ),
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
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="Handled by",
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
                            "started_by",
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
                            "due_earliest",
                            models.DateField(blank=True, null=True, verbose_name="Due on that day at the earliest"),
                        ),
                        (
                            "due_latest",
                            models.DateField(blank=True, null=True, verbose_name="Due on that day at the latest"),
                        ),
                    ],
                    options={
                        "verbose_name": "historical application",
                        "verbose_name_plural": "historical applications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ApplicationSite",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="Site code")),
                        ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="Name")),
                        ("address", models.CharField(max_length=300, verbose_name="Address")),
                        (
                            "tenure",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Right to use the premises"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sites",
                                to="licensing.application",
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
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bodies.site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "site of an application",
                        "verbose_name_plural": "sites of applications",
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "code"), name="applicationsite_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("material", models.CharField(max_length=40, verbose_name="Material")),
                        ("name", models.CharField(max_length=200, verbose_name="File name")),
                        ("added_at", models.DateTimeField(verbose_name="Added at")),
                        ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="Removed at")),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="licensing.application",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                        "verbose_name_plural": "attachments",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("application", "material", "file"),
                                name="attachment_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClockRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("clock", models.CharField(max_length=40, verbose_name="Clock")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("started_on", models.DateField(verbose_name="Runs from")),
                        ("days", models.PositiveSmallIntegerField(verbose_name="Working days")),
                        (
                            "promised_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Promised working days"
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        ("promised_on", models.DateField(blank=True, null=True, verbose_name="Promised for")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="Ended on")),
                        (
                            "used_days",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Working days used"),
                        ),
                        (
                            "outcome",
                            models.CharField(blank=True, default="", max_length=20, verbose_name="How it ended"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="clocks",
                                to="licensing.application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "clock",
                        "verbose_name_plural": "clocks",
                        "indexes": [
                            models.Index(fields=["application", "started_on"], name="clockrun_of"),
                            models.Index(fields=["clock", "ended_on", "used_days"], name="clockrun_durations"),
                            models.Index(
                                condition=models.Q(("ended_on", None)), fields=["due_on"], name="clockrun_running"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on", None)),
                                fields=("application", "clock"),
                                name="clockrun_runs_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                                ),
                                name="clockrun_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("law", models.CharField(max_length=120, verbose_name="Text and version")),
                        ("text", models.TextField(verbose_name="Text")),
                        ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of what was signed")),
                        ("level", models.CharField(max_length=20, verbose_name="Level of assurance")),
                        ("key_id", models.CharField(blank=True, default="", max_length=80, verbose_name="Key name")),
                        (
                            "signature",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="Signature"),
                        ),
                        ("signed_at", models.DateTimeField(verbose_name="Signed at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="commitments",
                                to="licensing.application",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "commitment",
                        "verbose_name_plural": "commitments",
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
                            "number",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Decision number"),
                        ),
                        ("outcome", models.CharField(max_length=16, verbose_name="Outcome")),
                        ("reasons", models.TextField(verbose_name="Reasons")),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Rules and versions"),
                        ),
                        ("proposed_at", models.DateTimeField(verbose_name="Proposed at")),
                        ("legal_opinion", models.TextField(blank=True, default="", verbose_name="Legal opinion")),
                        ("legal_agrees", models.BooleanField(blank=True, null=True, verbose_name="No legal objection")),
                        ("legal_at", models.DateTimeField(blank=True, null=True, verbose_name="Examined at")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("late_days", models.PositiveSmallIntegerField(default=0, verbose_name="Working days late")),
                        (
                            "certificate_number",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Certificate number"),
                        ),
                        (
                            "issued_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Certificate issued at"),
                        ),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decision",
                                to="licensing.application",
                            ),
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
                            "legal_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                    ],
                    options={
                        "verbose_name": "decision",
                        "verbose_name_plural": "decisions",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("number",),
                                name="decision_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_at", None), ("decided_by__isnull", False), _connector="OR"
                                ),
                                name="decision_has_who_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Explanation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("about", models.CharField(max_length=40, verbose_name="About")),
                        ("rule", models.CharField(max_length=80, verbose_name="Rule")),
                        ("version", models.CharField(max_length=40, verbose_name="Version")),
                        ("inputs", models.JSONField(verbose_name="Inputs")),
                        ("outcome", models.JSONField(verbose_name="Outcome")),
                        ("words_zh", models.TextField(verbose_name="In words")),
                        ("words_en", models.TextField(verbose_name="In words (English)")),
                        ("at", models.DateTimeField(verbose_name="At")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="explanations",
                                to="licensing.application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "explanation",
                        "verbose_name_plural": "explanations",
                        "indexes": [models.Index(fields=["application", "about", "at"], name="explanation_of")],
                    },
                ),
                migrations.CreateModel(
                    name="Gap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("field", models.CharField(max_length=80, verbose_name="Where")),
                        ("words", models.CharField(max_length=500, verbose_name="What is missing")),
                        (
                            "remedy",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="How to mend it"),
                        ),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=120, verbose_name="Rule and version"),
                        ),
                        ("told_at", models.DateTimeField(verbose_name="Told at")),
                        ("mended_at", models.DateTimeField(blank=True, null=True, verbose_name="Mended at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gaps",
                                to="licensing.application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "gap",
                        "verbose_name_plural": "gaps",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalApplicationSite",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(max_length=40, verbose_name="Site code")),
                        ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="Name")),
                        ("address", models.CharField(max_length=300, verbose_name="Address")),
                        (
                            "tenure",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="Right to use the premises"
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
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="licensing.application",
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
                        "verbose_name": "historical site of an application",
                        "verbose_name_plural": "historical sites of applications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDecision",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "number",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="Decision number"),
                        ),
                        ("outcome", models.CharField(max_length=16, verbose_name="Outcome")),
                        ("reasons", models.TextField(verbose_name="Reasons")),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Rules and versions"),
                        ),
                        ("proposed_at", models.DateTimeField(verbose_name="Proposed at")),
                        ("legal_opinion", models.TextField(blank=True, default="", verbose_name="Legal opinion")),
                        ("legal_agrees", models.BooleanField(blank=True, null=True, verbose_name="No legal objection")),
                        ("legal_at", models.DateTimeField(blank=True, null=True, verbose_name="Examined at")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                        ("late_days", models.PositiveSmallIntegerField(default=0, verbose_name="Working days late")),
                        (
                            "certificate_number",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="Certificate number"),
                        ),
                        (
                            "issued_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="Certificate issued at"),
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
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="licensing.application",
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
                            "legal_by",
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
                    ],
                    options={
                        "verbose_name": "historical decision",
                        "verbose_name_plural": "historical decisions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="IssuedDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="Document")),
                        ("number", models.CharField(max_length=80, unique=True, verbose_name="Document number")),
                        ("template", models.CharField(max_length=120, verbose_name="Template and version")),
                        ("made_at", models.DateTimeField(verbose_name="Made at")),
                        (
                            "served_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("electronic", "Opened in this system"),
                                    ("paper", "On paper, against signature"),
                                    ("mail", "By registered mail"),
                                    ("notice", "By public notice"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="How it was served",
                            ),
                        ),
                        ("served_at", models.DateTimeField(blank=True, null=True, verbose_name="Served at")),
                        (
                            "received_by",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Received by"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="licensing.application",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "receipt",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "content",
                            models.JSONField(blank=True, default=dict, verbose_name="What the template is filled with"),
                        ),
                    ],
                    options={
                        "verbose_name": "issued document",
                        "verbose_name_plural": "issued documents",
                        "indexes": [
                            models.Index(fields=["application", "made_at"], name="issueddocument_of"),
                            models.Index(
                                condition=models.Q(("file", None)), fields=["id"], name="issueddocument_to_make"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("served_at", None), ("file__isnull", False), _connector="OR"),
                                name="issueddocument_served_is_made",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="At")),
                        ("action", models.CharField(max_length=40, verbose_name="Action")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("draft", "Being prepared"),
                                    ("filed", "Filed, to be accepted"),
                                    ("gaps", "To be completed by the applicant"),
                                    ("accepted", "Accepted"),
                                    ("in_review", "In technical review"),
                                    ("rectifying", "Being rectified"),
                                    ("reviewed", "Reviewed, to be proposed"),
                                    ("proposed", "Proposed, with the legal officer"),
                                    ("examined", "Examined, to be decided"),
                                    ("granted", "Granted"),
                                    ("partly_granted", "Partly granted"),
                                    ("refused", "Refused"),
                                    ("not_accepted", "Not accepted"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=16,
                                verbose_name="Stage afterwards",
                            ),
                        ),
                        ("words", models.CharField(blank=True, default="", max_length=1000, verbose_name="In words")),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=120, verbose_name="Rule and version"),
                        ),
                        ("inside", models.BooleanField(default=False, verbose_name="For officers alone")),
                        (
                            "application",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="licensing.application",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "verbose_name_plural": "steps",
                        "indexes": [models.Index(fields=["application", "at", "id"], name="step_in_order")],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "post",
                            models.CharField(
                                choices=[
                                    ("legal", "Legal representative"),
                                    ("manager", "Top manager"),
                                    ("technical", "Technical manager"),
                                    ("quality", "Quality manager"),
                                    ("signatory", "Authorised signatory"),
                                ],
                                max_length=10,
                                verbose_name="Post",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="Name")),
                        (
                            "title",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="Post or professional title"
                            ),
                        ),
                        (
                            "education",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="Education and years of work"
                            ),
                        ),
                        (
                            "fields",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Authorised signing fields"
                            ),
                        ),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        ("leaves", models.BooleanField(default=False, verbose_name="Leaves this post")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="licensing.application",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="licensing.applicationsite",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person of an application",
                        "verbose_name_plural": "people of applications",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "post", "name"), name="applicationperson_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClockStop",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cause", models.CharField(max_length=40, verbose_name="Cause")),
                        ("since", models.DateField(verbose_name="From")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("words", models.CharField(max_length=300, verbose_name="Reason")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stops",
                                to="licensing.clockrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suspension of a clock",
                        "verbose_name_plural": "suspensions of clocks",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("run",), name="clockstop_open_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="clockstop_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalApplicationPerson",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "post",
                            models.CharField(
                                choices=[
                                    ("legal", "Legal representative"),
                                    ("manager", "Top manager"),
                                    ("technical", "Technical manager"),
                                    ("quality", "Quality manager"),
                                    ("signatory", "Authorised signatory"),
                                ],
                                max_length=10,
                                verbose_name="Post",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="Name")),
                        (
                            "title",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="Post or professional title"
                            ),
                        ),
                        (
                            "education",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="Education and years of work"
                            ),
                        ),
                        (
                            "fields",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Authorised signing fields"
                            ),
                        ),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        ("leaves", models.BooleanField(default=False, verbose_name="Leaves this post")),
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
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="licensing.application",
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
                                to="licensing.applicationsite",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical person of an application",
                        "verbose_name_plural": "historical people of applications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ApplicationLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="Line")),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("add", "Add"),
                                    ("keep", "Keep"),
                                    ("replace", "Replace the method"),
                                    ("give_up", "Give up"),
                                ],
                                default="add",
                                max_length=8,
                                verbose_name="Asked for",
                            ),
                        ),
                        ("domain", models.CharField(blank=True, default="", max_length=60, verbose_name="Domain")),
                        ("category", models.CharField(blank=True, default="", max_length=100, verbose_name="Category")),
                        ("object_text", models.CharField(max_length=200, verbose_name="Test object")),
                        ("parameter_text", models.CharField(max_length=200, verbose_name="Parameter")),
                        ("method_text", models.CharField(max_length=300, verbose_name="Method")),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "limitation",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Limitation"),
                        ),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("pending", "Not decided"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                    ("not_covered", "Not renewed by silence, to be applied for anew"),
                                ],
                                default="pending",
                                max_length=12,
                                verbose_name="Outcome",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of the outcome"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="licensing.application",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                                related_name="+",
                                to="catalogue.testobject",
                            ),
                        ),
                        (
                            "parameter",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.parameter",
                            ),
                        ),
                        (
                            "scope_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="bodies.scopeline",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="licensing.applicationsite",
                            ),
                        ),
                        (
                            "found",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("pending", "Not decided"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                    ("not_covered", "Not renewed by silence, to be applied for anew"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="Found by the review",
                            ),
                        ),
                        (
                            "found_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of the finding"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of an application",
                        "verbose_name_plural": "lines of applications",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "number"), name="applicationline_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalApplicationLine",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.PositiveIntegerField(verbose_name="Line")),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("add", "Add"),
                                    ("keep", "Keep"),
                                    ("replace", "Replace the method"),
                                    ("give_up", "Give up"),
                                ],
                                default="add",
                                max_length=8,
                                verbose_name="Asked for",
                            ),
                        ),
                        ("domain", models.CharField(blank=True, default="", max_length=60, verbose_name="Domain")),
                        ("category", models.CharField(blank=True, default="", max_length=100, verbose_name="Category")),
                        ("object_text", models.CharField(max_length=200, verbose_name="Test object")),
                        ("parameter_text", models.CharField(max_length=200, verbose_name="Parameter")),
                        ("method_text", models.CharField(max_length=300, verbose_name="Method")),
                        ("clause", models.CharField(blank=True, default="", max_length=60, verbose_name="Clause")),
                        (
                            "limitation",
                            models.CharField(blank=True, default="", max_length=500, verbose_name="Limitation"),
                        ),
                        ("remark", models.CharField(blank=True, default="", max_length=300, verbose_name="Remark")),
                        (
                            "found",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("pending", "Not decided"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                    ("not_covered", "Not renewed by silence, to be applied for anew"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="Found by the review",
                            ),
                        ),
                        (
                            "found_why",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of the finding"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("pending", "Not decided"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                    ("not_covered", "Not renewed by silence, to be applied for anew"),
                                ],
                                default="pending",
                                max_length=12,
                                verbose_name="Outcome",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="Reason of the outcome"
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
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="licensing.application",
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
                            "scope_line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bodies.scopeline",
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
                                to="licensing.applicationsite",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical line of an application",
                        "verbose_name_plural": "historical lines of applications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalIssuedDocument",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("kind", models.CharField(max_length=40, verbose_name="Document")),
                        ("number", models.CharField(db_index=True, max_length=80, verbose_name="Document number")),
                        ("template", models.CharField(max_length=120, verbose_name="Template and version")),
                        ("made_at", models.DateTimeField(verbose_name="Made at")),
                        (
                            "served_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("electronic", "Opened in this system"),
                                    ("paper", "On paper, against signature"),
                                    ("mail", "By registered mail"),
                                    ("notice", "By public notice"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="How it was served",
                            ),
                        ),
                        ("served_at", models.DateTimeField(blank=True, null=True, verbose_name="Served at")),
                        (
                            "received_by",
                            models.CharField(blank=True, default="", max_length=100, verbose_name="Received by"),
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
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="licensing.application",
                            ),
                        ),
                        (
                            "file",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
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
                            "receipt",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical issued document",
                        "verbose_name_plural": "historical issued documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRouteBar",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("condition", models.CharField(max_length=60, verbose_name="Condition")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("since", models.DateField(verbose_name="From")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("reference", models.CharField(max_length=80, verbose_name="Decision number")),
                        ("words", models.CharField(max_length=300, verbose_name="Reason")),
                        ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="Lifted at")),
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
                            "lifted_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Reason of lifting"),
                        ),
                    ],
                    options={
                        "verbose_name": "historical bar of a route",
                        "verbose_name_plural": "historical bars of routes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="RouteBar",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("condition", models.CharField(max_length=60, verbose_name="Condition")),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        ("since", models.DateField(verbose_name="From")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                        ("reference", models.CharField(max_length=80, verbose_name="Decision number")),
                        ("words", models.CharField(max_length=300, verbose_name="Reason")),
                        ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="Lifted at")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="route_bars",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "lifted_why",
                            models.CharField(blank=True, default="", max_length=300, verbose_name="Reason of lifting"),
                        ),
                    ],
                    options={
                        "verbose_name": "bar of a route",
                        "verbose_name_plural": "bars of routes",
                        "indexes": [models.Index(fields=["organisation", "until"], name="routebar_in_force")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "condition", "reference"), name="routebar_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="routebar_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalVerification",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("stage", models.CharField(default="open", max_length=12, verbose_name="Stage")),
                        (
                            "finding",
                            models.CharField(
                                choices=[
                                    ("pending", "To be verified"),
                                    ("not_sampled", "Not drawn for verification"),
                                    ("true", "True"),
                                    ("basically_true", "Basically true, to be rectified"),
                                    ("untrue", "Seriously untrue or false"),
                                ],
                                default="pending",
                                max_length=16,
                                verbose_name="Finding",
                            ),
                        ),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "seed",
                            models.CharField(blank=True, default="", max_length=64, verbose_name="Seed of the lot"),
                        ),
                        ("rate", models.DecimalField(decimal_places=4, max_digits=5, verbose_name="Sampling rate")),
                        ("lot", models.DecimalField(decimal_places=16, max_digits=17, null=True, verbose_name="Lot")),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        ("found_at", models.DateTimeField(blank=True, null=True, verbose_name="Found at")),
                        ("words", models.TextField(blank=True, default="", verbose_name="What was found")),
                        (
                            "rectify_until",
                            models.DateField(blank=True, null=True, verbose_name="To be rectified until"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed at")),
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
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="licensing.application",
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
                            "closed_by",
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
                            "found_by",
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
                        ("checkpoint", models.BigIntegerField(null=True, verbose_name="Leaves of the checkpoint")),
                        ("entry", models.BigIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical verification",
                        "verbose_name_plural": "historical verifications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Verification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("stage", models.CharField(default="open", max_length=12, verbose_name="Stage")),
                        (
                            "finding",
                            models.CharField(
                                choices=[
                                    ("pending", "To be verified"),
                                    ("not_sampled", "Not drawn for verification"),
                                    ("true", "True"),
                                    ("basically_true", "Basically true, to be rectified"),
                                    ("untrue", "Seriously untrue or false"),
                                ],
                                default="pending",
                                max_length=16,
                                verbose_name="Finding",
                            ),
                        ),
                        ("law", models.CharField(max_length=120, verbose_name="Rule and version")),
                        (
                            "seed",
                            models.CharField(blank=True, default="", max_length=64, verbose_name="Seed of the lot"),
                        ),
                        ("rate", models.DecimalField(decimal_places=4, max_digits=5, verbose_name="Sampling rate")),
                        ("lot", models.DecimalField(decimal_places=16, max_digits=17, null=True, verbose_name="Lot")),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        ("found_at", models.DateTimeField(blank=True, null=True, verbose_name="Found at")),
                        ("words", models.TextField(blank=True, default="", verbose_name="What was found")),
                        (
                            "rectify_until",
                            models.DateField(blank=True, null=True, verbose_name="To be rectified until"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed at")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="verification",
                                to="licensing.application",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications",
                                to="bodies.body",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.division",
                            ),
                        ),
                        (
                            "found_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("checkpoint", models.BigIntegerField(null=True, verbose_name="Leaves of the checkpoint")),
                        ("entry", models.BigIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "verification",
                        "verbose_name_plural": "verifications",
                        "indexes": [
                            models.Index(fields=["division", "stage", "due_on"], name="verification_place_due")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("found_at", None), ("found_by__isnull", False), _connector="OR"),
                                name="verification_found_has_who",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lot", None), models.Q(("seed", ""), _negated=True), _connector="OR"
                                ),
                                name="verification_lot_has_seed",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
