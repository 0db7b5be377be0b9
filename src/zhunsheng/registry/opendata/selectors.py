"""What is published, what changed, and the three public answers about a certificate, a body or a scope line."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from zhunsheng.platform.accounts.changes import MARKS, rows_of
from zhunsheng.registry.bodies import scope
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine
from zhunsheng.registry.bodies.rules.standing import status_on
from zhunsheng.registry.catalogue.paging import BadCursor
from zhunsheng.registry.opendata.reading import public_rows
from zhunsheng.registry.opendata.registers import Register, registers, schema_version
from zhunsheng.registry.opendata.rules import NOT_VALID, OUTSIDE, VALID

MOST = 1_000
_EARLIEST, _LATEST = date(1900, 1, 1), date(2999, 12, 31)
"""Days beyond them no database can compare with in every time zone."""


def dictionary() -> list[dict[str, Any]]:
    """Return the meaning of every column of every register, from the definition that makes the files."""
    return [
        {
            "name": one.name,
            "title": dict(one.title),
            "about": dict(one.about),
            "schema_version": schema_version(),
            "columns": [
                {"name": c.name, "type": c.kind, "meaning": dict(c.title), "unit": c.unit, "key": c.key}
                for c in one.columns
            ],
        }
        for one in registers().values()
    ]


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes; `next` is the cursor of the following one, or None."""

    items: list[dict[str, Any]]
    next: str | None


def changes(register: Register, since: date, *, after: str = "", limit: int = 200) -> Changes:
    """Return what was created, changed or deleted since a day (its beginning included), in the order of recording.

    The rows are as they were after the change; of a deleted one, as it was before. Raises: BadCursor.
    """
    size = min(max(limit, 1), MOST)
    start = timezone.make_aware(datetime.combine(min(max(since, _EARLIEST), _LATEST), time(0)))
    found = rows_of(register.model).filter(history_date__gte=start)
    first = _number(after) if after else (found.aggregate(first=Min("history_id"))["first"] or 0) - 1
    rows = list(found.filter(history_id__gt=first).order_by("history_id")[: size + 1])
    shown = rows[:size]
    items = [
        {"change": MARKS[row.history_type], "at": row.history_date, "row": public}
        for row, public in zip(shown, public_rows(register, shown), strict=True)
    ]
    return Changes(items, _cursor(shown[-1].history_id) if len(rows) > size else None)


def _cursor(number: int) -> str:
    return base64.urlsafe_b64encode(str(number).encode()).rstrip(b"=").decode()


def _number(cursor: str) -> int:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
    except (binascii.Error, ValueError):
        raise BadCursor from None
    if not 0 <= number < 1 << 62:
        raise BadCursor
    return number


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the register speaks of: which division, recorded from which day on, as of which moment. None before any."""

    division: str
    since: date | None
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """One of the three answers: `answer` is valid_on_day, known_not_valid or outside_coverage; `state` says more."""

    answer: str
    on: date
    coverage: Coverage
    state: str = ""
    certificate: Accreditation | None = None
    body: Body | None = None
    line: ScopeLine | None = None


def coverage(now: datetime) -> Coverage:
    """Return what the register covers now."""
    first = rows_of(Body).aggregate(first=Min("history_date"))["first"]
    return Coverage(settings.ZHUNSHENG_PROVINCE, timezone.localdate(first) if first else None, now)


def certificate_on(number: str, on: date, now: datetime) -> Found:
    """Answer how a certificate stood on a day. A day still to come is outside what anybody can know."""
    try:
        found = bodies.certificate(_plain(number))
    except Accreditation.DoesNotExist:
        return Found(OUTSIDE, on, coverage(now), "unknown")
    if on > timezone.localdate(now):
        return Found(OUTSIDE, on, coverage(now), "to_come", found, found.body)
    state = status_on(found, on)
    return Found(VALID if state == "active" else NOT_VALID, on, coverage(now), state, found, found.body)


def body_on(slug: str, on: date, now: datetime) -> Found:
    """Answer whether a body held a valid certificate on a day; by identifier, credit code or certificate number."""
    try:
        found = bodies.body_by_slug(_plain(slug))
    except Body.DoesNotExist:
        return Found(OUTSIDE, on, coverage(now), "unknown")
    if on > timezone.localdate(now):
        return Found(OUTSIDE, on, coverage(now), "to_come", None, found)
    held = bodies.body_as_of(found, on)
    if held.standing == "none":
        return Found(OUTSIDE, on, coverage(now), "no_certificate", None, found)
    valid = held.standing == "active"
    return Found(
        VALID if valid else NOT_VALID, on, coverage(now), held.standing, bodies.certificate_in_force(held), found
    )


def scope_on(slug: str, wanted: Sequence[str], on: date, now: datetime) -> Found:
    """Answer whether an object, a parameter and a method stood in a body's published schedule on a day.

    Not found doesn't mean forbidden: the words say so. A body without any schedule here is outside coverage.
    """
    whole = body_on(slug, on, now)
    if whole.body is None or whole.answer == OUTSIDE:
        return whole
    item, parameter, method = map(_plain, wanted)
    request = scope.ScopeRequest(body=whole.body.slug, object=item, parameter=parameter, method=method, on=on)
    answer = scope.answer_many([request])[0]
    line = ScopeLine.objects.filter(pk=answer.line_id).first() if answer.line_id else None
    if answer.reason is scope.Reason.SCOPE_NOT_STATED:
        return Found(OUTSIDE, on, whole.coverage, "no_schedule", None, whole.body)
    if answer.reason is not scope.Reason.IN_SCOPE:
        return Found(NOT_VALID, on, whole.coverage, str(answer.reason), None, whole.body, line)
    return Found(whole.answer, on, whole.coverage, whole.state, whole.certificate, whole.body, line)


def _plain(text: str) -> str:
    """Return a text without what no database holds."""
    return text.replace("\0", "").strip()
