"""Panels by lot: avoidance is never broken, fields come first, what blocks is named, loads are spread."""

import itertools
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.foundation.draws import panels
from zhunsheng.foundation.draws.engines import BadParameters
from zhunsheng.foundation.draws.frames import frame_csv, read_frame
from zhunsheng.foundation.draws.seeds import Uniforms

BALANCED = {"load_weights": [64, 32, 16, 8, 4, 2, 1], "rest_weights": [1, 2, 4]}


def row(number, fields, *, rank="member", barred="", load=0, rest=0):
    return {
        "id": number, "fields": fields, "rank": rank, "barred": barred, "load": str(load), "rest": str(rest),
    }  # fmt: skip


def drawn(frame, parameters, seed="11" * 32):
    return panels.draw(frame, {"leader_ranks": ["leader"], **parameters}, Uniforms(seed))


FOUR = [
    row("A", "food", rank="leader"),
    row("B", "food"),
    row("C", "water", barred="employer"),
    row("D", "water food"),
]


def test_fields_are_covered_before_the_lot_decides():
    for number in range(40):
        result = drawn(FOUR, {"size": 2, "fields": ["food", "water"]}, f"{number:064x}")
        assert result["leader"] == "A"
        assert result["members"] == ["D"]  # only D can still cover water: C is barred
        assert [step["for"] for step in result["steps"]] == ["leader", "field:water"]
        assert result["covered"] == {"food": ["A", "D"], "water": ["D"]}
        assert result["barred"] == {"employer": 1}


def test_whoever_is_seated_keeps_the_seat_and_a_replacement_covers_what_left():
    frame = [row("A", "food", rank="leader"), row("B", "water", barred="replaced"), row("C", "water"), row("D", "food")]

    result = drawn(frame, {"size": 2, "fields": ["food", "water"], "seated": ["A"], "seated_leader": "A"})

    assert (result["leader"], result["members"]) == ("A", ["C"])
    assert len(result["steps"]) == 1


def test_a_weight_of_zero_leaves_out_and_says_so():
    frame = [row("A", "food", rank="leader"), row("B", "food", load=3), row("C", "food", load=1)]

    result = drawn(frame, {"size": 2, "fields": ["food"], "load_weights": [4, 2, 1, 0]})

    assert result["members"] == ["C"]
    assert result["barred"] == {"load": 1}


def test_lots_keep_to_the_weights():
    frame = [row("A", "food", rank="leader", load=9), row("B", "food", load=0), row("C", "food", load=1)]
    parameters = {"size": 2, "fields": ["food"], "load_weights": [3, 1]}

    times = sum(drawn(frame, parameters, f"{number:064x}")["members"] == ["B"] for number in range(2000))

    assert abs(times - 1500) < 4.5 * (2000 * 0.75 * 0.25) ** 0.5


@pytest.mark.parametrize(
    ("frame", "needs", "blocked"),
    [
        (
            [row("A", "food"), row("B", "food", rank="leader", barred="employer last_panel")],
            {"size": 1, "fields": ["food"]},
            {"condition": "leader", "qualified": 1, "barred": {"employer": 1, "last_panel": 1}},
        ),
        (FOUR[:3], {"size": 2, "fields": ["food", "water"]},
         {"condition": "field", "field": "water", "qualified": 1, "barred": {"employer": 1}}),
        (FOUR, {"size": 4, "fields": ["food", "water"]},
         {"condition": "people", "free": 3, "seats": 4, "barred": {"employer": 1}}),
        (FOUR, {"size": 1, "fields": ["food", "water"]}, {"condition": "seats", "size": 1, "needed": 2}),
        (FOUR, {"size": 3, "fields": ["food", "water"], "seated": ["C"]},
         {"condition": "seated-barred", "id": "C", "reasons": ["employer"]}),
    ],
)  # fmt: skip
def test_what_makes_a_panel_impossible_is_named(frame, needs, blocked):
    result = drawn(frame, needs)

    assert result["outcome"] == "infeasible"
    assert blocked in result["blocking"]
    assert panels.blocking(frame, {"leader_ranks": ["leader"], **needs}) == result["blocking"]


