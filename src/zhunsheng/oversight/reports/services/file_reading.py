"""A file that somebody chose in a browser, read into reports by what it holds, never by its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.conf import settings

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.dcc import read_dcc
from zhunsheng.oversight.reports.format import FormatProblem, Parsed, read_report
from zhunsheng.platform.documents import files

XML_MEDIA_TYPE = "application/xml"


@dataclass(frozen=True, slots=True)
class Read:
    """One report of a file, or why there is none; `name` says where in the file it stands."""

    name: str
    parsed: Parsed | None = None
    problem: DomainError | None = None


def read_file(name: str, content: bytes, *, at: datetime, keep_originals: bool) -> Iterator[Read]:
    """Yield every report of a file in order; what can't be read is a problem at its place.

    Args:
        at: when a signer's certificate must be valid.
        keep_originals: store a certificate's XML as the attachment that its report names; False for a mere check.
    """
    head = content.lstrip()[:1]
    if head == b"<":
        yield _one(name, content, at, keep_originals=keep_originals)
    else:
        yield from _json_lines(name, content)


def _json_lines(name: str, content: bytes) -> Iterator[Read]:
    """Read one JSON document, or one a line: several lines that each begin a document are NDJSON."""
    lines = [line for line in content.split(b"\n") if line.strip()]
    many = len(lines) > 1 and all(line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in lines)
    for place, raw in enumerate(lines if many else [content], 1):
        where = f"{name}:{place}" if many else name
        try:
            yield Read(where, parsed=read_report(raw, limits=settings.ZHUNSHENG_LIMITS))
        except FormatProblem as problem:
            yield Read(where, problem=problem)


def _one(name: str, content: bytes, at: datetime, *, keep_originals: bool) -> Read:
    try:
        found = read_dcc(content, at=at)
        raw = msgspec.json.encode(found.report_dict)
        parsed = read_report(raw, limits=settings.ZHUNSHENG_LIMITS)
        if keep_originals:
            files.store(found.original, XML_MEDIA_TYPE)
    except DomainError as problem:
        return Read(name, problem=problem)
    return Read(name, parsed=parsed)
