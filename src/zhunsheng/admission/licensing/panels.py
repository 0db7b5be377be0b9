"""What licensing adds to a body's page: how its scope stands to the national library, for officers and the body."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.renewals import outlook
from zhunsheng.registry.bodies import panels, permissions
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.panels import Panel
from zhunsheng.registry.bodies.permissions import Can


def library_panel(request: HttpRequest, body: Body, on: date) -> Panel | None:
    """Return the card for those who may see a body's details, where a library was in force."""
    if not permissions.allowed(request.user, Can.SEE_DETAILS, body, timezone.localdate()):
        return None
    found = outlook(body, on)
    if found is None or not found.answers:
        return None
    href = reverse("licensing:renewals", args=[body.slug])
    return Panel(
        _("Scope and national library"),
        "licensing/_body_panel.html",
        {"endangered": found.endangered, "href": href},
    )


def register() -> None:
    """Add the card to the body's page."""
    panels.register(library_panel, order=60)
