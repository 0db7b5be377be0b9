"""The public search for who can test what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from zhunsheng.platform import listing
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.standing import MEANINGS, WORDS
from zhunsheng.registry.capabilities import charts, selectors, wording
from zhunsheng.registry.capabilities.forms import Asked, GapForm, TogetherForm, chips
from zhunsheng.registry.capabilities.permissions import Can
from zhunsheng.registry.capabilities.selectors.search import PER_PAGE, Answer
from zhunsheng.registry.capabilities.tables import FoundTable, GapTable, TogetherTable
from zhunsheng.registry.capabilities.words.terms import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

_GAP_KINDS = {
    "parameter": wording.KINDS[Kind.PARAMETER],
    "standard": wording.KINDS[Kind.METHOD],
    "entry": gettext_lazy("Library entry"),
}
EXPORTED = 2_000
"""Bodies of an export: more than a province has for any one test."""
EXAMPLES = ("生活饮用水 铅 广州", "GB/T 5750.6 铅 深圳", "飲用水 鉛", "lead drinking water", "重金属 大米")


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the search box, what the words were understood as, and the bodies that fulfil them."""
    asked = Asked.of(request.GET.dict())
    refine = asked.refine()
    taken = "export" in request.GET
    answer = selectors.search(
        asked.words, on=asked.day, refine=refine,
        start=0 if taken else (asked.page - 1) * PER_PAGE, limit=EXPORTED if taken else PER_PAGE,
    )  # fmt: skip
    if taken:
        table: Any = FoundTable  # django-tables2 has no types
        file = listing.exported(listing.arrange(table(_rows(answer)), request), request, name="capabilities")
        if file is not None:
            return file
    page = {
        "asked": asked,
        "answer": answer,
        "examples": EXAMPLES,
        "chips": chips(asked, refine.slots if refine else ()),
        "has_index": answer.as_of is not None,
        **(_shown(asked, answer) if answer.index and answer.people else {}),
    }
    return render(request, "capabilities/search.html", page)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Offer terms while somebody types."""
    asked = Asked.of(request.GET.dict())
    offered = [
        {
            "name": wording.name_of(one.term),
            "kind": wording.KINDS[one.term.kind],
            "term": one.term,
            "href": asked.saying(one.query),
        }
        for one in selectors.suggest(asked.words)
    ]
    return render(request, "capabilities/_suggestions.html", {"offered": offered})


@require_safe
def together(request: HttpRequest) -> HttpResponseBase:
    """Say who can do all of several tests: one body where there is one, else the fewest."""
    form = TogetherForm(request.GET if "tests" in request.GET else None)
    answer, table = None, None
    if form.is_valid():
        answer = selectors.together(form.tests_asked(), on=timezone.localdate(), near=form.cleaned_data["near"])
        make: Any = TogetherTable  # django-tables2 has no types
        table = listing.arrange(make(_partners(answer)), request, page_size=100)
        file = listing.exported(table, request, name="together")
        if file is not None:
            return file
    return render(request, "capabilities/together.html", {"form": form, "answer": answer, "table": table})


@login_required
@require_safe
def gaps(request: SignedInRequest) -> HttpResponseBase:
    """Show what nobody in a place can test, for those who plan."""
    today = timezone.localdate()
    if not policy.allowed_somewhere(request.user, Can.READ_GAPS, today):
        raise policy.NotAllowed(Can.READ_GAPS)
    form = GapForm(request.GET)
    nothing = {"division": None, "domain": "", "kind": "", "source": ""}
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else nothing
    division = wanted["division"].code if wanted["division"] else ""
    found = selectors.gaps(on=today, division=division, domain=wanted["domain"])
    chosen = [one for one in found.found if wanted["source"] in ("", *one.sources)]
    rows = [_gap(one) for one in chosen if wanted["kind"] in ("", one.kind)]
    make: Any = GapTable  # django-tables2 has no types
    table = listing.arrange(make(rows), request)
    file = listing.exported(table, request, name="gaps")
    counts = {kind: sum(one.kind == kind for one in found.found) for kind in ("parameter", "standard", "entry")}
    page = {"form": form, "gaps": found, "table": table, "counts": counts, "division": wanted["division"]}
    return file or render(request, "capabilities/gaps.html", page)


def _gap(one: selectors.Gap) -> dict[str, Any]:
    name = one.name_en if wording.in_english() and one.name_en else one.name
    return {
        "kind": _GAP_KINDS[one.kind],
        "key": one.key,
        "name": name,
        "sources": "、".join(str(source.label) for source in one.sources),
        "domains": "、".join(one.domains) or None,
        "elsewhere": "、".join(one.elsewhere) or None,
    }


def _partners(answer: selectors.Together) -> list[dict[str, Any]]:
    if answer.people is None:
        return []
    return [
        {
            "body": partner.entry.name_en if wording.in_english() and partner.entry.name_en else partner.entry.name,
            "place": wording.place_of(answer.people, partner.entry.division),
            "test": text,
            "object": line.object,
            "parameter": line.parameter,
            "method": line.method,
        }
        for partner in answer.partners
        for text, line in partner.tests
    ]


def _shown(asked: Asked, answer: Answer) -> dict[str, Any]:
    """Return what the page says about an answer."""
    if answer.index is None or answer.people is None or answer.ranking is None:
        return {}
    details = _details(line.id for found in answer.found for line in found.lines)
    facets = selectors.facets_of(answer.ranking, answer.people)
    return {
        "understood": wording.understood(answer.asked, answer.index.dictionary),
        "gave_up": [wording.KINDS[kind] for kind in answer.gave_up],
        "results": [_result(found, answer, details) for found in answer.found],
        "facets": charts.groups(asked, facets, answer.people),
        "cities": charts.cities(asked, facets, answer.people),
        "previous": asked.at_page(asked.page - 1) if asked.page > 1 else "",
        "next": asked.at_page(asked.page + 1) if answer.more else "",
        "first": (asked.page - 1) * PER_PAGE + 1,
        "last": (asked.page - 1) * PER_PAGE + len(answer.found),
    }


def _result(found: selectors.Found, answer: Answer, details: dict[int, tuple[str, str]]) -> dict[str, Any]:
    if answer.people is None:
        return {}
    return {
        "found": found,
        "name": found.entry.name_en if wording.in_english() and found.entry.name_en else found.entry.name,
        "place": wording.place_of(answer.people, found.entry.division),
        "meaning": MEANINGS[found.standing],
        "standing": WORDS[found.standing],
        "why": wording.reasons(found, answer.people),
        "lines": [(line, *details.get(line.id, ("", ""))) for line in found.lines],
        "others": found.matches - len(found.lines),
    }


def _details(lines: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return clause and limitation of scope lines: one query."""
    rows = ScopeLine.objects.filter(pk__in=list(lines)).values_list("pk", "clause", "limitation")
    return {pk: (clause, limitation) for pk, clause, limitation in rows}


def _rows(answer: Answer) -> list[dict[str, Any]]:
    if answer.people is None:
        return []
    rows = []
    details = _details(line.id for found in answer.found for line in found.lines)
    for found in answer.found:
        why = "; ".join(wording.reasons(found, answer.people))
        for line in found.lines:
            clause, limitation = details.get(line.id, ("", ""))
            rows.append(
                {
                    "body": found.entry.name,
                    "identifier": found.entry.slug,
                    "place": wording.place_of(answer.people, found.entry.division),
                    "certificate": found.certificate,
                    "standing": WORDS[found.standing],
                    "object": line.object,
                    "parameter": line.parameter,
                    "method": line.method,
                    "clause": clause,
                    "limitation": limitation,
                    "why": why,
                }
            )
    return rows
