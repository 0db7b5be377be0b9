"""What a body may apply for at all, as it stands: anything else is refused before a form is begun."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.lifecycle import Kind
from zhunsheng.admission.licensing.models import Application, RouteBar
from zhunsheng.admission.licensing.rules.routing import Effect, RoutingFacts, route
from zhunsheng.admission.licensing.selectors import kinds
from zhunsheng.admission.licensing.services import drafting
from zhunsheng.admission.licensing.tests.applicants import TODAY, begin, make_applicant
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import AccessRecord, Role
from zhunsheng.platform.accounts.models import Kind as House
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies.models import AccreditationPeriod
from zhunsheng.registry.bodies.tests.factories import make_body

pytestmark = pytest.mark.django_db
NEW = "/licensing/applications/new/"
CHANGES = sorted(one for one in Kind.values if one != "first")


@pytest.fixture
def applicant():
    return make_applicant(lines=1)


def period(applicant, state, first=date(2026, 1, 1)):
    with recorded(None, "test data"):
        AccreditationPeriod.objects.create(accreditation=applicant.certificate, state=state, valid_from=first)


def fitting(one, on=TODAY):
    return sorted(offer.kind for offer in kinds.offers(one.organisation.pk, one.body, on) if offer.fits)


def test_a_holder_may_apply_for_everything_but_a_first_grant(applicant):
    assert fitting(applicant) == CHANGES


@pytest.mark.parametrize("state", ["cancelled", "revoked"])
def test_who_lost_the_certificate_may_only_apply_for_a_first_one(applicant, state):
    period(applicant, state)

    assert fitting(applicant) == ["first"]


def test_a_certificate_that_ran_out_leaves_only_a_first_application(applicant):
    after = applicant.certificate.valid_to + timedelta(days=1)

    assert fitting(applicant, after) == ["first"]


def test_a_suspended_certificate_is_held_all_the_same(applicant):
    period(applicant, "suspended")

    assert fitting(applicant) == CHANGES


def test_a_house_without_a_body_may_only_apply_for_a_first_grant():
    house = make_organisation(House.BODY)

    assert [one.kind for one in kinds.offers(house.pk, None, TODAY) if one.fits] == ["first"]


def test_who_lost_it_by_fraud_may_not_even_apply_for_a_first_one(applicant):
    period(applicant, "revoked")
    with recorded(None, "test data"):
        RouteBar.objects.create(
            organisation=applicant.organisation, condition="fraud_revocation", law="x", since=TODAY, reference="R1",
            words="骗取",
        )  # fmt: skip

    assert fitting(applicant) == []
    with pytest.raises(drafting.NotForYou) as refused:
        begin(applicant, "first")
    assert "第七十九条" in refused.value.params["article"]


def test_a_first_application_of_a_holder_is_refused_with_reason_article_and_remedy(applicant):
    with pytest.raises(drafting.NotForYou) as refused:
        begin(applicant, "first")

    assert "已持有资质认定证书" in refused.value.params["condition"]
    assert "第十四条" in refused.value.params["article"]
    assert "延续" in refused.value.remedy
    assert not Application.objects.exists()


@pytest.mark.parametrize("kind", CHANGES)
def test_nothing_but_a_first_application_is_begun_without_a_certificate(applicant, kind):
    period(applicant, "cancelled")

    with pytest.raises(drafting.NotForYou) as refused:
        begin(applicant, kind)
    assert "没有有效的资质认定证书" in refused.value.params["condition"]
    assert "首次申请" in refused.value.remedy


def test_the_page_offers_what_fits_and_says_why_the_rest_does_not(applicant, client):
    client.force_login(applicant.clerk)

    page = client.get(NEW).content.decode()

    assert 'value="renewal"' in page
    assert 'value="first"' not in page
    assert "已持有资质认定证书" in page
    refused = client.post(NEW, {"kind": "first"})
    assert refused.status_code == 422
    assert "证书到期前申请延续" in refused.content.decode()
    assert client.post(NEW, {"kind": ""}).status_code == 422


def test_the_page_says_it_in_english_too(applicant, client):
    client.force_login(applicant.clerk)

    page = client.get(f"/en{NEW}").content.decode()

    assert "The applicant holds a certificate already" in page
    assert "已持有" not in page


def test_of_several_bodies_each_is_offered_what_fits_it(applicant, client):
    other = make_body("L2", organisation=applicant.organisation, division=applicant.organisation.division)
    client.force_login(applicant.clerk)

    assert 'value="first"' not in client.get(NEW).content.decode()
    assert 'value="first"' in client.get(NEW, {"body": other.pk}).content.decode()
    begun = client.post(NEW, {"kind": "first", "body": other.pk})
    assert begun.status_code == 302
    assert Application.objects.get().body == other


def test_an_application_for_anothers_body_is_refused_and_kept_where_an_auditor_reads(applicant, client):
    other = make_applicant(number="231912050002")
    client.force_login(applicant.clerk)

    refused = client.post(NEW, {"kind": "renewal", "body": other.body.pk})

    assert refused.status_code == 422
    assert not Application.objects.exists()
    kept = AccessRecord.objects.get(subject_kind="refused")
    assert (kept.user_id, "not-represented" in kept.why) == (applicant.clerk.pk, True)
    auditor = make_member(Role.AUDITOR, make_organisation(division="440000"))
    client.force_login(auditor)
    assert "not-represented" in client.get(reverse("accounts:access")).content.decode()


def test_every_condition_that_bars_says_what_is_lacking_and_what_can_be_done():
    for entry in law_book.ways():
        if entry.values.get("effect") in (Effect.BARS, Effect.OPENS_ONLY_IF):
            assert set(entry.values["barred"]) == set(entry.values["remedy"]) == {"zh", "en"}


def test_a_barred_renewal_does_not_say_that_a_certificate_is_held():
    answer = route(RoutingFacts(kind="renewal", on=TODAY, certificate_in_force=False), law_book.ways())

    (bar,) = answer.route("general").as_record()["barred_by"]
    assert bar["barred"]["zh"].startswith("申请机构目前没有有效的资质认定证书")
    assert bar["barred"]["en"].startswith("The applicant holds no certificate")
