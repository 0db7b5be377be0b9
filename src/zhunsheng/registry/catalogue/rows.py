"""The answers about standard numbers in words, with the remarks of other rooms, for pages, files and the API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zhunsheng.registry.catalogue import remarks
from zhunsheng.registry.catalogue.models import EditionStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhunsheng.registry.catalogue.selectors import Currency, EditionFacts

MEANINGS = {
    "in_force": "good",
    "coming": "waiting",
    "replaced": "attention",
    "withdrawn": "bad",
    "no_year": "attention",
    "other_edition": "attention",
    "unknown": "neutral",
    "unreadable": "bad",
}


@dataclass(slots=True)
class Row:
    """One answer in words; `remarks` are (title, remark or None) of every registered column."""

    given: str
    code: str
    title: str
    state: str
    meaning: str
    words: str
    sentence: str
    since: date | None
    current: list[EditionFacts]
    coming: list[EditionFacts]
    chain: list[EditionFacts]
    parts: list[tuple[str, str, date | None]]
    edition: EditionFacts | None
    remarks: list[tuple[Any, remarks.Remark | None]] = field(default_factory=list)


def state_words(state: str) -> str:
    """Return the words for a state of an answer."""
    if state in EditionStatus.values:
        return str(EditionStatus(state).label)
    return {
        "no_year": _("Year missing"),
        "other_edition": _("Other edition known"),
        "unknown": _("Not in the catalogue"),
        "unreadable": _("Not a standard number"),
    }[state]


def rows_of_answers(answers: Sequence[Currency], on: date) -> list[Row]:
    """Return answers in words, with what other rooms remark on each number."""
    numbers = [one.code for one in answers]
    said = [(column.title, column.speak(numbers, on)) for column in remarks.columns()]
    return [
        Row(
            given=one.given,
            code=one.code,
            title=one.title,
            state=one.state,
            meaning=MEANINGS[one.state],
            words=state_words(one.state),
            sentence=_sentence(one),
            since=one.since,
            current=one.current,
            coming=one.coming,
            chain=one.chain,
            parts=one.parts,
            edition=one.edition,
            remarks=[(title, found[place]) for title, found in said],
        )
        for place, one in enumerate(answers)
    ]


def _sentence(one: Currency) -> str:
    """Say what replaced a number and since when, what is coming, or what is known instead."""
    current = "、".join(edition.code for edition in one.current)
    names = {"day": one.since.isoformat() if one.since else _("an unknown day"), "current": current}
    said = ""
    if one.state == "replaced" and one.chain:
        names["first"] = one.chain[0].code
        said = _("Replaced by %(first)s since %(day)s.") % names
        if current and current != one.chain[0].code:
            said += " " + _("In force now: %(current)s.") % names
    elif one.state == "replaced":
        said = _("Replaced since %(day)s.") % names
    elif one.state == "withdrawn":
        said = _("Abolished since %(day)s, without a successor in the catalogue.") % names
    elif one.state in {"no_year", "other_edition"} and current:
        said = _("In force now: %(current)s.") % names
    elif one.state == "unknown":
        said = _("The catalogue doesn't know this standard; that doesn't mean that it isn't in force.")
    for edition in one.coming:
        day = edition.effective_from.isoformat() if edition.effective_from else _("an unknown day")
        said += " " + _("%(code)s comes into force on %(day)s.") % {"code": edition.code, "day": day}
    for code, part, since in one.parts:
        places = {"code": code, "part": part or _("a part"), "day": since.isoformat() if since else _("an unknown day")}
        said += " " + _("%(code)s has replaced %(part)s since %(day)s.") % places
    return said.strip()
