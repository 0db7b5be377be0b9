"""The pages of accounts: in sight or 404, allowed or 403, few queries, and every form ends in its service."""

import pytest
from django.urls import reverse

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import ApiClient, Kind, Membership, Organisation, Role, User
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.platform.accounts.services.access import note_access
from zhunsheng.platform.accounts.tests.factories import NOON, make_division, make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db
CHINESE = {"headers": {"accept-language": "zh-Hans"}}


@pytest.fixture
def office():
    return make_organisation(Kind.AUTHORITY, "440100", name="广州市市场监督管理局")


@pytest.fixture
def body():
    return make_organisation(Kind.BODY, "440106", name="天河水质检测中心")


@pytest.fixture
def officer(office):
    return make_member(Role.CITY_OFFICER, office, user=make_user("officer", display_name="李卫"))


@pytest.fixture
def manager(body):
    return make_member(Role.BODY_MANAGER, body, user=make_user("manager", display_name="陈敏"))


def page_names(body, membership, person, client):
    return {
        "accounts:me": [],
        "accounts:organisations": [],
        "accounts:organisation-new": [],
        "accounts:organisation": [body.pk],
        "accounts:organisation-change": [body.pk],
        "accounts:organisation-history": [body.pk],
        "accounts:member-add": [body.pk],
        "accounts:client-new": [body.pk],
        "accounts:membership-end": [membership.pk],
        "accounts:person-reset": [person.pk],
        "accounts:person-deactivate": [person.pk],
        "accounts:clients": [],
        "accounts:client": [client.pk],
        "accounts:client-rotate": [client.pk],
        "accounts:client-stop": [client.pk],
        "accounts:access": [],
    }


@pytest.fixture
def program(body, manager, client):
    client.force_login(manager)
    client.post(reverse("accounts:client-new", args=[body.pk]), {"name": "LIMS", "why": "系统对接"})
    client.logout()
    return ApiClient.objects.get()


def test_a_laboratory_without_a_program_reads_how_it_gets_one(client, body, manager):
    client.force_login(manager)

    page = client.get(reverse("accounts:clients"), headers={"accept-language": "en"}).content.decode()

    assert "No program submits or reads here yet." in page
    assert "it gets a number and a secret, shown once" in page
    assert reverse("accounts:client-new", args=[body.pk]) in page


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_administrator_can_open_every_page_in_both_languages(client, body, manager, program, language):
    administrator = make_member(Role.SYSTEM_ADMINISTRATOR, make_organisation(Kind.AUTHORITY, "440000"))
    client.force_login(administrator)

    for name, args in page_names(body, manager.memberships.get(), manager, program).items():
        answer = client.get(reverse(name, args=args), headers={"accept-language": language})
        assert answer.status_code == 200, name
        assert answer.content.count(b"<h1") == 1, name


def test_whoever_is_not_signed_in_is_asked_to_sign_in(client, body, manager, program):
    for name, args in page_names(body, manager.memberships.get(), manager, program).items():
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 302, name
        assert reverse("account_login") in answer["Location"], name


def test_out_of_sight_is_404_and_in_sight_but_not_allowed_is_403(client, body, manager, program):
    stranger = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY, "440106"))
    clerk = make_member(Role.BODY_CLERK, body)
    pages = page_names(body, manager.memberships.get(), manager, program)
    of_all = {
        "accounts:me",
        "accounts:organisations",
        "accounts:clients",
        "accounts:organisation-new",
        "accounts:access",
    }
    client.force_login(stranger)
    for name in pages.keys() - of_all:
        assert client.get(reverse(name, args=pages[name])).status_code == 404, name
    assert client.get(reverse("accounts:organisation-new")).status_code == 403

    client.force_login(clerk)
    assert client.get(reverse("accounts:organisation", args=[body.pk])).status_code == 200
    for name in ("accounts:organisation-change", "accounts:member-add", "accounts:client-new"):
        assert client.get(reverse(name, args=[body.pk])).status_code == 403, name
    assert client.get(reverse("accounts:access")).status_code == 403
    assert client.get(reverse("accounts:organisation-history", args=[body.pk])).status_code == 404


def test_a_clerk_who_posts_a_form_that_is_not_theirs_changes_nothing(client, body, manager, program):
    client.force_login(make_member(Role.BODY_CLERK, body))
    membership = manager.memberships.get()

    for name, args in (
        ("accounts:membership-end", [membership.pk]),
        ("accounts:person-reset", [manager.pk]),
        ("accounts:person-deactivate", [manager.pk]),
    ):
        assert client.post(reverse(name, args=args), {"why": "试"}).status_code == 403, name
    membership.refresh_from_db()
    assert membership.ended_at is None
    assert User.objects.get(pk=manager.pk).is_active


def test_an_officer_registers_a_body_then_its_manager_then_sees_both_in_the_history(client, officer):
    division = make_division("440106", "天河区")
    client.force_login(officer)
    new = {"kind": Kind.BODY, "name": "新检测公司", "division": division.pk, "why": "新设机构"}

    answer = client.post(reverse("accounts:organisation-new"), new)
    made = Organisation.objects.get(name="新检测公司")
    assert answer["Location"] == reverse("accounts:organisation", args=[made.pk])

    shown = client.post(
        reverse("accounts:member-add", args=[made.pk]),
        {"person": "new", "username": "zhou", "display_name": "周宁", "role": Role.BODY_MANAGER, "why": "机构申请"},
    )
    person = User.objects.get(username="zhou")
    assert person.check_password(shown.context["facts"][1][1])
    assert shown.context["facts"][1][1] in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]

    history = client.get(reverse("accounts:organisation-history", args=[made.pk]), **CHINESE).content.decode()
    for words in ("新设机构", "机构申请", "李卫", "新检测公司", "周宁", "机构管理员"):
        assert words in history


