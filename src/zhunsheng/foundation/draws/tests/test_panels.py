"""Panels by lot: avoidance is never broken, fields come first, what blocks is named, loads are spread."""

import itertools
import statistics
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.foundation.draws import panels
from zhunsheng.foundation.draws.candidates import Assessor, Consultancy, Interval, Matter, barred_reasons, frame_row
from zhunsheng.foundation.draws.engines import BadParameters
from zhunsheng.foundation.draws.frames import frame_csv, read_frame
from zhunsheng.foundation.draws.seeds import Uniforms

DAY = date(2026, 11, 27)
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
    """200 assessors of 6 fields: two fields each, a quarter may lead, each works for one of 40 bodies."""
    for k in range(200):
        yield Assessor(
            register_number=f"GD-{k:04d}",
            fields=[f"F{k % 6}", f"F{(k * 7 + 3) % 6}"],
            rank="leader" if k % 4 == 0 else "member",
            registered=Interval(date(2020, 1, 1), None if k % 50 else date(2026, 1, 1)),
            trained_until=date(2027, 1, 1) if k % 33 else date(2026, 6, 1),
            employers=[f"body-{k % 40}"],
            consultancies=[Consultancy(f"body-{(k + 5) % 40}", date(2026, 3, 1))] if k % 3 == 0 else [],
            families=[f"body-{(k + 9) % 40}"] if k % 11 == 0 else [],
        )


def test_200_assessors_and_100_panels_never_break_avoidance_and_spread_the_load(record_property):
    people = {one.register_number: one for one in assessors()}
    loads, served = dict.fromkeys(people, 0), dict.fromkeys(people)
    last: dict[str, list[str]] = {}
    for turn in range(100):
        on = DAY + timedelta(days=2 * turn)
        body, fields = f"body-{turn % 40}", [f"F{turn % 6}", f"F{(turn + 2) % 6}", f"F{(turn * 5 + 1) % 6}"]
        matter = Matter([body], min(on, date(2026, 12, 31)), 1095, last_panel=last.get(body, ()))
        now = [replace(one, load=loads[number], last_served=served[number]) for number, one in people.items()]
        frame = read_frame(frame_csv([frame_row(one, matter) for one in now]))
        parameters = {"size": 4, "fields": list(dict.fromkeys(fields)), "leader_ranks": ["leader"], **BALANCED}
        result = panels.draw(frame, parameters, Uniforms(f"{turn:064x}"))
        panel = [result["leader"], *result["members"]]
        assert len(set(panel)) == 4
        for number in panel:
            one = people[number]
            assert barred_reasons(one, matter) == ()
            assert body not in {*one.employers, *one.families, *(each.body for each in one.consultancies)}
            assert number not in last.get(body, ())
            loads[number], served[number] = loads[number] + 1, matter.on
        assert {name for number in panel for name in people[number].fields} >= set(fields)
        last[body] = panel
    free = [loads[k] for k, one in people.items() if one.registered.last is None and one.trained_until > DAY]
    never = [loads[k] for k, one in people.items() if one.registered.last or one.trained_until < DAY]
    spread = {load: free.count(load) for load in range(max(free) + 1)}
    record_property("load_spread", str(spread))
    print("load spread", spread, "standard deviation", round(statistics.pstdev(free), 2))  # noqa: T201 - the report
    assert sum(never) == 0
    assert sum(loads.values()) == 400
    assert max(free) <= 5
    assert statistics.pstdev(free) < (sum(free) / len(free)) ** 0.5  # narrower than lots without weights


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"registered": None}, "not_in_register"),
        ({"registered": Interval(date(2020, 1, 1), DAY - timedelta(days=1))}, "not_in_register"),
        ({"suspended": [Interval(DAY, DAY)]}, "suspended"),
        ({"trained_until": DAY - timedelta(days=1)}, "untrained"),
        ({"employers": ["group-lab"]}, "employer"),
        ({"consultancies": [Consultancy("lab", DAY - timedelta(days=730))]}, "consultancy"),
        ({"consultancies": [Consultancy("lab")]}, "consultancy"),
        ({"families": ["lab"]}, "family"),
        ({"interests": ["lab"]}, "interest"),
        ({"register_number": "GD-0666"}, "last_panel"),
        ({"register_number": "GD-0777"}, "declined"),
        ({"register_number": "GD-0888"}, "replaced"),
        ({"consultancies": [Consultancy("lab", DAY - timedelta(days=731))], "employers": ["other"]}, None),
    ],
)
def test_each_rule_of_avoidance_bars_by_its_name(change, reason):
    plain = {
        "register_number": "GD-0001", "fields": ["food"], "rank": "member",
        "registered": Interval(date(2020, 1, 1)), "trained_until": DAY,
    }  # fmt: skip
    matter = Matter(["lab", "group-lab"], DAY, 730, last_panel=["GD-0666"], declined=["GD-0777"], replaced=["GD-0888"])

    assert barred_reasons(Assessor(**(plain | change)), matter) == ((reason,) if reason else ())
