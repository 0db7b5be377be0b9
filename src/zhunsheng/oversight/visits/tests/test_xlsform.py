"""A checklist travels as XLSForm: tools convert it, it comes back as it went, and a broken one says what is wrong."""

import io
from pathlib import Path

import pytest
from django.utils import translation
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from zhunsheng.oversight.visits import lawbook, xlsform
from zhunsheng.oversight.visits.rules.tailoring import ChecklistItem
from zhunsheng.platform.accounts.tests.factories import TODAY
from zhunsheng.platform.refusals import remedy, sentence

LISTS = {entry.id: entry for entry in lawbook.checklists(TODAY)}
ODD = (
    ChecklistItem(
        "A-1.2", "4.5.3 a)", {"zh": "样品 <标识> & “状态”", "en": "Samples <marked> & kept"},
        {"zh": "查看 3 份", "en": "look at 3"}, evidence=("photo", "records"), violations=("VIO-FALSE-REPORT",),
        domains=("食品", "水"), business=("抽样",), least_sites=2, starred=True,
    ),
    ChecklistItem("B", "", {"zh": "换行\n两行", "en": "two\nlines"}, {"zh": "", "en": ""}),
)  # fmt: skip
TITLE = {"zh": "食品检查表", "en": "Checklist of food"}


@pytest.fixture(params=[*LISTS, "odd"])
def items(request) -> tuple[ChecklistItem, ...]:
    if request.param == "odd":
        return ODD
    values = LISTS[request.param].values
    return tuple(ChecklistItem.read(one, values.get("domains", ())) for one in values["items"])


def converted(content: bytes, folder: Path):
    path = folder / "form.xlsx"
    path.write_bytes(content)
    return convert(path, validate=False)


def test_a_common_tool_converts_every_checklist_without_a_warning(items, tmp_path):
    made = converted(xlsform.written("food", TITLE, "v3", items), tmp_path)

    assert made.warnings == []
    assert made.xform.count("<select1 ") == len(items)
    assert made.xform.count("<upload ") == sum("photo" in one.evidence for one in items)
    assert 'version="v3"' in made.xform
    assert 'lang="English (en)"' in made.xform


def test_it_comes_back_as_it_went(items):
    assert xlsform.read(xlsform.written("food", TITLE, "v3", items)) == ("food", TITLE, items)


def changed(sheet: str, change) -> bytes:
    """Return a sound form with something done to one of its sheets."""
    book = load_workbook(io.BytesIO(xlsform.written("food", TITLE, "v3", ODD)))
    change(book[sheet])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(name: str, row: int, value: str):
    """Write into a cell by the name of its column."""

    def change(sheet):
        (column,) = [one.column for one in sheet[1] if one.value == name]
        sheet.cell(row=row, column=column, value=value)

    return change


BROKEN = {
    "no name": ("survey", cell("name", 2, "  "), "第 2 行", "name"),
    "a name of another alphabet": ("survey", cell("name", 2, "样品"), "第 2 行", "name"),
    "no words": ("survey", cell(f"label::{xlsform.ZH}", 5, " "), "第 5 行", "label"),
    "a name twice": ("survey", cell("name", 5, "A-1.2"), "第 2 行和第 5 行", "name"),
    "a number in words": ("survey", cell("least_sites", 2, "两个"), "“两个”", "least_sites"),
    "no column of names": ("survey", cell("name", 1, "nom"), "name", "name"),
    "no verdicts": ("survey", lambda sheet: sheet.delete_rows(2, 9), "没有", "type"),
    "no id": ("settings", cell("form_id", 2, " "), "settings", "form_id"),
}


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_broken_form_names_row_field_and_remedy(wrong):
    sheet, change, named, field = BROKEN[wrong]

    with pytest.raises(xlsform.NotAForm) as refused:
        xlsform.read(changed(sheet, change))

    assert refused.value.field == field
    with translation.override("zh-hans"):
        assert named in sentence(refused.value)
        assert remedy(refused.value)


@pytest.mark.parametrize("sheet", ["survey", "settings"])
def test_a_file_without_its_sheets_is_no_form(sheet):
    book = load_workbook(io.BytesIO(xlsform.written("food", TITLE, "v3", ODD)))
    del book[sheet]
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(xlsform.NotAForm, match="no XLSForm"):
        xlsform.read(out.getvalue())
