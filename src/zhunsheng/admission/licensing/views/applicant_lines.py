"""The page of capability: the picker, the register's scope, a table to read in, and the lines chosen so far."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhunsheng.admission.licensing.forms.applicant import LineForm, PickForm, TableForm
from zhunsheng.admission.licensing.lifecycle import LineAct
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.rules.wizard import Part, acts_of
from zhunsheng.admission.licensing.selectors import applicant as selectors
from zhunsheng.admission.licensing.services import importing, lines
from zhunsheng.admission.licensing.tables.applicant import LineTable, ScopeTable
from zhunsheng.admission.licensing.views.keys import key_in
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import listing
from zhunsheng.platform.accounts.forms import explain
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, today
from zhunsheng.registry.catalogue.selectors import Vocabulary

ERRORS_SHOWN = 200
MOST_TICKED = 1000
"""Lines whose ticks are kept while others are looked for: they stand in the address."""
MOST_ASKED = 20_000
"""Characters of a link's query that are read."""
TICKED = "ticked"
Shown = Callable[..., HttpResponse]


def page_of(request: SignedInRequest, found: Application) -> dict[str, Any]:
    """Return what the page shows: the lines chosen, and the ways of choosing that this kind has."""
    acts = acts_of(found.kind)
    lines = selectors.lines_shown(found)
    table = listing.arrange(LineTable(lines), request)  # type: ignore[no-untyped-call]  # django-tables2 has no types
    page: dict[str, Any] = {"table": table, "counts": selectors.line_counts(found), "acts": acts}
    if LineAct.ADD in acts:
        page |= {
            "adding": True,
            "line_form": LineForm(application=found, auto_id="id_line_%s"),
            "table_form": TableForm(application=found, auto_id="id_table_%s"),
            **_picker(request, found),
        }
    taking = [act for act in acts if act != LineAct.ADD]
    if taking and found.body_id:
        page |= _scope(request, found, taking)
    return page


def _picker(request: SignedInRequest, found: Application) -> dict[str, Any]:
    asked = request.GET if "object" in request.GET else None
    form = PickForm(asked, auto_id="id_pick_%s")
    page: dict[str, Any] = {"pick_form": form, "sites": list(found.sites.order_by("code"))}
    if asked is None or not form.is_valid():
        return page
    words = Vocabulary.current()
    thing = words.object_id(form.cleaned_data["object"])
    if thing is None:
        form.add_error("object", _("The catalogue does not know this object. Choose from what it offers as you type."))
        return page
    offers = selectors.offers(found, thing, form.cleaned_data["q"], today())
    return page | {"picked_object": words.object_names[thing], "offers": offers, "most": selectors.MOST_OFFERED}


def _scope(request: SignedInRequest, found: Application, taking: list[str]) -> dict[str, Any]:
    act = request.GET.get("act", taking[0])
    if act not in taking:
        raise Http404
    words = request.GET.get("words", "")[:100]
    ticked = [key for one in request.GET.get(TICKED, "").split(",") if (key := key_in(one)) is not None]
    table = ScopeTable(selectors.scope_to_take(found, words, act, today()), ticked[:MOST_TICKED])
    scope = listing.arrange(table, request)
    here = {row.record.pk for row in scope.paginated_rows}
    others = [key for key in ticked[:MOST_TICKED] if key not in here]
    return {
        "scope": scope,
        "elsewhere": list(selectors.scope_to_take(found, "", act, today()).filter(pk__in=others)) if others else [],
        "act": LineAct(act),
        "taking": [LineAct(one) for one in taking],
        "words": words,
    }


def act(request: SignedInRequest, found: Application, shown: Shown) -> HttpResponse:
    """Do what a button of the page asks: pick, enter, take from the register, remove, read a table in."""
    doing = ACTS.get(request.POST.get("do", ""))
    if doing is None:
        raise Http404
    return doing(request, found, shown)


def _given(request: SignedInRequest, found: Application) -> dict[str, Any]:
    return {"application_id": found.pk, "by": request.user, "at": timezone.now()}


def _back(request: SignedInRequest, found: Application) -> HttpResponse:
    return redirect("licensing:application-part", number=found.number, part=Part.CAPABILITY)


def _say(request: SignedInRequest, count: int) -> None:
    messages.success(request, ngettext("%(count)s line added.", "%(count)s lines added.", count) % {"count": count})


