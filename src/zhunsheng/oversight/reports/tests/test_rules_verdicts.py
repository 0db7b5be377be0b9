"""Verdict rules: review criteria 2023, article 12; decision rules by JCGM 106:2012, 8.2 and 8.3."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.quantities import convert
from zhunsheng.oversight.reports.rules import verdicts as rules
from zhunsheng.oversight.reports.rules.facts import LimitFacts, Uncertainty
from zhunsheng.oversight.reports.tests.plain_facts import at_most, codes, line, report

ALL = (
    rules.no_pass_outside_the_limit,
    rules.no_fail_inside_the_limit,
    rules.no_verdict_within_uncertainty,
    rules.stated_limit_is_the_standards,
    rules.no_pass_outside_the_standard,
    rules.limits_are_stated,
    rules.units_can_be_compared,
)


def found(*lines):
    facts = report(*lines)
    return [one for rule in ALL for one in rule(facts)]


def between(low, high, **changes):
    return LimitFacts("GB 5749-2022", Decimal(low), Decimal(high), **changes)


@pytest.mark.parametrize(
    ("value", "verdict", "expected"),
    [
        ("0.005", "合格", []),
        ("0.01", "合格", []),  # GB 5749-2022: lead at most 0.01 mg/L; a value equal to the limit meets it
        ("0.011", "合格", ["VERDICT-SHOULD-FAIL"]),
        ("0.011", "不合格", []),
        ("0.005", "不合格", ["VERDICT-SHOULD-PASS"]),
        ("<0.001", "合格", []),
        ("<0.001", "不合格", ["VERDICT-SHOULD-PASS"]),
        ("<0.02", "合格", []),  # could be either: nothing is said about the verdict
        ("未检出", "合格", []),
        ("0,005", "合格", []),
        ("０．０２", "合格", ["VERDICT-SHOULD-FAIL"]),
        ("1,234", "合格", []),  # decimal or thousands sign: undecided
        ("esineb", "合格", []),
        ("-", "合格", []),
        ("0.02", "不作判定", []),
        ("0.02", "", []),
    ],
)
def test_the_verdict_follows_from_value_and_limit(value, verdict, expected):
    assert codes(found(line(1, value=value, verdict=verdict))) == expected


@pytest.mark.parametrize(("value", "expected"), [("6.4", True), ("6.5", False), ("8.5", False), ("8.6", True)])
def test_a_range_is_broken_on_either_side(value, expected):
    ph = line(1, parameter="pH", value=value, unit="pH", limit=between("6.5", "8.5"))  # GB 5749-2022

    assert bool(found(ph)) is expected


@pytest.mark.parametrize(
    ("value", "expanded", "verdict", "expected"),
    [
        ("0.008", "0.001", "合格", []),
        ("0.0095", "0.001", "合格", ["VERDICT-UNDECIDED"]),
        ("0.0105", "0.001", "不合格", ["VERDICT-UNDECIDED"]),
        ("0.0105", "0.001", "合格", ["VERDICT-UNDECIDED"]),
        ("0.012", "0.001", "合格", ["VERDICT-SHOULD-FAIL"]),
        ("0.012", "0.001", "不合格", []),
    ],
)
def test_guard_bands_are_as_wide_as_the_expanded_uncertainty(value, expanded, verdict, expected):
    uncertainty = Uncertainty(Decimal(expanded), Decimal(2))
    one = line(1, value=value, verdict=verdict, uncertainty=uncertainty, limit=at_most("0.01", rule="guarded"))

    assert codes(found(one)) == expected


def test_simple_acceptance_takes_no_notice_of_uncertainty():
    assert found(line(1, value="0.0099", uncertainty=Uncertainty(Decimal("0.005"), Decimal(2)))) == []


def test_a_decision_rule_in_words_is_not_guessed_at():
    assert found(line(1, value="0.5", limit=at_most("0.01", rule="按合同约定"))) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [("未检出", []), ("检出", ["VERDICT-SHOULD-FAIL"]), ("0", []), ("3", ["VERDICT-SHOULD-FAIL"])],
)
def test_a_limit_in_words_asks_for_nothing_found(value, expected):
    one = line(1, parameter="总大肠菌群", value=value, unit="CFU/100 mL", limit=LimitFacts(required="不得检出"))

    assert codes(found(one)) == expected


def test_the_standards_limit_is_compared_in_its_own_unit():
    held = at_most("10", unit="μg/L")

    assert found(line(1, catalogue_limit=held)) == []
    assert codes(found(line(1, limit=at_most("0.05"), catalogue_limit=held))) == ["LIMIT-DIFFERS"]
    wrong = line(1, value="0.02", limit=at_most("0.05"), catalogue_limit=held)
    assert codes(found(wrong)) == ["LIMIT-DIFFERS", "VERDICT-CATALOGUE"]


def test_a_limit_of_which_one_side_is_left_out_differs():
    half = line(1, parameter="pH", value="7", unit="pH", limit=at_most("8.5"), catalogue_limit=between("6.5", "8.5"))

    assert codes(found(half)) == ["LIMIT-DIFFERS"]


def test_a_pass_without_stated_limit_is_judged_by_the_cited_standard():
    assert codes(found(line(1, value="0.02", limit=None, catalogue_limit=at_most("10", unit="μg/L")))) == [
        "VERDICT-CATALOGUE"
    ]


def test_a_unit_of_another_kind_is_found_and_nothing_is_compared():
    assert codes(found(line(1, unit="NTU", catalogue_limit=at_most("10", unit="μg/L")))) == ["LIMIT-UNIT"]


def test_verdicts_without_limits_make_one_finding_a_report():
    (one,) = found(line(1, limit=None), line(2, limit=None), line(3))

    assert (one.code, one.facts["lines"]) == ("LIMIT-NOT-STATED", [1, 2])


def test_a_finding_keeps_what_it_was_computed_from():
    (one,) = found(line(2, value="0.011"))

    assert one.facts == {
        "parameter": "铅",
        "value": "0.011",
        "unit": "mg/L",
        "limit": "≤ 0.01",
        "standard": "GB 5749-2022",
        "rule": "simple",
        "uncertainty": "",
        "stated": "合格",
    }


NUMBERS = st.decimals("0", "1000", places=4)
UNITS = st.sampled_from(["mg/L", "μg/L", "g/L", "ng/mL", "kg/m3"])


@given(
    NUMBERS, NUMBERS, NUMBERS, UNITS, st.sampled_from(["simple", "guarded", "shared"]), st.sampled_from(["", "<", ">"])
)
def test_the_recomputed_verdict_does_not_depend_on_the_unit(value, limit, expanded, unit, rule, sign):
    """Value and uncertainty in another unit, the limit in its own: the same decision."""
    stated = at_most(str(limit), unit="mg/L", rule=rule)
    here = line(1, value=f"{sign}{value}", unit="mg/L", uncertainty=Uncertainty(expanded))
    there = line(
        1,
        value=f"{sign}{convert(value, 'mg/L', unit):f}",
        unit=unit,
        uncertainty=Uncertainty(convert(expanded, "mg/L", unit)),
    )

    assert rules.decide(here, stated) == rules.decide(there, stated)
