"""Worlds: the same seed the same world, honest queues never in two places, made-up reports known to the truth alone."""

import json

import duckdb
import pytest
from typer.testing import CliRunner

from zhunsheng.demo.simulator.commands import app
from zhunsheng.demo.simulator.specs import FRAUDS, FraudSpec, SpecError, WorldSpec, read_fraud
from zhunsheng.demo.simulator.writing import write_world
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.platform.lake.schema import LINES


def spec(**values):
    return WorldSpec(**({"bodies": 12, "months": 6, "reports": 20.0, "seed": 3} | values))


def query(folder, text):
    source = f"read_parquet('{folder}/lake/lines/**/*.parquet', hive_partitioning=false)"
    return duckdb.sql(text.replace("LINES", source)).fetchall()


def test_the_same_seed_makes_the_same_world_and_another_seed_another(tmp_path):
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        write_world(spec(seed=seed), tmp_path / name, lake_only=True)
    found = [
        query(tmp_path / name, "select * from LINES order by leaf_index, line") for name in ("one", "two", "three")
    ]

    assert found[0] == found[1]
    assert found[0] != found[2]


def test_the_columns_have_the_schema_of_the_lake(tmp_path):
    write_world(spec(), tmp_path / "w", lake_only=True)

    assert [row[0] for row in query(tmp_path / "w", "describe select * from LINES")] == LINES.names


def test_reports_are_readable_and_the_lake_made_from_them_says_the_same_as_the_columns(tmp_path):
    write_world(spec(bodies=3), tmp_path / "reports")
    write_world(spec(bodies=3), tmp_path / "columns", lake_only=True)
    wanted = (
        "select number, line, parameter, method, method_year, unit, value_text, round(value, 9), decimals, censor,"
        " limit_max, verdict, instrument, analyst, started, finished, received, issued, signatory from LINES"
        " order by number, line"
    )

    for line in (tmp_path / "reports" / "reports.ndjson").read_bytes().splitlines():
        assert read_report(line).report.results
    ours, theirs = query(tmp_path / "reports", wanted), query(tmp_path / "columns", wanted)
    assert len(ours) > 500
    assert [row[:7] for row in ours] == [row[:7] for row in theirs]
    assert [row[9:] for row in ours if row[5]] == [row[9:] for row in theirs if row[5]]


def test_no_honest_instrument_is_in_two_runs_at_once(tmp_path):
    write_world(spec(bodies=20, confounders=()), tmp_path / "w", lake_only=True)
    overlaps = query(
        tmp_path / "w",
        """with runs as (select distinct body, instrument, started, finished from LINES
                where started is not null
                and split_part(split_part(instrument, '-', 2), '-', 1) not similar to '(incubator|oven).*'),
            pairs as (
                select *, lead(started) over (partition by body, instrument order by started) as following from runs)
            select count(*), count(*) filter (following < finished) from pairs""",
    )[0]

    assert overlaps[0] > 1000
    assert overlaps[1] == 0


@pytest.mark.parametrize("kind", FRAUDS)
def test_each_kind_of_fraud_makes_up_reports_that_only_the_truth_names(tmp_path, kind):
    frauds = (FraudSpec(kind, 0.2, 0.5),)
    write_world(spec(frauds=frauds, reports=60.0), tmp_path / "w", lake_only=True)
    truth = json.loads((tmp_path / "w" / "truth.json").read_text())
    cheats = [one for one in truth["bodies"] if one["kind"]]

    assert len(cheats) == 6
    assert {one["kind"] for one in cheats} == {kind}
    assert sum(len(one["made_up"]) for one in cheats) > 0
    assert kind not in str(query(tmp_path / "w", "select * from LINES limit 500"))


def test_a_share_over_all_kinds_is_spread_and_nonsense_is_refused():
    assert len(read_fraud("all:0.03")) == 32
    assert sum(one.share for one in read_fraud("all:0.03")) == pytest.approx(0.03)
    for nonsense in ("copying:0.1:0.1", "nudge:much:0.1", "nudge:0.1", "nudge:2:0.1"):
        with pytest.raises(SpecError):
            read_fraud(nonsense)


def test_a_world_is_not_written_over_another(tmp_path):
    words = ["--out", str(tmp_path / "w"), "--bodies", "2", "--months", "1", "--lake-only"]
    runner = CliRunner()

    assert runner.invoke(app, words).exit_code == 0
    assert runner.invoke(app, words).exit_code == 2
