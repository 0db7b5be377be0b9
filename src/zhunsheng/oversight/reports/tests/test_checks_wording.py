"""Findings in words: filled from law and facts, in three languages."""

from datetime import date
from pathlib import Path
from string import Formatter
from types import MappingProxyType

import pytest

from zhunsheng.oversight.reports.checks import FoundBy
from zhunsheng.oversight.reports.checks.law import book, fact_names, law_on
from zhunsheng.oversight.reports.rules_page import PAGE, render_rules_page
from zhunsheng.oversight.reports.wording import article_in_english, explain, lines_in_words, rule_title

LAW = law_on(date(2026, 3, 12))


def finding(code, **facts):
    return FoundBy(code, LAW.version[code], LAW.severity[code], None, "", facts)


EARLY = finding("DATE-ISSUED-EARLY", issued="2026-03-10", step="finished", step_at="2026-03-11")


def test_a_finding_explains_itself_in_chinese():
    said = explain(EARLY, "zh-hans")

    assert said.title == "签发日期早于检测工作"
    assert said.message == "签发日期 2026-03-10 早于检测结束时间 2026-03-11。"
    assert said.basis[0] == "《检验检测机构监督管理办法》（市场监管总局令第39号）第十一条"
    assert (said.severity, said.severity_name, said.verified) == ("serious", "重要", False)
    assert said.version == LAW.version["DATE-ISSUED-EARLY"]
    assert said.inputs == {"签发日期": "2026-03-10", "环节": "检测结束", "环节时间": "2026-03-11"}


def test_a_finding_explains_itself_in_english():
    said = explain(EARLY, "en")

    assert said.message == "The report is dated 2026-03-10, before the time of the end of testing, 2026-03-11."
    assert said.basis[0] == "SAMR Order 39 (supervision of testing bodies), Art. 11"


def test_a_finding_explains_itself_in_traditional_characters():
    said = explain(EARLY, "zh-hant")

    assert said.message == "簽發日期 2026-03-10 早於檢測結束時間 2026-03-11。"
    assert said.inputs == {"簽發日期": "2026-03-10", "環節": "检测结束", "環節時間": "2026-03-11"}


def test_every_fact_that_a_message_names_has_a_name_for_people():
    facts = {
        place[1]
        for entry in book()
        for text in (*entry.values["message"].values(), *entry.values["remedy"].values())
        for place in Formatter().parse(text)
        if place[1]
    }

    assert len(facts) > 40
    assert facts - fact_names().keys() == set()
    assert all(set(name) == {"zh", "en"} for name in fact_names().values())


def test_a_chinese_name_stands_without_spaces_and_a_latin_one_keeps_them():
    code = next(entry.id for entry in book() if " {body} 的" in entry.values["message"]["zh"])
    for name, shown in (("广州检测（演示）", "广州检测（演示）的"), ("Terviseamet TA", " Terviseamet TA 的")):
        assert shown in explain(finding(code, body=name), "zh-hans").message


def test_what_was_not_stored_is_a_dash():
    assert "—" in explain(finding("SCOPE-METHOD", parameter="铅"), "zh-hans").message


def test_braces_in_facts_stay_as_they_are():
    assert "{x}" in explain(finding("NUMBER-PACKED", number="{x}", parts=["{0}", "{y.z}"]), "en").message


def test_coded_words_are_spelled_out_and_unknown_ones_shown():
    said = explain(finding("FIELD-MISSING", fields=["site", "dates.issued", "x"], unverified=["site"]), "zh-hans")

    assert "检测地点、签发日期、x" in said.message


@pytest.mark.parametrize(
    ("lines", "zh", "en"),
    [
        ([1], "第 1 行", "line 1"),
        ([1, 2, 3, 7], "第 1–3、7 行", "lines 1–3, 7"),
        ([9, 2, 2], "第 2、9 行", "lines 2, 9"),
    ],
)
def test_runs_of_lines_are_drawn_together(lines, zh, en):
    assert lines_in_words(lines, "zh") == zh
    assert lines_in_words(lines, "en") == en


def test_long_lists_are_cut_and_counted():
    said = explain(
        finding("CAT-PARAMETER", parameters=[f"P{n}" for n in range(30)], lines=list(range(1, 31))), "zh-hans"
    )

    assert "等 30 项" in said.message
    assert "P29" not in said.message


@pytest.mark.parametrize(
    ("zh", "en"),
    [("第十三条", "Art. 13"), ("第三十一条", "Art. 31"), ("第八条", "Art. 8"), ("第二十条", "Art. 20"), ("", "")],
)
def test_articles_in_english(zh, en):
    assert article_in_english(zh) == en


class Stored:
    """As the model gives it, of a version that the law file no longer has."""

    rule, law_version, severity = "NUMBER-REUSED", "7.abcdef01", 2
    facts = MappingProxyType({"number": "1", "version": 1, "others": ["aa"]})


def test_a_finding_of_a_version_that_is_no_longer_kept_still_has_words():
    assert explain(Stored(), "en").title == "One number, different contents"


def test_every_rule_can_be_explained_without_facts_in_every_language():
    for entry in book():
        empty = FoundBy(entry.id, book().version_of(entry), 0, None, "", {})
        for language in ("zh-hans", "zh-hant", "en"):
            said = explain(empty, language)
            assert said.title
            assert said.message
            assert said.remedy
            assert "{" not in said.message


def test_titles_for_lists():
    assert rule_title("DATE-ORDER", "en") == "Dates out of order"
    assert rule_title("DATE-ORDER", "zh-hant") == "日期先後順序不一致"
    with pytest.raises(KeyError):
        rule_title("NO-SUCH-RULE", "en")


def test_the_page_of_rules_lists_every_rule_in_both_languages():
    page = render_rules_page()

    for entry in book():
        assert f"`{entry.id}`" in page
        assert entry.title["zh"] in page
        assert entry.title["en"] in page


def test_the_page_in_docs_is_the_law_file_of_today():
    """`make docs` writes it; a law file that changed without it is found here."""
    page = Path(__file__).parents[5] / "docs" / PAGE

    assert page.read_text(encoding="utf-8") == render_rules_page()
