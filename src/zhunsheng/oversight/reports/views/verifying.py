"""Verification by anyone: a code, a number with its code, or a dropped file of which only the digest comes."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhunsheng.oversight.reports import follow_ups, verification
from zhunsheng.oversight.reports.answers import Answer, Status
from zhunsheng.oversight.reports.forms import NumberForm
from zhunsheng.oversight.reports.issuer_scope import proof_of
from zhunsheng.oversight.reports.services.verifying import verify_number
from zhunsheng.oversight.reports.views.issuer import shown_proof
from zhunsheng.platform.credentials import selectors as credentials


def _shown(request: HttpRequest, found: Answer) -> HttpResponse:
    words = {
        "body": _("Issued by"),
        "number": _("Number"),
        "issued": _("Issued"),
        "object": _("Test object"),
        "producer": _("Producer"),
        "lines": _("Lines"),
    }
    page: dict[str, Any] = {
        "answer": found,
        "fields": [(words[field.name], field.value) for field in found.key_fields],
        "unknown": found.status in (Status.REPORT_UNKNOWN, Status.BODY_UNKNOWN),
        "follow_ups": follow_ups.of(found),
        "successor": reverse("verification:answer", args=[found.successor_code]) if found.successor_code else "",
    }
    if found.report is not None and found.held:
        page["issuer"] = shown_proof(proof_of(found.report))
    if found.uncompared:
        page["compare"] = _comparing(found)
    part = request.headers.get("HX-Request")
    page["part"] = "-part" if part else ""
    return render(request, "reports/_answer.html" if part else "reports/answer.html", page)


def _comparing(found: Answer) -> str:
    """Return the address that compares a dropped file with what was registered; without a file, with any report."""
    address = reverse("verification:digest")
    if not found.has_files:
        return address
    return f"{address}?{urlencode({'body': found.body_slug, 'number': found.number, 'version': found.version})}"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Offer the three ways to verify a report."""
    form = NumberForm(initial={"number": request.GET.get("number", "")})
    return render(request, "reports/verify.html", {"form": form})


@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer for the code of a QR picture."""
    return _shown(request, verification.by_code(code))


@require_safe
def by_number(request: HttpRequest) -> HttpResponse:
    """Answer for what is printed on paper."""
    form = NumberForm(request.GET or None)
    if not form.is_bound:
        return redirect("verification:home")
    if not form.is_valid():
        return render(request, "reports/verify.html", {"form": form}, status=422)
    given = form.cleaned_data
    certificate = credentials.by_code(given["code"])
    if certificate is not None:
        return redirect("credentials_public:answer", certificate.code)
    if not given["number"]:
        return _shown(request, verification.by_code(given["code"]))
    address = get_adapter(request).get_client_ip(request)
    found = verify_number(given["number"], given["code"], body=given["body"], address=address, at=timezone.now())
    return _shown(request, found)


@require_safe
def by_digest(request: HttpRequest) -> HttpResponse:
    """Answer for the digest of a file that stayed in the visitor's browser."""
    given = request.GET
    if credentials.by_digest(given.get("digest", "")) is not None:
        return redirect(f"{reverse('credentials:digest')}?{urlencode({'digest': given['digest']})}")
    version = given.get("version", "")
    found = verification.by_digest(
        given.get("digest", ""),
        body=given.get("body", ""),
        number=given.get("number", ""),
        version=int(version) if version.isdecimal() and version.isascii() and len(version) < 10 else None,
    )
    return _shown(request, found)
