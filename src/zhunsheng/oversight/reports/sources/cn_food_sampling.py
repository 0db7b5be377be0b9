"""Published results of national (国抽) and provincial (省抽) food sampling, from the authorities' spreadsheets.

One report for each sampling number. The failing table gives the failing items as lines, packed in one column or in
three; the qualified table publishes no items, so its reports have no lines. Every text stays as published: a value is
parted from its unit only where the two joined are the published text again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ..format.problems import BilingualProblem
from ..format.stating import identifier_of, stated
from . import cn_food_columns as columns
from .base import Source, SourceItem
from .tables import TableProblem, is_table, sheets_of

REGISTER: Final = "cn-food-sampling"
FAILING: Final = "不合格"
"""The verdict that the heading 不合格项目 publishes for each item under it."""

_PARTS: Final = 3
_HEAD_ROWS: Final = 30
_BETWEEN_ITEMS: Final = re.compile(r"[\r\n]+|[；;](?=[^；;]*[║|‖丨｜∥])")
_MEASURED: Final = re.compile(
    r"([<>≤≥＜＞]?\s*-?[0-9][0-9.,]*(?:\s*[×xX]\s*10[0-9⁰¹²³⁴⁵⁶⁷⁸⁹^-]+)?)(\s*[^\d\s<>≤≥=，,；;、(（/][^，,；;、=]*)"
)
_BOUND: Final = re.compile(r"\s*(≤|≥|不得?超过|不得?低于)\s*(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)\s*(\D[^，,；;]*)?")
_UPPER: Final = frozenset({"≤", "不超过", "不得超过"})
_DAY: Final = re.compile(r"\s*(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?\s*")
_MANY_LINES: Final = frozenset({columns.PACKED, columns.ITEM, columns.REMARK})
_BREAK: Final = re.compile(r" *[\r\n]+ *")
_UNEVEN: Final = "food.packing"

Row = dict[str, str]


class FoodProblem(BilingualProblem):
    """A remark on a row that was taken in as it stands, or the reason why none was."""


@dataclass(slots=True)
class _Group:
    """The rows of one sampling number, with the columns whose meaning isn't known."""

    first: int
    last: int
    sheet: str
    rows: list[Row] = field(default_factory=list)
    others: list[list[tuple[str, str]]] = field(default_factory=list)


def read(path: Path) -> Iterator[SourceItem]:
    """Yield one report for each sampling number of each sheet. Raises: TableProblem, FoodProblem."""
    found = False
    for sheet in sheets_of(path.read_bytes(), path.stem):
        for group in _groups(sheet.name, sheet.rows):
            found = True
            yield _item(group)
    if not found:
        raise FoodProblem(
            "No sheet has the heading 抽样编号.",
            "未找到含“抽样编号”的表头。",
            "Load the table as the authority published it.",
            "请导入监管部门公布的原表。",
            code="food.heading",
        )


def _groups(sheet: str, rows: Iterator[list[str]]) -> Iterator[_Group]:
    """Group consecutive rows of one number; a row without a number continues the one above (merged cells)."""
    roles: dict[int, str] | None = None
    titles: list[str] = []
    group: _Group | None = None
    for number, cells in enumerate(rows, 1):
        heading = columns.headings_in(cells)
        if heading is not None:
            if group:
                yield group
            roles, titles, group = heading, cells, None
            continue
        if roles is None or not any(cell.strip() for cell in cells):
            continue
        row = {role: _cell(role, cells[index]) for index, role in roles.items() if index < len(cells)}
        own = row.get(columns.NUMBER, "").strip()
        if group is None or (own and own != group.rows[0][columns.NUMBER].strip()):
            if group:
                yield group
            group = _Group(number, number, sheet)
        group.last = number
        group.rows.append(row)
        group.others.append(
            [
                (titles[index].strip(), cell)
                for index, cell in enumerate(cells)
                if index not in roles and index < len(titles) and titles[index].strip() and cell.strip()
            ]
        )
    if group:
        yield group


def _cell(role: str, text: str) -> str:
    """Return a cell; a line break inside one line of text is the table's layout and becomes a space."""
    return text if role in _MANY_LINES else _BREAK.sub(" ", text.replace("\t", ""))


def _item(group: _Group) -> SourceItem:
    first = group.rows[0]
    if not first.get(columns.NUMBER, "").strip():
        return SourceItem(None, (group.first, group.last), _no_number())
    lines: list[dict[str, Any]] = []
    uneven: str | None = None
    for row in group.rows:
        found, odd = _lines_of(row)
        lines.extend(found)
        uneven = uneven or odd
    results = [{"line": number, **line} for number, line in enumerate(lines, 1)]
    day = _day(first.get(columns.NOTICE_DATE, ""))
    report = stated(
        format="zhunsheng-report/1",
        kind="test",
        version=1,
        number=first[columns.NUMBER].strip(),
        body=_body(first.get(columns.LABORATORY, "")),
        producer=stated(name=first.get(columns.PRODUCER), address=first.get(columns.PRODUCER_ADDRESS)),
        sample=_sample(first),
        task=stated(name=first.get(columns.TASK), number=first[columns.NUMBER].strip()),
        conclusion=first.get(columns.VERDICT),
        results=results,
        remarks=_remarks(group, day),
        published=stated(source=REGISTER, number=first.get(columns.NOTICE), on=day, url=first.get(columns.LINK)),
    )
    return SourceItem(report, (group.first, group.last), _packing(uneven) if uneven else None)


