"""The law file of the arrival checks: valid, complete, dated."""

import inspect
from datetime import date, timedelta
from string import Formatter

import pytest

from zhunsheng.oversight.reports.checks import SEVERITIES
from zhunsheng.oversight.reports.checks.law import book, entry_of, law_names, law_on, words
from zhunsheng.oversight.reports.rules import RULES


def test_every_rule_has_law_and_every_entry_a_rule():
    assert set(book().ids()) == set(RULES)


def test_every_rule_is_a_function_of_its_own_with_its_clause():
    assert len(set(RULES.values())) == len(RULES)
    assert all(inspect.getdoc(rule) for rule in RULES.values())


def test_every_entry_speaks_both_languages_with_the_same_facts():
    for entry in book():
        assert entry.values["severity"] in SEVERITIES
        for part in ("message", "remedy"):
            said = {language: _placeholders(entry.values[part][language]) for language in ("zh", "en")}
            assert said["zh"] == said["en"], (entry.id, part)
            assert any("\u4e00" <= character <= "\u9fff" for character in entry.values[part]["zh"]), entry.id


def _placeholders(text):
    return sorted((name, spec) for _, name, spec, _ in Formatter().parse(text) if name)


def test_no_finding_speaks_of_intent():
    """practice.md: the screens say 风险提示, never 造假预警."""
    for entry in book():
        said = f"{entry.title} {entry.values['message']} {entry.values['remedy']}"
        assert not any(
            word in said.lower() for word in ("造假", "虚假", "伪造", "欺诈", "fraud", "fake", "forg", "falsif")
        )


def test_findings_on_scope_say_that_nothing_is_decided():
    """practice.md 4: 未在当日公布的能力附表中检索到，不代表已认定违法."""
    for code in ("SCOPE-PARAMETER", "SCOPE-METHOD", "SCOPE-OBJECT", "SUB-SCOPE"):
        message = law_on(date(2026, 3, 1)).values[code]["message"]["zh"]
        assert "未检索到" in message or "检索到" in message
        assert "不代表已认定违法" in message


def test_what_law_md_marks_as_memory_is_unverified():
    """law.md 3: "Report fields [M]"; suspension of whole certificates has no article (practice.md 5)."""
    assert not book().on("FIELD-MISSING", date(2026, 1, 1)).verified
    assert not book().on("CERT-SUSPENDED", date(2026, 1, 1)).verified
    assert book().on("CERT-EXPIRED", date(2026, 1, 1)).verified


@pytest.mark.parametrize(
    ("day", "article"), [(date(2021, 5, 31), ""), (date(2021, 6, 1), "第十三条"), (date(2026, 1, 1), "第十三条")]
)
def test_the_renumbering_of_june_2021_is_a_version_of_its_own(day, article):
    """law.md, trap 1: order 163 was renumbered by order 38 from 2021-06-01."""
    assert book().on("CERT-EXPIRED", day).basis[0].article == article


def test_the_criteria_of_2023_are_a_version_of_their_own():
    """law.md 2: Notice 2023 No. 21 in force 2023-12-01, in place of 2016 No. 33."""
    old, new = (book().on("FIELD-MISSING", day) for day in (date(2023, 11, 30), date(2023, 12, 1)))

    assert "2016" in old.basis[0].law
    assert "2023" in new.basis[0].law
    assert law_on(date(2023, 11, 30)).version["FIELD-MISSING"] != law_on(date(2023, 12, 1)).version["FIELD-MISSING"]


def test_a_rule_is_silent_before_its_law():
    """law.md 3: order 39 came into force on 2021-06-01."""
    first = date(2021, 6, 1)

    assert "SIGN-FIELD" in law_on(first).severity
    assert "SIGN-FIELD" not in law_on(first - timedelta(days=1)).severity


def test_rules_run_in_the_order_of_the_list():
    law = law_on(date(2026, 3, 1))

    assert list(law.severity) == [code for code in RULES if code in law.severity]
    assert law.rules == tuple(RULES[code] for code in law.severity)


def test_a_stored_version_finds_its_entry_again():
    for entry in book():
        assert entry_of(entry.id, book().version_of(entry)) == entry


def test_after_texts_were_mended_the_entry_of_the_same_number_answers():
    assert entry_of("CERT-EXPIRED", "1.00000000") == book().on("CERT-EXPIRED", date(2020, 1, 1))
    assert entry_of("CERT-EXPIRED", "99.00000000") is None


def test_every_law_has_an_english_name_and_every_word_both_languages():
    assert {basis.law for entry in book() for basis in entry.basis} == set(law_names())
    assert all(set(word) == {"zh", "en"} for word in words().values())
    paths = {row["path"] for entry in book() if entry.id == "FIELD-MISSING" for row in entry.values["fields"]}
    assert paths <= set(words())
