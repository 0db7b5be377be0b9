"""The need-for-licence test for anyone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.forms.need import NeedForm
from zhunsheng.admission.licensing.rules.routing import articles_of
from zhunsheng.admission.licensing.selectors import need as selectors
from zhunsheng.foundation.lawbook import Entry, Lawbook

MEANINGS = {"required": "attention", "not_required": "good", "ask": "waiting"}
FIRST = {"purpose": "society", "domain": "product", "owner": "other", "form": "entity", "occasion": "first"}


@require_safe
def need(request: HttpRequest) -> HttpResponse:
    """Ask a few questions; with answers in the address, say whether a licence is needed and why."""
    today = timezone.localdate()
    if not request.GET:
        return render(request, "licensing/need.html", {"form": NeedForm(initial={**FIRST, "on": today})})
    form = NeedForm(request.GET)
    if not form.is_valid():
        return render(request, "licensing/need.html", {"form": form}, status=422)
    found = selectors.licence_needed(form.facts(), form.cleaned_data["on"] or today)
    words = {"required": _("A licence is needed"), "not_required": _("No licence is needed"), "ask": _("It depends")}
    needs = law_book.needs()
    page = {
        "form": form,
        "found": found,
        "meaning": MEANINGS[found.answer],
        "words": words[found.answer],
        "reasons": [shown(entry, needs) for entry in (found.need, found.decider, found.form) if entry is not None],
        "open": [one for one in found.routes if one.open],
        "barred": [one for one in found.routes if not one.open],
    }
    return render(request, "licensing/need.html", page)


def shown(entry: Entry, book: Lawbook) -> dict[str, Any]:
    """Return what the page says of an entry."""
    return {
        "entry": entry,
        "version": book.version_of(entry),
        "articles": articles_of(entry),
    }
