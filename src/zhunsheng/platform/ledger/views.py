"""The log's public face: static resources of c2sp.org/tlog-tiles, and a page for people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhunsheng.foundation.tlog.store import read_checkpoint, read_tile
from zhunsheng.foundation.tlog.tiles import NotATilePath, parse_path
from zhunsheng.platform.ledger import keys, publication, selectors

_TEXT = "text/plain; charset=utf-8"
_FOR_EVER = "public, max-age=31536000, immutable"
_A_MOMENT = "public, max-age=1, must-revalidate"


@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """Answer with the signed checkpoint."""
    note = read_checkpoint(keys.ledger_folder())
    if note is None:
        raise Http404("nothing is sealed yet")
    return _resource(note, _TEXT, _A_MOMENT)


@require_safe
def tile(_request: HttpRequest, path: str) -> HttpResponse:
    """Answer with a tile or an entry bundle that the published checkpoint covers."""
    try:
        name = parse_path(f"tile/{path}")
    except NotATilePath as error:
        raise Http404("not a tile") from error
    folder = keys.ledger_folder()
    shown = publication.published_checkpoint(folder)
    content = read_tile(folder, name) if shown is not None and name.end <= shown.size else None
    if content is None:
        raise Http404("no such tile")
    return _resource(content, "application/octet-stream", _FOR_EVER)


@require_safe
def key(_request: HttpRequest) -> HttpResponse:
    """Answer with the log's public key as `name+id+key` (c2sp.org/signed-note)."""
    return _resource(f"{keys.log_key().text}\n", _TEXT, "public, max-age=300")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the state of the log and how to verify it."""
    page = {"log": selectors.log_state(), "key": keys.log_key().text, "origin": keys.log_origin()}
    return render(request, "ledger/index.html", page)


def _resource(content: str | bytes, content_type: str, caching: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = caching
    response["Access-Control-Allow-Origin"] = "*"
    return response
