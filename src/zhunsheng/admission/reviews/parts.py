"""What reviews add to an application's page: how its review stands, or the way to open one."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing import parts
from zhunsheng.admission.licensing.lifecycle import Stage as ApplicationStage
from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.parts import Part
from zhunsheng.admission.reviews import selectors
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.platform.accounts import policy

TEMPLATE = "reviews/_application_part.html"


def review_part(request: HttpRequest, application: Application) -> Part | None:
    """Return the card for those who see the review, and for those who may open it."""
    on = timezone.localdate()
    found = selectors.reviews_visible_to(request.user, on).filter(application=application).first()
    if found is not None:
        return Part(_("Technical review"), TEMPLATE, {"review": found, "figures": selectors.figures_of(found)})
    place = policy.Place.of(application)
    user = request.user if request.user.is_authenticated else None
    may_open = application.stage in {ApplicationStage.ACCEPTED, ApplicationStage.IN_REVIEW} and policy.allowed(
        user, Can.APPOINT, place, on
    )
    return Part(_("Technical review"), TEMPLATE, {"application": application}) if may_open else None


def register() -> None:
    """Add the card to an application's page."""
    parts.register(review_part, order=40)
