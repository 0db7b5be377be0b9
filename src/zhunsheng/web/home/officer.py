"""The officer's workbench: what came in, what the checks found, where, and what falls due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from zhunsheng.oversight.reports import selectors as reports
from zhunsheng.oversight.reports import wording
from zhunsheng.oversight.reports.models import Channel, Report
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.permissions import Can as BodiesCan
from zhunsheng.registry.credit import selectors as credit
from zhunsheng.web.home.spans import midnight
from zhunsheng.web.portal.figures import AreaCount, bodies_by_city, bodies_by_county
from zhunsheng.web.portal.views import city_map

DAYS = 30
DUE_DAYS = 90
SHOWN = 8
RULES_SHOWN = 10
SERIOUS = 2
MOST = 1_000


@dataclass(frozen=True)
class Desk:
    """Everything the officer's page shows."""

    today: date
    tiles: list[dict[str, Any]]
    intake: reports.Intake
    coverage: reports.Coverage
    rules: dict[str, Any] | None
    days: dict[str, Any] | None
    map: dict[str, Any]
    latest: Sequence[Report]
    due: list[dict[str, Any]]
    due_total: int


def desk(user: User, now: datetime) -> Desk:
    """Gather the workbench of one officer in a constant number of queries."""
    today = timezone.localtime(now).date()
    seen = reports.reports_with_findings_visible_to(user, today)
    reach = policy.reach_of(user, BodiesCan.SEE_DETAILS, today)
    supervised = bodies.bodies_visible_to(user).filter(reach.as_q())
    first = midnight(now, days_ago=DAYS - 1)
    came = _arrivals(seen, first, midnight(now))
    expiring = _expiring(supervised, today)
    areas, city = _areas(supervised, reach)
    return Desk(
        today=today,
        tiles=[
            *_tiles(came.today, came.by_day, sum(area.bodies for area in areas), len(expiring), today),
            *_to_decide(user, today),
        ],
        intake=came.today,
        coverage=came.coverage,
        rules=rules_chart(reports.findings_by_rule(seen, first), {"found_after": first.date().isoformat()}),
        days=_days_chart(came.by_day, today),
        map=city_map(areas, city=city),
        latest=list(seen.filter(worst__gte=SERIOUS).select_related("body").order_by("-received_at")[:SHOWN]),
        due=expiring[:SHOWN],
        due_total=len(expiring),
    )


def _areas(supervised: QuerySet[Body], reach: policy.Reachable) -> tuple[tuple[AreaCount, ...], str]:
    """Return bodies by city, or by county with the city's code for whoever works within one city that has counties."""
    cities = {prefix[:4] for prefix in reach.division_prefixes if len(prefix) >= len("4401")}
    if reach.everywhere or len(cities) != 1 or any(len(prefix) < len("4401") for prefix in reach.division_prefixes):
        return bodies_by_city(supervised, () if reach.everywhere else reach.division_prefixes), ""
    city = f"{cities.pop()}00"
    counties = bodies_by_county(supervised, city)
    return counties, city if len(counties) > 1 else ""


def rules_chart(counted: list[dict[str, Any]], more: dict[str, str]) -> dict[str, Any] | None:
    """Return findings by rule as bars that lead to the filtered list; None when nothing was found."""
    language = get_language() or "zh-hans"
    shown = [row for row in counted if row["severity"]][:RULES_SHOWN]
    if not shown:
        return None
    titles = [wording.rule_title(row["rule"], language) for row in shown]
    return {
        "kind": "hbar",
        "title": _("Most frequent: %(rule)s (%(number)s)") % {"rule": titles[0], "number": shown[0]["count"]},
        "x": {"name": _("Finding"), "values": titles},
        "y": {"name": pgettext("unit", "times"), "whole": True},
        "series": [{"name": pgettext("unit", "times"), "values": [row["count"] for row in shown]}],
        "links": [f"{reverse('reports:findings')}?{urlencode({'rule': row['rule'], **more})}" for row in shown],
        "note": _("Last %(days)s days. A finding is no decision about a breach.") % {"days": DAYS},
    }


@dataclass(frozen=True)
class _Arrivals:
    """What came in: by local day how many reports bodies handed in and how many with findings; today; how far held."""

    by_day: dict[date, tuple[int, int]]
    today: reports.Intake
    coverage: reports.Coverage


