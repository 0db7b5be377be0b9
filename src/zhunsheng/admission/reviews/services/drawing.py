"""The panel by lot: the frame is sealed before the chance is known, and whom the lot names is appointed, no other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhunsheng.admission.reviews import lawbook, permissions, selectors
from zhunsheng.admission.reviews.lifecycle import REVIEW, MemberState
from zhunsheng.admission.reviews.models import PanelDraw, PanelMember, Review
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.rules.avoidance import row
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.draws import services as draws
from zhunsheng.registry.bodies.models import Expert

KIND = "panel"


@transaction.atomic
def seal_draw(
    *, review_id: int, source: str, reference: str, known_at: datetime | None = None, by: User, at: datetime
) -> PanelDraw:
    """Freeze and seal the frame with every reason that bars somebody, and say from where the chance will come.

    The first time the whole panel is drawn; later only the places of those who left, beside those who stay.
    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused, DrawImpossible naming the conditions that
        block, NotCommittable, SourceRefused.
    """
    review = locked(review_id)
    on = day_of(at)
    permissions.require(by, Can.APPOINT, review, on)
    REVIEW.target(review.stage, "draw")
    if review.draws.filter(taken_at=None).exists():
        raise ReviewRefused("A draw for this panel is sealed already.", remedy="Carry that one out first.")
    stay = list(review.members.exclude(state=MemberState.REPLACED).select_related("expert").order_by("pk"))
    if len(stay) >= review.size:
        raise ReviewRefused("The panel is complete.", remedy="Nobody needs to be drawn.")
    frame = selectors.candidates_for(review, on)
    if not frame:
        raise ReviewRefused("No assessor of the register has such a field.", remedy="Choose other fields.")
    made = draws.commit(
        kind=KIND,
        title=f"技术评审组抽取 {review.number}",
        frame=[row(one.facts, one.barred) for one in frame],
        parameters=_parameters(review, stay, on),
        source=source,
        reference=reference,
        known_at=known_at,
        place=permissions.place_of(review),
        by=by,
        at=at,
    )
    return PanelDraw.objects.create(
        review=review, draw=made, replacement=bool(review.draws.count()), size=review.size - len(stay),
        candidates=len(frame), barred=sum(1 for one in frame if one.barred), committed_by=by, committed_at=at,
    )  # fmt: skip


def _parameters(review: Review, stay: list[PanelMember], on: date) -> dict[str, Any]:
    rules = lawbook.rule(lawbook.PANEL, on)
    given: dict[str, Any] = {
        "size": review.size,
        "fields": review.fields,
        **{name: list(rules.values[name]) for name in ("leader_ranks", "load_weights", "rest_weights")},
        "titles": selectors.field_titles(official=True),
    }
    if stay:
        given["seated"] = [one.expert.code for one in stay]
        given["seated_leader"] = next((one.expert.code for one in stay if one.leader), "")
    return given


@transaction.atomic
def appoint_drawn(*, review_id: int, by: User, at: datetime) -> list[PanelMember]:
    """Put those on the panel whom the sealed draw named; the officer can only take the result as it is.

    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused.
    """
    review = locked(review_id)
    permissions.require(by, Can.APPOINT, review, day_of(at))
    REVIEW.target(review.stage, "appoint")
    one = review.draws.filter(taken_at=None).select_related("draw").first()
    drawn = selectors.newest_of(one.draw) if one is not None else None
    if one is None or drawn is None or not drawn.result or drawn.result.get("outcome") != "drawn":
        raise ReviewRefused("The lot is not drawn yet.", remedy="Enter the chance on the draw's page first.")
    members = _appointed(review, one, drawn.result, by)
    one.draw, one.taken_at = drawn, at
    one.save(update_fields=["draw", "taken_at"])
    return members


@transaction.atomic
def step_up(*, review_id: int, by: User, at: datetime, why: str) -> PanelMember:
    """Let a member of leader's rank lead once the leader has left: of several the one whom the lot named first.

    The lot's order leaves the officer no choice; the free place is drawn as a member's.
    Raises: Review.DoesNotExist, NotAllowed, IllegalMove, ReviewRefused, MissingReason.
    """
    review = locked(review_id)
    on = day_of(at)
    permissions.require(by, Can.APPOINT, review, on)
    REVIEW.target(review.stage, "draw")
    if review.draws.filter(taken_at=None).exists():
        raise ReviewRefused("A draw for this panel is sealed already.", remedy="Carry that one out first.")
    seat = selectors.who_may_step_up(review, on)
    if seat is None:
        raise ReviewRefused(
            "Nobody may step up: the panel has a leader, or no member has a leader's rank.",
            remedy="Let a leader be drawn.",
        )
    seat.leader = True
    with recorded(by, why):
        seat.save(update_fields=["leader"])
    return seat


def _appointed(review: Review, one: PanelDraw, result: Mapping[str, Any], by: User) -> list[PanelMember]:
    leader, names = str(result["leader"]), [str(result["leader"]), *map(str, result["members"])]
    covered = {name: [field for field, ids in result["covered"].items() if name in ids] for name in names}
    seated = set(review.members.exclude(state=MemberState.REPLACED).values_list("expert__code", flat=True))
    new = [name for name in names if name not in seated]
    experts = {found.code: found for found in Expert.objects.filter(code__in=new)}
    if not seated <= set(names) or len(experts) != len(new):
        raise ReviewRefused(
            "The panel or the register has changed since the draw was sealed.", remedy="Draw again on the draw's page."
        )
    with recorded(by, f"drawn: {one.draw}"):
        return [
            PanelMember.objects.create(
                review=review, expert=experts[name], draw=one, leader=name == leader, fields=covered[name]
            )
            for name in new
        ]
