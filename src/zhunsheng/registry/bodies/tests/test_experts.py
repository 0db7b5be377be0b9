"""Assessors and experts: who may see them, how they stand, who is called and who must avoid a body."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_division, make_member, make_organisation
from zhunsheng.registry.bodies import services
from zhunsheng.registry.bodies.models import Expert, ExpertMeasure
from zhunsheng.registry.bodies.selectors import experts_for, experts_visible_to, with_figures
from zhunsheng.registry.bodies.services.experts import AccountRefused, MeasureRefused
from zhunsheng.registry.bodies.tests.factories import NOON, make_body

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NUMBER = "11010519491231002X"


def load(kind, *rows):
    return services.import_rows(kind=kind, rows=rows, by=None, at=NOON, why="test")


def make_expert(code="GD-A-1", *, employer=None, **period):
    load("experts", {"code": code, "name": f"王{code}", "rank": "评审员"})
    load("specialities", {"expert": code, "domain": "食品", "field": "00"})
    course = {"expert": code, "course": "评审准则", "certificate_no": code}
    load("trainings", course | {"valid_from": "2025-01-01", "valid_to": "2027-12-31"})
    if employer is not None:
        load("employments", {"expert": code, "employer": employer.name, "body": employer.slug} | period)
    return Expert.objects.get(code=code)


@pytest.fixture
def officer():
    return make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))


def standing(expert, day=DAY):
    return with_figures(Expert.objects.filter(pk=expert.pk), day).get().standing


def act(expert, officer, **values):
    plain: dict[str, Any] = {
        "kind": "warned",
        "on": DAY,
        "until": None,
        "decision_no": "〔2026〕1号",
        "why": "missed avoidance",
    }
    return services.take_measure(expert_id=expert.pk, by=officer, at=NOON, **(plain | values))


def test_a_wrong_identity_number_is_refused_and_not_repeated_and_a_slip_is_pointed_at():
    exchanged = NUMBER[:12] + NUMBER[13] + NUMBER[12] + NUMBER[14:]
    rows = [{"code": "1", "name": "甲", "rank": "专家", "number_encrypted": exchanged}]

    problem = load("experts", *rows).problems[0]

    assert (problem.field, "1949" in problem.value) == ("number_encrypted", False)
    assert "13" in problem.remedy
    assert "14" in problem.remedy


def test_one_person_is_not_registered_twice():
    load("experts", {"code": "1", "name": "甲", "rank": "专家", "number_encrypted": NUMBER})
    again = load("experts", {"code": "2", "name": "甲", "rank": "专家", "number_encrypted": NUMBER.lower()})

    assert [(one.line, one.field) for one in again.problems] == [(1, "code")]
    kept = Expert.objects.get()
    assert (kept.number_encrypted, len(kept.number_index)) == (NUMBER, 64)


def test_an_expert_whose_training_has_run_out_or_who_was_suspended_is_not_called(officer):
    expert, body = make_expert(), make_body()

    assert [standing(expert, day) for day in (DAY, date(2028, 1, 1))] == ["available", "untrained"]
    act(expert, officer)
    assert standing(expert) == "warned"
    assert list(experts_for(body, field="00", on=DAY)) == [expert]
    act(expert, officer, kind="suspended", until=date(2026, 6, 30))
    assert [standing(expert, day) for day in (DAY, date(2026, 6, 30), date(2026, 7, 1))] == [
        "suspended", "suspended", "warned",
    ]  # fmt: skip
    assert list(experts_for(body, field="00", on=DAY)) == []
    assert list(experts_for(body, field="12", on=date(2026, 7, 1))) == []
    act(expert, officer, kind="removed", on=date(2026, 7, 1))
    assert standing(expert, date(2030, 1, 1)) == "removed"


@pytest.mark.parametrize(
    ("period", "called"),
    [
        ({}, False),
        ({"valid_from": "2020-01-01"}, False),
        ({"valid_from": "2010-01-01", "valid_to": "2025-01-01"}, False),
        ({"valid_from": "2010-01-01", "valid_to": "2015-01-01"}, True),
    ],
)
def test_who_worked_for_a_body_or_for_its_predecessor_avoids_it(period, called):
    old, new = make_body("231912050001"), make_body("231912050002")
    expert = make_expert(employer=old, **period)
    services.merge_bodies(
        body_ids=[old.pk], into_id=new.pk, on=date(2025, 6, 1), document_no="1", by=None, at=NOON, why="test"
    )

    assert (list(experts_for(old, field="00", on=DAY)), list(experts_for(new, field="00", on=DAY))) == (
        ([expert], [expert]) if called else ([], [])
    )


def test_the_least_busy_comes_first():
    busy, free = make_expert("GD-A-1"), make_expert("GD-A-2")
    for number in range(2):
        services.assign_expert(
            expert_id=busy.pk, reference=f"PS-{number}", task="首次评审", body_id=None, first=DAY, last=DAY,
            leader=False, by=None, at=NOON, why="panel",
        )  # fmt: skip

    found = list(experts_for(make_body(), field="00", on=DAY))

    assert {one.code for one in found} == {busy.code, free.code}
    assert with_figures(Expert.objects.filter(pk=busy.pk), DAY).get().tasks == 2
    with pytest.raises(MeasureRefused, match="already"):
        services.assign_expert(
            expert_id=busy.pk, reference="PS-1", task="x", body_id=None, first=DAY, last=None, leader=False, by=None,
            at=NOON, why="again",
        )  # fmt: skip


def test_work_is_judged_on_tasks_of_the_expert_alone(officer):
    expert = make_expert()
    load("assignments", {"expert": expert.code, "reference": "PS-1", "task": "首次评审", "valid_from": "2026-02-01"})
    judge = {"expert_id": expert.pk, "comment": "", "on": DAY, "by": officer, "at": NOON, "why": "after the visit"}

    services.evaluate_expert(reference="PS-1", score=80, **judge)
    services.evaluate_expert(reference="PS-1", score=90, **judge)

    assert with_figures(Expert.objects.all(), DAY).get().mean_score == 90
    for reference, score in (("PS-2", 50), ("PS-1", 101)):
        with pytest.raises(MeasureRefused):
            services.evaluate_expert(reference=reference, score=score, **judge)


@pytest.mark.parametrize(
    "values",
    [
        {"decision_no": " "},
        {"kind": "praised"},
        {"until": DAY - timedelta(days=1)},
        {"kind": "suspended"},
        {"why": " "},
    ],
)
def test_a_measure_needs_its_decision_its_days_and_its_reason(officer, values):
    with pytest.raises(Exception, match=r"\w"):
        act(make_expert(), officer, **values)

    assert not ExpertMeasure.objects.exists()


def test_only_an_officer_of_the_province_takes_measures():
    make_division("440100")
    with pytest.raises(NotAllowed):
        act(make_expert(), make_member(Role.CITY_OFFICER, make_organisation(division="440100")))


def test_the_pages_show_experts_to_those_who_call_them_and_numbers_to_nobody(client, officer):
    load("experts", {"code": "GD-A-9", "name": "赵示范", "rank": "专家", "number_encrypted": NUMBER})
    pages = [reverse("bodies:experts"), reverse("bodies:expert", args=["GD-A-9"])]

    assert [client.get(page).status_code for page in pages] == [302, 302]
    client.force_login(make_member(Role.BODY_MANAGER))
    assert [client.get(page).status_code for page in pages] == [404, 404]
    client.force_login(officer)
    shown = "".join(client.get(page).content.decode() for page in pages)
    assert "赵示范" in shown
    assert NUMBER[6:14] not in shown
    assert "赵示范" not in client.get(pages[0], {"field": "00"}).content.decode()

    today = timezone.localdate().isoformat()
    refused = client.post(pages[1], {"kind": "suspended", "on": today, "decision_no": "1", "why": "x"})
    assert refused.status_code == 422
    done = client.post(pages[1], {"kind": "warned", "on": today, "decision_no": "1", "why": "late"})
    assert (done.status_code, ExpertMeasure.history.get().history_user) == (302, officer)


def test_the_expert_himself_sees_his_own_entry_and_no_other():
    member = make_member(Role.EXPERT)
    mine, _other = make_expert("GD-A-1"), make_expert("GD-A-2")
    Expert.objects.filter(pk=mine.pk).update(user=member)

    assert list(experts_visible_to(member, DAY)) == [mine]


def test_the_list_takes_a_constant_number_of_queries(client, officer, django_assert_max_num_queries):
    client.force_login(officer)
    for number in range(12):
        make_expert(f"GD-A-{number}")

    with django_assert_max_num_queries(8):
        assert client.get(reverse("bodies:experts")).status_code == 200


def make_assessor_account():
    return make_member(Role.EXPERT, make_organisation())


def test_an_officer_links_the_account_with_which_an_expert_signs_in(officer, client):
    expert, person = make_expert(), make_assessor_account()
    client.force_login(officer)
    assert "尚未关联账号" in client.get(f"/bodies/experts/{expert.code}/").content.decode()

    answer = client.post(f"/bodies/experts/{expert.code}/", {"username": person.username.upper(), "why": "本人账号"})

    assert answer.status_code == 302
    expert.refresh_from_db()
    assert expert.user == person
    assert expert.history.latest().history_user == officer


def test_an_account_without_the_role_of_another_expert_or_of_nobody_is_refused(officer):
    first, second = make_expert("GD-A-1"), make_expert("GD-A-2")
    taken, inspector = make_assessor_account(), make_member(Role.INSPECTOR, make_organisation(division="440000"))

    def link(expert, username, by=officer):
        services.link_account(expert_id=expert.pk, username=username, by=by, at=NOON, why="test")

    link(first, taken.username)
    for username in (taken.username, inspector.username, "nobody-at-all"):
        with pytest.raises(AccountRefused) as refused:
            link(second, username)
        assert refused.value.field == "username"
    with pytest.raises(NotAllowed):
        link(second, make_assessor_account().username, by=inspector)
    second.refresh_from_db()
    assert second.user is None
