"""The navigation: what each reader may use, grouped by what it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhunsheng.admission.licensing.permissions import Can as LicensingCan
from zhunsheng.admission.reviews.permissions import Can as ReviewsCan
from zhunsheng.oversight.enforcement.permissions import Can as EnforcementCan
from zhunsheng.oversight.inspections.permissions import Can as InspectionsCan
from zhunsheng.oversight.leads.permissions import Can as LeadsCan
from zhunsheng.oversight.reports.permissions import Can as ReportsCan
from zhunsheng.oversight.screening.permissions import Can as ScreeningCan
from zhunsheng.oversight.visits.permissions import Can as VisitsCan
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.permissions import Can as AccountsCan
from zhunsheng.platform.notices import selectors as notices
from zhunsheng.platform.notices.permissions import Can as NoticesCan
from zhunsheng.registry.bodies.permissions import Can as BodiesCan
from zhunsheng.registry.credit.permissions import Can as CreditCan
from zhunsheng.registry.matching.permissions import Can as MatchingCan
from zhunsheng.registry.schedules.permissions import Can as SchedulesCan


@dataclass(frozen=True)
class Item:
    """One entry of the navigation."""

    words: Any
    icon: str
    href: str
    here: bool
    waiting: str = ""


@dataclass(frozen=True)
class Group:
    """Entries under one word, opened by it; `here` when one of them is the current one."""

    words: Any
    items: tuple[Item, ...]
    here: bool


Entry = tuple[Any, str, str, str]
"""Words, icon, name of the address, and the action that the policy must grant somewhere; none is for everyone."""

REPORT: Entry = (_("Report something"), "alert-triangle", "leads:report", "")
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
MADE_PUBLIC: tuple[Entry, ...] = (
    (_("Random inspections in public"), "refresh", "inspections:public", ""),
    (_("Disclosed results of inspections"), "eye", "visits:disclosed", ""),
    (_("Published decisions"), "gavel", "enforcement:published", ""),
    (_("Severe list"), "alert-triangle", "enforcement:severe", ""),
    (_("Certificates by day"), "report-search", "certificates:decisions", ""),
)
"""What authorities publish about what they did: for everyone, signed in or not."""
VISITORS: tuple[tuple[Any, tuple[Entry, ...]], ...] = (
    *(("", (entry,)) for entry in PUBLIC),
    (pgettext_lazy("navigation", "Made public"), MADE_PUBLIC),
    ("", (REPORT,)),
)
SIGNED_IN: tuple[tuple[Any, tuple[Entry, ...]], ...] = (
    ("", ((_("Workbench"), "list-check", "home:home", ""),)),
    (
        pgettext_lazy("navigation", "Reports"),
        (
            (_("All reports"), "report-search", "reports:list", ReportsCan.READ_REPORTS),
            (_("Findings"), "alert-triangle", "reports:findings", ReportsCan.READ_FINDINGS),
            (_("Check before issue"), "file-text", "reports:try", ReportsCan.SUBMIT_REPORTS),
            (_("Names to decide"), "link", "matching:queue", MatchingCan.SEE),
        ),
    ),
    (
        pgettext_lazy("navigation", "Licensing"),
        (
            (_("My applications"), "file-text", "licensing:applications", LicensingCan.APPLY),
            (pgettext_lazy("navigation", "Applications"), "file-text", "licensing:queue", LicensingCan.READ_QUEUE),
            (_("My reviews"), "list-check", "reviews:reviews", ReviewsCan.WORK),
            (_("Technical reviews"), "list-check", "reviews:reviews", ReviewsCan.APPOINT),
            (_("My integrity file"), "user", "credit:own-file", CreditCan.SEE_OWN_FILE),
            (_("Verification of commitments"), "list-check", "licensing:verifications", LicensingCan.VERIFY),
            (_("Bars of routes"), "alert-triangle", "licensing:bars", LicensingCan.BAR),
            (pgettext_lazy("navigation", "Schedules"), "table", "schedules:list", SchedulesCan.READ),
        ),
    ),
    (
        pgettext_lazy("navigation", "Oversight"),
        (
            (_("Alerts"), "alert-triangle", "screening:alerts", ScreeningCan.SEE),
            (_("Plans of inspections"), "refresh", "inspections:plans", InspectionsCan.SEE),
            (_("Inspection tasks"), "calendar-due", "inspections:tasks", InspectionsCan.SEE),
            (_("My tasks"), "calendar-due", "inspections:tasks", InspectionsCan.CONDUCT),
            (_("Pool of inspectors"), "users", "inspections:inspectors", InspectionsCan.SEE),
            (_("Board of inspections"), "chart-bar", "inspections:board", InspectionsCan.SEE),
            (_("Credit files"), "report-search", "credit:events", CreditCan.SEE),
            (_("Grades of bodies"), "list-check", "credit:grades", CreditCan.COMPARE),
            (_("Our grade"), "list-check", "credit:own", CreditCan.PETITION),
            (pgettext_lazy("navigation", "Leads"), "alert-triangle", "leads:list", LeadsCan.SEE),
            (pgettext_lazy("navigation", "Referrals"), "inbox", "leads:referrals", LeadsCan.SEE_REFERRALS),
            (pgettext_lazy("navigation", "Cases"), "gavel", "enforcement:list", EnforcementCan.SEE),
            (pgettext_lazy("navigation", "Cases"), "gavel", "enforcement:list", EnforcementCan.SEE_OWN),
            (_("Yardstick"), "scale", "enforcement:yardstick", EnforcementCan.CONFIRM_LAW),
            (_("On-site inspections"), "list-check", "visits:visits", VisitsCan.SEE),
            (_("On-site inspections"), "list-check", "visits:visits", VisitsCan.CONDUCT),
            (_("Orders to correct"), "gavel", "visits:orders", VisitsCan.SEE),
            (_("Disclosure of results"), "eye", "visits:results", VisitsCan.DISCLOSE),
        ),
    ),
    (
        pgettext_lazy("navigation", "Registers"),
        (
            (pgettext_lazy("navigation", "Bodies"), "building", "bodies:list", ""),
            (_("Items and parameters"), "flask", "catalogue:index", ""),
            (pgettext_lazy("navigation", "Library"), "database", "library:entries", ""),
            (pgettext_lazy("navigation", "Experts"), "users", "bodies:experts", BodiesCan.SEE_EXPERTS),
        ),
    ),
    (
        pgettext_lazy("navigation", "Look up"),
        (
            PUBLIC[1],
            PUBLIC[2],
            *MADE_PUBLIC,
            REPORT,
        ),
    ),
    ("", ((_("Notices"), "inbox", "notices:inbox", NoticesCan.READ),)),
)
"""What is offered to whoever is signed in; a group of which one entry is left stands as that entry."""

ACCOUNT: tuple[Entry, ...] = (
    (_("My account"), "user", "accounts:me", ""),
    (_("Organisations and people"), "building", "accounts:organisations", AccountsCan.VIEW_ORGANISATIONS),
    (_("API clients"), "key", "accounts:clients", AccountsCan.MANAGE_API_CLIENTS),
    (_("Who read what"), "eye", "accounts:access", AccountsCan.VIEW_ACCESS_RECORDS),
    (_("Second factor"), "lock", "mfa_index", ""),
    (_("Change password"), "key", "account_change_password", ""),
)


def navigation(request: HttpRequest) -> list[Item | Group]:
    """Return what this reader may use, the current entry (the closest above this address) marked."""
    reader = getattr(request, "user", None)
    user = reader if isinstance(reader, User) else None
    today = timezone.localdate()
    groups = VISITORS if user is None else SIGNED_IN
    offered = [(words, _offered(entries, user, today)) for words, entries in groups]
    here = _here(request.path, [href for _words, kept in offered for _name, _icon, href in kept])
    inbox = reverse("notices:inbox")
    found: list[Item | Group] = []
    for words, kept in offered:
        items = tuple(
            Item(name, icon, href, href == here, _unread(user, today) if href == inbox else "")
            for name, icon, href in kept
        )
        found += [Group(words, items, any(one.here for one in items))] if len(items) > 1 else items
    return found


def _offered(entries: Iterable[Entry], user: User | None, today: date) -> list[tuple[Any, str, str]]:
    """Return words, icon and address of the entries that the policy grants, each address once."""
    kept: dict[str, tuple[Any, str, str]] = {}
    for words, icon, name, action in entries:
        if not action or policy.allowed_somewhere(user, action, today):
            href = reverse(name)
            kept.setdefault(href, (words, icon, href))
    return list(kept.values())


def _here(path: str, hrefs: Sequence[str]) -> str:
    root = get_script_prefix()
    above = [href for href in hrefs if path.startswith(href) and href != root]
    return max(above, key=len, default=root if path == root else "")


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
