"""Reads of draws."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.draws.models import Draw
from zhunsheng.platform.ledger import selectors as ledger

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_LARGE = ("frame", "transcript", "result", "parameters", "commitment", "material")


def draws_visible_to(_user: "User | AnonymousUser | None", _on: date) -> QuerySet[Draw]:
    """Return all draws, newest first: that there is one, when and how it was drawn is public."""
    return Draw.objects.select_related("division", "organisation").order_by("-committed_at", "-id")


def listed(found: QuerySet[Draw]) -> QuerySet[Draw]:
    """Leave out what a list does not show."""
    return found.defer(*_LARGE)


def with_words(found: QuerySet[Draw], words: str) -> QuerySet[Draw]:
    """Keep draws with all these words in number, title or reference."""
    for word in words.split():
        found = found.filter(Q(number__istartswith=word) | Q(title__icontains=word) | Q(reference__icontains=word))
    return found


def receipts_of(draw: Draw) -> dict[str, dict[str, Any] | None]:
    """Return the log's receipts of commitment and transcript; None while one is not sealed.

    Raises: LedgerBroken.
    """
    keys = {"commitment": draw.committed_entry, "transcript": draw.drawn_entry}
    found = ledger.receipts_for([key for key in keys.values() if key is not None])
    return {name: found.get(key) if key is not None else None for name, key in keys.items()}


def sealed_of(draw: Draw) -> dict[str, bool]:
    """Return whether commitment and transcript are sealed and published."""
    keys = {"commitment": draw.committed_entry, "transcript": draw.drawn_entry}
    sealed = ledger.sealed_among([key for key in keys.values() if key is not None])
    return {name: key in sealed for name, key in keys.items()}
