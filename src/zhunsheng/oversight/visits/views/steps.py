"""The visit that a page is about."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from zhunsheng.oversight.visits import selectors
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.platform.accounts.views.signed_in import today


def visit_in_sight(request: HttpRequest, number: str) -> Visit:
    """Return a visit that this reader may see. Raises: Http404."""
    seen = selectors.visits_visible_to(request.user, today())
    return get_object_or_404(
        seen.select_related("organisation", "task__plan", "task__leader", "task__second"), number=number
    )
