"""The Estonian Health Board's results, flattened to one row for each result line (CSV, plain or gzip).

Columns: domain, sample_id, object_id, object_name, site_id, site_name, matrix, sampled_at, sampler_key, purpose,
protocol_no, protocol_verdict, param_id, param, value_raw, unit, param_verdict, lab_prefix.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TextIO

from ..format.problems import BilingualProblem
from ..format.stating import stated
from .base import Source, SourceItem
from .ee_water import REGISTER, body_of, when_of

_SHARED: Final = (
    *("domain", "sample_id", "object_id", "object_name", "site_id", "site_name", "matrix", "sampled_at"),
    *("sampler_key", "purpose", "protocol_no", "protocol_verdict"),
)
_OF_THE_LINE: Final = ("param_id", "param", "value_raw", "unit", "param_verdict")
_LABORATORY: Final = "lab_prefix"
COLUMNS: Final = (*_SHARED, *_OF_THE_LINE, _LABORATORY)
_GZIP: Final = b"\x1f\x8b"

Row = dict[str, str]


class MissingColumns(BilingualProblem):
    """The table lacks columns of the published layout."""

    def __init__(self, missing: list[str]) -> None:
        names = ", ".join(missing)
        super().__init__(
            f"The table lacks the columns {names}.",
            f"表格缺少列：{names}。",
            "Load the file with the publisher's own heading.",
            "请导入带有发布方原表头的文件。",
            code="source.columns",
        )


class BrokenTable(BilingualProblem):
    """A table that ends in the middle or doesn't unpack; what stands before that place is sound."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(
            f"The table breaks off or is damaged after line {line}: {why}.",
            f"表格在第 {line} 行之后中断或损坏：{why}。",
            "Fetch the file again from its publisher.",
            "请从发布方重新获取文件。",
            code="source.broken",
        )


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    with path.open("rb") as probe:
        packed = probe.read(2) == _GZIP
    with gzip.open(path, "rb") if packed else path.open("rb") as stream:
        yield io.TextIOWrapper(stream, encoding="utf-8", newline="")


def _report(rows: list[Row]) -> dict[str, Any]:
    first = rows[0]
    results = [
        stated(
            line=number,
            parameter=row["param"],
            parameter_ref=row["param_id"],
            value=row["value_raw"],
            unit=row["unit"],
            verdict=row["param_verdict"],
        )
        for number, row in enumerate(rows, 1)
    ]
    return stated(
        format="zhunsheng-report/1",
        kind="test",
        version=1,
        body=body_of(first["lab_prefix"]),
        number=first["protocol_no"],
        purpose=first["purpose"],
        sample=stated(
            id=first["sample_id"],
            category=first["domain"],
            object=first["matrix"],
            sampled=when_of(first["sampled_at"], "%Y-%m-%dT%H:%M"),
            sampled_from=stated(id=first["object_id"], name=first["object_name"]),
            place=stated(id=first["site_id"], name=first["site_name"]),
            sampling=stated(sampler=first["sampler_key"]),
        ),
        results=results,
        conclusion=first["protocol_verdict"],
        published={"source": REGISTER},
    )


def read(path: Path) -> Iterator[SourceItem]:
    """Yield one report for each run of rows that agree in all but the result. Raises: MissingColumns, BrokenTable."""
    with _opened(path) as text:
        reader = csv.DictReader(_whole_lines(text), strict=True)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise MissingColumns(missing)
        line = 1
        for _, run in groupby(_rows(reader), key=lambda row: tuple(row[name] for name in (*_SHARED, _LABORATORY))):
            rows = list(run)
            yield SourceItem(_report(rows), (line + 1, line + len(rows)))
            line += len(rows)


def _whole_lines(text: TextIO) -> Iterator[str]:
    """Yield lines; a last one without its line break was cut, and half a word would pass for a whole one."""
    for number, line in enumerate(text):
        if not line.endswith("\n"):
            raise BrokenTable(number, "the last line has no end")
        yield line


def _rows(reader: "csv.DictReader[str]") -> Iterator[Row]:
    try:
        for row in reader:
            if None in row or None in row.values():
                raise BrokenTable(reader.line_num - 1, "a row has too few or too many columns")
            yield row
    except (csv.Error, EOFError, zlib.error, OSError, UnicodeDecodeError) as error:
        raise BrokenTable(reader.line_num, str(error)) from error


def sniff(path: Path) -> bool:
    """Return whether a file is this table."""
    if path.suffix.lower() not in {".csv", ".gz"}:
        return False
    try:
        with _opened(path) as text:
            return text.readline(2000).strip().split(",") == list(COLUMNS)
    except (OSError, UnicodeDecodeError, EOFError):
        return False


EE_WATER_LINES: Final = Source(
    name="ee-water-lines",
    title="Estonian Health Board: water test results (one row a result line)",
    title_zh="爱沙尼亚卫生局：水质检测结果（逐行表）",
    sniff=sniff,
    read=read,
    register=REGISTER,
)
