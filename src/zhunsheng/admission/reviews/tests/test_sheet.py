from datetime import timedelta
from uuid import uuid4

import pytest

from zhunsheng.admission.reviews import selectors, services
from zhunsheng.admission.reviews.models import SheetChange
from zhunsheng.admission.reviews.services import ReviewRefused
from zhunsheng.admission.reviews.services.items import item_for
from zhunsheng.admission.reviews.tests.factories import (
    at_work,
    change,
    clause_item,
    confirmed,
    fill,
    found_wanting,
    leader_of,
    line_item,
    member_of,
    send,
)
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON

pytestmark = pytest.mark.django_db
FAILS = {"verdict": "fails", "note": "无程序文件"}
FINE = {"verdict": "conforms", "note": ""}


@pytest.fixture
def review(world):
    return at_work(world)


def test_a_change_is_written_with_who_and_when(review):
    (result,) = send(review, member_of(review), change(clause_item(review), 0, FAILS))
    clause = review.checklist.get(place=1)
    assert (result.outcome, result.version) == ("applied", 1)
    assert (clause.verdict, clause.note, clause.by, clause.at) == ("fails", "无程序文件", member_of(review), NOON)


def test_a_change_that_comes_twice_counts_once(review):
    one = change(clause_item(review), 0, FAILS)
    first = send(review, member_of(review), one)
    again = send(review, member_of(review), one)
    assert [one.pk for one in first] == [one.pk for one in again]
    assert review.checklist.get(place=1).version == 1
    assert SheetChange.objects.count() == 1


def test_two_who_wrote_without_a_network_meet_in_a_conflict_and_nothing_is_lost(review):
    item = clause_item(review)
    send(review, leader_of(review), change(item, 0, FINE))
    (result,) = send(review, member_of(review), change(item, 0, FAILS))

    assert result.outcome == "conflict"
    assert result.held["values"] == FINE
    assert result.held["by"]
    assert review.checklist.get(place=1).verdict == "conforms"
    (waiting,) = selectors.open_conflicts(review)
    assert waiting.values == FAILS


@pytest.mark.parametrize(("stands", "outcome"), [(FAILS, "applied"), (FINE, "same")])
def test_a_person_lets_one_side_stand(review, stands, outcome):
    item = clause_item(review)
    send(review, leader_of(review), change(item, 0, FINE))
    (met,) = send(review, member_of(review), change(item, 0, FAILS))
    (settled,) = send(review, member_of(review), change(item, 1, stands, resolves=met.client_id))

    assert settled.outcome == outcome
    assert review.checklist.get(place=1).verdict == stands["verdict"]
    assert selectors.open_conflicts(review) == []
    met.refresh_from_db()
    assert met.values == FAILS
    assert met.resolved_by == member_of(review)


def test_two_who_wrote_the_same_do_not_meet(review):
    item = clause_item(review)
    send(review, leader_of(review), change(item, 0, FAILS))
    (result,) = send(review, member_of(review), change(item, 0, FAILS))
    assert result.outcome == "same"


def test_a_device_that_missed_the_answer_does_not_meet_itself(review):
    """The first change arrived, its answer didn't; the device sends it again with the next one standing on it."""
    item, writer = clause_item(review), member_of(review)
    first = change(item, 0, FAILS)
    send(review, writer, first)
    results = send(review, writer, first, change(item, 0, FINE, after=first.id))
    assert [one.outcome for one in results] == ["applied", "applied"]
    assert review.checklist.get(place=1).version == 2


def test_what_stands_on_a_conflict_is_a_conflict_too(review):
    item = clause_item(review)
    send(review, leader_of(review), change(item, 0, FINE))
    met = change(item, 0, FAILS)
    results = send(review, member_of(review), met, change(item, 0, FAILS | {"note": "x"}, after=met.id))
    assert [one.outcome for one in results] == ["conflict", "conflict"]


def test_a_line_is_confirmed_by_ways_of_table_7_2(review):
    send(review, member_of(review), change(line_item(review, 2), 0, confirmed(blind_sample=True, note="回收率98%")))
    line = review.confirmations.get(line__number=2)
    assert (line.site_test, line.blind_sample, line.proficiency, line.confirmed) == (True, True, False, True)


def test_a_nonconformity_written_on_a_device_takes_its_number_when_it_arrives(review):
    first, second = found_wanting(review, member_of(review)), found_wanting(review, leader_of(review), lines="1-3")
    assert (first.number, second.number) == (1, 2)
    assert [one.number for one in second.lines.order_by("number")] == [1, 2, 3]


