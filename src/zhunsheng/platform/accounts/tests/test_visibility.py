"""Every list begins with what the reader may see, for each role."""

import pytest

from zhunsheng.platform.accounts import selectors
from zhunsheng.platform.accounts.history import MissingReason
from zhunsheng.platform.accounts.models import AccessRecord, Kind, Organisation, Role
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.services.clients import create_api_client
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Return a small country: two provinces, two cities, a county, bodies, a department, an enterprise."""
    return {
        "province": make_organisation(Kind.AUTHORITY, "440000"),
        "guangzhou": make_organisation(Kind.AUTHORITY, "440100"),
        "tianhe": make_organisation(Kind.AUTHORITY, "440106"),
        "ecology": make_organisation(Kind.DEPARTMENT, "440100", sector="ecology"),
        "body": make_organisation(Kind.BODY, "440106"),
        "shenzhen_body": make_organisation(Kind.BODY, "440305"),
        "hunan_body": make_organisation(Kind.BODY, "430102"),
        "enterprise": make_organisation(Kind.ENTERPRISE, "440106"),
    }


ALL = {"province", "guangzhou", "tianhe", "ecology", "body", "shenzhen_body", "hunan_body", "enterprise"}
GUANGZHOU = {"guangzhou", "tianhe", "ecology", "body", "enterprise"}
TIANHE = {"tianhe", "body", "enterprise"}
SEES = [
    (Role.SYSTEM_ADMINISTRATOR, "province", ALL),
    (Role.AUDITOR, "province", ALL),
    (Role.PROVINCE_OFFICER, "province", ALL - {"hunan_body"}),
    (Role.CITY_OFFICER, "guangzhou", GUANGZHOU),
    (Role.COUNTY_OFFICER, "tianhe", TIANHE),
    (Role.DEPARTMENT_OFFICER, "ecology", GUANGZHOU),
    (Role.REVIEWER, "guangzhou", GUANGZHOU),
    (Role.INSPECTOR, "tianhe", TIANHE),
    (Role.LEGAL_OFFICER, "guangzhou", GUANGZHOU),
    (Role.BODY_MANAGER, "body", {"body"}),
    (Role.SIGNATORY, "body", {"body"}),
    (Role.BODY_CLERK, "body", {"body"}),
    (Role.EXPERT, "body", {"body"}),
    (Role.ENTERPRISE, "enterprise", {"enterprise"}),
]


def names(world, found):
    keys = {one.pk: name for name, one in world.items()}
    return {keys[pk] for pk in found.values_list("pk", flat=True)}


@pytest.mark.parametrize(("role", "at", "seen"), SEES)
def test_each_role_sees_its_organisations_and_no_others(world, role, at, seen):
    person = make_member(role, world[at])

    assert names(world, selectors.organisations_visible_to(person, TODAY)) == seen


def test_every_role_is_covered_by_that_table():
    assert {role for role, _, _ in SEES} == set(Role)


def test_a_person_without_a_role_sees_nothing_but_themselves(world):
    person = make_user()

    assert not selectors.organisations_visible_to(person, TODAY).exists()
    assert not selectors.api_clients_visible_to(person, TODAY).exists()
    assert not selectors.access_records_visible_to(person, TODAY).exists()
    assert not selectors.histories_visible_to(person, TODAY).exists()
    assert list(selectors.people_visible_to(person, TODAY)) == [person]


@pytest.mark.parametrize(
    ("role", "at", "others"),
    [
        (Role.CITY_OFFICER, "guangzhou", {"tianhe", "body"}),
        (Role.BODY_CLERK, "body", {"body"}),
        (Role.INSPECTOR, "tianhe", set()),
        (Role.ENTERPRISE, "enterprise", set()),
        (Role.AUDITOR, "province", {"tianhe", "body", "hunan_body"}),
    ],
)
def test_each_role_sees_the_people_it_may(world, role, at, others):
    people = {name: make_member(Role.EXPERT, world[name]) for name in ("tianhe", "body", "hunan_body")}
    person = make_member(role, world[at])

    seen = set(selectors.people_visible_to(person, TODAY))

    assert seen == {people[name] for name in others} | {person}


def test_clients_are_seen_by_their_manager_and_the_administrator_alone(world):
    manager = make_member(Role.BODY_MANAGER, world["body"])
    made = create_api_client(organisation=world["body"], name="LIMS", by=manager, at=NOON, why="对接")
    expected = {Role.BODY_MANAGER: True, Role.SYSTEM_ADMINISTRATOR: True}

    for role, at, _ in SEES:
        seen = list(selectors.api_clients_visible_to(make_member(role, world[at]), TODAY))
        assert seen == ([made.client] if expected.get(role) else []), role


def test_service_accounts_are_not_people(world):
    manager = make_member(Role.BODY_MANAGER, world["body"])
    made = create_api_client(organisation=world["body"], name="LIMS", by=manager, at=NOON, why="对接")

    assert made.client.user not in selectors.people_visible_to(manager, TODAY)
    assert [one.user for one in selectors.people_of(world["body"], TODAY)] == [manager]


def test_a_read_of_a_secret_is_recorded_with_who_what_when_and_why(world):
    officer = make_member(Role.CITY_OFFICER, world["guangzhou"])

    note_access(officer, world["body"], "核对人员身份", owner=Place("440106", world["body"].pk), at=NOON)

    record = AccessRecord.objects.get()
    assert (record.at, record.user_id, record.user_name) == (NOON, officer.pk, str(officer))
    assert (record.subject_kind, record.subject_id) == ("accounts.organisation", str(world["body"].pk))
    assert (record.reader_organisations, record.why) == (world["guangzhou"].name, "核对人员身份")


def test_a_read_without_a_reason_is_refused(world):
    with pytest.raises(MissingReason):
        note_access(make_user(), "一份委托报告", "  ")


def test_an_access_record_never_changes_and_never_goes(world):
    record = note_access(make_user(), "一份委托报告", "核查", at=NOON)
    record.why = "另一理由"

    with pytest.raises(TypeError):
        record.save()
    with pytest.raises(TypeError):
        record.delete()


def test_access_records_are_seen_by_the_owner_the_province_and_the_auditor(world):
    officer = make_member(Role.CITY_OFFICER, world["guangzhou"])
    record = note_access(officer, "人员证件号", "核查", owner=Place("440106", world["body"].pk), at=NOON)
    expected = {Role.BODY_MANAGER, Role.PROVINCE_OFFICER, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR}

    for role, at, _ in SEES:
        seen = list(selectors.access_records_visible_to(make_member(role, world[at]), TODAY))
        assert seen == ([record] if role in expected else []), role


def test_head_counts_count_people_with_a_role_today(world):
    person = make_member(Role.BODY_MANAGER, world["body"])
    make_member(Role.SIGNATORY, world["body"], user=person)
    make_member(Role.BODY_CLERK, world["body"], valid_to=TODAY.replace(day=1))

    counted = selectors.with_member_counts(Organisation.objects.filter(pk=world["body"].pk), TODAY)

    assert vars(counted.get())["members"] == 1
