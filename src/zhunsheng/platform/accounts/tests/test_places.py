"""Places to narrow a list to: those of the province in which its rows stand, in the reader's language."""

import pytest
from django.utils import translation

from zhunsheng.platform.accounts.models import Division, Kind, Organisation, places_up
from zhunsheng.platform.accounts.places import PlaceFilter, places_of
from zhunsheng.platform.accounts.selectors import authorities_up
from zhunsheng.platform.accounts.tests.factories import make_division, make_organisation

pytestmark = pytest.mark.django_db
NAMES = {"440000": ("广东省", "Guangdong"), "440100": ("广州市", "Guangzhou"), "440106": ("天河区", "Tianhe District"),
         "440400": ("珠海市", "Zhuhai"), "330100": ("杭州市", ""), "440103": ("荔湾区", "Liwan District")}  # fmt: skip


@pytest.fixture(autouse=True)
def divisions():
    for code, (name, english) in NAMES.items():
        make_division(code)
        Division.objects.filter(code=code).update(name=name, name_en=english)
    for code in ("440106", "440400", "440000", "330100"):
        make_organisation(division=code)


def test_only_divisions_of_the_province_are_offered_in_which_rows_stand_each_county_below_its_city():
    assert places_of(Organisation.objects.all()) == [
        ("440100", "广州市"), ("440106", "\u3000天河区"), ("440400", "珠海市"),
    ]  # fmt: skip


def test_the_english_page_offers_english_names():
    with translation.override("en"):
        assert places_of(Organisation.objects.all())[:2] == [
            ("440100", "Guangzhou"), ("440106", "\u3000Tianhe District"),
        ]  # fmt: skip
        assert Division.objects.get(code="440106").place == "Tianhe District, Guangzhou"
    assert Division.objects.get(code="440106").place == "广州市天河区"
    assert Division.objects.get(code="440400").place == "珠海市"


def test_a_reader_is_offered_no_division_outside_of_the_rows_in_sight():
    in_sight = Organisation.objects.filter(division_id__lt="440200", division_id__gt="440000")

    assert [code for code, _words in places_of(in_sight)] == ["440100", "440106"]


def test_a_division_that_an_address_names_is_offered_even_where_nothing_stands():
    assert ("440103", "\u3000荔湾区") in places_of(Organisation.objects.all(), named="440103")
    assert [code for code, _words in places_of(Organisation.objects.none(), counties=False)] == []


def test_a_city_keeps_its_counties_and_a_county_itself_alone():
    one = PlaceFilter(field_name="division")
    rows = Organisation.objects.all()

    assert {row.division_id for row in one.filter(rows, "440100")} == {"440106"}
    assert {row.division_id for row in one.filter(rows, "440400")} == {"440400"}
    assert one.filter(rows, "").count() == rows.count()


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("440106", ("440106", "440100", "440000")),
        ("440100", ("440100", "440000")),
        ("440000", ("440000",)),
        ("", ()),
        ("4401", ()),
    ],
)
def test_a_division_is_followed_by_those_above_it(code, wanted):
    assert places_up(code) == wanted


def test_the_nearest_authority_comes_first_and_all_places_are_asked_about_at_once(django_assert_num_queries):
    county, zhuhai, province, _hangzhou = Organisation.objects.order_by("pk").values_list("pk", flat=True)
    city = make_organisation(division="440100").pk
    make_organisation(Kind.BODY, division="440106")

    with django_assert_num_queries(1):
        found = authorities_up(["440106", "440400", "440103"])

    assert found == {
        "440106": [county, city, province], "440400": [zhuhai, province], "440103": [city, province],
    }  # fmt: skip
