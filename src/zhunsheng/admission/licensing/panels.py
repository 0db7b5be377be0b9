"""What licensing adds to other pages: a body's scope against the national library, an application's verification."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing import parts
from zhunsheng.admission.licensing.lifecycle import Finding
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.parts import Part
from zhunsheng.admission.licensing.renewals import outlook
from zhunsheng.admission.licensing.selectors.verifications import verifications_visible_to
from zhunsheng.admission.licensing.tables.verifications import MEANINGS
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


def verification_part(request: HttpRequest, application: Application) -> Part | None:
    """Return the card of an application whose decision is verified afterwards, for those who see the task."""
    task = verifications_visible_to(request.user, timezone.localdate()).filter(application=application).first()
    if task is None:
        return None
    told = Finding(task.told)  # type: ignore[attr-defined]  # annotated
    shown = {"task": task, "meaning": MEANINGS[told], "told": told.label}
    return Part(_("Verification of commitments"), "licensing/_verification_part.html", shown)


def register() -> None:
    """Add the cards to the body's page and to the application's."""
    parts.register(verification_part, order=60)
    panels.register(library_panel, order=60)
