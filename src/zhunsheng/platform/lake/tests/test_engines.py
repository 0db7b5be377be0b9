"""DuckDB holds and spills on disk, within a bound of memory, and leaves nothing behind."""

import gc
import os
import subprocess
import sys

import ibis
import pyarrow as pa
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
