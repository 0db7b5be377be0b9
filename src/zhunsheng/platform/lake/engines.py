"""Engines that read the lake through Ibis: DuckDB on this machine by default, a Spark cluster where one is named."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import ibis
import pyarrow as pa

from zhunsheng.foundation.errors import DomainError

DUCKDB: Final = "duckdb"


class EngineUnknown(DomainError):
    """An engine that is none of those we can use, or that is not installed."""

    code = "engine-unknown"


def connect(url: str = DUCKDB, *, memory: str = "") -> Any:
    """Return an Ibis backend.

    Args:
        url: "duckdb", or "spark://host:port" of a standalone cluster ("local[2]" runs Spark in this process).
        memory: the most that DuckDB may use, for example "8GB"; its own choice where empty.
    Raises: EngineUnknown.
    """
    if url == DUCKDB:
        backend = ibis.duckdb.connect()
        backend.raw_sql("SET TimeZone = 'UTC'")
        if memory:
            backend.raw_sql(f"SET memory_limit = '{_size(memory)}'")
        return backend
    if url.startswith(("spark://", "local[")):
        return _spark(url)
    raise EngineUnknown(
        "“%(url)s” is no engine.", params={"url": url[:80]}, field="engine", remedy="Give duckdb or spark://host:port."
    )


def read_parquet(backend: Any, paths: Sequence[Path]) -> Any:
    """Return the rows of some Parquet files as one table."""
    names = [str(path) for path in paths]
    if backend.name == DUCKDB:
        return backend.read_parquet(names)
    from pyspark.sql import SparkSession

    view = f"read_{uuid4().hex}"  # Ibis takes one path at a time here
    SparkSession.active().read.parquet(*names).createOrReplaceTempView(view)
    return backend.table(view)


def small_table(backend: Any, rows: pa.Table) -> Any:
    """Return rows of this process as a table of the engine, to join with."""
    if backend.name == DUCKDB:
        return ibis.memtable(rows)
    from pyspark.sql import SparkSession

    view = f"small_{uuid4().hex}"  # what Ibis keeps in memory is not there yet when Spark is asked to hold a result
    SparkSession.active().createDataFrame(rows).createOrReplaceTempView(view)
    return backend.table(view)


def streams(table: Any) -> bool:
    """Tell whether the table's engine computes nested steps once each, without being told where to stop."""
    return bool(ibis.get_backend(table).name == DUCKDB)


def hold(table: Any) -> tuple[Any, Callable[[], None]]:
    """Return a table whose rows the engine computes once and holds, and what makes it forget them."""
    backend = ibis.get_backend(table)
    if backend.name != DUCKDB:
        held = table.cache()
        return held, held.release
    name = f"held_{uuid4().hex}"
    held = backend.create_table(
        name, table, temp=True
    )  # Ibis' own cache drops its tables by a statement DuckDB refuses
    return held, lambda: backend.raw_sql(f'DROP TABLE "{name}"')


def _size(text: str) -> str:
    number, unit = text[:-2], text[-2:].upper()
    if unit not in {"MB", "GB"} or not number.isdecimal():
        raise EngineUnknown("“%(url)s” is no size.", params={"url": text[:80]}, field="memory", remedy="Write 8GB.")
    return f"{number}{unit}"


def _spark(url: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineUnknown(
            "Spark is not installed here.", field="engine", remedy="Install requirements/spark.txt, and Java."
        ) from None
    session = (
        SparkSession.builder.master(url)
        .appName("zhunsheng")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)
