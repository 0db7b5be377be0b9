"""The language of a page: address, then cookie, then what the browser asks for."""

import pytest
from django.urls import get_script_prefix, reverse
from django.utils import translation

from zhunsheng.web.languages import in_language

pytestmark = pytest.mark.django_db


def lang_of(response):
    text = response.content.decode()
    return text.split('<html lang="')[1].split('"')[0]


def test_a_reader_who_asks_for_nothing_gets_simplified_chinese(client):
    assert lang_of(client.get("/about/")) == "zh-Hans"


@pytest.mark.parametrize(
    ("asked", "given"),
    [("en-GB,en;q=0.9", "en"), ("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh-CN", "zh-Hans"), ("fr", "zh-Hans")],
)
def test_the_browsers_languages_decide_when_the_address_does_not(client, asked, given):
    response = client.get("/about/", headers={"accept-language": asked})

    assert lang_of(response) == given
    assert "Accept-Language" in response["Vary"]


def test_the_address_decides_over_the_browser_and_is_remembered(client):
    response = client.get("/en/about/", headers={"accept-language": "zh-CN"})

    assert lang_of(response) == "en"
    assert response["Content-Language"] == "en"
    assert lang_of(client.get("/about/")) == "en"


def test_links_of_an_english_page_stay_english(client):
    text = client.get("/en/about/").content.decode()

    assert 'href="/en/v/"' in text
    assert 'href="/v/"' not in text


def test_the_way_back_to_simplified_chinese_is_a_plain_address(client):
    client.get("/en/about/")

    response = client.get("/zh-hans/about/?a=1")

    assert response["Location"] == "/about/?a=1"
    assert lang_of(client.get("/about/")) == "zh-Hans"


def test_a_language_without_a_slash_leads_to_its_home(client):
    assert client.get("/en")["Location"] == "/en/"


def test_a_language_address_never_leads_to_another_host(client):
    assert client.get("/zh-hans//evil.example/")["Location"] == "/evil.example/"


def test_a_path_that_only_begins_like_a_language_is_no_language(client):
    assert client.get("/english/").status_code == 404


def test_the_prefix_of_one_request_does_not_leak_into_the_next(client):
    client.get("/en/about/")

    assert get_script_prefix() == "/"
    assert reverse("portal:about") == "/about/"


def test_a_missing_slash_is_added_within_the_language(client):
    assert client.get("/en/about")["Location"] == "/en/about/"


def test_the_switch_offers_this_very_page_in_every_language(client):
    text = client.get("/en/about/?x=1").content.decode()

    for code in ("zh-hans", "zh-hant", "en"):
        assert f'href="/{code}/about/?x=1"' in text


def test_law_texts_speak_the_readers_language():
    words = {"zh": "检测标准已被替代", "en": "The method was superseded"}
    with translation.override("zh-hant"):
        assert in_language(words) == "檢測標準已被替代"
    with translation.override("en"):
        assert in_language(words) == "The method was superseded"
    with translation.override("zh-hans"):
        assert in_language(words) == "检测标准已被替代"
