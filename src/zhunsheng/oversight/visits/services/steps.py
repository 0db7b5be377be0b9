"""What every use case of this room needs: the locked visit, a move, a limit in working days, a notice to the body."""

from datetime import date, datetime

from django.utils import timezone

from zhunsheng.foundation import workdays
from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.visits.lifecycle import VISIT
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.notices import services as notices


class VisitRefused(DomainError):
    """A step of a visit that the rules don't allow."""

    code = "visit-refused"


def locked(visit_id: int) -> Visit:
    """Return a visit that nobody else writes meanwhile. Raises: Visit.DoesNotExist."""
    found = Visit.objects.select_for_update(of=("self",)).select_related("task", "body", "leader", "second")
    return found.get(pk=visit_id)


def day_of(at: datetime) -> date:
    """Return the day of a moment at the installation's place."""
    return timezone.localdate(at)


def move(visit: Visit, action: str) -> None:
    """Take a legal move; the caller saves. Raises: IllegalMove."""
    visit.stage = VISIT.target(visit.stage, action)


def limit(start: date, days: int) -> date | None:
    """Return the last day of a limit of working days; None while the holidays of that year are not announced."""
    try:
        return workdays.add_workdays(start, days)
    except workdays.NotAnnounced:
        return None


def tell_body(visit: Visit, *, subject: str, words: str, href: str, kind: str, by: User | None, at: datetime) -> None:
    """Send the body's house a notice; a body without accounts is told on paper."""
    if visit.organisation_id is None:
        return
    notices.notify(
        organisation_ids=[visit.organisation_id], subject=subject[:200], body=words, href=href, kind=kind, at=at, by=by,
        origin=f"visit:{visit.number}",
    )  # fmt: skip
