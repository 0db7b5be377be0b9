"""The need-for-licence test for anyone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhunsheng.admission.licensing import law_book, renewals
from zhunsheng.admission.licensing.forms.need import NeedForm
from zhunsheng.admission.licensing.selectors import need as selectors
from zhunsheng.admission.licensing.tables.renewals import RenewalTable
from zhunsheng.foundation.lawbook import Entry, Lawbook
from zhunsheng.platform import listing
from zhunsheng.registry.bodies import permissions as bodies
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.selectors import body_by_slug
from zhunsheng.registry.national import law_book as national
from zhunsheng.registry.national.rules.answers import MEANINGS as ANSWERS
from zhunsheng.registry.national.rules.answers import Kind

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
    needs, ways = law_book.needs(), law_book.ways()
    page = {
        "form": form,
        "found": found,
        "meaning": MEANINGS[found.answer],
        "words": words[found.answer],
        "reasons": [shown(entry, needs) for entry in (found.need, found.decider, found.form) if entry is not None],
        "open": [shown(one.entry, ways) for one in found.routes if one.open],
        "barred": [(shown(one.entry, ways), one.barred_by) for one in found.routes if not one.open],
    }
    return render(request, "licensing/need.html", page)


def shown(entry: Entry, book: Lawbook) -> dict[str, Any]:
    """Return what the page says of an entry."""
    return {
        "entry": entry,
        "version": book.version_of(entry),
        "articles": "；".join(f"{one.law} {one.article}".strip() for one in entry.basis),
    }


@require_safe
def renewal_outlook(request: HttpRequest, slug: str) -> HttpResponseBase:
    """List a body's scope lines that the national library does not list as they stand, for officers and the body."""
    body, today = _body(request, slug), timezone.localdate()
    found = renewals.outlook(body, today)
    if found is None:
        return render(request, "licensing/renewals.html", {"body": body})
    asked = request.GET.get("kind", "")
    kind = Kind(asked) if asked in Kind.values else None
    make: Any = RenewalTable  # django-tables2 has no types
    rows = renewals.lines(body, today, found, kind=kind).order_by("method_base", "object_text", "parameter_text", "pk")
    table = listing.arrange(make(rows, found), request)
    file = listing.exported(table, request, name=f"national-library-{body.slug.replace(':', '-')}")
    if file is not None:
        return file
    entry = national.latest()
    here = reverse("licensing:renewals", args=[body.slug])
    page = {
        "body": body,
        "outlook": found,
        "table": table,
        "entry": entry,
        "version": national.book().version_of(entry),
        "articles": "；".join(f"{one.law} {one.article}".strip() for one in entry.basis),
        "tiles": [
            {"name": one.label, "value": found.counts[one], "href": f"{here}?kind={one.value}"}
            for one in Kind
            if found.counts.get(one)
        ],
        "effects": [
            {"meaning": ANSWERS[one], "words": one.label, "effect": entry.values["effects"][one.value]}
            for one in Kind
            if found.counts.get(one) and one is not Kind.IN_LIBRARY
        ],
    }
    return render(request, "licensing/renewals.html", page)


def _body(request: HttpRequest, slug: str) -> Body:
    try:
        body = body_by_slug(slug)
    except Body.DoesNotExist as error:
        raise Http404 from error
    bodies.require(request.user, bodies.Can.SEE_DETAILS, body, timezone.localdate())
    return body
