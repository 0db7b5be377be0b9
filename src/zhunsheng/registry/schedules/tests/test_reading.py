"""What a printed row means: methods, parameters, editions, with the reasons that people are shown."""

import re
from datetime import date
from pathlib import Path

import pytest

from zhunsheng.registry.schedules import wording
from zhunsheng.registry.schedules.rules.editions import Edition, Editions
from zhunsheng.registry.schedules.rules.methods import methods_in
from zhunsheng.registry.schedules.rules.names import NAME, SYNONYM, Names
from zhunsheng.registry.schedules.rules.parameters import split_names
from zhunsheng.registry.schedules.tests.builders import cadmium, changed, line, places, tried, workbook

LEAD_IN_FOOD, CADMIUM_IN_FOOD = "食品安全国家标准 食品中铅的测定", "食品安全国家标准 食品中镉的测定"
ELEMENTS_IN_WATER = "水质 65种元素的测定 电感耦合等离子体质谱法"
LAST, FIRST = date(2024, 3, 5), date(2024, 3, 6)
GB2017 = Edition(
    1, "GB 5009.12-2017", "GB 5009.12", 2017, "replaced", date(2017, 10, 6), LAST, "GB 5009.12-2023", LEAD_IN_FOOD
)
GB2023 = Edition(2, "GB 5009.12-2023", "GB 5009.12", 2023, "in_force", FIRST, None, "", LEAD_IN_FOOD)
HJ700 = Edition(3, "HJ 700-2014", "HJ 700", 2014, "in_force", date(2014, 7, 1), None, "", ELEMENTS_IN_WATER)
GB15 = Edition(4, "GB 5009.15-2023", "GB 5009.15", 2023, "in_force", FIRST, None, "", CADMIUM_IN_FOOD)
EDITIONS = Editions.of([GB2017, GB2023, HJ700, GB15])


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("GB／T　５７５０．６—２０２３", ["GB/T 5750.6-2023"]),
        ("GBT 5750.6-2023", ["GB/T 5750.6-2023"]),
        ("GB/T 575O.6-2O23", ["GB/T 5750.6-2023"]),
        ("G B / T 5750.6 - 2023", ["GB/T 5750.6-2023"]),
        ("CB/T 5750·6-2023", ["GB/T 5750.6-2023"]),
        ("GB 175-2023", ["GB 175-2023"]),
        ("HJ 700-2014、GB 5009.12-2023/GB 5009.15-2023", ["HJ 700-2014", "GB 5009.12-2023", "GB 5009.15-2023"]),
        # the annex of CNAS L0867 (Yantian centre for disease control, 2009) prints methods without a separator:
        ("食品中水分的测定GB/T5009.3-2003 婴幼儿配方食品和乳粉水分的测定GB/T5413.8-1997",
         ["GB/T 5009.3-2003", "GB/T 5413.8-1997"]),
        ("GB 5009.12-2017（代替GB 5009.12-2010）", ["GB 5009.12-2017"]),
        ("GB 5009.12", ["GB 5009.12"]),
        ("ISO 7027-1:2016", ["ISO 7027-1:2016"]),
        ("GB 5009.12-85", ["GB 5009.12-1985"]),
    ],
)  # fmt: skip
def test_numbers_are_found_however_they_are_printed(cell, codes):
    assert [one.code for one in methods_in(cell)] == codes


@pytest.mark.parametrize(
    ("cell", "clause"),
    [
        ("GB/T 5750.6-2023（14.1）", "14.1"),
        ("GB/T 5750.6-2023 5.1~5.3", "5.1~5.3"),
        ("GB/T 5750.6-2023 第5章", "第5章"),
        ("GB 5009.12-2017 第一法", "第一法"),
        ("GB 5009.12-2017（只用第二法）", "第二法"),
        ("DB44/T 1234-2020 附录A", "附录A"),
        ("GB 5009.12-2017", ""),
    ],
)
def test_clauses_are_taken_with_their_method(cell, clause):
    assert methods_in(cell)[0].clause == clause


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("铅、镉；铬\n汞", ("铅", "镉", "铬", "汞")),
        ("1,2-二氯乙烷", ("1,2-二氯乙烷",)),
        ("金属（铅、镉）", ("金属（铅、镉）",)),
        ("苯、甲苯总量", ("苯、甲苯总量",)),
    ],
)
def test_several_parameters_in_a_cell_are_told_apart(cell, names):
    assert split_names(cell, lambda text: text == "苯、甲苯总量").names == names


def test_an_open_list_and_a_sweeping_cell_are_noticed():
    assert split_names("铅、镉等", lambda _text: False).open_list
    assert split_names("铅、镉等5项", lambda _text: False).names == ("铅", "镉")
    assert all(split_names(cell, lambda _text: False).sweeping for cell in ("全部参数", "（部分参数）", "全项", "/"))


def found(cell, on=date(2024, 6, 1)):
    return EDITIONS.find(methods_in(cell)[0], on)


def codes(match):
    return [reason.code for reason in match.reasons]


def test_a_number_with_its_year_is_certain_and_a_replaced_edition_is_said_to_be_so():
    match = found("GB 5009.12-2017")

    assert (match.target, match.confidence) == (1, 1.0)
    assert codes(match) == ["exact_number", "superseded"]
    assert codes(found("GB 5009.12-2017", date(2023, 1, 1))) == ["exact_number"]


