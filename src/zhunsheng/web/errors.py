"""Error pages for people, and the same errors as RFC 9457 problems for machines under /api/."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from zhunsheng.foundation.errors import DomainError
from zhunsheng.web.problems import API, problem_response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    return _answer(request, HTTPStatus.BAD_REQUEST, "bad-request", "The request could not be read.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer someone who may not do this."""
    return _answer(request, HTTPStatus.FORBIDDEN, "not-allowed", "Your role does not permit this.")


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that leads nowhere, or nowhere that the reader may see."""
    return _answer(request, HTTPStatus.NOT_FOUND, "not-found", "Nothing you may see has this address.")


def failed(request: HttpRequest) -> HttpResponse:
    """Answer after an error of ours; the page needs neither database nor session."""
    if API.match(request.path_info):
        return _problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "failed", "The server failed. Try again later.")
    return HttpResponse(loader.render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer(request: HttpRequest, status: HTTPStatus, code: str, sentence: str) -> HttpResponse:
    if API.match(request.path_info):
        return _problem(request, status, code, sentence)
    return render(request, f"{status.value}.html", status=status)


def _problem(request: HttpRequest, status: HTTPStatus, code: str, sentence: str) -> HttpResponse:
    return problem_response(request, DomainError(sentence, code=code), status=status)
