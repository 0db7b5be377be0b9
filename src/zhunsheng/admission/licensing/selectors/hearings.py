"""Reads of hearings: the one that is open, how its term stands, what may be done next."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.models import (
    Application,
    Hearing,
    HearingFile,
    HearingStatement,
    Verification,
)
from zhunsheng.admission.licensing.rules.clocks import Clock, Reading
from zhunsheng.admission.licensing.selectors.reuse import Reused, reused
from zhunsheng.foundation.lawbook import Entry
from zhunsheng.platform.accounts.models import User

CODE = "T9"
"""The limit for statement and defence in law/clocks.yaml."""


def hearings_of(task: Verification) -> list[Hearing]:
    """Return the hearings of a task, newest first, with notice, statements and files: four queries."""
    rows = task.hearings.select_related("notice", "told_by", "answered_by", "examined_by").order_by("-pk")
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


def said_already(
    hearing: Hearing, words: str, final: bool, digests: Iterable[str], by: User
) -> HearingStatement | None:
    """Return the newest statement where it is the very same: words, files, person, nothing to add or not."""
    newest = hearing.statements.order_by("-pk").first()
    if newest is None or (newest.words, newest.final, newest.by_id) != (words, final, by.pk):
        return None
    kept = set(newest.files.values_list("file_id", flat=True))
    return newest if kept == set(digests) else None


def reused_files(task: Verification, visible: QuerySet[Application]) -> dict[int, Reused]:
    """Return by file of a task's statements how many other applicants handed in the very same, and which are seen."""
    mine = HearingFile.objects.filter(statement__hearing__verification=task).values_list("pk", "file_id")
    return reused(dict(mine), task.application.organisation_id, visible)
