"""Reads of hearings: the one that is open, how its term stands, what may be done next."""

from datetime import date

from django.utils import timezone

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.models import Hearing, HearingFile, HearingStatement, Verification
from zhunsheng.admission.licensing.rules.clocks import Clock, Reading
from zhunsheng.foundation.lawbook import Entry

CODE = "T9"
"""The limit for statement and defence in law/clocks.yaml."""


def hearings_of(task: Verification) -> list[Hearing]:
    """Return the hearings of a task, newest first, with notice, statements and files: four queries."""
    rows = task.hearings.select_related("notice", "told_by", "answered_by").order_by("-pk")
    return list(rows.prefetch_related("statements__files__file", "statements__by"))


def open_hearing(task: Verification) -> Hearing | None:
    """Return the newest hearing of a task, which is the one that counts."""
    return task.hearings.select_related("notice").order_by("-pk").first()


def term_of(hearing: Hearing) -> Entry:
    """Return the limit that was told with the notice."""
    return law_book.clock(CODE, timezone.localdate(hearing.told_at))


def reading_of(hearing: Hearing, on: date) -> Reading | None:
    """Return how the term stands on a day; None while the notice has not reached the body."""
    if hearing.notice.served_at is None:
        return None
    return Clock(term_of(hearing), timezone.localdate(hearing.notice.served_at)).read(on)


def is_over(hearing: Hearing, on: date) -> bool:
    """Tell whether nothing more needs to be waited for: the term has run out, or the body has nothing to add."""
    if hearing.statements.filter(final=True).exists():
        return True
    reading = reading_of(hearing, on)
    return reading is not None and reading.due_on is not None and reading.due_on < on


def file_of(task: Verification, pk: int) -> HearingFile | None:
    """Return a file of a task's statements, or None."""
    return HearingFile.objects.select_related("file").filter(statement__hearing__verification=task, pk=pk).first()


def statements_of(hearing: Hearing) -> list[HearingStatement]:
    """Return what the body stated, in order."""
    return list(hearing.statements.order_by("pk"))
