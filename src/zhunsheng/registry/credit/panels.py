"""What credit adds to a body's page: its grade and open obligations, for officers of the place and the body itself."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.registry.bodies import panels
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.panels import Panel
from zhunsheng.registry.credit import effects_book, permissions, selectors
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.showing import MEANINGS


def credit_panel(request: HttpRequest, body: Body, on: date) -> Panel | None:
    """Return the card; the public sees the grade alone, and only where the province publishes grades."""
    today = timezone.localdate()
    inside = permissions.allowed(request.user, Can.SEE, body, today)
    if not inside and not (settings.ZHUNSHENG_PUBLIC_GRADES or effects_book.published(today)):
        return None
    grade = selectors.grade_on(body.pk, on)
    meaning = MEANINGS[grade.grade] if grade else "waiting"
    if inside:
        more = {
            "obligations": selectors.obligations_of(body.pk).filter(discharged_at=None).count(),
            "href": reverse("credit:body", args=[body.slug]),
            "grade_href": reverse("credit:grade", args=[body.slug]),
        }
    elif grade is not None:
        more = {}
    else:
        return None
    return Panel(_("Credit file"), "credit/_body_panel.html", {"grade": grade, "meaning": meaning, **more})


def register() -> None:
    """Add the card to the body's page."""
    panels.register(credit_panel, order=70)
