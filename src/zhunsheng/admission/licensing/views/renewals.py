"""A body's scope against the national library."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhunsheng.admission.licensing import renewals
from zhunsheng.admission.licensing.rules.routing import articles_of
from zhunsheng.admission.licensing.tables.renewals import RenewalTable
from zhunsheng.platform import listing
from zhunsheng.registry.bodies import permissions as bodies
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.selectors import body_by_slug
from zhunsheng.registry.national import law_book as national
from zhunsheng.registry.national.rules.answers import MEANINGS as ANSWERS
from zhunsheng.registry.national.rules.answers import Kind


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
        "articles": articles_of(entry),
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
