"""The review that a page is about, and the log of what was refused on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from zhunsheng.admission.licensing.services.refusals import keep_refusal
from zhunsheng.admission.reviews import selectors
from zhunsheng.admission.reviews.models import Review
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest


def review_in_sight(request: HttpRequest, number: str) -> Review:
    """Return a review that this reader may see. Raises: Http404."""
    seen = selectors.reviews_visible_to(request.user, timezone.localdate())
    return get_object_or_404(seen.select_related("application__body", "organisation"), number=number)


@contextmanager
def refusals_kept(request: SignedInRequest, review: Review, action: str) -> Iterator[None]:
    """Let a step of the review be tried; who may not take it is refused and stands in the application's log."""
    try:
        yield
    except (NotAllowed, SamePerson) as error:
        keep_refusal(
            review.application_id, f"review.{action}", by=request.user, at=timezone.now(), error=error
        )  # fmt: skip
        raise
