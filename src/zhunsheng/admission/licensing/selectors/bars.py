"""Reads of bars: which somebody sees, and how each stands on a day."""

from datetime import date
from typing import Any, Final

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.translation import pgettext_lazy

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.models import RouteBar
from zhunsheng.admission.licensing.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.reading import in_language

STATES: Final[dict[str, Any]] = {
    "in_force": pgettext_lazy("bar", "In force"),
    "lifted": pgettext_lazy("bar", "Lifted"),
    "over": pgettext_lazy("bar", "Over"),
}


def bars_visible_to(user: AnyUser, on: date) -> QuerySet[RouteBar]:
    """Return the bars in sight with their state on a day, newest first: a division's, or one's own."""
    reach = policy.reach_of(user, Can.SEE, on)
    seen = RouteBar.objects.filter(
        reach.as_q(division="organisation__division_id", organisation="organisation_id")
    ).select_related("organisation")
    state = Case(
        When(~Q(lifted_at=None), then=Value("lifted")),
        When(until__lt=on, then=Value("over")),
        default=Value("in_force"),
        output_field=CharField(),
    )
    return seen.annotate(state=state).order_by("-since", "-pk")


def conditions() -> list[tuple[str, str]]:
    """Return the kinds of bars in the reader's language."""
    return [(code, in_language(words)) for code, words in law_book.facts()[1].values["bars"].items()]


def condition_words(code: str) -> str:
    """Return what a kind of bar is called in the reader's language."""
    return dict(conditions()).get(code, code)
