"""Signatory rules: order 39, articles 7 and 11; review criteria 2023, article 9 (law.md 1.6, 3)."""

from dataclasses import replace
from datetime import date

import pytest

from zhunsheng.oversight.reports.rules import signatory as rules
from zhunsheng.oversight.reports.tests.plain_facts import SIGNER, body, codes, line, report
from zhunsheng.registry.bodies.facts import SigningFacts
from zhunsheng.registry.bodies.rules.scope import Reason, ScopeAnswer

KNOWN = frozenset({"水", "食品", "生态环境", "生活饮用水", "大米"})
ALL = (
    rules.signatory_is_named,
    rules.signatory_is_stated,
    rules.signatory_is_known,
    rules.signatory_is_in_office,
    rules.signatory_signs_in_field,
    rules.signing_field_is_readable,
)


def found(facts):
    return [one for rule in ALL for one in rule(facts)]


def signed_by(*fields, **changes):
    """Return a report whose signatory holds these fields since 2024."""
    signer = replace(SIGNER, signings=tuple(SigningFacts(text, date(2024, 1, 1), None) for text in fields))
    return report(body=body(persons={"S01": signer}), known_fields=KNOWN, **changes)


def test_a_signatory_in_office_and_in_field_is_left_alone():
    assert found(report(known_fields=KNOWN)) == []


def test_a_licensed_report_without_signatory_is_found():
    assert codes(found(report(signatory_code="", signatory_name=""))) == ["SIGN-MISSING"]


def test_a_publication_without_signatory_is_only_not_stated():
    facts = report(signatory_code="", signatory_name="", published=True)

    assert codes(found(facts)) == ["SIGN-NOT-STATED"]


def test_a_register_without_signatories_is_only_not_stated():
    assert codes(found(report(body=body(persons={})))) == ["SIGN-NOT-STATED"]


def test_somebody_who_is_not_on_the_list_is_found():
    assert codes(found(report(signatory_code="S99", signatory_name="无名"))) == ["SIGN-UNKNOWN"]


def test_somebody_on_the_staff_without_authority_to_sign_is_found():
    analyst = replace(SIGNER, code="A07", name="李敏仪", signings=())
    facts = report(body=body(persons={"S01": SIGNER, "A07": analyst}), signatory_code="A07", signatory_name="")

    assert codes(found(facts)) == ["SIGN-UNKNOWN"]


def test_a_signatory_may_be_named_by_name_alone():
    assert found(report(signatory_code="", signatory_name="陈 志明", known_fields=KNOWN)) == []


@pytest.mark.parametrize(
    ("last_day", "expected"), [(date(2026, 3, 12), []), (date(2026, 3, 11), ["SIGN-NOT-IN-OFFICE"])]
)
def test_the_last_day_in_office_still_counts(last_day, expected):
    signer = replace(SIGNER, signings=(SigningFacts("水", date(2024, 1, 1), last_day),))

    assert codes(found(report(body=body(persons={"S01": signer}), known_fields=KNOWN))) == expected


def test_somebody_who_has_left_is_not_in_office():
    gone = replace(SIGNER, valid_to=date(2026, 1, 31))

    assert codes(found(report(body=body(persons={"S01": gone}), known_fields=KNOWN))) == ["SIGN-NOT-IN-OFFICE"]


def test_another_field_is_found():
    facts = signed_by("食品")

    assert codes(found(facts)) == ["SIGN-FIELD"]
    assert found(facts)[0].facts["lines"] == [1]


@pytest.mark.parametrize(
    "field",
    ["水", "水质检测", "食品、水", "全部项目", "资质认定范围内所有项目", "生活饮用水检测", "Water and food: all tests"],
)
def test_fields_that_name_domain_or_object_or_everything_cover(field):
    facts = signed_by(field)
    if field.startswith("Water"):
        facts = signed_by(field, object_names=("drinking water", "water"))
        facts.lines[0].scope = ScopeAnswer(Reason.IN_SCOPE, 7, "Water", "")

    assert found(facts) == []


def test_a_field_in_words_that_nobody_knows_is_for_a_person_to_read():
    assert codes(found(signed_by("理化"))) == ["SIGN-FIELD-READ"]


def test_one_known_and_one_unknown_word_never_accuse():
    assert codes(found(signed_by("食品、理化"))) == ["SIGN-FIELD-READ"]


def test_a_line_outside_the_scope_is_not_held_against_the_signatory_too():
    facts = signed_by("食品")
    facts.lines = [line(1, scope=ScopeAnswer(Reason.PARAMETER_NOT_HELD))]

    assert found(facts) == []
