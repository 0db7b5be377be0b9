"""Foreign words are explained beside the original, and the original stays."""

import csv
import gzip
from collections import Counter

import pytest
from django.utils import translation

from zhunsheng.oversight.reports.sources.glosses import gloss
from zhunsheng.oversight.reports.templatetags.report_words import glossed


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("ei vasta nõuetele", "不符合要求", "does not meet the requirements"),
        ("Basseinivesi", "泳池水", "pool water"),
        ("Plii", "铅", "lead"),
        ("esineb", "检出", "present"),
    ],
)
def test_published_words_are_explained_in_both_languages(text, zh, en):
    assert gloss(text, "zh-hans") == zh
    assert gloss(text, "en") == en


def test_words_that_need_no_explanation_get_none():
    assert gloss("Escherichia coli", "en") is None
    assert gloss("铅（以Pb计）", "zh-hans") is None
    assert gloss("pH", "en") is None


def test_the_filter_follows_the_readers_language():
    with translation.override("en"):
        assert glossed("Raud") == "iron"
    with translation.override("zh-hans"):
        assert glossed("Raud") == "铁"
    with translation.override("zh-hant"):
        assert glossed("Raud") == "鐵"
    assert glossed(None) == ""


def test_nearly_all_published_lines_are_explained_in_chinese(shared):
    with gzip.open(shared / "data" / "ee_water" / "result_lines.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    for column, least in (
        ("protocol_verdict", 1),
        ("param_verdict", 1),
        ("matrix", 1),
        ("purpose", 0.99),
        ("param", 0.9),
    ):
        words = Counter(row[column] for row in rows)
        explained = sum(count for word, count in words.items() if gloss(word, "zh-hans") or word == "pH")
        assert explained / len(rows) >= least, column
