"""Rows of a public register, in the order of their keys, a chunk at a time: memory doesn't grow with the register."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Model

from zhunsheng.registry.opendata.registers import Register

CHUNK = 20_000
_ALL_BELOW = 300_000
Row = tuple[Any, ...]
Looked = dict[tuple[type[Model], str], dict[int, Any]]


def chunks_of(register: Register, *, size: int = CHUNK) -> Iterator[list[Sequence[Any]]]:
    """Yield the register as lists of columns, each list one chunk of rows."""
    wanted = _attnames(register)
    found = register.model._default_manager.order_by("pk").values_list(*wanted)
    looked: Looked = {}
    rows: list[Row] = []
    for row in found.iterator(chunk_size=size):
        rows.append(row)
        if len(rows) == size:
            yield _columns(register, rows, looked)
            rows = []
    if rows:
        yield _columns(register, rows, looked)


def public_rows(register: Register, records: Sequence[Any]) -> list[dict[str, Any]]:
    """Return records (rows or history rows of the register's model) as their public columns."""
    names = [one.attname for one in register.columns]
    rows = [tuple(getattr(record, name) for name in names) for record in records]
    columns = _translated(register, list(zip(*rows, strict=True)) if rows else [], {})
    return [
        {column.name: value for column, value in zip(register.columns, values, strict=True)}
        for values in zip(*columns, strict=True)
    ]


def _attnames(register: Register) -> list[str]:
    return [one.attname for one in register.columns]


def _columns(register: Register, rows: list[Row], looked: Looked) -> list[Sequence[Any]]:
    return _translated(register, list(zip(*rows, strict=True)), looked)


def _translated(register: Register, columns: Iterable[Sequence[Any]], looked: Looked) -> list[Sequence[Any]]:
    """Put what foreign keys point at in place of them: looked up in memory, which spares a join of millions."""
    return [
        values if column.target is None else _named(column.target, column.field, values, looked)
        for column, values in zip(register.columns, columns, strict=False)
    ]


def _named(target: type[Model], field: str, keys: Sequence[Any], looked: Looked) -> Sequence[Any]:
    held = looked.setdefault((target, field), {})
    missing = set(keys) - held.keys() - {None}
    if missing:
        rows = target._default_manager.all()
        if len(missing) > 500 and rows.count() <= _ALL_BELOW:
            held.update(rows.values_list("pk", field))
        else:
            for part in _parts(sorted(missing)):
                held.update(rows.filter(pk__in=part).values_list("pk", field))
    return [None if key is None else held.get(key) for key in keys]


def _parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]
