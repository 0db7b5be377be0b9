"""The pages of the application form: each a plain form that is saved by itself and leads to the next."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhunsheng.admission.licensing import permissions
from zhunsheng.admission.licensing.forms.applicant import MaterialForm, PersonForm, SignForm, SiteForm, WhatForm
from zhunsheng.admission.licensing.lifecycle import APPLICATION
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.permissions import Can
from zhunsheng.admission.licensing.rules.routing import RoutingAnswer
from zhunsheng.admission.licensing.rules.wizard import Part, parts_of
from zhunsheng.admission.licensing.selectors import applicant as selectors
from zhunsheng.admission.licensing.selectors import missing, progress, routing, signing
from zhunsheng.admission.licensing.services import attachments, drafting, filing, people
from zhunsheng.admission.licensing.views import applicant_lines
from zhunsheng.admission.licensing.views.applicant import own
from zhunsheng.admission.licensing.views.keys import key_in
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, acted_on, today
from zhunsheng.platform.refusals import sentence_and_remedy

Done = Callable[[SignedInRequest, Application, Any], str]


@login_required
@require_http_methods(["GET", "POST"])
def part(request: SignedInRequest, number: str, part: str) -> HttpResponse:
    """Show a page of the form, or save it and go on to the next."""
    found = own(request, number)
    if part not in [str(one) for one in parts_of(found.kind)]:
        raise Http404
    if "edit" not in APPLICATION.actions(found.stage):
        return _closed(request, found)
    if request.method == "POST":
        return _save(request, found, Part(part))
    if not permissions.allowed(request.user, Can.APPLY, found, today()):
        return redirect("licensing:application", number=number)
    return shown(request, found, Part(part))


def _closed(request: SignedInRequest, found: Application) -> HttpResponse:
    """Lead from a page of the form to the application; whoever sent a change is told why it isn't taken."""
    if request.method == "POST":
        try:
            drafting.require_editable(application_id=found.pk, by=request.user, at=timezone.now())
        except drafting.Closed as error:
            messages.error(request, sentence_and_remedy(error))
    return redirect("licensing:application", number=found.number)


@login_required
@require_POST
def remove(request: SignedInRequest, number: str, part: str, pk: int) -> HttpResponse:
    """Take a site, a person or a file out."""
    found = own(request, number)
    give: dict[str, Any] = {"application_id": found.pk, "by": request.user, "at": timezone.now()}
    removing: dict[str, Callable[[], object]] = {
        Part.SITES: lambda: people.remove_site(site_id=pk, **give),
        Part.PEOPLE: lambda: people.remove_person(person_id=pk, **give),
        Part.FILES: lambda: attachments.detach(attachment_id=pk, **give),
    }
    if part not in removing or not _held(found, part, pk):
        raise Http404
    removing[part]()
    messages.success(request, _("Taken out."))
    return redirect("licensing:application-part", number=number, part=part)


def shown(
    request: SignedInRequest, found: Application, part: Part, bound: forms.Form | None = None, **more: Any
) -> HttpResponse:
    """Render a page of the form with its progress; 422 where what was sent is refused."""
    day = today()
    answer = routing.answer_for(found, day)
    lacking = missing.missing_of(found, day, answer)
    steps = progress.steps_of(found, lacking, part)
    current = next(one for one in steps if one.current)
    page = {
        "application": found,
        "part": part,
        "steps": steps,
        "progress": progress.counted(steps),
        "step": current,
        "missing": current.missing,
        "unsigned": missing.signature_lacks(lacking),
        "next": progress.next_part(found.kind, part),
        "title": progress.TITLES[part],
        **_page_of(request, found, part, answer, bound),
        **more,
    }
    status = 422 if bound is not None else 200
    return render(request, f"licensing/applicant/{part}.html", page, status=status)


def _page_of(
    request: SignedInRequest, found: Application, part: Part, answer: RoutingAnswer, bound: forms.Form | None
) -> dict[str, Any]:
    if part is Part.CAPABILITY:
        return applicant_lines.page_of(request, found)
    form = bound or _form(request, found, part, None, answer)
    if part is Part.SITES:
        return {"form": form, "rows": found.sites.order_by("code"), "changing": request.GET.get("change", "")}
    if part is Part.PEOPLE:
        rows = found.people.select_related("site").order_by("post", "name")
        return {"form": form, "rows": rows, "changing": request.GET.get("change", "")}
    if part is Part.FILES:
        return {"form": form, **selectors.files_page(found, today(), answer)}
    if part is Part.ROUTE:
        return {
            "answer": answer,
            "others": [one for one in answer.open if one is not answer.proposed],
            "barred": [one for one in answer.barred if one.made_for_kind],
            "unfit": [one for one in answer.barred if not one.made_for_kind],
            "form": form,
        }
    if part is Part.COMMITMENT:
        return {"form": form, **_signing(request, found)}
    return {"form": form, "signatures": signing.signatures_of(found), "counts": selectors.line_counts(found)}


