"""The policy: what is not granted is refused, and no grant reaches beyond its jurisdiction."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Division, Kind, Level, Membership, Organisation, Role, User, prefix_of
from zhunsheng.platform.accounts.policy import NotAllowed, Place, Reach, Reachable, SamePerson
from zhunsheng.platform.accounts.tests.factories import LONG_AGO, TODAY, make_member, make_organisation, make_user

PROVINCES = ["440000", "430000"]
CODES = [*PROVINCES, "440100", "440300", "430100", "440106", "440305", "430102"]
ACTION = "tests.look"
codes = st.sampled_from(CODES)


@pytest.fixture
def action():
    """Return an action of this test alone."""

    def register(grants):
        policy._grants[ACTION] = {Role(role): Reach(reach) for role, reach in grants.items()}
        return ACTION

    yield register
    policy._grants.pop(ACTION, None)


def person_with(role, kind, code, *, organisation_id=7, valid_from=LONG_AGO, valid_to=None, active=True):
    """Return an unsaved person with one membership, for properties that need no database."""
    division = Division(code=code, level=Level.PROVINCE if code.endswith("0000") else Level.CITY)
    organisation = Organisation(pk=organisation_id, kind=kind, division=division)
    user = User(pk=1, username="someone", is_active=active)
    membership = Membership(user=user, organisation=organisation, role=role, valid_from=valid_from, valid_to=valid_to)
    user.__dict__["_memberships_held"] = [membership]
    return user


def registered_grants():
    return [(action, role) for action, grants in policy.grants().items() for role in grants]


@examples(deadline=None)
@given(
    st.sampled_from(list(Role)),
    st.sampled_from(list(Kind)),
    codes,
    codes,
    st.integers(1, 9),
    st.data(),
)
def test_no_role_reaches_beyond_its_jurisdiction(role, kind, own_code, asked_code, asked_organisation, data):
    action, _ = data.draw(st.sampled_from(registered_grants()))
    person = person_with(role, kind, own_code)

    answer = policy.allowed(person, action, Place(asked_code, asked_organisation), TODAY)

    reach = policy.grants()[action].get(role)
    below = asked_code.startswith(prefix_of(own_code)) and kind in (Kind.AUTHORITY, Kind.DEPARTMENT)
    expected = {
        None: False,
        Reach.OWN: asked_organisation == 7,
        Reach.DIVISION: below,
        Reach.EVERYWHERE: kind in (Kind.AUTHORITY, Kind.DEPARTMENT),
    }[reach]
    assert answer is expected


@examples(deadline=None)
@given(st.sampled_from(list(Role)), codes, codes)
def test_only_roles_that_reach_everywhere_cross_a_province(role, own_code, asked_code):
    if own_code[:2] == asked_code[:2]:
        return
    person = person_with(role, Kind.AUTHORITY, own_code)
    for action, grants in policy.grants().items():
        if grants.get(role) is not Reach.EVERYWHERE:
            assert not policy.allowed(person, action, Place(asked_code, 99), TODAY), action


@examples(deadline=None)
@given(st.text(max_size=30), st.sampled_from(list(Role)))
def test_an_action_nobody_registered_is_refused_to_everyone(action, role):
    if action not in policy.grants():
        assert not policy.allowed(person_with(role, Kind.AUTHORITY, "440000"), action, Place("440000", 7), TODAY)


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_whoever_is_not_signed_in_may_do_nothing(nobody):
    assert all(not policy.reach_of(nobody, action, TODAY) for action in policy.grants())


@examples(deadline=None)
@given(st.integers(-400, 400), st.integers(0, 300))
def test_a_membership_permits_from_its_first_to_its_last_day_and_no_longer(offset, length):
    first = TODAY + timedelta(days=offset)
    last = first + timedelta(days=length)
    person = person_with(Role.CITY_OFFICER, Kind.AUTHORITY, "440100", valid_from=first, valid_to=last)

    assert policy.allowed(person, "accounts.view_organisations", Place("440106"), TODAY) is (first <= TODAY <= last)


def test_a_closed_account_may_do_nothing():
    person = person_with(Role.SYSTEM_ADMINISTRATOR, Kind.AUTHORITY, "440000", active=False)

    assert not policy.reach_of(person, "accounts.view_organisations", TODAY)


def test_an_officer_role_in_a_testing_body_reaches_nothing():
    person = person_with(Role.PROVINCE_OFFICER, Kind.BODY, "440000")

    assert not policy.reach_of(person, "accounts.manage_members", TODAY)


def test_a_county_does_not_reach_its_city():
    person = person_with(Role.COUNTY_OFFICER, Kind.AUTHORITY, "440106")

    assert policy.allowed(person, "accounts.view_organisations", Place("440106"), TODAY)
    assert not policy.allowed(person, "accounts.view_organisations", Place("440100"), TODAY)
    assert not policy.allowed(person, "accounts.view_organisations", Place("440105"), TODAY)


@pytest.mark.parametrize("code", ["", "44", "4401", "4401060", None])
def test_a_place_without_a_six_digit_division_is_in_no_division(code):
    person = person_with(Role.PROVINCE_OFFICER, Kind.AUTHORITY, "440000")

    assert not policy.allowed(person, "accounts.view_organisations", Place(code), TODAY)


def test_refusal_names_the_action_and_a_remedy():
    with pytest.raises(NotAllowed) as refusal:
        policy.require(None, "accounts.manage_members", Place("440100"), TODAY)

    assert refusal.value.params == {"action": "accounts.manage_members"}
    assert refusal.value.remedy


@pytest.mark.django_db
def test_reach_adds_up_over_memberships_and_keeps_only_the_outermost_division():
    user = make_member(Role.COUNTY_OFFICER, make_organisation(division="440106"))
    make_member(Role.CITY_OFFICER, make_organisation(division="440100"), user=user)
    make_member(Role.COUNTY_OFFICER, make_organisation(division="440305"), user=user)

    reach = policy.reach_of(user, "accounts.view_organisations", TODAY)

    assert reach == Reachable(division_prefixes=("4401", "440305"))


@pytest.mark.django_db
def test_a_query_by_reach_finds_exactly_what_the_policy_allows():
    kinds = [Kind.AUTHORITY, Kind.BODY]
    organisations = [make_organisation(kind, code) for code in CODES for kind in kinds]
    members = [make_member(Role.CITY_OFFICER, organisations[4]), make_member(Role.BODY_MANAGER, organisations[5])]
    members += [make_member(Role.AUDITOR, organisations[0]), make_member(Role.COUNTY_OFFICER, organisations[10])]
    for person in members:
        reach = policy.reach_of(person, "accounts.view_organisations", TODAY)

        found = set(Organisation.objects.filter(reach.as_q(organisation="pk")).values_list("pk", flat=True))

        assert found == {
            one.pk
            for one in organisations
            if policy.allowed(person, "accounts.view_organisations", Place(one.division_id, one.pk), TODAY)
        }


@pytest.mark.django_db
def test_all_questions_of_one_page_cost_one_query(django_assert_num_queries):
    user = User.objects.get(pk=make_member().pk)

    with django_assert_num_queries(1):
        for action in policy.grants():
            policy.allowed(user, action, Place("440106", 3), TODAY)


@pytest.mark.django_db
def test_a_new_role_counts_at_once_for_the_person_at_hand():
    user = make_user()
    assert not policy.reach_of(user, "accounts.view_organisations", TODAY)

    make_member(Role.CITY_OFFICER, user=user)

    assert policy.reach_of(user, "accounts.view_organisations", TODAY)


def test_registering_an_action_twice_with_other_grants_is_refused(action):
    name = action({Role.AUDITOR: Reach.EVERYWHERE})
    policy.register(name, {Role.AUDITOR: Reach.EVERYWHERE})

    with pytest.raises(ValueError, match="registered twice"):
        policy.register(name, {Role.AUDITOR: Reach.OWN})


def test_who_reviews_does_not_decide():
    policy.keep_apart("tests.review", "tests.decide")
    reviewer, other = User(pk=4), User(pk=5)

    policy.refuse_same_person("tests.review", [4, None], "tests.decide", other)
    with pytest.raises(SamePerson):
        policy.refuse_same_person("tests.review", [4], "tests.decide", reviewer)
    with pytest.raises(SamePerson):
        policy.refuse_same_person("tests.decide", [4], "tests.review", reviewer)


def test_separating_duties_that_were_never_registered_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="not registered"):
        policy.refuse_same_person("tests.one", [1], "tests.two", User(pk=2))


def test_the_auditor_is_granted_no_action_that_writes():
    writing = ("manage", "create", "change", "decide", "submit", "withdraw", "import", "revoke", "end")
    for action, grants in policy.grants().items():
        if action.rpartition(".")[2].startswith(writing):
            assert Role.AUDITOR not in grants, action


def test_prefixes_follow_the_levels_of_gb_t_2260():
    assert [prefix_of(code) for code in ("440000", "440100", "440106", "441900")] == ["44", "4401", "440106", "4419"]
