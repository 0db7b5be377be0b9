"""A body without signing tools uploads the Excel template, a CSV or a ZIP, and is told which cell to mend."""

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from zhunsheng.oversight.reports.format import DEFAULT_LIMITS
from zhunsheng.oversight.reports.uploads import is_upload, read_upload, write_template
from zhunsheng.oversight.reports.uploads.columns import REPORT_COLUMNS, RESULT_COLUMNS

from .strategies import plain


def filled(report=(), lines=(), formats=()):
    """The template, filled in: report fields by heading, lines as dicts by heading."""
    book: Any = load_workbook(io.BytesIO(write_template()))
    first = {"资质认定证书编号": "210020123456", "报告编号": "WT-1", "版本号": "1", "签发日期": "2026-03-31"}
    fields = first | dict(report)
    for row in book["报告"].iter_rows(min_row=3):
        title = str(row[0].value or "").rstrip("*")
        if fields.get(title) is not None:
            row[1].value = fields[title]
    heads = {str(cell.value).rstrip("*"): cell.column for cell in book["结果"][1]}
    for number, line in enumerate(lines or [{"检测项目": "铅", "检测结果": "0.050", "单位": "mg/kg"}], 2):
        for title, value in line.items():
            book["结果"].cell(number, heads[title], value)
    for place, number_format in dict(formats).items():
        book["结果"][place].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(content, name="a.xlsx"):
    return list(read_upload(name, content, limits=DEFAULT_LIMITS))


def one(content, name="a.xlsx"):
    (uploaded,) = read(content, name)
    return uploaded


def test_a_filled_template_is_read_into_a_report_with_every_digit():
    report = one(
        filled(
            {"样品名称": "大米", "委托单位": "某公司", "授权签字人": "张三"},
            [
                {"序号": "1", "检测项目": "铅（以Pb计）", "检测结果": "0.050", "限值上限": "0.2"},
                {"序号": "2", "检测项目": "菌落总数", "检测结果": "<10", "单位": "CFU/g", "开始日期": "2026/3/1"},
            ],
        )
    ).parsed.report  # fmt: skip

    assert (report.number, report.version, report.body.cma) == ("WT-1", 1, "210020123456")
    assert (report.sample.name, report.client.name, report.signatory.name) == ("大米", "某公司", "张三")
    assert [(line.line, line.value) for line in report.results] == [(1, "0.050"), (2, "<10")]
    assert report.results[0].limit.max == "0.2"
    assert report.results[1].started == "2026-03-01"


def test_the_template_offers_every_field_and_refuses_wrong_words_itself():
    book = load_workbook(io.BytesIO(write_template()))
    titles = [str(row[0].value or "").rstrip("*") for row in book["报告"].iter_rows(min_row=3)]
    heads = [str(cell.value).rstrip("*") for cell in book["结果"][1]]

    assert book["报告"]["A1"].value == "zhunsheng-report/1"
    assert titles == [column.heading for column in REPORT_COLUMNS]
    assert heads == [column.heading for column in RESULT_COLUMNS]
    rules = {rule.formula1 for rule in book["结果"].data_validations.dataValidation}
    assert '"合格,不合格,/"' in rules
    assert any("DATEVALUE" in rule for rule in rules)
    assert book["结果"].column_dimensions["F"].number_format == "@"


def test_an_untouched_template_names_what_is_missing():
    problem = one(write_template()).problem

    assert problem.code == "format.missing"
    assert "报告" in problem.rule_zh


def test_numbers_typed_as_numbers_read_as_the_sheet_shows_them():
    report = one(
        filled(
            lines=[
                {"检测项目": "铅", "检测结果": 0.05},
                {"检测项目": "镉", "检测结果": 0.1 + 0.2},
                {"检测项目": "砷", "检测结果": 12},
            ],
            formats={"F2": "0.000", "F3": "General", "F4": "0"},
        )
    ).parsed.report

    assert [line.value for line in report.results] == ["0.050", "0.3", "12"]


def test_dates_typed_as_dates_are_days():
    report = one(filled({"签发日期": date(2026, 3, 31), "收样日期": "2026年3月1日"})).parsed.report

    assert (report.dates.issued, report.dates.received) == ("2026-03-31", "2026-03-01")


