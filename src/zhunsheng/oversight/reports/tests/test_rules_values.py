"""Value rules: review criteria 2023, article 12; legitimate negatives and words as in ee_water's README."""

from decimal import Decimal

import pytest

from zhunsheng.oversight.reports.rules import values as rules
from zhunsheng.oversight.reports.rules.facts import Uncertainty
from zhunsheng.oversight.reports.tests.plain_facts import at_most, codes, line, report

ALL = (
    rules.uncertainty_has_its_factor,
    rules.method_reaches_the_limit,
    rules.nothing_below_quantification,
    rules.no_negative_amounts,
    rules.no_verdict_without_a_value,
    rules.words_are_understood,
    rules.numbers_are_unambiguous,
    rules.units_are_known,
)


def found(*lines):
    facts = report(*lines)
    return [one for rule in ALL for one in rule(facts)]


def test_a_plain_line_is_left_alone():
    assert found(line(1, loq=Decimal("0.001"), uncertainty=Uncertainty(Decimal("0.0005"), Decimal(2)))) == []


def test_an_uncertainty_without_its_factor_is_found():
    assert codes(found(line(1, uncertainty=Uncertainty(Decimal("0.0005"))))) == ["VALUE-UNCERTAINTY-K"]


@pytest.mark.parametrize(
    ("value", "loq", "expected"),
    [
        ("<0.02", None, ["VALUE-LOQ-ABOVE-LIMIT"]),
        ("<0.01", None, []),
        ("未检出", "0.02", ["VALUE-LOQ-ABOVE-LIMIT"]),
        ("未检出", "0.005", []),
        ("未检出", None, []),
        ("0.05", "0.02", []),
    ],
)
def test_a_method_that_does_not_reach_the_limit_is_found(value, loq, expected):
    assert codes(found(line(1, value=value, loq=Decimal(loq) if loq else None))) == expected


def test_a_limit_of_zero_is_reached_by_no_method_and_accuses_none():
    assert found(line(1, value="<1", unit="CFU/100 mL", limit=at_most("0"))) == []


@pytest.mark.parametrize(
    ("value", "expected"), [("0.0009", ["VALUE-BELOW-LOQ"]), ("0.001", []), ("<0.001", []), ("0", [])]
)
def test_a_number_below_quantification_is_found(value, expected):
    assert codes(found(line(1, value=value, loq=Decimal("0.001")))) == expected


@pytest.mark.parametrize(
    ("parameter", "value", "unit", "expected"),
    [
        ("铅", "-0.01", "mg/L", ["VALUE-NEGATIVE"]),
        ("菌落总数", "-3", "CFU/mL", ["VALUE-NEGATIVE"]),
        ("Oksüdeeritavus (vahe)", "-0.3", "mgO2/l", []),
        ("Nitraatioon (vahe)", "-1.2", "mg/l", []),
        ("硝酸盐差值", "-1.2", "mg/L", []),
        ("冰点", "-0.52", "°C", []),
        ("pH", "-0.1", "pH", []),
        ("示值误差", "-0.02", "mg", []),
        ("铅", "-0.01", "", []),
    ],
)
def test_only_amounts_and_counts_are_never_negative(parameter, value, unit, expected):
    assert codes(found(line(1, parameter=parameter, value=value, unit=unit, limit=None))) == expected


def test_verdicts_without_values_make_one_finding_a_report():
    (one,) = found(line(1, value="-"), line(2, value=""), line(3))

    assert (one.code, one.facts["lines"]) == ("VALUE-EMPTY", [1, 2])


@pytest.mark.parametrize("word", ["esineb", "leitud", "ei esine", "未检出", "检出", "ND", "-"])
def test_known_words_are_values(word):
    assert "VALUE-WORD" not in codes(found(line(1, value=word, verdict="")))


def test_unknown_words_are_for_a_person_to_read():
    (one,) = found(line(1, value="väga vähe", verdict=""), line(2, value="palju", verdict=""))

    assert (one.code, one.facts["values"]) == ("VALUE-WORD", ["palju", "väga vähe"])


def test_a_comma_that_may_be_either_is_found():
    assert codes(found(line(1, value="1,234"))) == ["VALUE-AMBIGUOUS"]
    assert found(line(1, value="0,005")) == []


def test_unknown_units_make_one_finding_a_report():
    (one,) = found(line(1, unit="自定单位", unit_known=False), line(2))

    assert (one.code, one.facts["units"]) == ("CAT-UNIT", ["自定单位"])
