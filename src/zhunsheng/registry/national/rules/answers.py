"""The five answers to "is this standard in the national library?", from rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """How a row of the library may be used."""

    ACTIVE = "active", _("In the library")
    CITE_ONLY = "cite_only", _("Abolished, may be cited by standards in the library")
    ABOLISHED = "abolished", _("Abolished")


class Kind(TextChoices):
    """The five answers."""

    IN_LIBRARY = "in_library", _("In the national library")
    CITE_ONLY = "cite_only", _("Only where a product standard of the library cites it")
    ABOLISHED = "abolished", _("Abolished in the national library")
    OTHER_EDITION = "other_edition", _("The national library lists another edition")
    NOT_IN_LIBRARY = "not_in_library", _("Not in the national library")


MEANINGS: Final[Mapping[Kind, str]] = {
    Kind.IN_LIBRARY: "good",
    Kind.CITE_ONLY: "attention",
    Kind.ABOLISHED: "attention",
    Kind.OTHER_EDITION: "attention",
    Kind.NOT_IN_LIBRARY: "neutral",
}
"""The badge of each answer."""
_BEST_FIRST: Final = (
    (Standing.ACTIVE, Kind.IN_LIBRARY),
    (Standing.CITE_ONLY, Kind.CITE_ONLY),
    (Standing.ABOLISHED, Kind.ABOLISHED),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A row as the answers need it."""

    code: str
    domain: str
    standing: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the row was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one number: the domains that have it, and other editions where only those are listed."""

    code: str
    kind: Kind
    domains: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def words(self) -> Any:
        """The answer in words."""
        return self.kind.label

    @property
    def meaning(self) -> str:
        """The badge of the answer."""
        return MEANINGS[self.kind]


def answer(code: str, rows: Iterable[Held], on: date) -> Answer:
    """Return the answer for a number with its year, from the rows of its standard, the best of several domains."""
    held = [row for row in rows if row.holds_on(on)]
    same = [row for row in held if row.code == code]
    for standing, kind in _BEST_FIRST:
        fitting = [row for row in same if row.standing == standing]
        if fitting:
            return Answer(code, kind, domains=_domains(fitting))
    listed = [row for row in held if row.standing == Standing.ACTIVE]
    if listed:
        return Answer(code, Kind.OTHER_EDITION, _domains(listed), tuple(sorted({row.code for row in listed})))
    return Answer(code, Kind.NOT_IN_LIBRARY)


def _domains(rows: Sequence[Held]) -> tuple[str, ...]:
    return tuple(sorted({row.domain for row in rows}))


def standing_of(remark: str, words: Mapping[str, Sequence[str]]) -> Standing:
    """Return what a remark says of its row; a remark without any of the words leaves it active.

    Args:
        words: for each standing the words that say it; citing is looked for first, since such remarks name both.
    """
    for standing in (Standing.CITE_ONLY, Standing.ABOLISHED):
        if any(word in remark for word in words[standing.value]):
            return standing
    return Standing.ACTIVE
