"""Scope rules: order 163, article 36; order 39, article 10; wording by practice.md, 4."""

import pytest

from zhunsheng.oversight.reports.checks.statements import moment
from zhunsheng.oversight.reports.rules import scope as rules
from zhunsheng.oversight.reports.tests.plain_facts import codes, line, report
from zhunsheng.registry.bodies.rules.scope import Reason, ScopeAnswer

BY_REASON = {
    Reason.EDITION_SUPERSEDED: ("SCOPE-EDITION", rules.edition_in_scope),
    Reason.PARAMETER_NOT_HELD: ("SCOPE-PARAMETER", rules.parameter_in_scope),
    Reason.METHOD_NOT_HELD: ("SCOPE-METHOD", rules.method_in_scope),
    Reason.OBJECT_NOT_HELD: ("SCOPE-OBJECT", rules.object_in_scope),
    Reason.OTHER_SITE: ("SCOPE-SITE", rules.site_in_scope),
    Reason.LIMITATION_BROKEN: ("SCOPE-LIMITATION", rules.limitation_kept),
    Reason.LIMITATION_UNREAD: ("SCOPE-LIMITATION-READ", rules.limitation_readable),
    Reason.NOT_ON_THAT_DATE: ("SCOPE-DATE", rules.in_scope_on_the_day),
    Reason.SCOPE_NOT_STATED: ("SCOPE-NOT-STATED", rules.scope_is_stated),
}


def found(facts):
    return [one for _, rule in BY_REASON.values() for one in rule(facts)]


def test_a_line_in_scope_is_left_alone():
    assert found(report()) == []


@pytest.mark.parametrize("reason", list(BY_REASON))
def test_each_way_of_not_holding_has_a_finding_of_its_own(reason):
    facts = report(line(1), line(2, scope=ScopeAnswer(reason, facts={"held": "GB/T 5750.6-2006"})))

    assert codes(found(facts)) == [BY_REASON[reason][0]]


def test_every_reason_but_in_scope_has_a_rule():
    assert set(BY_REASON) == set(Reason) - {Reason.IN_SCOPE}


def test_a_finding_keeps_what_the_scope_holds_instead_and_the_day():
    answer = ScopeAnswer(Reason.EDITION_SUPERSEDED, 7, facts={"held": "GB/T 5750.6-2006", "used": "GB/T 5750.6-2023"})
    (one,) = rules.edition_in_scope(report(line(3, scope=answer)))

    assert (one.line, one.field) == (3, "results[2].method")
    assert one.facts["scope_held"] == "GB/T 5750.6-2006"
    assert one.facts["day"] == "2026-03-10"


def test_lines_whose_scope_is_not_stated_make_one_finding_a_report():
    unstated = ScopeAnswer(Reason.SCOPE_NOT_STATED)
    (one,) = rules.scope_is_stated(report(line(1, scope=unstated), line(2), line(3, scope=unstated)))

    assert one.facts["lines"] == [1, 3]


def test_a_subcontracted_line_is_not_held_against_the_bodys_own_scope():
    away = line(1, scope=ScopeAnswer(Reason.PARAMETER_NOT_HELD), subcontractor="粤北检测")

    assert found(report(away)) == []


def test_the_lines_own_day_counts_before_the_reports():
    late = line(1, scope=ScopeAnswer(Reason.PARAMETER_NOT_HELD), started=moment("2026-03-11"))

    assert next(rules.parameter_in_scope(report(late))).facts["day"] == "2026-03-11"
