"""A rule is left out only where it can find nothing."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from zhunsheng.oversight.reports.checks.engine import run_rules
from zhunsheng.oversight.reports.checks.statements import moment, read_statements
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.rules import RULES
from zhunsheng.oversight.reports.rules.facts import Namesake, Stay, Subcontract
from zhunsheng.oversight.reports.rules.occasions import OCCASIONS, occasions
from zhunsheng.oversight.reports.tests import strategies
from zhunsheng.oversight.reports.tests.plain_facts import ARRIVAL, BALANCE, CERTIFICATE, SIGNER, body, line, report
from zhunsheng.oversight.reports.tests.test_rules_properties import LAW, MOMENTS, reports
from zhunsheng.registry.bodies.facts import (
    AccreditationFacts,
    CalibrationFacts,
    InstrumentFacts,
    PeriodFacts,
    PersonFacts,
    SigningFacts,
)
from zhunsheng.registry.bodies.rules.scope import Reason, ScopeAnswer

BODIES = st.builds(
    body,
    accreditations=st.sampled_from(
        [
            (),
            (CERTIFICATE,),
            *((AccreditationFacts("230019340123", None, None, (PeriodFacts(status, moment("2026-02-01").day, None),)),)
              for status in ("suspended", "cancelled", "revoked", "expired")),
        ]
    ),
    persons=st.sampled_from([{}, {"S01": SIGNER}, {"S01": PersonFacts("S01", "陈志明", None, None)}]),
    instruments=st.sampled_from([{}, {"E01": BALANCE}, {"E01": InstrumentFacts("E01", "电子天平", "")}]),
)  # fmt: skip
NINE, TEN = moment("2026-03-10T09:00:00+08:00"), moment("2026-03-10T10:00:00+08:00")
WITHDRAWN = SimpleNamespace(
    code="GB/T 5750.6-2006", status="replaced", effective_to=moment("2023-09-30").day, replaced_by_code=None
)
UNFIT = InstrumentFacts("E01", "电子天平", "", (CalibrationFacts("JZ", moment("2025-06-01").day, None, "不合格"),))


def signer(field, valid_from):
    """Return the signatory with one field from a day on."""
    return body(persons={"S01": PersonFacts("S01", "陈志明", None, None, (SigningFacts(field, valid_from, None),))})


def stays(kind, site, number):
    """Return one hour's work somewhere."""
    return (Stay(kind, "X01", site, NINE.first, TEN.first, number, 1),)


def given_away(**changes):
    """Return a line of a subcontractor whom the register knows."""
    consent = changes.pop("consent", None)
    return line(subcontractor="粤北", subcontract=Subcontract("粤北", known=True, **changes), consent=consent)


LATE = body(accreditations=(AccreditationFacts("230019340123", moment("2026-06-01").day, None),))
RARE = {
    "CERT-NOT-YET": report(body=LATE),
    "METHOD-SUPERSEDED": report(line(edition=WITHDRAWN)),
    "SIGN-NOT-IN-OFFICE": report(body=signer("水质", moment("2026-03-13").day)),
    "SIGN-FIELD": report(body=signer("土壤", None), known_fields=frozenset({"土壤"})),
    "SIGN-FIELD-READ": report(body=signer("土壤", None)),
    "INST-CALIBRATION-RESULT": report(body=body(instruments={"E01": UNFIT})),
    "TWICE-PERSON": report(stays=stays("person", "A", "W2026-001"), other_stays=stays("person", "B", "W9")),
    "TWICE-INSTRUMENT": report(stays=stays("instrument", "A", "W2026-001"), other_stays=stays("instrument", "B", "W9")),
    "SUB-SCOPE": report(given_away(scope=ScopeAnswer(Reason.METHOD_NOT_HELD))),
    "SUB-CERTIFICATE": report(given_away(standing="expired")),
    "SUB-CONSENT-LATE": report(given_away(consent=moment("2026-03-14"))),
}
"""Reports in which chance hardly ever finds what these rules find."""


def found_by_every_rule(facts):
    """Return the codes that all rules in force find, none left out."""
    return [found.code for rule in LAW.rules for found in rule(facts)]


@settings(max_examples=400)
@given(reports(), BODIES | st.none(), st.booleans(), MOMENTS, st.sampled_from(["W2026-001", "W1, W2", "J-161, 2026"]))
def test_no_finding_is_lost_by_leaving_rules_out(facts, held, reused, sampled, number):
    facts = replace(
        facts,
        law=LAW.values,
        body=held,
        domestic=facts.domestic and held is not None,
        number=number,
        sampled=sampled,
        namesakes=(Namesake("cd" * 32, 1),) if reused else (),
    )

    assert [found.rule for found in run_rules(facts, LAW)] == found_by_every_rule(facts)


@pytest.mark.parametrize("code", RARE)
def test_what_is_seldom_found_is_not_lost(code):
    found = [one.rule for one in run_rules(RARE[code], LAW)]

    assert code in found
    assert found == found_by_every_rule(RARE[code])


@given(strategies.REPORT)
def test_no_finding_is_lost_in_any_report_that_the_format_takes(document):
    facts = read_statements(read_report(json.dumps(document, ensure_ascii=False).encode()), ARRIVAL)
    facts.body, facts.domestic, facts.law = body(), True, LAW.values

    assert [found.rule for found in run_rules(facts, LAW)] == found_by_every_rule(facts)


def test_a_report_with_all_papers_in_order_gives_no_rule_an_occasion():
    """Otherwise every report pays for rules that can find nothing in it."""
    assert occasions(report()) == {"always"}


@pytest.mark.parametrize("code", OCCASIONS)
def test_every_occasion_belongs_to_a_rule(code):
    assert code in RULES
