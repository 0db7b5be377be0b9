"""Food-sampling tables come in as the authorities publish them.

No open copy of such a table exists at the level of lines: columns, packings and spellings are those listed in the
README of the shared data; the rows here are made up.
"""

from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.rules.words import read_verdict
from zhunsheng.oversight.reports.sources import SOURCES, dry_run, source_for
from zhunsheng.oversight.reports.sources.cn_food_columns import role_of
from zhunsheng.oversight.reports.sources.cn_food_sampling import FoodProblem

FOOD = SOURCES["cn-food-sampling"]
HEADING = [
    *("抽样编号", "序号", "标称生产企业名称", "标称生产企业地址", "被抽样单位名称", "被抽样单位地址", "食品名称"),
    *("规格型号", "商标", "生产日期/批号", "不合格项目║检验结果║标准值", "分类", "公告号", "公告日期"),
    *("任务来源/项目名称", "检验机构", "备注", "公告网址链接"),
]


def row(**changes):
    plain: dict[str, Any] = dict.fromkeys(HEADING, "")
    plain |= {
        "抽样编号": "XBJ26440100001",
        "序号": 1,
        "标称生产企业名称": "某某食品厂",
        "标称生产企业地址": "广东省广州市某路1号",
        "被抽样单位名称": "某某超市",
        "被抽样单位地址": "广东省广州市某路2号",
        "食品名称": "大米",
        "规格型号": "5kg/袋",
        "商标": "/",
        "生产日期/批号": "2025-12-01/A1",
        "不合格项目║检验结果║标准值": "镉（以Cd计）║0.23mg/kg║≤0.2mg/kg",
        "分类": "粮食加工品",
        "公告号": "2026年第3号",
        "公告日期": "2026年3月31日",
        "任务来源/项目名称": "国抽",
        "检验机构": "某某食品检验研究院",
        "公告网址链接": "https://www.example.cn/1",
    }
    return list((plain | changes).values())


def book(path, *rows, heading=HEADING, title="附件1 不合格样品信息"):
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append([title])
    sheet.append(list(heading))
    for each in rows:
        sheet.append(each)
    workbook.save(path)
    return path


def reports(path):
    return [read_report(item.raw()).report for item in FOOD.read(path)]


def one(tmp_path, **changes):
    (report,) = reports(book(tmp_path / "food.xlsx", row(**changes)))
    return report


def test_a_failing_sample_becomes_a_report_with_everything_the_row_states(tmp_path):
    report = one(tmp_path)
    line = report.results[0]

    assert report.number == "XBJ26440100001"
    assert report.body.slug == "cn-food-sampling:某某食品检验研究院"
    assert (report.producer.name, report.producer.address) == ("某某食品厂", "广东省广州市某路1号")
    assert report.sample.sampled_from.name == "某某超市"
    assert (report.sample.name, report.sample.object, report.sample.model) == ("大米", "粮食加工品", "5kg/袋")
    assert (report.sample.brand, report.sample.batch) == ("/", "2025-12-01/A1")
    assert (report.published.number, report.published.on) == ("2026年第3号", "2026-03-31")
    assert report.published.url == "https://www.example.cn/1"
    assert report.task.name == "国抽"
    assert (line.parameter, line.value, line.unit, line.verdict) == ("镉（以Cd计）", "0.23", "mg/kg", "不合格")
    assert (line.limit.text, line.limit.max) == ("≤0.2mg/kg", "0.2")


@pytest.mark.parametrize("separator", ["║", "||", "‖", "|", "丨", "｜", " ║ "])
def test_every_packing_sign_that_was_seen_parts_item_result_and_standard(tmp_path, separator):
    packed = separator.join(["镉（以Cd计）", "0.23mg/kg", "≤0.2mg/kg"])

    line = one(tmp_path, **{HEADING[10]: packed}).results[0]

    assert (line.parameter, line.value, line.unit, line.limit.text) == ("镉（以Cd计）", "0.23", "mg/kg", "≤0.2mg/kg")


@pytest.mark.parametrize("between", ["\n", "；", ";", "\r\n"])
def test_several_items_in_one_cell_become_several_lines(tmp_path, between):
    packed = f"镉║0.23mg/kg║≤0.2mg/kg{between}菌落总数║1.2×10⁵CFU/g║n=5,c=2,m=10⁴,M=10⁵"

    lines = one(tmp_path, **{HEADING[10]: packed}).results

    assert [line.line for line in lines] == [1, 2]
    assert [line.parameter for line in lines] == ["镉", "菌落总数"]
    assert lines[1].limit.text == "n=5,c=2,m=10⁴,M=10⁵"
    assert not lines[1].limit.max


def test_several_items_with_nothing_but_the_sign_between_them_are_parted_in_threes(tmp_path):
    lines = one(tmp_path, **{HEADING[10]: "镉║0.23mg/kg║≤0.2mg/kg║铅║0.5mg/kg║≤0.2mg/kg"}).results

    assert [(line.parameter, line.value) for line in lines] == [("镉", "0.23"), ("铅", "0.5")]


def test_a_packing_that_does_not_come_out_even_is_kept_whole_and_named(tmp_path):
    path = book(tmp_path / "food.xlsx", row(**{HEADING[10]: "镉║0.23mg/kg"}))
    (item,) = FOOD.read(path)

    assert read_report(item.raw()).report.results[0].parameter == "镉║0.23mg/kg"
    assert isinstance(item.problem, FoodProblem)
    assert dry_run(FOOD, path).remarks == 1


