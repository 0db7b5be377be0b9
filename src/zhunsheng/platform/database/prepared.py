"""Queries of the ORM that are asked so often that making their SQL costs more than the answer: made once, kept."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Generic, Literal, TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)
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
        return _ask(*self._compiled(connection.vendor), values)


class PreparedRecords(Generic[M]):
    """A query for records, with the related ones that it selects, whose values are given when it is asked.

    Example:
        `PreparedRecords(lambda: Membership.objects.select_related("organisation").filter(user_id=single("user")))`,
        then `.records(user=7)`.
    """

    def __init__(self, make: Callable[[], "models.QuerySet[M]"]) -> None:
        self._compiled = lru_cache(maxsize=4)(lambda _vendor: _compile_records(make()))

    def records(self, **values: Any) -> list[M]:
        """Return the records as the ORM would, read anew. Raises: KeyError for a value that is not given."""
        compiled, build = self._compiled(connection.vendor)
        return [build(row) for row in _ask(*compiled, values)]


def _ask(
    statement: str, places: tuple[Any, ...], converters: _Converters, values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
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
    return _statement_of(query.query.get_compiler(connection=connection))


def _compile_records(
    query: "models.QuerySet[M]",
) -> tuple[tuple[str, tuple[Any, ...], _Converters], Callable[[tuple[Any, ...]], M]]:
    """Return what `_compile` returns, and what makes a record of a row in the way of Django's ModelIterable."""
    compiler = query.query.get_compiler(connection=connection)
    compiled = _statement_of(compiler)
    info, alias = compiler.klass_info, connection.alias
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    related = get_related_populators(info, compiler.select, alias)  # type: ignore[call-arg]  # stubs of Django 6
    model: type[M] = info["model"]

    def build(row: tuple[Any, ...]) -> M:
        made = model.from_db(alias, names, row[first:last])
        for populator in related:
            populator.populate(row, made)
        return made

    return compiled, build


def _statement_of(compiler: Any) -> tuple[str, tuple[Any, ...], _Converters]:
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
