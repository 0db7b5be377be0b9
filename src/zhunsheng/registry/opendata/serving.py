"""Answers with a published file: whole, one range of it (columnar readers ask for ranges), or "not modified"."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import http_date

from zhunsheng.registry.opendata import store

_CHUNK = 1 << 18
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


def answer_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return a file of the current publication. Raises: Http404."""
    manifest = store.manifest() or {"files": []}
    entry = next((one for one in manifest["files"] if one["file"] == name), None)
    if entry is None:
        raise Http404
    etag = f'"{entry["sha256"]}"'
    given = request.headers.get("If-None-Match", "")
    if etag in given:
        return _dressed(HttpResponse(status=304), entry, manifest, etag)
    path, size = store.path_of(manifest["publication"], name), int(entry["bytes"])
    if not path.is_file():
        raise Http404
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and request.headers.get("If-Range", etag) == etag and (asked[1] or asked[2]):
        return _dressed(_part(path, size, asked), entry, manifest, etag)
    response = StreamingHttpResponse(_read(path, 0, size), content_type=_TYPES[entry["format"]])
    response["Content-Length"] = str(size)
    return _dressed(response, entry, manifest, etag)


def _part(path: Path, size: int, asked: re.Match[str]) -> HttpResponseBase:
    """Answer one range (RFC 9110, 14): first-last, first-, or the last so many."""
    if asked[1]:
        first, last = int(asked[1]), min(int(asked[2]) if asked[2] else size - 1, size - 1)
    else:
        first, last = max(size - int(asked[2]), 0), size - 1
    if first > last:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    response = StreamingHttpResponse(_read(path, first, last - first + 1), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _read(path: Path, first: int, count: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while count and (chunk := file.read(min(_CHUNK, count))):
            count -= len(chunk)
            yield chunk


def _dressed(
    response: HttpResponseBase, entry: dict[str, str], manifest: dict[str, str], etag: str
) -> HttpResponseBase:
    response["ETag"] = etag
    response["Last-Modified"] = http_date(datetime.fromisoformat(manifest["as_of"]).timestamp())
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f'attachment; filename="{entry["file"]}"'
    response["Content-Type"] = _TYPES[entry["format"]]
    patch_cache_control(response, public=True, max_age=600)
    return response
