"""Verification of credentials by anyone, and what others need to verify them without us."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhunsheng.foundation.credentials.documents import vocabulary
from zhunsheng.foundation.credentials.multibase import multikey, sm2_multikey
from zhunsheng.foundation.credentials.status_lists import PURPOSES
from zhunsheng.platform.credentials import answers, asking, beside, issuer, kinds, selectors
from zhunsheng.platform.credentials.answers import Answer
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.models import Credential
from zhunsheng.platform.documents import files, identity
from zhunsheng.platform.documents.errors import FileAltered, FileMissing
from zhunsheng.platform.ledger import selectors as ledger

_A_MINUTE = "public, max-age=60"
_FOR_EVER = "public, max-age=31536000, immutable"


def _shown(request: HttpRequest, found: Answer) -> HttpResponse:
    credential = found.credential
    page: dict[str, Any] = {"answer": found, "part": "-part" if request.headers.get("HX-Request") else ""}
    if credential is not None:
        kind = kinds.known(credential.kind)
        subject = json.loads(bytes(credential.vc))["credentialSubject"]
        changes = list(selectors.changes_of(credential))
        sealed = {credential.status_why, *(one.why for one in changes)}
        told = kind.reasons(credential.body_slug, sealed) if kind and kind.reasons else {one: one for one in sealed}
        page |= {
            "credential": credential,
            "fields": answers.key_fields(
                credential, kind.title if kind else credential.kind, kind.fields if kind else {}, subject
            ),
            "changes": [(one, answers.STATUS_MEANINGS[Status(one.status)], told[one.why]) for one in changes],
            "why": told[credential.status_why],
            "sealed": selectors.sealed(credential),
            "beside": beside.check(credential.beside, bytes(credential.vc), issuer.keys_beside()),
            "register_page": kind.page(subject) if kind and kind.page else "",
            "own_address": reverse("credentials_public:answer", args=[credential.code]),
        }
    template = "credentials/_answer.html" if request.headers.get("HX-Request") else "credentials/answer.html"
    return render(request, template, page)


@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer for the code of an address or QR picture; a code written otherwise is led to its one address."""
    found = asking.by_code(code, timezone.localdate())
    if found.credential is not None and found.credential.code != code:
        return HttpResponseRedirect(reverse("credentials_public:answer", args=[found.credential.code]))
    return _shown(request, found)


@require_safe
def by_digest(request: HttpRequest) -> HttpResponse:
    """Answer for the digest of a file that stayed in the visitor's browser."""
    return _shown(request, asking.by_digest(request.GET.get("digest", ""), timezone.localdate()))


@require_safe
def by_number(request: HttpRequest) -> HttpResponse:
    """Lead from a code or certificate number to the answer; several with one number are listed, newest first."""
    wanted = request.GET.get("number", "").strip()
    if not wanted:
        return redirect("credentials:issuer")
    coded = selectors.by_code(wanted)
    found = [coded] if coded else selectors.by_number(wanted)
    if len(found) == 1:
        return redirect("credentials_public:answer", found[0].code)
    today = timezone.localdate()
    if not found:
        return _shown(request, asking.by_code(wanted, today))
    rows = [(one, asking.about(one, today, answers.State.UNKNOWN)) for one in found]
    return render(request, "credentials/several.html", {"rows": rows, "number": wanted})


@require_safe
def signed_data(_request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the signed data, byte for byte as it was sealed."""
    credential = _credential(code)
    return _file(bytes(credential.vc), "application/vc+json", f"{credential.code}.json")


@require_safe
def signatures(_request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the signatures beside the proof; an empty list where there are none."""
    credential = _credential(code)
    return _file(json.dumps(credential.beside).encode(), "application/json", f"{credential.code}-signatures.json")


@require_safe
def document(_request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the signed PDF."""
    credential = _credential(code)
    if credential.pdf_id is None:
        return HttpResponse(
            _("The document is being made. Try again in a minute."), status=503, headers={"Retry-After": "60"}
        )
    try:
        content = files.read_by_digest(credential.pdf_id)
    except (FileMissing, FileAltered) as error:
        raise Http404("the document is not in the store") from error
    return _file(content, "application/pdf", f"{credential.code}.pdf")


@require_safe
def receipt(_request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Answer with the log's receipt of the signed data or of the PDF."""
    credential = _credential(code)
    entry = {"data": credential.entry_id, "pdf": credential.pdf_entry_id}.get(what)
    found = ledger.receipt_for(entry) if entry is not None else None
    if found is None:
        raise Http404("not sealed yet, or nothing of this name")
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def status(_request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a signed status list: `revocation-1`, `suspension-1`."""
    purpose, _hyphen, number = name.partition("-")
    if purpose not in PURPOSES or not (number.isascii() and number.isdecimal()) or len(number) > 9:
        raise Http404("no such list")
    found = selectors.status_list(int(number), purpose)
    if found is None:
        raise Http404("no such list")
    response = HttpResponse(found[0], content_type="application/vc+json")
    return _open(response, _A_MINUTE)


@require_safe
def did(_request: HttpRequest) -> HttpResponse:
    """Answer with the issuer's document: which keys sign here."""
    response = HttpResponse(json.dumps(issuer.document(), indent=2) + "\n", content_type="application/did+json")
    return _open(response, "public, max-age=300")


@require_safe
def context(_request: HttpRequest) -> HttpResponse:
    """Answer with the JSON-LD context of our own members."""
    content = json.dumps(vocabulary(issuer.context_address())) + "\n"
    return _open(HttpResponse(content, content_type="application/ld+json"), _FOR_EVER)


@require_safe
def authority(_request: HttpRequest) -> HttpResponse:
    """Answer with the certificates that may have signed PDFs here, and those above them."""
    trust = identity.trust()
    return _certificates(identity.pem(dict.fromkeys((*trust.signers, *trust.roots))))


@require_safe
def clocks(_request: HttpRequest) -> HttpResponse:
    """Answer with the certificates of who may have signed the times in PDFs of this installation."""
    return _certificates(identity.pem(identity.trust().clocks))


def _certificates(content: bytes) -> HttpResponse:
    return _open(HttpResponse(content, content_type="application/x-pem-file"), "public, max-age=300")


@require_safe
def issuer_page(request: HttpRequest) -> HttpResponse:
    """Let people look a certificate up, and tell which keys sign here and how to verify without this installation."""
    page = {
        "did": issuer.did(),
        "keys": [(name, multikey(key)) for name, key in issuer.public_keys().items()],
        "beside": [(name, sm2_multikey(key)) for name, key in issuer.keys_beside().items()],
        "lists": [f"{purpose}-{number}" for number in selectors.list_numbers() for purpose in PURPOSES],
        "authority": [identity.fingerprint(one) for one in identity.trust().signers],
    }
    return render(request, "credentials/issuer.html", page)


def _credential(code: str) -> Credential:
    found = selectors.by_code(code)
    if found is None:
        raise Http404("no such credential")
    return found


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _open(response, _FOR_EVER)


def _open(response: HttpResponse, caching: str) -> HttpResponse:
    response["Cache-Control"] = caching
    response["Access-Control-Allow-Origin"] = "*"
    return response
