"""The search on the screen and as JSON."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate, make_line
from zhunsheng.registry.capabilities.index import keeping
from zhunsheng.registry.capabilities.tests.small_province import GUANGZHOU, SHENZHEN, load

pytestmark = pytest.mark.django_db
ADDRESS = "/capabilities/"
DAY = "2026-03-02"


@pytest.fixture
def province():
    return load()


def text_of(response):
    assert response.status_code == 200, response.content[:300]
    return response.content.decode()


def test_the_page_says_what_it_is_before_anything_is_asked(client, province):
    page = text_of(client.get(ADDRESS))

    assert "谁能测" in page
    assert "例如：" in page


def test_before_there_is_an_index_the_page_says_so(client):
    assert "检索正在准备" in text_of(client.get(ADDRESS, {"q": "铅"}))


def test_the_page_lists_bodies_with_their_lines_and_reasons(client, province):
    page = text_of(client.get(ADDRESS, {"q": "生活饮用水 铅 广州", "on": DAY}))

    assert GUANGZHOU in page
    assert "GB/T 5750.6-2023" in page
    assert "为什么排在这里" in page
    assert SHENZHEN not in page


def test_facets_narrow_and_stay_in_the_address(client, province):
    page = text_of(client.get(ADDRESS, {"q": "铅", "region": "440300", "on": DAY}))

    assert SHENZHEN in page
    assert f'href="/bodies/{GUANGZHOU}/' not in page
    assert 'name="region" value="440300"' in page


def test_a_mistyped_word_is_shown_with_how_it_was_read(client, province):
    assert "按此理解" in text_of(client.get(ADDRESS, {"q": "生活引用水", "on": DAY}))


def test_an_unknown_word_leads_to_the_names_of_bodies(client, province):
    assert "/bodies/?q=" in text_of(client.get(ADDRESS, {"q": "圥夳龘"}))


def test_where_no_word_was_understood_the_page_does_not_say_that_nobody_can(client, province):
    page = text_of(client.get(ADDRESS, {"q": "圥夳龘"}))

    assert "未能识别检索词" in page
    assert "当日没有已登记的机构能做这项检测" not in page


def test_the_answer_can_be_taken_along(client, province):
    response = client.get(ADDRESS, {"q": "铅 深圳", "on": DAY, "export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))

    assert rows[0][:2] == ["检验检测机构", "编号"] or len(rows[0]) == 11
    assert SHENZHEN in {row[1] for row in rows}


@pytest.mark.parametrize(
    ("typed", "offered"), [("生活饮", "生活饮用水"), ("shyy", "生活饮用水"), ("lea", "铅"), ("水 q", "铅")]
)
def test_words_are_offered_while_somebody_types(client, province, typed, offered):
    assert offered in text_of(client.get("/capabilities/suggest/", {"q": typed}))


def test_what_cannot_be_read_in_an_address_is_left_out(client, province):
    assert client.get(ADDRESS, {"q": "铅", "on": "0000-00-00", "page": "x", "region": "’"}).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_bodies(client, province, django_assert_max_num_queries):
    client.get(ADDRESS, {"q": "铅"})
    for number in range(30):
        make_line(make_certificate(make_body(f"23191299{number:04d}", division_id="440300")))
    keeping.rebuild()
    client.get(ADDRESS, {"q": "铅"})
    with django_assert_max_num_queries(4):
        answer = client.get(ADDRESS, {"q": "铅 深圳"})
    assert "23191299" in text_of(answer)


def test_the_api_answers_by_name_code_and_words(client, province):
    address = "/api/v1/capabilities"
    for given in (
        {"parameter": "铅", "object": "生活饮用水", "region": "440100"},
        {"parameter": "PB", "object": "W-DRINK", "region": "广州市", "method": "5750.6"},
        {"q": "lead drinking water guangzhou"},
    ):
        answer = client.get(address, given | {"on": DAY}).json()
        assert answer["items"][0]["body"] == GUANGZHOU
        assert answer["items"][0]["lines"][0]["method"] == "GB/T 5750.6-2023"
        assert answer["items"][0]["complete"]


def test_the_api_pages_by_cursor_and_refuses_a_foreign_one(client, province):
    first = client.get("/api/v1/capabilities", {"q": "铅", "limit": 2, "on": DAY}).json()
    second = client.get("/api/v1/capabilities", {"q": "铅", "limit": 2, "on": DAY, "after": first["next"]}).json()

    assert not {one["body"] for one in first["items"]} & {one["body"] for one in second["items"]}
    refused = client.get("/api/v1/capabilities", {"q": "铅", "after": "no-cursor"})
    assert refused.status_code == 422
    assert "bad-cursor" in refused.json()["type"]


def test_a_parameter_that_nobody_knows_finds_nobody(client, province):
    answer = client.get("/api/v1/capabilities", {"parameter": "没有这样的参数"}).json()

    assert (answer["total"], answer["items"]) == (0, [])
    assert answer["on"] == timezone.localdate().isoformat()


def test_the_front_page_leads_here(client):
    assert f'href="{reverse("capabilities:search")}"' in text_of(client.get("/"))
