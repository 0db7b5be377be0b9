"""People get and lose roles by those who may give them, each time with a reason."""

from datetime import timedelta

import pytest

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.history import MissingReason, recorded
from zhunsheng.platform.accounts.models import Kind, Membership, Role, User
from zhunsheng.platform.accounts.policy import NotAllowed, Place
from zhunsheng.platform.accounts.services import members as services
from zhunsheng.platform.accounts.services.members import PersonExists, RoleDoesNotFit
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db
WHY = "调任检验检测监管处"


@pytest.fixture
def office():
    return make_organisation(Kind.AUTHORITY, "440100")


@pytest.fixture
def body():
    return make_organisation(Kind.BODY, "440106")


@pytest.fixture
def officer(office):
    return make_member(Role.CITY_OFFICER, office)


@pytest.fixture
def manager(body):
    return make_member(Role.BODY_MANAGER, body)


def test_an_officer_gives_a_role_in_a_body_of_the_city(officer, body):
    person = make_user()

    services.add_member(user=person, organisation=body, role=Role.BODY_MANAGER, by=officer, at=NOON, why=WHY)

    assert policy.allowed(person, "accounts.manage_members", Place("440106", body.pk), TODAY)


def test_the_history_of_a_role_says_who_when_why_and_what(officer, body):
    person = make_user()

    membership = services.add_member(
        user=person, organisation=body, role=Role.SIGNATORY, by=officer, at=NOON, why=f"  {WHY} "
    )

    row = membership.history.get()
    assert (row.history_user, row.history_change_reason, row.role) == (officer, WHY, Role.SIGNATORY)
    assert row.history_date is not None


@pytest.mark.parametrize("why", ["", "   ", "\n"])
def test_without_a_reason_nothing_is_written(officer, body, why):
    with pytest.raises(MissingReason):
        services.add_member(user=make_user(), organisation=body, role=Role.BODY_CLERK, by=officer, at=NOON, why=why)

    assert not Membership.objects.filter(organisation=body).exists()


def test_a_direct_write_without_a_reason_is_refused_too(body):
    with pytest.raises(MissingReason):
        Membership.objects.create(user=make_user(), organisation=body, role=Role.BODY_CLERK, valid_from=TODAY)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR, Role.PROVINCE_OFFICER])
def test_a_city_officer_cannot_give_a_role_above_their_own(officer, office, role):
    with pytest.raises(NotAllowed):
        services.add_member(user=make_user(), organisation=office, role=role, by=officer, at=NOON, why=WHY)


def test_nobody_gives_a_role_to_themselves(officer, office):
    with pytest.raises(NotAllowed):
        services.add_member(user=officer, organisation=office, role=Role.LEGAL_OFFICER, by=officer, at=NOON, why=WHY)


def test_an_officer_of_another_city_gives_no_role_here(body):
    stranger = make_member(Role.CITY_OFFICER, make_organisation(Kind.AUTHORITY, "440300"))

    with pytest.raises(NotAllowed):
        services.add_member(user=make_user(), organisation=body, role=Role.BODY_CLERK, by=stranger, at=NOON, why=WHY)


def test_a_manager_gives_only_the_roles_of_a_body_and_only_at_home(manager, body, office):
    services.add_member(user=make_user(), organisation=body, role=Role.SIGNATORY, by=manager, at=NOON, why=WHY)

    for organisation, role in (
        (body, Role.EXPERT),
        (office, Role.INSPECTOR),
        (make_organisation(Kind.BODY), Role.BODY_CLERK),
    ):
        with pytest.raises(NotAllowed):
            services.add_member(user=make_user(), organisation=organisation, role=role, by=manager, at=NOON, why=WHY)


@pytest.mark.parametrize(
    ("kind", "role"),
    [(Kind.BODY, Role.INSPECTOR), (Kind.ENTERPRISE, Role.BODY_CLERK), (Kind.AUTHORITY, Role.COUNTY_OFFICER)],
)
def test_a_role_that_does_not_fit_the_organisation_is_refused(officer, kind, role):
    with pytest.raises(RoleDoesNotFit) as refusal:
        services.add_member(
            user=make_user(), organisation=make_organisation(kind, "440100"), role=role, by=officer, at=NOON, why=WHY
        )

    assert refusal.value.field == "role"


def test_nobody_serves_government_and_a_testing_body_at_once(officer, body):
    inspector = make_member(Role.INSPECTOR, make_organisation(Kind.AUTHORITY, "440100"))

    with pytest.raises(RoleDoesNotFit):
        services.add_member(user=inspector, organisation=body, role=Role.BODY_CLERK, by=officer, at=NOON, why=WHY)


def test_the_auditor_holds_no_other_role():
    administrator = make_member(Role.SYSTEM_ADMINISTRATOR)
    office = make_organisation(Kind.AUTHORITY, "440000")
    auditor = make_member(Role.AUDITOR, office)

    with pytest.raises(RoleDoesNotFit):
        services.add_member(
            user=auditor, organisation=office, role=Role.PROVINCE_OFFICER, by=administrator, at=NOON, why=WHY
        )


