"""Editions of the library: imported by one officer, approved by another, in force from a day on."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.visits import selectors, xlsform
from zhunsheng.oversight.visits.models import Edition
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused


@keeps_refused
@transaction.atomic
def import_edition(*, content: bytes, effective_from: date, why: str, by: User, at: datetime) -> Edition:
    """Import a checklist as XLSForm; it holds from its day on once another officer has approved it.

    Raises: NotAllowed, NotAForm, VisitRefused for a violation that the catalogue lacks.
    """
    on = day_of(at)
    _require(by, Can.IMPORT_LIBRARY, on)
    checklist, title, items = xlsform.read(content)
    known = selectors.violation_titles(effective_from)
    unknown = sorted({one for item in items for one in item.violations if one not in known})
    if unknown:
        raise VisitRefused(
            "The catalogue has no violation %(violation)s.", params={"violation": ", ".join(unknown[:5])}, field="file",
            remedy="Use the ids of the catalogue.",
        )  # fmt: skip
    newest = Edition.objects.filter(checklist=checklist).aggregate(newest=Max("number"))["newest"]
    plain = [one.plain() for one in items]
    with recorded(by, why):
        return Edition.objects.create(
            checklist=checklist, number=(newest or 0) + 1, title=title, items=plain, digest=canonical_digest(plain),
            effective_from=effective_from, imported_by=by, imported_at=at,
        )  # fmt: skip


@keeps_refused
@transaction.atomic
def approve_edition(*, edition_id: int, why: str, by: User, at: datetime) -> Edition:
    """Approve an edition that somebody else imported. Raises: Edition.DoesNotExist, NotAllowed, SamePerson."""
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
    _require(by, Can.APPROVE_LIBRARY, day_of(at))
    policy.refuse_same_person(Can.IMPORT_LIBRARY, (edition.imported_by_id,), Can.APPROVE_LIBRARY, by)
    if edition.approved_at is not None:
        raise VisitRefused("This edition is approved already.", remedy="Import a new one to change it.")
    edition.approved_by, edition.approved_at = by, at
    with recorded(by, why):
        edition.save(update_fields=["approved_by", "approved_at"])
    return edition


def _require(by: User, action: str, on: date) -> None:
    if not policy.allowed_somewhere(by, action, on):
        raise policy.NotAllowed(action)
