"""Enter the grade that another office or platform gave."""

from datetime import date, datetime, timedelta

from django.db import transaction

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.registry.credit.models import Grade, GradeLetter, Origin
from zhunsheng.registry.credit.permissions import Can
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