def test_the_same_role_twice_is_refused(officer, body, manager):
    with pytest.raises(RoleDoesNotFit):
        services.add_member(user=manager, organisation=body, role=Role.BODY_MANAGER, by=officer, at=NOON, why=WHY)


def test_an_ended_role_permits_nothing_from_that_day_and_stays_in_the_past(officer, body, manager):
    membership = manager.memberships.get()

    services.end_membership(membership_id=membership.pk, by=officer, at=NOON, why="离职")

    manager.refresh_from_db()
    assert not policy.reach_of(manager, "accounts.manage_members", TODAY)
    assert policy.reach_of(manager, "accounts.manage_members", TODAY - timedelta(days=1))
    last = membership.history.first()
    assert (last.history_user, last.history_change_reason, last.prev_record.ended_at) == (officer, "离职", None)


def test_a_role_ends_once(officer, manager):
    membership = manager.memberships.get()
    services.end_membership(membership_id=membership.pk, by=officer, at=NOON, why="离职")

    with pytest.raises(RoleDoesNotFit):
        services.end_membership(membership_id=membership.pk, by=officer, at=NOON, why="离职")


def test_after_it_ended_the_same_role_can_be_given_again(officer, body, manager):
    services.end_membership(membership_id=manager.memberships.get().pk, by=officer, at=NOON, why="离职")

    later = NOON + timedelta(days=40)
    services.add_member(
        user=User.objects.get(pk=manager.pk),
        organisation=body,
        role=Role.BODY_MANAGER,
        by=officer,
        at=later,
        why="返聘",
    )

    assert manager.memberships.count() == 2


def test_a_manager_cannot_end_an_officers_role(manager, officer):
    with pytest.raises(NotAllowed):
        services.end_membership(membership_id=officer.memberships.get().pk, by=manager, at=NOON, why=WHY)


def test_a_new_person_starts_with_a_password_that_must_be_changed(officer, body):
    made = services.create_person(
        username="chenmin", display_name="陈敏", organisation=body, role=Role.BODY_MANAGER, by=officer, at=NOON, why=WHY
    )

    assert made.user.password_temporary
    assert made.user.check_password(made.password)
    assert len(made.password) >= 16


def test_a_taken_sign_in_name_is_refused_whatever_its_case(officer, body):
    make_user("ChenMin")

    with pytest.raises(PersonExists):
        services.create_person(
            username="chenmin",
            display_name="陈敏",
            organisation=body,
            role=Role.BODY_CLERK,
            by=officer,
            at=NOON,
            why=WHY,
        )


def test_a_person_whose_role_is_refused_is_not_created(officer, office):
    with pytest.raises(NotAllowed):
        services.create_person(
            username="x", display_name="x", organisation=office, role=Role.AUDITOR, by=officer, at=NOON, why=WHY
        )

    assert not User.objects.filter(username="x").exists()


def test_renewing_a_sign_in_is_only_for_those_who_may_give_every_role_held(officer, manager, body):
    made = services.reset_sign_in(user_id=manager.pk, by=officer, at=NOON, why="手机遗失")
    assert User.objects.get(pk=manager.pk).check_password(made.password)

    other = make_member(Role.BODY_MANAGER, body)
    make_member(Role.EXPERT, make_organisation(Kind.BODY, "440300"), user=other)
    with pytest.raises(NotAllowed):
        services.reset_sign_in(user_id=other.pk, by=officer, at=NOON, why=WHY)


def test_a_closed_account_stays_in_the_history_with_who_and_why(officer, manager):
    services.deactivate_person(user_id=manager.pk, by=officer, at=NOON, why="离职")

    last = User.objects.get(pk=manager.pk).history.first()
    assert (last.is_active, last.prev_record.is_active) == (False, True)
    assert (last.history_user, last.history_change_reason) == (officer, "离职")


def test_signing_in_leaves_no_row_in_the_history(manager, client):
    before = manager.history.count()

    client.force_login(manager)

    assert User.objects.get(pk=manager.pk).last_login is not None
    assert manager.history.count() == before


def test_what_is_written_inside_recorded_names_its_person(officer, body):
    with recorded(officer, "更名"):
        body.name = "新名称"
        body.save()

    row = body.history.first()
    assert (row.history_user, row.history_change_reason, row.prev_record.name != row.name) == (officer, "更名", True)


@pytest.mark.parametrize("act", [services.reset_sign_in, services.deactivate_person])
def test_a_manager_cannot_take_the_account_of_somebody_who_will_be_an_officer(act, manager, body, office):
    person = make_user()
    services.add_member(user=person, organisation=body, role=Role.BODY_CLERK, by=manager, at=NOON, why=WHY)
    with recorded(None, WHY):
        Membership.objects.create(
            user=person, organisation=office, role=Role.CITY_OFFICER, valid_from=TODAY + timedelta(days=30)
        )

    with pytest.raises(NotAllowed):
        act(user_id=person.pk, by=manager, at=NOON, why=WHY)
