"""The clauses of the review criteria on a day, read from the law of licensing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.reviews.lifecycle import Mode

IN_LAW: Final = {Mode.ON_SITE: "on_site", Mode.REMOTE: "remote", Mode.DOCUMENT: "documents"}
"""How the law of licensing calls the modes of review."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the criteria: its number, its words in zh and en, whether it is a key clause, the law's version."""

    code: str
    words: Mapping[str, str]
    starred: bool
    law: str


def marks_known(on: date) -> bool:
    """Tell whether it was read of every clause in force whether it is a key clause."""
    return all(one.values["key"] is not None for one in law_book.clauses_on(on))


def clauses_on(on: date, mode: str) -> list[Clause]:
    """Return the clauses that a mode of review checks on a day, in the order of the criteria."""
    asked = IN_LAW[Mode(mode)]
    return [
        Clause(
            code=str(one.values["clause"]),
            words={"zh": f"{one.title['zh']}：{one.values['zh']}", "en": f"{one.title['en']}: {one.values['en']}"},
            starred=bool(one.values["key"]),
            law=one.named,
        )
        for one in law_book.clauses_on(on)
        if asked in one.values["modes"]
    ]
