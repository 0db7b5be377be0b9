import csv
import gzip
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation import identifiers as ids
from zhunsheng.foundation.identifiers.accreditations import cma_codes
from zhunsheng.foundation.identifiers.text import IdentifierError
from zhunsheng.foundation.identifiers.uscc import ALPHABET

# Codes that their owners publish (annual reports, websites).
PUBLISHED_USCC = [
    "91440300708461136T",
    "914403001922038216",
    "91330100799655058B",
    "12100000400002259P",
    "91110000802100433B",
]
DIGITS = st.text("0123456789", min_size=2, max_size=2)


@pytest.mark.parametrize("code", PUBLISHED_USCC)
def test_published_social_credit_codes_are_accepted(code):
    found = ids.parse_uscc(code)

    assert found.code == code
    assert found.department + found.type + found.region + found.organisation + code[-1] == code


def test_a_generated_code_equals_a_published_one_of_the_same_parts():
    assert ids.make_uscc("440300", "70846113").code == "91440300708461136T"
    assert ids.make_uscc("100000", "40000225", department="1", kind="2").code == "12100000400002259P"


def test_a_code_is_read_with_spaces_lower_case_and_full_width():
    assert ids.parse_uscc(" ９１４４ 0300 7084-6113 6t ").code == "91440300708461136T"


@given(st.sampled_from(PUBLISHED_USCC), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_caught(code, place, character):
    typed = code[:place] + character + code[place + 1 :]

    assert ids.is_uscc(typed) is (typed == code)


@pytest.mark.parametrize("text", ["", "9144030070846113", "91440300708461136I", "９" * 18, "91440300708461136T1"])
def test_texts_that_are_no_code_name_field_rule_and_remedy(text):
    with pytest.raises(IdentifierError) as caught:
        ids.parse_uscc(text)

    assert caught.value.field == "uscc"
    assert caught.value.rule
    assert caught.value.remedy


@given(st.text("0123456789", min_size=6, max_size=6), st.integers(0, 99_999_999))
def test_made_codes_are_read_back(region, serial):
    made = ids.make_uscc(region, serial)

    assert ids.parse_uscc(str(made)) == made
    assert made.region == region


@pytest.mark.parametrize(("region", "serial"), [("44030", "1"), ("440300", "123456789"), ("440300", "ILLEGAL0")])
def test_a_code_cannot_be_made_of_wrong_parts(region, serial):
    with pytest.raises(IdentifierError):
        ids.make_uscc(region, serial)


@pytest.mark.parametrize("cas", ["7439-92-1", "7732-18-5", "50-00-0", "7440-38-2", "58-08-2", "7440-43-9"])
def test_cas_numbers_of_known_substances_are_accepted(cas):  # lead, water, formaldehyde, arsenic, caffeine, cadmium
    assert ids.parse_cas(cas).code == cas
    assert ids.parse_cas(f"CAS No. {cas.replace('-', '－')}").code == cas


@pytest.mark.parametrize("cas", ["7439-92-2", "7439-29-1", "7439921", "1-00-0", "", "74392-9-1"])
def test_wrong_cas_numbers_are_refused(cas):
    with pytest.raises(IdentifierError):
        ids.parse_cas(cas)


def test_the_sample_certificate_number_is_taken_apart():
    number = ids.parse_cma("CMA 2300 2034 9767")

    assert (number.year, number.issuer, number.field, number.sector, number.serial) == (2023, "00", "20", "34", "9767")
    assert number.national
    assert number.issuer_name["zh"] == "国家市场监督管理总局"
    assert number.field_name["en"] == "comprehensive"


def test_guangdong_issues_with_19_and_water_is_field_13():
    number = ids.parse_cma("221913110001")

    assert (number.issuer_name["zh"], number.field_name["en"], number.national) == ("广东", "water", False)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("223213110001", "32.*issuer"),
        ("221922110001", "22.*field"),
        ("221913350001", "35.*sector"),
        ("221913110000", "0001"),
        ("22191311000", "12 digits"),
        ("", "12 digits"),
    ],
)
def test_certificate_numbers_with_unknown_codes_say_which(text, rule):
    with pytest.raises(IdentifierError, match=rule):
        ids.parse_cma(text)


def test_the_code_lists_are_data_with_the_counts_of_the_numbering_rule():
    values = cma_codes(date(2026, 1, 1)).values

    assert (len(values["issuers"]), len(values["fields"]), len(values["sectors"])) == (32, 22, 35)


@pytest.mark.parametrize("table", ["issuers", "fields", "sectors"])
def test_every_code_of_the_numbering_has_its_name_in_both_languages(table):
    names = cma_codes(date(2026, 1, 1)).values[table]

    assert [code for code, words in names.items() if not (words.get("zh") and words.get("en"))] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("CNAS L1234", "CNAS L1234"), ("cnas-il0", None), ("L12345", "CNAS L12345"), ("CNASIB0042", "CNAS IB0042")],
)
def test_cnas_numbers(text, code):
    if code is None:
        with pytest.raises(IdentifierError):
            ids.parse_cnas(text)
    else:
        assert ids.parse_cnas(text).code == code


