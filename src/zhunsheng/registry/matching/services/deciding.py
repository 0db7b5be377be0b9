"""Decides whom a mention means, and takes decisions back."""

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import MissingReason, recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.matching import lifecycle, permissions
from zhunsheng.registry.matching.models import Decision, Mention, Producer, Suggestion, Target
from zhunsheng.registry.matching.permissions import Can

_KEPT = ("state", "body_id", "producer_id")


class CannotDecide(DomainError):
    """A decision that doesn't fit the mention, or can't be taken back."""

    code = "cannot-decide"


@transaction.atomic
def decide(*, mention_id: int, act: str, by: User, at: datetime, why: str, target_id: int | None = None) -> Decision:
    """Decide whom a mention means; later mentions of the same name and codes share the decision.

    Args:
        act: accept (it is `target_id`), new (enter a producer of this name) or reject (nobody of the register).
        target_id: body or producer, by the mention's kind; it needn't be among the suggestions.
    Raises: Mention.DoesNotExist, NotAllowed, IllegalMove, MissingReason, CannotDecide.
    """
    mention = Mention.objects.select_for_update().get(pk=mention_id)
    permissions.require(by, Can.DECIDE, mention, timezone.localdate(at))
    lifecycle.MENTION.target(mention.state, act)
    why = why.strip()
    if not why:
        raise MissingReason(str(mention._meta.verbose_name))
    if act == lifecycle.NEW:
        target_id = _entered(mention, by, at, why)
    return note(mention, act, target_id=target_id, by=by, at=at, why=why)


def note(mention: Mention, act: str, *, target_id: int | None, by: User | None, at: datetime, why: str) -> Decision:
    """Carry out a decision and keep it; `by` None is the system. Permission is the caller's matter.

    Raises: IllegalMove, CannotDecide.
    """
    before = _state(mention)
    mention.state = lifecycle.MENTION.target(mention.state, act)
    if mention.state == lifecycle.LINKED:
        model = cast(type[Model], Mention._meta.get_field(mention.target).related_model)
        if target_id is None or not model._default_manager.filter(pk=target_id).exists():
            raise CannotDecide(
                "There is no such organisation.", field="target", remedy="Choose one of the list, or search for it."
            )
        setattr(mention, f"{mention.target}_id", target_id)
    mention.save(update_fields=list(_KEPT))
    return Decision.objects.create(
        mention=mention, act=act, at=at, by=by, why=why[:300], before=before, after=_state(mention),
        evidence=_evidence(mention, target_id),
    )  # fmt: skip


@transaction.atomic
def undo(*, decision_id: int, by: User, at: datetime, why: str) -> Decision:
    """Take a mention's latest decision back: everything is as it was before it; a producer it entered is gone again.

    Raises: Decision.DoesNotExist, NotAllowed, MissingReason, CannotDecide.
    """
    mention = Mention.objects.select_for_update().get(decisions=decision_id)
    decision = Decision.objects.get(pk=decision_id)
    permissions.require(by, Can.DECIDE, mention, timezone.localdate(at))
    why = why.strip()
    if not why:
        raise MissingReason(str(mention._meta.verbose_name))
    standing = mention.decisions.filter(undone_by=None).exclude(act=lifecycle.UNDO)
    if standing.aggregate(latest=Max("id"))["latest"] != decision.pk:
        raise CannotDecide(
            "Only the latest decision that stands can be taken back.", field="decision", remedy="Open the page again."
        )
    before = _state(mention)
    for name in _KEPT:
        setattr(mention, name, decision.before[name.removesuffix("_id")])
    mention.save(update_fields=list(_KEPT))
    if decision.act == lifecycle.NEW:
        _remove(decision.after[Target.PRODUCER], by, at, why)
    return Decision.objects.create(
        mention=mention, act=lifecycle.UNDO, at=at, by=by, why=why[:300], before=before, after=_state(mention),
        undoes=decision,
    )  # fmt: skip


def _entered(mention: Mention, by: User, at: datetime, why: str) -> int:
    if mention.target != Target.PRODUCER:
        raise CannotDecide(
            "A body is entered in the register of bodies, not here.",
            field="act",
            remedy="Enter the institution first, then link the name to it.",
        )
    if mention.uscc and Producer.objects.filter(uscc=mention.uscc).exists():
        raise CannotDecide(
            "A producer with this credit code is registered.", field="act", remedy="Link the name to that one."
        )
    producer = Producer(
        name=mention.text[:200], uscc=mention.uscc, address=mention.address, generated=mention.generated
    )
    producer._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, why):
        producer.save()
    return producer.pk


def _remove(producer_id: int, by: User, at: datetime, why: str) -> None:
    producer = Producer.objects.select_for_update().get(pk=producer_id)
    if producer.mentions.exists() or producer.names.exists():
        raise CannotDecide(
            "Other names are linked to this producer.",
            field="decision",
            remedy="Take the decisions about those names back first.",
        )
    Suggestion.objects.filter(producer=producer).delete()
    producer._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    with recorded(by, why):
        producer.delete()


def _state(mention: Mention) -> dict[str, Any]:
    return {"state": str(mention.state), "body": mention.body_id, "producer": mention.producer_id}


def _evidence(mention: Mention, target_id: int | None) -> dict[str, Any]:
    """Return the suggestion that was before the decider, as it was."""
    if target_id is None:
        shown = mention.suggestions.order_by("rank").first()
    else:
        shown = mention.suggestions.filter(**{f"{mention.target}_id": target_id}).first()
    if shown is None:
        return {}
    return {
        "rank": shown.rank,
        "bits": shown.bits,
        "name": shown.matched_name,
        "parts": shown.parts,
        "weights": shown.weights,
    }
