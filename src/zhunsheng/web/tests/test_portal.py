"""The public front: one search box, live figures, and no map without its approval number."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhunsheng.oversight.reports.tests.intake_factories import Laboratory
from zhunsheng.platform.accounts.tests.factories import make_division
from zhunsheng.registry.bodies.tests.factories import load_catalogue, make_body, make_certificate
from zhunsheng.web.portal import figures

pytestmark = pytest.mark.django_db

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def page(client, path):
    return client.get(path).content.decode()


def test_the_front_page_of_an_empty_province_says_so(client):
    text = page(client, "/en/")

    assert "No reports have been gathered yet" in text
    assert "data-chart" not in text


def test_the_front_page_counts_what_the_province_has(client):
    laboratory = Laboratory()
    laboratory.submit(laboratory.report("R-1"), laboratory.report("R-2"), at=datetime.now(UTC))

    text = page(client, "/en/")

    assert "2 reports of 1 bodies are gathered here" in text


def test_the_figures_are_counted_once_a_minute_not_at_every_visit(client):
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")

    assert len(queries) == 0


def test_a_public_page_shows_a_map_only_with_its_approval_number(client, settings):
    make_body(division=make_division("440100"))

    assert '"kind": "hbar"' in page(client, "/")

    settings.ZHUNSHENG_MAP_APPROVAL = "粤S(2026)001号"
    text = page(client, "/")
    assert '"kind": "map"' in text
    assert "粤S(2026)001号" in text


def test_bodies_of_a_county_count_for_its_city():
    make_body("231912050001", division=make_division("440106"))
    make_body("231912050002", division=make_division("440100"))
    make_division("440300")

    assert {city.code: city.bodies for city in figures.figures().cities} == {"440100": 2, "440300": 0}


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("231912050001-V8JQ250NFSQK2KCD", "/v/231912050001-V8JQ250NFSQK2KCD"),
        (DIGEST, f"/v/digest/?digest={DIGEST}"),
        (DIGEST.upper(), f"/v/digest/?digest={DIGEST}"),
        ("　231912050001-v8jq250nfsqk2kcd ", "/v/231912050001-v8jq250nfsqk2kcd"),
    ],
)
def test_a_code_or_a_digest_in_the_search_box_goes_straight_to_its_answer(client, words, where):
    assert client.get("/search/", {"q": words})["Location"] == where


@pytest.mark.parametrize("words", ["珠江", "231912050001", "91440101MA59ABCDE1", "C-7", "pearl river"])
def test_a_body_is_found_by_any_of_its_names_and_numbers(client, words):
    body = make_body(name="珠江检测中心", name_en="Pearl River Testing", uscc="91440101MA59ABCDE1", cma="231912050001")
    make_certificate(body, "C-7")

    text = client.get("/search/", {"q": words}).content.decode()

    assert "珠江检测中心" in text
    assert 'href="/bodies/231912050001/"' in text


@pytest.mark.parametrize("words", ["铅", "lead", "7439-92-1", "铅(Pb)"])
def test_a_parameter_is_found_by_any_of_its_names(client, words):
    load_catalogue()

    assert 'href="/catalogue/parameters/PB/"' in client.get("/search/", {"q": words}).content.decode()


def test_an_old_edition_is_found_and_marked(client):
    load_catalogue()

    text = client.get("/en/search/", {"q": "5750.6"}).content.decode()

    assert "GB/T 5750.6-2006" in text
    assert "zs-badge zs-attention" in text
    assert "zs-badge zs-good" in text


@pytest.mark.parametrize(("words", "offered"), [("W2026-001", True), ("铅", False), ("lead", False), ("水 1", False)])
def test_what_may_be_a_report_number_is_led_to_verification(client, words, offered):
    text = client.get("/search/", {"q": words}).content.decode()

    assert (f"/v/?number={words}" in text) == offered


def test_nothing_found_says_what_that_does_not_mean(client):
    assert "that alone says nothing about it" in client.get("/en/search/", {"q": "无此机构"}).content.decode()


def test_a_single_letter_is_too_little_but_a_chinese_character_is_a_word(client):
    assert "at least two characters" in client.get("/en/search/", {"q": "a"}).content.decode()
    assert "at least two characters" not in client.get("/en/search/", {"q": "水"}).content.decode()


@pytest.mark.parametrize("words", ["'; drop table", "%", "_", "\\", "<script>alert(1)</script>", "x" * 5000])
def test_odd_words_find_nothing_and_break_nothing(client, words):
    response = client.get("/search/", {"q": words})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_search_asks_a_constant_number_of_queries(client):
    make_body()
    with CaptureQueriesContext(connection) as few:
        client.get("/search/", {"q": "示范"})
    for number in range(10):
        make_body(f"23191205010{number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/search/", {"q": "示范"})

    assert len(many) == len(few) <= 8


def test_the_demo_says_on_every_page_that_it_is_one(client, settings):
    settings.ZHUNSHENG_DEMO = False
    assert "zs-demo" not in page(client, "/about/")

    settings.ZHUNSHENG_DEMO = True
    assert "zs-demo" in page(client, "/about/")


def test_the_explanation_lists_the_six_answers(client):
    text = page(client, "/about/")

    for words in (
        "与签发原件一致",
        "内容不一致",
        "已更正或作废",
        "能力范围待核实",
        "机构已登记，报告未归集",
        "未查到该机构登记信息",
    ):
        assert words in text
    assert "不代表已认定违法" in text


@pytest.mark.parametrize(
    "span", ["received_after=0001-01-01", "received_before=9999-12-31", "received_after=9999-12-31"]
)
def test_days_beyond_every_calendar_do_not_break_a_list(client, span):
    assert client.get(f"/reports/?{span}&received_before=9999-12-31").status_code == 200


@pytest.mark.parametrize("name", ["FORWARDED", "VIA", "X_FORWARDED_FOR", "X_FORWARDED_HOST", "X_REAL_IP"])
def test_figures_for_watchers_are_not_given_through_a_proxy(client, name):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", **{f"HTTP_{name}": "203.0.113.7"}).status_code == 403


def test_figures_for_watchers_need_the_token_where_proxies_are_configured(client, settings, monkeypatch):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setenv("ZHUNSHENG_METRICS_TOKEN", "0123456789abcdef")

    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer 0123456789abcdef").status_code == 200