def test_without_its_year_a_number_means_the_edition_of_the_day_and_is_doubtful_where_there_were_others():
    assert found("GB 5009.12", date(2023, 1, 1)).target == 1
    assert found("GB 5009.12").target == 2
    assert found("GB 5009.12").confidence < 0.9 < found("HJ 700").confidence


def test_a_title_that_belongs_to_another_standard_makes_the_number_doubtful():
    match = found("GB 5009.15-2023 食品中铅的测定")

    assert match.confidence == 0.5
    assert "title_contradicts" in codes(match)
    assert {pk for pk, _score in match.candidates} >= {1, 2, 4}


def test_an_unknown_year_offers_the_known_editions_and_takes_none():
    match = found("GB 5009.12-2010")

    assert match.target is None
    assert [pk for pk, _score in match.candidates] == [2, 1]


NAMES = Names.of(
    [
        (1, NAME, "铅"), (2, NAME, "镉"), (3, NAME, "二氧化硫"), (4, NAME, "邻苯二甲酸二(2-乙基己基)酯"),
        (1, SYNONYM, "Pb"), (5, NAME, "28d抗压强度"), (6, NAME, "硝酸盐(以N计)"), (7, NAME, "菌落总数"),
        (8, NAME, "溶解性总固体"),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "target", "code"),
    [
        ("铅", 1, "exact_name"), ("Pb", 1, "exact_synonym"), ("ＰＢ", 1, "normalised_synonym"),
        ("邻苯二甲酸二（2－乙基己基）酯", 4, "normalised"), ("★铅", 1, "stripped"), ("铅的测定", 1, "stripped"),
        ("铅（以Pb计）", 1, "stripped"), ("溶解性\n总固体", 8, "normalised"), ("二氧化流", 3, "similar"),
        ("茵落总数", 7, "similar"),
    ],
)  # fmt: skip
def test_names_are_found_with_the_reason_why(text, target, code):
    match = NAMES.find(text)

    assert (match.target, codes(match)[0]) == (target, code)
    assert match.confidence >= 0.9


@pytest.mark.parametrize("text", ["二氧化氮", "3d抗压强度", "亚硝酸盐(以N计)", "总铬", "铝", "邻苯二甲酸二丁酯", "钴"])
def test_another_substance_is_never_taken_for_a_similar_name(text):
    assert NAMES.find(text).confidence < 0.9


@pytest.mark.django_db
def test_a_row_with_several_parameters_and_methods_means_every_pair(tmp_path):
    rows = [line(parameter="铅、镉等", method="GB/T 5750.6-2023\nHJ 700-2014（第5章）")]

    found = tried(workbook(tmp_path / "a.xlsx", rows))

    pairs = {(one.parameter.text, one.method.text, one.cited.clause) for one in found.kept}
    assert pairs == {
        ("铅", "GB/T 5750.6-2023", ""), ("镉", "GB/T 5750.6-2023", ""),
        ("铅", "HJ 700-2014", "第5章"), ("镉", "HJ 700-2014", "第5章"),
    }  # fmt: skip
    assert any(reason.code == "open_list" for one in found.kept for reason in one.parameter.match.reasons)


@pytest.mark.django_db
def test_a_workbook_with_shared_strings_and_reading_aids_is_read_the_same(tmp_path):
    """As spreadsheet programs write it (ECMA-376 part 1, 18.4): text stands apart, phonetic runs are not part of it."""
    path, strings = workbook(tmp_path / "a.xlsx", [line(), cadmium()]), []

    def shared(sheet):
        def number(match):
            strings.append(match[1])
            return b't="s"><v>%d</v>' % (len(strings) - 1)

        return re.sub(rb't="inlineStr"><is><t>(.*?)</t></is>', number, sheet)

    changed(path, "xl/worksheets/sheet1.xml", shared)
    items = b"".join(b'<si><r><t>%s</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>' % text for text in strings)
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    changed(path, "xl/sharedStrings.xml", lambda _old: head + items + b"</sst>")

    found = tried(path)

    assert len(strings) > 20
    assert [(one.object.text, one.parameter.text) for one in found.kept] == [("生活饮用水", "铅"), ("生活饮用水", "镉")]


@pytest.mark.django_db
def test_merged_cells_hold_for_all_their_rows_and_blanks_follow_the_running_number(tmp_path):
    rows = [line(), cadmium(domain="", object="", object_no="", domain_no=""), cadmium(parameter="", parameter_no="",
            domain="", domain_no="", object="", object_no="", method="HJ 700-2014")]  # fmt: skip

    found = tried(workbook(tmp_path / "a.xlsx", rows, ["A3:A5", "B3:B5", "C3:C4", "D3:D4"]))

    assert places(found) == []
    assert [(one.object.text, one.parameter.text, one.method.text) for one in found.kept] == [
        ("生活饮用水", "铅", "GB/T 5750.6-2023"),
        ("生活饮用水", "镉", "GB/T 5750.6-2023"),
        ("生活饮用水", "镉", "HJ 700-2014"),
    ]


def test_every_reason_and_problem_that_the_rules_name_has_words():
    rules = Path(wording.__file__).parent / "rules"
    text = "".join(path.read_text("utf-8") for path in rules.glob("*.py"))
    said = set(re.findall(r'Reason\(\s*f?"(\w+)"', text))
    refused = set(re.findall(r'"([a-z]+(?:_[a-z]+)*)"', "".join(re.findall(r"problem\(.*", text))))

    assert said > {"unknown", "similar", "title_alone"}
    assert said <= wording.REASONS.keys()
    assert refused <= wording.PROBLEMS.keys() | {"method"}
    assert len(refused) >= 7
