"""Publications follow one another, and each day is answered by its own."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.registry.national.importing import Announced, OlderPublication
from zhunsheng.registry.national.models import LibraryRow, Publication
from zhunsheng.registry.national.selectors import Kind, is_loaded, national_answers
from zhunsheng.registry.national.services import load_publication

pytestmark = pytest.mark.django_db
FIRST, SECOND = Announced("2026年第14号", date(2026, 6, 1)), Announced("2027年第1号", date(2027, 1, 1))
ROWS = [
    {"domain": "食品", "text": "GB 2762-2022 食品中污染物限量"},
    {"domain": "食品", "text": "GB 5009.11-2014 总砷及无机砷的测定", "remark": "已废止，可被引用"},
    {"domain": "机动车", "text": "机动车安全技术检验规程"},
]


def load(rows, announced=FIRST, **more):
    given = {"by": None, "at": timezone.now(), "why": "test", **more}
    return load_publication(source=list(rows), announced=announced, **given)


def answers(*codes, on=date(2026, 7, 1)):
    return [one.kind for one in national_answers(codes, on).values()]


def test_a_loaded_publication_answers_from_its_first_day():
    load(ROWS)

    assert answers("GB 2762-2022", "gb2762—2022", "GB 2762-2017", "GB 5009.11-2014", "GB 1-2020") == [
        Kind.IN_LIBRARY, Kind.IN_LIBRARY, Kind.OTHER_EDITION, Kind.CITE_ONLY, Kind.NOT_IN_LIBRARY,
    ]  # fmt: skip
    assert [is_loaded(day) for day in (date(2026, 5, 31), date(2026, 6, 1))] == [False, True]


def test_the_same_publication_again_changes_nothing():
    load(ROWS)
    again = load(ROWS)

    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    assert LibraryRow.objects.count() == 3


def test_a_later_publication_ends_what_it_no_longer_has_and_keeps_the_past():
    load(ROWS)
    changed = [ROWS[0] | {"remark": "已废止"}, {"domain": "食品", "text": "GB 2762-2026 食品中污染物限量"}, ROWS[2]]
    load(changed, SECOND)

    assert answers("GB 2762-2022", "GB 5009.11-2014", on=date(2026, 12, 31)) == [Kind.IN_LIBRARY, Kind.CITE_ONLY]
    assert answers("GB 2762-2022", "GB 2762-2026", "GB 5009.11-2014", on=date(2027, 1, 1)) == [
        Kind.ABOLISHED, Kind.IN_LIBRARY, Kind.NOT_IN_LIBRARY,
    ]  # fmt: skip
    ended = LibraryRow.objects.get(code="GB 5009.11-2014")
    assert (ended.valid_to, ended.ended_by.number) == (date(2026, 12, 31), "2027年第1号")


def test_an_earlier_publication_can_no_longer_be_slipped_in():
    load(ROWS, SECOND)

    with pytest.raises(OlderPublication):
        load(ROWS, FIRST)
    assert list(Publication.objects.values_list("number", flat=True)) == ["2027年第1号"]


def test_one_bad_row_refuses_the_whole_library():
    outcome = load([*ROWS, {"domain": "饲料", "text": "GB 1-2020"}])

    assert not outcome.saved
    assert [(one.line, one.field) for one in outcome.problems] == [(4, "domain")]
    assert not Publication.objects.exists()


def test_a_dry_run_loads_nothing():
    load(ROWS, dry_run=True)

    assert not Publication.objects.exists()


def test_nobody_without_the_right_loads_it():
    with pytest.raises(NotAllowed):
        load(ROWS, by=User.objects.create_user("x"))


def test_the_page_answers_for_a_number_with_effect_and_law(client):
    load([*ROWS], Announced("演示", date(2020, 1, 1)))

    page = client.get(reverse("national:list"), {"q": "GB 2762-2017"}).content.decode()

    assert "国家能力项目库列有其他年号" in page
    assert "GB 2762-2022" in page
    assert "national.library" in page


def test_programs_get_many_answers_at_once(client, django_assert_max_num_queries):
    load(ROWS)
    codes = ["GB 2762-2022", *(f"GB {number}-2020" for number in range(100))]

    with django_assert_max_num_queries(3):
        found = client.get("/api/v1/national-library/answers", {"code": codes, "on": "2026-07-01"}).json()

    assert [one["kind"] for one in found["answers"]][:2] == ["in_library", "not_in_library"]
    assert found["loaded"] is True
