"""Queries of the ORM that are asked so often that making their SQL costs more than the answer: made once, kept."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Literal

from django.db import connection, models
from django.db.models.expressions import RawSQL

_Converters = dict[int, tuple[Any, Any]]
_ARRAYS: Final = {"text": "text", "number": "bigint"}


@dataclass(frozen=True, slots=True)
class _Given:
    """The place in a kept query of a value that is given anew each time."""

    name: str
    many: bool


class Prepared:
    """A query for tuples of columns whose values are given when it is asked.

    Example:
        `Prepared(lambda: Report.objects.filter(number__in=many("numbers", "text")).values_list("pk", "number"))`,
        then `.rows(numbers=["W1", "W2"])`.
    """

    def __init__(self, make: Callable[[], "models.QuerySet[Any, Any]"]) -> None:
        self._compiled = lru_cache(maxsize=4)(lambda _vendor: _compile(make()))

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Return the rows as `values_list` would. Raises: KeyError for a value that is not given."""
        statement, places, converters = self._compiled(connection.vendor)
        asked = [_as_parameter(values[one.name], one) if isinstance(one, _Given) else one for one in places]
        with connection.cursor() as cursor:
            cursor.execute(statement, asked)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return [_converted(row, converters) for row in found] if converters else found


def many(name: str, kind: Literal["text", "number"]) -> RawSQL:
    """Return the place of any number of texts or whole numbers, for a condition `field__in`."""
    given = _Given(name, many=True)
    if connection.vendor == "postgresql":
        return RawSQL(f"SELECT unnest(%s::{_ARRAYS[kind]}[])", [given])  # noqa: S611 - one of two words
    return RawSQL("SELECT value FROM json_each(%s)", [given])


def single(name: str) -> RawSQL:
    """Return the place of a single value: a text, a whole number or an aware datetime."""
    return RawSQL("%s", [_Given(name, many=False)])


def _as_parameter(value: Any, given: _Given) -> Any:
    if given.many:
        values: Collection[Any] = value
        return list(values) if connection.vendor == "postgresql" else json.dumps(list(values))
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _compile(query: "models.QuerySet[Any, Any]") -> tuple[str, tuple[Any, ...], _Converters]:
    """Return SQL, parameters, and what turns the database's values into Python's."""
    compiler = query.query.get_compiler(connection=connection)
    statement, parameters = compiler.as_sql()
    wanted = [expression for expression, _, _ in compiler.select[: compiler.col_count]]
    return statement, tuple(parameters), compiler.get_converters(wanted)


def _converted(row: tuple[Any, ...], converters: _Converters) -> tuple[Any, ...]:
    """Return a row with each column's converters applied, as Django's compiler does."""
    made = list(row)
    for place, (functions, expression) in converters.items():
        for function in functions:
            made[place] = function(made[place], expression, connection)
    return tuple(made)
