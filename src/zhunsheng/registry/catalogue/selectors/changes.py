"""What changed in a record of the catalogue, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhunsheng.platform.accounts.changes import reason_in_words

if TYPE_CHECKING:
    from datetime import datetime

_MOST = 50


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a record: when it was written, why, and (field, before, after) of what differs."""

    at: datetime
    why: str
    kind: str
    fields: tuple[tuple[str, str, str], ...]


def changes_of(record: Any) -> list[Change]:
    """Return the last versions of a recorded thing, newest first; two queries at most."""
    versions = list(record.history.order_by("-history_date", "-history_id")[: _MOST + 1])
    names = [one for one in record._meta.concrete_fields if not one.primary_key]
    made = []
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        made.append(
            Change(
                at=version.history_date,
                why=reason_in_words(version.history_change_reason),
                kind=version.history_type,
                fields=tuple(_differences(names, version, before)) if before is not None else (),
            )
        )
    return made[:_MOST]


def _differences(fields: list[Any], after: Any, before: Any) -> list[tuple[str, str, str]]:
    found = []
    for one in fields:
        old, new = getattr(before, one.attname), getattr(after, one.attname)
        if old != new:
            found.append((str(one.verbose_name), _shown(one, old), _shown(one, new)))
    return found


def _shown(field: Any, value: Any) -> str:
    choices = dict(field.flatchoices)
    return str(choices.get(value, value)) if value not in (None, "") else "—"
