import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
GLOSSARY = ROOT / "docs" / "glossary.md"
ROW = re.compile(
    r"^\| (?P<term>[^|]+) \| (?P<chinese>[^|]+) \| `(?P<code>[^`]+)` \| (?P<meaning>[^|]+) \|$", re.MULTILINE
)


@pytest.fixture(scope="module")
def rows():
    if not GLOSSARY.is_file():
        pytest.skip("the documentation isn't beside the package")
    return [found.groupdict() for found in ROW.finditer(GLOSSARY.read_text(encoding="utf-8"))]


def test_every_name_of_the_glossary_stands_in_the_code(rows):
    source = (ROOT / "src" / "zhunsheng").rglob("*.py")
    texts = [path.read_text(encoding="utf-8") for path in source if "tests" not in path.parts]
    words = {word for text in texts for word in re.findall(r"\w+", text)}

    assert len(rows) > 60
    assert [row["code"] for row in rows if not words.issuperset(re.findall(r"\w+", row["code"]))] == []


def test_every_term_has_one_row_and_its_chinese(rows):
    terms = [term.strip() for row in rows for term in row["term"].split(",")]

    assert sorted(set(terms)) == sorted(terms)
    assert [row["term"] for row in rows if not re.search("[\u4e00-\u9fff]", row["chinese"])] == []