def _signing(request: SignedInRequest, found: Application) -> dict[str, Any]:
    day = today()
    statement = signing.statement_of(found, day)
    return {
        "statement": statement,
        "signed": signing.is_signed(found, day),
        "signatures": signing.signatures_of(found),
        "may_sign": permissions.allowed(request.user, Can.SIGN, found, day),
    }


def _form(
    request: SignedInRequest, found: Application, part: Part, data: Any, answer: RoutingAnswer | None = None
) -> forms.Form:
    """Return the form of a page; `change` in the address names the site or person that is changed."""
    changing = request.GET.get("change", "")
    if part is Part.WHAT:
        day = today()
        asked, needed = routing.asked_of(found.kind, day), missing.needed_fields(found.kind, day)
        return WhatForm(data, application=found, on=day, asked=asked, needed=needed)
    if part is Part.SITES:
        site = found.sites.filter(pk=key_in(changing) or 0).first()
        initial = {name: getattr(site, name) for name in ("code", "name", "address", "tenure")} if site else None
        return SiteForm(data, initial=initial)
    if part is Part.PEOPLE:
        person = found.people.filter(pk=key_in(changing) or 0).first()
        return PersonForm(data, application=found, person=person)
    if part is Part.FILES:
        wanted = {"material": request.GET.get("material", "")}
        choices = selectors.material_choices(found, today(), answer or routing.answer_for(found, today()))
        return MaterialForm(data, request.FILES or None, materials=choices, initial=wanted)
    if part is Part.COMMITMENT:
        return SignForm(data, keys=selectors.keys_of(found, today()))
    return forms.Form(data)


def _save(request: SignedInRequest, found: Application, part: Part) -> HttpResponse:
    if part is Part.CAPABILITY:
        return applicant_lines.act(request, found, shown)
    form = _form(request, found, part, request.POST)
    saved = acted_on(form, lambda _given: SAVERS[part](request, found, form))
    if saved is not None:
        said, onward = saved
        messages.success(request, said)
        if onward == Part.CHECK and part is Part.CHECK:
            return redirect("licensing:application", number=found.number)
        return redirect("licensing:application-part", number=found.number, part=onward)
    return shown(request, found, part, form)


Saved = tuple[str, str]


def _what(request: SignedInRequest, found: Application, form: Any) -> Saved:
    drafting.save_part(application_id=found.pk, content=form.content(), by=request.user, at=timezone.now())
    return _("Saved."), progress.next_part(found.kind, Part.WHAT)


def _site(request: SignedInRequest, found: Application, form: Any) -> Saved:
    people.save_site(
        application_id=found.pk, site_id=_changed(request), by=request.user, at=timezone.now(), **form.cleaned_data
    )
    return _("The site is saved."), Part.SITES


def _person(request: SignedInRequest, found: Application, form: Any) -> Saved:
    given = dict(form.cleaned_data)
    site = given.pop("site", None)
    people.save_person(
        application_id=found.pk, person_id=_changed(request), fields=given.pop("fields_to_sign"),
        site_id=site.pk if site else None, by=request.user, at=timezone.now(), **given,
    )  # fmt: skip
    return _("The person is saved."), Part.PEOPLE


def _file(request: SignedInRequest, found: Application, form: Any) -> Saved:
    given = form.cleaned_data["file"]
    attachments.attach(
        application_id=found.pk, material=form.cleaned_data["material"], content=given, name=given.name or "",
        media_type=given.content_type or None, by=request.user, at=timezone.now(),
    )  # fmt: skip
    return _("The file is kept."), Part.FILES


def _route(request: SignedInRequest, found: Application, form: Any) -> Saved:
    del form
    filing.choose_route(
        application_id=found.pk, route=request.POST.get("route", ""), by=request.user, at=timezone.now()
    )
    return _("The route is chosen."), progress.next_part(found.kind, Part.ROUTE)


def _sign(request: SignedInRequest, found: Application, form: Any) -> Saved:
    given = form.cleaned_data
    filing.sign_commitment(
        application_id=found.pk, by=request.user, at=timezone.now(), password=given["password"],
        key_id=given.get("key_id", ""), signature=given.get("signature", ""),
    )  # fmt: skip
    return _("Signed. Every change of the application from now on needs a new signature."), Part.CHECK


def _check(request: SignedInRequest, found: Application, form: Any) -> Saved:
    del form
    filing.file_application(application_id=found.pk, by=request.user, at=timezone.now())
    return _("The application is filed. The time limit of acceptance runs from today."), Part.CHECK


SAVERS: dict[Part, Callable[[SignedInRequest, Application, Any], Saved]] = {
    Part.WHAT: _what,
    Part.SITES: _site,
    Part.PEOPLE: _person,
    Part.FILES: _file,
    Part.ROUTE: _route,
    Part.COMMITMENT: _sign,
    Part.CHECK: _check,
}


def _changed(request: SignedInRequest) -> int | None:
    return key_in(request.GET.get("change", ""))


def _held(found: Application, part: str, pk: int) -> bool:
    rows: Any = {Part.SITES: found.sites, Part.PEOPLE: found.people, Part.FILES: found.attachments}[Part(part)]
    return bool(rows.filter(pk=pk).exists())
