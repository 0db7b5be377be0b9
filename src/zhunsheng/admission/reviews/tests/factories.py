"""The plainest application, register of assessors and review."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from zhunsheng.admission.licensing.lifecycle import Kind as ApplicationKind
from zhunsheng.admission.licensing.lifecycle import Stage as ApplicationStage
from zhunsheng.admission.licensing.models import Application, ApplicationLine
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.services import clocks
from zhunsheng.admission.reviews import services
from zhunsheng.admission.reviews.models import PanelMember, Review
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Organisation, Role, User
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.platform.draws import services as draws
from zhunsheng.platform.draws.tests.factories import fresh_parties, secrets_of
from zhunsheng.registry.bodies.models import (
    Body,
    Expert,
    ExpertEmployment,
    ExpertRank,
    ExpertSpeciality,
    ExpertTraining,
)
from zhunsheng.registry.bodies.tests.factories import make_body

WHY = "test"
WATER = "13"
_numbers = count(1)


def make_expert(code: str = "", *, rank: str = ExpertRank.ASSESSOR, fields: tuple[str, ...] = (WATER,)) -> Expert:
    """Make an assessor with an account, trained, in some fields."""
    number = next(_numbers)
    person = make_member(Role.EXPERT, make_organisation(Kind.BODY))
    with recorded(None, WHY):
        made = Expert.objects.create(
            code=code or f"E-{number:04d}", name=f"评审员{number}", rank=rank, user=person, valid_from=date(2020, 1, 1)
        )
        for one in fields:
            ExpertSpeciality.objects.create(expert=made, domain=f"领域{one}", field=one)
        ExpertTraining.objects.create(
            expert=made, course="评审准则", certificate_no=f"T-{number}", valid_from=date(2024, 1, 1)
        )
    return made


def employ(expert: Expert, body: Body, *, first: date | None = None, last: date | None = None) -> None:
    """Put a time at a body on an assessor's record."""
    with recorded(None, WHY):
        ExpertEmployment.objects.create(expert=expert, employer=body.name, body=body, valid_from=first, valid_to=last)


def make_application(laboratory: Organisation, body: Body | None, by: User, **values: Any) -> Application:
    """Make an accepted application with three lines."""
    number = next(_numbers)
    plain: dict[str, Any] = {
        "number": f"A-2026-{number:06d}", "kind": ApplicationKind.RENEWAL, "route": "general",
        "stage": ApplicationStage.ACCEPTED, "organisation": laboratory, "body": body,
        "division": laboratory.division, "applicant_name": laboratory.name, "field": WATER, "started_by": by,
        "started_at": NOON, "filed_at": NOON, "accepted_at": NOON,
    }  # fmt: skip
    with recorded(by, WHY):
        made = Application.objects.create(**(plain | values))
        for place, parameter in enumerate(("铅", "镉", "砷"), 1):
            ApplicationLine.objects.create(
                application=made, number=place, object_text="生活饮用水", parameter_text=parameter,
                method_text="GB/T 5750.6-2023",
            )  # fmt: skip
    if made.stage == ApplicationStage.ACCEPTED:
        clocks.start(made, limits.REVIEW, TODAY)
    return made


@dataclass
class World:
    """A laboratory that applies, the officers of the authority, a register of assessors."""

    laboratory: Organisation
    body: Body
    manager: User
    officer: User
    second: User
    third: User
    experts: list[Expert] = field(default_factory=list)


def make_world(*, assessors: int = 4) -> World:
    """Make them: one lead assessor and some others, all in the field of water."""
    laboratory = make_organisation(Kind.BODY, name="示范检测")
    bureau = make_organisation(division="440000", name="省局")
    body = make_body(organisation=laboratory, division=laboratory.division)
    world = World(
        laboratory,
        body,
        make_member(Role.BODY_MANAGER, laboratory),
        make_member(Role.REVIEWER, bureau),
        make_member(Role.PROVINCE_OFFICER, bureau),
        make_member(Role.PROVINCE_OFFICER, bureau),
    )
    world.experts = [make_expert(rank=ExpertRank.LEADER), *(make_expert() for _number in range(assessors))]
    return world


