"""Which reviews somebody sees, and what their lists show."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from zhunsheng.admission.reviews.lifecycle import MemberState
from zhunsheng.admission.reviews.models import PanelDraw, PanelMember, Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
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


def members_of(review: Review) -> list[PanelMember]:
    """Return everybody ever drawn, those on the panel first, the leader before the others."""
    found = list(review.members.select_related("expert", "draw").order_by("pk"))
    return sorted(found, key=lambda one: (one.state == MemberState.REPLACED, not one.leader, one.pk))


def next_number(at: datetime) -> str:
    """Return the number that the next review takes."""
    newest = Review.objects.aggregate(newest=Max("pk"))["newest"]
    return f"R-{timezone.localtime(at).year}-{(newest or 0) + 1:06d}"


def field_titles() -> dict[str, str]:
    """Return the fields in which the register has assessors: titles by code."""
    rows = ExpertSpeciality.objects.exclude(field="").order_by("field", "domain").values_list("field", "domain")
    named: dict[str, str] = {}
    for code, domain in rows.distinct():
        named.setdefault(code, domain)
    return named


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
