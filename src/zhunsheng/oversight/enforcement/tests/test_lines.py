"""Whoever recommends or decides that a scope is reduced chooses lines by what is printed in them."""

from decimal import Decimal

import pytest

from zhunsheng.oversight.enforcement.forms import lines as choosing
from zhunsheng.oversight.enforcement.rules.sanctions import Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.services import FindingFacts
from zhunsheng.oversight.enforcement.tests.factories import decided, filed, make_world
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.tests.factories import NOON, make_member
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.tests.factories import make_certificate, make_line

pytestmark = pytest.mark.django_db
FOOD = FindingFacts("VIO-FALSE-REPORT", "未检测出具报告3份", NOON.date(), Facts(field="food", fee=Decimal(3000)))
NAME = "1-CON-FSL138-QUALIFICATION"


@pytest.fixture(autouse=True)
def _plain(settings):
    settings.ZHUNSHENG_MFA_REQUIRED = False


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def lead_in_tea(world):
    certificate = make_certificate(world.body)
    make_line(certificate, object_text="茶叶", parameter_text="水分", method_text="GB 5009.3-2016")
    return make_line(certificate, object_text="茶叶", parameter_text="铅", method_text="GB 5009.12-2023")


def propose(client, world, **lines):
    case = filed(world, FOOD)
    client.force_login(world.first)
    given = {f"{NAME}-on": "on", f"{NAME}-measure": "reduce", "words": "终结", **lines}
    return case, client.post(f"/enforcement/{case.number}/propose/", given)


def test_lines_of_the_schedule_are_offered_by_their_words(client, world, lead_in_tea):
    case = filed(world, FOOD)
    client.force_login(world.first)
    page = client.get(f"/enforcement/{case.number}/propose/").content.decode()

    assert "茶叶 · 铅 · GB 5009.12-2023" in page
    assert f"{NAME}-like" not in page  # all are offered


def test_the_recommendation_names_the_lines_chosen(client, world, lead_in_tea):
    case, answer = propose(client, world, **{f"{NAME}-lines": [lead_in_tea.pk]})

    assert answer.status_code == 302
    assert case.penalties.get().lines == [lead_in_tea.pk]


def test_a_long_schedule_takes_all_lines_with_some_words(client, world, lead_in_tea, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_OFFERED", 1)
    case, answer = propose(client, world, **{f"{NAME}-like": "5009.12 铅"})

    assert answer.status_code == 302
    assert case.penalties.get().lines == [lead_in_tea.pk]


def test_words_that_no_line_has_are_refused_beside_their_field(client, world, lead_in_tea, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_OFFERED", 1)
    case, answer = propose(client, world, **{f"{NAME}-like": "石棉"})

    assert answer.status_code == 422
    assert "没有同时含有这些词语的有效项目" in answer.content.decode()
    assert not case.penalties.exists()


def test_the_grantor_may_end_other_lines_than_those_recommended(client, world, lead_in_tea):
    moisture = ScopeLine.objects.get(parameter_text="水分")
    sanction = Sanction("CON-FSL138-QUALIFICATION", measure="reduce", lines=(lead_in_tea.pk,))
    case = decided(world, Sanction("CON-FSL138-FEES", Decimal(3000)), sanction, finding=FOOD, discussed=True)
    chief = make_member(Role.PROVINCE_OFFICER, world.authority)
    client.force_login(chief)
    given = {
        "matter": case.qualifications.get().pk, "act": "take", "decision_no": "粤市监资〔2026〕1号",
        "lines": [moisture.pk], "words": "仅该项目无法复现",
    }  # fmt: skip
    answer = client.post(f"/enforcement/{case.number}/do/grantor/", given)

    assert answer.status_code == 302, answer.content.decode()
    lead_in_tea.refresh_from_db()
    moisture.refresh_from_db()
    assert (lead_in_tea.valid_to is None, moisture.valid_to is None) == (True, False)
