"""What a file is, by its content."""

import csv
import json
from typing import BinaryIO

from zhunsheng.platform.documents.archives import check_archive
from zhunsheng.platform.documents.errors import FileRefused

PDF, PNG, JPEG, GIF, WEBP = "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"
ZIP, GZIP, OLE = "application/zip", "application/gzip", "application/x-ole-storage"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFD = "application/ofd"
XML, JSON, NDJSON, CSV, TEXT = "application/xml", "application/json", "application/x-ndjson", "text/csv", "text/plain"
HTML, SVG, UNKNOWN = "text/html", "image/svg+xml", "application/octet-stream"
ACTIVE = frozenset({HTML, SVG})
"""Kinds that may carry scripts: whoever opens such evidence would run them."""

_HEAD = 1 << 16
_MAGIC = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b", GZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_INSIDE = (("xl/workbook.xml", XLSX), ("word/document.xml", DOCX), ("OFD.xml", OFD))
_OTHER_NAMES = {
    "text/xml": XML,
    "application/x-zip-compressed": ZIP,
    "image/jpg": JPEG,
    "application/vnd.ms-excel": OLE,
    "application/msword": OLE,
    "application/x-gzip": GZIP,
    "application/jsonl": NDJSON,
    "application/ndjson": NDJSON,
}
_KINDS_OF_TEXT = {JSON, NDJSON, CSV, TEXT}


def sniff(file: BinaryIO) -> str:
    """Return the media type that a file's content has; a ZIP archive is checked on the way.

    Raises: FileRefused for programs; FileTooLarge, ArchiveRefused.
    """
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(_PROGRAMS):
        raise FileRefused("The file is a program.", remedy="Send documents, images, tables or instrument data.")
    for start, media_type in _MAGIC:
        if head.startswith(start):
            return _in_archive(file) if media_type == ZIP else media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return _text_type(head, whole=len(head) < _HEAD)


def agreed(found: str, declared: str | None) -> str:
    """Return the media type to keep: what was found, or its more exact declared name.

    Text has no sure sign of its kind, so a declared JSON, NDJSON or CSV is believed of a text.
    Raises: FileRefused if content and declaration contradict each other.
    """
    if not declared:
        return found
    named = declared.split(";")[0].strip().lower()
    named = _OTHER_NAMES.get(named, named)
    if named in {found, UNKNOWN}:
        return found
    if found in _KINDS_OF_TEXT and named in _KINDS_OF_TEXT:
        return named
    if (
        found == UNKNOWN
        and not named.startswith(("image/", "text/"))
        and named not in {PDF, XML, JSON, XLSX, DOCX, ZIP}
    ):
        return UNKNOWN
    if found == ZIP and named.startswith("application/") and named not in {PDF, XML, JSON, XLSX, DOCX}:
        return ZIP
    raise FileRefused(
        "The file is declared as %(declared)s, but its content is %(found)s.",
        params={"declared": named[:80], "found": found},
        field="media_type",
        remedy="Declare what the file is, or send the right file.",
    )


def _in_archive(file: BinaryIO) -> str:
    names = set(check_archive(file))
    return next((media_type for name, media_type in _INSIDE if name in names), ZIP)


def _text_type(head: bytes, *, whole: bool) -> str:
    text = _decoded(head, whole=whole)
    if text is None:
        return UNKNOWN
    start = text.lstrip("\ufeff \t\r\n")[:512].lower()
    if start.startswith(("<!doctype html", "<html", "<script")):
        return HTML
    if start.startswith("<"):
        return SVG if "<svg" in start else XML
    if start.startswith(("{", "[")):
        return _json_type(text, whole=whole)
    return CSV if _looks_like_csv(text) else TEXT


def _decoded(head: bytes, *, whole: bool) -> str | None:
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    encodings = ("utf-16",) if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return head.decode(encoding)
        except UnicodeDecodeError as error:
            if not whole and error.start >= len(head) - 4:  # the head was cut inside a character
                return head[: error.start].decode(encoding)
    return None


def _json_type(text: str, *, whole: bool) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    complete = lines if whole else lines[:-1]
    if len(complete) > 1 and all(_is_json_object(line) for line in complete[:20]):
        return NDJSON
    return JSON


def _is_json_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _looks_like_csv(text: str) -> bool:
    lines = text.splitlines()[:20]
    for delimiter in ",;\t":
        widths = {len(row) for row in csv.reader(lines[:-1] or lines, delimiter=delimiter)}
        if len(lines) > 1 and len(widths) == 1 and widths != {1}:
            return True
    return False
