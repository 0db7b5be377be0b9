"""Read what the page writes for dropped files, one a line: number, digests and version of reports to register."""

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from ..format import REGISTRATION_FORMAT, FormatProblem, read_report
from .reading import Uploaded

_FIELD: Final = re.compile(r"(number|digest|content|version|issued)=(.*)", re.DOTALL)


def read_listed(text: str, *, cma: str, slug: str, issued: str, business: str) -> Iterator[Uploaded]:
    """Yield the registration of each report in the list; the lines of one number and version belong together.

    Args:
        cma: the CMA number of the body, or its unified social credit code where `slug` is that.
        issued: the day of issue of every line that doesn't state one itself.
    """
    body = {"cma": cma} if cma else {"uscc": slug}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for line in text.splitlines():
        fields = {match[1]: match[2].strip() for part in line.split("\t") if (match := _FIELD.fullmatch(part.strip()))}
        if not line.strip():
            continue
        key = (fields.get("number", ""), fields.get("version") or "1")
        document = found.setdefault(key, {"format": REGISTRATION_FORMAT, "body": body, "number": key[0]})
        document["version"] = int(key[1]) if key[1].isascii() and key[1].isdecimal() and len(key[1]) < 10 else key[1]
        document["business"] = business
        document.setdefault("issued", fields.get("issued") or issued)
        if fields.get("digest"):
            document.setdefault("files", []).append({"sha256": fields["digest"].lower()})
        if fields.get("content"):
            document["content"] = fields["content"].lower()
    for (number, _version), document in found.items():
        yield _read(number, document)


def _read(number: str, document: dict[str, Any]) -> Uploaded:
    try:
        return Uploaded(number, parsed=read_report(msgspec.json.encode(document)))
    except FormatProblem as problem:
        return Uploaded(number, problem=problem)
