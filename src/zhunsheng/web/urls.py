"""Every address of the product; each room owns its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    ("accounts/", "zhunsheng.platform.accounts.urls"),
    ("bodies/", "zhunsheng.registry.bodies.urls"),
    ("catalogue/", "zhunsheng.registry.catalogue.urls"),
    ("reports/", "zhunsheng.oversight.reports.urls"),
    ("ledger/", "zhunsheng.platform.ledger.urls"),
    ("v/", "zhunsheng.oversight.reports.urls_public"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(path(prefix, include(module)) for prefix, module in ROOMS if find_spec(module)),
    path("accounts/", include("allauth.urls")),
    path("home/", include("zhunsheng.web.home.urls")),
    path("", include("zhunsheng.web.portal.urls")),
]
