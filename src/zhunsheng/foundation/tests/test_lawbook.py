import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.foundation.lawbook import Lawbook, LawbookError, NotInForce, read_entries
from zhunsheng.foundation.lawbook_pages import find_law_files, render_page, rules_pages

PACKAGE = Path(__file__).resolve().parents[2]
REVIEW = """
entries:
  - id: licensing.review
    title: {zh: 技术评审期限, en: Time limit of technical review}
    basis: [{law: 检验检测机构资质认定管理办法（2015）, article: "12"}]
    effective_from: 2015-08-01
    effective_to: 2021-05-31
    verified: true
    version: 1
    values: {working_days: 45}
  - id: licensing.review
    title: {zh: 技术评审期限, en: Time limit of technical review}
    basis: [{law: 检验检测机构资质认定管理办法（2021）, article: "11"}]
    effective_from: 2021-06-01
    effective_to: null
    verified: false
    version: 2
    values: {working_days: 30}
    note: From memory | to be verified.
"""


def book_of(tmp_path, text):
    (tmp_path / "law.yaml").write_text(text, encoding="utf-8")
    return Lawbook.load(tmp_path)


@pytest.mark.parametrize(
    ("day", "days"), [(date(2015, 8, 1), 45), (date(2021, 5, 31), 45), (date(2021, 6, 1), 30), (date(2030, 1, 1), 30)]
)
def test_the_entry_that_held_on_the_day_is_found(tmp_path, day, days):
    assert book_of(tmp_path, REVIEW).on("licensing.review", day).values["working_days"] == days


def test_before_the_first_entry_nothing_was_in_force(tmp_path):
    with pytest.raises(NotInForce, match="2015-07-31"):
        book_of(tmp_path, REVIEW).on("licensing.review", date(2015, 7, 31))


def test_an_unknown_id_is_a_mistake_of_the_programme(tmp_path):
    with pytest.raises(KeyError):
        book_of(tmp_path, REVIEW).on("licensing.reviews", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("effective_to: 2021-05-31", "effective_to: 2021-05-30", "no entry between"),
        ("effective_to: 2021-05-31", "effective_to: 2021-06-01", "overlap"),
        ("effective_to: 2021-05-31", "effective_to: null", "overlap"),
        ("version: 2", "version: 1", "follows"),
        ("effective_from: 2021-06-01", "effective_from: soon", "dates in order"),
        ("effective_to: 2021-05-31", "effective_to: 2015-07-31", "dates in order"),
        ("verified: false", "verified: maybe", "true or false"),
        (
            "en: Time limit of technical review}\n    basis: [{law: 检验检测机构资质认定管理办法（2021）",
            "fr: Délai}\n    basis: [{law: X",
            "zh and en",
        ),
        ("    verified: true\n", "", "missing"),
        ("    verified: true\n", "    verified: true\n    verified: false\n", "stands twice"),
        ("    verified: true\n", "    verified: true\n    checked: yes\n", "unknown"),
        ('basis: [{law: 检验检测机构资质认定管理办法（2021）, article: "11"}]', "basis: []", "basis"),
        ("  - id: licensing.review\n", "  - name: licensing.review\n", "no id"),
        ("entries:", "rules:", "list named entries"),
    ],
)
def test_files_that_cannot_be_trusted_are_refused_with_the_reason(tmp_path, old, new, why):
    assert old in REVIEW
    with pytest.raises(LawbookError, match=why) as caught:
        book_of(tmp_path, REVIEW.replace(old, new, 1))

    assert str(caught.value).startswith(("law.yaml", "licensing.review"))


def test_a_version_changes_with_every_word_of_its_entry(tmp_path):
    book = book_of(tmp_path, REVIEW)
    first, second = book
    changed = next(iter(book_of(tmp_path, REVIEW.replace("working_days: 45", "working_days: 46"))))

    assert book.version_of(first).startswith("1.")
    assert book.version_of(second).startswith("2.")
    assert book.version_of(changed) != book.version_of(first)
    assert book.version_of(next(iter(book_of(tmp_path, REVIEW)))) == book.version_of(first)


def test_a_version_that_is_given_its_last_day_keeps_its_name(tmp_path):
    book = book_of(tmp_path, REVIEW)
    current = book.on("licensing.review", date(2026, 1, 1))

    ended = book_of(tmp_path, REVIEW.replace("effective_to: null", "effective_to: 2026-12-31"))

    assert ended.version_of(ended.on("licensing.review", date(2026, 1, 1))) == book.version_of(current)


def test_values_cannot_be_changed_by_a_reader(tmp_path):
    entry = book_of(tmp_path, REVIEW).on("licensing.review", date(2026, 1, 1))

    with pytest.raises(TypeError):
        entry.values["working_days"] = 1


def test_the_page_shows_what_held_when_on_what_basis_and_that_it_is_unverified(tmp_path):
    book_of(tmp_path, REVIEW)
    page = render_page("admission.licensing", [tmp_path / "law.yaml"])

    assert "**技术评审期限** · Time limit of technical review" in page
    assert "2015-08-01 – 2021-05-31" in page
    assert "2021-06-01 – 至今" in page
    assert page.count("⚠ 未核实") == 1
    assert "检验检测机构资质认定管理办法（2021） 11" in page
    assert "| `working\\_days` | 30 |" in page or "| `working_days` | 30 |" in page
    assert r"From memory \| to be verified." in page


def test_every_law_file_of_the_product_loads_and_has_a_page():
    rooms = find_law_files(PACKAGE)
    pages = rules_pages(PACKAGE)

    assert "foundation" in rooms
    assert set(pages) == {"README.md", *(f"{room}.md" for room in rooms)}
    for room, paths in rooms.items():
        for entry in (entry for path in paths for entry in read_entries(path)):
            assert f"### {entry.id}" in pages[f"{room}.md"]
        assert f"[{room}]({room}.md)" in pages["README.md"]


def test_no_chinese_sentence_of_the_law_has_a_space_where_its_line_was_folded():
    han = "[\u3001-\u303f\u4e00-\u9fff\uff01-\uff60]"
    files = [file for group in find_law_files(PACKAGE).values() for file in group]
    folded = [(one.id, found) for file in files for one in read_entries(file) for found in _spaced(one.values, han)]
    assert len(files) > 10
    assert folded == []


def _spaced(value, han):
    if isinstance(value, str):
        return re.findall(f"{han} {han}", value)
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return [found for part in parts for found in _spaced(part, han)]
