"""What is planted for screening changes numbers alone, and the story's laboratory is spared."""

import copy
from datetime import date

import pytest

from zhunsheng.demo.laboratories import County, make_laboratories
from zhunsheng.demo.oddities import COPIES, HUGGING, NEAR_COPIES, altered, chosen
from zhunsheng.demo.reports import make_reports
from zhunsheng.demo.story import hero

TODAY = date(2026, 11, 27)
COUNTIES = [County("440104", "越秀区", "广州市", "Guangzhou", 23.1, 113.3)]


def planted(kind):
    laboratories = make_laboratories(60, seed=1, counties=COUNTIES, today=TODAY)
    odd = chosen(laboratories, hero(laboratories))
    laboratory = next(one for one in laboratories if odd.get(one.cma) == kind)
    before = list(make_reports(laboratory, 60, seed=1, first=date(2026, 9, 1), last=date(2026, 11, 20)))
    return before, list(altered(iter(copy.deepcopy(before)), kind, laboratory.cma))


def test_three_laboratories_are_chosen_and_never_the_storys():
    laboratories = make_laboratories(60, seed=1, counties=COUNTIES, today=TODAY)

    odd = chosen(laboratories, hero(laboratories))

    assert sorted(odd.values()) == sorted([COPIES, HUGGING, NEAR_COPIES])
    assert hero(laboratories).cma not in odd


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_is_chosen_is_named_for_the_tests_that_are_odd(seed):
    laboratories = {one.cma: one for one in make_laboratories(60, seed=seed, counties=COUNTIES, today=TODAY)}

    odd = chosen(list(laboratories.values()), hero(list(laboratories.values())))

    words = {COPIES: "水检测", NEAR_COPIES: "生态环境检测", HUGGING: "生态环境检测"}
    assert [kind for cma, kind in odd.items() if words[kind] not in laboratories[cma].name] == []


def test_copied_reports_keep_their_own_samples_clocks_and_people():
    before, after = planted(COPIES)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]

    assert len(changed) >= 5
    for old, new in changed:
        assert {key for key in old if old[key] != new[key]} <= {"results", "conclusion"}
        for one, two in zip(old["results"], new["results"], strict=True):
            assert {key for key in one if one[key] != two.get(key)} <= {"value", "verdict"}


def test_what_is_pulled_inside_a_limit_passes_it():
    before, after = planted(HUGGING)
    pairs = [
        (one, two)
        for old, new in zip(before, after, strict=True)
        for one, two in zip(old["results"], new["results"], strict=True)
        if one["value"] != two["value"]
    ]

    assert pairs
    assert all(float(two["value"]) < float(two["limit"]["max"]) and two["verdict"] == "合格" for _one, two in pairs)
