"""DuckDB holds and spills on disk, within a bound of memory, and leaves nothing behind."""

import gc
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhunsheng.platform.lake import engines


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHUNSHENG_SCRATCH", str(tmp_path))
    return tmp_path


def counted(table):
    return table.aggregate(rows=table.count()).to_pyarrow()["rows"][0].as_py()


def made(backend, name, sql):
    backend.raw_sql(f"CREATE TABLE {name} AS {sql}")
    return backend.table(name)


def setting(backend, name):
    return backend.raw_sql(f"SELECT current_setting('{name}')").fetchall()[0][0]


def test_what_is_held_lies_in_the_scratch_folder_and_goes_with_the_engine(scratch):
    backend = engines.connect()
    held, _forget = engines.hold(made(backend, "many", "SELECT range AS n FROM range(500000)"))

    assert counted(held) == 500_000
    assert [one.name for one in scratch.glob("*/*.duckdb")] == ["held.duckdb"]

    del backend, held, _forget
    gc.collect()
    assert list(scratch.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next_and_what_a_living_one_holds_is_not(scratch):
    living = engines.connect()
    program = "import os; from zhunsheng.platform.lake import engines; held = engines.connect(); os._exit(9)"
    subprocess.run([sys.executable, "-c", program], check=False, env=os.environ | {"ZHUNSHENG_SCRATCH": str(scratch)})
    assert len(list(scratch.iterdir())) == 2

    other = engines.connect()

    assert len(list(scratch.iterdir())) == 2
    held, _forget = engines.hold(made(living, "few", "SELECT 1 AS n"))
    assert counted(held) == 1
    del other


def test_several_tables_are_held_as_one_and_forgotten_together():
    backend = engines.connect()
    first, second = (made(backend, f"t{n}", f"SELECT {n} AS n, '{n}' AS word") for n in (1, 2))

    held, forget = engines.hold(first, second)

    assert sorted(held.to_pyarrow()["n"].to_pylist()) == [1, 2]
    forget()
    assert not [name for (name,) in backend.raw_sql("SHOW TABLES").fetchall() if name.startswith("held_")]


def test_more_is_grouped_than_memory_holds():
    backend = engines.connect(memory="64MB")
    many = made(backend, "many", "SELECT range % 2000003 AS n, hash(range)::VARCHAR AS word FROM range(4000000)")

    held, _forget = engines.hold(many.group_by("n").aggregate(word=many.word.min()))

    assert counted(held) == 2_000_003


def test_without_a_bound_a_quarter_of_the_machine_is_used():
    backend = engines.connect()

    assert setting(backend, "memory_limit") != setting(engines.connect(memory="1GB"), "memory_limit")
    assert setting(backend, "preserve_insertion_order") in (False, "false")


def test_a_size_without_a_unit_is_refused():
    with pytest.raises(engines.EngineUnknown):
        engines.connect(memory="lots")


def test_an_expression_of_this_process_is_held_too():
    held, _forget = engines.hold(engines.connect().create_table("t", ibis.memtable(pa.table({"n": [1, 2]}))))

    assert counted(held) == 2


def test_rows_are_divided_by_a_key_while_they_are_written(scratch):
    backend = engines.connect()
    first = made(backend, "first", "SELECT range AS n, range % 3 AS part FROM range(9)")
    first = first.mutate(wide=first.n.sum())  # wider than 64 bits in DuckDB, which Parquet would write as a fraction
    second = made(backend, "second", "SELECT range + 9 AS n, 2 AS part, 1152921504606846977 AS wide FROM range(2)")

    whole, parts, forget = engines.hold_divided([first, second], "part", 4)

    assert [sorted(one.n.to_pyarrow().to_pylist()) for one in parts] == [[0, 3, 6], [1, 4, 7], [2, 5, 8, 9, 10]]
    assert counted(whole) == 11
    assert (whole.columns, sorted(set(whole.wide.to_pyarrow().to_pylist()))) == (("n", "wide"), [36, 2**60 + 1])
    forget()
    assert not list(scratch.glob("*/divided_*"))


def test_of_nothing_there_is_one_empty_part():
    backend = engines.connect()

    whole, parts, _forget = engines.hold_divided(
        [made(backend, "none", "SELECT 1 AS n, 0 AS part WHERE false")], "part", 3
    )

    assert (counted(whole), [counted(one) for one in parts]) == (0, [0])


def test_another_thread_sees_what_is_held_in_the_same_time_zone(tmp_path):
    backend = engines.connect()
    pq.write_table(pa.table({"n": [1, 2, 3]}), tmp_path / "it's.parquet")
    read = engines.read_parquet(backend, [tmp_path / "it's.parquet"])
    small = engines.small_table(backend, pa.table({"n": [2, 3]}))

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(lambda: (counted(read.semi_join(small, "n")), setting(backend, "TimeZone"))).result()

    assert found == (2, "UTC")
