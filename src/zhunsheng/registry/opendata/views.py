"""Open data for people: what there is, what each column means, and a look-up on a day."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from zhunsheng.registry.opendata import selectors, store
from zhunsheng.registry.opendata.files import FORMATS
from zhunsheng.registry.opendata.forms import LookUpForm
from zhunsheng.registry.opendata.registers import registers
from zhunsheng.registry.opendata.rules import NOT_VALID, OUTSIDE, VALID, words_for

_MEANINGS = {VALID: "good", NOT_VALID: "attention", OUTSIDE: "neutral"}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what is published: registers with rows and files, moment, licence."""
    manifest = store.manifest() or {"files": []}
    files = {(one["name"], one["format"]): one for one in manifest["files"]}
    rows = [
        {
            "name": one.name,
            "title": one.title[_language()],
            "about": one.about[_language()],
            "rows": files[one.name, "csv"]["rows"] if (one.name, "csv") in files else None,
            "files": [files[one.name, name] for name in FORMATS if (one.name, name) in files],
        }
        for one in registers().values()
    ]
    page = {
        "registers": rows,
        "as_of": parse_datetime(manifest["as_of"]) if "as_of" in manifest else None,
        "licence": settings.ZHUNSHENG_OPEN_DATA_LICENCE,
        "licence_url": settings.ZHUNSHENG_OPEN_DATA_LICENCE_URL,
    }
    return render(request, "opendata/index.html", page)


@require_GET
def dictionary(request: HttpRequest) -> HttpResponse:
    """Show what every column means."""
    language = _language()
    shown = [
        {
            "name": one["name"],
            "title": one["title"][language],
            "about": one["about"][language],
            "columns": [column | {"words": column["meaning"][language]} for column in one["columns"]],
        }
        for one in selectors.dictionary()
    ]
    return render(request, "opendata/dictionary.html", {"registers": shown})


@require_GET
def look_up(request: HttpRequest) -> HttpResponse:
    """Answer for a certificate, a body or a scope line on a day."""
    form = LookUpForm(request.GET if "number" in request.GET else None)
    page: dict[str, Any] = {"form": form}
    if form.is_valid():
        found = _found(form)
        page |= {
            "found": found,
            "sentence": words_for(found.answer, found.state)[_language()],
            "meaning": _MEANINGS[found.answer],
        }
    return render(request, "opendata/look_up.html", page, status=422 if form.errors else 200)


def _found(form: LookUpForm) -> selectors.Found:
    number, now = form.cleaned_data["number"], timezone.now()
    on = form.cleaned_data.get("on") or timezone.localdate(now)
    if any(form.line()):
        return selectors.scope_on(number, form.line(), on, now)
    certificate = selectors.certificate_on(number, on, now)
    return certificate if certificate.certificate else selectors.body_on(number, on, now)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"
