"""Single lines of a scope: given up or withdrawn from a day on, or struck out because they never were so."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.bodies.permissions import Can
from zhunsheng.registry.bodies.services.histories import delete_all_recorded, update_all_recorded
from zhunsheng.registry.bodies.services.revisions import bump_scope


class LinesRefused(DomainError):
    """Lines that can't be changed so."""

    code = "lines-refused"


@transaction.atomic
def reduce_scope(*, body_id: int, line_ids: Collection[int], on: date, by: User | None, at: datetime, why: str) -> int:
    """End these lines of a body: `on` is the first day without them. Return how many there were.

    Raises: Body.DoesNotExist, NotAllowed, LinesRefused, MissingReason.
    """
    lines = _lines(body_id, line_ids, by, at)
    with recorded(by, why):
        done = end_lines(lines, on - timedelta(days=1), at=at)
    bump_scope([body_id])
    return done


@transaction.atomic
def strike_lines(*, body_id: int, line_ids: Collection[int], by: User | None, at: datetime, why: str) -> int:
    """Delete lines that were entered by mistake and never held; what was known before stays known. Return how many.

    Raises: Body.DoesNotExist, NotAllowed, LinesRefused, MissingReason.
    """
    lines = _lines(body_id, line_ids, by, at)
    with recorded(by, why):
        done = delete_all_recorded(lines, at=at)
    bump_scope([body_id])
    return done


def end_lines(lines: QuerySet[ScopeLine], last: date, *, at: datetime) -> int:
    """Make `last` the last day of these lines and return how many there were; runs inside `recorded`.

    Raises: LinesRefused, MissingReason.
    """
    if lines.filter(Q(valid_from__gt=last) | Q(valid_to__lt=last)).exists():
        raise LinesRefused(
            "A line hasn't begun by then, or has ended before.", field="on", remedy="Choose another day or other lines."
        )
    return update_all_recorded(lines, at=at, valid_to=last)


def lines_of(body_id: int, line_ids: Collection[int]) -> QuerySet[ScopeLine]:
    """Return lines of a body by their keys. Raises: LinesRefused when one is another's, or none is given."""
    wanted = set(line_ids)
    lines = ScopeLine.objects.filter(body_id=body_id, pk__in=wanted)
    if not wanted or lines.count() != len(wanted):
        raise LinesRefused(
            "Some of these lines aren't the body's.", field="lines", remedy="Choose lines of this body's scope."
        )
    return lines


def _lines(body_id: int, line_ids: Collection[int], by: User | None, at: datetime) -> QuerySet[ScopeLine]:
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    if by is not None:
        permissions.require(by, Can.CHANGE_REGISTER, body, timezone.localdate(at))
    return lines_of(body_id, line_ids)
