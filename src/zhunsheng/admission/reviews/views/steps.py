"""The review that a page is about."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from zhunsheng.admission.reviews import selectors
from zhunsheng.admission.reviews.models import Review


def review_in_sight(request: HttpRequest, number: str) -> Review:
    """Return a review that this reader may see. Raises: Http404."""
    seen = selectors.reviews_visible_to(request.user, timezone.localdate())
    return get_object_or_404(seen.select_related("application__body", "organisation"), number=number)
