"""The JSON API under /api/v1/: every room's router, one error format (RFC 9457)."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zhunsheng.admission.licensing.api import router as licensing_router
from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.api import router as reports_router
from zhunsheng.platform.accounts.api import router as accounts_router
from zhunsheng.platform.credentials.api import router as credentials_router
from zhunsheng.platform.draws.api import router as draws_router
from zhunsheng.registry.bodies.api import router as bodies_router
from zhunsheng.registry.capabilities.api import router as capabilities_router
from zhunsheng.registry.catalogue.api import router as catalogue_router
from zhunsheng.registry.national.api import router as national_router
from zhunsheng.registry.opendata.api import router as opendata_router
from zhunsheng.web.problems import keep, problem_response

api = NinjaAPI(
    title="准绳 Zhunsheng",
    version="1",
    description="Reports, bodies, scope and proofs. Problems are RFC 9457 documents.",
    urls_namespace="api-1",
    docs_url=None,
)
api.add_router("", accounts_router)
api.add_router("", bodies_router)
api.add_router("", capabilities_router)
api.add_router("", catalogue_router)
api.add_router("", draws_router)
api.add_router("", credentials_router)
api.add_router("", opendata_router)
api.add_router("", reports_router)
api.add_router("", licensing_router)
api.add_router("", national_router)


@api.exception_handler(DomainError)
def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer a refusal of the domain with its field, rule and remedy."""
    keep(request, error)
    return problem_response(request, error)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer input that does not fit the declared shape."""
    first = error.errors[0] if error.errors else {}
    field = ".".join(str(part) for part in first.get("loc", []))
    refusal = DomainError(
        str(first.get("msg", "The request does not fit its declared shape.")),
        code="invalid-request",
        field=field,
        remedy="See /api/v1/openapi.json for the shape of this request.",
    )
    return problem_response(request, refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(AuthenticationError)
def unauthenticated(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Answer a call without a valid token or session."""
    refusal = DomainError(
        "This call needs a bearer token or a signed-in session.",
        code="unauthenticated",
        remedy="Get a token from POST /api/v1/token with your client id and secret.",
    )
    response = problem_response(request, refusal, status=HTTPStatus.UNAUTHORIZED)
    response["WWW-Authenticate"] = 'Bearer realm="zhunsheng"'
    return response


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    """Answer for something that does not exist or that the caller may not see."""
    refusal = DomainError("Nothing you may see has this address.", code="not-found")
    return problem_response(request, refusal, status=HTTPStatus.NOT_FOUND)


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer an error that carries its own status."""
    return problem_response(request, DomainError(error.message, code="http-error"), status=error.status_code)
