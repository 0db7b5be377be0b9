"""Pages that anyone may read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhunsheng.platform.accounts.models import User
from zhunsheng.web.portal import figures as portal_figures
from zhunsheng.web.portal import search as portal_search


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search box and what the province has."""
    figures = portal_figures.figures()
    return render(request, "portal/home.html", {"figures": figures, "cities": city_chart(figures.cities)})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer the search box; a verification code or a digest goes straight to its answer."""
    words = portal_search.cleaned(request.GET.get("q", ""))
    address = portal_search.verification_address(words)
    if address:
        return redirect(address)
    user = request.user if isinstance(request.user, User) else None
    return render(request, "portal/search.html", {"found": portal_search.search(words, user)})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain how reports are kept, checked and verified."""
    return render(request, "portal/about.html")


def city_chart(cities: tuple[portal_figures.AreaCount, ...]) -> dict[str, Any] | None:
    """Return bodies by city as a map where the map may be published, else as bars; None when there are none.

    A public map needs an approval number (Map Management Regulation), so without one the public sees no map.
    """
    if not any(city.bodies for city in cities):
        return None
    if settings.ZHUNSHENG_MAP_APPROVAL:
        return city_map(cities)
    ranked = sorted((city for city in cities if city.bodies), key=lambda city: (-city.bodies, city.code))
    return {
        "kind": "hbar",
        "title": _city_title(cities),
        "x": {"name": _("Cities"), "values": [city_name(city) for city in ranked]},
        "y": {"name": pgettext("unit", "bodies"), "whole": True},
        "series": [{"name": pgettext("unit", "bodies"), "values": [city.bodies for city in ranked]}],
        "links": [_bodies_in(city) for city in ranked],
    }


def city_map(cities: tuple[portal_figures.AreaCount, ...], *, city: str = "") -> dict[str, Any]:
    """Return bodies by area as a map whose areas lead to the list of their bodies; with a city's code, its counties."""
    return {
        "kind": "map",
        "region": "guangdong-counties" if city else "guangdong",
        "within": city[:4],
        "title": _city_title(cities),
        "unit": pgettext("unit", "bodies"),
        "regions": [
            {"code": city.code, "name": city_name(city), "value": city.bodies, "href": _bodies_in(city)}
            for city in cities
        ],
    }


def city_name(city: portal_figures.AreaCount) -> str:
    """Return the city's name in the reader's language."""
    return city.name_en if (get_language() or "").startswith("en") else city.name


def _city_title(cities: tuple[portal_figures.AreaCount, ...]) -> str:
    most = max(cities, key=lambda city: city.bodies, default=None)
    if most is None or not most.bodies:
        return _("No bodies are registered yet")
    if most.bodies == sum(city.bodies for city in cities):
        return _("%(city)s has %(number)s bodies") % {"city": city_name(most), "number": f"{most.bodies:,}"}
    return _("%(city)s has the most bodies: %(number)s") % {"city": city_name(most), "number": f"{most.bodies:,}"}


def _bodies_in(city: portal_figures.AreaCount) -> str:
    return f"{reverse('bodies:list')}?division={city.code}"
