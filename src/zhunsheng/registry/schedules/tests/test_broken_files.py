"""Ten and more deliberately broken files: each gives the exact rows and reasons, or one reason for the whole file."""

import zipfile

import pytest

from zhunsheng.registry.schedules.reading import UnreadableSchedule
from zhunsheng.registry.schedules.tests.builders import HEADER, cadmium, changed, line, places, tried, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return tmp_path / "附表.xlsx"


def test_a_truncated_archive_is_refused_whole(path):
    workbook(path, [line()])
    path.write_bytes(path.read_bytes()[:-400])

    with pytest.raises(UnreadableSchedule, match="damaged"):
        tried(path)


def test_a_formula_that_gives_an_error_is_told_with_row_and_column(path):
    found = tried(workbook(path, [line(), cadmium(method="#REF!"), cadmium(parameter="#N/A")]))

    assert places(found) == [(4, "G", "formula_error"), (5, "F", "formula_error")]
    assert found.lines == 1


def test_a_merged_two_row_header_repeated_on_every_page_is_no_line(path):
    top = ["领域", "", "检测对象", "", "项目/参数", "", "依据的标准（方法）名称及编号（含年号）", "限制范围", "说明"]
    sub = ["序号", "名称", "序号", "名称", "序号", "名称", "", "", ""]
    workbook(path, [sub, line(), ["第 1 页 共 2 页"], top, sub, cadmium()], ["A2:B2", "C2:D2", "E2:F2", "G2:G3"], top)

    found = tried(path)

    assert places(found) == []
    assert [(one.printed.row, one.parameter.text) for one in found.kept] == [(4, "铅"), (8, "镉")]


def test_a_table_with_other_columns_is_refused_naming_what_it_lacks(path):
    with pytest.raises(UnreadableSchedule) as refusal:
        tried(workbook(path, [["1", "x", "y"]], header=["序号", "设备名称", "型号"]))

    assert "参数名称" in str(refusal.value)
    assert "依据标准" in str(refusal.value)


def test_a_million_empty_rows_cost_nothing_and_hide_no_line(path):
    workbook(path, [line()])
    rows = b"".join(b'<row r="%d"/>' % number for number in range(4, 1_048_576))
    last = b'<row r="1048576"><c r="F1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    changed(path, "xl/worksheets/sheet1.xml", lambda text: text.replace(b"</sheetData>", rows + last + b"</sheetData>"))

    found = tried(path)

    assert found.lines == 1
    assert places(found) == [(1048576, "G", "method_missing")]


def test_a_bomb_is_refused_before_it_is_unpacked(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 * 1024 * 1024))

    with pytest.raises(UnreadableSchedule):
        tried(path)


def test_a_workbook_with_macros_is_refused(path):
    changed(workbook(path, [line()]), "xl/vbaProject.bin", lambda _old: b"\xd0\xcf\x11\xe0")

    with pytest.raises(UnreadableSchedule, match="macros"):
        tried(path)


def test_text_in_no_known_encoding_is_told_by_its_line(tmp_path):
    table = tmp_path / "附表.csv"
    table.write_bytes(",".join(HEADER).encode("gb18030") + b"\r\n1,\xff\xff\xff,1\r\n")

    with pytest.raises(UnreadableSchedule) as refusal:
        tried(table)

    assert refusal.value.params["line"] == 2


def test_a_csv_in_gb_18030_is_read_like_one_in_utf_8(tmp_path):
    table = tmp_path / "附表.csv"
    table.write_bytes("\r\n".join(",".join(row) for row in [HEADER, line(), cadmium()]).encode("gb18030"))

    found = tried(table)

    assert [(one.object.text, one.parameter.text) for one in found.kept] == [("生活饮用水", "铅"), ("生活饮用水", "镉")]


def test_doubled_and_contradictory_rows_name_the_row_that_they_repeat(path):
    found = tried(workbook(path, [line(), cadmium(), line(parameter_no="1.3"), cadmium(limitation="只用第一法")]))

    assert places(found) == [(5, "", "duplicate"), (6, "", "contradiction")]
    assert [one.facts["row"] for one in found.problems] == ["3", "4"]


def test_merges_that_overlap_or_hide_a_text_are_told_where_they_are(path):
    workbook(path, [line(), line(parameter_no="1.2", parameter="镉"), line(parameter_no="1.3", method="HJ 700-2014")])
    merges = (
        b'<mergeCells count="2"><mergeCell ref="D3:D4"/><mergeCell ref="D4:D5"/><mergeCell ref="G3:G5"/></mergeCells>'
    )
    changed(path, "xl/worksheets/sheet1.xml", lambda text: text.replace(b"</sheetData>", b"</sheetData>" + merges))

    found = tried(path)

    assert (4, "D", "merges_overlap") in places(found)
    assert (5, "G", "hidden_by_merge") in places(found)


def test_a_name_or_method_that_is_missing_is_told_by_its_cell(path):
    rows = [line(object_no="1", object="", parameter_no="1.1"), line(), line(parameter_no="1.9", parameter=""),
            cadmium(method="")]  # fmt: skip

    found = tried(workbook(path, rows))

    assert places(found) == [(3, "D", "name_missing"), (5, "F", "name_missing"), (6, "G", "method_missing")]


def test_an_old_or_encrypted_workbook_is_refused(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    with pytest.raises(UnreadableSchedule, match="old or encrypted"):
        tried(path)


def test_entities_in_the_xml_are_not_expanded(path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def poisoned(text):
        start = text.index(b"<worksheet")
        return text[:start] + bomb + text[start:].replace(b"GB/T 5750.6-2023", b"&b;")

    workbook(path, [line()])
    changed(path, "xl/worksheets/sheet1.xml", poisoned)

    assert tried(path).lines == 1


def test_ten_thousand_columns_in_a_row_are_not_laid_out(path):
    workbook(path, [line()])
    far = b'<c r="XFD3" t="inlineStr"><is><t>x</t></is></c></row>'
    changed(path, "xl/worksheets/sheet1.xml", lambda text: text.replace(b"</row></sheetData>", far + b"</sheetData>"))

    assert tried(path).lines == 1
