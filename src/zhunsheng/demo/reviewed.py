"""A document review that is over: its panel concluded, a decision is proposed, the legal officer examines it next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.services import deciding
from zhunsheng.admission.reviews import services
from zhunsheng.admission.reviews.lifecycle import WAYS
from zhunsheng.admission.reviews.models import Review
from zhunsheng.demo.reviews import application_of, lot, send
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.draws.services import DrawImpossible
from zhunsheng.registry.bodies.models import Body

MEMBERS = 2


def load_reviewed(at: datetime) -> None:
    """Enter it for a body that has no application yet; nothing where no panel was drawn yet, or none can be."""
    people = {one.username: one for one in User.objects.all()}
    fields = Review.objects.order_by("pk").values_list("fields", flat=True).first()
    if not fields:
        return
    for body in Body.objects.exclude(organisation=None).filter(applications=None).order_by("pk")[:5]:
        try:
            with transaction.atomic():
                _proposed(_concluded(body, fields, people, at - timedelta(days=7)), people, at)
        except DrawImpossible:
            continue
        return


def _concluded(body: Body, fields: Sequence[str], people: dict[str, User], at: datetime) -> Application:
    application = application_of(body, people["shenhe"], at)
    review = services.open_review(
        application_id=application.pk, mode="document", size=MEMBERS, fields=fields, by=people["shenhe"], at=at,
        why="在已批准能力的技术能力范围内少量扩项，书面审查。",
    )  # fmt: skip
    for seat in lot(review, people, at):
        if seat.expert.user is not None:
            services.declare_free(review_id=review.pk, by=seat.expert.user, at=at + timedelta(hours=2))
    later = at + timedelta(days=1)
    services.prepare(
        review_id=review.pk, first_day=None, last_day=None, plan="", by=people["shenhe"], at=later, why="书面审查。"
    )
    leader, *others = _panel(review)
    services.start(review_id=review.pk, by=leader, at=later, why="开始书面审查。")
    _fill(review, leader, later)
    end = at + timedelta(days=3)
    services.draft_conclusion(
        review_id=review.pk, kind="conform", words="书面材料齐全，能力属同类方法，建议批准。", by=leader, at=end
    )
    for person in others:
        services.speak(review_id=review.pk, agrees=True, words="", by=person, at=end)
    services.conclude(review_id=review.pk, by=leader, at=end, why="评审组意见一致。")
    application.refresh_from_db()
    return application


def _panel(review: Review) -> list[User]:
    """Return the accounts of the panel, the leader's first."""
    seats = review.members.order_by("-leader", "pk").select_related("expert__user")
    return [one.expert.user for one in seats if one.expert.user is not None]


def _fill(review: Review, by: User, at: datetime) -> None:
    """Give every clause its verdict and confirm every line by its records."""
    ways = {name: name in {"records", "questions"} for name in WAYS}
    clauses = [(f"clause:{one.pk}", {"verdict": "conforms", "note": ""}) for one in review.checklist.all()]
    lines = [
        (f"line:{one.pk}", {**ways, "confirmed": "yes", "note": "查阅方法验证报告和原始记录"})
        for one in review.confirmations.all()
    ]
    send(review, by, [*clauses, *lines], at)


def _proposed(application: Application, people: dict[str, User], at: datetime) -> None:
    when = at - timedelta(days=1)
    found = deciding.draft_of(application, timezone.localdate(when))
    deciding.propose(
        application_id=application.pk, outcome=found.outcome, reasons=found.text, by=people["shenhe"], at=when
    )
