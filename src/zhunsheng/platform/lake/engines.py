"""Engines that read the lake through Ibis: DuckDB on this machine by default, a Spark cluster where one is named."""

import fcntl
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final
from uuid import uuid4

import duckdb
import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from zhunsheng.foundation.errors import DomainError

DUCKDB: Final = "duckdb"
SCRATCH: Final = "zhunsheng-lake-"
MEMORY_SHARE: Final = 4
"""DuckDB may use this part of the machine's memory before it spills; what it hands out comes on top."""


class Shared(Backend):  # type: ignore[misc]  # Ibis carries no types
    """DuckDB that several threads may ask at once: each has a connection of its own to the same tables."""

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection of this thread."""
        if not hasattr(self._of_thread, "con"):
            self.con = self._first.cursor()
        con: duckdb.DuckDBPyConnection = self._of_thread.con
        return con

    @con.setter
    def con(self, con: duckdb.DuckDBPyConnection) -> None:
        if "_of_thread" not in self.__dict__:
            self._first, self._of_thread = con, threading.local()
        con.execute("SET TimeZone = 'UTC'")
        self._of_thread.con = con


class EngineUnknown(DomainError):
    """An engine that is none of those we can use, or that is not installed."""

    code = "engine-unknown"


def connect(url: str = DUCKDB, *, memory: str = "") -> Any:
    """Return an Ibis backend.

    Args:
        url: "duckdb", or "spark://host:port" of a standalone cluster ("local[2]" runs Spark in this process).
        memory: the most that DuckDB may use, for example "8GB"; a quarter of the machine's where empty.
    Raises: EngineUnknown.
    """
    if url == DUCKDB:
        return _duckdb(_size(memory) if memory else _share_of_memory())
    if url.startswith(("spark://", "local[")):
        return _spark(url)
    raise EngineUnknown(
        "“%(url)s” is no engine.", params={"url": url[:80]}, field="engine", remedy="Give duckdb or spark://host:port."
    )


def read_parquet(backend: Any, paths: Sequence[Path]) -> Any:
    """Return the rows of some Parquet files as one table."""
    if backend.name == DUCKDB:
        return _of_files(backend, paths)
    names = [str(path) for path in paths]
    from pyspark.sql import SparkSession

    view = f"read_{uuid4().hex}"  # Ibis takes one path at a time here
    SparkSession.active().read.parquet(*names).createOrReplaceTempView(view)
    return backend.table(view)


def small_table(backend: Any, rows: pa.Table) -> Any:
    """Return rows of this process as a table of the engine, to join with."""
    view = f"small_{uuid4().hex}"
    if backend.name == DUCKDB:
        backend.con.register(f"{view}_here", rows)  # this connection alone sees what is registered
        backend.raw_sql(f'CREATE TABLE "{view}" AS SELECT * FROM "{view}_here"')  # noqa: S608 - a name of our own
        backend.con.unregister(f"{view}_here")
        return backend.table(view)
    from pyspark.sql import SparkSession

    # what Ibis keeps in memory is not there yet when Spark is asked to hold a result
    SparkSession.active().createDataFrame(rows).createOrReplaceTempView(view)
    return backend.table(view)


def streams(table: Any) -> bool:
    """Tell whether the table's engine computes nested steps once each, without being told where to stop."""
    return bool(ibis.get_backend(table).name == DUCKDB)


def hold(*parts: Any) -> tuple[Any, Callable[[], None]]:
    """Return a table whose rows the engine computes once and holds, and what makes it forget them.

    Of several tables of one schema all rows are held as one table, computed one table after the other.
    """
    table, *more = parts
    backend = ibis.get_backend(table)
    if backend.name != DUCKDB:
        held = ibis.union(*parts).cache() if more else table.cache()
        return held, held.release
    name = f"held_{uuid4().hex}"
    held = backend.create_table(name, table)  # Ibis' own cache drops its tables by a statement DuckDB refuses
    for one in more:
        backend.insert(name, one)
    return held, lambda: backend.raw_sql(f'DROP TABLE "{name}"')


