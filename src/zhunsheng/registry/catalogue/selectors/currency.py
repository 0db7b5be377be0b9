"""标准查新: how the editions behind a list of standard numbers stand, what replaced them and since when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import IdentifierError, parse_standard
from zhunsheng.registry.catalogue.models import PartialReplacement, Standard
from zhunsheng.registry.catalogue.selectors.vocabulary import EditionFacts, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

MOST_ASKED = 5_000
_SEPARATORS = re.compile(r"[\r\n;；、|\t]+|[，,](?=\s*[A-Za-z])")
_LONGEST = 300


class TooMany(DomainError):
    """More numbers than one question may have."""

    code = "too-many-numbers"

    def __init__(self, count: int) -> None:
        super().__init__(
            "These are %(count)s numbers; at most %(most)s can be asked for at once.",
            params={"count": count, "most": MOST_ASKED},
            field="numbers",
            remedy="Divide the list.",
        )


@dataclass(slots=True)
class Currency:
    """The answer for one number as given.

    `state` is coming, in_force, replaced or withdrawn for a known edition; `no_year` where only the standard was named,
    `other_edition` where the catalogue has the standard but not that year, `unknown` where it has neither, `unreadable`
    where it is no standard number. `current` are the editions to use now; `chain` leads from the given one to them.
    """

    given: str
    state: str
    code: str = ""
    title: str = ""
    edition: EditionFacts | None = None
    since: date | None = None
    chain: list[EditionFacts] = field(default_factory=list)
    current: list[EditionFacts] = field(default_factory=list)
    coming: list[EditionFacts] = field(default_factory=list)
    parts: list[tuple[str, str, date | None]] = field(default_factory=list)


def numbers_in(text: str) -> list[str]:
    """Return the standard numbers of a pasted list, one per line or divided by semicolons, tabs or 、, each once."""
    pieces = (piece.strip()[:_LONGEST] for piece in _SEPARATORS.split(text))
    return list(dict.fromkeys(piece for piece in pieces if piece))


def currency_of(numbers: Sequence[str], on: date) -> list[Currency]:
    """Return how each number stands on a day, in the order given; three queries however many there are.

    Raises: TooMany.
    """
    if len(numbers) > MOST_ASKED:
        raise TooMany(len(numbers))
    words = Vocabulary.current()
    answers = [_answer(text, words, on) for text in numbers]
    bases = {parse_standard(one.code).base_code for one in answers if one.code}
    titles = dict(Standard.objects.filter(base_code__in=bases).values_list("base_code", "title")) if bases else {}
    parts = _parts(one.edition.id for one in answers if one.edition is not None)
    for one in answers:
        if one.code:
            one.title = titles.get(parse_standard(one.code).base_code, "")
        if one.edition is not None:
            one.parts = parts.get(one.edition.id, [])
    return answers


def _answer(text: str, words: Vocabulary, on: date) -> Currency:
    try:
        number = parse_standard(text)
    except IdentifierError:
        return Currency(text, "unreadable")
    series = words.series(number.base_code)
    edition = words.edition(number.code) if number.year is not None else None
    made = Currency(text, "unknown", number.code, edition=edition)
    if edition is not None:
        made.state = edition.standing_on(on)
        made.since = edition.over_since(on)
        made.chain = list(_after(edition, words))
        last = [one for one in made.chain if one.standing_on(on) == "in_force"]
        made.current = [edition] if made.state == "in_force" else last[-1:]
        made.coming = [one for one in made.chain if one.standing_on(on) == "coming"]
    elif series:
        made.state = "no_year" if number.year is None else "other_edition"
        made.current = [one for one in series if one.standing_on(on) == "in_force"]
        made.coming = [one for one in series if one.standing_on(on) == "coming"]
        if not made.current:
            heirs = [one for old in series for one in _after(old, words)]
            made.current = [one for one in dict.fromkeys(heirs) if one.standing_on(on) == "in_force"]
    if not made.coming:
        made.coming = [one for one in series if one.standing_on(on) == "coming" and one not in made.current]
    return made


def _after(edition: EditionFacts, words: Vocabulary) -> Iterator[EditionFacts]:
    """Yield what replaced an edition, what replaced that, and so on."""
    seen, here = {edition.code}, edition
    while here.replaced_by_code is not None and here.replaced_by_code not in seen:
        following = words.edition(here.replaced_by_code)
        if following is None:
            return
        yield following
        seen.add(following.code)
        here = following


def _parts(editions: Iterable[int]) -> dict[int, list[tuple[str, str, date | None]]]:
    found: dict[int, list[tuple[str, str, date | None]]] = {}
    wanted = set(editions)
    rows = PartialReplacement.objects.filter(edition_id__in=wanted).order_by("edition_id", "by__code")
    for pk, code, part, since in rows.values_list("edition_id", "by__code", "part", "since") if wanted else ():
        found.setdefault(pk, []).append((code, part, since))
    return found