def _body(name: str) -> dict[str, Any]:
    plain = name.strip()
    return stated(register=REGISTER, id=identifier_of(plain) or "none", name=name if plain else None)


def _sample(row: Row) -> dict[str, Any]:
    ordinal = row.get(columns.ORDINAL, "")
    return stated(
        id=row[columns.NUMBER].strip(),
        name=row.get(columns.NAME),
        object=row.get(columns.CATEGORY),
        model=row.get(columns.MODEL),
        brand=row.get(columns.BRAND),
        batch=row.get(columns.BATCH),
        identifiers=[{"name": "序号", "value": ordinal}] if ordinal else None,
        sampled_from=stated(
            name=row.get(columns.SAMPLED),
            address=row.get(columns.SAMPLED_ADDRESS) or row.get(columns.SAMPLED_PROVINCE),
        ),
    )


def _lines_of(row: Row) -> tuple[list[dict[str, Any]], str | None]:
    """Return the failing items of a row, and the text that couldn't be parted in threes."""
    packed = row.get(columns.PACKED, "")
    if packed.strip():
        return _unpacked(packed)
    item = row.get(columns.ITEM, "")
    if not item.strip():
        return [], None
    if columns.SEPARATORS.search(item):
        return _unpacked(item)
    return [_line(_BREAK.sub(" ", item), row.get(columns.VALUE, ""), row.get(columns.LIMIT, ""))], None


def _unpacked(packed: str) -> tuple[list[dict[str, Any]], str | None]:
    lines: list[dict[str, Any]] = []
    uneven = None
    for item in _BETWEEN_ITEMS.split(packed):
        if not item.strip():
            continue
        parts = columns.SEPARATORS.split(item)
        if len(parts) % _PARTS:
            lines.append(stated(parameter=item, verdict=FAILING))
            uneven = uneven or item
            continue
        lines.extend(_line(*parts[start : start + _PARTS]) for start in range(0, len(parts), _PARTS))
    return lines, uneven


def _line(item: str, value: str, limit: str) -> dict[str, Any]:
    measured = _MEASURED.fullmatch(value)
    number, unit = measured.groups() if measured else (value, "")
    return stated(parameter=item, value=number, unit=unit, limit=_limit(limit, unit), verdict=FAILING)


def _limit(text: str, unit: str) -> dict[str, Any]:
    """Return the limit as published, and as a bound where it says just one, in the unit of the value."""
    bound = _BOUND.fullmatch(text)
    if bound is None or (bound[3] or "").strip() not in {"", unit.strip()}:
        return stated(text=text)
    return {"text": text, ("max" if bound[1] in _UPPER else "min"): bound[2]}


def _day(text: str) -> str | None:
    match = _DAY.fullmatch(text.partition("T")[0])
    return f"{int(match[1]):04d}-{int(match[2]):02d}-{int(match[3]):02d}" if match else None


def _remarks(group: _Group, day: str | None) -> str:
    first = group.rows[0]
    found = [row[columns.REMARK] for row in group.rows if row.get(columns.REMARK, "").strip()]
    notice = first.get(columns.NOTICE_DATE, "")
    if notice.strip() and day is None:
        found.append(f"公告日期：{notice}")
    if first.get(columns.SAMPLED_ADDRESS, "").strip() and first.get(columns.SAMPLED_PROVINCE, "").strip():
        found.append(f"被抽样单位所在省份：{first[columns.SAMPLED_PROVINCE]}")
    found.extend(f"{title}：{cell}" for others in group.others for title, cell in others)
    return "\n".join(dict.fromkeys(found))


def _no_number() -> FoodProblem:
    return FoodProblem(
        "The row has no sampling number.",
        "该行没有抽样编号。",
        "Add the number from the sampling sheet.",
        "请按抽样单补充抽样编号。",
        code="food.number",
    )


def _packing(text: str) -> FoodProblem:
    return FoodProblem(
        f"“{text}” can't be parted into item, result and standard value; it is kept as one text.",
        f"“{text}”无法拆分为项目、检验结果、标准值，已整体保留。",
        "Compare the line with the publication.",
        "请对照公告原文核对该行。",
        code=_UNEVEN,
        field="不合格项目║检验结果║标准值",
    )


def sniff(path: Path) -> bool:
    """Return whether one of the first rows of a spreadsheet is the heading of such a table."""
    if not is_table(path):
        return False
    try:
        for sheet in sheets_of(path.read_bytes(), path.stem):
            for number, cells in enumerate(sheet.rows):
                if columns.headings_in(cells) is not None:
                    return True
                if number >= _HEAD_ROWS:
                    break
    except TableProblem:
        return False
    return False


CN_FOOD_SAMPLING: Final = Source(
    name="cn-food-sampling",
    title="National and provincial food sampling (authorities' spreadsheets)",
    title_zh="食品安全监督抽检结果（国抽、省抽公布表）",
    sniff=sniff,
    read=read,
    register=REGISTER,
)
