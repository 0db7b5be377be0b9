"""Changes of many rows at once, each with its history row, in two statements however many rows there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from zhunsheng.platform.accounts.history import MissingReason, current


def update_all_recorded(rows: QuerySet[Any], *, at: datetime, **values: Any) -> int:
    """Set these values on all rows of a query and write their history in the database; return how many there were.

    The condition must not depend on what is changed. Runs inside `recorded` and a transaction. Raises: MissingReason.
    """
    return update_keys_recorded(rows.model, list(rows.order_by("pk").values_list("pk", flat=True)), at=at, **values)


def update_keys_recorded(model: type[Model], keys: Sequence[int], *, at: datetime, **values: Any) -> int:
    """Set these values on the rows with these keys, as `update_all_recorded` does; return how many keys there were."""
    for start in range(0, len(keys), _CHUNK):
        part = model._default_manager.filter(pk__in=keys[start : start + _CHUNK])
        part.update(**values)
        _write_history(part, "~", at)
    return len(keys)


def delete_all_recorded(rows: QuerySet[Any], *, at: datetime) -> int:
    """Delete all rows of a query that nothing refers to, and say so in their history; return how many there were.

    Runs inside `recorded` and a transaction. Raises: MissingReason.
    """
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _CHUNK):
        part = rows.model._default_manager.filter(pk__in=keys[start : start + _CHUNK])
        _write_history(part, "-", at)
        part._raw_delete(part.db)  # delete() would read each row and write its history alone
    return len(keys)


_CHUNK = 500


def _write_history(rows: QuerySet[Any], kind: str, at: datetime) -> None:
    """Copy the rows as they are into the history table."""
    model: type[Model] = rows.model
    recording = current()
    if recording is None or not recording.why:
        raise MissingReason(str(model._meta.verbose_name))
    history = model.history.model  # type: ignore[attr-defined]  # simple-history adds it
    kept = {field.column for field in history._meta.concrete_fields}
    columns = [str(field.column) for field in model._meta.concrete_fields if field.column in kept]
    select, params = rows.order_by("pk").values_list("pk").query.sql_with_params()
    names = ", ".join(map(_quoted, columns))
    table, target = _quoted(model._meta.db_table), _quoted(history._meta.db_table)
    user = getattr(recording.user, "pk", None)
    tail = [connection.ops.adapt_datetimefield_value(at), kind, user, recording.why]
    statement = (
        f"INSERT INTO {target} ({names}, history_date, history_type, history_user_id, history_change_reason)"  # noqa: S608 - names only
        f" SELECT {names}, {_marks()} FROM {table} WHERE {_quoted(_pk(model))} IN ({select})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*tail, *params])


def _marks() -> str:
    """Return places for the four values of a history row, typed: PostgreSQL can't guess them in a SELECT."""
    if connection.vendor == "postgresql":
        return "%s::timestamptz, %s::varchar, %s::bigint, %s::varchar"
    return "%s, %s, %s, %s"


def _pk(model: type[Model]) -> str:
    return str(model._meta.pk.column) if model._meta.pk else "id"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
