"""The cheapest way to give visits their inspectors, in whole numbers, with a proof that no other is as cheap.

A visit wants `seats` different inspectors, at most `plain` of them without the right to lead; an inspector has `room`
for so many visits. Pairs carry whole costs. As a network of flows: source, inspectors, for each visit one node for
those who may lead and one for the others, the visit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """Pairs (visit, inspector) that are possible, by place; `leads` tells of each pair whether its inspector may."""

    visit: Numbers
    inspector: Numbers
    leads: NDArray[np.bool_]
    seats: Numbers
    plain: Numbers
    room: Numbers

    @property
    def pairs(self) -> int:
        """Return how many pairs there are."""
        return len(self.visit)


@dataclass(frozen=True, slots=True)
class Shortage:
    """Visits that together want more than all those who may come to any of them can give."""

    visits: tuple[int, ...]
    inspectors: tuple[int, ...]
    seats: int
    possible: int
    of_leaders: bool


def shortage(network: Network) -> Shortage | None:
    """Return a set of visits that can't all be staffed (Hall's condition broken), None when everybody can be.

    It is read off a smallest cut of the network: nothing outside it is to blame.
    """
    from scipy.sparse import csr_matrix  # here, because it takes long to import
    from scipy.sparse.csgraph import maximum_flow

    visits, people = len(network.seats), len(network.room)
    sink = 1 + 3 * visits + people
    tails, heads, capacity = _arcs_of_flow(network, visits, sink)
    graph = csr_matrix((capacity, (tails, heads)), shape=(sink + 1, sink + 1))
    done = maximum_flow(graph, 0, sink)
    wanted = int(network.seats.sum())
    if done.flow_value == wanted:
        return None
    reached = _reached(graph, done.flow, sink + 1)
    short = [k for k in range(visits) if reached[1 + k]]
    into = done.flow.tocsr()
    possible = sum(int(into[0, 1 + k]) for k in short)
    plain = sum(1 for k in short if network.plain[k] and not reached[1 + 2 * visits + k])
    return Shortage(
        tuple(short),
        tuple(sorted({int(k) for k in network.inspector[np.isin(network.visit, short)]})),
        int(sum(network.seats[k] for k in short)),
        possible,
        plain == len(short) or all(not network.plain[k] for k in short),
    )


def _arcs_of_flow(network: Network, visits: int, sink: int) -> tuple[Any, Any, Any]:
    """Return tails, heads and capacities: source, visits, leaders' and others' nodes, inspectors, sink."""
    numbers = np.arange(visits)
    start, lead, other, person = 1, 1 + visits, 1 + 2 * visits, 1 + 3 * visits
    node = np.where(network.leads, lead, other) + network.visit
    people = np.arange(len(network.room))
    tails = np.concatenate([np.zeros(visits, np.int64), start + numbers, start + numbers, node, person + people])
    heads = np.concatenate(
        [start + numbers, lead + numbers, other + numbers, person + network.inspector, np.full(len(people), sink)]
    )
    ones = np.ones(network.pairs, np.int64)
    capacity = np.concatenate([network.seats, network.seats, network.plain, ones, network.room])
    return tails, heads, capacity.astype(np.int32)


def _reached(graph: Any, flow: Any, nodes: int) -> list[bool]:
    """Return what can be reached from the source where capacity is left."""
    left = (graph - flow).tocsr()
    seen, waiting = [False] * nodes, [0]
    seen[0] = True
    while waiting:
        node = waiting.pop()
        for place in range(left.indptr[node], left.indptr[node + 1]):
            other = int(left.indices[place])
            if left.data[place] > 0 and not seen[other]:
                seen[other] = True
                waiting.append(other)
    return seen


def cheapest(network: Network, cost: Numbers) -> NDArray[np.bool_]:
    """Return which pairs are taken in the cheapest assignment; the network must have no shortage.

    Linear programming by HiGHS gives a vertex, which in such a network is whole; where its tolerance left a cheaper
    exchange, that is made in whole numbers, so the result depends on no solver.
    """
    taken = _vertex(network, cost)
    while (exchange := cheaper_exchange(network, cost, taken)) is not None:
        taken[list(exchange)] ^= True
    return taken


def _vertex(network: Network, cost: Numbers) -> NDArray[np.bool_]:
    from scipy.optimize import linprog  # here, because it takes long to import
    from scipy.sparse import coo_matrix

    every = np.arange(network.pairs)
    plain = np.flatnonzero(~network.leads)
    visits, people = len(network.seats), len(network.room)
    wants = coo_matrix((np.ones(network.pairs), (network.visit, every)), shape=(visits, network.pairs))
    at_most = coo_matrix(
        (
            np.ones(network.pairs + len(plain)),
            (
                np.concatenate([network.inspector, people + network.visit[plain]]),
                np.concatenate([every, plain]),
            ),
        ),
        shape=(people + visits, network.pairs),
    )
    found = linprog(
        cost / float(max(int(cost.max()), 1)), A_ub=at_most.tocsr(), b_ub=np.concatenate([network.room, network.plain]),
        A_eq=wants.tocsr(), b_eq=network.seats, bounds=(0, 1), method="highs-ds",
    )  # fmt: skip
    if found.x is None:
        raise ArithmeticError(f"no vertex was found: {found.message}")
    taken: NDArray[np.bool_] = found.x > 0.5
    if not is_assignment(network, taken):
        raise ArithmeticError("the vertex found is not whole")
    return taken


def is_assignment(network: Network, taken: NDArray[np.bool_]) -> bool:
    """Tell whether the pairs taken give every visit its seats and nobody more than there is room for."""
    visits, people = len(network.seats), len(network.room)
    wanted = np.bincount(network.visit[taken], minlength=visits)
    plain = np.bincount(network.visit[taken & ~network.leads], minlength=visits)
    load = np.bincount(network.inspector[taken], minlength=people)
    return bool((wanted == network.seats).all() and (plain <= network.plain).all() and (load <= network.room).all())


def is_only_cheapest(network: Network, cost: Numbers, taken: NDArray[np.bool_]) -> bool:
    """Tell whether every other assignment costs more: no round of exchanges costs nothing or less."""
    tails, heads, weights, _pairs = _residual(network, cost, taken, strict=True)
    distance = np.zeros(int(max(tails.max(), heads.max())) + 1, np.int64)
    for _sweep in range(len(distance) + 1):
        nearer = distance.copy()
        np.minimum.at(nearer, heads, distance[tails] + weights)
        if (nearer == distance).all():
            return True
        distance = nearer
    return False


def _residual(
    network: Network, cost: Numbers, taken: NDArray[np.bool_], *, strict: bool
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return the arcs along which flow may still be moved: tails, heads, weights, and the pair of each (-1 for none).

    With `strict`, weights are costs times more than any round has pairs, less one for each pair: a round that costs
    nothing then weighs less than nothing.
    """
    visits, people = len(network.seats), len(network.room)
    lead, other, whole = 1 + people, 1 + people + visits, 1 + people + 2 * visits
    node = np.where(network.leads, lead, other) + network.visit
    person = 1 + network.inspector
    weight = cost * (4 * visits + 1) if strict else cost
    step = 1 if strict else 0
    load = np.bincount(network.inspector[taken], minlength=people)
    led = np.bincount(network.visit[taken & network.leads], minlength=visits)
    plain = np.bincount(network.visit[taken & ~network.leads], minlength=visits)
    inner = [
        (np.zeros(people, np.int64), 1 + np.arange(people), network.room - load, load),
        (lead + np.arange(visits), whole + np.arange(visits), network.seats - led, led),
        (other + np.arange(visits), whole + np.arange(visits), network.plain - plain, plain),
    ]
    tails = [np.where(taken, node, person)]
    heads = [np.where(taken, person, node)]
    weights = [np.where(taken, -weight, weight) - step]
    for start, end, forward, back in inner:
        tails += [start[forward > 0], end[back > 0]]
        heads += [end[forward > 0], start[back > 0]]
    free = sum(len(one) for one in tails[1:])
    weights.append(np.zeros(free, np.int64))
    pairs = np.concatenate([np.arange(network.pairs), np.full(free, -1)])
    return np.concatenate(tails), np.concatenate(heads), np.concatenate(weights), pairs


