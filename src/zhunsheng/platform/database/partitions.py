"""Tables in monthly parts on PostgreSQL; on SQLite every function here does nothing."""

from datetime import date
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_known: set[tuple[str, str]] = set()


def ensure_month(table: type[models.Model] | str, day: date) -> None:
    """Make the part of a monthly partitioned table that holds this day, if it is missing.

    Call it before writing rows of that day, in the same transaction or before it. Safe to call at once from many
    processes. The table must have been made by `PartitionByMonth`.
    """
    if connection.vendor != "postgresql":
        return
    parent = table if isinstance(table, str) else table._meta.db_table
    part = f"{parent}_y{day.year:04d}m{day.month:02d}"
    key = (str(connection.settings_dict["NAME"]), part)
    if key in _known:
        return
    first = day.replace(day=1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [_quoted(part)])
        if cursor.fetchone()[0] is None:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [part])
            # Not to_regclass: its cached answer of a moment ago may outlast the wait for the lock.
            cursor.execute("SELECT EXISTS (SELECT FROM pg_class WHERE relname = %s AND relkind = 'r')", [part])
            if not cursor.fetchone()[0]:
                _attach(cursor, parent, part, first, following)
        transaction.on_commit(lambda: _known.add(key))


def _attach(cursor: Any, parent: str, part: str, first: date, following: date) -> None:
    """Make the part apart and attach it: this keeps readers and writers of the other months going."""
    cursor.execute(
        f"CREATE TABLE {_quoted(part)} (LIKE {_quoted(parent)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS"
        " INCLUDING STORAGE INCLUDING COMPRESSION INCLUDING GENERATED)"
    )
    cursor.execute(
        f"ALTER TABLE {_quoted(parent)} ATTACH PARTITION {_quoted(part)}"
        f" FOR VALUES FROM ('{first.isoformat()}') TO ('{following.isoformat()}')"
    )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


class PartitionByMonth(Operation):
    """Migration step: turn the table that CreateModel has just made into one partitioned by month of a column.

    Put it directly after CreateModel, in the same migration; indexes and foreign keys that Django adds at the end of
    the migration then land on the partitioned table. The primary key gains the column when it lacks it; every unique
    constraint must name it (PostgreSQL's rule). Safe to run twice; backwards it leaves the table as it is.
    Raises: ValueError when the table has rows, an index already, or a unique constraint without the column.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, column: str) -> None:
        """Take the model's name and the column (a date, or a timestamp in UTC)."""
        self.model_name = model_name
        self.column = column

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are: only the database's own layout changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Rebuild the empty table as a partitioned one."""
        if schema_editor.connection.vendor != "postgresql":
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        with schema_editor.connection.cursor() as cursor:
            _rebuild_partitioned(cursor, model._meta.db_table, self.column)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do nothing: deleting the model drops the parts with it."""

    def describe(self) -> str:
        """Return the line that `migrate` prints."""
        return f"Partition {self.model_name} by month of {self.column}"

    @property
    def migration_name_fragment(self) -> str:
        """Return the part of an automatic migration name."""
        return f"partition_{self.model_name.lower()}"


def _rebuild_partitioned(cursor: Any, table: str, column: str) -> None:
    cursor.execute("SELECT relkind FROM pg_class WHERE oid = %s::regclass", [_quoted(table)])
    if cursor.fetchone()[0] == "p":
        return
    keys = _keys_with(cursor, table, column)
    plain = f"{table}_unpartitioned"
    cursor.execute(f"ALTER TABLE {_quoted(table)} RENAME TO {_quoted(plain)}")
    cursor.execute(
        f"CREATE TABLE {_quoted(table)} (LIKE {_quoted(plain)} INCLUDING DEFAULTS INCLUDING CONSTRAINTS"
        f" INCLUDING STORAGE INCLUDING COMPRESSION INCLUDING GENERATED) PARTITION BY RANGE ({_quoted(column)})"
    )
    cursor.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attidentity <> ''",
        [_quoted(plain)],
    )
    identities = cursor.fetchall()
    cursor.execute(f"DROP TABLE {_quoted(plain)} CASCADE")
    for name, kind in identities:
        _number_by_sequence(cursor, table, name, kind)
    for kind, columns in keys:
        names = ", ".join(_quoted(name) for name in columns)
        cursor.execute(f"ALTER TABLE {_quoted(table)} ADD {kind} ({names})")


def _number_by_sequence(cursor: Any, table: str, column: str, kind: str) -> None:
    """Give the column a sequence of its own: parts cannot carry identity columns before PostgreSQL 17."""
    sequence = f"{table}_{column}_seq"
    cursor.execute(f"CREATE SEQUENCE {_quoted(sequence)} AS {kind} OWNED BY {_quoted(table)}.{_quoted(column)}")
    cursor.execute(
        f"ALTER TABLE {_quoted(table)} ALTER COLUMN {_quoted(column)}"
        f" SET DEFAULT nextval('{_quoted(sequence)}'::regclass)"
    )


def _keys_with(cursor: Any, table: str, column: str) -> list[tuple[str, list[str]]]:
    """Return the table's primary key and unique constraints as they can be on the partitioned table."""
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {_quoted(table)})")  # noqa: S608 - names only
    if cursor.fetchone()[0]:
        raise ValueError(f"{table} has rows already: PartitionByMonth must follow CreateModel")
    cursor.execute(
        "SELECT i.indisprimary, i.indisunique, array_agg(a.attname::text ORDER BY k.position)"
        " FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(number, position)"
        " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number"
        " WHERE i.indrelid = %s::regclass GROUP BY i.indexrelid, i.indisprimary, i.indisunique",
        [_quoted(table)],
    )
    keys: list[tuple[str, list[str]]] = []
    for primary, unique, columns in cursor.fetchall():
        if not unique:
            raise ValueError(f"{table} has an index already: put PartitionByMonth directly after CreateModel")
        if not primary and column not in columns:
            raise ValueError(f"a unique constraint of {table} must name {column}: PostgreSQL's rule for partitions")
        keys.append(("PRIMARY KEY" if primary else "UNIQUE", columns if column in columns else [*columns, column]))
    return keys
