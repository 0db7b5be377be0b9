"""Engines that read the lake through Ibis: DuckDB on this machine by default, a Spark cluster where one is named."""

from typing import Any, Final

import ibis

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
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)
