"""Conclusion rules: review criteria 2023, article 12; the real oddities of ee_water's README."""

from zhunsheng.oversight.reports.rules import conclusion as rules
from zhunsheng.oversight.reports.rules.words import read_verdict
from zhunsheng.oversight.reports.tests.plain_facts import codes, line, report


def found(*lines, conclusion):
    facts = report(*lines, conclusion=conclusion, conclusion_decision=read_verdict(conclusion))
    return [
        *rules.no_passing_conclusion_over_a_failing_line(facts),
        *rules.no_failing_conclusion_without_a_failing_line(facts),
    ]


def test_lines_and_conclusion_that_agree_are_left_alone():
    assert found(line(1), line(2), conclusion="合格") == []
    assert found(line(1), line(2, verdict="不合格"), conclusion="不合格") == []


def test_a_failing_line_under_a_passing_conclusion_is_found():
    (one,) = found(line(1), line(2, parameter="镉", verdict="不合格"), conclusion="所检项目符合标准要求。")

    assert (one.code, one.facts["lines"], one.facts["parameters"]) == ("CONCLUSION-PASS", [2], ["镉"])


def test_a_failing_conclusion_over_passing_lines_is_found():
    assert codes(found(line(1), line(2), conclusion="ei vasta nõuetele")) == ["CONCLUSION-FAIL"]


def test_a_line_without_verdict_leaves_a_failing_conclusion_open():
    assert found(line(1), line(2, verdict=""), conclusion="不合格") == []


def test_quality_classes_are_neither_pass_nor_fail():
    one = line(1, verdict="Halvem kui kvaliteediklass III")

    assert found(one, conclusion="Kvaliteediklass I") == []


def test_a_report_without_conclusion_is_left_alone():
    assert found(line(1, verdict="不合格"), conclusion="") == []