def test_certificate_and_mark_numbers_have_their_parts():
    ccc, organic = ids.parse_ccc("2023 0107 0112 3456"), ids.parse_organic("15823123456789012")

    assert (ccc.year, ccc.body, ccc.product, ccc.serial) == (2023, "01", "0701", "123456")
    assert (organic.body, organic.year, organic.foreign) == ("158", 2023, False)
    with pytest.raises(IdentifierError):
        ids.parse_ccc("202301070112345")
    with pytest.raises(IdentifierError):
        ids.parse_organic("1582312345678901X")


@pytest.mark.parametrize(
    ("text", "code", "base"),
    [
        ("GB 5749-2022", "GB 5749-2022", "GB 5749"),
        ("GB5749-2022", "GB 5749-2022", "GB 5749"),
        ("ＧＢ／Ｔ　5750.4－2023", "GB/T 5750.4-2023", "GB/T 5750.4"),
        ("GB/T 5750.4—2023 4.1", "GB/T 5750.4-2023", "GB/T 5750.4"),
        ("gb/t 5750.12-2023(6.1)", "GB/T 5750.12-2023", "GB/T 5750.12"),
        ("GB 5009.12-2017第一法", "GB 5009.12-2017", "GB 5009.12"),
        ("《GB 2762-2022》食品中污染物限量", "GB 2762-2022", "GB 2762"),
        ("GB? 4806.7-2023", "GB 4806.7-2023", "GB 4806.7"),
        ("GB 5749-85", "GB 5749-1985", "GB 5749"),
        ("HJ 828-2017", "HJ 828-2017", "HJ 828"),
        ("NY/T 1430-2007", "NY/T 1430-2007", "NY/T 1430"),
        ("JJG 1-1999", "JJG 1-1999", "JJG 1"),
        ("GBZ 2.1-2019", "GBZ 2.1-2019", "GBZ 2.1"),
        ("GB/Z 21922-2008", "GB/Z 21922-2008", "GB/Z 21922"),
        ("DB44/T 1234-2020", "DB44/T 1234-2020", "DB44/T 1234"),
        ("DB4401/T 10-2018", "DB4401/T 10-2018", "DB4401/T 10"),
        ("T/CAS 123-2020", "T/CAS 123-2020", "T/CAS 123"),
        ("Q/ABC 12-2019", "Q/ABC 12-2019", "Q/ABC 12"),
        ("ISO 7027-1:2016", "ISO 7027-1:2016", "ISO 7027-1"),
        ("ISO/IEC 17025:2017", "ISO/IEC 17025:2017", "ISO/IEC 17025"),
        ("EVS-EN ISO 7393-2:2018", "EVS-EN ISO 7393-2:2018", "EVS-EN ISO 7393-2"),
        ("GB 5749", "GB 5749", "GB 5749"),
        ("GB 5749 生活饮用水卫生标准", "GB 5749", "GB 5749"),
    ],
)
def test_standard_numbers_as_laboratories_write_them(text, code, base):
    found = ids.parse_standard(text)

    assert (found.code, found.base_code) == (code, base)
    assert ids.parse_standard(found.code) == found


@pytest.mark.parametrize(
    "text", ["", "生活饮用水卫生标准", "5749-2022", "GB", "GB 5749-20223", "GB 5749-2", "内部方法"]
)
def test_texts_without_a_standard_number_are_refused(text):
    with pytest.raises(IdentifierError) as caught:
        ids.parse_standard(text)

    assert caught.value.field == "standard"


def test_a_local_standard_names_its_division():
    assert ids.parse_standard("DB44/T 1234-2020").local_division == "44"
    assert ids.parse_standard("GB 5749-2022").local_division is None


@given(
    st.sampled_from(["GB", "GB/T", "HJ", "NY/T", "DB44/T", "T/CAS", "ISO", "JJG"]),
    st.integers(1, 99999),
    st.integers(1900, 2099),
)
def test_standard_numbers_round_trip(prefix, base, year):
    number = ids.StandardNumber(prefix, str(base), year)

    assert ids.parse_standard(number.code) == number


@pytest.mark.parametrize(
    "names",
    [("铅（Pb）", "铅 (Pb)", "铅PB", "铅[pb]"), ("大肠埃希氏菌", "大肠埃希氏菌 "), ("Ｅ．coli", "E. coli", "e.coli")],
)
def test_spellings_of_one_name_compare_equal(names):
    assert len({ids.normalise_name(name).replace(".", "") for name in names}) == 1


def test_different_parameters_stay_different():
    assert ids.normalise_name("1,2-二氯乙烷") != ids.normalise_name("1,1-二氯乙烷")
    assert ids.normalise_name("pH值") != ids.normalise_name("p值")
    assert ids.normalise_name("总α放射性") != ids.normalise_name("总β放射性")


def test_no_two_parameters_of_the_water_register_become_one_by_accident(shared):
    with gzip.open(shared / "data" / "ee_water" / "result_lines.csv.gz", "rt", encoding="utf-8") as file:
        names = {row["param"] for row in csv.DictReader(file)}
    groups: dict[str, set[str]] = {}
    for name in names:
        groups.setdefault(ids.normalise_name(name), set()).add(name.casefold())

    merged = [group for group in groups.values() if len({letters(name) for name in group}) > 1]

    assert len(names) > 300
    assert merged == []


def letters(name):
    kept = str.maketrans("", "", string.punctuation + string.whitespace + "\u2013\u2212\xa0")
    return name.translate(kept)


@given(st.text(max_size=40))
def test_normalising_a_name_twice_changes_nothing(name):
    once = ids.normalise_name(name)

    assert ids.normalise_name(once) == once
