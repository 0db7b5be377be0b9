"""Who can test what: found by any spelling, honest about the day, the certificate and what was left out."""

from datetime import date

import pytest

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.registry.bodies.services.revisions import bump_scope
from zhunsheng.registry.bodies.tests.factories import NOON, WHY, make_body, make_certificate, make_line
from zhunsheng.registry.capabilities.index import keeping
from zhunsheng.registry.capabilities.selectors import search
from zhunsheng.registry.capabilities.tests.small_province import (
    DAY,
    ENDED,
    GUANGZHOU,
    OLD_EDITION,
    SHENZHEN,
    SUSPENDED,
    WIDE,
    load,
)
from zhunsheng.registry.capabilities.words.terms import Kind
from zhunsheng.registry.catalogue import services as catalogue
from zhunsheng.registry.catalogue.selectors import Vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province():
    return load()


def slugs(words, **more):
    return [one.entry.slug for one in search(words, on=DAY, limit=50, **more).found]


@pytest.mark.parametrize(
    "words",
    [
        "生活饮用水 铅 广州", "广州生活饮用水铅检测", "飲用水 鉛 廣州", "lead drinking water guangzhou",
        "GZ shyys qian", "广州 PB 生活饮用水", "7439-92-1 生活饮用水 天河", "铅 GB/T 5750.6 广州",
        "5750.6-2023 铅 广州", "生活引用水 铅 广州", "生活 饮用水 铅 天河区", "shenghuoyinyongshui qian guangzhou",
    ],
)  # fmt: skip
def test_the_same_test_is_found_by_every_way_to_ask_for_it(words):
    assert slugs(words)[0] == GUANGZHOU


def test_a_one_character_word_is_a_word():
    assert set(slugs("铅")) == {GUANGZHOU, SHENZHEN, SUSPENDED, OLD_EDITION, WIDE}


def test_a_suspended_body_stands_last_and_says_so():
    answer = search("生活饮用水 铅", on=DAY)

    assert answer.found[-1].entry.slug == SUSPENDED
    assert [one.standing for one in answer.found if one.entry.slug == SUSPENDED] == ["suspended"]
    assert answer.suspended == 1


def test_before_its_suspension_a_body_stood_among_the_others():
    standing = {one.entry.slug: one.standing for one in search("生活饮用水 铅", on=date(2025, 12, 31)).found}

    assert standing[SUSPENDED] == "active"


def test_a_suspension_shows_at_once_without_a_new_index(province):
    with recorded(None, WHY):
        province[GUANGZHOU].accreditations.get().periods.create(state="suspended", valid_from=DAY)

    assert slugs("生活饮用水 铅 广州")[0] != GUANGZHOU


def test_a_body_that_has_closed_shows_no_more(province):
    with recorded(None, WHY):
        province[GUANGZHOU].valid_to = date(2026, 3, 1)
        province[GUANGZHOU].save()

    assert GUANGZHOU not in slugs("铅")


@pytest.mark.parametrize(("day", "there"), [(date(2026, 3, 1), True), (date(2026, 3, 2), False)])
def test_a_line_shows_up_to_its_last_day(day, there):
    assert (ENDED in {one.entry.slug for one in search("生活饮用水 铅", on=day).found}) is there


def test_nothing_is_shown_before_the_certificate_begins():
    assert search("铅", on=date(2023, 4, 30)).total == 0


def test_current_editions_stand_before_superseded_ones():
    found = slugs("生活饮用水 铅 广州")

    assert found.index(GUANGZHOU) < found.index(OLD_EDITION)


def test_the_year_that_is_asked_for_stands_first():
    assert slugs("GB/T 5750.6-2006 铅")[0] == OLD_EDITION


def test_a_line_for_a_wider_object_covers_the_narrower_one_and_stands_after_it():
    found = slugs("生活饮用水 铅 深圳")

    assert found == [SHENZHEN, WIDE]


def test_what_is_tested_at_a_site_in_another_city_is_found_there():
    assert slugs("瓶装水 镉 天河")[0] == WIDE
    assert search("瓶装水 镉 深圳", on=DAY).gave_up == (Kind.REGION,)


def test_two_parameters_want_a_body_that_tests_both():
    answer = search("铅 镉 生活饮用水", on=DAY)

    assert answer.found[0].entry.slug == GUANGZHOU
    assert {line.parameter for line in answer.found[0].lines} == {"铅", "镉"}
    assert [one.entry.slug for one in answer.found if one.complete] == [GUANGZHOU, WIDE]
    assert [one.complete for one in answer.found] == [True, True, False, False, False]


