"""A file that somebody chose in a browser, read into reports by what it holds, never by its name."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from django.conf import settings

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.dcc import read_dcc
from zhunsheng.oversight.reports.format import FormatProblem, read_report
from zhunsheng.oversight.reports.uploads import PDF_MEDIA_TYPE, Uploaded, is_pdf, is_upload, read_pdf, read_upload
from zhunsheng.platform.documents import files

XML_MEDIA_TYPE = "application/xml"


def read_file(name: str, content: bytes, *, at: datetime, keep_originals: bool) -> Iterator[Uploaded]:
    """Yield every report of a file in order; what can't be read is a problem at its place.

    Args:
        at: when a signer's certificate must be valid.
        keep_originals: store a certificate's XML or a PDF as the attachment that its report names; False
            for a mere check.
    """
    head = content.lstrip()[:1]
    if head == b"<":
        yield _one(name, content, at, keep_originals=keep_originals)
    elif is_upload(name, content):
        yield from read_upload(name, content, limits=settings.ZHUNSHENG_LIMITS)
    elif is_pdf(content):
        read = read_pdf(name, content, limits=settings.ZHUNSHENG_LIMITS)
        if keep_originals and read.parsed is not None:
            files.store(content, PDF_MEDIA_TYPE)
        yield read
    else:
        yield from _json_lines(name, content)


def _json_lines(name: str, content: bytes) -> Iterator[Uploaded]:
    """Read one JSON document, or one a line: several lines that each begin a document are NDJSON."""
    lines = [line for line in content.split(b"\n") if line.strip()]
    many = len(lines) > 1 and all(line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in lines)
    for place, raw in enumerate(lines if many else [content], 1):
        where = f"{name}:{place}" if many else name
        try:
            yield Uploaded(where, parsed=read_report(raw, limits=settings.ZHUNSHENG_LIMITS))
        except FormatProblem as problem:
            yield Uploaded(where, problem=problem)


def _one(name: str, content: bytes, at: datetime, *, keep_originals: bool) -> Uploaded:
    try:
        found = read_dcc(content, at=at)
        raw = msgspec.json.encode(found.report_dict)
        parsed = read_report(raw, limits=settings.ZHUNSHENG_LIMITS)
        if keep_originals:
            files.store(found.original, XML_MEDIA_TYPE)
    except DomainError as problem:
        return Uploaded(name, problem=problem)
    return Uploaded(name, parsed=parsed)
