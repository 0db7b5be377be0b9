"""Screening of simulated worlds: who makes results up is found among many, honest oddities stay quiet."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from zhunsheng.demo.simulator.specs import FraudSpec, WorldSpec
from zhunsheng.demo.simulator.writing import write_world
from zhunsheng.oversight.screening.commands import app
from zhunsheng.oversight.screening.running import screen
from zhunsheng.platform.lake import engines, tables

BODIES = 60
DAY = date(2026, 1, 1)
QUIET = frozenset({"exact_copies", "near_copies", "short_runs", "late_arrivals", "little_spread", "too_typical"})


def screened(folder, spec, only):
    write_world(spec, folder, lake_only=True)
    lines = tables.open_folder(engines.connect(), folder / "lake")
    found = screen(lines, DAY, only=frozenset(only))
    truth = {one["body"]: one for one in json.loads((folder / "truth.json").read_text())["bodies"]}
    return found, truth


@pytest.mark.parametrize(
    ("kind", "detector"),
    [
        ("exact_copy", "exact_copies"),
        ("copy_jitter", "near_copies"),
        ("client_template", "near_copies"),
        ("dry_lab", "short_runs"),
        ("backdated", "late_arrivals"),
    ],
)
def test_the_four_who_make_a_fifth_of_their_reports_up_are_the_first_leads(tmp_path, kind, detector):
    spec = WorldSpec(BODIES, 8, 40.0, 6, frauds=(FraudSpec(kind, 0.2, 4 / BODIES),), confounders=())
    found, truth = screened(tmp_path / "w", spec, {detector})
    cheats = {body for body, one in truth.items() if one["kind"]}

    first = {lead.body for lead in found.leads if lead.q <= found.settings["lead_q"]}

    assert len(cheats) == 4
    assert first <= cheats
    assert len(first) >= 3  # a laboratory that records no times shows nothing to the clock


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "detector"),
    [("nudge", "limit_hugging"), ("typed", "unlike_client"), ("signatory_lending", "days_off")],
)
def test_who_makes_a_fifth_up_in_ways_that_leave_weaker_traces_comes_first_in_two_years(tmp_path, kind, detector):
    spec = WorldSpec(BODIES, 24, 40.0, 6, frauds=(FraudSpec(kind, 0.2, 4 / BODIES),), confounders=())
    found, truth = screened(tmp_path / "w", spec, {detector})
    cheats = {body for body, one in truth.items() if one["kind"]}

    first = [lead.body for lead in found.leads[:6]]

    assert len(cheats & set(first)) >= 2  # those with few clients, or with tests that hardly ever fail, show little
    assert {lead.body for lead in found.leads if lead.q <= found.settings["lead_q"]} <= cheats


def test_the_reports_that_a_copier_copied_are_named(tmp_path):
    spec = WorldSpec(BODIES, 8, 40.0, 6, frauds=(FraudSpec("exact_copy", 0.2, 4 / BODIES),), confounders=())
    found, truth = screened(tmp_path / "w", spec, {"exact_copies"})
    lead = found.leads[0]
    rows = tables.open_folder(engines.connect(), tmp_path / "w" / "lake")
    named = rows.filter(rows.report.isin(lead.signals[0].reports)).select("report", "number").distinct()

    numbers = set(named.to_pyarrow().to_pydict()["number"])

    assert len(numbers & set(truth[lead.body]["made_up"])) >= len(numbers) / 3


def test_an_honest_world_gives_hardly_any_lead(tmp_path):
    found, _truth = screened(tmp_path / "w", WorldSpec(BODIES, 12, 30.0, 8), QUIET)

    assert len(found.leads) == BODIES
    assert sum(lead.q <= found.settings["lead_q"] for lead in found.leads) <= 2


def test_every_body_with_reports_is_ranked_once_and_the_same_every_time(tmp_path):
    spec = WorldSpec(12, 3, 20.0, 2)
    found, truth = screened(tmp_path / "one", spec, QUIET)
    again, _truth = screened(tmp_path / "two", spec, QUIET)

    assert sorted(lead.body for lead in found.leads) == sorted(truth)
    assert [(lead.body, lead.p) for lead in found.leads] == [(lead.body, lead.p) for lead in again.leads]
    assert found.settings.name.startswith("SCREENING-SETTINGS")


def test_an_empty_lake_has_no_lead(tmp_path):
    lines = tables.open_folder(engines.connect(), tmp_path)

    assert screen(lines, DAY).leads == []


def test_the_command_ranks_a_world_and_holds_it_against_the_truth(tmp_path):
    spec = WorldSpec(BODIES, 6, 30.0, 6, frauds=(FraudSpec("exact_copy", 0.2, 4 / BODIES),), confounders=())
    write_world(spec, tmp_path / "w", lake_only=True)
    runner = CliRunner()

    ranked = runner.invoke(app, ["run", "--lake", str(tmp_path / "w" / "lake"), "--first", "3", "--json"])
    table = json.loads(runner.invoke(app, ["evaluate", str(tmp_path / "w"), "--json"]).stdout)

    assert ranked.exit_code == 1
    assert [one["rank"] for one in json.loads(ranked.stdout)["leads"]] == [1, 2, 3]
    assert table["kinds"][0]["leads"] >= 3
    assert runner.invoke(app, ["run", "--engine", "abacus"]).exit_code == 2
