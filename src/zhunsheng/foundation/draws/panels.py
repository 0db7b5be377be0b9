"""A review panel by lot: every field covered first, then lots weighted for balance; who is barred is never drawn.

The frame has, for every candidate: `id` (register number), `fields` (codes), `rank`, `barred` (reasons, empty for
none), `load` (panels served in the period) and `rest` (periods since the last). Lists are separated by spaces.
The parameters are `size`, `fields` (to cover), `leader_ranks`, `load_weights` and `rest_weights` (whole numbers; the
place is load or rest, the last one stands for more; 0 leaves out), `seated` and `seated_leader` (kept from a draw
before). Lots use whole numbers only, so they are the same in every language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhunsheng.foundation.draws.covering import covers
from zhunsheng.foundation.draws.engines import BadParameters, Parameters, number_in, texts_in
from zhunsheng.foundation.draws.frames import Rows

MOST_SEATS, MOST_FIELDS, MOST_WEIGHT, MOST_COUNT = 30, 60, 1000, 999_999
NO_WEIGHT = "load"
"""The reason of those whom load or rest alone leave out."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the frame: fields as bits in the order of the parameters, reasons for which it is barred, weight."""

    id: str
    fields: int
    leads: bool
    barred: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be seated: fields in order, all seats, those seated already (the leader first, if one is)."""

    fields: tuple[str, ...]
    size: int
    seated: tuple[str, ...]
    leader: str

    @property
    def all_fields(self) -> int:
        """Return every field to cover, as bits."""
        return (1 << len(self.fields)) - 1


def draw(frame: Rows, parameters: Parameters, uniforms: Iterator[float]) -> dict[str, Any]:
    """Return leader, members in the order drawn, and every step; or, if impossible, the conditions that block.

    One uniform for every seat drawn. A seat goes first to a leader, then to the field that fewest can still cover
    (ties: the order of the parameters), then to anybody who covers a field; each time only among those with whom
    the rest can still be completed, and with the chance of one's weight among theirs.
    Raises: BadParameters.
    """
    need, people = _read(frame, parameters)
    blocked = _blocking(need, people)
    if blocked:
        return {"outcome": "infeasible", "blocking": blocked}
    seats = _Seats(need, people)
    steps = []
    while len(seats.taken) < need.size:
        purpose, among = seats.next_lot()
        chosen = _lot(among, next(uniforms))
        steps.append(
            {"for": purpose, "among": len(among), "weight": sum(one.weight for one in among), "drawn": chosen.id}
        )
        seats.take(chosen)
    leader = need.leader or steps[0]["drawn"]
    return {
        "outcome": "drawn",
        "leader": leader,
        "members": [one.id for one in seats.taken if one.id != leader],
        "steps": steps,
        "covered": {
            name: [one.id for one in seats.taken if one.fields >> place & 1] for place, name in enumerate(need.fields)
        },
        "barred": _reasons(people),
    }


def blocking(frame: Rows, parameters: Parameters) -> list[dict[str, Any]]:
    """Return the conditions that make the panel impossible, empty when it can be drawn.

    Raises: BadParameters.
    """
    return _blocking(*_read(frame, parameters))


def _lot(among: list[Candidate], u: float) -> Candidate:
    """Return the one on whose part of the line of weights the point u falls."""
    point = int(u * sum(one.weight for one in among))
    for one in among:
        point -= one.weight
        if point < 0:
            return one
    return among[-1]  # u < 1 and a total below 2^53 never come here


class _Seats:
    """The panel while it is drawn."""

    def __init__(self, need: Need, people: list[Candidate]) -> None:
        by_id = {one.id: one for one in people}
        self.need = need
        self.taken = [by_id[one] for one in need.seated]
        self.free = [one for one in people if not one.barred and one.id not in need.seated]
        self.missing = need.all_fields
        for one in self.taken:
            self.missing &= ~one.fields

    def take(self, chosen: Candidate) -> None:
        self.taken.append(chosen)
        self.free.remove(chosen)
        self.missing &= ~chosen.fields

    def completes(self, chosen: Candidate) -> bool:
        """Tell whether the panel can be completed after this choice."""
        seats = self.need.size - len(self.taken) - 1
        rest = [one.fields for one in self.free if one.fields and one is not chosen]
        return len(rest) >= seats and covers(self.missing & ~chosen.fields, seats, rest)

    def next_lot(self) -> tuple[str, list[Candidate]]:
        """Return what the next seat is for, and among whom it is drawn."""
        if not self.need.leader and len(self.taken) == len(self.need.seated):
            return "leader", [one for one in self.free if one.leads and self.completes(one)]
        if self.missing:
            places = [place for place in range(len(self.need.fields)) if self.missing >> place & 1]
            place = min(places, key=lambda place: sum(one.fields >> place & 1 for one in self.free))
            among = [one for one in self.free if one.fields >> place & 1]
            return f"field:{self.need.fields[place]}", [one for one in among if self.completes(one)]
        return "lot", [one for one in self.free if one.fields]


def _blocking(need: Need, people: list[Candidate]) -> list[dict[str, Any]]:
    by_id = {one.id: one for one in people}
    found: list[dict[str, Any]] = [
        {"condition": "seated-barred", "id": one, "reasons": list(by_id[one].barred)}
        for one in need.seated
        if by_id[one].barred
    ]
    seats = _Seats(need, people)
    open_seats = need.size - len(seats.taken)
    if not need.leader and not any(one.leads for one in seats.free):
        leaders = [one for one in people if one.leads]
        found.append({"condition": "leader", "qualified": len(leaders), "barred": _reasons(leaders)})
    for place, name in enumerate(need.fields):
        if seats.missing >> place & 1 and not any(one.fields >> place & 1 for one in seats.free):
            able = [one for one in people if one.fields >> place & 1]
            found.append({"condition": "field", "field": name, "qualified": len(able), "barred": _reasons(able)})
    able = [one for one in people if one.fields or one.leads]
    if not found and not _possible(seats, open_seats):
        more = next((size for size in range(open_seats + 1, open_seats + MOST_FIELDS) if _covered(seats, size)), 0)
        if _covered(seats, open_seats):
            free = sum(1 for one in seats.free if one.fields or one.leads)
            found.append({"condition": "people", "free": free, "seats": open_seats, "barred": _reasons(able)})
        else:
            found.append({"condition": "seats", "size": need.size, "needed": need.size + more - open_seats})
    return found


def _possible(seats: _Seats, open_seats: int) -> bool:
    """Tell whether the open seats can be filled: exactly what the lots will ask at each step."""
    if not open_seats:
        return not seats.missing
    if not seats.need.leader:
        return any(one.leads and seats.completes(one) for one in seats.free)
    rest = [one.fields for one in seats.free if one.fields]
    return len(rest) >= open_seats and covers(seats.missing, open_seats, rest)


def _covered(seats: _Seats, open_seats: int) -> bool:
    """Tell whether so many seats cover leader and fields, however many people there are."""
    offers = [one.fields for one in seats.free]
    if seats.need.leader:
        return covers(seats.missing, open_seats, offers)
    return any(one.leads and covers(seats.missing & ~one.fields, open_seats - 1, offers) for one in seats.free)


def _reasons(people: list[Candidate]) -> dict[str, int]:
    """Count the reasons for which these are barred."""
    found: dict[str, int] = {}
    for one in people:
        for reason in one.barred:
            found[reason] = found.get(reason, 0) + 1
    return found


def _read(frame: Rows, parameters: Parameters) -> tuple[Need, list[Candidate]]:
    size = number_in(parameters, "size", 1, MOST_SEATS)
    fields = texts_in(parameters, "fields")
    leader_ranks = texts_in(parameters, "leader_ranks")
    seated, leader = texts_in(parameters, "seated"), parameters.get("seated_leader", "")
    ids = {row["id"] for row in frame}
    known = set(seated) <= ids and len(seated) <= size and (leader == "" or leader in seated)
    if not (known and 0 < len(fields) <= MOST_FIELDS and (leader or (leader_ranks and len(seated) < size))):
        raise BadParameters(
            "A panel needs 1 to %(most)s fields and a seat for its leader; who is seated must be in the frame.",
            params={"most": MOST_FIELDS}, field="parameters",
        )  # fmt: skip
    load, rest = _weights(parameters, "load_weights"), _weights(parameters, "rest_weights")
    need = Need(tuple(fields), size, tuple(seated), leader)
    return need, [_candidate(row, need, leader_ranks, load, rest) for row in frame]


def _weights(parameters: Parameters, name: str) -> list[int]:
    value = parameters.get(name, [1])
    good = isinstance(value, list | tuple) and 0 < len(value) <= 1000
    if not good or not all(type(one) is int and 0 <= one <= MOST_WEIGHT for one in value):
        raise BadParameters(
            "“%(name)s” must be a list of whole numbers from 0 to %(high)s.",
            params={"name": name, "high": MOST_WEIGHT}, field=f"parameters.{name}",
        )  # fmt: skip
    return list(value)


def _candidate(
    row: Mapping[str, str], need: Need, leader_ranks: list[str], load: list[int], rest: list[int]
) -> Candidate:
    names = row.get("fields", "").split()
    bits = sum(1 << place for place, name in enumerate(need.fields) if name in names)
    weight = _at(load, row, "load") * _at(rest, row, "rest")
    barred = tuple(row.get("barred", "").split())
    if not weight and not barred and row["id"] not in need.seated:
        barred = (NO_WEIGHT,)
    return Candidate(row["id"], bits, row.get("rank", "") in leader_ranks, barred, weight)


def _at(weights: list[int], row: Mapping[str, str], column: str) -> int:
    text = row.get(column, "") or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise BadParameters(
            "“%(column)s” of %(id)s is no whole number.", params={"column": column, "id": row["id"]}, field="frame"
        )
    return weights[min(int(text), len(weights) - 1)]