def opened(world: World, *, mode: str = "on_site", size: int = 2, **values: Any) -> Review:
    """Open the review of a new application."""
    application = make_application(world.laboratory, world.body, world.manager, **values)
    return services.open_review(
        application_id=application.pk, mode=mode, size=size, fields=[WATER], by=world.officer, at=NOON, why=WHY
    )


def sealed(world: World, review: Review) -> Any:
    """Seal a draw whose chance comes from two parties."""
    return services.seal_draw(review_id=review.pk, **fresh_parties(), by=world.officer, at=NOON)


def drawn(world: World, review: Review) -> list[Any]:
    """Seal a draw, enter its chance by another officer, draw and appoint."""
    made = sealed(world, review)
    later = NOON + timedelta(minutes=1)
    for (part, secret), person in zip(secrets_of(made.draw).items(), (world.second, world.third), strict=True):
        draws.enter_source(draw_id=made.draw_id, material={part: secret}, by=person, at=later)
    draws.draw(draw_id=made.draw_id, by=world.second, at=later)
    return services.appoint_drawn(review_id=review.pk, by=world.officer, at=later)


def prepared(world: World, **values: Any) -> Review:
    """Bring a review to where its leader can begin."""
    review = opened(world, **values)
    for seat in drawn(world, review):
        services.declare_free(review_id=review.pk, by=seat.expert.user, at=NOON)
    days = {"first_day": TODAY, "last_day": TODAY + timedelta(days=1)}
    return services.prepare(review_id=review.pk, plan="广州", by=world.officer, at=NOON, why=WHY, **days)


def at_work(world: World, **values: Any) -> Review:
    """Bring a review to where the sheet is open."""
    review = prepared(world, **values)
    return services.start(review_id=review.pk, by=leader_of(review), at=NOON, why=WHY)


def leader_of(review: Review) -> User:
    """Return the account of who leads the panel."""
    return _person(review.members.exclude(state="replaced").get(leader=True))


def member_of(review: Review) -> User:
    """Return the account of another serving member."""
    return _person(review.members.filter(leader=False, state="serving").order_by("pk")[0])


def _person(seat: PanelMember) -> User:
    user = seat.expert.user
    assert user is not None
    return user


def change(item: str, base: int, values: dict[str, Any], **more: Any) -> services.Change:
    """Return a change with a new number."""
    return services.Change(id=more.pop("id", uuid4()), item=item, base=base, values=values, **more)


def send(review: Review, by: User, *changes: services.Change) -> list[Any]:
    """Send changes to a sheet."""
    return services.take_changes(review_id=review.pk, changes=changes, by=by, at=NOON)


def clause_item(review: Review, place: int = 1) -> str:
    """Return the item of a clause."""
    return f"clause:{review.checklist.get(place=place).pk}"


def line_item(review: Review, number: int = 1) -> str:
    """Return the item of a line."""
    return f"line:{review.confirmations.get(line__number=number).pk}"


def confirmed(**values: Any) -> dict[str, Any]:
    """Return the values of a line that is confirmed by a test on site."""
    ways = dict.fromkeys(
        (
            "proficiency", "blind_sample", "comparison", "demonstration", "questions", "records", "equipment",
        ),
        False,
    )  # fmt: skip
    return {"site_test": True, **ways, "confirmed": "yes", "note": "", **values}


def fill(review: Review, by: User) -> None:
    """Give every clause its verdict and confirm every line."""
    fine = {"verdict": "conforms", "note": ""}
    send(review, by, *(change(f"clause:{one.pk}", one.version, fine) for one in review.checklist.filter(verdict="")))
    send(review, by, *(change(f"line:{one.pk}", one.version, confirmed()) for one in review.confirmations.all()))


def found_wanting(review: Review, by: User, **values: Any) -> Any:
    """Write a nonconformity on the sheet."""
    key = uuid4()
    plain = {
        "clause": "12(5)", "fact": "未提供方法验证记录", "basis": "评审准则第十二条（五）", "found": "on_site",
        "verify_by": "evidence", "lines": "2",
    }  # fmt: skip
    (result,) = send(review, by, change(f"nonconformity:{key}", 0, plain | values))
    assert result.outcome == "applied", result.why
    return review.nonconformities.get(key=key)
