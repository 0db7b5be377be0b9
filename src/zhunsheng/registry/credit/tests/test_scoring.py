"""The score of a body: what costs what, and what never may happen whatever the events."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhunsheng.registry.credit import law_book, scorecard_book
from zhunsheng.registry.credit.rules.raising import raisings, without_each
from zhunsheng.registry.credit.rules.scorecard import FULL, LETTERS
from zhunsheng.registry.credit.rules.scoring import BodyFacts, EventFact, back, forward, score, without

TODAY = date(2026, 3, 2)
CARD = scorecard_book.scorecard(TODAY)
SOUND = {"certificates": 1, "signatories": 3, "quarters": 12}
MEANINGS = {str(one.values["kind"]): one.values["meaning"] for one in law_book.events()}
KINDS = sorted(MEANINGS)
BAD = [one for one in KINDS if MEANINGS[one] in ("bad", "attention")]
GOOD = [one for one in KINDS if MEANINGS[one] == "good"]


def facts(*kinds, days=30, **changed):
    events = tuple(EventFact(TODAY - timedelta(days=days), key, kind) for key, kind in enumerate(kinds, 1))
    return BodyFacts("食品", SOUND | changed, events)


@st.composite
def histories(draw):
    days = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 1300)), max_size=12))
    events = tuple(EventFact(TODAY - timedelta(days=ago), key, kind) for key, (kind, ago) in enumerate(days, 1))
    numbers = draw(st.fixed_dictionaries({
        "certificates": st.integers(0, 1), "suspended": st.integers(0, 1), "signatories": st.integers(0, 5),
        "overdue": st.integers(0, 4), "quarters": st.integers(0, 12),
    }))  # fmt: skip
    return BodyFacts("", numbers, events)


previous = st.sampled_from(["", "A", "B", "C"])


@settings(max_examples=80, deadline=None)
@given(histories(), st.sampled_from(BAD), st.integers(0, 1300), previous)
def test_one_more_bad_event_never_raises_score_or_grade(known, kind, ago, before):
    worse = BodyFacts("", known.facts, (*known.events, EventFact(TODAY - timedelta(days=ago), 99, kind)))

    first, second = score(CARD, known, TODAY, before), score(CARD, worse, TODAY, before)

    assert second.score <= first.score
    assert LETTERS.index(second.letter) <= LETTERS.index(first.letter)


@settings(max_examples=50, deadline=None)
@given(histories(), st.sampled_from(GOOD), st.integers(0, 1300), previous)
def test_one_more_good_event_never_lowers_score_or_grade(known, kind, ago, before):
    better = BodyFacts("", known.facts, (*known.events, EventFact(TODAY - timedelta(days=ago), 99, kind)))

    first, second = score(CARD, known, TODAY, before), score(CARD, better, TODAY, before)

    assert second.score >= first.score
    assert LETTERS.index(second.letter) >= LETTERS.index(first.letter)


@settings(max_examples=50, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_were_told_changes_nothing(known, chance):
    told = list(known.events)
    chance.shuffle(told)

    assert score(CARD, BodyFacts("", known.facts, tuple(told)), TODAY) == score(CARD, known, TODAY)


@settings(max_examples=50, deadline=None)
@given(histories(), st.sampled_from(KINDS), previous)
def test_taking_an_event_out_restores_exactly(known, kind, before):
    more = BodyFacts("", known.facts, (*known.events, EventFact(TODAY, 99, kind)))

    assert score(CARD, without(more, [99]), TODAY, before) == score(CARD, known, TODAY, before)


@settings(max_examples=50, deadline=None)
@given(histories())
def test_what_the_items_cost_is_what_the_score_lacks_and_no_dimension_exceeds_its_weight(known):
    result = score(CARD, known, TODAY)

    assert FULL - result.score == sum(one.tenths for one in result.items) == sum(one.tenths for one in result.lost)
    assert all(0 <= one.tenths <= one.weight for one in result.lost)
    assert all(one.tenths >= 0 for one in result.items)


def test_each_event_of_a_planted_history_has_its_price():
    result = score(CARD, facts("penalty", "order_to_correct", "proficiency_absent"), TODAY)

    assert {one.key: one.tenths for one in result.items if one.key} == {1: 120, 2: 30, 3: 40}
    assert result.letter == "B"


def test_a_decided_false_report_forces_the_lowest_class_for_three_years():
    assert score(CARD, facts("false_report"), TODAY, "A").letter == "D"
    assert score(CARD, facts("false_report"), TODAY, "A").forced_by == "FORCED-FALSE-REPORT"
    known = facts("inspection_clean", "proficiency_passed")
    passed = BodyFacts("", SOUND, (*known.events, EventFact(back(TODAY, 36), 9, "false_report")))
    assert score(CARD, passed, TODAY, "A").letter == "A"


def test_only_what_law_lists_leads_to_the_lowest_class():
    unlisted = [one for one in BAD if one not in ("false_report", "severe_list", "revoked_for_fraud")]

    assert score(CARD, facts(*unlisted, *unlisted), TODAY).letter == "C"


def test_a_body_of_which_nothing_is_known_is_of_general_risk_and_a_clean_record_makes_it_low():
    assert score(CARD, facts(), TODAY).letter == "B"
    assert score(CARD, facts("inspection_clean"), TODAY).letter == "B"
    assert score(CARD, facts("inspection_clean", "proficiency_passed"), TODAY).letter == "A"


def test_one_finding_with_its_order_does_not_take_the_class_from_a_body():
    """Hysteresis: two thirds of probability are not enough to leave A, nor to reach it."""
    finding = facts("inspection_clean", "proficiency_passed", "inspection_findings", "order_to_correct")

    assert score(CARD, finding, TODAY, "A").letter == "A"
    assert score(CARD, finding, TODAY, "B").letter == "B"


def test_the_page_can_say_what_would_be_without_an_event_and_when_it_passes():
    known = facts("penalty", "inspection_findings", overdue=2)
    result = score(CARD, known, TODAY, "A")

    gone = without_each(CARD, known, TODAY, result, "A")
    assert gone[1].score == result.score + 120
    ways = raisings(CARD, known, TODAY, result)
    assert {(one.sort, one.on) for one in ways if one.key == 1} == {("passed", forward(TODAY - timedelta(days=30), 36))}
    assert next(one for one in ways if one.indicator == "INDICATOR-OVERDUE").score == result.score + 30


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 36, date(2023, 1, 15)),
        (date(2026, 11, 30), -3, date(2027, 2, 28)),
        (date(2026, 10, 5), -3, date(2027, 1, 5)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, wanted):
    assert back(day, months) == wanted


def test_below_every_class_that_asks_for_points_lies_the_lowest_by_score():
    assert CARD.lowest == "C"
    assert replace(CARD, least={"A": 900}).lowest == "B"


def test_the_longest_window_is_that_of_any_rule():
    """36 months are the longest window of the law's own card; a forcing rule or the proof may look further."""
    assert CARD.longest == 36
    assert replace(CARD, forced=tuple(replace(one, months=60) for one in CARD.forced)).longest == 60
    assert replace(CARD, proof=replace(CARD.proof, months=48)).longest == 48


def test_the_scorecard_of_the_law_adds_up_to_a_hundred_points():
    assert sum(one.weight for one in CARD.dimensions) == FULL
    assert {one.dimension for one in CARD.indicators} == {one.key for one in CARD.dimensions}
