"""What changed in a record, by whom, when and why: before and after, from its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from zhunsheng.platform.accounts.sealed_field import EncryptedTextField, masked

if TYPE_CHECKING:
    AnyField = Field[Any, Any]
else:
    AnyField = Field

MARKS = {"+": "created", "~": "changed", "-": "deleted"}


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words for people; `before` is empty when the record was created."""

    field: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One write: what (created, changed, deleted), of what, who, when, why."""

    kind: str
    record: str
    who: str
    at: datetime
    why: str
    fields: tuple[FieldChange, ...]


def reason_in_words(reason: str | None) -> str:
    """Return a reason in the reader's language: what people wrote stays, what the system wrote (a msgid) is turned."""
    return _(reason) if reason else ""


def changes_of(record: Model, *, limit: int = 200) -> list[Change]:
    """Return the record's changes, newest first; 1 query, and 1 for each foreign key that it has."""
    history: Any = record.history  # type: ignore[attr-defined]  # every regulated model has it
    return changes_in(
        type(record), list(history.select_related("history_user").order_by("-history_date", "-history_id")[:limit])
    )


def rows_of(model: type[Model]) -> Any:
    """Return the manager of a regulated model's history rows."""
    return getattr(model, "history")  # noqa: B009 - simple-history puts it there, unseen by the type checker


def changes_in(model: type[Model], rows: Sequence[Any]) -> list[Change]:
    """Return the changes that these history rows of one model hold; the rows come newest first."""
    shown = _shown_fields(model)
    names = _names(shown, rows)
    earlier: dict[Any, Any] = {}
    found: list[Change] = []
    for row in reversed(rows):
        key = getattr(row, model._meta.pk.attname) if model._meta.pk else None
        found.append(_change(row, earlier.get(key), shown, names, str(model._meta.verbose_name)))
        earlier[key] = row
    found.reverse()
    return found


def _change(row: Any, before: Any, shown: Sequence[AnyField], names: dict[str, dict[Any, str]], record: str) -> Change:
    fields = []
    for field in shown:
        new = getattr(row, field.attname)
        old = getattr(before, field.attname) if before is not None else None
        if row.history_type == "-" or new == old or (before is None and new in (None, "")):
            continue
        known = names.get(field.name, {})
        was = _words(field, old, known) if before is not None else ""
        fields.append(FieldChange(field.name, str(field.verbose_name), was, _words(field, new, known)))
    return Change(
        kind=MARKS[row.history_type],
        record=record,
        who=str(row.history_user) if row.history_user else _("the system"),
        at=row.history_date,
        why=reason_in_words(row.history_change_reason),
        fields=tuple(fields),
    )


def _shown_fields(model: type[Model]) -> list[AnyField]:
    history: Any = model.history  # type: ignore[attr-defined]  # every regulated model has it
    kept = {field.name for field in history.model._meta.fields}
    return [field for field in model._meta.fields if field.name in kept and not field.primary_key]


def _names(shown: Sequence[AnyField], rows: Sequence[Any]) -> dict[str, dict[Any, str]]:
    """Return what foreign keys point at, by field and key, one query for each field that has any."""
    found: dict[str, dict[Any, str]] = {}
    for field in shown:
        if not isinstance(field, ForeignKey):
            continue  # a JSON value can't be in a set
        keys = {getattr(row, field.attname) for row in rows} - {None}
        if keys:
            target = field.remote_field.model._default_manager.in_bulk(keys)
            found[field.name] = {key: str(one) for key, one in target.items()}
    return found


def _words(field: AnyField, value: Any, names: dict[Any, str]) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(field, EncryptedTextField):
        return masked(str(value))
    if isinstance(field, ForeignKey):
        return names.get(value, str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)