@pytest.mark.parametrize(
    ("report", "line", "cell", "code"),
    [
        ({"签发日期": "2026-02-30"}, {}, "报告!B26", "format.impossible_date"),
        ({"版本号": "一"}, {}, "报告!B7", "format.type"),
        ({"资质认定证书编号": "21A"}, {}, "报告!B3", "format.identifier"),
        ({"报告编号": None}, {}, "报告（报告编号）", "format.missing"),
        ({}, {"限值上限": "０.2"}, "结果!N2", "format.full_width"),
        ({}, {"检测结果": "０.05"}, "结果!F2", "format.full_width"),
        ({}, {"扩展不确定度": "约0.1"}, "结果!I2", "format.decimal"),
        ({}, {"开始日期": "下周"}, "结果!S2", "format.date_form"),
        ({}, {"序号": "壹"}, "结果!A2", "format.type"),
    ],
)
def test_a_wrong_cell_is_named_with_its_rule_and_remedy(report, line, cell, code):
    problem = one(filled(report, [{"检测项目": "铅", **line}])).problem

    assert (problem.cell, problem.code) == (cell, code)
    assert problem.rule_zh.startswith(f"单元格 {cell}：")
    assert problem.remedy_zh


def test_a_missing_item_is_named_by_its_row():
    problem = one(filled(lines=[{"检测项目": "铅"}, {"检测结果": "0.1"}])).problem

    assert (problem.cell, problem.field) == ("结果!3（检测项目）", "results[1].parameter")


def test_a_withdrawal_is_filled_in_with_its_chinese_word():
    report = one(filled({"版本号": "2", "所替代的版本号": "1", "替代方式": "作废"})).parsed.report

    assert (report.replaces.kind, report.replaces.version) == ("withdrawal", 1)


def _table(*rows, encoding="utf-8-sig", heading=None):
    heading = heading or [
        "资质认定证书编号",
        "报告编号",
        "签发日期",
        "序号",
        "检测项目",
        "检测结果",
        "备注",
        "结果备注",
    ]
    stream = io.StringIO()
    csv.writer(stream).writerows([heading, *rows])
    return stream.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_lines_gives_one_report_for_each_number(encoding):
    content = _table(
        ["210020123456", "A1", "2026-03-31", "1", "铅", "0.050", "总备注", "行备注"],
        ["", "", "", "2", "镉", "0.10", "", ""],
        ["210020123456", "A2", "2026/4/1", "1", "铅", "0.1", "", ""],
        encoding=encoding,
    )
    first, second = (uploaded.parsed.report for uploaded in read(content, "a.csv"))

    assert [(line.line, line.value) for line in first.results] == [(1, "0.050"), (2, "0.10")]
    assert (first.remarks, first.results[0].remarks) == ("总备注", "行备注")
    assert (second.number, second.dates.issued) == ("A2", "2026-04-01")


def test_a_wrong_cell_of_a_csv_is_named_and_the_next_report_still_read():
    content = _table(
        ["210020123456", "A1", "2026-02-30", "1", "铅", "0.050", "", ""],
        ["210020123456", "A2", "2026-04-01", "1", "铅", "0.1", "", ""],
    )
    first, second = read(content, "a.csv")

    assert first.problem.cell == "C2"
    assert second.parsed.report.number == "A2"


def test_a_column_nobody_knows_is_refused_by_name():
    content = _table(["210020123456", "A1", "x"], heading=["资质认定证书编号", "报告编号", "天气"])

    assert "天气" in str(one(content, "a.csv").problem)


