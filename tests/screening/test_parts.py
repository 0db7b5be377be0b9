"""A large lake is screened in parts; the alerts are those of the whole, and no part tears a report, run or body."""

from datetime import date

import pytest

from zhunsheng.demo.simulator.specs import FraudSpec, WorldSpec
from zhunsheng.demo.simulator.writing import write_world
from zhunsheng.oversight.screening.detectors import parts
from zhunsheng.oversight.screening.running import screen
from zhunsheng.platform.lake import engines, tables

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    frauds = tuple(FraudSpec(kind, 0.2, 1 / 12) for kind in ("exact_copy", "copy_jitter", "dry_lab", "backdated"))
    write_world(WorldSpec(12, 6, 30.0, 3, frauds=frauds), folder / "w", lake_only=True)
    return folder / "w" / "lake"


def opened(lake):
    return tables.open_folder(engines.connect(), lake)


def by_leaf(lines, most):
    return parts.by_leaf(lines, most, parts.leaves_of(lines))


def test_screening_in_parts_gives_the_same_alerts_to_the_last_digit(lake, monkeypatch):
    whole = screen(opened(lake), DAY)
    monkeypatch.setattr(parts, "LINES_AT_ONCE", 2_000)
    monkeypatch.setattr(parts, "REPORTS_AT_ONCE", 400)

    in_parts = screen(opened(lake), DAY)

    assert len(list(by_leaf(opened(lake), 2_000))) > 3
    assert any(one.q <= whole.settings["lead_q"] for one in whole.leads)
    assert in_parts.leads == whole.leads


def rows(table):
    found = table.select("leaf_index", "line").to_pyarrow()
    return sorted(zip(found["leaf_index"].to_pylist(), found["line"].to_pylist(), strict=True))


@pytest.mark.parametrize("divide", [
    lambda lines: by_leaf(lines, 1_500),
    lambda lines: parts.by_day(lines, "arrived", 1_500),
    lambda lines: list(parts.by_key(lines, "body", {row["body"]: row["n"] for row in lines.group_by("body").aggregate(
        n=lines.leaf_index.nunique()).to_pyarrow().to_pylist()}, 300)),
])  # fmt: skip
def test_every_line_is_in_one_part(lake, divide):
    lines = opened(lake)

    divided = divide(lines)

    assert len(divided) > 2
    assert sorted(row for part in divided for row in rows(part)) == rows(lines)


def test_a_body_with_more_than_a_part_holds_is_a_part_of_its_own():
    assert list(parts._ranges({"a": 1, "b": 9, "c": 1, "d": 1}, 3)) == [("a", "a"), ("b", "b"), ("c", "d")]


def test_nothing_has_no_parts():
    assert list(parts._ranges({}, 3)) == []
