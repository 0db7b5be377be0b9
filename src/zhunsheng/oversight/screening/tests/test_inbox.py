"""The officers' list of alerts is an inbox: what waits for a look comes first, and what is watched stands apart."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from zhunsheng.oversight.reports.tests.intake_factories import Laboratory
from zhunsheng.oversight.screening import wording
from zhunsheng.oversight.screening.lifecycle import Stage
from zhunsheng.oversight.screening.models import Alert, Judgement
from zhunsheng.oversight.screening.services import judging
from zhunsheng.oversight.screening.tests.factories import make_alert
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def officer(client):
    make_organisation(division="440000")
    officer = make_member(Role.CITY_OFFICER, make_organisation(division="440100"))
    client.force_login(officer, backend=BACKEND)
    return officer


@pytest.fixture
def alerts(officer):
    """Return five alerts: one fairly odd and one very odd that are new, one watched, one due again, one explained."""
    made = [make_alert(Laboratory(f"23191205{n:04d}").body) for n in range(1, 6)]
    today = timezone.localdate()
    stages: tuple[dict[str, Any], ...] = (
        {"q": 0.04}, {"q": 0.001, "raised_on": made[0].raised_on - timedelta(days=9)},
        {"stage": Stage.WATCHED, "watch_until": today + timedelta(days=3)},
        {"stage": Stage.WATCHED, "watch_until": today, "q": 0.02},
    )  # fmt: skip
    with recorded(None, "test"):
        for one, values in zip(made, stages, strict=False):
            Alert.objects.filter(pk=one.pk).update(**values)
    judging.dismiss(alert_id=made[4].pk, explanation="other", words="看过", by=officer, at=timezone.now())
    return made


def shown(client, address, **asked):
    page = client.get(address, asked)
    return [row.record.pk for row in page.context["table"].rows], page


def test_what_waits_for_a_look_is_shown_first_what_chance_explains_least_on_top(alerts, client):
    rows, page = shown(client, f"/en{reverse('screening:alerts')}")

    assert rows == [alerts[1].pk, alerts[3].pk, alerts[0].pk]
    assert "3 alerts wait for a look" in page.content.decode()


def test_the_watched_ones_stand_apart_with_their_day(alerts, client):
    rows, page = shown(client, f"/en{reverse('screening:alerts-tab', args=['watched'])}")

    assert rows == [alerts[2].pk]
    assert (timezone.localdate() + timedelta(days=3)).isoformat() in page.content.decode()
    assert "1 alert is being watched" in page.content.decode()


def test_all_can_be_seen_and_an_address_that_names_a_stage_sees_it(alerts, client):
    every, _page = shown(client, reverse("screening:alerts-tab", args=["all"]))
    explained, _page = shown(client, reverse("screening:alerts"), stage="dismissed")

    assert sorted(every) == sorted(one.pk for one in alerts)
    assert explained == [alerts[4].pk]


def test_there_is_no_other_tab_and_none_for_a_body(alerts, client):
    assert client.get(reverse("screening:alerts-tab", args=["mine"])).status_code == 404

    client.force_login(make_member(Role.BODY_MANAGER, alerts[0].body.organisation), backend=BACKEND)
    assert client.get(reverse("screening:alerts")).status_code == 200
    assert client.get(reverse("screening:alerts-tab", args=["waiting"])).status_code == 404


@pytest.mark.parametrize(("prefix", "language", "joint"), [("/en", "en", ", "), ("", "zh-hans", "、")])
def test_signs_are_joined_as_the_reader_writes_lists(alerts, client, prefix, language, joint):
    signs = ["exact_copies", "limit_hugging"]
    Judgement.objects.update(detectors=signs)
    with translation.override(language):
        titles = [wording.sign_title(one) for one in signs]

    page = client.get(f"{prefix}{reverse('screening:calibration')}").content.decode()

    assert joint.join(titles) in html.unescape(page)
