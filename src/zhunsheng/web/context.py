"""What every page's frame needs: navigation, languages, the demo notice, the map's approval number."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.admission.licensing.permissions import Can as LicensingCan
from zhunsheng.admission.reviews.permissions import Can as ReviewsCan
from zhunsheng.oversight.reports.permissions import Can as ReportsCan
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.permissions import Can as AccountsCan
from zhunsheng.platform.notices import selectors as notices
from zhunsheng.platform.notices.permissions import Can as NoticesCan
from zhunsheng.registry.bodies.permissions import Can as BodiesCan
from zhunsheng.registry.matching.permissions import Can as MatchingCan
from zhunsheng.registry.schedules.permissions import Can as SchedulesCan
from zhunsheng.web import languages


@dataclass(frozen=True)
class Item:
    """One entry of the navigation."""

    words: Any
    icon: str
    href: str
    here: bool
    waiting: str = ""


Entry = tuple[Any, str, str, str]
"""Words, icon, name of the address, and the action that the policy must grant somewhere; none is for everyone."""

PUBLIC: tuple[Entry, ...] = (
    (_("Home"), "home", "portal:home", ""),
    (_("Verify a report"), "qrcode", "verification:home", ""),
    (_("Find a test"), "search", "capabilities:search", ""),
    (pgettext_lazy("navigation", "Bodies"), "building", "bodies:list", ""),
    (_("Items and parameters"), "flask", "catalogue:index", ""),
    (_("Open data"), "database", "opendata:index", ""),
    (pgettext_lazy("navigation", "Library"), "database", "library:entries", ""),
    (_("Public log"), "shield-check", "ledger:index", ""),
)
IN_THE_FOOT = {"opendata:index", "ledger:index"}
"""What the foot of every page leads to, too: left out where a reader has much to choose from."""

SIGNED_IN: tuple[Entry, ...] = (
    (_("Workbench"), "list-check", "home:home", ""),
    (pgettext_lazy("navigation", "Reports"), "report-search", "reports:list", ReportsCan.READ_REPORTS),
    (_("Findings"), "alert-triangle", "reports:findings", ReportsCan.READ_FINDINGS),
    (_("Names to decide"), "link", "matching:queue", MatchingCan.SEE),
    (_("Check before issue"), "file-text", "reports:try", ReportsCan.SUBMIT_REPORTS),
    (pgettext_lazy("navigation", "Licensing"), "file-text", "licensing:applications", LicensingCan.APPLY),
    (_("My reviews"), "list-check", "reviews:reviews", ReviewsCan.WORK),
    (_("Technical reviews"), "list-check", "reviews:reviews", ReviewsCan.APPOINT),
    (pgettext_lazy("navigation", "Licensing"), "file-text", "licensing:queue", LicensingCan.HANDLE),
    (_("Notices"), "inbox", "notices:inbox", NoticesCan.READ),
    (pgettext_lazy("navigation", "Experts"), "users", "bodies:experts", BodiesCan.SEE_EXPERTS),
    *(entry for entry in PUBLIC[2:] if entry[2] not in IN_THE_FOOT),
    (pgettext_lazy("navigation", "Schedules"), "table", "schedules:list", SchedulesCan.READ),
    PUBLIC[1],
)

ACCOUNT: tuple[Entry, ...] = (
    (_("My account"), "user", "accounts:me", ""),
    (_("Organisations and people"), "building", "accounts:organisations", AccountsCan.VIEW_ORGANISATIONS),
    (_("API clients"), "key", "accounts:clients", AccountsCan.MANAGE_API_CLIENTS),
    (_("Who read what"), "eye", "accounts:access", AccountsCan.VIEW_ACCESS_RECORDS),
    (_("Second factor"), "lock", "mfa_index", ""),
    (_("Change password"), "key", "account_change_password", ""),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of `base.html`."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "account_menu": SimpleLazyObject(lambda: account_menu(request)),
        "languages": languages.addresses(request),
        "map_approval": settings.ZHUNSHENG_MAP_APPROVAL,
        "province": settings.ZHUNSHENG_PROVINCE,
        "is_demo": settings.ZHUNSHENG_DEMO,
    }


def navigation(request: HttpRequest) -> list[Item]:
    """Return the entries that this reader may use, the current one (the closest above this address) marked."""
    reader = getattr(request, "user", None)
    user = reader if isinstance(reader, User) else None
    today = timezone.localdate()
    entries = PUBLIC if user is None else SIGNED_IN
    offered = [
        (words, icon, reverse(name))
        for words, icon, name, action in entries
        if not action or policy.allowed_somewhere(user, action, today)
    ]
    root = get_script_prefix()
    above = [href for _words, _icon, href in offered if request.path.startswith(href) and href != root]
    here = max(above, key=len, default=root if request.path == root else "")
    inbox = reverse("notices:inbox")
    waiting = _unread(user, today) if any(href == inbox for _words, _icon, href in offered) else ""
    return [Item(words, icon, href, href == here, waiting if href == inbox else "") for words, icon, href in offered]


def _unread(user: User | None, today: date) -> str:
    """Return how many notices wait for this reader, for the navigation; empty for none."""
    number = notices.unread_count(user, today) if user is not None else 0
    return "" if number == 0 else f"{notices.MOST_COUNTED}+" if number > notices.MOST_COUNTED else str(number)


def account_menu(request: HttpRequest) -> list[Item]:
    """Return what stands in the menu under the reader's name, as far as the policy grants it."""
    user, today = request.user, timezone.localdate()
    return [
        Item(words, icon, reverse(name), here=False)
        for words, icon, name, action in ACCOUNT
        if not action or policy.allowed_somewhere(user, action, today)
    ]
