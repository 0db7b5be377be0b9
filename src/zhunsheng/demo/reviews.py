"""Technical reviews of the demo province: one at work for the laboratory of the story, one that waits for its draw."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from zhunsheng.admission.licensing.lifecycle import Kind, Route, Stage
from zhunsheng.admission.licensing.models import Application, ApplicationLine
from zhunsheng.admission.licensing.selectors import clocks as limits
from zhunsheng.admission.licensing.services import clocks
from zhunsheng.admission.reviews import services
from zhunsheng.admission.reviews.lifecycle import WAYS
from zhunsheng.admission.reviews.models import PanelMember, Review
from zhunsheng.admission.reviews.selectors import field_choices
from zhunsheng.demo import chance
from zhunsheng.demo.people import WHY, hashed
from zhunsheng.platform.accounts.history import create_recorded, recorded
from zhunsheng.platform.accounts.models import Kind as OrganisationKind
from zhunsheng.platform.accounts.models import Membership, Organisation, Role, User
from zhunsheng.platform.draws import services as draws
from zhunsheng.platform.draws.services import DrawImpossible
from zhunsheng.registry.bodies.models import Body, Expert, ExpertRank

SEATS = ("zhuanjia", "zhuanjia2", "zhuanjia3")
"""The accounts that stand for whoever the lot names, the leader first."""

LINES = (
    ("大米", "铅", "GB 5009.12-2023", "第一法"),
    ("大米", "镉", "GB 5009.15-2023", "第一法"),
    ("花生油", "黄曲霉毒素B1", "GB 5009.22-2016", "第二法"),
    ("豇豆", "噻虫胺", "GB 23200.121-2021", ""),
    ("豇豆", "灭蝇胺", "GB 23200.121-2021", ""),
    ("巴氏杀菌乳", "沙门氏菌", "GB 4789.4-2024", ""),
)


def load_reviews(hero: Body, at: datetime) -> None:
    """Enter both reviews; the days of the first lie before `at`."""
    people = {one.username: one for one in User.objects.all()}
    begun = at - timedelta(days=6)
    review = _drawn_panel(application_of(hero, people["shiyanshi"], begun), people, begun)
    if review is None:
        return
    _at_work(review, people, at - timedelta(days=2))
    _accounts(timezone.localdate(at) - timedelta(days=400))
    other = _somebody_else(hero)
    if other is not None:
        _waiting(application_of(other, people["shenhe"], at - timedelta(days=3)), people, review.fields, at)


def _somebody_else(hero: Body) -> Body | None:
    """Return another body, if possible one for which no lead assessor works: its panel can be drawn."""
    bodies = Body.objects.exclude(pk=hero.pk).exclude(organisation=None).order_by("pk")
    leaders = Expert.objects.filter(rank=ExpertRank.LEADER)
    free = bodies.exclude(experts_employed__expert__in=leaders)
    free = free.exclude(organisation__memberships__user__in=leaders.exclude(user=None).values("user_id"))
    return free.first() or bodies.first()


def _accounts(since: date) -> None:
    """Give every other assessor an account, named like the register number: the lot may name any of them."""
    authority = Organisation.objects.filter(kind=OrganisationKind.AUTHORITY).order_by("division_id", "pk").first()
    with recorded(None, WHY):
        for expert in Expert.objects.filter(user=None).order_by("pk"):
            job = expert.employments.exclude(body__organisation=None).select_related("body__organisation").first()
            house = job.body.organisation if job is not None and job.body is not None else authority
            user = User(username=expert.code.lower(), display_name=expert.name, password=hashed())
            user.save()
            if house is not None:
                Membership.objects.create(user=user, organisation=house, role=Role.EXPERT, valid_from=since)
            expert.user = user
            expert.save(update_fields=["user"])


def application_of(body: Body, by: User, at: datetime) -> Application:
    """Return an accepted application for more lines of capability."""
    if body.organisation is None:
        raise LookupError("an applicant needs an organisation")
    year, number = timezone.localtime(at).year, Application.objects.count() + 1
    with recorded(None, WHY):
        made = Application.objects.create(
            number=f"DEMO-{year}-{number:05d}", kind=Kind.EXTENSION, route=Route.GENERAL, stage=Stage.ACCEPTED,
            organisation=body.organisation, body=body, division=body.organisation.division,
            applicant_name=body.name, applicant_name_en=body.name_en, uscc=body.uscc, started_by=by, started_at=at,
            filed_at=at, accepted_at=at, generated=True,
        )  # fmt: skip
        create_recorded(
            ApplicationLine,
            [
                ApplicationLine(
                    application=made, number=place, object_text=thing, parameter_text=parameter, method_text=method,
                    clause=clause, domain="食品",
                )
                for place, (thing, parameter, method, clause) in enumerate(LINES, 1)
            ],
        )  # fmt: skip
    clocks.start(made, limits.REVIEW, timezone.localdate(at))
    return made


def _drawn_panel(application: Application, people: dict[str, User], at: datetime) -> Review | None:
    """Return a review with a panel of three in the first field that has one; none where the register is too small."""
    for field, _words in field_choices():
        try:
            with transaction.atomic():
                return _drawn(application, field, people, at)
        except DrawImpossible:
            continue
    return None


def _drawn(application: Application, field: str, people: dict[str, User], at: datetime) -> Review:
    review = services.open_review(
        application_id=application.pk, mode="on_site", size=len(SEATS), fields=[field], by=people["shenhe"], at=at,
        why="首次扩项，须现场评审。",
    )  # fmt: skip
    later = at + timedelta(hours=1)
    for seat, account in zip(lot(review, people, at), SEATS, strict=True):
        with recorded(None, WHY):
            seat.expert.user, seat.expert.name = people[account], people[account].display_name
            seat.expert.save(update_fields=["user", "name"])
        services.declare_free(review_id=review.pk, by=people[account], at=later)
    return review


def lot(review: Review, people: Mapping[str, User], at: datetime) -> list[PanelMember]:
    """Seal a draw, let two officers enter its chance an hour later, and appoint whom it named.

    Raises: DrawImpossible.
    """
    reference = chance.reference(review.number, "省局评审处", "省局法规处")
    sealed = services.seal_draw(
        review_id=review.pk, source="two_party", reference=reference, by=people["shenhe"], at=at
    )
    later = at + timedelta(hours=1)
    for (part, secret), by in zip(chance.secrets(review.number).items(), ("sheng", "fazhi"), strict=True):
        draws.enter_source(draw_id=sealed.draw_id, material={part: secret}, by=people[by], at=later)
    draws.draw(draw_id=sealed.draw_id, by=people["sheng"], at=later)
    return services.appoint_drawn(review_id=review.pk, by=people["shenhe"], at=later)


def _at_work(review: Review, people: dict[str, User], at: datetime) -> None:
    """Prepare and begin the review, judge the first clauses and lines, write a nonconformity."""
    day = timezone.localdate(at)
    services.prepare(
        review_id=review.pk, first_day=day, last_day=day + timedelta(days=3), plan="机构主场所，首次会议 9:00。",
        by=people["shenhe"], at=at, why="与机构商定。",
    )  # fmt: skip
    services.start(review_id=review.pk, by=people[SEATS[0]], at=at, why="首次会议召开。")
    clauses = list(review.checklist.order_by("place")[:8])
    lines = list(review.confirmations.order_by("line__number")[:2])
    found = clauses[-1]
    fine = [(f"clause:{one.pk}", {"verdict": "conforms", "note": ""}) for one in clauses[:-1]]
    ways = {name: name in {"site_test", "records"} for name in WAYS}
    confirmed = [
        (f"line:{one.pk}", {**ways, "confirmed": "yes", "note": "现场试验，加标回收率 92%～105%"}) for one in lines
    ]
    fails = [(f"clause:{found.pk}", {"verdict": "fails", "note": "见不符合项"})]
    send(review, people[SEATS[0]], [*fine, *confirmed, *fails], at)
    told = {
        "clause": found.clause, "fact": "冷藏样品间2号冰箱近3个月温度记录缺失。", "basis": f"评审准则 {found.clause}",
        "found": "on_site", "verify_by": "evidence", "lines": "",
    }  # fmt: skip
    send(review, people[SEATS[1]], [(f"nonconformity:{uuid4()}", told)], at)
    services.confirm_by_panel(nonconformity_id=review.nonconformities.get().pk, by=people[SEATS[0]], at=at)


def send(review: Review, by: User, changes: Sequence[tuple[str, Mapping[str, object]]], at: datetime) -> None:
    """Send changes to the sheet. Raises: ValueError where one is refused."""
    sent = [services.Change(id=uuid4(), item=item, base=0, values=values) for item, values in changes]
    taken = services.take_changes(review_id=review.pk, changes=sent, by=by, at=at)
    refused = [one.why for one in taken if one.outcome != "applied"]
    if refused:
        raise ValueError(f"the sheet refused: {refused}")


def _waiting(application: Application, people: dict[str, User], fields: list[str], at: datetime) -> None:
    """Open a review whose panel waits for its draw."""
    services.open_review(
        application_id=application.pk, mode="remote", size=2, fields=fields, by=people["shenhe"], at=at,
        why="多场所共用信息系统，可远程评审。",
    )  # fmt: skip