@pytest.mark.parametrize(
    "values",
    [{"fact": ""}, {"basis": " "}, {"clause": "99"}, {"lines": "7"}, {"lines": "x"}, {"verify_by": "telephone"}],
)
def test_a_nonconformity_that_says_too_little_is_refused_and_kept(review, values):
    plain = {
        "clause": "12(5)", "fact": "a", "basis": "b", "found": "on_site", "verify_by": "evidence", "lines": "",
    }  # fmt: skip
    (result,) = send(review, member_of(review), change(f"nonconformity:{uuid4()}", 0, plain | values))
    assert result.outcome == "refused"
    assert result.why
    assert not review.nonconformities.exists()
    assert SheetChange.objects.get().values == plain | values


@pytest.mark.parametrize(
    ("field", "value"),
    [("fact", ""), ("basis", ""), ("basis", "字" * 4001), ("clause", "99"), ("lines", "x"), ("found", ["on_site"])],
)
def test_the_refusal_of_a_nonconformity_names_its_field_and_the_rest_goes_on(review, field, value):
    values = {
        "clause": "12(5)", "fact": "a", "basis": "b", "found": "on_site", "verify_by": "evidence", "lines": "",
    } | {field: value}  # fmt: skip
    bad = change(f"nonconformity:{uuid4()}", 0, values)

    with pytest.raises(ReviewRefused) as refused:
        item_for(review, bad.item).cleaned(values)
    kept, other = send(review, member_of(review), bad, change(clause_item(review), 0, FINE))

    assert refused.value.field == field
    assert refused.value.remedy
    assert (kept.outcome, other.outcome) == ("refused", "applied")


@pytest.mark.parametrize(
    "item",
    [
        "clause:999999",
        "line:0",
        "nonconformity:1",
        f"nonconformity:{'-' * 36}",
        "review:1",
        "clause:1; drop",
        "clause:٣",
    ],
)
def test_an_item_of_no_sheet_is_refused(review, item):
    (result,) = send(review, member_of(review), change(item, 0, FINE))
    assert result.outcome == "refused"


def test_a_clause_of_another_review_is_refused(review, world):
    from dataclasses import replace

    from zhunsheng.platform.accounts.models import Kind
    from zhunsheng.platform.accounts.tests.factories import make_organisation
    from zhunsheng.registry.bodies.tests.factories import make_body

    house = make_organisation(Kind.BODY)
    other = at_work(replace(world, laboratory=house, body=make_body("231912059999", organisation=house)))
    (result,) = send(review, leader_of(review), change(clause_item(other), 0, FINE))
    assert result.outcome == "refused"
    assert other.checklist.get(place=1).verdict == ""


def test_nobody_but_the_panel_writes_on_the_sheet(review, world):
    for person in (world.officer, world.manager):
        with pytest.raises(NotAllowed):
            send(review, person, change(clause_item(review), 0, FINE))


def test_a_number_of_somebody_elses_change_is_refused(review):
    one = change(clause_item(review), 0, FINE)
    send(review, leader_of(review), one)
    with pytest.raises(ReviewRefused, match="belongs to another"):
        send(review, member_of(review), one)


def test_changes_that_come_after_the_work_are_refused_and_kept(review):
    found = found_wanting(review, leader_of(review))
    services.confirm_by_panel(nonconformity_id=found.pk, by=leader_of(review), at=NOON)
    services.ask_rectification(review_id=review.pk, by=leader_of(review), at=NOON, why="整改")
    (result,) = send(review, member_of(review), change(clause_item(review), 0, FINE, made_at=NOON - timedelta(hours=1)))
    assert result.outcome == "refused"
    assert result.values == FINE


def test_a_confirmed_nonconformity_cannot_be_written_anew(review):
    found = found_wanting(review, leader_of(review))
    services.confirm_by_panel(nonconformity_id=found.pk, by=leader_of(review), at=NOON)
    values = {
        "clause": "12(5)", "fact": "other", "basis": "b", "found": "on_site", "verify_by": "evidence", "lines": "",
    }  # fmt: skip
    (result,) = send(review, leader_of(review), change(f"nonconformity:{found.key}", found.version, values))
    assert result.outcome == "refused"


def test_a_device_learns_what_others_wrote_and_nothing_that_it_knows(review):
    fill(review, leader_of(review))
    item = clause_item(review)
    news = services.states_of(review, {item: 1})
    assert item not in news
    assert news[line_item(review)]["values"]["site_test"] is True
    assert len(news) == 22 - 1 + 3
