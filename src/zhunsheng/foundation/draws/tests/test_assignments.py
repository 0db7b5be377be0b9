"""Inspectors by lot: two for every visit, the right to lead, avoidance, region, field and load; nothing relaxed."""

import itertools
import random
import time
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.foundation.draws import assignments, flows
from zhunsheng.foundation.draws.engines import BadParameters
from zhunsheng.foundation.draws.seeds import Uniforms

SEED = "0f" * 32


def visit(name="V-1", *, region="440106", fields="13", barred="", seat=""):
    return {"id": name, "role": "visit", "region": region, "fields": fields, "barred": barred, "seat": seat}


def person(name, *, role="leader", fields="13", regions="4401", room="3"):
    return {"id": name, "role": role, "fields": fields, "regions": regions, "room": room}


def drawn(*rows):
    return assignments.draw(rows, {}, Uniforms(SEED))


def blocked(*rows):
    found = drawn(*rows)
    assert found["outcome"] == "infeasible"
    assert found["blocking"] == assignments.blocking(rows, {})
    return found["blocking"][0]


def test_a_visit_gets_a_leader_and_another_inspector():
    pair = drawn(visit(), person("I-1"), person("I-2", role="member"), person("I-3", role="member"))["pairs"]["V-1"]

    assert pair[0] == "I-1"
    assert pair[1] in {"I-2", "I-3"}


@pytest.mark.parametrize(
    ("away", "reason"),
    [
        ({"fields": "00"}, "field"), ({"regions": "4403"}, "region"), ({"room": "0"}, "load"),
        ({"barred": "I-3:employer"}, "employer"),
    ],
)  # fmt: skip
def test_who_is_barred_is_never_drawn_and_the_reason_is_named(away, reason):
    bar = away.get("barred", "")
    change = {name: value for name, value in away.items() if name != "barred"}
    third = person("I-3", **change)

    assert set(drawn(visit(barred=bar), person("I-1"), person("I-2"), third)["pairs"]["V-1"]) == {"I-1", "I-2"}
    found = blocked(visit(barred=bar), person("I-1"), third)
    assert (found["condition"], found["visits"], found["inspectors"]) == ("visits", ["V-1"], ["I-1"])
    assert (found["seats"], found["possible"], found["barred"]) == (2, 1, {reason: 1})


def test_without_anybody_who_may_lead_the_shortage_is_of_leaders():
    found = blocked(visit(), person("I-1", role="member"), person("I-2", role="member"))

    assert found["condition"] == "leaders"


def test_visits_that_together_want_too_much_are_named_and_no_other():
    rows = [visit(f"V-{k}", fields="12") for k in range(3)] + [visit("V-9")]
    people = [person("I-1", fields="12", room="2"), person("I-2", fields="12", room="3"), person("I-3"), person("I-4")]

    found = blocked(*rows, *people)

    assert found["visits"] == ["V-0", "V-1", "V-2"]
    assert found["inspectors"] == ["I-1", "I-2"]
    assert (found["seats"], found["possible"]) == (6, 5)


def test_who_stays_keeps_the_seat_and_only_the_other_one_is_drawn():
    rows = [person("I-1", room="0"), person("I-2", role="member"), person("I-3")]

    assert drawn(visit(seat="leader:I-1"), *rows)["pairs"]["V-1"][0] == "I-1"
    assert drawn(visit(seat="second:I-1"), *rows)["pairs"]["V-1"] == ["I-3", "I-1"]
    assert blocked(visit(seat="second:I-1"), *rows[:2])["condition"] == "leaders"


@pytest.mark.parametrize(
    "rows",
    [
        [visit()], [person("I-1")], [visit(region=""), person("I-1")], [visit(seat="second"), person("I-1")],
        [visit(seat="leader:I-9"), person("I-1")], [visit(seat="leader:I-1"), person("I-1", role="member")],
        [visit(), person("I-1", room="")], [visit(), person("I-1", room="-1")], [visit(), person("I-1", room="01")],
        [visit(), person("I-1", regions="")], [visit(), person("I-1", role="chief")],
        [visit(barred="I-1"), person("I-1")],
    ],
)  # fmt: skip
def test_a_frame_that_says_too_little_is_refused(rows):
    with pytest.raises(BadParameters):
        assignments.blocking(rows, {})


