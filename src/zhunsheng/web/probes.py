"""Addresses for machines that watch the server: /healthz, /readyz, /metrics."""

import hmac
import ipaddress
import os

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from zhunsheng.oversight.reports import selectors as reports
from zhunsheng.platform.ledger import selectors as ledger
from zhunsheng.web import health

PROXY_HEADERS = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")
"""By any of these a proxy on this machine shows that the reader is somewhere else."""


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether the server may take traffic; 503 names what keeps it."""
    problems = health.ready()
    body = {"ready": not problems, "problems": [problem.as_dict() for problem in problems]}
    return JsonResponse(body, status=503 if problems else 200)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer counts in the Prometheus text format, to the loopback or to a bearer of ZHUNSHENG_METRICS_TOKEN."""
    if not _may_watch(request):
        return HttpResponseForbidden("loopback or token only\n", content_type="text/plain")
    registry = CollectorRegistry()
    state = ledger.log_state()
    for name, text, value in (
        ("zhunsheng_reports", "Reports kept", reports.count_all()),
        ("zhunsheng_ledger_size", "Sealed leaves of the log", state.size),
        ("zhunsheng_ledger_pending", "Entries waiting for a seal", state.pending),
    ):
        Gauge(name, text, registry=registry).set(value)
    return HttpResponse(generate_latest(registry), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_watch(request: HttpRequest) -> bool:
    token = os.environ.get("ZHUNSHENG_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(token.encode(), given.encode()):
        return True
    if any(name in request.headers for name in PROXY_HEADERS) or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
