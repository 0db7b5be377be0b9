"""The catalogue on the screen and as JSON."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

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
        "objects": [{"code": "W", "name": "水", "name_en": "water"}],
        "parameters": [{"code": "PB", "name": "铅", "name_en": "lead", "cas": "7439-92-1", "unit": "mg/L"}],
        "synonyms": [{"kind": "参数", "of": "PB", "text": "总铅"}],
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
