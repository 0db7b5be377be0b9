"""Enter the grade that another office or platform gave, and let the scorecard grade again afterwards."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.credit.models import Grade, GradeLetter, Origin, Scoring
from zhunsheng.registry.credit.permissions import Can
from zhunsheng.registry.credit.services.announcing import announce
from zhunsheng.registry.credit.services.writing import NotRecordable, body_for, demand


@transaction.atomic
def set_grade(
    *,
    body_id: int,
    grade: str,
    since: date,
    basis: str,
    reason: str,
    by: User | None,
    at: datetime,
    rule_version: str = "",
    origin: str = Origin.ENTERED,
) -> Grade:
    """Enter the grade of a body from a day on, with the document that gave it; the one before ends the day before.

    The grade is sealed in the log (`credit.grade`).
    Raises: Body.DoesNotExist, NotAllowed, NotRecordable.
    """
    body = body_for(body_id, Can.GRADE, by, at)
    demand(basis=basis, reason=reason)
    if grade not in GradeLetter.values:
        raise NotRecordable("A grade is A, B, C or D.", field="grade", remedy="Choose one of them.")
    before = Grade.objects.select_for_update().filter(body=body, until=None).first()
    if before is not None and since <= before.since:
        raise NotRecordable(
            "The grade %(grade)s holds from %(since)s already.",
            params={"grade": before.grade, "since": before.since.isoformat()},
            field="since",
            remedy="Enter a later day.",
        )
    with recorded(by, reason):
        if before is not None:
            before.until = since - timedelta(days=1)
            before.save(update_fields=["until"])
        made = Grade.objects.create(
            body=body, grade=grade, since=since, origin=origin, basis=basis.strip(), rule_version=rule_version.strip(),
            reason=reason.strip(), set_by=by, set_at=at, before=before.grade if before else "",
        )  # fmt: skip
    ledger.append(kind="credit.grade", subject=sealed(made), body=body.slug, at=at)
    return made


@transaction.atomic
def release_grade(*, body_id: int, reason: str, by: User | None, at: datetime) -> Grade:
    """End the grade that somebody entered: from today on the body has what its scorecard gives, and follows it.

    The new grade is sealed in the log (`credit.grade`).
    Raises: Body.DoesNotExist, NotAllowed, NotRecordable.
    """
    body = body_for(body_id, Can.GRADE, by, at)
    demand(reason=reason)
    today = timezone.localdate(at)
    held = Grade.objects.select_for_update().filter(body=body, until=None).first()
    if held is None or held.origin == Origin.COMPUTED:
        raise NotRecordable("No entered grade is in force.", field="reason", remedy="The scorecard grades already.")
    scoring = Scoring.objects.filter(body=body, newest=True).first()
    if scoring is None:
        raise NotRecordable("No score was computed yet.", field="reason", remedy="Compute the grade first.")
    values = {
        "grade": scoring.letter, "origin": Origin.COMPUTED, "basis": scoring.version, "rule_version": scoring.version,
        "reason": f"{reason.strip()}；{scoring.words}"[:500], "scoring": scoring, "set_by": by, "set_at": at,
    }  # fmt: skip
    with recorded(by, reason):
        made = _changed(held, values) if held.since >= today else _following(held, today, values)
    ledger.append(kind="credit.grade", subject=sealed(made), body=body.slug, at=at)
    if made.grade != made.before:
        announce([(body, made.before, made.grade)], on=today, by=by, at=at)
    return made


def _changed(held: Grade, values: dict[str, Any]) -> Grade:
    """Change a grade that began today: the history keeps what was entered."""
    held.before = held.grade
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=["before", *values])
    return held


def _following(held: Grade, today: date, values: dict[str, Any]) -> Grade:
    held.until = today - timedelta(days=1)
    held.save(update_fields=["until"])
    return Grade.objects.create(body=held.body, since=today, before=held.grade, **values)


def sealed(grade: Grade) -> str:
    """Return the SHA-256 of what the log seals of a grade, in hexadecimal."""
    return canonical_digest(
        {
            "body": grade.body.slug,
            "grade": grade.grade,
            "since": grade.since.isoformat(),
            "origin": grade.origin,
            "basis": grade.basis,
            "rule_version": grade.rule_version,
            "reason": grade.reason,
        }
    )
