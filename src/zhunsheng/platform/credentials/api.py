"""The credentials' part of the JSON API; public, without an account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from zhunsheng.platform.credentials import answers, asking, selectors
from zhunsheng.platform.credentials.models import Credential

router = Router(tags=["credentials"])


@router.get("/credentials/{code}", summary="The signed data of a credential (W3C Verifiable Credential 2.0)")
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the signed data, byte for byte as it was sealed."""
    response = HttpResponse(bytes(_found(code).vc), content_type="application/vc+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@router.get("/credentials/{code}/state", response=dict[str, Any], summary="How a credential stands, with its history")
def state(request: HttpRequest, code: str) -> dict[str, Any]:
    """Answer how a credential stands now."""
    found = _found(code)
    answer = asking.about(found, timezone.localdate(), answers.State.UNKNOWN)
    return answers.as_dict(
        found,
        answer.state,
        selectors.changes_of(found),
        sealed=selectors.sealed(found),
        successor=answer.successor.code if answer.successor else "",
    )


def _found(code: str) -> Credential:
    found = selectors.by_code(code)
    if found is None:
        raise Http404("no such credential")
    return found
