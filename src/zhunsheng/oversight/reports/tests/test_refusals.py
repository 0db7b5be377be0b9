"""Every refusal says in both languages what to do, and stands in the documentation."""

import re
from pathlib import Path

import pytest

from zhunsheng.oversight.reports.services.refusals import STATUS, WORDS, Refusal, as_problem

PLACES = dict.fromkeys(("body", "key", "on", "expected", "found", "limit"), "X")
DOCUMENT = Path(__file__).resolve().parents[5] / "docs" / "intake.md"


@pytest.mark.parametrize("code", WORDS)
def test_a_refusal_is_a_problem_in_both_languages(code):
    refusal = Refusal(code, "proof", **PLACES)
    english, chinese = as_problem(refusal, language="en"), as_problem(refusal, language="zh-hans")

    assert english["detail"].isascii()
    assert re.search("[一-鿿]", chinese["detail"])
    assert english["remedy"]
    assert chinese["remedy"]
    assert "{" not in english["detail"] + chinese["detail"]
    assert english["status"] == chinese["status"] == STATUS.get(code, 422)


def test_the_documentation_lists_every_refusal():
    listed = set(re.findall(r"`([a-z-]+)`", DOCUMENT.read_text(encoding="utf-8")))

    assert set(WORDS) <= listed
