"""A page that offers forms by name, each ending in one service: shown, or carried out and told."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from zhunsheng.admission.reviews import selectors
from zhunsheng.admission.reviews.models import Review
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.views.signed_in import SignedInRequest, acted_on

Bound = dict[str, forms.Form]
Step = Callable[[SignedInRequest, Review, dict[str, Any]], str]


def review_in_sight(request: HttpRequest, number: str) -> Review:
    """Return a review that this reader may see. Raises: Http404."""
    seen = selectors.reviews_visible_to(request.user, timezone.localdate())
    return get_object_or_404(seen.select_related("application__body", "organisation"), number=number)


def carried_out(
    request: SignedInRequest,
    review: Review,
    name: str,
    steps: Mapping[str, Step],
    offered: Bound,
    show: Callable[[Bound, int], HttpResponse],
    *,
    then: str,
) -> HttpResponse:
    """Do one step and go on to `then`; a refusal is shown beside its form. A form that isn't offered is no address."""
    step, form = steps.get(name), offered.get(name)
    if step is None:
        raise Http404
    if form is None:
        raise NotAllowed(name)
    said = acted_on(form, lambda given: step(request, review, given))
    if said is not None:
        messages.success(request, said)
        return redirect(then, number=review.number)
    return show({name: form}, 422)
