"""Subcontracting rules: order 39, article 10 (law.md 3)."""

from typing import Any

import pytest

from zhunsheng.oversight.reports.checks.statements import moment
from zhunsheng.oversight.reports.rules import subcontracting as rules
from zhunsheng.oversight.reports.rules.facts import Subcontract
from zhunsheng.oversight.reports.tests.plain_facts import HELD, codes, line, report
from zhunsheng.registry.bodies.rules.scope import Reason, ScopeAnswer

ALL = (
    rules.subcontractor_is_known,
    rules.subcontractor_is_certified,
    rules.subcontractor_holds_the_line,
    rules.client_agreed_before,
    rules.consent_is_stated,
)


def found(facts):
    return [one for rule in ALL for one in rule(facts)]


def away(consent="2026-03-09", **changes):
    facts: dict[str, Any] = {
        "stated": "粤北检测 230019340456",
        "known": True,
        "name": "粤北检测",
        "standing": "active",
        "scope": HELD,
    }
    return line(
        1,
        subcontractor="粤北检测 230019340456",
        subcontract=Subcontract(**(facts | changes)),
        consent=moment(consent) if consent else None,
    )


def test_work_given_to_a_body_that_holds_it_is_left_alone():
    assert found(report(away())) == []


def test_work_of_ones_own_is_not_looked_at():
    assert found(report()) == []


def test_an_unknown_subcontractor_is_not_stated():
    assert codes(found(report(away(known=False, scope=None)))) == ["SUB-NOT-STATED"]


def test_a_subcontractor_without_published_scope_is_not_stated():
    assert codes(found(report(away(scope=ScopeAnswer(Reason.SCOPE_NOT_STATED))))) == ["SUB-NOT-STATED"]


def test_a_line_outside_the_subcontractors_scope_is_found_with_the_reason():
    (one,) = found(report(away(scope=ScopeAnswer(Reason.METHOD_NOT_HELD, facts={"held": "HJ 700-2014"}))))

    assert (one.code, one.facts["reason"], one.facts["held"]) == ("SUB-SCOPE", "method_not_held", "HJ 700-2014")


@pytest.mark.parametrize("standing", ["expired", "suspended", "cancelled", "revoked", "not_yet"])
def test_a_certificate_that_does_not_stand_is_found(standing):
    assert codes(found(report(away(standing=standing)))) == ["SUB-CERTIFICATE"]


def test_consent_after_the_work_began_is_found():
    assert codes(found(report(away(consent="2026-03-11")))) == ["SUB-CONSENT-LATE"]


def test_consent_on_the_first_day_is_left_alone():
    assert found(report(away(consent="2026-03-10"))) == []


def test_consent_that_is_not_stated_is_only_not_stated():
    assert codes(found(report(away(consent="")))) == ["SUB-CONSENT-NOT-STATED"]
