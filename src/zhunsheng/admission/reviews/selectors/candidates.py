"""Everybody who could be drawn for a panel, with what is on record about each and the body: constant queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max

from zhunsheng.admission.reviews import lawbook
from zhunsheng.admission.reviews.lifecycle import MemberState, Stage
from zhunsheng.admission.reviews.models import ExpertInterest, PanelMember, Review
from zhunsheng.admission.reviews.rules.avoidance import CandidateFacts, Interested, Span, reasons
from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.selectors import memberships_in_force
from zhunsheng.registry.bodies.models import (
    Body,
    Expert,
    ExpertAssignment,
    ExpertEmployment,
    ExpertSpeciality,
)
from zhunsheng.registry.bodies.selectors import with_figures
from zhunsheng.registry.bodies.selectors.versions import held_on


@dataclass(frozen=True, slots=True)
class Candidate:
    """An assessor of the frame: what is on record, and why he or she is barred (empty: isn't)."""

    expert: Expert
    facts: CandidateFacts
    barred: tuple[str, ...]


def candidates_for(review: Review, on: date) -> list[Candidate]:
    """Return the frame of a panel's draw: every assessor with one of the fields, by register number."""
    fields = _fields_of(review, on)
    found = with_figures(Expert.objects.filter(pk__in=fields), on).order_by("code")
    kin = _kin(review.application.body)
    names = {normalise_name(review.organisation.name), normalise_name(review.application.applicant_name)}
    employments, interests = _employments(fields, kin, names), _interests(fields, review)
    last, open_reviews = _on_last_panels(review, kin, on), _open_reviews(review)
    rules = lawbook.rule(lawbook.PANEL, on).values
    staff, rests = _staff(review, on), _rests(fields, on, rules)
    left = set(review.members.filter(state=MemberState.REPLACED).values_list("expert_id", flat=True))
    law = lawbook.avoidance(on)
    made = []
    for expert in found:
        facts = CandidateFacts(
            number=expert.code,
            rank=expert.rank,
            fields=tuple(sorted(fields[expert.pk])),
            standing=expert.standing,  # type: ignore[attr-defined]  # annotated by with_figures
            employments=tuple(employments[expert.pk]),
            interests=tuple(interests[expert.pk]),
            on_last_panels=expert.pk in last,
            open_reviews=open_reviews.get(expert.pk, 0),
            tasks=expert.tasks or 0,  # type: ignore[attr-defined]  # annotated by with_figures
            rest=rests.get(expert.pk, int(rules["most_rest"])),
            same_house=expert.user_id is not None and expert.user_id in staff,
            left=expert.pk in left,
            opened=expert.user_id is not None and expert.user_id == review.opened_by_id,
        )
        made.append(Candidate(expert, facts, tuple(reasons(facts, on, law))))
    return made


def _fields_of(review: Review, on: date) -> dict[int, set[str]]:
    held: dict[int, set[str]] = defaultdict(set)
    rows = ExpertSpeciality.objects.filter(held_on(on), field__in=review.fields)
    for expert_id, field in rows.values_list("expert_id", "field"):
        held[expert_id].add(field)
    return held


def _kin(body: Body | None) -> set[int]:
    """Return the body with those that it came from or went into."""
    if body is None:
        return set()
    kin = {body.pk, *body.events.exclude(other=None).values_list("other_id", flat=True)}
    return kin | set(body.events_of_others.values_list("body_id", flat=True))


def _employments(experts: Iterable[int], kin: set[int], names: set[str]) -> dict[int, list[Span]]:
    """Return the times at the body, at its kin, or at an employer of the applicant's name."""
    held: dict[int, list[Span]] = defaultdict(list)
    rows = ExpertEmployment.objects.filter(expert_id__in=list(experts))
    for expert_id, body_id, employer, first, last in rows.values_list(
        "expert_id", "body_id", "employer", "valid_from", "valid_to"
    ):
        if body_id in kin or normalise_name(employer) in names:
            held[expert_id].append(Span(first, last))
    return held


def _interests(experts: Iterable[int], review: Review) -> dict[int, list[Interested]]:
    held: dict[int, list[Interested]] = defaultdict(list)
    rows = ExpertInterest.objects.filter(expert_id__in=list(experts), organisation_id=review.organisation_id)
    for expert_id, kind, last in rows.values_list("expert_id", "kind", "valid_to"):
        held[expert_id].append(Interested(kind, last))
    return held


def _on_last_panels(review: Review, kin: set[int], on: date) -> set[int]:
    """Return who was on the last panels at this body, by the register's tasks and by our own reviews."""
    most = lawbook.avoidance(on)["last_panels"]
    tasks = ExpertAssignment.objects.filter(body_id__in=kin, valid_from__lte=on).exclude(reference=review.number)
    references: list[str] = []
    for reference in tasks.order_by("-valid_from", "-pk").values_list("reference", flat=True):
        if reference not in references:
            references.append(reference)
        if len(references) >= most:
            break
    ended = Review.objects.filter(organisation_id=review.organisation_id, stage=Stage.CONCLUDED).exclude(pk=review.pk)
    last = list(ended.order_by("-ended_at").values_list("pk", flat=True)[:most])
    served = PanelMember.objects.filter(review_id__in=last, state=MemberState.SERVING)
    return set(tasks.filter(reference__in=references).values_list("expert_id", flat=True)) | set(
        served.values_list("expert_id", flat=True)
    )


def _open_reviews(review: Review) -> dict[int, int]:
    open_seats = PanelMember.objects.exclude(state=MemberState.REPLACED).exclude(
        review__stage__in=[Stage.CONCLUDED, Stage.CANCELLED]
    )
    rows = open_seats.exclude(review=review).values("expert_id").annotate(total=Count("pk")).order_by()
    return dict(rows.values_list("expert_id", "total"))


def _staff(review: Review, on: date) -> set[int]:
    return set(
        memberships_in_force(on).filter(organisation_id=review.organisation_id).values_list("user_id", flat=True)
    )


def _rests(experts: Iterable[int], on: date, rules: Mapping[str, Any]) -> dict[int, int]:
    """Return how many stretches of rest lie behind the last task of those who had one."""
    tasks = ExpertAssignment.objects.filter(expert_id__in=list(experts), valid_from__lte=on)
    rows = tasks.order_by().values("expert_id").annotate(last=Max("valid_from")).values_list("expert_id", "last")
    days, most = int(rules["rest_days"]), int(rules["most_rest"])
    return {expert_id: min((on - last).days // days, most) for expert_id, last in rows}
