from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.quantities import RULES, compare, read_value

NUMBERS = st.decimals(-1000, 1000, places=3)


def verdict(text, minimum=None, maximum=None, uncertainty=None, rule="simple"):
    low, high, expanded = (None if limit is None else Decimal(limit) for limit in (minimum, maximum, uncertainty))
    return compare(read_value(text), low, high, expanded, rule)


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "outcome"),
    [
        ("0.05", None, "0.05", "pass"),
        ("0.0500001", None, "0.05", "fail"),
        ("0,04", None, "0.05", "pass"),
        ("6.5", "6.5", "8.5", "pass"),
        ("8.5", "6.5", "8.5", "pass"),
        ("6.49", "6.5", "8.5", "fail"),
        ("8.51", "6.5", "8.5", "fail"),
        ("-3.1", None, "30", "pass"),
        ("<0.01", None, "0.05", "pass"),
        ("<0.05", None, "0.05", "pass"),
        ("≤0.05", None, "0.05", "pass"),
        ("<0.1", None, "0.05", "undecided"),
        (">300", None, "100", "fail"),
        (">100", None, "100", "fail"),
        ("≥100", None, "100", "undecided"),
        (">50", None, "100", "undecided"),
        (">0.3", "0.3", None, "pass"),
        ("<0.3", "0.3", None, "fail"),
        ("≤0.3", "0.3", None, "undecided"),
        ("<0.5", "0.3", None, "undecided"),
        ("<1", "0.3", "4", "undecided"),
        ("未检出", None, "0", "pass"),
        ("未检出(<0.01)", None, "0.05", "pass"),
        ("未检出(<0.1)", None, "0.05", "undecided"),
        ("未检出(<0.1)", "0.3", None, "fail"),
        ("未检出", "0.3", None, "undecided"),
        ("esineb", None, "0", "fail"),
        ("检出", None, "0.05", "undecided"),
        ("无异味", None, "0", "undecided"),
        ("-", None, "0", "undecided"),
        ("11,675", None, "20", "undecided"),
        ("5", None, None, "undecided"),
    ],
)
def test_simple_acceptance(text, minimum, maximum, outcome):
    assert verdict(text, minimum, maximum) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("0.40", "pass"),  # exactly at the acceptance limit 0.50 - 0.10
        ("0.41", "undecided"),
        ("0.50", "undecided"),
        ("0.60", "undecided"),  # exactly at the rejection limit
        ("0.61", "fail"),
        ("<0.40", "pass"),
        ("<0.45", "undecided"),
        (">0.60", "fail"),
        ("未检出(<0.4)", "pass"),
    ],
)
def test_guarded_acceptance_and_rejection_keep_the_uncertainty_as_guard_band(text, outcome):
    assert verdict(text, None, "0.50", "0.10", "guarded") == outcome


def test_a_guard_band_narrows_both_ends():
    assert verdict("6.6", "6.5", "8.5", "0.2", "guarded") == "undecided"
    assert verdict("6.7", "6.5", "8.5", "0.2", "guarded") == "pass"
    assert verdict("8.4", "6.5", "8.5", "0.2", "guarded") == "undecided"
    assert verdict("6.2", "6.5", "8.5", "0.2", "guarded") == "fail"


def test_guarded_and_shared_decide_nothing_without_an_uncertainty():
    assert verdict("0.1", None, "0.5", None, "guarded") == "undecided"
    assert verdict("0.1", None, "0.5", None, "shared") == "undecided"


def test_a_shared_risk_is_decided_by_the_value():
    assert verdict("0.50", None, "0.50", "0.10", "shared") == "pass"
    assert verdict("0.51", None, "0.50", "0.10", "shared") == "fail"


def test_an_unknown_rule_and_a_negative_uncertainty_are_mistakes():
    with pytest.raises(ValueError, match="decision rule"):
        verdict("1", None, "2", None, "generous")
    with pytest.raises(ValueError, match="not negative"):
        verdict("1", None, "2", "-1", "guarded")
    with pytest.raises(ValueError, match="not negative"):
        verdict("1", None, "2", "NaN", "guarded")


@given(NUMBERS, NUMBERS, st.decimals(0, 100, places=3))
def test_guarding_never_turns_a_decision_round(value, maximum, uncertainty):
    simple = compare(read_value(str(value)), None, maximum)
    guarded = compare(read_value(str(value)), None, maximum, uncertainty, "guarded")

    assert guarded in {simple, "undecided"}
    assert uncertainty != 0 or guarded == simple


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["<", "≤", ">", "≥"]))
def test_a_censored_result_is_decided_only_if_every_possible_value_agrees(bound, limit, step, sign):
    decided = compare(read_value(f"{sign}{bound}"), None, limit)
    possible = bound - abs(step) if sign in "<≤" else bound + abs(step)
    if sign in "<>" and possible == bound:
        return

    if decided != "undecided":
        assert compare(read_value(str(possible)), None, limit) == decided


@given(NUMBERS, NUMBERS, st.sampled_from(RULES))
def test_the_mirror_image_of_a_maximum_is_a_minimum(value, limit, rule):
    upper = compare(read_value(str(value)), None, limit, Decimal(1), rule)
    lower = compare(read_value(str(-value)), -limit, None, Decimal(1), rule)

    assert upper == lower