def hold_divided(parts: Sequence[Any], key: str, count: int) -> tuple[Any, list[Any], Callable[[], None]]:
    """Return the rows of DuckDB tables as one table and divided by a key, and what makes the engine forget them.

    Each table is computed once, one after the other, and its rows go to the files of their part: who reads a part
    doesn't pass over the others.

    Args:
        parts: tables of one schema. key: a column of whole numbers from 0 to count - 1, which the results lack.
    """
    backend = ibis.get_backend(parts[0])
    folder = _scratch_of(backend) / f"divided_{uuid4().hex}"
    names = [name for name in parts[0].columns if name != key]
    held = [f"CAST({one} AS BIGINT) AS {one}" if _whole(parts[0], one) else one for one in names]
    for number, one in enumerate(parts):
        backend._run_pre_execute_hooks(one)
        rows = f"SELECT {', '.join([*held, key])} FROM ({backend.compile(one)})"  # noqa: S608 - names of our columns
        backend.raw_sql(
            f"COPY ({rows}) TO '{folder}' (FORMAT parquet, PARTITION_BY ({key}), "
            f"FILENAME_PATTERN 'of_{number}_{{i}}', OVERWRITE_OR_IGNORE, COMPRESSION lz4_raw)"
        )
    files = [sorted(folder.glob(f"{key}={number}/*.parquet")) for number in range(count)]
    found = [_of_files(backend, some) for some in (list(chain(*files)), *files) if some]
    if not found:
        nothing, forget = hold(parts[0].drop(key))
        return nothing, [nothing], forget
    return found[0], found[1:], lambda: shutil.rmtree(folder, ignore_errors=True)


def _whole(table: Any, name: str) -> bool:
    return bool(table[name].type().is_integer())  # DuckDB's sums are wider than Parquet's whole numbers


def _of_files(backend: Any, paths: Sequence[Path]) -> Any:
    view = f"read_{uuid4().hex}"  # Ibis makes a view that one connection alone sees
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    rows = f"SELECT * FROM read_parquet([{names}], hive_partitioning = false)"  # noqa: S608 - paths, quoted
    backend.raw_sql(f'CREATE VIEW "{view}" AS {rows}')
    return backend.table(view)


def _scratch_of(backend: Any) -> Path:
    """Return the folder in which DuckDB holds its tables."""
    _place, _name, file = next(row for row in backend.raw_sql("PRAGMA database_list").fetchall() if row[2])
    return Path(file).parent


def _duckdb(memory: str) -> Any:
    """Return DuckDB with its tables in a scratch folder: what is held there, or spilled, needs no memory."""
    parent = Path(os.environ.get("ZHUNSHENG_SCRATCH") or tempfile.gettempdir())
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=parent))
    claim = _claimed(folder)
    backend = Shared().connect(
        folder / "held.duckdb", memory_limit=memory, temp_directory=str(folder / "spilled"),
        preserve_insertion_order=False,
    )  # fmt: skip
    weakref.finalize(backend, _leave, folder, claim)
    return backend


def _claimed(folder: Path) -> IO[bytes]:
    """Return a file of the folder that is locked as long as this process lives; it appears already locked."""
    claim = (folder / "claim.new").open("wb")
    fcntl.flock(claim, fcntl.LOCK_EX)
    (folder / "claim.new").rename(folder / "claim")
    return claim


def _leave(folder: Path, claim: IO[bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    claim.close()


def _sweep(parent: Path) -> None:
    """Remove the scratch folders of processes that were killed."""
    for folder in parent.glob(f"{SCRATCH}*"):
        with suppress(OSError), (folder / "claim").open("rb") as claim:  # another's, or still being made: left alone
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


def _share_of_memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{max(1024, pages * size // MEMORY_SHARE // 2**20)}MB"


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