@pytest.mark.parametrize(
    "value",
    [
        "0.23mg/kg",
        "0.23 mg/kg",
        "＜0.01mg/kg",
        "1.2×10⁵CFU/g",
        "检出",
        "未检出/25g",
        "5.0,3.2,1.1CFU/g",
        "-0.5℃",
        "12",
        "1:200",
    ],
)
def test_value_and_unit_joined_are_the_published_text_again(tmp_path, value):
    line = one(tmp_path, **{HEADING[10]: f"甲║{value}║≤1"}).results[0]

    assert line.value + (line.unit or "") == value


@pytest.mark.parametrize(
    ("limit", "bounds"),
    [
        ("≤0.2mg/kg", (None, "0.2")),
        ("≥60mg/kg", ("60", None)),
        ("不得超过0.2mg/kg", (None, "0.2")),
        ("≤200μg/kg", (None, None)),
        ("0.1~0.2mg/kg", (None, None)),
        ("不得检出", (None, None)),
        ("n=5,c=1,m=100,M=1000", (None, None)),
    ],
)
def test_a_limit_is_a_bound_only_where_it_says_one_in_the_unit_of_the_value(tmp_path, limit, bounds):
    found = one(tmp_path, **{HEADING[10]: f"甲║0.5mg/kg║{limit}"}).results[0].limit

    assert found.text == limit
    assert (found.min or None, found.max or None) == bounds


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("标称生产企业名称", "producer"),
        ("标称生产者", "producer"),
        ("标示生产单位", "producer"),
        ("企业名称", "producer"),
        ("主要不合格项目", "item"),
        ("不符合标准规定项", "item"),
        ("抽样编号*", "number"),
        (" 生产日期\n/批号 ", "batch"),
        ("生产日期／批号", "batch"),
        ("不合格项目||检验结果||标准值", "packed"),
        ("不合格项目｜检验结果｜标准值", "packed"),
        ("主要不合格项目‖检验结果‖标准值", "packed"),
        ("食品名称（商品名）", "name"),
        ("天气", None),
    ],
)
def test_headings_are_known_in_the_spellings_that_are_published(heading, role):
    assert role_of(heading) == role


def test_items_in_three_columns_are_lines_too(tmp_path):
    heading = ["序号", "抽样编号", "食品名称", "主要不合格项目", "检验结果", "标准值"]
    path = book(
        tmp_path / "three.xlsx",
        [1, "A1", "大米", "镉", "0.23mg/kg", "≤0.2mg/kg"],
        [None, None, None, "铅", "0.5mg/kg", "≤0.2mg/kg"],
        [2, "A2", "面粉", "霉菌", "1200CFU/g", "≤150CFU/g"],
        heading=heading,
    )
    first, second = reports(path)

    assert [line.parameter for line in first.results] == ["镉", "铅"]
    assert [line.parameter for line in second.results] == ["霉菌"]
    assert first.body.slug == "cn-food-sampling:none"


@pytest.mark.parametrize("word", ["合格", "合  格", "符合", "合格（阴性）", "所检项目符合标准要求。"])
def test_a_qualified_table_has_no_items_and_keeps_its_verdict_word(tmp_path, word):
    heading = ["抽样编号", "序号", "标称生产企业名称", "被抽样单位名称", "被抽样单位所在省份", "食品名称", "检验结论"]
    path = book(
        tmp_path / "good.xlsx",
        ["A1", 1, "某厂", "某店", "广东", "大米", word],
        heading=heading,
        title="附件2 合格样品信息",
    )
    (report,) = reports(path)

    assert report.results == ()
    assert report.conclusion == word
    assert read_verdict(report.conclusion) == "pass"
    assert report.sample.sampled_from.address == "广东"


def test_columns_nobody_knows_go_into_the_remarks_and_nothing_is_lost(tmp_path):
    heading = [*HEADING, "联系电话"]
    path = book(tmp_path / "more.xlsx", [*row(备注="复检维持"), "020-1"], heading=heading)

    assert reports(path)[0].remarks == "复检维持\n联系电话：020-1"


def test_a_date_that_is_none_is_kept_as_text(tmp_path):
    report = one(tmp_path, 公告日期="2026年春")

    assert not report.published.on
    assert report.remarks == "公告日期：2026年春"


def test_a_csv_in_gbk_with_sections_for_two_tables_is_read(tmp_path):
    lines = [",".join(HEADING), ",".join(str(cell) for cell in row()), ",".join(HEADING)]
    lines.append(",".join(str(cell) for cell in row(抽样编号="XBJ26440100002")))
    path = tmp_path / "food.csv"
    path.write_bytes("\r\n".join(lines).encode("gb18030"))

    assert source_for(path) is FOOD
    assert [report.number for report in reports(path)] == ["XBJ26440100001", "XBJ26440100002"]


def test_a_row_without_a_number_and_a_table_without_the_heading_are_named(tmp_path):
    run = dry_run(FOOD, book(tmp_path / "food.xlsx", row(抽样编号=""), row()))

    assert (run.reports, run.refused) == (1, 1)
    assert run.problems[0][0] == (3, 3)
    with pytest.raises(FoodProblem, match="抽样编号"):
        list(FOOD.read(book(tmp_path / "other.xlsx", ["a"], heading=["甲", "乙"])))
    assert not FOOD.sniff(tmp_path / "other.xlsx")


def test_dates_and_whole_numbers_of_a_workbook_read_as_the_sheet_shows_them(tmp_path):
    report = one(tmp_path, 公告日期=datetime(2026, 3, 31), **{"生产日期/批号": datetime(2025, 12, 1)})

    assert report.published.on == "2026-03-31"
    assert report.sample.batch == "2025-12-01"
    assert report.sample.identifiers[0].value == "1"
