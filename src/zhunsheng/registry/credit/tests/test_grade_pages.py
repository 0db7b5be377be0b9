"""Pages of grades: what cost what, objections to their end, lists in constant queries, practitioners for few eyes."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import AccessRecord, Kind, Role
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies.models import Person
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate
from zhunsheng.registry.credit import selectors, services
from zhunsheng.registry.credit.models import CreditEvent, PersonEvent, Petition
from zhunsheng.registry.credit.views import petitions as petition_views

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path


@pytest.fixture
def laboratory():
    organisation = make_organisation(Kind.BODY, division="440100")
    body = make_body(organisation=organisation, division=organisation.division)
    make_certificate(body)
    return body


@pytest.fixture
def officer():
    return make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))


@pytest.fixture
def manager(laboratory):
    return make_member(Role.BODY_MANAGER, laboratory.organisation)


def record(body, by, kind, days=10):
    now = timezone.now() - timedelta(days=days)
    return services.record(
        body_id=body.pk, kind=kind, on=timezone.localdate(now), source="省局", reference=f"{kind}-{days}",
        words="已查实的事项", by=by, at=now,
    )  # fmt: skip


def compute():
    return services.compute_grades(on=timezone.localdate(), by=None, at=timezone.now())


def test_the_grade_page_tells_which_event_cost_what_to_the_body_itself(client, laboratory, officer, manager):
    penalty = record(laboratory, officer, "penalty")
    record(laboratory, officer, "order_to_correct", 20)
    compute()
    client.force_login(manager, BACKEND)

    page = client.get(reverse("credit:grade", args=[laboratory.slug])).content.decode()

    row = page[page.index(f'id="event-{penalty.pk}"') :].split("</tr>")[0]
    assert ">12.0<" in row
    assert "EVENT-PENALTY" in row
    assert reverse("credit:file-request", args=[penalty.pk, "objection"]) in row
    assert "如何提升等级" in page
    assert "EFFECT-B" in page


def test_the_reason_of_a_computed_grade_is_told_in_the_readers_language(client, laboratory, officer, manager):
    record(laboratory, officer, "order_to_correct", 20)
    compute()
    client.force_login(manager, BACKEND)
    scoring = selectors.newest_scoring(laboratory.pk)
    address = reverse("credit:grade", args=[laboratory.slug])

    assert scoring.words in client.get(address).content.decode()
    english = client.get(f"/en{address}").content.decode()
    assert f"{scoring.score / 10} points, grade {scoring.letter} (probability of at least A: " in english
    assert "计分" not in english
    assert "Conduct of business <span" not in english, "a heading that repeats the title"


def test_lists_of_grades_tell_place_and_reason_in_the_readers_language(client, laboratory, officer):
    laboratory.division.name_en = "Guangzhou"
    laboratory.division.save()
    record(laboratory, officer, "order_to_correct", 20)
    compute()
    compute()  # the grade stands on the first computing, the list tells the newest
    client.force_login(officer, BACKEND)
    scoring = selectors.newest_scoring(laboratory.pk)

    assert scoring.words in client.get(reverse("credit:grades")).text
    english = client.get(f"/en{reverse('credit:grades')}").text
    assert f"{scoring.score / 10} points, grade {scoring.letter} (probability of at least A: " in english
    assert "计分" not in english
    assert ">Guangzhou</td>" in english
    assert english.count("Guangzhou") > 1, "the chart by city names it, too"
    assert laboratory.division.name not in english
    file = client.get(f"/en{reverse('credit:grades')}?export=csv")
    assert scoring.words in b"".join(file.streaming_content).decode()


def test_an_objection_goes_from_the_page_of_the_body_to_the_decision_of_an_officer(
    client, laboratory, officer, manager
):
    wrong = record(laboratory, officer, "penalty")
    compute()
    client.force_login(manager, BACKEND)
    proof = SimpleUploadedFile("证明.pdf", b"%PDF-1.7\nproof", "application/pdf")
    asked = client.post(
        reverse("credit:file-request", args=[wrong.pk, "objection"]),
        {"grounds": "当事人不是我单位", "evidence": [proof]},
    )
    assert asked.status_code == 302, asked.content.decode()
    petition = Petition.objects.get()
    page = reverse("credit:request", args=[petition.number])
    assert client.post(page, {"grant": "yes", "words": "x"}).status_code == 403
    file = petition.files.get()
    kept = client.get(reverse("credit:evidence", args=[petition.number, file.pk]))
    assert b"".join(kept.streaming_content) == b"%PDF-1.7\nproof"

    client.force_login(make_member(Role.LEGAL_OFFICER, make_organisation(division="440000")), BACKEND)
    assert "当事人不是我单位" in client.get(page).content.decode()
    assert client.post(page, {"grant": "yes", "words": "核对属实"}).status_code == 302

    wrong.refresh_from_db()
    assert wrong.withdrawn_at is not None
    assert len(selectors.scorings_of(laboratory.pk)) == 2
    client.force_login(manager, BACKEND)
    told = client.get(reverse("credit:grade", args=[laboratory.slug])).content.decode()
    assert "不再计入：行政处罚决定" in told


def test_whoever_recorded_the_event_is_told_that_another_decides(client, laboratory, officer, manager):
    wrong = record(laboratory, officer, "penalty")
    services.file_petition(
        event_id=wrong.pk, sort="objection", grounds="有误", evidence=[(b"%PDF-1.7\n", "a.pdf")], by=manager,
        at=timezone.now(),
    )  # fmt: skip
    client.force_login(officer, BACKEND)
    page = reverse("credit:request", args=[Petition.objects.get().number])

    assert "须由其他人员办理" in client.get(page).content.decode()
    assert client.post(page, {"grant": "yes", "words": "同意"}).status_code == 403


def test_the_recomputing_agrees_until_somebody_tampers(client, laboratory, officer):
    record(laboratory, officer, "penalty")
    compute()
    scoring = selectors.newest_scoring(laboratory.pk)
    assert scoring is not None
    client.force_login(officer, BACKEND)
    page = reverse("credit:computing", args=[scoring.pk])
    assert "完全一致" in client.get(page).content.decode()

    CreditEvent.objects.update(on=timezone.localdate() - timedelta(days=900))
    assert "有不一致之处" in client.get(page).content.decode()


def test_a_computing_of_another_place_is_not_there(client, laboratory, officer, manager):
    compute()
    page = reverse("credit:computing", args=[selectors.newest_scoring(laboratory.pk).pk])
    strangers = (
        make_member(Role.CITY_OFFICER, make_organisation(division="440300")),
        make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY, division="440100")),
    )

    for reader, status in ((officer, 200), (manager, 200), *((one, 404) for one in strangers)):
        client.force_login(reader, BACKEND)
        assert client.get(page).status_code == status


def test_lists_of_grades_show_what_is_in_sight_in_constant_queries(
    client, laboratory, officer, django_assert_max_num_queries
):
    for number in range(30):
        body = make_body(f"2319120502{number:02d}", division=laboratory.division, cma=f"2319120502{number:02d}")
        make_certificate(body)
        record(body, officer, "order_to_correct")
    other = make_body("231912059999", division=make_organisation(division="440300").division, name="深圳的机构")
    make_certificate(other)
    compute()
    client.force_login(make_member(Role.CITY_OFFICER, make_organisation(division="440100")), BACKEND)

    with django_assert_max_num_queries(16):
        page = client.get(reverse("credit:grades"), {"grade": "B", "field": "05"}).content.decode()

    assert "深圳的机构" not in page
    for name in ("movements", "requests", "scorecard", "persons"):
        assert client.get(reverse(f"credit:{name}")).status_code == 200, name
    assert client.get(reverse("credit:grades"), {"export": "csv"}).status_code == 200
    client.force_login(make_member(Role.BODY_MANAGER, laboratory.organisation), BACKEND)
    for name in ("grades", "movements", "persons"):
        assert client.get(reverse(f"credit:{name}")).status_code == 404, name
    assert client.get(reverse("credit:requests")).status_code == 200


def test_an_officer_computes_on_the_page_and_a_city_may_not(client, laboratory, officer):
    client.force_login(officer, BACKEND)
    assert client.post(reverse("credit:compute", args=[laboratory.slug])).status_code == 302
    assert selectors.newest_scoring(laboratory.pk) is not None
    assert client.post(reverse("credit:compute-all")).status_code == 302

    client.force_login(make_member(Role.CITY_OFFICER, make_organisation(division="440100")), BACKEND)
    assert client.post(reverse("credit:compute", args=[laboratory.slug])).status_code == 403


def test_a_practitioners_file_is_for_few_eyes_each_reading_recorded_and_the_number_masked(client, laboratory, officer):
    with recorded(None, "test"):
        who = Person.objects.create(body=laboratory, code="S1", name="张签字", number_encrypted="440106198001010011")
    client.force_login(officer, BACKEND)
    told = {
        "kind": "signed_outside_field",
        "on": "2026-01-05",
        "source": "省局",
        "reference": "诚1",
        "words": "越权签字",
    }
    assert client.post(reverse("credit:person-record", args=[who.pk]), told).status_code == 302
    page = client.get(reverse("credit:person", args=[who.pk])).content.decode()

    assert "越权签字" in page
    assert "440106198001010011" not in page
    assert "440•••••••••••••11" in page
    assert AccessRecord.objects.filter(user_id=officer.pk, subject_id=str(who.pk)).exists()
    event = PersonEvent.objects.get()
    assert client.post(reverse("credit:person-withdraw", args=[event.pk]), {"why": "误录"}).status_code == 302

    client.get(reverse("credit:persons"))
    listed = AccessRecord.objects.filter(user_id=officer.pk, subject_name="诚信档案列表")
    assert listed.count() == 1

    for stranger in (
        make_member(Role.BODY_MANAGER, laboratory.organisation),
        make_member(Role.REVIEWER, make_organisation(division="440000")),
        make_member(Role.CITY_OFFICER, make_organisation(division="440300")),
    ):
        client.force_login(stranger, BACKEND)
        assert client.get(reverse("credit:person", args=[who.pk])).status_code == 404
        assert client.get(reverse("credit:person-record", args=[who.pk])).status_code == 404


def test_before_its_day_the_page_of_a_repair_shows_the_day_and_no_form(
    client, laboratory, officer, manager, monkeypatch
):
    """A general breach of 2 March 2026 is repaired from 2 June on, three months later; one found fraudulent never."""
    fresh = services.record(
        body_id=laboratory.pk, kind="penalty", on=date(2026, 3, 2), source="省局", reference="1", words="已查实",
        by=officer, at=timezone.now(),
    )  # fmt: skip
    never = record(laboratory, officer, "revoked_for_fraud", 400)
    client.force_login(manager, BACKEND)

    monkeypatch.setattr(petition_views, "today", lambda: date(2026, 6, 1))
    early = client.get(f"/en{reverse('credit:file-request', args=[fresh.pk, 'repair'])}").content.decode()
    monkeypatch.setattr(petition_views, "today", lambda: date(2026, 6, 2))
    ripe = client.get(f"/en{reverse('credit:file-request', args=[fresh.pk, 'repair'])}").content.decode()
    closed = client.get(f"/en{reverse('credit:file-request', args=[never.pk, 'repair'])}").content.decode()

    assert "Repair may be asked for from 2026-06-02." in early
    assert 'name="grounds"' not in early
    assert 'name="grounds"' in ripe
    assert "An event of this kind is not repaired." in closed
    assert 'name="grounds"' not in closed
    services.withdraw(event_id=fresh.pk, why="误录", by=officer, at=timezone.now())
    over = client.get(f"/en{reverse('credit:file-request', args=[fresh.pk, 'objection'])}").content.decode()
    assert "This event counts no more." in over
    assert 'name="grounds"' not in over


def test_lists_of_events_name_the_rooms_of_the_system_in_words(client, laboratory, officer):
    services.record(
        body_id=laboratory.pk, kind="penalty", on=timezone.localdate(), source="licensing.verification",
        reference="1", words="已查实", by=officer, at=timezone.now(),
    )  # fmt: skip
    client.force_login(officer, BACKEND)

    for address in (reverse("credit:events"), reverse("credit:body", args=[laboratory.slug])):
        page = client.get(f"/en{address}").content.decode()
        assert "Verification after a decision" in page
        assert "licensing.verification" not in page
    file = client.get(f"/en{reverse('credit:events')}?export=csv")
    assert "licensing.verification" not in b"".join(file.streaming_content).decode()


def test_a_computed_grade_names_its_rule_once_and_the_scorecard_no_title_twice(client, laboratory, officer):
    record(laboratory, officer, "order_to_correct", 20)
    compute()
    client.force_login(officer, BACKEND)

    file = client.get(f"/en{reverse('credit:body', args=[laboratory.slug])}").content.decode()
    card = client.get(f"/en{reverse('credit:scorecard')}").content.decode()

    version = selectors.newest_scoring(laboratory.pk).version
    assert file[file.index('id="credit-grades"') :].count(version) == 1
    assert "Conduct of business" in card
    assert "Conduct of business <span" not in card, "a heading that repeats the title"
    assert "、" not in card, "an English list joined as a Chinese one"


def test_the_grade_page_says_that_a_newer_event_is_not_counted_yet(client, laboratory, officer, manager):
    compute()
    client.force_login(manager, BACKEND)
    page = f"/en{reverse('credit:grade', args=[laboratory.slug])}"
    words = "Newer events on file are not yet counted"
    assert words not in client.get(page).content.decode()

    record(laboratory, officer, "penalty", 0)
    assert words in client.get(page).content.decode()

    compute()
    assert words not in client.get(page).content.decode()
