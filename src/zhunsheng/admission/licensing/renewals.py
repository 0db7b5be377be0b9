"""A body's scope lines against the national library: what is not required, and what is not renewed when it runs out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Coalesce

from zhunsheng.registry.bodies.models import Body, ScopeLine
from zhunsheng.registry.bodies.selectors import scope_on
from zhunsheng.registry.national.rules.answers import Answer, Kind
from zhunsheng.registry.national.selectors import Library


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many lines of a body's scope get which answer, and the answer of each cited method."""

    counts: Mapping[Kind, int]
    answers: Mapping[str, Answer]

    @property
    def endangered(self) -> int:
        """Lines that are not renewed as they stand: all but those in the library."""
        return sum(count for kind, count in self.counts.items() if kind is not Kind.IN_LIBRARY)


def outlook(body: Body, on: date) -> Outlook | None:
    """Return the outlook of a body's scope on a day, in three queries; None where no library was in force."""
    library = Library.current()
    if not library.loaded_on(on):
        return None
    cited = _cited(scope_on(body, on)).order_by().values_list("cited").annotate(lines=Count("pk"))
    counts: Counter[Kind] = Counter()
    answers: dict[str, Answer] = {}
    for method, lines in cited:
        answers[method] = library.answer(method, on)
        counts[answers[method].kind] += lines
    return Outlook(counts, answers)


def lines(body: Body, on: date, found: Outlook, *, kind: Kind | None = None) -> QuerySet[ScopeLine]:
    """Return the scope lines of a day with this answer, or with any but "in the library", and what they cite."""
    wanted = [kind] if kind is not None else [one for one in Kind if one is not Kind.IN_LIBRARY]
    methods = [method for method, answer in found.answers.items() if answer.kind in wanted]
    rows = _cited(scope_on(body, on)).filter(cited__in=methods)
    return rows.select_related("accreditation", "edition")


def _cited(rows: QuerySet[ScopeLine]) -> QuerySet[Any]:
    """Annotate what the library is asked about: the edition's number, else the printed method."""
    return rows.annotate(cited=Coalesce("edition__code", "method_text", output_field=CharField()))
