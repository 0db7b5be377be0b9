"""A run raises alerts for people: kept once, sealed, judged by officers of the place, never seen by others."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.reports.tests.intake_factories import NOON
from zhunsheng.oversight.screening import selectors
from zhunsheng.oversight.screening.lifecycle import ALERT, Stage
from zhunsheng.oversight.screening.models import Alert, Judgement, Run, Sighting
from zhunsheng.oversight.screening.services import auditing, exporting, judging, leading, subscribing
from zhunsheng.oversight.screening.services.judging import NotJudged
from zhunsheng.oversight.screening.services.runs import run_screening
from zhunsheng.oversight.screening.tests.factories import COPIED, again, take
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import TODAY, make_member, make_organisation
from zhunsheng.platform.documents import identity
from zhunsheng.platform.documents.verifying import verify
from zhunsheng.platform.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
LATER = NOON + timedelta(hours=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def officer():
    make_organisation(division="440000")
    return make_member(Role.CITY_OFFICER, make_organisation(division="440100"))


@pytest.fixture
def alert(province):
    run_screening(by=None, at=LATER)
    return Alert.objects.get(body=province[0].body, family="copies")


def told(officer, **more):
    return {"words": "看过原始记录", "by": officer, "at": LATER, **more}


def test_the_body_that_reports_old_numbers_anew_is_raised_with_the_pairs_side_by_side(alert):
    sighting = selectors.last_sighting(alert)
    signal = sighting.evidence["signals"][0]

    assert (alert.stage, alert.detector, alert.rank, alert.field) == ("new", "exact_copies", 1, "12")
    assert (signal["statistic"], signal["n"]) == (COPIED, 20 + COPIED)
    assert len(sighting.evidence["pairs"]) == COPIED
    assert all(len(pair["same"]) == pair["shared"] == 4 for pair in sighting.evidence["pairs"])
    assert "珠江水务" not in json.dumps(sighting.evidence, ensure_ascii=False)


def test_a_run_states_its_coverage_and_its_versions(alert):
    run = alert.first_run

    assert (run.full, run.by_digest, run.percent_full) == (8 * 20 + COPIED, 0, 100)
    assert run.settings.startswith("SCREENING-SETTINGS 1.")
    assert (run.first_month, run.last_month, run.bodies) == ("2026-02", "2026-02", 8)


def test_the_same_run_again_raises_nothing_and_keeps_nothing_twice(alert):
    run = run_screening(by=None, at=LATER + timedelta(days=1)).run

    assert (run.raised, Alert.objects.count()) == (0, Run.objects.first().raised)
    assert selectors.sightings_of(alert).count() == 1


def test_the_evidence_is_sealed_and_the_audit_finds_what_was_changed_later(alert):
    sighting = selectors.last_sighting(alert)
    entry = Entry.objects.get(pk=sighting.entry_id)
    assert (entry.kind, entry.subject) == ("screening.alert", canonical_digest(sighting.evidence))
    assert list(auditing.audit_alerts([entry])) == []

    Sighting.objects.filter(pk=sighting.pk).update(evidence=sighting.evidence | {"rank": 7})

    assert [one.place for one in auditing.audit_alerts([entry])] == ["screening_sighting.evidence"]


def test_an_explanation_is_kept_as_a_judgement_and_changes_nothing_else(alert, officer):
    judging.dismiss(alert_id=alert.pk, explanation="duplicates_by_design", **told(officer))

    judgement = Judgement.objects.get()
    assert (judgement.outcome, judgement.explanation) == ("explained", "duplicates_by_design")
    assert selectors.judged_by_detector(Judgement.objects.all())["exact_copies"] == {"judged": 1, "explained": 1}
    assert Alert.objects.get(pk=alert.pk).history.first().history_change_reason == "看过原始记录"


def test_an_explained_alert_comes_back_only_for_reports_that_nobody_has_judged(alert, officer, province):
    judging.dismiss(alert_id=alert.pk, explanation="duplicates_by_design", **told(officer))
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


def test_a_watched_alert_comes_back_on_its_day(alert, officer):
    judging.watch(alert_id=alert.pk, until=TODAY + timedelta(days=7), **told(officer))

    assert judging.bring_back_watched(at=LATER + timedelta(days=6)) == 0
    assert judging.bring_back_watched(at=LATER + timedelta(days=7)) == 1
    assert Alert.objects.get(pk=alert.pk).stage == Stage.NEW


@pytest.mark.parametrize("days", [0, -1, 400])
def test_an_alert_is_watched_for_a_year_at_most(alert, officer, days):
    with pytest.raises(NotJudged):
        judging.watch(alert_id=alert.pk, until=TODAY + timedelta(days=days), **told(officer))


def test_a_lead_takes_the_digests_of_evidence_and_reports_along(alert, officer):
    leading.open_lead_from(alert_id=alert.pk, matter="false_report", **told(officer))

    lead = Lead.objects.get()
    kept = Alert.objects.get(pk=alert.pk)
    evidence = lead.evidence.order_by("pk")
    assert (kept.stage, kept.lead_reference) == (Stage.LEAD, lead.number)
    assert (lead.source, lead.reference, lead.body_id) == ("alert", str(alert.pk), alert.body_id)
    assert evidence[0].sha256 == selectors.last_sighting(alert).sha256
    assert evidence.count() == 11
    assert "逐项相同" in lead.words
    assert Judgement.objects.get().outcome == "lead"


@pytest.mark.parametrize("stage", [one for one in Stage if "dismiss" not in ALERT.actions(one)])
def test_what_was_judged_is_not_explained_again(alert, officer, stage):
    if stage == Stage.LEAD:
        leading.open_lead_from(alert_id=alert.pk, matter="false_report", **told(officer))
    else:
        judging.dismiss(alert_id=alert.pk, explanation="other", **told(officer))

    with pytest.raises(IllegalMove):
        judging.dismiss(alert_id=alert.pk, explanation="other", **told(officer))


def test_an_officer_of_another_city_neither_sees_nor_judges(alert, client):
    stranger = make_member(Role.CITY_OFFICER, make_organisation(division="440300"))

    assert not selectors.alerts_visible_to(stranger, TODAY).exists()
    with pytest.raises(NotAllowed):
        judging.dismiss(alert_id=alert.pk, explanation="other", **told(stranger))
    client.force_login(stranger, backend=BACKEND)
    assert client.get(reverse("screening:alert", args=[alert.pk])).status_code == 404


def test_an_inspector_sees_but_does_not_judge(alert, client):
    inspector = make_member(Role.INSPECTOR, make_organisation(division="440100"))
    client.force_login(inspector, backend=BACKEND)

    assert client.get(reverse("screening:alert", args=[alert.pk])).status_code == 200
    assert client.get(reverse("screening:act", args=[alert.pk, "dismiss"])).status_code == 403


def test_the_body_sees_its_alert_once_an_officer_discloses_the_lead_and_no_peers(alert, officer, client, province):
    manager = make_member(Role.BODY_MANAGER, province[0].body.organisation)
    address = reverse("screening:alert", args=[alert.pk])
    client.force_login(manager, backend=BACKEND)
    assert client.get(address).status_code == 404
    with pytest.raises(IllegalMove):
        judging.disclose(alert_id=alert.pk, **told(officer))

    leading.open_lead_from(alert_id=alert.pk, matter="false_report", **told(officer))
    assert client.get(address).status_code == 404
    judging.disclose(alert_id=alert.pk, **told(officer))

    page = client.get(address)
    assert page.status_code == 200
    assert "charts" not in page.context
    other = make_member(Role.BODY_MANAGER, province[1].body.organisation)
    client.force_login(other, backend=BACKEND)
    assert client.get(address).status_code == 404


def test_nobody_unknown_gets_near_an_alert(alert, client):
    for name, args in (("alerts", []), ("alert", [alert.pk]), ("compare", [alert.pk]), ("runs", [])):
        assert client.get(reverse(f"screening:{name}", args=args)).status_code == 302


def test_two_reports_stand_side_by_side_with_the_client_masked_and_the_reading_recorded(alert, officer, client):
    client.force_login(officer, backend=BACKEND)
    pair = selectors.last_sighting(alert).evidence["pairs"][0]

    page = client.get(reverse("screening:compare", args=[alert.pk]), {"left": pair["left"], "right": pair["right"]})

    assert [row.mark for row, _meaning in page.context["rows"]] == ["same"] * 4
    assert "珠江＊＊＊" in page.content.decode()
    assert "珠江水务有限公司" not in page.content.decode()


def test_the_workbench_tells_an_officer_what_is_new_and_a_laboratory_nothing(alert, officer, client, province):
    client.force_login(officer, backend=BACKEND)
    card = client.get(reverse("home:screening"))
    assert card.status_code == 200
    assert reverse("screening:alert", args=[alert.pk]) in card.content.decode()

    client.force_login(make_member(Role.BODY_MANAGER, province[0].body.organisation), backend=BACKEND)
    assert client.get(reverse("home:screening")).status_code == 404


def test_the_pages_cost_a_constant_number_of_queries(alert, officer, client, django_assert_max_num_queries):
    client.force_login(officer, backend=BACKEND)
    for name, args in (("alerts", []), ("alert", [alert.pk]), ("runs", []), ("calibration", [])):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"screening:{name}", args=args)).status_code == 200


def test_the_signed_file_names_what_was_sealed_and_is_sealed_itself(alert, officer):
    record, content = exporting.export_alert(alert_id=alert.pk, kind="json", by=officer, at=LATER)
    stated = json.loads(content)
    assert canonical_digest(stated["evidence"]) == stated["evidence_sha256"] == selectors.last_sighting(alert).sha256
    assert Entry.objects.get(pk=record.entry_id).subject == record.sha256

    _record, content = exporting.export_alert(alert_id=alert.pk, kind="pdf", by=officer, at=LATER)
    assert content.startswith(b"%PDF")
    assert verify(content, identity.roots()).problem is None


def test_mail_and_feed_name_no_body_and_reach_who_still_may_see(alert, officer, client, mailoutbox):
    officer.email = "guangzhou@example.org"
    officer.save()
    subscribing.subscribe(by_mail=True, by=officer, at=NOON)
    token = subscribing.renew_feed(by=officer, at=NOON)
    feed = client.get(reverse("screening:feed", args=[token]))
    assert feed.status_code == 200
    assert alert.body.name not in feed.content.decode()
    assert reverse("screening:alert", args=[alert.pk]) in feed.content.decode()

    assert subscribing.mail_new_alerts(at=LATER) == 0
    officer.memberships.update(valid_to=TODAY - timedelta(days=1))
    assert client.get(reverse("screening:feed", args=[token])).content.decode().count("<entry>") == 0
    assert client.get(reverse("screening:feed", args=["x" * 32])).status_code == 404


def test_a_subscriber_is_mailed_once_what_a_new_run_raised(officer, mailoutbox):
    officer.email = "guangzhou@example.org"
    officer.save()
    subscribing.subscribe(by_mail=True, by=officer, at=NOON)
    run_screening(by=None, at=LATER)

    assert subscribing.mail_new_alerts(at=LATER) == 1
    assert subscribing.mail_new_alerts(at=LATER) == 0
    (mail,) = mailoutbox
    assert "机构" not in mail.body
    assert "/screening/" in mail.body


def test_a_laboratory_may_not_subscribe(province):
    manager = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY))

    with pytest.raises(NotAllowed):
        subscribing.subscribe(by_mail=True, by=manager, at=NOON)
