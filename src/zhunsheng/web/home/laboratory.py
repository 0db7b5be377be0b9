"""The laboratory's desk: its standing, its reports, what the checks hint at and how to mend it, keys and clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhunsheng.oversight.reports import selectors as reports
from zhunsheng.oversight.reports import wording
from zhunsheng.oversight.reports.models import Finding, Report
from zhunsheng.platform.accounts import selectors as accounts
from zhunsheng.platform.accounts.models import ApiClient, User
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies import standing
from zhunsheng.registry.bodies.models import Accreditation, Body, BodyKey
from zhunsheng.web.home.officer import rules_chart
from zhunsheng.web.home.spans import midnight

DAYS = 30
CALIBRATION_DAYS = 30
SHOWN = 8
MEANINGS = ("good", "neutral", "attention", "bad")


@dataclass(frozen=True)
class Mend:
    """One hint of the checks and what to do about it."""

    finding: Finding
    said: wording.Explanation
    meaning: str


@dataclass(frozen=True)
class Key:
    """A signing key and how it stands."""

    key: BodyKey
    meaning: str
    words: str


@dataclass(frozen=True)
class Desk:
    """Everything the laboratory's page shows; `body` is None until the register knows the organisation."""

    bodies: Sequence[Body]
    body: Body | None
    standing_meaning: str = "neutral"
    standing_words: Any = ""
    certificate: Accreditation | None = None
    tiles: Sequence[dict[str, Any]] = ()
    rules: dict[str, Any] | None = None
    mend: Sequence[Mend] = ()
    latest: Sequence[Report] = ()
    keys: Sequence[Key] = ()
    clients: Sequence[ApiClient] = ()
    calibrations: Sequence[dict[str, Any]] = ()


def desk(user: User, organisations: list[int], now: datetime, *, chosen: str = "") -> Desk:
    """Gather the desk of one body; with several, `chosen` (its identifier) says which."""
    today = timezone.localtime(now).date()
    mine = list(bodies.bodies_visible_to(user).filter(organisation_id__in=organisations))
    body = next((one for one in mine if one.slug == chosen), mine[0] if mine else None)
    if body is None:
        return Desk(bodies=mine, body=None)
    state = bodies.body_as_of(body, today)
    own = reports.reports_with_findings_visible_to(user, today).filter(body_id=body.pk)
    first = midnight(now, days_ago=DAYS - 1)
    month = reports.intake_between(own, first, now + timedelta(seconds=1))
    return Desk(
        bodies=mine,
        body=body,
        standing_meaning=standing.MEANINGS[state.standing],
        standing_words=standing.WORDS[state.standing],
        certificate=bodies.certificate_in_force(state),
        tiles=_tiles(month),
        rules=rules_chart(reports.findings_by_rule(own, first), {}),
        mend=_mend(user, body, today),
        latest=list(own.order_by("-received_at")[:SHOWN]),
        keys=[_key(key, now) for key in body.keys.order_by("-valid_from")[:SHOWN]],
        clients=list(
            accounts.api_clients_visible_to(user, today).filter(organisation=body.organisation_id or 0)[:SHOWN]
        ),
        calibrations=_calibrations_due(body, today),
    )


def _mend(user: User, body: Body, today: date) -> list[Mend]:
    language = get_language() or "zh-hans"
    found = (
        reports.findings_visible_to(user, today)
        .filter(report__body_id=body.pk, report__state="current", severity__gte=1)
        .select_related("report")
        .order_by("-found_at", "-severity")[:SHOWN]
    )
    return [Mend(one, wording.explain(one, language), MEANINGS[one.severity]) for one in found]


def _key(key: BodyKey, now: datetime) -> Key:
    if key.revoked_at and key.revoked_at <= now:
        return Key(key, "bad", _("revoked"))
    if key.valid_to and key.valid_to <= now:
        return Key(key, "neutral", _("expired"))
    if key.valid_from > now:
        return Key(key, "waiting", _("not yet valid"))
    return Key(key, "good", _("valid"))


def _calibrations_due(body: Body, today: date) -> list[dict[str, Any]]:
    """Return instruments whose last calibration ends within CALIBRATION_DAYS or has ended."""
    due = body.instruments.annotate(due=Max("calibrations__due_on"))
    rows = due.filter(due__lte=today + timedelta(days=CALIBRATION_DAYS)).order_by("due", "code")
    return [{"code": row.code, "name": row.name, "due": row.due, "late": row.due < today} for row in rows[:SHOWN]]


def _tiles(month: reports.Intake) -> list[dict[str, Any]]:
    listed = reverse("reports:list")
    return [
        {
            "name": _("Reports in %(days)s days") % {"days": DAYS},
            "value": month.reports,
            "href": listed,
            "icon": "file-text",
        },
        {
            "name": _("with findings"),
            "value": month.with_findings,
            "href": f"{listed}?worst=1",
            "icon": "alert-triangle",
        },
        {"name": _("of these grave"), "value": month.grave, "href": f"{listed}?worst=3", "icon": "circle-x"},
    ]
