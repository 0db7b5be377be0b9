"""Where the columns of a printed schedule are, and which of its rows are titles, repeated headers or page footers.

Columns: table 4 of the review report (law.md §1.6) and the older form with 类别（产品/项目/参数）.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhunsheng.foundation.identifiers import normalise_name

Cells = Sequence[str]

TITLES: dict[str, frozenset[str]] = {
    "domain": frozenset({"领域", "领域名称", "检测领域", "检验检测领域", "专业领域", "domain"}),
    "category": frozenset(
        {"类别", "类别名称", "产品类别", "检测类别", "类别产品项目参数", "检测产品类别", "category"}
    ),
    "object": frozenset(
        {"检测对象", "检测对象名称", "检验检测对象", "检测产品", "产品名称", "对象", "对象名称", "样品名称", "object"}
    ),
    "parameter": frozenset(
        {
            "参数名称", "参数", "项目参数名称", "项目参数", "检测项目", "检测参数", "检测项目参数", "检测项目名称",
            "项目名称", "产品项目参数名称", "产品项目参数", "名称产品项目参数", "parameter",
        }
    ),
    "limitation": frozenset({"限制范围", "限制范围或说明", "限制", "限制要求", "limitation"}),
    "remark": frozenset({"说明", "备注", "说明备注", "remark"}),
}  # fmt: skip
_METHOD = re.compile(
    r"依据.*(标准|方法)|(标准|方法).*编号|标准方法|检测标准|检测依据|检测方法|标准编号|^method$|^standard$"
)
_NUMBER = re.compile(r"(序号|编号|no)")
_SUB_WORDS = frozenset({"序号", "名称", "编号", "代码", "内容"})
_FOOTER = re.compile(
    r"第\s*\d+\s*页|共\s*\d+\s*页|^[-—\s]*\d+\s*/\s*\d+[-—\s]*$|^以[下上]空白$|^[（(]?续表?[)）]?$|^page\s+\d+"
)
_LEVELS = ("domain", "category", "object", "parameter")
REQUIRED = ("parameter", "method")
CHINESE = {
    "domain": "领域", "category": "类别", "object": "检测对象", "parameter": "参数名称",
    "method": "依据标准（方法）名称及编号（含年号）", "limitation": "限制范围", "remark": "说明",
}  # fmt: skip
SIGNATORY_TITLES = (frozenset({"姓名"}), frozenset({"授权签字领域", "授权签字范围", "签字领域", "批准授权签字领域"}))


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what: places by name, a level's own number under `…_no`; `labels` recognise repeats."""

    places: dict[str, int]
    labels: dict[int, frozenset[str]]
    lines: int

    def cell(self, cells: Cells, name: str) -> str:
        """Return the cell of a column, empty where the row is too short or the schedule has no such column."""
        place = self.places.get(name, -1)
        return cells[place] if 0 <= place < len(cells) else ""


def letters(place: int) -> str:
    """Return a spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(title: str) -> str:
    """Return the column that a title names ("parameter", "parameter_no", "no" for a bare number), or ""."""
    plain = normalise_name(title)
    for name, titles in TITLES.items():
        if plain in titles:
            return name
    if _NUMBER.search(plain) and not re.search("标准|方法", plain):
        for name, titles in TITLES.items():
            if plain.replace("序号", "").replace("编号", "").removesuffix("no") in titles:
                return f"{name}_no"
        return "no" if plain in {"序号", "编号", "no"} else ""
    return "method" if _METHOD.search(plain) else ""


def find_layout(first: Cells, second: Cells | None) -> Layout | None:
    """Return the layout if these one or two rows are a schedule's header; two rows when the second only refines."""
    two = second is not None and _refines(first, second)
    named: dict[str, int] = {}
    labels: dict[int, frozenset[str]] = {}
    bare: list[int] = []
    above = ""
    for place, top in enumerate(first):
        under = second[place] if two and second is not None and place < len(second) else ""
        above = top or (above if normalise_name(under) in _SUB_WORDS else "")
        found = _named(above, under)
        labels[place] = frozenset(filter(None, (normalise_name(top), normalise_name(under))))
        if found == "no":
            bare.append(place)
        elif found:
            named.setdefault(found, place)
    _give_numbers(named, bare)
    if "object" not in named and "category" in named:
        named["object"] = named["category"]
    return Layout(named, labels, 2 if two else 1) if set(REQUIRED) <= named.keys() else None


def missing_columns(rows: Sequence[Cells]) -> list[str]:
    """Return the Chinese titles that the best of some rows lacks, for the refusal of a table without a header."""
    best = set(REQUIRED)
    for cells in rows:
        found = {column_of(cell) for cell in cells if cell}
        best = min(best, set(REQUIRED) - found, key=len)
    return [CHINESE[name] for name in REQUIRED if name in best]


def is_repeated_header(cells: Cells, layout: Layout) -> bool:
    """Tell whether a row prints the header again (each page of the official form does)."""
    filled = [(place, normalise_name(cell)) for place, cell in enumerate(cells) if cell]
    hits = sum(1 for place, plain in filled if plain in layout.labels.get(place, ()))
    return hits >= 2 and hits * 2 > len(filled)


def is_footer(cells: Cells) -> bool:
    """Tell whether a row is a page's footer or says that the rest is blank."""
    texts = {cell for cell in cells if cell}
    return bool(texts) and len(texts) <= 2 and all(_FOOTER.search(text.strip().lower()) for text in texts)


def heading_of(cells: Cells, layout: Layout) -> str:
    """Return the text of a row that is a heading (one text across the table or alone at its left), or ""."""
    texts = {cell for cell in cells if cell}
    if len(texts) != 1:
        return ""
    text = next(iter(texts))
    width = sum(1 for cell in cells if cell)
    alone = width == 1 and not layout.cell(cells, "parameter") and not layout.cell(cells, "method")
    return text if alone or width >= min(4, len(layout.places)) else ""


def is_signatory_header(cells: Cells) -> bool:
    """Tell whether a row is the header of table 5, the authorised signatories."""
    if not any("姓名" in cell.replace(" ", "") for cell in cells):
        return False
    plain = {normalise_name(cell) for cell in cells if cell}
    return all(plain & titles for titles in SIGNATORY_TITLES)


def _named(top: str, under: str) -> str:
    if under and under != top:
        return column_of(top + under) or (
            f"{column_of(top)}_no"
            if column_of(under) == "no" and column_of(top)
            else column_of(under) or column_of(top)
        )
    return column_of(top)


def _refines(first: Cells, second: Cells) -> bool:
    words = {normalise_name(cell) for cell in second if cell}
    return bool(words & {"序号", "名称"}) and words <= _SUB_WORDS | {normalise_name(cell) for cell in first}


def _give_numbers(named: dict[str, int], bare: list[int]) -> None:
    """Give each bare 序号 to the level on its right."""
    for place in bare:
        right = [(there, name) for name, there in named.items() if name in _LEVELS and there > place]
        if right:
            named.setdefault(f"{min(right)[1]}_no", place)