def test_a_form_without_a_reason_is_refused_beside_the_field(client, officer, body):
    client.force_login(officer)

    answer = client.post(reverse("accounts:organisation-change", args=[body.pk]), {"name": "x", "kind": Kind.BODY})

    assert answer.status_code == 422
    assert "why" in answer.context["form"].errors
    assert Organisation.objects.get(pk=body.pk).name == "天河水质检测中心"


def test_a_refusal_of_the_domain_stands_beside_its_field(client, officer, body):
    client.force_login(officer)
    same = {"kind": Kind.BODY, "name": body.name, "division": body.division_id, "uscc": "123", "why": "重复"}

    answer = client.post(reverse("accounts:organisation-new"), same)

    assert answer.status_code == 422
    assert "uscc" in answer.context["form"].errors


def test_a_known_person_is_added_by_name_and_an_unknown_one_refused(client, manager, body):
    known = make_user("known", display_name="吴芳")
    client.force_login(manager)
    address = reverse("accounts:member-add", args=[body.pk])
    given = {"person": "known", "username": "known", "role": Role.SIGNATORY, "why": "授权签字人变更"}

    assert client.post(address, given | {"username": "nobody"}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert known.memberships.get().role == Role.SIGNATORY


def test_a_manager_is_offered_only_the_roles_they_may_give(client, manager, body):
    client.force_login(manager)

    form = client.get(reverse("accounts:member-add", args=[body.pk])).context["form"]

    assert [value for value, _ in form.fields["role"].choices] == [Role.BODY_MANAGER, Role.SIGNATORY, Role.BODY_CLERK]


def test_a_role_is_ended_by_its_page(client, officer, manager):
    client.force_login(officer)

    client.post(reverse("accounts:membership-end", args=[manager.memberships.get().pk]), {"why": "离职"})

    assert Membership.objects.get(user=manager).ended_at is not None


def test_a_secret_is_shown_once(client, manager, program):
    client.force_login(manager)

    shown = client.post(reverse("accounts:client-rotate", args=[program.pk]), {"why": "定期更换"})

    secret = shown.context["facts"][1][1]
    assert secret in shown.content.decode()
    later = client.get(reverse("accounts:client", args=[program.pk]), **CHINESE).content.decode()
    assert secret not in later
    assert "定期更换" in later
    assert "argon2" not in later


def test_people_change_their_own_name_and_language(client, manager):
    client.force_login(manager)

    client.post(reverse("accounts:me"), {"display_name": "陈敏敏", "email": "", "locale": "en"})

    person = User.objects.get(pk=manager.pk)
    assert (person.display_name, person.locale) == ("陈敏敏", "en")
    assert person.history.first().history_user == manager


def fill(count):
    division = make_division("440106")
    with recorded(None, "test data"):
        for number in range(count):
            made = Organisation.objects.create(kind=Kind.BODY, name=f"机构 {number:03}", division=division)
            person = make_user()
            Membership.objects.create(user=person, organisation=made, role=Role.BODY_CLERK, valid_from=NOON.date())


@pytest.mark.parametrize("name", ["accounts:organisations", "accounts:clients", "accounts:access"])
def test_lists_cost_the_same_few_queries_however_long(client, name, django_assert_max_num_queries):
    fill(60)
    province = make_organisation(Kind.AUTHORITY, "440000")
    client.force_login(make_member(Role.SYSTEM_ADMINISTRATOR, province))
    for number in range(60):
        note_access(make_user(), f"记录 {number}", "核查", owner=Place("440106"), at=NOON)

    with django_assert_max_num_queries(8):
        assert client.get(reverse(name)).status_code == 200


def test_an_organisations_page_costs_few_queries(client, officer, body, django_assert_max_num_queries):
    for _ in range(30):
        make_member(Role.BODY_CLERK, body)
    client.force_login(officer)

    with django_assert_max_num_queries(8):
        assert client.get(reverse("accounts:organisation", args=[body.pk])).status_code == 200


def test_a_list_is_filtered_by_words_kind_and_division(client, officer, body):
    make_organisation(Kind.ENTERPRISE, "440104", name="越秀食品厂")
    client.force_login(officer)

    def found(**asked):
        table = client.get(reverse("accounts:organisations"), asked).context["table"]
        return {row.record.name for row in table.rows}

    assert found(q="水质") == {"天河水质检测中心"}
    assert found(kind=Kind.ENTERPRISE) == {"越秀食品厂"}
    assert found(division="440106") == {"天河水质检测中心"}
    assert found(division="440100") == {"天河水质检测中心", "越秀食品厂", "广州市市场监督管理局"}
    assert found(q="没有") == set()


def test_a_list_is_exported_as_filtered(client, officer, body):
    client.force_login(officer)

    answer = client.get(reverse("accounts:organisations"), {"export": "csv", "q": "水质"})

    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "天河水质检测中心" in rows[1]


def test_the_menu_under_the_name_leads_to_what_the_role_may_read(client, office, manager):
    auditor = make_member(Role.AUDITOR, office, user=make_user("auditor"))
    records, clients = reverse("accounts:access"), reverse("accounts:clients")

    client.force_login(auditor)
    page = client.get(reverse("accounts:me")).content.decode()
    assert f'href="{records}"' in page
    assert f'href="{clients}"' not in page

    client.force_login(manager)
    assert f'href="{clients}"' in client.get(reverse("accounts:me")).content.decode()


def test_the_list_of_api_clients_offers_a_new_one_for_ones_own_organisation(client, body, manager):
    client.force_login(manager)

    page = client.get(reverse("accounts:clients")).content.decode()

    assert f'href="{reverse("accounts:client-new", args=[body.pk])}"' in page
