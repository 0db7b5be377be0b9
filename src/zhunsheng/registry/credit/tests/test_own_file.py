"""Assessors and signatories read what was recorded about themselves, and about nobody else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation, make_user
from zhunsheng.registry.bodies.models import Expert, Person
from zhunsheng.registry.bodies.tests.factories import make_body
from zhunsheng.registry.credit import selectors, services
from zhunsheng.registry.credit.models import PersonAccount
from zhunsheng.registry.credit.services import NotRecordable

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def expert(code, division):
    """Return an assessor of the register with an account of their own."""
    account = make_member(Role.EXPERT, make_organisation(Kind.BODY, division="440100"))
    with recorded(None, "test data"):
        return Expert.objects.create(
            code=code, name=f"评审员{code}", rank="assessor", user=account, valid_from=date(2020, 1, 1),
            division=division,
        )  # fmt: skip


def test_an_assessor_sees_their_own_entries_with_source_and_nobody_elses(client):
    officer = make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))
    province = officer.memberships.get().organisation.division
    one, other = (expert(code, province) for code in ("E-1", "E-2"))
    for who in (one, other):
        services.record_person_event(
            expert_id=who.pk, kind="commended", on=TODAY, source="省局认监处", reference=f"表扬{who.code}",
            words=f"{who.name}评审质量优秀", by=officer, at=NOON,
        )  # fmt: skip
    client.force_login(one.user, BACKEND)

    shown = client.get(reverse("credit:own-file")).content.decode()

    assert "评审员E-1评审质量优秀" in shown
    assert "省局认监处" in shown
    assert "E-2" not in shown
    assert client.get(reverse("credit:expert", args=[other.pk])).status_code == 404
    client.force_login(officer, BACKEND)
    assert client.get(reverse("credit:own-file")).status_code == 404


def test_an_account_that_nobody_linked_is_told_whom_to_ask(client):
    client.force_login(make_member(Role.EXPERT, make_organisation(Kind.BODY, division="440100")), BACKEND)

    assert "尚未与评审员、专家名录关联" in client.get(reverse("credit:own-file")).content.decode()


@pytest.fixture
def officer():
    return make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))


@pytest.fixture
def body():
    organisation = make_organisation(Kind.BODY, division="440100")
    return make_body(organisation=organisation, division=organisation.division)


@pytest.fixture
def person(body, officer):
    return staff(body, "P01", "李示范", officer)


def staff(body, code, name, officer):
    """Return somebody on a body's staff with an event in their file."""
    with recorded(None, "test data"):
        made = Person.objects.create(body=body, code=code, name=name)
    services.record_person_event(
        person_id=made.pk, kind="signed_outside_field", on=TODAY, source="省局认监处", reference=f"粤诚{code}",
        words=f"{code}超范围签发", by=officer, at=NOON,
    )  # fmt: skip
    return made


def signatory(body, name="李示范"):
    return make_member(Role.SIGNATORY, body.organisation, user=make_user(display_name=name))


def link(person, user, by, **more):
    return services.link_account(
        person_id=person.pk, username=user.username if user else "", by=by, why="当面核对身份证", **{"at": NOON, **more}
    )


def own(client, user):
    client.force_login(user, BACKEND)
    return client.get(reverse("credit:own-file")).content.decode()


def test_a_signatory_sees_their_own_entries_once_an_officer_linked_the_account(client, body, person, officer):
    user = signatory(body)
    staff(body, "P02", "王示范", officer)
    assert "P01超范围签发" not in own(client, user)

    link(person, user, officer)

    shown = own(client, user)
    assert "P01超范围签发" in shown
    assert "P02" not in shown
    assert PersonAccount.objects.get().history.get().history_change_reason == "当面核对身份证"


def test_the_same_name_alone_links_nobody(client, body, person):
    assert "尚未与所在机构的人员关联" in own(client, signatory(body, person.name))