def _arrivals(seen: QuerySet[Report], first: datetime, begun: datetime) -> _Arrivals:
    """Count what came in since a day, and since today's midnight (`begun`), in one query.

    What authorities published and somebody took over arrives in one piece and would hide the days, so it counts for
    today alone.
    """
    handed_in, new = ~Q(channel=Channel.IMPORT), Q(received_at__gte=begun)
    rows: list[Any] = list(
        seen.filter(received_at__gte=first)
        .order_by()
        .values(day=TruncDate("received_at", tzinfo=timezone.get_current_timezone()))
        .annotate(
            came=Count("pk", filter=handed_in),
            hinted=Count("pk", filter=handed_in & Q(worst__gte=1)),
            reports=Count("pk", filter=new),
            with_findings=Count("pk", filter=new & Q(worst__gte=1)),
            grave=Count("pk", filter=new & Q(worst__gte=3)),
            bodies=Count("body_id", distinct=True, filter=new),
            **{name: Count("pk", filter=handed_in & held) for name, held in reports.HELD.items()},
        )
    )
    day = timezone.localtime(begun).date()
    today = next((row for row in rows if row["day"] == day), None)
    names = ("reports", "with_findings", "grave", "bodies")
    return _Arrivals(
        by_day={row["day"]: (row["came"], row["hinted"]) for row in rows if row["came"]},
        today=reports.Intake(*(today[name] if today else 0 for name in names)),
        coverage=reports.Coverage(*(sum(row[name] for row in rows) for name in reports.HELD)),
    )


def _days_chart(by_day: dict[date, tuple[int, int]], today: date) -> dict[str, Any] | None:
    if not by_day:
        return None
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    counts = [by_day.get(day, (0, 0)) for day in days]
    total, hinted = sum(came for came, _h in counts), sum(hinted for _c, hinted in counts)
    share = f"{100 * hinted / total:.1f}%" if total else "0%"
    links = [f"{reverse('reports:list')}?{urlencode({'received_after': day, 'received_before': day})}" for day in days]
    return {
        "kind": "bar",
        "stacked": True,
        "title": _("Bodies handed in %(total)s reports in %(days)s days, %(share)s with findings")
        % {"total": f"{total:,}", "days": DAYS, "share": share},
        "x": {"name": _("Day of receipt"), "values": [day.isoformat()[5:] for day in days]},
        "y": {"name": pgettext("unit", "reports"), "whole": True},
        "series": [
            {"name": _("with findings"), "values": [hinted for _c, hinted in counts], "meaning": "attention"},
            {"name": _("without findings"), "values": [came - hinted for came, hinted in counts], "meaning": "neutral"},
        ],
        "links": links,
        "note": _("Without results that authorities published and that were taken over in one piece."),
    }


def _expiring(supervised: QuerySet[Body], today: date) -> list[dict[str, Any]]:
    """Return certificates in force that end within DUE_DAYS, the soonest first."""
    due = bodies.certificates_ending(today, today + timedelta(days=DUE_DAYS))
    rows = supervised.filter(accreditations__in=due).order_by("accreditations__valid_to")
    names = ("slug", "name", "name_en", "accreditations__number", "accreditations__valid_to")
    return [
        {
            "slug": row["slug"],
            "name": row["name"],
            "name_en": row["name_en"],
            "number": row["accreditations__number"],
            "valid_to": row["accreditations__valid_to"],
            "days": (row["accreditations__valid_to"] - today).days,
        }
        for row in rows.values(*names)
    ]


def _to_decide(user: User, today: date) -> list[dict[str, Any]]:
    """Return a tile for objections and repairs that this officer may decide; none where nothing waits."""
    days = list(credit.petitions_waiting(user, today).values_list("due_on", flat=True)[:MOST])
    if not days:
        return []
    return [
        {
            "name": _("Objections and repairs to decide"),
            "value": len(days),
            "note": _("the first by %(day)s") % {"day": days[0].isoformat()} if days[0] else "",
            "href": f"{reverse('credit:requests')}?stage=filed",
            "icon": "clock",
        }
    ]


def _tiles(
    intake: reports.Intake, by_day: dict[date, tuple[int, int]], supervised: int, due: int, today: date
) -> list[dict[str, Any]]:
    taken = intake.reports - by_day.get(today, (0, 0))[0]
    yesterday = f"{by_day.get(today - timedelta(days=1), (0, 0))[0]:,}"
    came = _(
        "%(taken)s of these are published results, which the days below leave out; handed in yesterday: %(number)s"
    )
    on_day = urlencode({"received_after": today, "received_before": today})
    listed = reverse("reports:list")
    return [
        {
            "name": _("Received today"),
            "value": intake.reports,
            "note": (came if taken else _("yesterday %(number)s")) % {"taken": f"{taken:,}", "number": yesterday},
            "href": f"{listed}?{on_day}",
            "icon": "inbox",
        },
        {
            "name": _("with findings"),
            "value": intake.with_findings,
            "href": f"{listed}?{on_day}&worst=1",
            "icon": "alert-triangle",
        },
        {"name": _("of these grave"), "value": intake.grave, "href": f"{listed}?{on_day}&worst=3", "icon": "circle-x"},
        {
            "name": _("Bodies in your area"),
            "value": supervised,
            "href": reverse("bodies:list"),
            "icon": "building",
        },
        {
            "name": _("Certificates ending in %(days)s days") % {"days": DUE_DAYS},
            "value": due,
            "href": "#due",
            "icon": "calendar-due",
        },
    ]
