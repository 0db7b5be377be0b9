"""Organisations are registered and changed within reach, with a reason, and their history shows before and after."""

import pytest
from django.utils import translation

from zhunsheng.foundation.identifiers import IdentifierError, parse_uscc
from zhunsheng.platform import refusals
from zhunsheng.platform.accounts import selectors
from zhunsheng.platform.accounts.changes import changes_of
from zhunsheng.platform.accounts.history import MissingReason, create_recorded, recorded, update_recorded
from zhunsheng.platform.accounts.models import Kind, Organisation, Role, Sector
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.services.organisations import (
    NotAnOrganisation,
    OrganisationFacts,
    change_organisation,
    create_organisation,
)
from zhunsheng.platform.accounts.tests.factories import NOON, make_division, make_member, make_organisation

pytestmark = pytest.mark.django_db
HUAWEI = "914403001922038216"  # Huawei Technologies' published code: a real one with a true check character


@pytest.fixture
def officer():
    return make_member(Role.CITY_OFFICER, make_organisation(Kind.AUTHORITY, "440100", name="广州市市场监督管理局"))


def facts(**changed):
    return OrganisationFacts(
        **{"kind": Kind.BODY, "name": "越秀检测有限公司", "division": make_division("440104"), **changed}
    )


def test_an_officer_registers_a_body_of_the_city(officer):
    stated = facts(uscc=HUAWEI, phone=" 020-12315 ", court="广州铁路运输法院")
    made = create_organisation(facts=stated, by=officer, at=NOON, why="新设机构")
    assert (made.phone, made.court) == ("020-12315", "广州铁路运输法院")

    row = made.history.get()
    assert (made.uscc, row.history_user, row.history_change_reason) == (HUAWEI, officer, "新设机构")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "  "}, "name"),
        ({"kind": Kind.DEPARTMENT}, "sector"),
    ],
)
def test_what_an_organisation_cannot_be_is_refused_with_its_field(officer, changed, field):
    with pytest.raises(NotAnOrganisation) as refusal:
        create_organisation(facts=facts(**changed), by=officer, at=NOON, why="新设机构")

    assert refusal.value.field == field


def test_a_credit_code_with_a_wrong_check_character_is_refused(officer):
    with pytest.raises(IdentifierError):
        create_organisation(facts=facts(uscc=HUAWEI[:-1] + "7"), by=officer, at=NOON, why="新设机构")

    assert not Organisation.objects.filter(name="越秀检测有限公司").exists()


def test_a_credit_code_stands_for_one_organisation(officer):
    create_organisation(facts=facts(uscc=HUAWEI), by=officer, at=NOON, why="新设机构")

    with pytest.raises(NotAnOrganisation) as refusal:
        create_organisation(facts=facts(uscc=HUAWEI, name="另一名称"), by=officer, at=NOON, why="新设机构")

    assert refusal.value.field == "uscc"


def test_a_name_stands_once_in_a_division(officer):
    create_organisation(facts=facts(), by=officer, at=NOON, why="新设机构")

    with pytest.raises(NotAnOrganisation):
        create_organisation(facts=facts(), by=officer, at=NOON, why="新设机构")


def test_another_citys_officer_registers_nothing_here(officer):
    with pytest.raises(NotAllowed):
        create_organisation(facts=facts(division=make_division("440300")), by=officer, at=NOON, why="新设机构")


def test_a_body_manager_registers_nothing():
    manager = make_member(Role.BODY_MANAGER, make_organisation(Kind.BODY, "440104"))

    with pytest.raises(NotAllowed):
        create_organisation(facts=facts(), by=manager, at=NOON, why="新设机构")


def test_without_a_reason_nothing_is_registered(officer):
    with pytest.raises(MissingReason):
        create_organisation(facts=facts(), by=officer, at=NOON, why=" ")


def test_an_authority_stands_under_one_of_a_division_above(officer):
    city = officer.memberships.get().organisation
    county = facts(kind=Kind.AUTHORITY, name="越秀区市场监督管理局", parent=city)

    made = create_organisation(facts=county, by=officer, at=NOON, why="机构设置")

    assert made.parent == city
    with pytest.raises(NotAnOrganisation) as refusal:
        change_organisation(
            organisation_id=city.pk,
            facts=OrganisationFacts(kind=Kind.AUTHORITY, name=city.name, division=city.division, parent=made),
            by=officer,
            at=NOON,
            why="机构设置",
        )
    assert refusal.value.field == "parent"


def test_two_bodies_are_not_above_each_other(officer):
    first = create_organisation(facts=facts(), by=officer, at=NOON, why="新设机构")
    second = create_organisation(facts=facts(name="分公司", parent=first), by=officer, at=NOON, why="新设机构")

    with pytest.raises(NotAnOrganisation):
        change_organisation(organisation_id=first.pk, facts=facts(parent=second), by=officer, at=NOON, why="调整")


def test_a_body_cannot_be_moved_out_of_reach_by_one_side_alone(officer):
    made = create_organisation(facts=facts(), by=officer, at=NOON, why="新设机构")

    with pytest.raises(NotAllowed):
        change_organisation(
            organisation_id=made.pk, facts=facts(division=make_division("440300")), by=officer, at=NOON, why="迁址"
        )


def test_a_change_shows_field_before_and_after_with_who_when_and_why(officer):
    made = create_organisation(facts=facts(), by=officer, at=NOON, why="新设机构")
    change_organisation(
        organisation_id=made.pk,
        facts=facts(name="越秀检验检测有限公司", division=make_division("440105", "海珠区")),
        by=officer,
        at=NOON,
        why="更名并迁址",
    )

    newest, first = changes_of(made)

    assert (newest.kind, newest.who, newest.why) == ("changed", str(officer), "更名并迁址")
    assert {(field.field, field.before, field.after) for field in newest.fields} == {
        ("name", "越秀检测有限公司", "越秀检验检测有限公司"),
        ("division", "区划440104", "海珠区"),
    }
    assert first.kind == "created"


def test_many_rows_at_once_each_have_their_history(officer):
    division = make_division("440104")
    rows = [Organisation(kind=Kind.BODY, name=f"机构{n}", division=division) for n in range(3)]

    with recorded(officer, "批量导入"):
        made = create_recorded(Organisation, rows)
        for one in made:
            one.sector = Sector.HEALTH
        update_recorded(Organisation, made, ["sector"])

    reasons = {(row.history_user, row.history_change_reason) for one in made for row in one.history.all()}
    assert reasons == {(officer, "批量导入")}
    assert [one.history.count() for one in made] == [2, 2, 2]


def test_many_rows_at_once_need_their_reason_too():
    with pytest.raises(MissingReason):
        create_recorded(Organisation, [Organisation(kind=Kind.BODY, name="甲", division=make_division("440104"))])


def test_the_history_of_an_organisation_holds_its_peoples_roles(officer, django_assert_max_num_queries):
    made = create_organisation(facts=facts(), by=officer, at=NOON, why="新设机构")
    make_member(Role.BODY_MANAGER, made)

    with django_assert_max_num_queries(8):
        changes = selectors.organisation_changes(made)

    assert {change.why for change in changes} == {"新设机构", "test data"}


def test_a_refused_credit_code_is_told_in_whole_sentences():
    with pytest.raises(IdentifierError) as refused:
        parse_uscc("91440101MA59UNQW1E")

    with translation.override("zh-hans"):
        told = refusals.sentence_and_remedy(refused.value)

    assert told.count("。") == 2
    assert told.endswith("。")