def _ids(request: SignedInRequest, name: str) -> list[int]:
    return [key for one in request.POST.getlist(name) if (key := key_in(one)) is not None]


def _pick(request: SignedInRequest, found: Application, shown: Shown) -> HttpResponse:
    site = _ids(request, "site")
    try:
        count = lines.pick_lines(
            object_name=request.POST.get("object", ""), determination_ids=_ids(request, "determinations"),
            site_id=site[0] if site else None, limitation=request.POST.get("limitation", ""),
            **_given(request, found),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        return _refused(request, found, shown, PickForm(request.POST, auto_id="id_pick_%s"), "pick_form", error)
    _say(request, count)
    return _back(request, found)


def _enter(request: SignedInRequest, found: Application, shown: Shown) -> HttpResponse:
    form = LineForm(request.POST, application=found, auto_id="id_line_%s")
    if not form.is_valid():
        return shown(request, found, Part.CAPABILITY, form, line_form=form)
    given = dict(form.cleaned_data)
    site = given.pop("site", None)
    try:
        count = lines.enter_line(
            object_name=given.pop("object"), parameter_name=given.pop("parameter"), site_id=site.pk if site else None,
            **given, **_given(request, found),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        return _refused(request, found, shown, form, "line_form", error)
    _say(request, count)
    return _back(request, found)


def _take(request: SignedInRequest, found: Application, shown: Shown) -> HttpResponse:
    del shown
    count = lines.take_from_scope(
        scope_line_ids=_ids(request, "scope"), act=request.POST.get("act", ""), **_given(request, found)
    )
    _say(request, count)
    return _back(request, found)


def _look(request: SignedInRequest, found: Application, shown: Shown) -> HttpResponse:
    """Look for other lines of the register, with those ticked so far kept in the address: by words, or as a link did.

    A reader who ticks more than MOST_TICKED is told to take these first.
    """
    del shown
    asked = QueryDict(request.POST.get("goto", "").removeprefix("?")[:MOST_ASKED], mutable=True)
    if not asked:
        asked["act"], asked["words"] = request.POST.get("act", ""), request.POST.get("words", "")[:100]
    ticked = list(dict.fromkeys(_ids(request, "scope")))
    if len(ticked) > MOST_TICKED:
        messages.warning(
            request, _("At most %(most)s ticks are kept: ask for these lines first.") % {"most": MOST_TICKED}
        )
    asked[TICKED] = ",".join(str(key) for key in ticked[:MOST_TICKED])
    there = reverse("licensing:application-part", args=[found.number, Part.CAPABILITY])
    return redirect(f"{there}?{asked.urlencode(safe=',')}#scope")


def _remove(request: SignedInRequest, found: Application, shown: Shown) -> HttpResponse:
    del shown
    count = lines.remove_lines(line_ids=_ids(request, "lines"), **_given(request, found))
    messages.success(
        request, ngettext("%(count)s line taken out.", "%(count)s lines taken out.", count) % {"count": count}
    )
    return _back(request, found)


def _import(request: SignedInRequest, found: Application, shown: Shown) -> HttpResponse:
    form = TableForm(request.POST, request.FILES, application=found, auto_id="id_table_%s")
    if not form.is_valid():
        return shown(request, found, Part.CAPABILITY, form, table_form=form)
    given = form.cleaned_data
    site = given.get("site")
    try:
        outcome = importing.import_table(
            content=given["file"], name=given["file"].name or "", keep_unknown=given["keep_unknown"],
            site_id=site.pk if site else None, **_given(request, found),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        return _refused(request, found, shown, form, "table_form", error)
    more = {"outcome": outcome, "errors": outcome.errors[:ERRORS_SHOWN]}
    return shown(request, found, Part.CAPABILITY, **more)


def _refused(
    request: SignedInRequest, found: Application, shown: Shown, form: forms.Form, name: str, error: DomainError
) -> HttpResponse:
    form.is_valid()
    explain(form, error)
    return shown(request, found, Part.CAPABILITY, form, **{name: form})


ACTS: dict[str, Callable[[SignedInRequest, Application, Shown], HttpResponse]] = {
    "pick": _pick,
    "enter": _enter,
    "take": _take,
    "look": _look,
    "remove": _remove,
    "import": _import,
}
