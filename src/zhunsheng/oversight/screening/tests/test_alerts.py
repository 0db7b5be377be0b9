"""An alert is for people: sealed, judged by officers of the place, never seen by others."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.reports.tests.intake_factories import NOON, Laboratory
from zhunsheng.oversight.screening import explaining, selectors
from zhunsheng.oversight.screening.lifecycle import ALERT, Stage
from zhunsheng.oversight.screening.models import Alert, Judgement, Sighting
from zhunsheng.oversight.screening.services import auditing, exporting, judging, leading, subscribing
from zhunsheng.oversight.screening.services.judging import NotJudged
from zhunsheng.oversight.screening.tests.factories import make_alert
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import TODAY, make_member, make_organisation
from zhunsheng.platform.documents import identity
from zhunsheng.platform.documents.verifying import verify
from zhunsheng.platform.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
LATER = NOON + timedelta(hours=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def officer():
    make_organisation(division="440000")
    return make_member(Role.CITY_OFFICER, make_organisation(division="440100"))


@pytest.fixture
def bodies(db, home):
    return [Laboratory(f"23191205{n:04d}").body for n in (1, 2)]


@pytest.fixture
def alert(bodies):
    return make_alert(bodies[0])


def told(officer, **more):
    return {"words": "看过原始记录", "by": officer, "at": LATER, **more}


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


def test_an_explanation_is_withdrawn_with_a_reason_and_counts_no_more(alert, officer):
    judging.dismiss(alert_id=alert.pk, explanation="duplicates_by_design", **told(officer))

    judging.reopen(alert_id=alert.pk, words="双样只占两份", by=officer, at=LATER + timedelta(days=1))

    kept = Alert.objects.get(pk=alert.pk)
    assert (kept.stage, kept.explanation, kept.judged_by) == (Stage.NEW, "", officer)
    assert kept.history.first().history_change_reason == "双样只占两份"
    assert list(Judgement.objects.order_by("at").values_list("outcome", "explanation")) == [
        ("explained", "duplicates_by_design"), ("reopened", "duplicates_by_design"),
    ]  # fmt: skip
    assert selectors.judged_by_detector(Judgement.objects.all()) == {}

    judging.dismiss(alert_id=alert.pk, explanation="other", words="又查一遍", by=officer, at=LATER + timedelta(days=2))
    assert selectors.judged_by_detector(Judgement.objects.all())["exact_copies"] == {"judged": 1, "explained": 1}


def test_only_what_was_explained_is_reopened_and_only_with_a_reason_by_an_officer_of_the_place(alert, officer):
    with pytest.raises(IllegalMove):
        judging.reopen(alert_id=alert.pk, **told(officer))
    judging.dismiss(alert_id=alert.pk, explanation="other", **told(officer))
    with pytest.raises(NotJudged):
        judging.reopen(alert_id=alert.pk, **told(officer, words=" "))
    with pytest.raises(NotAllowed):
        judging.reopen(alert_id=alert.pk, **told(make_member(Role.CITY_OFFICER, make_organisation(division="440300"))))


def test_the_page_of_an_explained_alert_offers_to_withdraw_the_explanation(alert, officer, client):
    judging.dismiss(alert_id=alert.pk, explanation="other", **told(officer))
    client.force_login(officer, backend=BACKEND)
    address = reverse("screening:act", args=[alert.pk, "reopen"])
    assert address in client.get(reverse("screening:alert", args=[alert.pk])).content.decode()

    assert client.post(address, {"words": "原始记录对不上"}).status_code == 302

    assert Alert.objects.get(pk=alert.pk).stage == Stage.NEW
    assert client.get(reverse("screening:calibration")).status_code == 200


def test_the_page_of_an_alert_leads_to_its_lead(alert, officer, client):
    leading.open_lead_from(alert_id=alert.pk, matter="false_report", **told(officer))
    client.force_login(officer, backend=BACKEND)

    page = client.get(reverse("screening:alert", args=[alert.pk])).content.decode()

    assert f'href="{reverse("leads:lead", args=[Lead.objects.get().number])}"' in page


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


def test_the_body_sees_its_alert_once_an_officer_discloses_the_lead_and_no_peers(alert, officer, client, bodies):
    manager = make_member(Role.BODY_MANAGER, bodies[0].organisation)
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
    other = make_member(Role.BODY_MANAGER, bodies[1].organisation)
    client.force_login(other, backend=BACKEND)
    assert client.get(address).status_code == 404


def test_nobody_unknown_gets_near_an_alert(alert, client):
    for name, args in (("alerts", []), ("alert", [alert.pk]), ("compare", [alert.pk]), ("runs", [])):
        assert client.get(reverse(f"screening:{name}", args=args)).status_code == 302


def test_the_workbench_tells_an_officer_what_is_new_and_a_laboratory_nothing(alert, officer, client, bodies):
    client.force_login(officer, backend=BACKEND)
    card = client.get(reverse("home:screening"))
    assert card.status_code == 200
    assert reverse("screening:alert", args=[alert.pk]) in card.content.decode()

    client.force_login(make_member(Role.BODY_MANAGER, bodies[0].organisation), backend=BACKEND)
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
    assert verify(content, identity.trust()).problem is None


def test_the_printed_alert_says_how_rare_a_sign_is_as_the_page_does_and_names_the_same_explanations(
    alert, officer, client
):
    client.force_login(officer, backend=BACKEND)
    page = client.get(reverse("screening:alert", args=[alert.pk])).content.decode()
    _record, content = exporting.export_alert(alert_id=alert.pk, kind="pdf", by=officer, at=LATER)
    printed = "".join("".join(one.extract_text().split()) for one in PdfReader(BytesIO(content)).pages)

    for said in ("一百万家正常机构中不到1家会这样", "平行样、留样复测、质量控制重复检测"):
        assert said in "".join(page.split())
        assert said in printed
    other = explaining.innocents(TODAY)["other"].title["zh"]
    assert other not in page
    assert other not in printed


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


def test_a_laboratory_may_not_subscribe():
    manager = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY))

    with pytest.raises(NotAllowed):
        subscribing.subscribe(by_mail=True, by=manager, at=NOON)


@pytest.mark.parametrize("action", ["watch", "dismiss", "open_lead"])
def test_the_form_of_an_act_is_sent_to_its_own_page(alert, officer, client, action):
    client.force_login(officer, backend=BACKEND)

    page = client.get(reverse("screening:act", args=[alert.pk, action])).content.decode()

    assert '<form method="post" class="zs-form" novalidate>' in page


@pytest.mark.parametrize(
    ("action", "label"),
    [
        ("watch", "What you wait for"),
        ("dismiss", "What was looked at"),
        ("open_lead", "What you ask to be looked into"),
    ],
)
def test_the_form_of_an_act_asks_for_what_it_keeps(alert, officer, client, action, label):
    client.force_login(officer, backend=BACKEND)

    page = client.get(f"/en{reverse('screening:act', args=[alert.pk, action])}").content.decode()

    asked = re.search(r'<label[^>]*for="id_words"[^>]*>(.*?)</label>', page, re.DOTALL)
    assert asked
    assert label in asked[1]


def test_a_step_that_the_stage_does_not_allow_has_no_form_and_no_codes(alert, officer, client):
    client.force_login(officer, backend=BACKEND)
    address = f"/en{reverse('screening:act', args=[alert.pk, 'disclose'])}"
    judging.dismiss(alert_id=alert.pk, explanation="other", **told(officer))

    shown = client.get(address).content.decode()
    refused = client.post(address, {"words": "x"})

    assert refused.status_code == 422
    for page in (shown, refused.content.decode()):
        assert "This step is not possible at the present stage." in page
        assert 'name="words"' not in page
        assert "dismissed" not in page
    assert Alert.objects.get(pk=alert.pk).disclosed_at is None


def test_the_timeline_names_each_step_in_words(alert, officer, client):
    judging.watch(alert_id=alert.pk, until=TODAY + timedelta(days=7), **told(officer))
    judging.watch(alert_id=alert.pk, until=TODAY + timedelta(days=9), **told(officer))
    leading.open_lead_from(alert_id=alert.pk, matter="false_report", **told(officer))
    judging.disclose(alert_id=alert.pk, **told(officer))
    client.force_login(officer, backend=BACKEND)

    page = client.get(f"/en{reverse('screening:alert', args=[alert.pk])}")

    titles = [one["title"] for one in page.context["events"]]
    assert titles == ["Disclosed to the body", "Lead opened", "Watched", "Watched", "Raised"]


def test_a_watched_alert_waits_for_nobody_until_its_day(alert, officer, client):
    judging.watch(alert_id=alert.pk, until=TODAY + timedelta(days=7), **told(officer))
    seen = selectors.officers_alerts(officer, TODAY)

    assert not selectors.untreated_alerts(seen, TODAY + timedelta(days=6)).exists()
    assert list(selectors.untreated_alerts(seen, TODAY + timedelta(days=7))) == [alert]
    Alert.objects.update(watch_until=timezone.localdate() + timedelta(days=1))
    client.force_login(officer, backend=BACKEND)
    assert reverse("screening:alert", args=[alert.pk]) not in client.get(reverse("home:screening")).content.decode()


def test_a_laboratory_is_told_that_nothing_was_disclosed_and_filters_no_bodies(alert, officer, client, bodies):
    client.force_login(make_member(Role.BODY_MANAGER, bodies[0].organisation), backend=BACKEND)
    own = client.get(f"/en{reverse('screening:alerts')}")
    client.force_login(officer, backend=BACKEND)
    offices = client.get(f"/en{reverse('screening:alerts')}")

    assert "No authority has disclosed an alert to you." in own.content.decode()
    assert list(own.context["filter"].filters) == ["field", "detector", "stage", "raised_on"]
    assert list(offices.context["filter"].filters) == ["q", "division", "field", "detector", "raised_on"]
    every = client.get(f"/en{reverse('screening:alerts-tab', args=['all'])}")
    assert list(every.context["filter"].filters) == ["q", "division", "field", "detector", "stage", "raised_on"]
