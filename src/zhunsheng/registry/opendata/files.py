"""Writes one register as CSV and Parquet from the same chunks of rows."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from zhunsheng.registry.opendata.reading import chunks_of
from zhunsheng.registry.opendata.registers import Column, Register, schema_version

ROW_GROUP = 100_000
_TYPES = {"text": pa.string(), "day": pa.date32(), "whole": pa.int64(), "decimal": pa.string(), "yes": pa.bool_()}
FORMATS = ("csv", "parquet")


@dataclass(frozen=True, slots=True)
class Published:
    """One published file, as the manifest says it."""

    name: str
    format: str
    file: str
    rows: int
    bytes: int
    sha256: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready values."""
        return asdict(self)


def schema_of(register: Register) -> pa.Schema:
    """Return the Arrow schema with each column's meaning in its metadata."""
    fields = [
        pa.field(
            one.name,
            _TYPES[one.kind],
            nullable=not one.key,
            metadata={"zh": one.title["zh"], "en": one.title["en"], "unit": one.unit},
        )
        for one in register.columns
    ]
    return pa.schema(fields, metadata={"register": register.name, "schema_version": str(schema_version())})


def write(register: Register, folder: Path) -> list[Published]:
    """Write the register's files into a folder; memory holds one row group, however long the register is."""
    schema, rows = schema_of(register), 0
    paths = {name: folder / f"{register.name}.{name}" for name in FORMATS}
    with ExitStack() as opened:
        columns = opened.enter_context(
            pq.ParquetWriter(paths["parquet"], schema, compression="zstd", use_dictionary=True)
        )
        lines = opened.enter_context(pa_csv.CSVWriter(paths["csv"], schema.remove_metadata()))
        for group in _groups(register, schema):
            columns.write_table(group, row_group_size=ROW_GROUP)
            lines.write_table(group)
            rows += group.num_rows
    return [_published(register, name, path, rows) for name, path in paths.items()]


def _groups(register: Register, schema: pa.Schema) -> Iterator[pa.Table]:
    waiting: list[pa.RecordBatch] = []
    for chunk in chunks_of(register):
        arrays = [_array(column, values) for column, values in zip(register.columns, chunk, strict=True)]
        waiting.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
        if sum(one.num_rows for one in waiting) >= ROW_GROUP:
            yield pa.Table.from_batches(waiting, schema)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting, schema)


def _array(column: Column, values: Sequence[Any]) -> pa.Array:
    if column.kind == "decimal":
        values = [None if value is None else str(value) for value in values]
    return pa.array(values, type=_TYPES[column.kind])


def _published(register: Register, name: str, path: Path, rows: int) -> Published:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Published(register.name, name, path.name, rows, path.stat().st_size, digest)
