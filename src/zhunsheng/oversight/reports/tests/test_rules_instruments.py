"""Instrument rules: order 39, article 13 (equipment not calibrated); review criteria 2023, article 11."""

from dataclasses import replace
from datetime import date

import pytest

from zhunsheng.oversight.reports.checks.statements import moment
from zhunsheng.oversight.reports.rules import instruments as rules
from zhunsheng.oversight.reports.tests.plain_facts import BALANCE, body, codes, line, report
from zhunsheng.registry.bodies.facts import CalibrationFacts

ALL = (
    rules.instrument_is_known,
    rules.instrument_is_in_calibration,
    rules.calibration_was_good,
    rules.instruments_are_stated,
)


def found(facts):
    return [one for rule in ALL for one in rule(facts)]


def calibrated(start, due, result="pass"):
    held = replace(BALANCE, calibrations=(CalibrationFacts("JZ-1", start, due, result),))
    return body(instruments={"E01": held})


def test_an_instrument_in_calibration_is_left_alone():
    assert found(report()) == []


def test_an_instrument_that_is_not_on_the_list_is_found():
    assert codes(found(report(line(1, instrument="E999")))) == ["INST-UNKNOWN"]


@pytest.mark.parametrize(
    ("start", "due", "expected"),
    [
        (date(2025, 3, 12), date(2026, 3, 11), []),
        (date(2025, 3, 11), date(2026, 3, 10), ["INST-CALIBRATION"]),
        (date(2026, 3, 10), None, []),
        (date(2026, 3, 11), None, ["INST-CALIBRATION"]),
    ],
)
def test_first_and_last_day_of_a_calibration_count(start, due, expected):
    assert codes(found(report(body=calibrated(start, due)))) == expected


def test_the_finding_names_the_last_calibration_before_the_test():
    (one,) = found(report(body=calibrated(date(2024, 1, 1), date(2024, 12, 31))))

    assert (one.facts["certificate"], one.facts["due_on"], one.facts["day"]) == ("JZ-1", "2024-12-31", "2026-03-10")


def test_an_instrument_found_unfit_is_found():
    assert codes(found(report(body=calibrated(date(2025, 6, 1), None, "fail")))) == ["INST-CALIBRATION-RESULT"]


def test_limited_use_accuses_nobody():
    assert found(report(body=calibrated(date(2025, 6, 1), None, "limited"))) == []


def test_the_lines_own_day_counts_before_the_reports():
    early = line(1, started=moment("2025-05-31"), finished=moment("2025-05-31"))

    assert codes(found(report(early))) == ["INST-CALIBRATION"]


def test_without_any_day_nothing_is_held_against_an_instrument():
    undated = line(1, started=None, finished=None)

    assert (
        found(report(undated, body=calibrated(date(2024, 1, 1), date(2024, 2, 1)), started=None, finished=None)) == []
    )


def test_lines_without_instrument_make_one_finding_a_report():
    facts = report(line(1, instrument=""), line(2), line(3, instrument=""))

    assert [(one.code, one.facts["lines"]) for one in found(facts)] == [("INST-NOT-STATED", [1, 3])]


def test_a_register_without_instruments_is_not_stated():
    assert codes(found(report(body=body(instruments={})))) == ["INST-NOT-STATED"]


def test_a_subcontractors_instrument_is_not_looked_for_here():
    assert found(report(line(1, instrument="X1", subcontractor="粤北检测"))) == []
