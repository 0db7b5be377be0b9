"""The Excel template: a report on 报告 (a field a row) and 结果 (a line a row), registrations on 登记 (one a row)."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .columns import (
    LIST_SHEET,
    MARK,
    REGISTRATION_COLUMNS,
    REPORT_COLUMNS,
    REPORT_SHEET,
    RESULT_COLUMNS,
    RESULT_SHEET,
    WORDS,
    Column,
)

FIRST_FIELD_ROW: Final = 3
LAST_LINE_ROW: Final = 1001
_TEXT: Final = "@"
_WIDTHS: Final = (26, 46, 60)
_HEAD: Final = PatternFill("solid", fgColor="FFDCE6F1")
_DATE_FORMULA: Final = "OR(ISNUMBER({cell}),AND(LEN({cell})=10,ISNUMBER(DATEVALUE({cell}))))"
_WHOLE_FORMULA: Final = "IFERROR(INT(VALUE({cell}))=VALUE({cell}),FALSE)"


def write_template() -> bytes:
    """Return the template as XLSX; every cell to fill in is text, so that Excel keeps each digit as it is typed."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _report_sheet(book.create_sheet(REPORT_SHEET))
    _line_sheet(book.create_sheet(RESULT_SHEET), RESULT_COLUMNS, frozen="C2")
    _line_sheet(book.create_sheet(LIST_SHEET), REGISTRATION_COLUMNS, frozen="A2")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled_template(report: Mapping[str, Any]) -> bytes:
    """Return the template with what a report says, for the body to complete and correct."""
    book = load_workbook(io.BytesIO(write_template()))
    first, second = book[REPORT_SHEET], book[RESULT_SHEET]
    for row, column in enumerate(REPORT_COLUMNS, FIRST_FIELD_ROW):
        _put(first.cell(row, 2), _value(report, column))
    for line, result in enumerate(report.get("results", ()), 2):
        for index, column in enumerate(RESULT_COLUMNS, 1):
            _put(second.cell(line, index), _value(result, column))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(cell: Any, text: str | None) -> None:
    """Write a text as a text, also where it begins like a formula."""
    cell.number_format = _TEXT
    if text is not None:
        cell.value, cell.data_type = text, "s"


def _value(data: Mapping[str, Any], column: Column) -> str | None:
    found: Any = data
    for part in column.path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    text = None if found is None else str(found)
    return next((words for words, code in WORDS.get(column.path, {}).items() if code == text), text)


def _report_sheet(sheet: Worksheet) -> None:
    sheet.append([MARK, "请填写“内容”一列；带 * 的必填。不要改动第一列。", ""])
    sheet.append(["项目", "内容", "说明"])
    for row, column in enumerate(REPORT_COLUMNS, FIRST_FIELD_ROW):
        sheet.cell(row, 1, _title(column)).font = Font(bold=column.required)
        sheet.cell(row, 2).number_format = _TEXT
        sheet.cell(row, 3, _hint(column)).alignment = Alignment(wrap_text=True)
        _validate(sheet, column, f"B{row}", f"B{row}")
    for index, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.cell(2, index).font = Font(bold=True)
        sheet.cell(2, index).fill = _HEAD
    sheet.freeze_panes = "A3"


def _line_sheet(sheet: Worksheet, columns: Sequence[Column], *, frozen: str) -> None:
    """Write a sheet with a heading above one line a row; what a heading means stands in its comment."""
    for index, column in enumerate(columns, 1):
        letter = get_column_letter(index)
        head = sheet.cell(1, index, _title(column))
        head.font, head.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[letter].width = max(12, 2 * len(column.heading) + 4)
        sheet.column_dimensions[letter].number_format = _TEXT
        _validate(sheet, column, f"{letter}2", f"{letter}2:{letter}{LAST_LINE_ROW}")
        if column.note:
            head.comment = Comment(column.note, "zhunsheng", width=320, height=120)
    sheet.freeze_panes = frozen


def _title(column: Column) -> str:
    return f"{column.heading}*" if column.required else column.heading


def _hint(column: Column) -> str:
    example = f"例：{column.example}" if column.example else ""
    form = "日期，如 2026-03-31" if column.kind == "date" and not example else ""
    choices = "、".join(column.choices)
    return "；".join(part for part in (column.heading_en, form, choices, example) if part)


def _validate(sheet: Worksheet, column: Column, first: str, reach: str) -> None:
    """Let Excel itself refuse what the reader would refuse: other words, days that don't exist, fractions."""
    if column.choices:
        rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    elif column.kind == "date":
        rule = DataValidation(type="custom", formula1=_DATE_FORMULA.format(cell=first), allow_blank=True)
    elif column.kind == "whole":
        rule = DataValidation(type="custom", formula1=_WHOLE_FORMULA.format(cell=first), allow_blank=True)
    else:
        return
    rule.error, rule.errorTitle = _hint(column) or column.heading, column.heading
    rule.showErrorMessage = True
    sheet.add_data_validation(rule)
    rule.add(reach)
