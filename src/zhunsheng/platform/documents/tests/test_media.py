import gzip
import io
import json

import pytest

from zhunsheng.platform.documents import media
from zhunsheng.platform.documents.errors import FileRefused
from zhunsheng.platform.documents.tests.factories import png_pixel, xlsx, zipped


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.4\n", media.PDF),
        (png_pixel(), media.PNG),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", media.JPEG),
        (b"GIF89a", media.GIF),
        (b"RIFF\x10\0\0\0WEBPVP8 ", media.WEBP),
        (xlsx([["a"]]), media.XLSX),
        (zipped({"word/document.xml": b"<w/>"}), media.DOCX),
        (zipped({"OFD.xml": b"<ofd/>"}), media.OFD),
        (zipped({"readme.txt": b"hello"}), media.ZIP),
        (gzip.compress(b"hello", mtime=0), media.GZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), media.OLE),
        (b'<?xml version="1.0"?><a/>', media.XML),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', media.SVG),
        (b"<!DOCTYPE html><html>", media.HTML),
        (b'{"format": "zhunsheng-report/1"}', media.JSON),
        (b'{"a": 1}\n{"a": 2}\n', media.NDJSON),
        (b'{\n "a": 1\n}\n', media.JSON),
        ("样品,结果\nS1,0.1\n".encode("gb18030"), media.CSV),
        ("\ufeff样品;结果\r\nS1;0,1\r\n".encode(), media.CSV),
        ("一段说明。\n".encode(), media.TEXT),
        ("一段说明。\n".encode("utf-16"), media.TEXT),
        (b"", media.TEXT),
        (bytes(range(256)), media.UNKNOWN),
    ],
    ids=lambda value: value if isinstance(value, str) else "made of",  # the bytes of a workbook hold its second
)
def test_a_file_is_known_by_its_content(content, media_type):
    assert media.sniff(io.BytesIO(content)) == media_type


def test_a_long_text_cut_inside_a_character_is_still_text():
    text = "a" + "汉" * 40_000  # the first 65,536 bytes end inside a character

    assert media.sniff(io.BytesIO(text.encode())) == media.TEXT


def test_a_long_batch_is_known_by_its_first_lines():
    lines = "\n".join(json.dumps({"n": n, "text": "汉" * 500}, ensure_ascii=False) for n in range(200))

    assert media.sniff(io.BytesIO(lines.encode())) == media.NDJSON


@pytest.mark.parametrize("start", [b"MZ\x90\0\x03", b"\x7fELF\x02", b"#!/bin/sh\n"])
def test_programs_are_refused(start):
    with pytest.raises(FileRefused, match="program"):
        media.sniff(io.BytesIO(start))


@pytest.mark.parametrize(
    ("found", "declared", "kept"),
    [
        (media.PDF, "application/pdf", media.PDF),
        (media.PDF, None, media.PDF),
        (media.PDF, "application/octet-stream", media.PDF),
        (media.XML, "text/xml; charset=utf-8", media.XML),
        (media.TEXT, "text/csv", media.CSV),
        (media.JSON, "application/x-ndjson", media.NDJSON),
        (media.OLE, "application/vnd.ms-excel", media.OLE),
        (media.UNKNOWN, "application/x-agilent-raw", media.UNKNOWN),
        (media.ZIP, "application/x-zip-compressed", media.ZIP),
        (media.JPEG, "IMAGE/JPG", media.JPEG),
    ],
)
def test_a_declaration_that_fits_is_accepted(found, declared, kept):
    assert media.agreed(found, declared) == kept


@pytest.mark.parametrize(
    ("found", "declared"),
    [
        (media.HTML, "application/pdf"),
        (media.HTML, "text/plain"),
        (media.SVG, "image/png"),
        (media.PDF, "image/png"),
        (media.ZIP, media.XLSX),
        (media.UNKNOWN, "application/pdf"),
        (media.UNKNOWN, "image/tiff"),
        (media.TEXT, "application/pdf"),
    ],
)
def test_a_declaration_that_contradicts_the_content_is_refused(found, declared):
    with pytest.raises(FileRefused) as caught:
        media.agreed(found, declared)

    assert caught.value.field == "media_type"
