"""Producers, the names under which organisations are mentioned, what is suggested for them and what was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts.history import Recorded
from zhunsheng.registry.matching import lifecycle


class NameKind(models.TextChoices):
    """What sort of name this is."""

    OFFICIAL = "official", _("Registered name")
    FORMER = "former", _("Former name")
    SHORT = "short", _("Short name")
    TRADE = "trade", _("Trade name")


class Target(models.TextChoices):
    """What kind of organisation a mention means."""

    BODY = "body", _("Inspection and testing body")
    PRODUCER = "producer", _("Enterprise")


class State(models.TextChoices):
    """Where a mention stands."""

    OPEN = lifecycle.OPEN, _("To be decided")
    LINKED = lifecycle.LINKED, _("Linked")
    STRANGER = lifecycle.STRANGER, _("None of the register")


class Act(models.TextChoices):
    """What was decided."""

    ACCEPT = lifecycle.ACCEPT, _("It is this one")
    NEW = lifecycle.NEW, _("It is new: enter it")
    REJECT = lifecycle.REJECT, _("It is none of them")
    UNDO = lifecycle.UNDO, _("Decision taken back")


class Producer(models.Model):
    """An enterprise that reports name as producer or client. Reports stay as published; mentions link to it."""

    name = models.CharField(_("Name"), max_length=200)
    uscc = models.CharField(_("Unified social credit code"), max_length=18, blank=True, default="")
    division = models.ForeignKey(
        "accounts.Division", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("division")
    )
    address = models.CharField(_("Address"), max_length=300, blank=True, default="")
    generated = models.BooleanField(_("Made up for the demonstration"), default=False)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("producer")
        verbose_name_plural = _("producers")
        constraints = [
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="producer_once_per_uscc"),
            models.CheckConstraint(condition=~Q(name=""), name="producer_has_a_name"),
        ]
        indexes = [models.Index(fields=["name"], name="producer_by_name")]

    def __str__(self) -> str:
        return self.name


class ProducerName(models.Model):
    """Another name of a producer."""

    producer = models.ForeignKey(Producer, models.CASCADE, related_name="names")
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Kind of name"), max_length=10, choices=NameKind, default=NameKind.FORMER)
    history = Recorded(reason_required=True)

    class Meta:
        verbose_name = _("name of a producer")
        verbose_name_plural = _("names of producers")
        constraints = [models.UniqueConstraint(fields=["producer", "kind", "name"], name="producer_name_once")]

    def __str__(self) -> str:
        return self.name


class Mention(models.Model):
    """A name as it arrived, once for all places that write it alike with the same codes.

    `key` is name and codes in one form (rules.names.key_of): later mentions with the same key share its decision.
    `division` is the narrowest division that holds every place where it was seen; `organisation` is whose papers
    mention it, null when several do.
    """

    target = models.CharField(_("Means"), max_length=10, choices=Target)
    text = models.CharField(_("Name as written"), max_length=300)
    key = models.CharField(max_length=400, editable=False)
    uscc = models.CharField(_("Unified social credit code"), max_length=18, blank=True, default="")
    cma = models.CharField(_("CMA number"), max_length=12, blank=True, default="")
    address = models.CharField(_("Address"), max_length=300, blank=True, default="")
    division = models.ForeignKey(
        "accounts.Division", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("division")
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    times = models.PositiveIntegerField(_("Times seen"), default=0)
    first_seen = models.DateTimeField(_("First seen"))
    last_seen = models.DateTimeField(_("Last seen"))
    generated = models.BooleanField(_("Made up for the demonstration"), default=False)
    example = models.CharField(_("Seen in"), max_length=200, blank=True, default="")
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.OPEN)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, blank=True, related_name="+")
    producer = models.ForeignKey(Producer, models.PROTECT, null=True, blank=True, related_name="mentions")
    suggested_for = models.CharField(max_length=100, blank=True, default="", editable=False)
    best = models.FloatField(_("Best score"), null=True, blank=True)
    likely = models.BooleanField(_("Very likely"), default=False)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["target", "key"], name="mention_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="mention_state_known"),
            models.CheckConstraint(
                condition=Q(state="linked", body__isnull=False, producer__isnull=True)
                | Q(state="linked", body__isnull=True, producer__isnull=False)
                | (~Q(state="linked") & Q(body__isnull=True, producer__isnull=True)),
                name="mention_linked_to_one",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "target", "-best"], name="mention_queue"),
            models.Index(fields=["organisation", "state"], name="mention_of_organisation"),
            models.Index(fields=["division", "state"], name="mention_of_division"),
            models.Index(fields=["suggested_for", "id"], name="mention_to_suggest", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.text


class Suggestion(models.Model):
    """One candidate for an open mention: its score in bits and what that is made of, by one version of the weights."""

    mention = models.ForeignKey(Mention, models.CASCADE, related_name="suggestions")
    body = models.ForeignKey("bodies.Body", models.CASCADE, null=True, blank=True, related_name="+")
    producer = models.ForeignKey(Producer, models.CASCADE, null=True, blank=True, related_name="+")
    rank = models.PositiveSmallIntegerField(_("Rank of the suggestion"))
    bits = models.FloatField(_("Score"))
    likely = models.BooleanField(_("Very likely"), default=False)
    matched_name = models.CharField(_("Name compared with"), max_length=200)
    matched_kind = models.CharField(_("Kind of name"), max_length=10)
    parts = models.JSONField(default=list)
    weights = models.CharField(max_length=20)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.UniqueConstraint(fields=["mention", "rank"], name="suggestion_rank_once"),
            models.CheckConstraint(
                condition=Q(body=None, producer__isnull=False) | Q(body__isnull=False, producer=None),
                name="suggestion_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mention_id} #{self.rank}: {self.matched_name}"


class Decision(models.Model):
    """What somebody (or, for the very same name, the system) decided about a mention. Never changed, never deleted.

    `before` and `after` are the mention's state as it was; `evidence` the suggestion as it was shown. `undoes` is the
    decision that an undo took back.
    """

    mention = models.ForeignKey(Mention, models.PROTECT, related_name="decisions")
    act = models.CharField(_("Decision"), max_length=10, choices=Act)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(_("Reason"), max_length=300)
    before = models.JSONField()
    after = models.JSONField()
    evidence = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta:
        verbose_name = _("decision on a mention")
        verbose_name_plural = _("decisions on mentions")
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="matching_decision_has_a_reason")]
        indexes = [models.Index(fields=["mention", "-id"], name="decision_of_mention")]

    def __str__(self) -> str:
        return f"{self.act} {self.mention_id}"
