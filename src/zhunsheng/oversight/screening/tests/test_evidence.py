"""What a person can check: two reports cell by cell, the nearest pairs, where a body stands among its peers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.oversight.screening import charts, explaining
from zhunsheng.oversight.screening.detectors.catalogue import DETECTORS
from zhunsheng.oversight.screening.evidence.comparing import ALONE, Cell, aligned, nearness
from zhunsheng.oversight.screening.evidence.pairing import nearest_pairs
from zhunsheng.oversight.screening.evidence.peers import distribution
from zhunsheng.oversight.screening.services.runs import TELLING_P
from zhunsheng.platform.accounts.tests.factories import TODAY


@pytest.mark.parametrize(
    ("one", "two", "mark"),
    [
        ("0.0123", "0.0123", "same"),
        ("1.20", "1.2", "same"),
        ("0.0123", "0.0124", "near"),
        ("7.1", "7.2", "near"),
        ("100", "103", "near"),
        ("100", "104", "apart"),
        ("0.0123", "0.0223", "apart"),
        ("未检出", "未检出", "same"),
        ("未检出", "0.01", "apart"),
        ("<0.001", "<0.001", "same"),
        ("", "", "apart"),
        ("NaN", "1", "apart"),
    ],
)
def test_results_are_the_same_near_by_one_digit_or_three_per_cent_or_apart(one, two, mark):
    assert nearness(one, two) == nearness(two, one) == mark


CELLS = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 40)), max_size=5).map(
    lambda drawn: [Cell(line, key, "铅", f"{number / 10:.1f}") for line, (key, number) in enumerate(drawn, 1)]
)


@given(CELLS, CELLS)
def test_every_result_of_both_reports_stands_in_the_comparison_once(left, right):
    rows = aligned(left, right)

    assert [row.left for row in rows if row.left] == left
    assert sorted(id(row.right) for row in rows if row.right) == sorted(map(id, right))
    assert all((row.mark == ALONE) == (row.left is None or row.right is None) for row in rows)


def line(report, sample, number, value):
    return {
        "report": report, "sample": sample, "line": number, "parameter": f"P{number}", "method": "GB 1", "unit": "mg/L",
        "value_text": value, "issued": "2026-03-01",
    }  # fmt: skip


def test_pairs_with_most_in_common_come_first_and_one_sample_is_no_pair():
    rows = [
        *(line("a", "1", n, f"{n}.37") for n in (1, 2, 3)),
        *(line("b", "2", n, f"{n}.37") for n in (1, 2, 3)),
        *(line("c", "1", n, f"{n}.37") for n in (1, 2, 3)),
        *(line("d", "4", n, f"{n * 50}.37") for n in (1, 2, 3)),
    ]

    pairs = nearest_pairs(rows)

    assert [(pair["left"], pair["right"], pair["same"]) for pair in pairs] == [
        ("a", "b", [1, 2, 3]),
        ("b", "c", [1, 2, 3]),
    ]


@given(st.floats(-1e6, 1e6), st.lists(st.floats(-1e6, 1e6), max_size=50))
def test_a_distribution_counts_every_peer_once_and_places_the_body(own, peers):
    found = distribution(own, peers)

    assert sum(found["counts"]) == len(peers) == found["peers"]
    assert 0 <= found["own_bin"] < len(found["counts"])
    assert found["as_far_out"] == sum(value >= own for value in peers)
    assert distribution(own, peers, low_side=True)["as_far_out"] == sum(value <= own for value in peers)


@pytest.mark.parametrize("detector", DETECTORS)
def test_every_sign_has_its_own_words_and_explanations_to_rule_out(detector):
    sign = explaining.sign_of(detector, TODAY)

    assert sign.rule != "SIGN-ANY"
    assert sign.innocent
    assert set(sign.innocent) <= set(explaining.innocents(TODAY))
    assert explaining.said(sign, {"statistic": 3, "n": 1200, "expected": 0.046})["en"].count("{") == 0
    assert sign.family in explaining.FAMILIES


@pytest.mark.parametrize("p", [1e-12, 1e-7, 0.0003, TELLING_P, 0.5, 1.0])
def test_rarity_is_never_told_more_finely_than_two_figures(p):
    number = explaining.one_in(p)

    assert 1 <= number <= 1_000_000
    assert len(str(number).rstrip("0")) <= 2


def test_what_a_sign_follows_by_month_is_drawn_beside_the_peers_of_the_first_signs():
    facts = {"since": "2024-04", "before": 0.15, "after": 0.6, "by_month": {"months": ["2024-03"], "own": [15.0]}}
    peers = {"peers": 0, "edges": [], "own_bin": 0}
    evidence = {
        "signals": [{"detector": "more_censored", "p": 0.001, "n": 9, "facts": facts}],
        "peers": {"more_censored": peers}, "runs": [], "digits": {"own": [0]}, "limits": {"own": [0]},
    }  # fmt: skip

    (spec,) = charts.of_alert(evidence, "values")

    assert spec["kind"] == "line"
    assert spec["x"]["values"] == ["2024-03"]
    assert spec["series"][0]["values"] == [15.0]
    assert "15%" in spec["title"]
    assert "60%" in spec["title"]
