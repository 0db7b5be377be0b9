"""Read a report from the text of its PDF as far as it is laid out like most: names beside values, one table of results.

What was read is only a proposal: the body compares it with the signed original before it is sent. Nothing is guessed;
a row of results that doesn't have a cell under each heading is told as not understood.
"""

import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ..format import FORMAT
from ..sources.tables import TableProblem
from .cells import Draft
from .columns import REPORT_COLUMNS, RESULT_COLUMNS, Column, by_heading, plain
from .reading import Uploaded, UploadProblem, finished

PDF: Final = b"%PDF-"
MEDIA_TYPE: Final = "application/pdf"
MOST_PAGES: Final = 60
_BROKEN: Final = (
    *(PyPdfError, OSError, EOFError, ArithmeticError, LookupError, ValueError, TypeError),
    *(AttributeError, NotImplementedError, RecursionError, AssertionError),
)
"""What the reader raises for files that aren't what they say."""

_GAPS: Final = tuple(re.compile(rf"\s{{{least},}}") for least in range(2, 7))
"""Gaps between cells, the narrowest first: letters of two widths in one cell may stand two spaces apart, too."""

_LOOSE: Final = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\s+|\s+(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)
"""Room that a page leaves beside a Chinese character; it is no part of the text."""

_NAMED: Final = re.compile(r"([^：:]{2,20})[：:]\s*(\S.*)")
_LEAST_HEADINGS: Final = 3
_RADICALS: Final = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民虎西见角贝车長长门青页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""CJK Radicals Supplement as the characters that some PDF writers mean by them."""

_REPORT_NAMES: Final[Mapping[str, str]] = {
    "证书编号": "body.cma",
    "CMA编号": "body.cma",
    "检测机构": "body.name",
    "检验机构": "body.name",
    "报告号": "number",
    "样品编号": "sample.id",
    "检测类别": "purpose",
    "委托方": "client.name",
    "委托单位名称": "client.name",
    "生产企业": "producer.name",
    "型号规格": "sample.model",
    "批号": "sample.batch",
    "接样日期": "dates.received",
    "样品接收日期": "dates.received",
    "签发时间": "dates.issued",
    "报告日期": "dates.issued",
    "结论": "conclusion",
    "检测结论": "conclusion",
    "签发人": "signatory.name",
    "抽样单号": "sample.sampling.sheet",
    "任务下达单位": "task.authority",
    "任务来源": "task.authority",
}
_RESULT_NAMES: Final[Mapping[str, str]] = {
    "检验项目": "parameter",
    "项目名称": "parameter",
    "检测参数": "parameter",
    "检测依据": "method",
    "检验依据": "method",
    "检验方法": "method",
    "检验结果": "value",
    "实测值": "value",
    "测定值": "value",
    "技术要求": "limit.text",
    "标准值": "limit.text",
    "限量值": "limit.text",
    "标准限值": "limit.text",
    "单项结论": "verdict",
    "单项评价": "verdict",
    "判定": "verdict",
    "计量单位": "unit",
    "定量下限": "loq",
}


def is_pdf(content: bytes) -> bool:
    """Return whether a file is a PDF by its first bytes."""
    return content[:1024].lstrip().startswith(PDF)


def read_pdf(name: str, content: bytes, *, limits: Mapping[str, int]) -> Uploaded:
    """Return what could be read of a report, with the PDF itself as its attachment. Never raises for a bad file."""
    try:
        lines = [line for page in _pages(content) for line in page.splitlines() if line.strip()]
    except _BROKEN as error:
        return Uploaded(name, problem=_unreadable(error))
    except UploadProblem as problem:
        return Uploaded(name, problem=problem)
    reading = _Reading(lines)
    reading.draft.data["attachments"] = [
        {"sha256": hashlib.sha256(content).hexdigest(), "media_type": MEDIA_TYPE, "bytes": len(content)}
    ]
    read = finished(name, reading.draft, limits, name)
    return Uploaded(name, read.parsed, read.problem, read.further, tuple(reading.unread), from_pdf=True)


def _pages(content: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content), strict=False)
    texts = [page.extract_text(extraction_mode="layout") for page in islice(reader.pages, MOST_PAGES)]
    if len(reader.pages) > MOST_PAGES or not "".join(texts).strip():
        raise UploadProblem(
            f"The PDF holds no text, as a scan does, or more than {MOST_PAGES} pages.",
            f"PDF 中没有文字（可能是扫描件），或超过 {MOST_PAGES} 页。",
            "Fill in the Excel template instead.",
            "请改用 Excel 模板填写。",
            code="upload.pdf_text",
        )
    for text in texts:
        yield "".join(_letter(letter) for letter in text)


def _letter(letter: str) -> str:
    """Return the ordinary character for a radical; everything else, signs and digits above all, stays as it is."""
    radical = "\u2e80" <= letter <= "\u2fdf"
    return unicodedata.normalize("NFKC", letter).translate(_RADICALS) if radical else letter


class _Reading:
    """Goes through the lines: names beside values until a head of results, then rows under it."""

    def __init__(self, lines: list[str]) -> None:
        self.draft = Draft({"format": FORMAT})
        self.unread: list[str] = []
        self._head: list[Column | None] = []
        self._rows = 0
        self._done: set[str] = set()
        for line in lines:
            cells = _cells(line, _GAPS[0])
            head = [_RESULT.get(plain(cell)) for cell in cells]
            if sum(one is not None for one in head) >= _LEAST_HEADINGS and any(one is _PARAMETER for one in head):
                self._head = head
            elif not self._named(cells) and self._head:
                self._row(line)

    def _named(self, cells: list[str]) -> bool:
        """Take names with their values, beside each other or with a colon between; False if there is none."""
        found, index = False, 0
        while index < len(cells):
            match = _NAMED.fullmatch(cells[index])
            column = _REPORT.get(plain(match[1] if match else cells[index]))
            follows = cells[index + 1] if index + 1 < len(cells) else ""
            if column is None:
                index += 1
                continue
            found = True
            value = match[2] if match else "" if plain(follows) in _REPORT else follows
            index += 1 if match or not value else 2
            if value and column.path not in self._done:
                self._done.add(column.path)
                self.draft.put(column, value, f"PDF “{column.heading}”")
        return found

    def _row(self, line: str) -> None:
        ways = (_cells(line, gap) for gap in _GAPS)
        cells = next((way for way in ways if len(way) == len(self._head)), None)
        if cells is None:
            self.unread.append(" ".join(line.split()))
            return
        for column, cell in zip(self._head, cells, strict=True):
            if column is not None and cell not in {"—", "--", "——"}:
                self.draft.put(column, cell, f"PDF “{column.heading}” {self._rows + 1}", self._rows)
        self._rows += 1


def _cells(line: str, gap: re.Pattern[str]) -> list[str]:
    return [tight for cell in gap.split(line.strip()) if (tight := _tight(cell))]


def _tight(text: str) -> str:
    return _LOOSE.sub("", " ".join(text.split()))


def _names(columns: tuple[Column, ...], more: Mapping[str, str]) -> dict[str, Column]:
    by_path = {column.path: column for column in columns}
    return {**by_heading(columns), **{plain(name): by_path[path] for name, path in more.items()}}


def _unreadable(error: Exception) -> TableProblem:
    why = str(error) or type(error).__name__
    return TableProblem(
        f"The PDF can't be read: {why}.",
        f"PDF 无法读取：{why}。",
        "Save it again without a password, or fill in the Excel template.",
        "请去掉密码后另存，或改用 Excel 模板填写。",
        code="upload.pdf",
    )


_REPORT: Final = _names(REPORT_COLUMNS, _REPORT_NAMES)
_RESULT: Final = _names(RESULT_COLUMNS, _RESULT_NAMES)
_PARAMETER: Final[Any] = next(column for column in RESULT_COLUMNS if column.path == "parameter")
