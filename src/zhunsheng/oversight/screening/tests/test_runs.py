"""A run over the lake: what stands out is raised once, with evidence, coverage and versions."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from zhunsheng.oversight.reports.tests.intake_factories import NOON
from zhunsheng.oversight.screening import selectors
from zhunsheng.oversight.screening.lifecycle import Stage
from zhunsheng.oversight.screening.models import Alert
from zhunsheng.oversight.screening.services import judging, subscribing
from zhunsheng.oversight.screening.services.runs import run_screening
from zhunsheng.oversight.screening.tests.factories import COPIED, again, take
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def officer():
    return make_member(Role.CITY_OFFICER, make_organisation(division="440100"))


def copied(province):
    return Alert.objects.get(body=province[0].body, family="copies")


def test_the_body_that_reports_old_numbers_anew_is_raised_once_with_pairs_coverage_and_versions(province):
    run = run_screening(by=None, at=LATER).run

    alert = copied(province)
    evidence = selectors.last_sighting(alert).evidence
    signal = evidence["signals"][0]
    assert (alert.stage, alert.detector, alert.rank, alert.field) == ("new", "exact_copies", 1, "12")
    assert (signal["statistic"], signal["n"]) == (COPIED, 20 + COPIED)
    assert len(evidence["pairs"]) == COPIED
    assert all(len(pair["same"]) == pair["shared"] == 4 for pair in evidence["pairs"])
    assert "珠江水务" not in json.dumps(evidence, ensure_ascii=False)
    assert (run.full, run.by_digest, run.percent_full) == (8 * 20 + COPIED, 0, 100)
    assert run.settings.startswith("SCREENING-SETTINGS ")
    assert (run.first_month, run.last_month, run.bodies) == ("2026-02", "2026-02", 8)

    again_run = run_screening(by=None, at=LATER + timedelta(days=1)).run

    assert (again_run.raised, Alert.objects.count()) == (0, run.raised)
    assert selectors.sightings_of(alert).count() == 1


def test_a_subscriber_is_mailed_once_what_a_new_run_raised_and_no_body_is_named(province, officer, mailoutbox):
    officer.email = "guangzhou@example.org"
    officer.save()
    subscribing.subscribe(by_mail=True, by=officer, at=NOON)
    run_screening(by=None, at=LATER)

    assert subscribing.mail_new_alerts(at=LATER) == 1
    assert subscribing.mail_new_alerts(at=LATER) == 0
    (mail,) = mailoutbox
    assert province[0].body.name not in mail.body
    assert "/screening/" in mail.body


def test_an_explained_alert_comes_back_only_for_reports_that_nobody_has_judged(province, officer):
    run_screening(by=None, at=LATER)
    alert = copied(province)
    judging.dismiss(alert_id=alert.pk, explanation="duplicates_by_design", words="看过原始记录", by=officer, at=LATER)
    run_screening(by=None, at=LATER + timedelta(days=1))
    assert Alert.objects.get(pk=alert.pk).stage == Stage.DISMISSED

    laboratory = province[0]
    results = [{"line": n, "parameter": name, "method": "GB/T 5750.6-2023", "unit": "mg/L", "value": f"0.0{n}717"}
               for n, name in enumerate(("铅", "镉", "砷", "硝酸盐"), 1)]  # fmt: skip
    first = laboratory.report("N-0", sample={"id": "N-0", "object": "生活饮用水"}, results=results)
    laboratory.submit(first, *again(laboratory, [first], "N2"), at=LATER)
    take(LATER)
    run_screening(by=None, at=LATER + timedelta(days=2))

    assert Alert.objects.get(pk=alert.pk).stage == Stage.NEW


def test_two_reports_stand_side_by_side_with_the_client_masked_and_the_reading_recorded(province, officer, client):
    run_screening(by=None, at=LATER)
    alert = copied(province)
    client.force_login(officer, backend=BACKEND)
    pair = selectors.last_sighting(alert).evidence["pairs"][0]

    page = client.get(reverse("screening:compare", args=[alert.pk]), {"left": pair["left"], "right": pair["right"]})

    assert [row.mark for row, _meaning in page.context["rows"]] == ["same"] * 4
    assert "珠江＊＊＊" in page.content.decode()
    assert "珠江水务有限公司" not in page.content.decode()
