"""Writes scope lines by the million: what is held is read as plain values, what is new goes in by COPY."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from zhunsheng.platform.accounts.history import create_recorded, current, update_recorded
from zhunsheng.platform.database.bulk import insert_rows, reserve_ids
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.catalogue.importing.writing import Key, Values, Written

IDENTITY = (
    "body_id", "accreditation_id", "site_id", "object_text", "parameter_text", "method_text", "clause", "valid_from",
)  # fmt: skip
_COLUMNS = tuple(one.attname for one in ScopeLine._meta.concrete_fields if not one.primary_key)
_OTHERS = tuple(name for name in _COLUMNS if name not in IDENTITY)
_EMPTY = {one.attname: one.get_default() for one in ScopeLine._meta.concrete_fields if not one.primary_key}
_Held = dict[Key, tuple[Any, ...]]


class ScopeWriter:
    """Creates, changes or leaves lines by their identity; keeps the lines of the bodies that it is being given."""

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}

    def write(self, rows: Sequence[Values], at: datetime) -> Written:
        """Write some lines, each with its history row, inside `recorded` and a transaction. Raises: MissingReason."""
        self._load({row["body_id"] for row in rows})
        written, fresh, changed = Written(), [], {}
        for row in rows:
            key = tuple([row[name] for name in IDENTITY])
            held = self._held[key[0]]
            kept = held.get(key)
            if kept is None:
                held[key] = _made(row)
                fresh.append(row)
                written.made.append(key)
            elif _differs(row, kept):
                changed[kept[-1]] = row
                written.changed.append(key)
        if fresh:
            self._create(fresh, written.made, at)
        if changed:
            _update(changed, at)
            self._held.clear()
        written.unchanged = len(rows) - len(fresh) - len(changed)
        return written

    def _load(self, bodies: set[int]) -> None:
        new = bodies - self._held.keys()
        self._held = {body: self._held.get(body, {}) for body in bodies}
        lines = ScopeLine.objects.filter(body_id__in=new).values_list(*IDENTITY, *_OTHERS, "pk")
        width = len(IDENTITY)
        for line in lines.iterator(chunk_size=10_000):
            self._held[line[0]][line[:width]] = line[width:]

    def _create(self, rows: Sequence[Values], keys: Sequence[Key], at: datetime) -> None:
        recording = current()
        if recording is None or not recording.why:
            create_recorded(ScopeLine, [])  # raises MissingReason with the model's own name
            return
        ids = reserve_ids(ScopeLine, len(rows))
        for pk, key in zip(ids, keys, strict=True):
            held = self._held[key[0]]
            held[key] = (*held[key], pk)
        full = [[pk, *[row.get(name, _EMPTY[name]) for name in _COLUMNS]] for pk, row in zip(ids, rows, strict=True)]
        insert_rows(ScopeLine, ["pk", *_COLUMNS], full)
        tail = [at, "+", getattr(recording.user, "pk", None), recording.why]
        insert_rows(
            ScopeLine.history.model,
            ["id", *_COLUMNS, "history_date", "history_type", "history_user_id", "history_change_reason"],
            ([*row, *tail] for row in full),
        )


def _made(row: Values) -> tuple[Any, ...]:
    return tuple([row.get(name, _EMPTY[name]) for name in _OTHERS])


def _differs(row: Values, kept: tuple[Any, ...]) -> bool:
    """Tell whether a row says anything else than what is held; what it doesn't name stays as it is."""
    return any(row[name] != value for name, value in zip(_OTHERS, kept, strict=False) if name in row)


def _update(changed: dict[int, Values], at: datetime) -> None:
    lines = ScopeLine.objects.in_bulk(list(changed))
    for pk, line in lines.items():
        for name, value in changed[pk].items():
            setattr(line, name, value)
        line._history_date = at  # type: ignore[attr-defined]  # simple-history reads it
    named: Iterable[str] = {name for row in changed.values() for name in row} & set(_OTHERS)
    fields = [one.name for one in ScopeLine._meta.concrete_fields if one.attname in named]
    update_recorded(ScopeLine, lines.values(), fields)
