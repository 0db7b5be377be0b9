"""Verdict words: the spellings of shared/data/README.md (national sheets) and of the water registers."""

import pytest

from zhunsheng.oversight.reports.rules.words import read_verdict


@pytest.mark.parametrize(
    "text",
    [
        "合格",
        "合  格",
        "符合",
        "合格（阴性）",
        "所检项目符合标准要求。",
        "PASS",
        "vastab nõuetele",
        "经检验，所检项目符合GB 2762要求",
    ],
)
def test_words_that_pass(text):
    assert read_verdict(text) == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "不合格",
        "不符合",
        "ei vasta nõuetele",
        "Fail",
        "经检验，铅项目不符合GB 2762要求，其余项目符合",
        "不合格（阳性）",
    ],
)
def test_words_that_fail(text):
    assert read_verdict(text) == "fail"


@pytest.mark.parametrize("text", ["不作判定", "/", "仅提供实测值", "本报告仅提供检测数据，不作判定"])
def test_words_that_leave_it_open(text):
    assert read_verdict(text) == "undecided"


@pytest.mark.parametrize("text", ["", "Kvaliteediklass II", "见附页", "Halvem kui kvaliteediklass III"])
def test_other_words_are_not_guessed_at(text):
    assert read_verdict(text) is None
