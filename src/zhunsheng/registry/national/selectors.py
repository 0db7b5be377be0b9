"""Answers of the national library, from an index that each process keeps in memory (about 50,000 rows)."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import QuerySet

from zhunsheng.foundation.identifiers import IdentifierError, parse_standard
from zhunsheng.platform.database.marks import Mark
from zhunsheng.registry.national.models import LibraryRow, Publication
from zhunsheng.registry.national.rules.answers import Answer, Held, Kind, answer

__all__ = ["Answer", "Kind", "Library", "is_loaded", "national_answer", "national_answers", "publications", "rows"]

_REMEMBERED: Final = 200_000


@dataclass(slots=True)
class Library:
    """Every row ever in force, by the number of its standard without year; read only, so threads may share it."""

    mark: str
    first_day: date | None
    rows: dict[str, list[Held]] = field(default_factory=dict)
    _answers: dict[tuple[str, date], Answer] = field(default_factory=dict)

    @classmethod
    def current(cls) -> "Library":
        """Return this process's index, rebuilt when another publication was loaded (one small query)."""
        return _CACHE.current()

    def loaded_on(self, day: date) -> bool:
        """Tell whether a library was in force and loaded for a day; without one no answer means anything."""
        return self.first_day is not None and self.first_day <= day

    def answer(self, code: str, on: date) -> Answer:
        """Return one of the five answers for a standard's number; text that is no number is not in the library."""
        known = self._answers.get((code, on))
        if known is None:
            known = self._answer(code, on)
            if len(self._answers) < _REMEMBERED:
                self._answers[code, on] = known
        return known

    def _answer(self, code: str, on: date) -> Answer:
        try:
            number = parse_standard(code)
        except IdentifierError:
            return Answer(code, Kind.NOT_IN_LIBRARY)
        return answer(number.code, self.rows.get(number.base_code, ()), on)


def national_answers(codes: Iterable[str], on: date) -> dict[str, Answer]:
    """Return the answer for each number as given; one small query however many there are."""
    library = Library.current()
    return {code: library.answer(code, on) for code in codes}


def national_answer(code: str, on: date) -> Answer:
    """Return the answer for one number."""
    return Library.current().answer(code, on)


def is_loaded(on: date) -> bool:
    """Tell whether a library was in force and loaded for a day."""
    return Library.current().loaded_on(on)


def rows(*, on: date | None = None, words: str = "") -> QuerySet[LibraryRow]:
    """Return the rows in force on a day, filtered by words in number, title or remark."""
    found = LibraryRow.objects.select_related("publication").order_by("domain", "code", "text")
    if on is not None:
        found = found.filter(valid_from__lte=on).exclude(valid_to__lt=on)
    for word in words.split()[:6]:
        found = found.filter(text__icontains=word)
    return found


def publications() -> QuerySet[Publication]:
    """Return the publications, the newest first."""
    return Publication.objects.order_by("-effective_from")


class _Cache:
    """One library per process, replaced whole when its mark moves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Library | None = None

    def current(self) -> Library:
        mark = _mark()
        held = self._held
        if held is not None and held.mark == mark:
            return held
        with self._lock:
            if self._held is None or self._held.mark != mark:
                self._held = _load(mark)
            return self._held


_CACHE: Final = _Cache()
_HISTORY: Final = Publication.history.model._meta.db_table
_PUBLISHED: Final = Mark(f"SELECT max(history_id) FROM {_HISTORY}", f"SELECT max(history_date) FROM {_HISTORY}")  # noqa: S608 - our own names


def _mark() -> str:
    """Return what changes with every load: each leaves a line in the history of publications."""
    newest, at = _PUBLISHED.read()
    return f"{newest}:{at}"


def _load(mark: str) -> Library:
    first = Publication.objects.order_by("effective_from").values_list("effective_from", flat=True).first()
    made = Library(mark, first)
    held = LibraryRow.objects.exclude(base_code="").values_list(
        "base_code", "code", "domain", "standing", "valid_from", "valid_to"
    )
    for base, code, domain, standing, first_day, last_day in held.iterator(chunk_size=5_000):
        made.rows.setdefault(base, []).append(Held(code, domain, standing, first_day, last_day))
    return made
