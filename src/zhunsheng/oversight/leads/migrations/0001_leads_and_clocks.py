import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import zhunsheng.platform.accounts.sealed_field
import zhunsheng.platform.database.creating


class Migration(migrations.Migration):
    replaces = [("leads", "0001_leads"), ("leads", "0002_clocks")]

    initial = True

    dependencies = [
        ("accounts", "0001_people_organisations_and_clients"),
        ("bodies", "0002_an_expert_has_an_account_of_its_own"),
        ("documents", "0001_stored_file"),
    ]

    operations = [
        zhunsheng.platform.database.creating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Lead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="Number of the lead")),
                        ("source", models.CharField(max_length=20, verbose_name="Source")),
                        ("reference", models.CharField(max_length=120, verbose_name="Reference at the source")),
                        ("matter", models.CharField(max_length=40, verbose_name="Matter")),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("words", models.TextField(verbose_name="What was noticed")),
                        ("subject", models.CharField(blank=True, default="", max_length=200, verbose_name="Subject")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("new", "New, to be triaged"),
                                    ("watched", "Watched"),
                                    ("accepted", "Accepted, being checked"),
                                    ("referred", "Referred"),
                                    ("merged", "Merged into another"),
                                    ("dismissed", "Dismissed"),
                                    ("filed", "Filed as a case"),
                                    ("closed", "Closed without a case"),
                                ],
                                default="new",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Decide by")),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=120, verbose_name="Rule and version"),
                        ),
                        ("extended", models.BooleanField(default=False, verbose_name="Extended")),
                        ("outcome", models.CharField(blank=True, default="", max_length=500, verbose_name="Outcome")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed at")),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="leads.lead",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="Escalated at")),
                        (
                            "escalated_to",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        ("warned_at", models.DateTimeField(blank=True, null=True, verbose_name="Warned at")),
                    ],
                    options={
                        "verbose_name": "lead",
                        "verbose_name_plural": "leads",
                        "indexes": [
                            models.Index(fields=["-opened_at", "-id"], name="lead_newest"),
                            models.Index(fields=["division", "stage", "-opened_at"], name="lead_inbox"),
                            models.Index(fields=["stage", "due_on"], name="lead_due"),
                            models.Index(fields=["matter", "-opened_at"], name="lead_matter"),
                            models.Index(fields=["source", "-opened_at"], name="lead_source"),
                            models.Index(fields=["body", "-opened_at"], name="lead_body"),
                            models.Index(
                                condition=models.Q(("escalated_at", None)), fields=["due_on"], name="lead_to_escalate"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "reference"), name="lead_once_per_source"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        [
                                            "new",
                                            "watched",
                                            "accepted",
                                            "referred",
                                            "merged",
                                            "dismissed",
                                            "filed",
                                            "closed",
                                        ],
                                    )
                                ),
                                name="lead_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("body__isnull", False), models.Q(("subject", ""), _negated=True), _connector="OR"
                                ),
                                name="lead_is_about_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "merged"), _negated=True),
                                    ("merged_into__isnull", False),
                                    _connector="OR",
                                ),
                                name="lead_merged_names_the_other",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadEvidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="Kind")),
                        ("reference", models.CharField(max_length=200, verbose_name="Reference")),
                        ("sha256", models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256")),
                        ("words", models.CharField(blank=True, default="", max_length=300, verbose_name="In words")),
                        ("added_at", models.DateTimeField(verbose_name="Added at")),
                        (
                            "added_by",
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
                            "file",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.storedfile",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="leads.lead",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence of a lead",
                        "verbose_name_plural": "evidence of leads",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lead", "kind", "reference", "sha256"), name="leadevidence_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("action", models.CharField(max_length=20)),
                        ("words", models.CharField(blank=True, default="", max_length=1000, verbose_name="In words")),
                        ("at", models.DateTimeField(verbose_name="At")),
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
                            "lead",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="leads.lead",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a lead",
                        "verbose_name_plural": "steps of leads",
                        "indexes": [models.Index(fields=["lead", "at"], name="leadstep_timeline")],
                    },
                ),
                migrations.CreateModel(
                    name="Complaint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=14, unique=True, verbose_name="Code of the report")),
                        ("secret_sha256", models.CharField(max_length=64)),
                        ("anonymous", models.BooleanField(default=True, verbose_name="Without a name")),
                        (
                            "name",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="Name of who reported"
                            ),
                        ),
                        (
                            "contact",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="How to reach them"
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Answer by")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="Answered at")),
                        (
                            "lead",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="complaint", to="leads.lead"
                            ),
                        ),
                        ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="Escalated at")),
                    ],
                    options={
                        "verbose_name": "report from the public",
                        "verbose_name_plural": "reports from the public",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answered_at", None)), fields=["due_on"], name="complaint_due"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComplaintMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.TextField(verbose_name="Message")),
                        ("at", models.DateTimeField(verbose_name="At")),
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
                            "complaint",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="leads.complaint",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message about a report",
                        "verbose_name_plural": "messages about reports",
                        "indexes": [models.Index(fields=["complaint", "at"], name="complaintmessage_order")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalReferral",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "number",
                            models.CharField(db_index=True, max_length=20, verbose_name="Number of the referral"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("transfer", "Transfer: the matter is yours"),
                                    ("notice", "For your information"),
                                    ("recommendation", "Recommendation on a qualification"),
                                    ("assistance", "Assistance is asked for"),
                                    ("doubt", "Doubt about a report"),
                                    ("police", "Transfer to the police"),
                                ],
                                max_length=14,
                                verbose_name="Kind",
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=10)),
                        ("subject_ref", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("words", models.TextField(verbose_name="What is asked")),
                        ("manifest", models.JSONField(default=list)),
                        ("manifest_sha256", models.CharField(max_length=64, verbose_name="Digest of the file")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("sent", "Sent, not signed for"),
                                    ("received", "Signed for"),
                                    ("answered", "Answered"),
                                    ("returned", "Returned"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="sent",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("law", models.CharField(max_length=200, verbose_name="Rule and version")),
                        ("sent_at", models.DateTimeField(verbose_name="Sent at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="Signed for at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
                        ("answer", models.TextField(blank=True, default="", verbose_name="Answer")),
                        ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="Escalated at")),
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
                            "ended_by",
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
                            "escalated_to",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="leads.lead",
                            ),
                        ),
                        (
                            "received_by",
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
                            "receiver",
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
                            "sender_division",
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
                    ],
                    options={
                        "verbose_name": "historical referral",
                        "verbose_name_plural": "historical referrals",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSubscription",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("purpose", models.CharField(max_length=300, verbose_name="What its results are used for")),
                        ("since", models.DateTimeField(verbose_name="Since")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
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
                            "by",
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
                    ],
                    options={
                        "verbose_name": "historical subscription",
                        "verbose_name_plural": "historical subscriptions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Referral",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="Number of the referral")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("transfer", "Transfer: the matter is yours"),
                                    ("notice", "For your information"),
                                    ("recommendation", "Recommendation on a qualification"),
                                    ("assistance", "Assistance is asked for"),
                                    ("doubt", "Doubt about a report"),
                                    ("police", "Transfer to the police"),
                                ],
                                max_length=14,
                                verbose_name="Kind",
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=10)),
                        ("subject_ref", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("words", models.TextField(verbose_name="What is asked")),
                        ("manifest", models.JSONField(default=list)),
                        ("manifest_sha256", models.CharField(max_length=64, verbose_name="Digest of the file")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("sent", "Sent, not signed for"),
                                    ("received", "Signed for"),
                                    ("answered", "Answered"),
                                    ("returned", "Returned"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="sent",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("law", models.CharField(max_length=200, verbose_name="Rule and version")),
                        ("sent_at", models.DateTimeField(verbose_name="Sent at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Due on")),
                        ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="Signed for at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
                        ("answer", models.TextField(blank=True, default="", verbose_name="Answer")),
                        ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="Escalated at")),
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
                            "ended_by",
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
                            "escalated_to",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="leads.lead",
                            ),
                        ),
                        (
                            "received_by",
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
                            "receiver",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "sender_division",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.division",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "referral",
                        "verbose_name_plural": "referrals",
                        "indexes": [
                            models.Index(fields=["receiver", "stage", "-sent_at"], name="referral_inbox"),
                            models.Index(fields=["sender", "-sent_at"], name="referral_outbox"),
                            models.Index(fields=["division", "-sent_at"], name="referral_place"),
                            models.Index(fields=["sender_division", "-sent_at"], name="referral_from_place"),
                            models.Index(fields=["stage", "due_on"], name="referral_due"),
                            models.Index(fields=["subject_kind", "subject_ref"], name="referral_subject"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage__in", ["sent", "received", "answered", "returned", "withdrawn"])
                                ),
                                name="referral_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sender", models.F("receiver")), _negated=True),
                                name="referral_to_somebody_else",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("received_at", None), ("received_by__isnull", False), _connector="OR"
                                ),
                                name="referral_received_has_who",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ["returned", "answered"]), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="referral_ended_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Subscription",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("purpose", models.CharField(max_length=300, verbose_name="What its results are used for")),
                        ("since", models.DateTimeField(verbose_name="Since")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended at")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.body"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "subscription",
                        "verbose_name_plural": "subscriptions",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("organisation", "body"),
                                name="subscription_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalComplaint",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("code", models.CharField(db_index=True, max_length=14, verbose_name="Code of the report")),
                        ("secret_sha256", models.CharField(max_length=64)),
                        ("anonymous", models.BooleanField(default=True, verbose_name="Without a name")),
                        (
                            "name",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="Name of who reported"
                            ),
                        ),
                        (
                            "contact",
                            zhunsheng.platform.accounts.sealed_field.EncryptedTextField(
                                blank=True, default="", verbose_name="How to reach them"
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Answer by")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="Answered at")),
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
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="leads.lead",
                            ),
                        ),
                        ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="Escalated at")),
                    ],
                    options={
                        "verbose_name": "historical report from the public",
                        "verbose_name_plural": "historical reports from the public",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLead",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("number", models.CharField(db_index=True, max_length=20, verbose_name="Number of the lead")),
                        ("source", models.CharField(max_length=20, verbose_name="Source")),
                        ("reference", models.CharField(max_length=120, verbose_name="Reference at the source")),
                        ("matter", models.CharField(max_length=40, verbose_name="Matter")),
                        ("title", models.CharField(max_length=200, verbose_name="Title")),
                        ("words", models.TextField(verbose_name="What was noticed")),
                        ("subject", models.CharField(blank=True, default="", max_length=200, verbose_name="Subject")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("new", "New, to be triaged"),
                                    ("watched", "Watched"),
                                    ("accepted", "Accepted, being checked"),
                                    ("referred", "Referred"),
                                    ("merged", "Merged into another"),
                                    ("dismissed", "Dismissed"),
                                    ("filed", "Filed as a case"),
                                    ("closed", "Closed without a case"),
                                ],
                                default="new",
                                max_length=10,
                                verbose_name="Stage",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="Opened at")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="Decide by")),
                        (
                            "law",
                            models.CharField(blank=True, default="", max_length=120, verbose_name="Rule and version"),
                        ),
                        ("extended", models.BooleanField(default=False, verbose_name="Extended")),
                        ("outcome", models.CharField(blank=True, default="", max_length=500, verbose_name="Outcome")),
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
                            "opened_by",
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="leads.lead",
                            ),
                        ),
                        ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="Escalated at")),
                        (
                            "escalated_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        ("warned_at", models.DateTimeField(blank=True, null=True, verbose_name="Warned at")),
                    ],
                    options={
                        "verbose_name": "historical lead",
                        "verbose_name_plural": "historical leads",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ],
        ),
    ]
