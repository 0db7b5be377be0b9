"""Create or update rows by their natural key, each with its history row, in a few statements per chunk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from zhunsheng.platform.accounts.history import create_recorded, current, update_recorded
from zhunsheng.platform.database.bulk import insert_rows, reserve_ids

Values = dict[str, Any]
Key = tuple[Any, ...]
CHUNK = 5_000


@dataclass(slots=True)
class Written:
    """What `upsert` did; `made` are the keys created, `changed` those updated."""

    made: list[Key] = field(default_factory=list)
    changed: list[Key] = field(default_factory=list)
    unchanged: int = 0


def chunks(rows: Sequence[Values], size: int = CHUNK) -> Iterator[Sequence[Values]]:
    """Yield slices of some rows."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def upsert(
    model: type[Model], rows: Sequence[Values], key: Sequence[str], *, at: datetime, fast: bool = False
) -> Written:
    """Create the rows whose key is new, update those that differ, leave the rest.

    Args:
        rows: column values by attname; a column that no row names keeps its default or stays as it is.
        key: attnames that identify a row; the first narrows the search for existing ones.
        fast: write new rows by COPY; only for models without encrypted columns.
    Runs inside `recorded` and a transaction. Raises: MissingReason.
    """
    written, held = Written(), _Held(model, key)
    for chunk in chunks(rows):
        held.load(chunk)
        fresh, changed = [], []
        for row in chunk:
            name = _key(row, key)
            kept = held.rows.get(name)
            if name not in held.rows:
                held.rows[name] = None
                fresh.append(row)
            elif kept is not None and _take_over(kept, row):
                changed.append(kept)
        if fresh:
            _create(model, fresh, at, fast=fast)
        if changed:
            for kept in changed:
                kept._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
            update_recorded(model, changed, _field_names(model, chunk, key))
        written.made += [_key(row, key) for row in fresh]
        written.changed += [_key(kept.__dict__, key) for kept in changed]
        written.unchanged += len(chunk) - len(fresh) - len(changed)
    return written


class _Held:
    """Stored rows by key; those of one first key (one body) are read once and kept while the table is about it."""

    def __init__(self, model: type[Model], key: Sequence[str]) -> None:
        self._model, self._key = model, key
        self._loaded: set[Any] = set()
        self.rows: dict[Key, Model | None] = {}

    def load(self, chunk: Iterable[Values]) -> None:
        wanted = {row[self._key[0]] for row in chunk}
        new = wanted - self._loaded
        self.rows = {name: one for name, one in self.rows.items() if name[0] in wanted}
        self._loaded = wanted
        found = self._model._default_manager.filter(**{f"{self._key[0]}__in": new})
        self.rows |= {_key(one.__dict__, self._key): one for one in found.iterator(chunk_size=CHUNK)}


def _field_names(model: type[Model], rows: Iterable[Values], key: Sequence[str]) -> list[str]:
    given = {name for row in rows for name in row} - set(key)
    return [one.name for one in model._meta.concrete_fields if one.attname in given]


def _key(row: Values, key: Sequence[str]) -> Key:
    return tuple(row.get(name) for name in key)


def _take_over(kept: Model, row: Values) -> bool:
    """Set a row's values on the stored one and tell whether anything changed."""
    changed = False
    for name, value in row.items():
        if getattr(kept, name) != value:
            setattr(kept, name, value)
            changed = True
    return changed


def _create(model: type[Model], rows: Sequence[Values], at: datetime, *, fast: bool) -> None:
    if not fast:
        made = [model(**row) for row in rows]
        for one in made:
            one._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
        create_recorded(model, made)
        return
    recording = current()
    if recording is None or not recording.why:
        create_recorded(model, [])  # raises MissingReason with the model's own name
        return
    names = [one.attname for one in model._meta.concrete_fields if not one.primary_key]
    defaults = {one.attname: one.get_default() for one in model._meta.concrete_fields}
    ids = reserve_ids(model, len(rows))
    full = [[row.get(name, defaults[name]) for name in names] for row in rows]
    insert_rows(model, ["pk", *names], ([pk, *row] for pk, row in zip(ids, full, strict=True)))
    user = getattr(recording.user, "pk", None)
    tail = [at, "+", user, recording.why]
    insert_rows(
        model.history.model,  # type: ignore[attr-defined]  # simple-history adds it
        ["id", *names, "history_date", "history_type", "history_user_id", "history_change_reason"],
        ([pk, *row, *tail] for pk, row in zip(ids, full, strict=True)),
    )