def cheaper_exchange(network: Network, cost: Numbers, taken: NDArray[np.bool_]) -> Sequence[int] | None:
    """Return pairs to be taken and given up, in one round of exchanges that lowers the cost; None when there is none.

    Source: Klein (1967), negative cycles in the residual network.
    """
    tails, heads, weights, pairs = _residual(network, cost, taken, strict=False)
    nodes = int(max(tails.max(), heads.max())) + 1
    distance = np.zeros(nodes, np.int64)
    came = np.full(nodes, -1, np.int64)
    for _sweep in range(nodes + 1):
        nearer = distance.copy()
        np.minimum.at(nearer, heads, distance[tails] + weights)
        better = np.flatnonzero((distance[tails] + weights == nearer[heads]) & (nearer[heads] < distance[heads]))
        if not len(better):
            return None
        came[heads[better]] = better
        distance = nearer
    node = int(heads[better[0]])
    for _step in range(nodes):
        node = int(tails[came[node]])
    return [pair for pair in _round(node, tails, came, pairs) if pair >= 0]


def _round(node: int, tails: Numbers, came: Numbers, pairs: Numbers) -> Iterator[int]:
    """Yield the pairs on the cycle on which a node lies."""
    at = node
    while True:
        arc = int(came[at])
        yield int(pairs[arc])
        at = int(tails[arc])
        if at == node:
            return
