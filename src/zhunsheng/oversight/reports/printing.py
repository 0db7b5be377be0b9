"""A report as PDF: the same content, with the code that leads to its verification."""

from pathlib import Path
from typing import Any

from django.urls import reverse
from msgspec import UNSET

from zhunsheng.oversight.reports.format.structs import Limit, Result
from zhunsheng.oversight.reports.format.structs import Report as StatedReport
from zhunsheng.oversight.reports.models import Report
from zhunsheng.platform.documents import pdf, qr

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"


def text_of(value: Any) -> str:
    """Return a text of the report, empty where it is not stated."""
    return "" if value is UNSET else str(value)


def limit_text(limit: Any) -> str:
    """Return a limit as people write it: 6.5–8.5, ≤ 0.01, ≥ 3; empty where none is stated."""
    if not isinstance(limit, Limit):
        return ""
    low, high = text_of(limit.min), text_of(limit.max)
    if low and high:
        return f"{low}–{high}"
    if high:
        return f"≤ {high}"
    return f"≥ {low}" if low else text_of(limit.text)


def _row(place: int, result: Result) -> list[str]:
    return [
        str(place),
        text_of(result.parameter),
        text_of(result.method),
        text_of(result.value),
        text_of(result.unit),
        limit_text(result.limit),
        text_of(result.verdict),
    ]


def _head(report: Report, stated: StatedReport) -> list[list[str]]:
    """Return the printed head: Chinese names of the fields, what is stated; absent facts are left out."""
    sample = None if stated.sample is UNSET else stated.sample
    dates = None if stated.dates is UNSET else stated.dates
    signer = None if stated.signatory is UNSET else stated.signatory
    rows = [
        ("报告编号", f"{report.number}（第 {report.version} 版）"),
        ("检验检测机构", report.body.name),
        ("资质认定证书编号", report.body.cma),
        ("委托单位", "" if stated.client is UNSET else text_of(stated.client.name)),
        ("样品名称", text_of(sample.name) if sample else ""),
        ("检测对象", text_of(sample.object) if sample else ""),
        ("样品编号", text_of(sample.id) if sample else ""),
        ("批号", text_of(sample.batch) if sample else ""),
        ("抽样日期", text_of(sample.sampled) if sample else ""),
        ("收样日期", text_of(dates.received) if dates else ""),
        ("检测日期", " 至 ".join(filter(None, (text_of(dates.started), text_of(dates.finished)))) if dates else ""),
        ("签发日期", text_of(dates.issued) if dates else ""),
        ("授权签字人", text_of(signer.name) if signer else ""),
        ("检测结论", text_of(stated.conclusion)),
    ]
    return [[name, value] for name, value in rows if value]


def pdf_of(report: Report, stated: StatedReport, *, base: str) -> bytes:
    """Return the PDF of a stored report; `base` is the address of this installation with its final slash.

    The same report gives the same bytes: its own time of receipt is the document's time.
    """
    address = base.rstrip("/") + reverse("verification:answer", args=[report.public_code])
    data = {
        "title": text_of(stated.title) or "检测报告",
        "head": _head(report, stated),
        "results": [_row(place, result) for place, result in enumerate(stated.results, 1)],
        "state": {"replaced": "本版本已被更正", "withdrawn": "本报告已作废"}.get(report.state, ""),
        "generated": "演示数据，非真实报告" if report.generated else "",
        "code": report.public_code,
        "digest": report.digest,
        "address": address,
        "qr": qr.svg(address),
    }
    return pdf.render(TEMPLATE, data, at=report.received_at)
