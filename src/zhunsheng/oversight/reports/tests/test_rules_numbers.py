"""Number and line rules: law.md 3 (unique number), 8 (unique per body); the real numbers of ee_water."""

import pytest

from zhunsheng.oversight.reports.rules import numbers as rules
from zhunsheng.oversight.reports.rules.facts import Namesake
from zhunsheng.oversight.reports.tests.plain_facts import codes, line, report

ALL = (
    rules.number_used_once,
    rules.versions_point_back,
    rules.one_number_in_the_field,
    rules.no_line_twice,
    rules.one_value_for_one_test,
)


def found(facts):
    return [one for rule in ALL for one in rule(facts)]


def test_a_report_alone_under_its_number_is_left_alone():
    assert found(report(line(1), line(2, parameter="镉", parameter_id=32))) == []


def test_other_content_under_the_same_number_and_version_is_found():
    (one,) = found(report(namesakes=(Namesake("cd" * 32, 1),)))

    assert (one.code, one.facts["others"]) == ("NUMBER-REUSED", ["cd" * 8])


def test_a_correction_that_points_back_is_left_alone():
    assert found(report(version=2, points_back=True, namesakes=(Namesake("cd" * 32, 1),))) == []


def test_a_new_version_that_points_to_none_is_found():
    assert codes(found(report(version=2, namesakes=(Namesake("cd" * 32, 1),)))) == ["NUMBER-VERSION"]


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("260776K, 260776B, 260776T", ("260776K", "260776B", "260776T")),
        ("BKV139/26,BKV140/26", ("BKV139/26", "BKV140/26")),
        ("SA2600427-KT,BT", ("SA2600427-KT", "BT")),
        ("TLN2026/V2766K ja NHL2026/V2766MB", ("TLN2026/V2766K", "NHL2026/V2766MB")),
        ("W2026-001、W2026-002", ("W2026-001", "W2026-002")),
    ],
)
def test_several_numbers_in_one_field_are_found(number, parts):
    (one,) = found(report(number=number))

    assert (one.code, tuple(one.facts["parts"])) == ("NUMBER-PACKED", parts)


@pytest.mark.parametrize(
    "number", ["J-161 2026", "J-161, 2026", "BKV 117/26", "KL2026/V169579K", "EEVTA2022 KAL0058 vastus", "GB-2026-001"]
)
def test_one_number_with_year_or_spaces_is_left_alone(number):
    assert found(report(number=number)) == []


def test_a_line_repeated_word_for_word_is_found():
    (one,) = found(report(line(1), line(2), line(3, parameter="镉", parameter_id=32)))

    assert (one.code, one.facts["lines"]) == ("LINE-DUPLICATE", [1, 2])


def test_two_values_for_one_test_are_found():
    (one,) = found(report(line(1), line(2, value="0.006")))

    assert (one.code, one.facts["values"]) == ("LINE-CONFLICT", ["0.005 mg/L", "0.006 mg/L"])


def test_one_value_in_two_units_is_no_conflict():
    assert found(report(line(1), line(2, value="5", unit="μg/L"))) == []
    assert codes(found(report(line(1), line(2, value="6", unit="μg/L")))) == ["LINE-CONFLICT"]


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "GB/T 5750.6-2006"},
        {"method_clause": "4.2"},
        {"conditions": (("温度", "20", "°C"),)},
        {"subcontractor": "粤北检测"},
    ],
)
def test_another_method_clause_condition_or_body_is_another_test(changes):
    assert found(report(line(1), line(2, value="0.006", **changes))) == []


def test_words_of_one_kind_do_not_conflict():
    assert found(report(line(1, value="未检出"), line(2, value="ND"))) == []
    assert codes(found(report(line(1, value="未检出"), line(2, value="检出")))) == ["LINE-CONFLICT"]


def test_a_parameter_under_two_names_is_one_parameter():
    (one,) = found(report(line(1), line(2, parameter="Pb", value="0.006")))

    assert one.facts["parameter"] == "Pb / 铅"
