"""What the reports' floor adds to a body's page: reports received and, for those who may read them, findings."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhunsheng.oversight.reports import selectors, wording
from zhunsheng.oversight.reports.permissions import Can
from zhunsheng.oversight.reports.tables import MEANINGS, severity_word
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.registry.bodies import panels
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.panels import Panel

LATEST = 8
SPAN = timedelta(days=365)


def reports_panel(request: HttpRequest, body: Body, _on: date) -> Panel | None:
    """Return the card with the newest reports of a body that this reader may read; None where there are none."""
    today = timezone.localdate()
    readable = selectors.reports_visible_to(request.user, today).filter(body=body)
    latest = list(readable.order_by("-received_at")[:LATEST])
    if not latest:
        return None
    place = Place(body.division_id, body.organisation_id)
    officer = policy.allowed(request.user, Can.READ_FINDINGS, place, today) or selectors.may_read_findings(
        request.user, latest[0], today
    )
    context: dict[str, Any] = {
        "latest": latest,
        "total": readable.count(),
        "coverage": selectors.coverage(readable),
        "more": f"{reverse('reports:list')}?{urlencode({'body': body.slug})}",
        "may_read_findings": officer,
        "found": _found(readable, body) if officer else [],
    }
    return Panel(_("Reports received"), "reports/_body_panel.html", context)


def _found(readable: Any, body: Body) -> list[dict[str, Any]]:
    """Return what the checks found in a year, by rule, with links to the lists."""
    language = get_language() or "zh-hans"
    return [
        {
            "title": wording.rule_title(row["rule"], language),
            "meaning": MEANINGS[row["severity"]],
            "severity": severity_word(row["severity"]),
            "count": row["count"],
            "href": f"{reverse('reports:findings')}?{urlencode({'rule': row['rule'], 'body': body.slug})}",
        }
        for row in selectors.findings_by_rule(readable, timezone.now() - SPAN)
        if row["severity"]
    ]


def register() -> None:
    """Add the card to the body's page."""
    panels.register(reports_panel, order=50)