def test_what_is_recorded_about_the_same_person_at_another_body_is_theirs_too(client, body, person, officer):
    other = staff(make_body("231912050002", division=body.division), "P09", "李示范", officer)
    with recorded(None, "test data"):
        for one in (person, other):
            one.number_index = "f" * 64
            one.save(update_fields=["number_index"])
    user = signatory(body)

    link(person, user, officer)

    assert "P09超范围签发" in own(client, user)


@pytest.mark.parametrize("changed", [{"name": "赵示范"}, {"number_index": "e" * 64}])
def test_a_staff_code_given_to_somebody_else_ends_what_the_account_sees(client, body, person, officer, changed):
    user = signatory(body)
    link(person, user, officer)

    Person.objects.filter(pk=person.pk).update(**changed)

    assert "P01超范围签发" not in own(client, user)
    assert selectors.account_of(Person.objects.get(pk=person.pk)) is None


def test_a_link_is_ended_with_its_reason_and_kept(client, body, person, officer):
    user = signatory(body)
    link(person, user, officer)

    assert link(person, None, officer, at=NOON + timedelta(days=1)) is None

    assert "P01超范围签发" not in own(client, user)
    assert PersonAccount.objects.get().ended_at == NOON + timedelta(days=1)
    assert link(person, user, officer, at=NOON + timedelta(days=2)) == PersonAccount.objects.get(ended_at=None)


def test_the_same_link_again_changes_nothing(body, person, officer):
    user = signatory(body)

    assert link(person, user, officer) == link(person, user, officer)


def test_who_may_not_write_the_file_links_nobody(body, person, officer):
    user = signatory(body)
    elsewhere = make_member(Role.CITY_OFFICER, make_organisation(division="440300"))
    for by in (user, make_member(Role.BODY_MANAGER, body.organisation), elsewhere):
        with pytest.raises(NotAllowed):
            link(person, user, by)
    assert not PersonAccount.objects.exists()


def test_only_an_account_of_a_signatory_of_the_body_that_stands_for_nobody_else_is_linked(body, person, officer):
    user = signatory(body)
    foreign = signatory(make_body("231912050003", organisation=make_organisation(Kind.BODY, division="440100")))
    manager = make_member(Role.BODY_MANAGER, body.organisation)
    for wrong in (foreign, manager, officer):
        with pytest.raises(NotRecordable):
            link(person, wrong, officer)
    link(person, user, officer)
    with pytest.raises(NotRecordable):
        link(staff(body, "P02", "王示范", officer), user, officer)
    with pytest.raises(NotRecordable):
        services.link_account(person_id=person.pk, username="", by=officer, at=NOON, why=" ")
    assert PersonAccount.objects.get().ended_at is None


def test_an_officer_links_an_account_on_a_page_that_others_do_not_have(client, body, person, officer):
    user, address = signatory(body), reverse("credit:person-account", args=[person.pk])
    client.force_login(user, BACKEND)
    assert client.get(address).status_code == 404
    client.force_login(make_member(Role.INSPECTOR, officer.memberships.get().organisation), BACKEND)
    assert client.get(address).status_code == 403

    client.force_login(officer, BACKEND)
    assert address in client.get(reverse("credit:person", args=[person.pk])).content.decode()
    refused = client.post(address, {"username": "nobody-here", "why": "核对"})
    assert "没有登录名为 nobody-here 的账号" in refused.content.decode()
    assert client.post(address, {"username": user.username, "why": "核对"}).status_code == 302

    assert f"登录账号：{user.username}" in client.get(reverse("credit:person", args=[person.pk])).content.decode()


def test_an_english_file_names_the_body_in_english(client, body, person, officer):
    with recorded(None, "test data"):
        body.name_en = "Model Testing"
        body.save(update_fields=["name_en"])
    user = signatory(body)
    link(person, user, officer)
    client.force_login(user, BACKEND)

    row = client.get(f"/en{reverse('credit:own-file')}").content.decode()

    assert "Model Testing</td>" in row.replace("\n", "").replace(" </td>", "</td>")
    assert body.name not in row
