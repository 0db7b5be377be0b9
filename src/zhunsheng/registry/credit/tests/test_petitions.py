"""A body objects to what is wrong and has repaired what is mended; another officer than the recorder decides."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.notices.models import Delivery
from zhunsheng.registry.bodies.tests.factories import make_body, make_certificate
from zhunsheng.registry.credit import selectors, services
from zhunsheng.registry.credit.models import Grade, Petition, Scoring

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PROOF = (b"%PDF-1.7\nproof", "复检报告.pdf")


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
def office():
    return make_organisation(division="440000")


@pytest.fixture
def recorder(office):
    return make_member(Role.PROVINCE_OFFICER, office)


@pytest.fixture
def decider(office):
    return make_member(Role.LEGAL_OFFICER, office)


@pytest.fixture
def manager(laboratory):
    return make_member(Role.BODY_MANAGER, laboratory.organisation)


def record(body, by, kind="inaccurate_report", days=10):
    return services.record(
        body_id=body.pk, kind=kind, on=TODAY - timedelta(days=days), source="省局", reference=f"{kind}{days}",
        words="已查实", by=by, at=NOON - timedelta(days=2),
    )  # fmt: skip


def file(event, by, sort="objection", **changed):
    told = {"grounds": "复检结果合格", "evidence": [PROOF], "at": NOON}
    return services.file_petition(event_id=event.pk, sort=sort, by=by, **{**told, **changed})


def decide(petition, by, *, grant=True, words="复检合格，原记录有误"):
    return services.decide_petition(petition_id=petition.pk, grant=grant, words=words, by=by, at=NOON)


def test_an_objection_upheld_withdraws_the_event_and_restores_the_grade(laboratory, recorder, decider, manager):
    for kind in ("inspection_clean", "proficiency_passed"):
        record(laboratory, recorder, kind, 100)
    services.compute_grades(on=TODAY - timedelta(days=3), by=None, at=NOON - timedelta(days=2))
    wrong = record(laboratory, recorder)
    services.compute_grades(on=TODAY - timedelta(days=1), by=None, at=NOON - timedelta(days=1))

    petition = file(wrong, manager)
    decide(petition, decider)

    assert list(Grade.objects.order_by("since").values_list("grade", flat=True)) == ["A", "B", "A"]
    scores = list(Scoring.objects.order_by("pk").values_list("score", flat=True))
    assert scores[0] == scores[-1] > scores[1]
    wrong.refresh_from_db()
    assert wrong.withdrawn_why.startswith(petition.number)
    assert Entry.objects.filter(kind="credit.petition", body=laboratory.slug).count() == 1
    assert Delivery.objects.filter(notice__subject__contains=petition.number).count() == 1


def test_the_clock_of_a_decision_runs_in_working_days(laboratory, recorder, manager):
    """Seven working days from Monday 2 March 2026 end on Wednesday 11 March."""
    assert file(record(laboratory, recorder), manager).due_on.isoformat() == "2026-03-11"


def test_who_took_the_decision_behind_an_event_neither_decides_the_objection_nor_withdraws_it(
    laboratory, decider, manager, client
):
    """Another room writes such an event by itself, so that nobody recorded it here."""
    judge = make_member(Role.PROVINCE_OFFICER, decider.memberships.get().organisation)
    make_member(Role.LEGAL_OFFICER, judge.memberships.get().organisation, user=judge)
    event = services.record(
        body_id=laboratory.pk, kind="order_to_correct", on=TODAY, source="visits", reference="ZG-1", words="责令改正",
        by=None, at=NOON, decided_by=judge,
    )  # fmt: skip
    petition = file(event, manager)

    with pytest.raises(SamePerson):
        decide(petition, judge)
    with pytest.raises(services.NotRecordable):
        services.withdraw(event_id=event.pk, why="x", by=judge, at=NOON)
    client.force_login(judge, BACKEND)
    shown = client.get(reverse("credit:request", args=[petition.number])).content.decode()
    assert "源于您作出的决定" in shown
    assert decide(petition, decider).stage == "granted"


def test_a_request_has_no_last_day_while_the_holidays_are_not_announced(laboratory, recorder, decider, manager, client):
    """No calendar knows the holidays of 2099: no day is guessed, nobody is reminded, the pages say why."""
    petition = file(record(laboratory, recorder), manager, at=NOON.replace(year=2099))

    assert petition.due_on is None
    assert services.give_last_days() == 0
    assert services.remind_of_due(at=NOON.replace(year=2099, month=12)) == 0
    client.force_login(decider, backend=BACKEND)
    for page in (reverse("credit:requests"), reverse("home:home")):
        assert client.get(page).status_code == 200
    assert "办理期限待该年度放假安排公布后确定" in client.get(reverse("credit:request", args=[petition.number])).text


def test_a_request_gets_its_last_day_from_filing_once_the_holidays_are_announced(laboratory, recorder, manager):
    petition = file(record(laboratory, recorder), manager)
    Petition.objects.update(due_on=None)  # as if it had been filed before the notice of its year

    assert services.give_last_days() == 1

    petition.refresh_from_db()
    assert petition.due_on.isoformat() == "2026-03-11"
    assert petition.history.first().history_change_reason == "the holidays of its year are announced"
    assert services.give_last_days() == 0


def test_nobody_decides_about_an_event_that_they_recorded(laboratory, decider, manager):
    petition = file(record(laboratory, decider), manager)

    with pytest.raises(SamePerson):
        decide(petition, decider)
    assert not Entry.objects.filter(kind="credit.petition").exists()


def test_an_objection_refused_leaves_the_event_and_may_be_filed_again(laboratory, recorder, decider, manager):
    event = record(laboratory, recorder)
    first = file(event, manager)
    with pytest.raises(services.NotRecordable) as refused:
        file(event, manager)
    assert refused.value.field == "grounds"

    decide(first, decider, grant=False, words="复检样品不是同一样品")

    event.refresh_from_db()
    assert event.withdrawn_at is None
    assert file(event, manager).number != first.number
    with pytest.raises(IllegalMove):
        decide(first, decider)


def test_only_the_manager_of_the_body_files_and_only_officers_of_the_place_decide(laboratory, recorder, manager):
    event = record(laboratory, recorder)
    others = (
        make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY)),
        make_member(Role.BODY_CLERK, laboratory.organisation),
        recorder,
    )
    for person in others:
        with pytest.raises(NotAllowed):
            file(event, person)
    petition = file(event, manager)
    for person in (manager, make_member(Role.CITY_OFFICER, make_organisation(division="440300"))):
        with pytest.raises(NotAllowed):
            decide(petition, person)


def test_a_general_breach_is_repaired_after_three_months_and_its_effect_ends(laboratory, recorder, decider, manager):
    early = record(laboratory, recorder, "penalty", 30)
    with pytest.raises(services.NotRecordable) as refused:
        file(early, manager, "repair")
    assert refused.value.params == {"day": "2026-04-30"}
    ripe = record(laboratory, recorder, "penalty", 100)
    services.compute_grades(on=TODAY, by=None, at=NOON)
    before = selectors.newest_scoring(laboratory.pk).score

    decide(file(ripe, manager, "repair", grounds="已缴清罚款并整改"), decider, words="材料齐全，准予修复")

    ripe.refresh_from_db()
    assert ripe.repaired_at is not None
    assert ripe.withdrawn_at is None
    assert selectors.newest_scoring(laboratory.pk).score == before + 80


def test_what_law_knows_no_repair_of_is_refused(laboratory, recorder, manager):
    with pytest.raises(services.NotRecordable) as refused:
        file(record(laboratory, recorder, "revoked_for_fraud", 400), manager, "repair")

    assert refused.value.field == "grounds"


def test_an_event_that_counts_no_more_is_neither_objected_to_nor_repaired(laboratory, recorder, manager):
    event = record(laboratory, recorder, "penalty", 100)
    services.withdraw(event_id=event.pk, why="误录", by=recorder, at=NOON)

    for sort in ("objection", "repair"):
        with pytest.raises(services.NotRecordable) as refused:
            file(event, manager, sort)
        assert refused.value.field == "grounds"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"evidence": []}, "evidence"),
        ({"evidence": [(b"a,b\n1,2\n", "a.csv")]}, "evidence"),
        ({"grounds": "  "}, "grounds"),
    ],
)
def test_a_request_without_evidence_or_grounds_is_refused_by_its_field(laboratory, recorder, manager, changed, field):
    with pytest.raises(services.NotRecordable) as refused:
        file(record(laboratory, recorder), manager, **changed)

    assert refused.value.field == field
    assert not Petition.objects.exists()


def test_a_body_takes_its_request_back(laboratory, recorder, decider, manager):
    petition = file(record(laboratory, recorder), manager)

    services.take_back(petition_id=petition.pk, by=manager, at=NOON)

    with pytest.raises(IllegalMove):
        decide(petition, decider)


def test_the_offices_are_reminded_once_before_an_objection_falls_due(laboratory, recorder, manager, decider, client):
    petition = file(record(laboratory, recorder), manager)
    before = NOON + (petition.due_on - TODAY) - timedelta(days=4)

    assert services.remind_of_due(at=before) == 0
    assert services.remind_of_due(at=before + timedelta(days=1)) == 1
    assert services.remind_of_due(at=before + timedelta(days=2)) == 0

    told = Delivery.objects.filter(notice__origin=f"credit.petition-due:{petition.number}")
    office = decider.memberships.get().organisation_id
    assert list(told.values_list("organisation_id", flat=True)) == [office]
    assert petition.due_on.isoformat() in told.get().notice.subject


def test_what_was_decided_is_no_longer_reminded_of(laboratory, recorder, manager, decider):
    petition = file(record(laboratory, recorder), manager)
    decide(petition, decider, grant=False)

    assert services.remind_of_due(at=NOON + timedelta(days=30)) == 0


def test_the_workbench_counts_what_this_officer_may_decide(laboratory, recorder, manager, decider, client):
    petition = file(record(laboratory, recorder), manager)
    client.force_login(decider, backend=BACKEND)

    page = client.get(reverse("home:home")).content.decode()

    assert petition.due_on.isoformat() in page


def test_what_an_officer_recorded_does_not_wait_for_the_same_officer(laboratory, decider, manager, client):
    petition = file(record(laboratory, decider), manager)
    other = make_member(Role.LEGAL_OFFICER, decider.memberships.get().organisation)

    assert not selectors.petitions_waiting(decider, TODAY).exists()
    assert list(selectors.petitions_waiting(other, TODAY)) == [petition]
    client.force_login(decider, backend=BACKEND)
    assert petition.due_on.isoformat() not in client.get(reverse("home:home")).content.decode()
    listed = client.get(f"/en{reverse('credit:requests')}").content.decode()
    assert "No request waits for your decision." in listed
    assert "You recorded this event, or took the decision behind it: another officer decides." in listed


def test_a_decided_request_no_longer_says_until_when_it_is_to_be_decided(
    laboratory, recorder, decider, manager, client
):
    petition = file(record(laboratory, recorder), manager)
    client.force_login(decider, backend=BACKEND)
    page = f"/en{reverse('credit:request', args=[petition.number])}"
    assert "To be decided by" in client.get(page).content.decode()

    decide(petition, decider)

    assert "To be decided by" not in client.get(page).content.decode()
