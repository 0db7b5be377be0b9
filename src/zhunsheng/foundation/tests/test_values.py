import csv
import gzip
import re
import unicodedata
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.quantities import read_packed, read_value
from zhunsheng.foundation.quantities.values import MOST_CHARACTERS

DECIMALS = st.from_regex(r"\A-?[0-9]{1,12}(\.[0-9]{1,12})?\Z")
ENDLESS = "9" * (MOST_CHARACTERS + 1)


@pytest.fixture(scope="module")
def published(shared):
    with gzip.open(shared / "data" / "ee_water" / "result_lines.csv.gz", "rt", encoding="utf-8") as file:
        return [row["value_raw"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.02", "0.02"),
        ("0,02", "0.02"),
        ("１２．５０", "12.50"),
        ("０，０５", "0.05"),
        ("-0.3", "-0.3"),
        ("−0,3", "-0.3"),
        ("–2.3", "-2.3"),
        ("− 3", "-3"),
        ("+5", "5"),
        (" 7.1 ", "7.1"),
        ("7.1\u00a0", "7.1"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234,56", "1234.56"),
        ("1 234 567,8", "1234567.8"),
        ("12,3456", "12.3456"),
        ("0,123", "0.123"),
        ("1.2×10^3", "1.2E3"),
        ("1.2×10³", "1.2E3"),
        ("3.0x10-2", "3.0E-2"),
        ("1.2 × 10⁻³", "1.2E-3"),
        ("3e4", "3E4"),
        ("1.5E+05", "1.5E5"),
    ],
)
def test_numbers_as_laboratories_write_them(text, number):
    found = read_value(text)

    assert found.kind == "number"
    assert found.number == Decimal(number)
    assert not found.ambiguous


@pytest.mark.parametrize(
    ("text", "kind", "number", "inclusive"),
    [
        ("<0.01", "less_than", "0.01", False),
        ("< 0.01", "less_than", "0.01", False),
        ("<0,01", "less_than", "0.01", False),
        ("＜０．０１", "less_than", "0.01", False),
        ("﹤5", "less_than", "5", False),
        ("&lt;3", "less_than", "3", False),
        ("小于0.5", "less_than", "0.5", False),
        ("低于 0.5", "less_than", "0.5", False),
        ("≤0.5", "less_than", "0.5", True),
        ("<=0.5", "less_than", "0.5", True),
        ("不大于0.5", "less_than", "0.5", True),
        (">300", "greater_than", "300", False),
        ("＞2.4×10³", "greater_than", "2.4E3", False),
        ("≥1600", "greater_than", "1600", True),
        ("大于等于 5", "greater_than", "5", True),
    ],
)
def test_censored_results_keep_their_bound(text, kind, number, inclusive):
    found = read_value(text)

    assert (found.kind, found.number, found.inclusive) == (kind, Decimal(number), inclusive)


@pytest.mark.parametrize(
    "text",
    [
        "ND",
        "nd",
        "N.D.",
        "ＮＤ",
        "未检出",
        "未 检 出",
        "not detected",
        "ei esine",
        "<LOQ",
        "< LOD",
        "低于检出限",
        "阴性",
    ],
)
def test_words_for_not_detected(text):
    assert read_value(text).kind == "not_detected"


@pytest.mark.parametrize("text", ["未检出(<0.01)", "未检出（0.01）", "未检出，<0.01", "未检出 ( < 0,01 )"])
def test_a_stated_detection_limit_is_kept(text):
    found = read_value(text)

    assert (found.kind, found.number) == ("not_detected", Decimal("0.01"))


@pytest.mark.parametrize("text", ["esineb", "leitud", "检出", "阳性", "Detected", "+"])
def test_words_for_detected(text):
    assert read_value(text).kind == "detected"


@pytest.mark.parametrize("text", ["", " ", "-", "—", "――", "/", "\u3000", "N/A", "未检"])
def test_nothing_was_published(text):
    assert read_value(text).kind == "empty"


@pytest.mark.parametrize(
    "text",
    [
        *("palju", "väga vähe", "无异臭、异味", "无", "不得检出", "NaN", "Infinity", "<", "<>", "0x10", ENDLESS),
        *("0.05±0.01", "1-2", "1,2,3", "--5", "1,23,456", "①", "½", "2²", "٣", "1e400"),
    ],
)
def test_what_is_no_single_value_stays_a_word(text):
    found = read_value(text)

    assert (found.kind, found.number, found.digits) == ("word", None, "")


def test_a_single_comma_before_three_digits_is_marked_unless_the_publisher_is_known():
    assert read_value("11,675").number == Decimal(11675)
    assert read_value("11,675").ambiguous
    assert read_value("11,675", comma="thousands").number == Decimal(11675)
    assert read_value("11,675", comma="decimal").number == Decimal("11.675")
    assert not read_value("11,675", comma="decimal").ambiguous


@given(DECIMALS)
def test_a_plain_decimal_keeps_every_digit(text):
    found = read_value(text)

    assert found.digits == text
    assert str(found.number) == str(Decimal(text))


@given(DECIMALS, st.sampled_from(["", "<", "＜ ", "≤", ">", "未检出(<"]))
def test_full_width_commas_and_signs_lose_no_digit(text, sign):
    wide = "".join(chr(ord(c) + 0xFEE0) if c != "-" else "−" for c in text.replace(".", ","))
    found = read_value(sign + wide, comma="decimal")

    assert found.number == Decimal(text)
    assert found.digits == text


@given(st.text(max_size=60))
def test_any_text_is_read_and_no_digit_is_invented_or_lost(text):
    found = read_value(text)

    assert (found.number is None) is (found.digits == "")
    if found.kind in {"number", "less_than", "greater_than"}:
        assert Decimal(found.digits) == found.number
        shown = re.sub("[^0-9]", "", unicodedata.normalize("NFKC", text))
        significant = re.sub("[^0-9]", "", found.digits.split("E")[0])
        assert significant in shown


@given(st.integers(1, 999), st.lists(st.integers(0, 999), min_size=2, max_size=4))
def test_thousands_commas_group_by_three(first, rest):
    text = ",".join([str(first), *(f"{n:03}" for n in rest)])

    assert read_value(text).number == int(text.replace(",", ""))


def test_every_published_water_result_is_understood(published):
    kinds = Counter(read_value(text).kind for text in published)
    words = {text for text in published if read_value(text).kind == "word"}

    assert len(published) == 25_561
    assert words == {"palju", "vähe", "väga vähe"}  # much, little, very little
    assert kinds["detected"] == sum(text in {"esineb", "leitud"} for text in published)
    assert kinds["less_than"] == sum(text.startswith(("<", "&lt;")) for text in published)
    assert kinds["empty"] == sum(text in {"", "-"} for text in published)


def test_every_published_decimal_comma_is_a_decimal_point(published):
    with_comma = [text for text in published if "," in text]

    assert len(with_comma) > 600
    for text in with_comma:
        found = read_value(text)
        assert found.digits == text.replace(",", ".")
        assert not found.ambiguous


def test_published_negatives_stay_negative(published):
    negative = [text for text in published if re.fullmatch(r"-[0-9].*", text)]

    assert negative
    assert all(read_value(text).number == Decimal(text.replace(",", ".")) for text in negative)
    assert any((read_value(text).number or 0) < 0 for text in negative)


@pytest.mark.parametrize(
    ("text", "kind", "number", "unit"),
    [
        ("11,675 μg/kg", "number", "11675", "μg/kg"),
        ("0.64 mg/kg", "number", "0.64", "mg/kg"),
        ("10.4 pg / g wet weight", "number", "10.4", "pg / g wet weight"),
        ("<0.35g/kg", "less_than", "0.35", "g/kg"),
        ("1.2×10³CFU/g", "number", "1.2E3", "CFU/g"),
        ("0.22ppm", "number", "0.22", "ppm"),
        ("12.5", "number", "12.5", ""),
    ],
)
def test_value_and_unit_packed_into_one_text_come_apart(text, kind, number, unit):
    measured, found_unit = read_packed(text)

    assert (measured.kind, measured.number, found_unit) == (kind, Decimal(number), unit)


@pytest.mark.parametrize("text", ["未检出", "铅", "", "see page 3", ENDLESS])
def test_a_packed_text_without_a_number_has_no_unit(text):
    assert read_packed(text) == (read_value(text), "")
