"""The fewest bodies that can do everything: exact where the search ends, honest about the bound where it doesn't."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.registry.capabilities.rules import covering
from zhunsheng.registry.capabilities.rules.covering import fewest


def by_trying_all(able, wanted):
    """The definition: the smallest group whose abilities together have every wanted bit."""
    for size in range(len(able) + 1):
        for group in combinations(able, size):
            if not wanted & ~sum_of(able[one] for one in group):
                return size
    raise AssertionError


def sum_of(masks):
    together = 0
    for one in masks:
        together |= one
    return together


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(1, 255), min_size=1, max_size=9))
def test_no_smaller_group_can_do_it(masks):
    able = dict(enumerate(masks, 1))
    wanted = sum_of(masks)

    found = fewest(able, wanted)

    assert found.exact
    assert len(found.bodies) == found.least == by_trying_all(able, wanted)
    assert not wanted & ~sum_of(able[one] for one in found.bodies)


def test_the_greedy_choice_is_not_taken_for_the_best():
    """The textbook case: greedy takes the set of four first and then needs three; the two sets of three are enough."""
    able = {1: 0b000111, 2: 0b111000, 3: 0b011011}

    assert fewest(able, 0b111111).bodies == (1, 2)


def test_of_equally_many_the_nearest_are_taken():
    able = {1: 0b01, 2: 0b10, 3: 0b01, 4: 0b10}

    assert fewest(able, 0b11, far={1: 1, 2: 1, 3: 0, 4: 0}).bodies == (3, 4)


def test_an_answer_that_was_not_proved_says_what_is_needed_at_least(monkeypatch):
    monkeypatch.setattr(covering, "MOST_STEPS", 0)
    able = {1: 0b0111, 2: 0b1110, 3: 0b1001}

    found = fewest(able, 0b1111)

    assert found.least <= 2 <= len(found.bodies)


def test_what_nobody_can_do_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        fewest({1: 0b01}, 0b11)
