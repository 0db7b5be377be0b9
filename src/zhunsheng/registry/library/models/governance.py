"""Proposals, what experts say of them, and who must keep out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.library.lifecycle import Kind, Stage, Verdict
from zhunsheng.registry.library.models.content import Content, industry_is_named
from zhunsheng.registry.library.models.provincial import Entry, Version


class Proposal(Content):
    """A proposal for the library. `entry` is what it would change, none for a new one until it is published."""

    number = models.CharField(_("Proposal number"), max_length=20, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind, default=Kind.NEW)
    stage = models.CharField(_("Stage"), max_length=10, choices=Stage, default=Stage.PROPOSED)
    steward = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="library_proposals", verbose_name=_("Steward")
    )
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="proposals")
    version = models.OneToOneField(Version, models.PROTECT, null=True, blank=True, related_name="proposal")
    reasons = models.TextField(_("Reasons"))
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed at"))
    opened_at = models.DateTimeField(_("Review opened at"), null=True, blank=True)
    consult_until = models.DateField(_("Public consultation until"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    decision = models.CharField(_("The decision"), max_length=500, blank=True, default="")
    law = models.CharField(_("Rule and version"), max_length=80, blank=True, default="")
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="proposal_stage_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="proposal_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.NEW) | Q(entry__isnull=False), name="proposal_changes_an_entry"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.PUBLISHED, Stage.REFUSED])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_decision_has_who_and_when",
            ),
            industry_is_named("proposal"),
        ]
        indexes = [models.Index(fields=["stage", "-proposed_at"], name="proposal_stage_at")]

    def __str__(self) -> str:
        return self.number


class Evidence(models.Model):
    """A file that supports a proposal, kept by its digest."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="evidence")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(_("File name"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "file"], name="evidence_once")]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """That an expert was asked for an opinion."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="invitations")
    expert = models.ForeignKey("accounts.User", models.PROTECT, related_name="library_invitations")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    invited_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("Invited at"))
    due_on = models.DateField(_("Due on"))
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [models.UniqueConstraint(fields=["proposal", "expert"], name="invitation_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.expert_id}"


class Opinion(models.Model):
    """What an expert says, with the interests declared. `conflict` says why it doesn't count; empty: it does."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="opinion")
    verdict = models.CharField(_("Opinion"), max_length=12, choices=Verdict)
    reasons = models.TextField(_("Reasons"))
    employed = models.BooleanField(_("I work, or worked within three years, for the proposer"), default=False)
    author = models.BooleanField(_("I am an author of the method or of its standard"), default=False)
    consultant = models.BooleanField(_("I advise the proposer for pay"), default=False)
    interests = models.CharField(_("Other interests, in words"), max_length=500, blank=True, default="")
    conflict = models.CharField(max_length=20, blank=True, default="")
    given_at = models.DateTimeField(_("Given at"))
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        constraints = [models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="opinion_verdict_known")]

    def __str__(self) -> str:
        return f"{self.invitation_id}: {self.verdict}"
