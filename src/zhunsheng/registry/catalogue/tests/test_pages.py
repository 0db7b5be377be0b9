"""The catalogue on the screen and as JSON."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from zhunsheng.registry.catalogue import selectors
from zhunsheng.registry.catalogue.models import StandardEdition
from zhunsheng.registry.catalogue.services import import_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue():
    at = datetime(2026, 3, 2, 4, tzinfo=UTC)
    tables = {
        "editions": [
            {"code": "GB 5749-2006", "title": "生活饮用水卫生标准", "status": "被代替", "replaced_by": "GB 5749-2022"},
            {"code": "GB 5749-2022", "title": "生活饮用水卫生标准", "status": "现行", "effective_from": "2023-04-01"},
        ],
        "objects": [
            {"code": "W", "name": "水", "name_en": "water"},
            {"code": "WD", "name": "生活饮用水", "parent": "W"},
        ],
        "parameters": [{"code": "PB", "name": "铅", "name_en": "lead", "cas": "7439-92-1", "unit": "mg/L"}],
        "synonyms": [{"kind": "参数", "of": "PB", "text": "总铅"}],
        "methods": [{"edition": "GB 5749-2022", "clause": "4.2", "technique": "质谱法", "parameter": "铅"}],
        "limits": [{"edition": "GB 5749-2022", "object": "水", "parameter": "铅", "maximum": "0.01", "unit": "mg/L"}],
    }
    for kind, rows in tables.items():
        assert not import_rows(kind=kind, rows=rows, by=None, at=at, why="test").problems


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_standards_show_what_replaced_them(client):
    page = text_of(client.get(reverse("catalogue:standards")))

    assert "GB 5749-2006" in page
    assert "被代替" in page
    in_force = text_of(client.get(reverse("catalogue:standards"), {"status": "in_force"}))
    assert "GB 5749-2022" in in_force
    assert "GB 5749-2006" not in in_force


@pytest.mark.parametrize("words", ["铅", "lead", "总铅", "PB", "7439-92-1"])
def test_a_parameter_is_found_by_any_of_its_names(client, words):
    assert "PB" in text_of(client.get(reverse("catalogue:parameters"), {"q": words}))
    found = client.get("/api/v1/catalogue/parameters", {"q": words}).json()["items"]
    assert [one["synonyms"] for one in found] == [["总铅"]]


def test_an_edition_and_a_parameter_show_their_limits(client):
    edition = StandardEdition.objects.get(code="GB 5749-2022")

    page = text_of(client.get(reverse("catalogue:edition", args=[edition.pk])))
    assert "0.01" in page
    assert "GB 5749-2006" in page
    assert "0.01" in text_of(client.get(reverse("catalogue:parameter", args=["PB"])))
    assert client.get(reverse("catalogue:parameter", args=["XX"])).status_code == 404


def test_the_api_lists_standards_with_their_editions_oldest_first(client):
    page = client.get("/api/v1/catalogue/standards", {"q": "5749"}).json()

    assert page["next"] is None
    assert [(one["code"], one["replaced_by"]) for one in page["items"][0]["editions"]] == [
        ("GB 5749-2006", "GB 5749-2022"),
        ("GB 5749-2022", None),
    ]


def test_the_lists_take_a_constant_number_of_queries(client, django_assert_max_num_queries):
    client.get(reverse("catalogue:standards"))
    with django_assert_max_num_queries(5):
        assert "GB 5749-2006" in text_of(client.get(reverse("catalogue:standards")))
    with django_assert_max_num_queries(5):
        assert "总铅" in text_of(client.get(reverse("catalogue:parameters")))
    for name in ("methods", "objects", "limits"):
        with django_assert_max_num_queries(6):
            assert "铅" in text_of(client.get(reverse(f"catalogue:{name}"))) or name == "objects"


def test_the_objects_are_shown_as_the_tree_that_they_are(client):
    page = text_of(client.get(reverse("catalogue:objects")))

    assert "下级 1 项" in page
    assert page.index("检测对象树") < page.index(">水<") < page.index(">生活饮用水<")
    tested = text_of(client.get(reverse("catalogue:object", args=["WD"])))
    assert reverse("catalogue:object", args=["W"]) in tested
    assert "生活饮用水" in text_of(client.get(reverse("catalogue:objects"), {"q": "饮用"}))


def test_a_deep_tree_is_counted_whole():
    rows = [{"code": f"D{n:03}", "name": f"层{n}", **({"parent": f"D{n - 1:03}"} if n else {})} for n in range(300)]
    import_rows(kind="objects", rows=rows, by=None, at=datetime(2026, 3, 2, 4, tzinfo=UTC), why="test")

    assert [(one.code, one.below) for one in selectors.object_tree()] == [("D000", 299), ("W", 1)]


def test_a_method_is_shown_with_its_edition_and_its_parameter(client):
    assert "4.2 质谱法" in text_of(client.get(reverse("catalogue:parameter", args=["PB"])))
    edition = StandardEdition.objects.get(code="GB 5749-2022")
    assert "4.2 质谱法" in text_of(client.get(reverse("catalogue:edition", args=[edition.pk])))
    (found,) = client.get("/api/v1/catalogue/methods", {"q": "总铅"}).json()["items"]
    assert (found["edition"], found["determines"][0]["parameter"]) == ("GB 5749-2022", "PB")


def test_limits_are_found_by_any_name_and_by_the_day(client):
    found = client.get("/api/v1/catalogue/limits", {"parameter": "lead", "object": "W", "on": "2026-03-02"}).json()
    assert [(one["edition"], one["maximum"]) for one in found["items"]] == [("GB 5749-2022", "0.01")]
    assert "0.01" in text_of(client.get(reverse("catalogue:limits"), {"parameter": "总铅", "on": "2026-03-02"}))
    assert [one["code"] for one in client.get("/api/v1/catalogue/objects").json()["items"]] == ["W", "WD"]


def test_a_change_is_shown_with_its_day_and_its_reason(client):
    row = {"code": "PB", "name": "铅", "unit": "μg/L"}
    import_rows(kind="parameters", rows=[row], by=None, at=datetime(2026, 3, 3, 4, tzinfo=UTC), why="改用新单位")

    page = text_of(client.get(reverse("catalogue:parameter", args=["PB"])))

    assert "改用新单位" in page
    assert "mg/L → μg/L" in page
