"""Who forms panels and follows reviews, who works on one, who answers for the body."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.permissions import Can as LicensingCan
from zhunsheng.admission.reviews.lifecycle import MemberState, Stage
from zhunsheng.admission.reviews.models import PanelMember, Review
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role, User

AnyUser = User | AnonymousUser | None


class Can:
    """Actions on reviews. Working on one is `licensing.review`, and takes a place on its panel."""

    SEE = "reviews.see"
    APPOINT = "reviews.appoint"
    ANSWER = "reviews.answer"
    WORK = LicensingCan.REVIEW


def register() -> None:
    """Tell the policy who may do what, and that who forms a panel doesn't sit on it."""
    own, division, everywhere = policy.Reach.OWN, policy.Reach.DIVISION, policy.Reach.EVERYWHERE
    officers = (Role.PROVINCE_OFFICER, Role.CITY_OFFICER, Role.COUNTY_OFFICER, Role.REVIEWER, Role.LEGAL_OFFICER)
    body = dict.fromkeys((Role.BODY_MANAGER, Role.BODY_CLERK, Role.SIGNATORY), own)
    policy.register(
        Can.SEE,
        dict.fromkeys((*officers, Role.DEPARTMENT_OFFICER), division) | body | {Role.AUDITOR: everywhere},
        title=_("See technical reviews"),
    )
    policy.register(
        Can.APPOINT,
        dict.fromkeys((Role.REVIEWER, Role.PROVINCE_OFFICER, Role.CITY_OFFICER), division),
        title=_("Open technical reviews and let their panels be drawn"),
    )
    policy.register(
        Can.ANSWER,
        {Role.BODY_MANAGER: own, Role.BODY_CLERK: own},
        title=_("Answer nonconformities and fill the file room for the body"),
    )
    policy.keep_apart(Can.APPOINT, Can.WORK)


def place_of(review: Review) -> policy.Place:
    """Return where a review stands for the policy."""
    return policy.Place.of(review)


def allowed(user: AnyUser, action: str, review: Review, on: date) -> bool:
    """Tell whether somebody may do this with a review on a day."""
    return policy.allowed(user, action, place_of(review), on)


def require(user: AnyUser, action: str, review: Review, on: date) -> None:
    """Pass, or raise NotAllowed."""
    policy.require(user, action, place_of(review), on)


def require_opening(user: User, application: Application, on: date) -> None:
    """Pass for those who may open a review of an application. Raises: NotAllowed."""
    policy.require(user, Can.APPOINT, policy.Place.of(application), on)


def seat_of(user: AnyUser, review: Review, on: date) -> PanelMember | None:
    """Return somebody's place on the panel of a review, also while interests are to be declared."""
    if not isinstance(user, User) or not policy.allowed_somewhere(user, Can.WORK, on):
        return None
    held = review.members.filter(expert__user_id=user.pk).exclude(state=MemberState.REPLACED)
    return held.select_related("expert").first()


def serves(user: AnyUser, review: Review, on: date) -> bool:
    """Tell whether somebody serves on the panel of a review, interests declared."""
    seat = seat_of(user, review, on)
    return seat is not None and seat.state == MemberState.SERVING


def serves_on_panel_of(user: User, application: Application, on: date) -> bool:
    """Tell whether somebody serves on the panel that reviews this application."""
    if not policy.allowed_somewhere(user, Can.WORK, on):
        return False
    seats = PanelMember.objects.filter(expert__user_id=user.pk, state=MemberState.SERVING)
    return seats.filter(review__application=application).exclude(review__stage=Stage.CANCELLED).exists()


def require_seat(user: User, review: Review, on: date, *, leader: bool = False) -> PanelMember:
    """Return the place of a serving member, of the leader alone where asked. Raises: NotAllowed."""
    seat = seat_of(user, review, on)
    if seat is None or seat.state != MemberState.SERVING or (leader and not seat.leader):
        raise policy.NotAllowed(Can.WORK)
    return seat
