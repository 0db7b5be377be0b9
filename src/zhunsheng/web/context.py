"""What every page's frame needs: navigation, languages, the demo notice, the map's approval number."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.web import languages


@dataclass(frozen=True)
class Item:
    """One entry of the navigation."""

    words: Any
    icon: str
    href: str
    here: bool


PUBLIC = (
    (_("Home"), "home", "portal:home"),
    (_("Verify a report"), "qrcode", "verification:home"),
    (pgettext_lazy("navigation", "Bodies"), "building", "bodies:list"),
    (_("Items and parameters"), "flask", "catalogue:index"),
    (_("Public log"), "shield-check", "ledger:index"),
)
SIGNED_IN = (
    (_("Workbench"), "list-check", "home:home"),
    (pgettext_lazy("navigation", "Reports"), "report-search", "reports:list"),
    (pgettext_lazy("navigation", "Bodies"), "building", "bodies:list"),
    (_("Items and parameters"), "flask", "catalogue:index"),
    (_("Public log"), "shield-check", "ledger:index"),
    (_("Verify a report"), "qrcode", "verification:home"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of `base.html`."""
    user = getattr(request, "user", None)
    return {
        "navigation": navigation(request, signed_in=bool(user and user.is_authenticated)),
        "languages": languages.addresses(request),
        "map_approval": settings.ZHUNSHENG_MAP_APPROVAL,
        "province": settings.ZHUNSHENG_PROVINCE,
        "is_demo": settings.ZHUNSHENG_DEMO,
    }


def navigation(request: HttpRequest, *, signed_in: bool) -> list[Item]:
    """Return the entries whose pages exist, the current one marked."""
    here = request.path
    items = []
    for words, icon, name in SIGNED_IN if signed_in else PUBLIC:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        is_home = href == get_script_prefix()
        items.append(Item(words, icon, href, here == href if is_home else here.startswith(href)))
    return items