def every_assignment(network):
    """Yield all assignments of a small network by trying all."""
    of = [np.flatnonzero(network.visit == k) for k in range(len(network.seats))]
    for chosen in itertools.product(*(itertools.combinations(of[k], network.seats[k]) for k in range(len(of)))):
        taken = np.zeros(network.pairs, np.bool_)
        taken[[pair for group in chosen for pair in group]] = True
        if flows.is_assignment(network, taken):
            yield taken


@st.composite
def networks(draw):
    visits, people = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    possible = draw(st.lists(st.booleans(), min_size=visits * people, max_size=visits * people))
    leads = draw(st.lists(st.booleans(), min_size=people, max_size=people))
    pairs = [(k // people, k % people) for k, good in enumerate(possible) if good]
    seats = draw(st.lists(st.integers(1, 2), min_size=visits, max_size=visits))
    plain = [draw(st.integers(0, 1)) if one == 1 else 1 for one in seats]
    return flows.Network(
        np.array([one for one, _ in pairs], np.int64), np.array([one for _, one in pairs], np.int64),
        np.array([leads[one] for _, one in pairs], np.bool_), np.array(seats, np.int64), np.array(plain, np.int64),
        np.array(draw(st.lists(st.integers(0, 3), min_size=people, max_size=people)), np.int64),
    ), draw(st.lists(st.integers(0, 20), min_size=len(pairs), max_size=len(pairs)))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(networks())
def test_the_assignment_is_the_cheapest_of_all_and_says_truly_whether_it_is_the_only_one(drawn_network):
    network, cost = drawn_network[0], np.array(drawn_network[1], np.int64)
    all_of_them = list(every_assignment(network))
    short = flows.shortage(network)

    assert (short is None) == bool(all_of_them)
    if short is not None:
        assert short.possible < short.seats
        return
    least = min(int(cost[taken].sum()) for taken in all_of_them)
    for start in all_of_them[:3]:  # exchanges alone lead from any assignment to the cheapest
        taken = start.copy()
        while (exchange := flows.cheaper_exchange(network, cost, taken)) is not None:
            before = int(cost[taken].sum())
            taken[list(exchange)] ^= True
            assert flows.is_assignment(network, taken)
            assert int(cost[taken].sum()) < before
        assert int(cost[taken].sum()) == least
    found = flows.cheapest(network, cost)
    assert int(cost[found].sum()) == least
    ways = sum(int(cost[taken].sum()) == least for taken in all_of_them)
    assert flows.is_only_cheapest(network, cost, found) == (ways == 1)


def pool(chance, visits, people):
    fields = ["00", "05", "12", "13", "20"]
    cities = ["4401", "4403", "4404", "4406", "4419"]
    rows = [
        visit(
            f"T-{k:04d}", region=chance.choice(cities) + "00", fields=chance.choice(fields),
            barred=" ".join(sorted({f"I-{chance.randrange(people):04d}:employer" for _ in range(3)})),
        )
        for k in range(visits)
    ]  # fmt: skip
    rows += [
        person(
            f"I-{k:04d}", role="leader" if k % 2 else "member", fields=" ".join(sorted(chance.sample(fields, 3))),
            regions=" ".join(sorted(chance.sample(cities, 2))) if k % 4 else "44", room="6",
        )
        for k in range(people)
    ]  # fmt: skip
    return rows


def test_three_hundred_visits_find_their_six_hundred_seats_among_four_hundred_within_seconds():
    rows = pool(random.Random(6), 300, 400)
    by_id = {row["id"]: row for row in rows}
    begun = time.perf_counter()

    found = drawn(*rows)

    assert time.perf_counter() - begun < 10
    load = Counter(one for pair in found["pairs"].values() for one in pair)
    assert len(found["pairs"]) == 300
    assert max(load.values()) <= 6
    for name, (leader, second) in found["pairs"].items():
        assert leader != second
        assert by_id[leader]["role"] == "leader"
        for one in (leader, second):
            assert by_id[name]["fields"] in by_id[one]["fields"].split()
            assert by_id[name]["region"].startswith(tuple(by_id[one]["regions"].split()))
            assert one not in by_id[name]["barred"]


def test_another_seed_sends_other_inspectors():
    rows = pool(random.Random(6), 12, 40)

    found = {str(assignments.draw(rows, {}, Uniforms(f"{k:064x}"))["pairs"]["T-0000"]) for k in range(30)}

    assert len(found) > 5