def test_a_text_that_the_catalogue_does_not_know_is_found_as_printed():
    assert slugs("铊 土壤") == [WIDE]


def test_where_no_body_meets_every_word_the_place_is_given_up_and_said():
    answer = search("铊 土壤 广州", on=DAY)

    assert [one.entry.slug for one in answer.found] == [WIDE]
    assert answer.gave_up == (Kind.REGION,)


def test_a_mistyped_word_is_read_as_its_likeliest_neighbour_and_said():
    answer = search("cadmum", on=DAY)

    assert answer.asked.slots[0].read_as == "镉"
    assert answer.found[0].entry.slug in {GUANGZHOU, WIDE}


def test_words_that_mean_nothing_are_named():
    answer = search("铅 圥夳龘", on=DAY)

    assert answer.asked.unknown == ("圥夳龘",)
    assert answer.total == 5


@pytest.mark.parametrize("words", ["", " ", "\0", "?", "（）", "%_", "-" * 500, "铅" * 500, "🙂", "GB/T", "GB/T 99999"])
def test_no_query_breaks_the_search(words):
    assert search(words, on=DAY).total >= 0


def test_pages_follow_each_other_without_gap_or_repeat():
    whole = [one.body for one in search("铅", on=DAY, limit=50).found]
    first = search("铅", on=DAY, limit=2)
    second = search("铅", on=DAY, limit=2, after=first.last)

    assert [one.body for one in (*first.found, *second.found)] == whole[:4]


def test_a_search_asks_the_database_once(django_assert_num_queries):
    search("铅", on=DAY)
    with django_assert_num_queries(1):
        answer = search("生活饮用水 铅 广州", on=DAY)
    assert answer.found


def test_only_the_bodies_that_changed_are_indexed_anew(monkeypatch, province):
    monkeypatch.setattr(keeping, "SMALL", 0)
    body = make_body("231912050009", division_id="440300")
    make_line(make_certificate(body), parameter_text="铍", object_text="土壤")
    with recorded(None, WHY):
        province[SHENZHEN].scope_lines.all().delete()
    bump_scope([body.pk, province[SHENZHEN].pk])

    assert keeping.index_when_stale() == 1
    assert keeping.current().manifest.bodies_changed == (province[SHENZHEN].pk, body.pk)
    assert slugs("铍") == ["231912050009"]
    assert SHENZHEN not in slugs("铅")
    assert keeping.index_when_stale() == 0


def test_an_answer_is_of_the_index_until_the_worker_has_built_the_next(province):
    with recorded(None, WHY):
        province[SHENZHEN].scope_lines.all().delete()
    bump_scope([province[SHENZHEN].pk])

    before = search("铅", on=DAY)
    assert SHENZHEN in {one.entry.slug for one in before.found}
    assert before.as_of is not None
    keeping.index_when_stale()
    assert SHENZHEN not in slugs("铅")


@pytest.mark.parametrize("stated", [{"effective_to": "2026-06-30"}, {}])
def test_an_index_built_before_an_edition_ends_tells_the_truth_on_the_day(province, stated):
    """HJ 700-2014 gets a successor from 2026-07-01: with a last day, or without."""
    rows = [
        {"code": "HJ 700-2026", "title": "水质 元素的测定", "effective_from": "2026-07-01"},
        {"code": "HJ 700-2014", "replaced_by": "HJ 700-2026"} | stated,
    ]
    for row in rows:
        outcome = catalogue.import_rows(kind="editions", rows=[row], by=None, at=NOON, why=WHY)
        assert not outcome.problems
    keeping.rebuild()

    def current(on):
        (found,) = [one for one in search("铅 HJ 700-2014", on=on).found if one.entry.slug == WIDE]
        return {line.current for line in found.lines if line.method == "HJ 700-2014"}

    words = Vocabulary.current().edition("HJ 700-2014")
    for on in (date(2026, 3, 2), date(2026, 6, 30), date(2026, 7, 1)):
        assert current(on) == {words.standing_on(on) == "in_force"}, on
    if stated:
        assert current(date(2026, 6, 30)) == {True}
        assert current(date(2026, 7, 1)) == {False}
