"""Reads of bars: which somebody sees, and how each stands on a day."""

from datetime import date
from typing import Any, Final

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.translation import pgettext_lazy

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.models import RouteBar
from zhunsheng.admission.licensing.permissions import AnyUser, Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Kind as OrganisationKind
from zhunsheng.platform.accounts.models import Organisation
from zhunsheng.platform.reading import in_language

MOST_OFFERED: Final = 10
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


def applicants(user: AnyUser, words: str, on: date) -> QuerySet[Organisation]:
    """Return the applicants whom this person may bar, by a part of the name or the beginning of the credit code."""
    text = words.strip()
    reach = policy.reach_of(user, Can.BAR, on)
    known = Organisation.objects.filter(reach.as_q(organisation="pk"), kind=OrganisationKind.BODY)
    named = Q(name__icontains=text) | Q(uscc__istartswith=text)
    return known.filter(named).order_by("name", "pk") if text else known.none()


def labelled(one: Organisation) -> str:
    """Return an applicant as it is offered and read again: the name, with the code where there is one."""
    return f"{one.name}（{one.uscc}）" if one.uscc else one.name


def applicant_of(user: AnyUser, words: str, on: date) -> list[Organisation]:
    """Return whom these words may mean: an applicant as it was offered, one of this name or code, else all alike."""
    name, _bracket, code = words.strip().removesuffix("）").rpartition("（")
    offered = list(applicants(user, code, on)[:2]) if name and code else []
    if len(offered) == 1 and labelled(offered[0]) == words.strip():
        return offered
    exact = list(applicants(user, words, on).filter(Q(name=words.strip()) | Q(uscc__iexact=words.strip()))[:2])
    return exact if len(exact) == 1 else list(applicants(user, words, on)[:MOST_OFFERED])


def conditions() -> list[tuple[str, str]]:
    """Return the kinds of bars in the reader's language."""
    return [(code, in_language(words)) for code, words in law_book.facts()[1].values["bars"].items()]


def condition_words(code: str) -> str:
    """Return what a kind of bar is called in the reader's language."""
    return dict(conditions()).get(code, code)
