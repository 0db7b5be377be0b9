"""The page of a code: from which day a measure holds, when it was entered, all in the reader's language."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from zhunsheng.admission.certificates import selectors, services
from zhunsheng.admission.certificates.tests.factories import DAY, RICE, issue, later, make_world, noon

pytestmark = pytest.mark.django_db
ON = DAY + timedelta(days=30)


@pytest.fixture
def suspended():
    """A certificate suspended from a day on that an officer enters two days later."""
    world = make_world()
    made = issue(world)
    services.suspend(
        body_id=made.body_id, ground="MEASURE-OWN-STOP", decision_no="粤市监〔2026〕501号", on=ON, by=world.officer,
        at=noon(ON + timedelta(days=2)), why="机构书面申请",
    )  # fmt: skip
    return made


def page(client, made, language):
    address = reverse("credentials_public:answer", args=[made.code])
    return client.get(address, headers={"accept-language": language}).content.decode()


def test_the_day_of_effect_stands_in_the_reason_and_the_hour_is_that_of_the_entry(client, suspended):
    shown = page(client, suspended, "zh-hans")

    assert f"，自 {ON.isoformat()} 起" in shown
    assert "起：暂停使用" not in shown
    entered = shown.partition("登记时间：")[2][:120]
    assert f"{(ON + timedelta(days=2)).isoformat()} 12:00" in entered


def test_an_english_page_tells_the_measure_in_english(client, suspended):
    shown = page(client, suspended, "en")

    assert f"Certificate suspended ({suspended.number}), from {ON.isoformat()}" in shown
    assert "暂停使用" not in shown


def test_a_replaced_code_tells_the_version_in_english(client):
    world = make_world()
    made = issue(world)
    issue(world, later(made, added=(RICE,)))
    shown = client.get(
        reverse("credentials_public:answer", args=[made.schedule_code]), headers={"accept-language": "en"}
    ).content.decode()

    assert "Version 2 was issued" in shown
    assert "签发第" not in shown


def test_words_of_people_stay_as_they_were_written():
    with translation.override("en"):
        assert selectors.reasons_told("nobody", ["印制错误"]) == {"印制错误": "印制错误"}