def _zip(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_json", ".json"), content)
    return stream.getvalue()


def test_a_zip_of_reports_answers_each_in_order():
    content = _zip(a_json=json.dumps(plain()), b_json="{", c_json=json.dumps(plain(number="WT-3")), readme="x")
    first, second, third = read(content, "a.zip")

    assert first.parsed.report.number == "WT-1"
    assert (second.name, second.problem.code) == ("a.zip/b.json", "format.truncated")
    assert third.parsed.report.number == "WT-3"


def test_an_archive_without_reports_is_refused():
    assert one(_zip(readme="x"), "a.zip").problem.code == "upload.empty"


def test_a_zip_bomb_is_refused_before_anything_of_it_is_read(settings):
    settings.ZHUNSHENG_LIMITS = {**settings.ZHUNSHENG_LIMITS, "archive_bytes": 4 * 1024 * 1024}
    bomb = _zip(a_json=b" " * (16 * 1024 * 1024))

    (uploaded,) = read(bomb, "a.zip")

    assert uploaded.parsed is None
    assert "archive" in str(uploaded.problem).lower()


def test_a_workbook_that_is_not_the_template_and_a_broken_one_are_told_apart():
    stream = io.BytesIO()
    Workbook().save(stream)
    broken = stream.getvalue()

    assert one(broken).problem.code == "upload.sheets"
    assert one(broken[: len(broken) // 2]).parsed is None
    assert one(b"\xff\xff\xff\xff", "a.csv").problem.code == "table.encoding"


def _with_sheet(change):
    """The filled template with one sheet's XML changed."""
    before, stream = zipfile.ZipFile(io.BytesIO(filled())), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as after:
        for member in before.namelist():
            content = before.read(member)
            after.writestr(member, change(content) if member.endswith("sheet2.xml") else content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b"",
        lambda xml: xml.replace(b"<c ", b"<c t='s' x='") + b"'",
        lambda xml: (
            b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>' + xml.split(b"?>", 1)[-1].replace(b"0.050", b"&z;")
        ),
    ],
)
def test_a_workbook_with_broken_or_booby_trapped_xml_is_refused(change):
    uploaded = one(_with_sheet(change))

    assert uploaded.parsed is None
    assert uploaded.problem.code == "table.unreadable"


def test_uploads_are_known_by_what_they_hold():
    assert is_upload("report", write_template())
    assert is_upload("a.CSV", b"x")
    assert not is_upload("a.json", b"{}")


def test_every_cell_to_mend_is_told_at_once():
    report = {"报告编号": "", "签发日期": "2026-13-40", "收样日期": "昨天", "资质认定证书编号": "21002012345x"}
    lines = [{"检测项目": "铅", "限值上限": "abc"}, {"检测结果": "0.1"}]

    uploaded = one(filled(report, lines))

    told = {problem.field for problem in (uploaded.problem, *uploaded.further)}
    assert told == {
        "number",
        "dates.issued",
        "dates.received",
        "body.cma",
        "results[0].limit.max",
        "results[1].parameter",
    }
    assert all(problem.cell and problem.remedy_zh for problem in (uploaded.problem, *uploaded.further))


def test_what_is_missing_or_given_twice_hides_no_other_cell_to_mend():
    report = {"替代方式": "更正", "统一社会信用代码": "X", "资质认定证书编号": None, "签发日期": "2026-02-30"}
    lines = [
        {"序号": "1", "检测项目": "铅", "包含因子": "2"},
        {"序号": "1", "检测项目": "镉", "分包机构资质认定证书编号": "210020123456"},
        {"序号": "1", "检测项目": "砷", "限值上限": "０.2"},
    ]

    uploaded = one(filled(report, lines))

    told = [problem.field for problem in (uploaded.problem, *uploaded.further)]
    assert sorted(told) == [
        "body.uscc",
        "dates.issued",
        "replaces.version",
        "results[0].uncertainty.expanded",
        "results[1].line",
        "results[1].subcontractor.name",
        "results[2].limit.max",
        "results[2].line",
    ]


def test_a_template_without_lines_still_tells_what_else_is_to_mend():
    book: Any = load_workbook(io.BytesIO(filled({"签发日期": "2026-02-30"})))
    book["结果"].delete_rows(2, 5)
    stream = io.BytesIO()
    book.save(stream)
    uploaded = one(stream.getvalue())

    assert [each.code for each in (uploaded.problem, *uploaded.further)] == [
        "format.no_lines",
        "format.impossible_date",
    ]


def test_objection_retest_and_follow_up_of_a_failing_test_are_filled_in():
    task = one(
        filled(
            {
                "异议（复检）受理编号": "YY-2026-3",
                "复检所针对的报告编号": "WT-0",
                "核查处置部门": "某县市场监督管理局",
                "核查处置编号": "HC-2026-7",
                "核查处置完成日期": "2026/5/8",
                "核查处置情况": "已下架召回，立案调查。",
            }
        )
    ).parsed.report.task

    assert (task.objection, task.retest_of) == ("YY-2026-3", "WT-0")
    assert (task.follow_up.authority, task.follow_up.number) == ("某县市场监督管理局", "HC-2026-7")
    assert (task.follow_up.finished, task.follow_up.outcome) == ("2026-05-08", "已下架召回，立案调查。")


def test_the_template_has_the_business_fields_of_statutory_work():
    report = {
        "任务名称（法定抽检等）": "2026年食品安全监督抽检",
        "任务编号": "SJ-2026-01",
        "任务下达部门": "某市市场监督管理局",
        "抽样单编号": "CY-0088",
        "被抽样单位": "某超市",
    }

    parsed = one(filled(report)).parsed.report

    assert (parsed.task.name, parsed.task.number) == ("2026年食品安全监督抽检", "SJ-2026-01")
    assert parsed.task.authority == "某市市场监督管理局"
    assert parsed.sample.sampling.sheet == "CY-0088"
    assert parsed.sample.sampled_from.name == "某超市"


def test_a_table_of_numbers_and_digests_registers_a_report_a_row():
    heading = "资质认定证书编号,报告编号,签发日期,业务类别,文件摘要,数据摘要"
    digests = ["ab" * 32, "CD" * 32, "ef" * 32]
    table = f"{heading}\n210020123456,W-1,2026-3-31,委托检验,{digests[0]} {digests[1]},\n,,,,,\n"
    table += f"210020123456,W-2,2026年4月1日,委托检验,,{digests[2]}\n210020123456,W-3,2026-04-02,委托检验,,\n"
    first, second, third = read(table.encode("utf-8-sig"), "a.csv")

    registered = first.parsed.registration
    assert (registered.number, registered.version, registered.issued) == ("W-1", 1, "2026-03-31")
    assert (registered.business, registered.body.cma) == ("commissioned", "210020123456")
    assert [file.sha256 for file in registered.files] == ["ab" * 32, "cd" * 32]
    assert (second.parsed.registration.issued, second.parsed.registration.content) == ("2026-04-01", "ef" * 32)
    assert third.problem.code == "format.no_digest"


def test_a_wrong_digest_in_the_sheet_of_registrations_is_named_by_its_cell():
    book = Workbook()
    book.active.title = "登记"
    book.active.append(["资质认定证书编号", "报告编号*", "签发日期*", "文件摘要"])
    book.active.append(["210020123456", "W-1", date(2026, 3, 31), "ab" * 32])
    book.active.append(["210020123456", "W-2", date(2026, 3, 31), "ab" * 31])
    stream = io.BytesIO()
    book.save(stream)
    first, second = read(stream.getvalue())

    assert first.parsed.registration.files[0].sha256 == "ab" * 32
    assert (second.problem.code, second.problem.cell) == ("format.identifier", "登记!D3")


def test_the_template_registers_by_number_and_digest_on_its_third_sheet():
    book: Any = load_workbook(io.BytesIO(write_template()))
    sheet = book["登记"]
    heads = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    for row, number in ((2, "W-1"), (3, "W-2")):
        for title, value in (
            ("资质认定证书编号", "210020123456"),
            ("报告编号", number),
            ("签发日期", "2026/3/31"),
            ("业务类别", "委托检验"),
            ("文件摘要", "AB" * 32),
        ):
            sheet.cell(row, heads[title], value)
    stream = io.BytesIO()
    book.save(stream)
    first, second = (uploaded.parsed.registration for uploaded in read(stream.getvalue()))

    assert (first.number, second.number, first.business) == ("W-1", "W-2", "commissioned")
    assert [file.sha256 for file in first.files] == ["ab" * 32]


def test_a_workbook_may_hold_a_report_and_registrations():
    book: Any = load_workbook(io.BytesIO(filled({"报告编号": "WT-9"})))
    sheet = book["登记"]
    heads = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    for title, value in (("报告编号", "W-1"), ("签发日期", "2026-03-31"), ("数据摘要", "cd" * 32)):
        sheet.cell(2, heads[title], value)
    sheet.cell(2, heads["资质认定证书编号"], "210020123456")
    stream = io.BytesIO()
    book.save(stream)
    listed, report = read(stream.getvalue())

    assert listed.parsed.registration.number == "W-1"
    assert report.parsed.report.number == "WT-9"
