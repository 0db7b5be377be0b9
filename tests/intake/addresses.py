"""The API's own addresses for these tests: the reports' calls with the product's error answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.api import router
from zhunsheng.web.problems import problem_response

api = NinjaAPI(urls_namespace="api-1", docs_url=None)
api.add_router("", router)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    return problem_response(request, error)


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem_response(request, DomainError("Who are you?", code="unauthenticated"), status=401)


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem_response(request, DomainError("Nothing here.", code="not-found"), status=404)


urlpatterns = [path("api/v1/", api.urls)]
