"""Every address of the product; each room owns its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from zhunsheng.platform.credentials import views as credentials
from zhunsheng.web import probes
from zhunsheng.web.api import api

ROOMS = (
    ("accounts/", "zhunsheng.platform.accounts.urls"),
    ("bodies/", "zhunsheng.registry.bodies.urls"),
    ("catalogue/", "zhunsheng.registry.catalogue.urls"),
    ("library/", "zhunsheng.registry.library.urls"),
    ("national/", "zhunsheng.registry.national.urls"),
    ("schedules/", "zhunsheng.registry.schedules.urls"),
    ("capabilities/", "zhunsheng.registry.capabilities.urls"),
    ("matching/", "zhunsheng.registry.matching.urls"),
    ("open-data/", "zhunsheng.registry.opendata.urls"),
    ("licensing/", "zhunsheng.admission.licensing.urls"),
    ("reviews/", "zhunsheng.admission.reviews.urls"),
    ("certificates/", "zhunsheng.admission.certificates.urls"),
    ("credit/", "zhunsheng.registry.credit.urls"),
    ("draws/", "zhunsheng.platform.draws.urls"),
    ("credentials/", "zhunsheng.platform.credentials.urls"),
    ("notices/", "zhunsheng.platform.notices.urls"),
    ("reports/", "zhunsheng.oversight.reports.urls"),
    ("screening/", "zhunsheng.oversight.screening.urls"),
    ("visits/", "zhunsheng.oversight.visits.urls"),
    ("inspections/", "zhunsheng.oversight.inspections.urls"),
    ("enforcement/", "zhunsheng.oversight.enforcement.urls"),
    ("leads/", "zhunsheng.oversight.leads.urls"),
    ("ledger/", "zhunsheng.platform.ledger.urls"),
    ("v/", "zhunsheng.platform.credentials.urls_public"),
    ("v/", "zhunsheng.oversight.reports.urls_public"),
    *((("demo/", "zhunsheng.demo.urls"),) if settings.ZHUNSHENG_DEMO else ()),
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(path(prefix, include(module)) for prefix, module in ROOMS),
    path("accounts/", include("allauth.urls")),
    path("home/", include("zhunsheng.web.home.urls")),
    path("api/v1/", api.urls),
    path(".well-known/did.json", credentials.did),
    path("healthz", probes.healthz),
    path("readyz", probes.readyz),
    path("metrics", probes.metrics),
    path("", include("zhunsheng.web.portal.urls")),
]

handler400 = "zhunsheng.web.errors.bad_request"
handler403 = "zhunsheng.web.errors.forbidden"
handler404 = "zhunsheng.web.errors.missing"
handler500 = "zhunsheng.web.errors.failed"
