"""The table of authorised signatories (授权签字人): its rows, and which person of the body each means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.registry.schedules.rules.layout import SIGNATORY_TITLES, letters
from zhunsheng.registry.schedules.rules.problems import RowProblem, problem
from zhunsheng.registry.schedules.rules.reasons import Reason

_COLUMNS = {
    "name": SIGNATORY_TITLES[0],
    "title": frozenset({"职务职称", "职称职务", "职称", "职务"}),
    "field": SIGNATORY_TITLES[1],
    "remark": frozenset({"备注", "说明"}),
}
_CHINESE = {"name": "姓名", "title": "职务/职称", "field": "授权签字领域", "remark": "备注"}
_LONGEST = {"name": 100, "title": 100, "field": 300, "remark": 300}
_NEAR = 60.0
"""Likeness of two names from which on one may be the other misprinted: two characters of three."""


@dataclass(frozen=True, slots=True)
class Signing:
    """One row of the table: who may sign what."""

    row: int
    sheet: str
    name: str
    title: str
    field: str
    remark: str


class Staff(NamedTuple):
    """A person of the body; `until` is the last day there, where it is known."""

    id: int
    name: str
    title: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Meant:
    """The person that a row means (None: one whom the register lacks), or the reason for doubt with who it may be."""

    person: int | None
    doubt: Reason | None = None
    candidates: tuple[tuple[int, float], ...] = ()


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Return where the columns of the table are, from its header."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        plain = normalise_name(cell)
        for name, titles in _COLUMNS.items():
            if plain in titles:
                found.setdefault(name, place)
    return found


def read_row(
    number: int, sheet: str, cells: Sequence[str], places: Mapping[str, int], above: Signing | None
) -> Signing | RowProblem:
    """Return what a row says, its empty name filled from the row above, or what is wrong with it."""
    told = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    if not told.get("name") and above is not None:
        told |= {"name": above.name, "title": told.get("title") or above.title}
    for name, longest in _LONGEST.items():
        text = told.get(name, "")
        if not text and name in ("name", "field"):
            return problem(number, letters(places[name]), "", "name_missing", sheet=sheet, title=_CHINESE[name])
        if len(text) > longest:
            return problem(number, letters(places[name]), text, "too_long", sheet=sheet, most=str(longest))
    return Signing(number, sheet, *(told.get(name, "") for name in ("name", "title", "field", "remark")))


def person_key(name: str) -> str:
    """Return a name for comparison: "张 三" is printed for 张三."""
    return normalise_name(name).replace(" ", "")


def meant_by(name: str, title: str, staff: Sequence[Staff], on: date) -> Meant:
    """Return which person of the body a printed name means.

    One of that name means that one. Several, one who has left by that day, or only names that differ by a character
    are in doubt. Nobody like that is a person whom the register lacks.
    """
    key = person_key(name)
    same = [one for one in staff if person_key(one.name) == key]
    here = [one for one in same if one.until is None or one.until >= on]
    if len(here) == 1:
        return Meant(here[0].id)
    if same:
        likely = [(one.id, 0.9 if title and one.title == title else 0.5) for one in here or same]
        return Meant(None, Reason("namesakes" if here else "has_left", name), tuple(likely[:6]))
    near = [(one, fuzz.ratio(key, person_key(one.name))) for one in staff]
    close = sorted(
        ((one.id, score / 100) for one, score in near if score > _NEAR and person_key(one.name)[:1] == key[:1]),
        key=lambda pair: -pair[1],
    )
    return Meant(None, Reason("similar_name", name), tuple(close[:6])) if close else Meant(None)