@pytest.mark.parametrize(
    "parameters",
    [{}, {"size": 0, "fields": ["x"]}, {"size": True, "fields": ["x"]}, {"size": 2, "fields": []},
     {"size": 2, "fields": ["x", "x"]}, {"size": 2, "fields": ["x"], "seated": ["nobody"]},
     {"size": 2, "fields": ["x"], "seated_leader": "A"}, {"size": 2, "fields": ["x"], "load_weights": [1.5]}],
)  # fmt: skip
def test_parameters_that_say_no_panel_are_refused(parameters):
    with pytest.raises(BadParameters):
        drawn(FOUR, parameters)


FIELD_SETS = st.sets(st.sampled_from("abcd"), max_size=3)
PEOPLE = st.lists(st.tuples(FIELD_SETS, st.booleans(), st.booleans()), min_size=1, max_size=7)


@settings(max_examples=150, deadline=None)
@given(PEOPLE, st.integers(1, 4), st.sets(st.sampled_from("abcd"), min_size=1), st.integers(0, 2**64))
def test_a_panel_is_drawn_exactly_when_one_exists_and_then_keeps_every_condition(people, size, fields, seed):
    frame = [
        row(f"P{k}", " ".join(sorted(able)), rank="leader" if leads else "member", barred="family" if barred else "")
        for k, (able, leads, barred) in enumerate(people)
    ]
    free = {f"P{k}": (able & fields, leads) for k, (able, leads, barred) in enumerate(people) if not barred}
    exists = any(
        free[leader][1]
        and all(free[one][0] for one in others)
        and fields <= set().union(*(free[one][0] for one in (leader, *others)))
        for leader in free
        for others in itertools.combinations(sorted(set(free) - {leader}), size - 1)
    )

    result = drawn(frame, {"size": size, "fields": sorted(fields)}, f"{seed:064x}")

    assert (result["outcome"] == "drawn") == exists
    if exists:
        panel = [result["leader"], *result["members"]]
        assert len(set(panel)) == size
        assert set(panel) <= set(free)
        assert free[result["leader"]][1]
        assert all(result["covered"].values())
    else:
        assert result["blocking"]


def assessors():
    """200 assessors: two of six fields, a quarter may lead, one in 50 has left the register, bodies to keep out of."""
    for k in range(200):
        away = {f"body-{k % 40}": "employer"}
        away |= {f"body-{(k + 5) % 40}": "consultancy"} if k % 3 == 0 else {}
        away |= {f"body-{(k + 9) % 40}": "family"} if k % 11 == 0 else {}
        fields = f"F{k % 6} F{(k * 7 + 3) % 6}"
        yield f"GD-{k:04d}", fields, "leader" if k % 4 == 0 else "member", away, k % 50 == 0


def test_200_assessors_and_100_panels_never_break_avoidance_and_spread_the_load(record_property):
    people = {number: rest for number, *rest in assessors()}
    loads, served, last = dict.fromkeys(people, 0), dict.fromkeys(people, -99), dict.fromkeys(range(40), ())
    for turn in range(100):
        body, needed = f"body-{turn % 40}", {f"F{turn % 6}", f"F{(turn + 2) % 6}", f"F{(turn * 5 + 1) % 6}"}
        frame = []
        for number, (fields, rank, away, gone) in people.items():
            reasons = ["not_in_register"] * gone + [reason for where, reason in away.items() if where == body]
            reasons += ["last_panel"] * (number in last[turn % 40])
            rest = min((turn - served[number]) // 15, 999)
            frame.append(row(number, fields, rank=rank, barred=" ".join(reasons), load=loads[number], rest=rest))
        parameters = {"size": 4, "fields": sorted(needed), "leader_ranks": ["leader"], **BALANCED}
        result = panels.draw(read_frame(frame_csv(frame)), parameters, Uniforms(f"{turn:064x}"))
        panel = [result["leader"], *result["members"]]
        assert len(set(panel)) == 4
        assert people[panel[0]][1] == "leader"
        assert {name for number in panel for name in people[number][0].split()} >= needed
        for number in panel:
            assert body not in people[number][2]
            assert not people[number][3]
            assert number not in last[turn % 40]
            loads[number], served[number] = loads[number] + 1, turn
        last[turn % 40] = tuple(panel)
    free = [loads[number] for number, person in people.items() if not person[3]]
    spread = {load: free.count(load) for load in range(max(free) + 1)}
    record_property("load_spread", str(spread))
    print("load spread", spread, "standard deviation", round(statistics.pstdev(free), 2))  # noqa: T201 - the report
    assert sum(free) == 400
    assert max(free) <= 5
    assert statistics.pstdev(free) < (sum(free) / len(free)) ** 0.5  # narrower than lots without weights
