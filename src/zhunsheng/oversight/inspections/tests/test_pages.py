"""Pages: who sees what, the whole way of a plan by its forms, refusals beside their fields, constant queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhunsheng.oversight.inspections.lifecycle import TaskStage
from zhunsheng.oversight.inspections.models import Plan, PlanDraw, Task
from zhunsheng.oversight.inspections.tests.factories import (
    carry_out,
    leader_of,
    make_bodies,
    make_inspector,
    make_officer,
    make_plan,
    make_task,
    two_parties,
)
from zhunsheng.platform.accounts.models import Role, User
from zhunsheng.platform.draws.tests.factories import make_draw
from zhunsheng.registry.bodies.models import Body

pytestmark = pytest.mark.django_db
MOST_QUERIES = 16
"""With session, reader and roles; the page itself takes half of them."""


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.ZHUNSHENG_MFA_REQUIRED = False


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def plan_in_force(**change):
    today = timezone.localdate()
    return make_plan(first_day=today, last_day=today + timedelta(days=60), **change)


def form(**change):
    today = timezone.localdate()
    return {
        "kind": "yearly", "title": "年度抽查", "first_day": today, "last_day": today + timedelta(days=90),
        "matters": ["reports"], "strata": ["field"], "floor": "0.01", "rate_A": "3", "rate_B": "5", "rate_C": "20",
        "rate_D": "100", "rate_none": "100", "why": "年度安排",
    } | change  # fmt: skip


def test_a_plan_goes_its_whole_way_by_the_pages():
    bodies = make_bodies(3)
    drafter, approver = make_officer(), make_officer(Role.LEGAL_OFFICER)
    for _ in range(2):
        make_inspector(fields=["12"])
    mine, other = client_of(drafter), client_of(approver)

    assert mine.post("/inspections/plans/new/", form()).status_code == 302
    plan = Plan.objects.get()
    page = f"/inspections/plans/{plan.number}/"
    assert mine.post(f"{page}do/submit/", {"why": "报批"}).status_code == 302
    assert mine.post(f"{page}do/approve/", {"why": "同意", "document_no": "1号"}).status_code == 403
    assert other.post(f"{page}do/approve/", {"why": "同意", "document_no": "1号"}).status_code == 302
    assert mine.post(f"{page}do/seal_bodies/", two_parties()).status_code == 302
    assert mine.post(f"{page}do/take_bodies/").status_code == 403
    carry_out(PlanDraw.objects.get(), timezone.now())
    assert mine.post(f"{page}do/take_bodies/").status_code == 302
    assert Task.objects.count() == len(bodies)
    assert mine.post(f"{page}do/seal_inspectors/", two_parties()).status_code == 302
    carry_out(PlanDraw.objects.get(purpose="inspectors"), timezone.now())
    assert mine.post(f"{page}do/take_inspectors/").status_code == 302
    assert set(Task.objects.values_list("stage", flat=True)) == {TaskStage.ASSIGNED}
    told = {"body": bodies[0].slug, "kind": "complaint", "reference": "C-1", "words": "举报"}
    assert mine.post(f"{page}do/cause/", told).status_code == 302
    assert mine.post(f"{page}do/cause/", told | {"body": "none"}).status_code == 422
    for address in (page, f"{page}frame/", "/inspections/plans/", "/inspections/tasks/", "/inspections/board/"):
        answer = mine.get(address)
        assert answer.status_code == 200, address
    public = client_of(None)
    assert plan.title in public.get("/inspections/").content.decode()
    assert public.get(f"/inspections/public/{plan.number}/").status_code == 200


def test_a_refusal_stands_beside_its_field():
    client = client_of(make_officer())

    answer = client.post("/inspections/plans/new/", form(floor="0.9"))

    assert answer.status_code == 422
    assert "floor" in answer.context["form"].errors
    assert not Plan.objects.exists()


def test_who_may_not_see_a_plan_or_task_meets_nothing():
    task = make_task(plan=plan_in_force())
    pages = [f"/inspections/plans/{task.plan.number}/", f"/inspections/tasks/{task.number}/"]
    for reader in (make_officer(division="440300"), make_officer(Role.BODY_MANAGER), make_inspector().user):
        client = client_of(reader)
        assert [client.get(page).status_code for page in pages] == [404, 404]
    assert client_of(None).get(pages[0]).status_code == 302
    mine = client_of(leader_of(task))
    assert mine.get(pages[1]).status_code == 200
    assert mine.get(pages[0]).status_code == 404
    assert client_of(make_officer(Role.AUDITOR)).get(pages[0]).status_code == 200


def test_the_public_reads_outcomes_only_when_they_are_disclosed():
    hidden, shown = make_task(), make_task()
    for task in (hidden, shown):
        Task.objects.filter(pk=task.pk).update(
            stage=TaskStage.REPORTED, result_codes=["A"], violation=True, reported_by=make_officer(),
            reported_at=timezone.now(),
        )  # fmt: skip
    Task.objects.filter(pk=shown.pk).update(disclosed_on=timezone.localdate())

    page = client_of(None).get("/inspections/").content.decode()

    assert shown.body.name in page
    assert hidden.body.name not in page
    assert Plan.objects.get(pk=hidden.plan_id).title in page


def test_an_unapproved_plan_is_not_public():
    plan = make_plan(stage="submitted")

    assert client_of(None).get(f"/inspections/public/{plan.number}/").status_code == 404


def test_a_substitute_is_drawn_from_the_task_s_page():
    plan = plan_in_force()
    pair = [make_inspector(fields=["12"]), make_inspector(fields=["12"])]
    task = make_task(plan=plan, body=make_bodies(1)[0], fields=["12"], leader=pair[0], second=pair[1])
    third, client = make_inspector(fields=["12"]), client_of(make_officer())
    page = f"/inspections/tasks/{task.number}/"

    asked = client.post(f"{page}do/substitute/", {"leaving_id": pair[1].pk, "why": "病假", **two_parties()})
    assert asked.status_code == 302
    carry_out(PlanDraw.objects.get(), timezone.now())
    assert client.post(f"{page}do/take/").status_code == 302
    task.refresh_from_db()
    assert task.second == third
    assert client.get(page).status_code == 200


def test_the_pool_is_kept_by_its_pages():
    keeper, officer = client_of(make_officer()), make_officer(Role.INSPECTOR)
    body = make_bodies(1)[0]

    made = keeper.post(
        "/inspections/inspectors/new/",
        {"user_id": officer.pk, "fields_of_testing": ["12"], "leads": "on", "why": "入库"},
    )
    assert made.status_code == 302
    page = made["Location"]
    told = {"body": body.slug, "kind": "family", "why": "申报"}
    assert client_of(officer).post(f"{page}do/interest/", told).status_code == 302
    assert client_of(officer).post(f"{page}do/change/", {"fields_of_testing": ["00"], "why": "x"}).status_code == 403
    changed = {"fields_of_testing": ["00"], "why": "换证"}
    assert keeper.post(f"{page}do/change/", changed).status_code == 302
    assert keeper.get(page).status_code == 200
    assert keeper.get("/inspections/inspectors/").status_code == 200


def test_pages_cost_the_same_however_much_they_show():
    plan = plan_in_force()
    client = client_of(make_officer())
    task = make_task(plan=plan)
    make_bodies(1, field="00", first=40)  # a frame of nobody asks nothing about its bodies
    pages = [
        "/inspections/", "/inspections/board/", "/inspections/plans/", f"/inspections/plans/{plan.number}/",
        f"/inspections/tasks/{task.number}/", f"/inspections/plans/{plan.number}/frame/", "/inspections/tasks/",
    ]  # fmt: skip
    cost: dict[str, list[int]] = {}
    for turn in range(2):
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            cost.setdefault(page, []).append(len(asked))
        for _ in range(4):
            make_task(plan=plan)
        make_bodies(5, field="00", first=50 + 10 * turn)

    for page, (first, second) in cost.items():
        assert second <= first, page
        assert second <= MOST_QUERIES, (page, second)


def test_an_english_page_names_a_body_in_english_and_a_file_by_its_registered_name():
    task = make_task()
    Body.objects.filter(pk=task.body_id).update(name_en="Lingnan Testing Co.")
    client = client_of(make_officer())

    assert task.body.name in client.get("/inspections/tasks/").content.decode()
    for page in ("/en/inspections/tasks/", f"/en/inspections/tasks/{task.number}/"):
        assert "Lingnan Testing Co." in client.get(page).content.decode()
    exported = client.get("/en/inspections/tasks/?export=csv")
    assert task.body.name in b"".join(exported).decode()


def test_the_frame_says_that_a_body_left_out_was_or_will_be_inspected():
    plan = plan_in_force()
    body = make_bodies(1, first=60)[0]
    make_task(plan=plan, body=body, matters=plan.matters)

    page = client_of(make_officer()).get(f"/inspections/plans/{plan.number}/frame/").content.decode()

    assert "已检查或者待检查机构 1 家" in page
    assert "期限内已就同一事项检查或者待检查" in page


def test_a_draw_tells_its_method_and_its_fields_in_the_readers_language():
    frame = [{"id": f"b{n}", "name": f"机构{n}", "stratum": f"0{n % 2 * 2}", "size": "1"} for n in range(6)]
    titles = {"00": "食品", "02": "建筑材料"}
    sealed = make_draw(
        kind="sample",
        frame=frame,
        parameters={"method": "sampford", "n": {"00": 1, "02": 2}, "floor": "0.02", "titles": titles},
    )

    chinese = client_of(None).get(f"/draws/{sealed.number}/").content.decode()
    english = client_of(None).get(f"/en/draws/{sealed.number}/").content.decode()

    assert "Sampford 抽样" in chinese
    assert "食品 (00): 1、建筑材料 (02): 2" in chinese
    assert "Food (00): 1, Building materials (02): 2" in english
    assert "sampford" not in english.split("<main")[1].split("</main>")[0]
