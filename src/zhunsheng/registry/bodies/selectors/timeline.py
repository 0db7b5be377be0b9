"""What the register learned about a body, and when: from the histories of all its records."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Model

from zhunsheng.platform.accounts.changes import Change, changes_in
from zhunsheng.registry.bodies.models import (
    Accreditation,
    AccreditationPeriod,
    Body,
    BodyEvent,
    BodyName,
    Office,
    ScopeLine,
    ScopeReduction,
    Site,
)

MOST = 200
_PUBLIC: tuple[type[Model], ...] = (Accreditation, Site, BodyEvent, BodyName, ScopeReduction)


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """How many scope lines were added, changed and struck out in one write."""

    at: datetime
    why: str
    added: int
    changed: int
    deleted: int


def changes_of_body(body: Body, *, with_people: bool) -> list[tuple[str, Change]]:
    """Return what was recorded about a body (not its scope), newest first, each with the name of its record.

    Args:
        with_people: who holds offices, too: only for those who may see a body's people.
    """
    found = [(body.name, one) for one in _changes(Body, {"id": body.pk})]
    models: tuple[type[Model], ...] = (*_PUBLIC, Office) if with_people else _PUBLIC
    for model in models:
        found += _named(model, {"body_id": body.pk})
    found += _named(BodyEvent, {"other_id": body.pk})
    numbers = Accreditation.objects.filter(body_id=body.pk).values_list("pk", flat=True)
    found += _named(AccreditationPeriod, {"accreditation_id__in": list(numbers)})
    found.sort(key=lambda pair: pair[1].at, reverse=True)
    return found[:MOST]


def scope_changes(body: Body) -> list[ScopeChange]:
    """Return the writes that touched a body's scope, newest first, counted in the database: one query."""
    history: Any = ScopeLine.history
    rows: Iterable[tuple[datetime, str, str, int]] = (
        history.filter(body_id=body.pk)
        .order_by("-history_date")
        .values_list("history_date", "history_change_reason", "history_type")
        .annotate(total=Count("history_id"))[: 3 * MOST]
    )
    counts: dict[tuple[datetime, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for at, why, kind, total in rows:
        counts[at, why or ""][kind] += total
    return [ScopeChange(at, why, of["+"], of["~"], of["-"]) for (at, why), of in counts.items()][:MOST]


def _named(model: type[Model], condition: dict[str, Any]) -> list[tuple[str, Change]]:
    return [(one.record, one) for one in _changes(model, condition)]


def _changes(model: type[Model], condition: dict[str, Any]) -> list[Change]:
    history: Any = model.history  # type: ignore[attr-defined]  # simple-history adds it
    rows = history.filter(**condition).select_related("history_user").order_by("-history_date", "-history_id")
    return changes_in(model, list(rows[:MOST]))
