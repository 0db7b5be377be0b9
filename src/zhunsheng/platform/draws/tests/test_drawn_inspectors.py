"""A draw of inspectors: the browser's script and the short verifier of the documentation prove what Python computed."""

import copy
import json
import random
import time

import pytest

from zhunsheng.foundation.draws.tests.test_assignments import pool
from zhunsheng.foundation.draws.verifying import verify, verify_bytes
from zhunsheng.platform.draws.tests.test_in_the_browser import NODE, SCRIPT, in_javascript, sealed_again, transcript
from zhunsheng.platform.draws.tests.test_short_verifier import STAY, VERIFIER, run

needs_node = pytest.mark.skipif(NODE is None or not SCRIPT.exists(), reason="Node or the page's source is not here")
needs_docs = pytest.mark.skipif(not VERIFIER.exists(), reason="the documentation isn't beside the package")


def made(rows, number=1):
    return transcript(rows, {}, "inspectors", number)


def plans():
    chance = random.Random(20261127)
    return [made(STAY)[0], *(made(pool(chance, 20, 60), k)[0] for k in range(6))]


@needs_node
def test_the_browser_proves_that_no_other_assignment_is_as_cheap(tmp_path):
    raws = plans()
    for raw in raws:
        assert verify(json.loads(raw)) == []

    assert in_javascript(raws, tmp_path) == [[]] * len(raws)


@needs_docs
def test_the_short_verifier_proves_it_too(tmp_path):
    for raw in plans():
        done = run(raw, tmp_path)
        assert (done.returncode, done.stdout) == (0, "agrees\n"), done.stderr


def exchanged(found):
    """Let two visits exchange a second inspector where that is allowed, and mend the sum."""
    found["result"]["pairs"]["T-3"] = (
        ["I-5", "I-4"] if found["result"]["pairs"]["T-3"] != ["I-5", "I-4"] else ["I-3", "I-4"]
    )


CHANGES = {
    "result.pairs": exchanged,
    "result.pairs.T-2": lambda t: t["result"]["pairs"].update({"T-2": ["I-9", "I-2"]}),
    "result.pairs.T-1": lambda t: t["result"]["pairs"].update({"T-1": t["result"]["pairs"]["T-1"][::-1]}),
    "result.cost": lambda t: t["result"].update(cost=t["result"]["cost"] - 1),
    "result.possible": lambda t: t["result"].update(possible=3),
    "frame": lambda t: t.update(frame=t["frame"].replace('"member"', '"leader"', 1)),
}


@pytest.mark.parametrize("place", CHANGES)
def test_what_a_forger_changes_is_named_by_all_three(place, tmp_path):
    found = copy.deepcopy(made(STAY)[1])
    CHANGES[place](found)
    raw = sealed_again(found)

    assert any(one.startswith(place) for one in verify_bytes(raw)), verify_bytes(raw)
    if VERIFIER.exists():
        done = run(raw, tmp_path)
        assert done.returncode == 1
        assert f"DIFFERENCE {place}" in done.stderr
    if NODE and SCRIPT.exists():
        problems = in_javascript([raw], tmp_path)[0]
        assert any(one.startswith(place) for one in problems), problems


@needs_node
def test_one_changed_byte_fails_everywhere(tmp_path):
    raw = made(STAY)[0]
    changed = []
    for place in range(0, len(raw), 53):
        other = bytearray(raw)
        other[place] ^= 1
        changed.append(bytes(other))

    assert all(in_javascript(changed, tmp_path))
    assert all(verify_bytes(one) for one in changed)
    assert all(run(one, tmp_path).returncode == 1 for one in changed[::6])


@needs_node
def test_three_hundred_visits_and_four_hundred_inspectors_are_drawn_and_proved_in_seconds(tmp_path):
    begun = time.perf_counter()
    raw, _found = made(pool(random.Random(300), 300, 400))
    assert time.perf_counter() - begun < 10

    assert verify_bytes(raw) == []
    assert in_javascript([raw], tmp_path) == [[]]
    assert run(raw, tmp_path).returncode == 0
