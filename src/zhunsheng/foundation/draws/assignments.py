"""Two inspectors for every visit, by lot under conditions; who may not come is never drawn.

The frame has visits and inspectors. A visit has `role` visit, `region` (a division's code), `fields` (codes, any of
which an inspector must have; none asks for nothing), `barred` (`inspector:reason`) and `seat` (`leader:inspector` or
`second:inspector` for one who stays). An inspector has `role` leader (may lead) or member, `fields`, `regions` (first
digits of divisions served) and `room` (visits that may be added). Lists are separated by spaces.

Every pair that is possible costs floor(u * 2^40), one uniform u for each: visits in the order of the frame, for each
the inspectors in that order. The assignment of least total cost is drawn. The costs are random, which makes nobody
foreseeable, but not every assignment equally likely. Of two who may lead, the cheaper one does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from zhunsheng.foundation.draws import flows
from zhunsheng.foundation.draws.engines import BadParameters, Parameters
from zhunsheng.foundation.draws.flows import Network
from zhunsheng.foundation.draws.frames import Rows

UNIT = 2**40
SEATS = 2
MOST_VISITS, MOST_PAIRS, MOST_ROOM = 1000, 1_000_000, 999


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit: what an inspector must have, who is barred, and who is there already in which seat."""

    id: str
    region: str
    fields: frozenset[str]
    barred: Mapping[str, str]
    seat: str
    kept: str

    @property
    def seats(self) -> int:
        """Return how many are to be drawn."""
        return SEATS - bool(self.kept)

    @property
    def plain(self) -> int:
        """Return how many of these need not be able to lead."""
        return 0 if self.seat == "second" else 1


@dataclass(frozen=True, slots=True)
class Inspector:
    """One of the pool."""

    id: str
    leads: bool
    fields: frozenset[str]
    regions: tuple[str, ...]
    room: int

    def bar_to(self, visit: Visit) -> str:
        """Return why this inspector can't be drawn for a visit, empty where nothing bars."""
        if self.id in visit.barred:
            return visit.barred[self.id]
        if self.id == visit.kept:
            return "seated"
        if not visit.region.startswith(self.regions):
            return "region"
        if visit.fields and not visit.fields & self.fields:
            return "field"
        return "" if self.room else "load"


def draw(frame: Rows, _parameters: Parameters, uniforms: Iterator[float]) -> dict[str, Any]:
    """Return leader and second inspector of every visit, the total cost and how many pairs were possible.

    If it is impossible: the conditions that block. Raises: BadParameters.
    """
    visits, people = _read(frame)
    network = _network(visits, people)
    blocked = _blocking(visits, people, network)
    if blocked:
        return {"outcome": "infeasible", "blocking": blocked}
    cost = np.fromiter((int(next(uniforms) * UNIT) for _pair in range(network.pairs)), np.int64, network.pairs)
    taken = flows.cheapest(network, cost)
    if not flows.is_only_cheapest(network, cost, taken):  # two sums of random 40-bit numbers are equal
        return {"outcome": "tie"}
    drawn: dict[int, list[tuple[int, int]]] = {}
    for pair in np.flatnonzero(taken):
        drawn.setdefault(int(network.visit[pair]), []).append((int(cost[pair]), int(network.inspector[pair])))
    return {
        "outcome": "drawn",
        "pairs": {visit.id: _seated(visit, people, drawn[k]) for k, visit in enumerate(visits)},
        "cost": int(cost[taken].sum()),
        "possible": network.pairs,
    }


def _seated(visit: Visit, people: list[Inspector], drawn: list[tuple[int, int]]) -> list[str]:
    """Return leader and second inspector."""
    order = [people[k] for _cost, k in sorted(drawn)]
    if visit.kept:
        return [visit.kept, order[0].id] if visit.seat == "leader" else [order[0].id, visit.kept]
    leader = next(one for one in order if one.leads)
    return [leader.id, *(one.id for one in order if one is not leader)]


def blocking(frame: Rows, _parameters: Parameters) -> list[dict[str, Any]]:
    """Return the conditions that make it impossible to staff every visit, empty when it can be done.

    Raises: BadParameters.
    """
    visits, people = _read(frame)
    return _blocking(visits, people, _network(visits, people))


def _blocking(visits: list[Visit], people: list[Inspector], network: Network) -> list[dict[str, Any]]:
    short = flows.shortage(network)
    if short is None:
        return []
    reasons: dict[str, int] = {}
    for k in short.visits:
        for one in people:
            why = one.bar_to(visits[k])
            if why:
                reasons[why] = reasons.get(why, 0) + 1
    return [
        {
            "condition": "leaders" if short.of_leaders else "visits",
            "visits": [visits[k].id for k in short.visits],
            "inspectors": [people[k].id for k in short.inspectors],
            "seats": short.seats,
            "possible": short.possible,
            "barred": dict(sorted(reasons.items())),
        }
    ]


def _network(visits: list[Visit], people: list[Inspector]) -> Network:
    pairs = [
        (k, place, one.leads)
        for k, visit in enumerate(visits)
        for place, one in enumerate(people)
        if not one.bar_to(visit)
    ]
    if len(pairs) > MOST_PAIRS:
        raise BadParameters("More than %(most)s pairs are possible.", params={"most": MOST_PAIRS}, field="frame")
    return Network(
        np.array([one[0] for one in pairs], np.int64),
        np.array([one[1] for one in pairs], np.int64),
        np.array([one[2] for one in pairs], np.bool_),
        np.array([one.seats for one in visits], np.int64),
        np.array([one.plain for one in visits], np.int64),
        np.array([one.room for one in people], np.int64),
    )


def _read(frame: Rows) -> tuple[list[Visit], list[Inspector]]:
    visits = [_visit(row) for row in frame if row.get("role") == "visit"]
    people = [_inspector(row) for row in frame if row.get("role") != "visit"]
    if not 0 < len(visits) <= MOST_VISITS or not people:
        raise BadParameters(
            "A draw of inspectors needs from 1 to %(most)s visits, and inspectors.", params={"most": MOST_VISITS},
            field="frame",
        )  # fmt: skip
    leads = {one.id: one.leads for one in people}
    for visit in visits:
        if visit.kept and not (visit.kept in leads and (visit.seat == "second" or leads[visit.kept])):
            raise _unread(visit.id)
    return visits, people


def _visit(row: Mapping[str, str]) -> Visit:
    barred = dict(one.partition(":")[::2] for one in row.get("barred", "").split())
    seat, _colon, kept = row.get("seat", "").partition(":")
    if (
        not row.get("region")
        or not all(barred.values())
        or seat not in {"", "leader", "second"}
        or bool(seat) != bool(kept)
    ):
        raise _unread(row["id"])
    return Visit(row["id"], row["region"], frozenset(row.get("fields", "").split()), barred, seat, kept)


def _inspector(row: Mapping[str, str]) -> Inspector:
    room, regions = row.get("room", ""), tuple(row.get("regions", "").split())
    if row.get("role") not in {"leader", "member"} or not (room.isascii() and room.isdigit()) or not regions:
        raise _unread(row["id"])
    if int(room) > MOST_ROOM or str(int(room)) != room:
        raise _unread(row["id"])
    return Inspector(row["id"], row["role"] == "leader", frozenset(row.get("fields", "").split()), regions, int(room))


def _unread(one: str) -> BadParameters:
    return BadParameters(
        "The row %(id)s is neither a visit nor an inspector as it must be.", params={"id": one}, field="frame"
    )
