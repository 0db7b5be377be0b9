"""Which reviews somebody sees, and what their lists show."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from zhunsheng.admission.reviews import lawbook
from zhunsheng.admission.reviews.lifecycle import MemberState, Stage
from zhunsheng.admission.reviews.models import PanelDraw, PanelMember, Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.foundation.identifiers.accreditations import cma_codes
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.reading import in_language
from zhunsheng.registry.bodies.models import ExpertSpeciality


def reviews_visible_to(user: object, on: date) -> QuerySet[Review]:
    """Return the reviews in sight, newest first: officers their division's, a body its own, an assessor's panels."""
    if not isinstance(user, User):
        return Review.objects.none()
    seat = PanelMember.objects.filter(review_id=OuterRef("pk"), expert__user_id=user.pk).exclude(
        state=MemberState.REPLACED
    )
    seen: Any = policy.reach_of(user, Can.SEE, on).as_q()
    if policy.allowed_somewhere(user, Can.WORK, on):
        seen = seen | Q(Exists(seat))
    found = Review.objects.filter(seen).select_related("application", "organisation")
    return found.order_by("-opened_at", "-pk")


def seats_waiting_for(user: User, on: date) -> list[PanelMember]:
    """Return somebody's places on panels that are still at work, those to be declared first."""
    if not policy.allowed_somewhere(user, Can.WORK, on):
        return []
    held = PanelMember.objects.filter(expert__user_id=user.pk).exclude(state=MemberState.REPLACED)
    held = held.exclude(review__stage__in=[Stage.CONCLUDED, Stage.CANCELLED]).select_related("review__application")
    return sorted(held.order_by("pk"), key=lambda one: one.state != MemberState.DRAWN)


def members_of(review: Review) -> list[PanelMember]:
    """Return everybody ever drawn, those on the panel first, the leader before the others."""
    found = list(review.members.select_related("expert", "draw").order_by("pk"))
    return sorted(found, key=lambda one: (one.state == MemberState.REPLACED, not one.leader, one.pk))


def who_may_step_up(review: Review, on: date) -> PanelMember | None:
    """Return the member of leader's rank whom the lot named first, where a panel that was drawn has no leader."""
    ranks = lawbook.rule(lawbook.PANEL, on).values["leader_ranks"]
    there = list(review.members.exclude(state=MemberState.REPLACED).select_related("expert").order_by("pk"))
    if any(one.leader for one in there):
        return None
    return next((one for one in there if one.expert.rank in ranks), None)


def next_number(at: datetime) -> str:
    """Return the next number of the year; the caller holds the lock of numbers."""
    head = f"R-{timezone.localtime(at).year}-"
    newest = Review.objects.filter(number__startswith=head).order_by("-number").values_list("number", flat=True).first()
    return f"{head}{int(newest[len(head) :]) + 1 if newest else 1:06d}"


def field_titles(*, official: bool = False) -> dict[str, str]:
    """Return the fields in which the register has assessors, titles by code: in the reader's language, or official."""
    rows = ExpertSpeciality.objects.exclude(field="").order_by("field", "domain").values_list("field", "domain")
    named: dict[str, str] = {}
    for code, domain in rows.distinct():
        named.setdefault(code, domain)
    known = cma_codes(timezone.localdate()).values["fields"]
    spoken = {code: words["zh"] if official else in_language(words) for code, words in known.items()}
    return {code: spoken.get(code, domain) for code, domain in named.items()}


def field_choices() -> list[tuple[str, str]]:
    """Return the same fields for a form: code, and code with title."""
    return [(code, f"{code} {title}") for code, title in field_titles().items()]


def newest_of(draw: Any) -> Any:
    """Return the draw that stands now: the last of those that each replaced the one before."""
    model = type(draw)
    while (later := model.objects.filter(replaces=draw).first()) is not None:
        draw = later
    return draw


def is_drawn(one: PanelDraw) -> bool:
    """Tell whether the chance was entered and the lot is drawn."""
    found = newest_of(one.draw)
    return bool(found.result) and found.result.get("outcome") == "drawn"
