"""How an edition stands follows from its dates, in Python and in the database alike."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from zhunsheng.registry.catalogue import selectors
from zhunsheng.registry.catalogue.models import EditionStatus, StandardEdition
from zhunsheng.registry.catalogue.rules.standing import Dates, contradicted, over_since, standing
from zhunsheng.registry.catalogue.selectors import Vocabulary
from zhunsheng.registry.catalogue.services import import_rows
from zhunsheng.registry.catalogue.tests.factories import edition

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "first", "last", "succeeded", "on", "found"),
    [
        # GB 5749-2006: in force 2007-07-01, replaced by GB 5749-2022 on 2023-04-01
        ("replaced", date(2007, 7, 1), date(2023, 3, 31), True, date(2007, 6, 30), "coming"),
        ("replaced", date(2007, 7, 1), date(2023, 3, 31), True, date(2007, 7, 1), "in_force"),
        ("replaced", date(2007, 7, 1), date(2023, 3, 31), True, date(2023, 3, 31), "in_force"),
        ("replaced", date(2007, 7, 1), date(2023, 3, 31), True, date(2023, 4, 1), "replaced"),
        ("in_force", date(2007, 7, 1), date(2023, 3, 31), False, date(2023, 4, 1), "withdrawn"),
        ("coming", date(2026, 3, 2), None, False, date(2026, 3, 2), "in_force"),
        ("coming", None, None, False, TODAY, "coming"),
        ("withdrawn", None, None, False, TODAY, "withdrawn"),
        ("withdrawn", None, None, True, TODAY, "replaced"),
        ("in_force", None, None, True, TODAY, "in_force"),
    ],
)
def test_the_dates_decide_and_the_status_speaks_where_they_are_silent(stated, first, last, succeeded, on, found):
    assert standing(Dates(stated, first, last, succeeded), on) == found


def test_an_edition_whose_successor_has_not_begun_is_still_in_force():
    known = Dates("replaced", None, None, succeeded=True, successor_from=date(2026, 6, 1))

    assert standing(known, date(2026, 5, 31)) == "in_force"
    assert standing(known, date(2026, 6, 1)) == "replaced"
    assert over_since(known, date(2026, 6, 1)) == date(2026, 6, 1)


def test_time_passing_is_no_contradiction_but_a_status_against_its_dates_is():
    assert contradicted(Dates("coming", date(2026, 7, 1), None), TODAY) is None
    assert contradicted(Dates("in_force", date(2026, 7, 1), None), TODAY) == "coming"
    assert contradicted(Dates("in_force", date(2007, 7, 1), date(2023, 3, 31)), TODAY) == "withdrawn"
    assert contradicted(Dates("withdrawn", date(2007, 7, 1), date(2023, 3, 31), succeeded=True), TODAY) is None


@pytest.mark.django_db
def test_the_database_tells_the_same_as_the_rule():
    days = (None, TODAY - timedelta(days=10), TODAY, TODAY + timedelta(days=10))
    newer = [edition("GB 1-2020"), edition("GB 1-2021", effective_from=TODAY + timedelta(days=1))]
    cases = [
        case
        for case in product(EditionStatus.values, days, days, (None, *newer))
        if not (case[1] and case[2] and case[2] < case[1])
    ]
    for number, (status, first, last, successor) in enumerate(cases):
        edition(f"GB 2-{1000 + number}", status=status, effective_from=first, effective_to=last, replaced_by=successor)

    told = {one.code: one.standing_on for one in selectors.with_standing(StandardEdition.objects.all(), TODAY)}
    words = Vocabulary.current()

    assert len(cases) > 100
    assert told == {code: words.edition(code).standing_on(TODAY) for code in told}
    assert set(told.values()) == set(EditionStatus.values)
    over = set(StandardEdition.objects.filter(selectors.over_on(TODAY)).values_list("code", flat=True))
    assert over == {code for code, stands in told.items() if stands in ("replaced", "withdrawn")}


def load(*rows):
    return import_rows(kind="editions", rows=rows, by=None, at=NOON, why="test")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"status": "现行", "effective_to": "2023-03-31"}, "status", "2026-03-02"),
        ({"status": "现行", "effective_from": "2026-07-01"}, "status", "2026-03-02"),
        ({"published_on": "2026-02-01", "effective_from": "2026-01-01"}, "effective_from", ""),
        ({"replaced_by": "GB 5749-1985"}, "replaced_by", ""),
    ],
)
def test_an_edition_that_contradicts_itself_is_refused_with_the_cell_and_the_reason(row, field, words):
    load({"code": "GB 5749-1985"})

    (problem,) = load({"code": "GB 5749-2006"} | row).problems

    assert problem.field == field
    assert words in problem.rule
    assert not StandardEdition.objects.filter(code="GB 5749-2006").exists()


@pytest.mark.django_db
def test_editions_in_a_circle_are_refused():
    outcome = load({"code": "GB 1-2020", "replaced_by": "GB 2-2021"}, {"code": "GB 2-2021", "replaced_by": "GB 1-2020"})

    assert [one.field for one in outcome.problems] == ["replaced_by", "replaced_by"]


@pytest.mark.django_db
def test_a_status_left_empty_follows_from_the_dates():
    load({"code": "GB 1-2020", "effective_from": "2020-01-01", "effective_to": "2021-01-01"})
    load({"code": "GB 2-2027", "effective_from": "2027-01-01"})

    assert dict(StandardEdition.objects.values_list("code", "status")) == {
        "GB 1-2020": "withdrawn", "GB 2-2027": "coming",
    }  # fmt: skip
