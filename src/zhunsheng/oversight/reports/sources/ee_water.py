"""Yearly water-test results of the Estonian Health Board (Terviseamet), in its own XML.

One report for each test protocol (`katseprotokoll`). Everything stays as published, in Estonian, blanks included;
what an element leaves empty stays absent. The publisher names neither laboratory nor limits: the letters that begin
a protocol number stand for the laboratory, unverified.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from lxml import etree

from .. import safe_xml
from ..format.stating import stated
from .base import Source, SourceItem

REGISTER: Final = "ee-terviseamet"
TALLINN: Final = ZoneInfo("Europe/Tallinn")
DOMAINS: Final = {
    "basseini_veeproovid": "basseinid",
    "supluskoha_veeproovid": "supluskoha",
    "joogiveeallika_veeproovid": "joogivesi",
    "veevargi_veeproovid": "veevark",
}
_FACILITIES: Final = ("bassein", "supluskoht", "veeallikas", "veevark")
_LETTERS: Final = re.compile(r"[^\W\d_]*")


def body_of(protocol: str) -> dict[str, str]:
    """Return the body behind a protocol number: the letters it begins with, or `none`."""
    match = _LETTERS.match(protocol)
    letters = match.group() if match else ""
    name = f"Terviseamet, katseprotokollid {letters}" if letters else "Terviseamet, tähiseta katseprotokollid"
    return {"register": REGISTER, "id": letters or "none", "name": name}


def when_of(text: str | None, form: str) -> str | None:
    """Return a published local time as the format writes it.

    A clock at 00:00 is how the publisher writes "no time of day": the day alone is kept. Other times get Tallinn's
    offset. A text that is no such time stays as it is, for the reader to refuse with its field.
    """
    if not text:
        return None
    try:
        moment = datetime.strptime(text, form).replace(tzinfo=TALLINN)
    except ValueError:
        return text
    if (moment.hour, moment.minute) == (0, 0):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def _text(element: etree._Element, tag: str) -> str | None:
    return element.findtext(tag) or None


def _lines(protocol: etree._Element) -> list[dict[str, Any]]:
    return [
        stated(
            line=number,
            parameter=_text(each, "nimetus"),
            parameter_ref=_text(each, "id"),
            value=_text(each, "sisaldus"),
            unit=_text(each, "yhik"),
            verdict=_text(each, "hinnang"),
        )
        for number, each in enumerate(protocol.iterfind("naitajad/naitaja"), 1)
    ]


def _sample(sample: etree._Element, domain: str) -> dict[str, Any]:
    facility = next((name for name in _FACILITIES if sample.find(name) is not None), _FACILITIES[0])
    return stated(
        id=_text(sample, "id"),
        category=domain,
        kind=_text(sample, "proovi_liik"),
        object=_text(sample, "veeliik"),
        sampled=when_of(_text(sample, "proovivotu_aeg"), "%d.%m.%Y %H:%M"),
        sampled_from=stated(id=_text(sample, f"{facility}_id"), name=_text(sample, facility)),
        place=stated(id=_text(sample, "proovivotukoht/id"), name=_text(sample, "proovivotukoht/nimetus")),
        sampling=stated(
            sampler=_text(sample, "proovivotja_nimi"),
            post=_text(sample, "proovivotja_amet"),
            certificate=_text(sample, "proovivotja_atesteerimistunnistuse_number"),
            method=_text(sample, "proovivotu_metoodika"),
            sheet=_text(sample, "proovivotuprotokolli_number"),
        ),
    )


def read(path: Path) -> Iterator[SourceItem]:
    """Yield one report for each protocol of the file; lines count from 1 through the file. Raises: XmlProblem."""
    root = safe_xml.root_name(path) or ""
    domain = DOMAINS.get(root, root.removesuffix("_veeproovid"))
    last = 0
    for element in safe_xml.stream(path, "proovivott"):
        sample = _sample(element, domain)
        for protocol in element.iterfind("katseprotokollid/katseprotokoll"):
            number = _text(protocol, "katseprotokolli_number")
            results = _lines(protocol)
            first, last = last + 1, last + len(results)
            report = stated(
                format="zhunsheng-report/1",
                kind="test",
                version=1,
                body=body_of(number or ""),
                number=number,
                purpose=_text(element, "proovivotu_eesmark"),
                sample=sample,
                task=stated(cover_letter=_text(protocol, "kaaskirja_number")),
                results=results,
                conclusion=_text(protocol, "hinnang"),
                published={"source": REGISTER},
            )
            yield SourceItem(report, (first, last))


def sniff(path: Path) -> bool:
    """Return whether a file is one of the Health Board's yearly XML files."""
    return safe_xml.root_name(path) in DOMAINS


EE_WATER: Final = Source(
    name="ee-water",
    title="Estonian Health Board: water test results (yearly XML)",
    title_zh="爱沙尼亚卫生局：水质检测结果（年度 XML）",
    sniff=sniff,
    read=read,
    register=REGISTER,
)
