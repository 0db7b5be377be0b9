"""A scope shrinks by a decision with its legal ground, or by the body's own word; what held before stays known."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from zhunsheng.platform.accounts.models import Kind, Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies import services
from zhunsheng.registry.bodies.models import ExpertEvaluation, ScopeLine, ScopeReduction
from zhunsheng.registry.bodies.selectors import body_as_of
from zhunsheng.registry.bodies.services.scope import LinesRefused
from zhunsheng.registry.bodies.tests.factories import NOON, make_body, make_certificate, make_line
from zhunsheng.registry.bodies.tests.test_experts import load, make_expert

pytestmark = pytest.mark.django_db
CMA = "231912050001"


@pytest.fixture
def organisation():
    return make_organisation(Kind.BODY, division="440106")


@pytest.fixture
def body(organisation):
    made = make_body(CMA, cma=CMA, division_id="440106", organisation=organisation)
    certificate = make_certificate(made, CMA)
    make_line(certificate, parameter_text="铅", valid_from=date(2023, 5, 1))
    make_line(certificate, parameter_text="镉", valid_from=date(2023, 5, 1))
    return made


@pytest.fixture
def officer(organisation):
    return make_member(Role.PROVINCE_OFFICER, make_organisation(division="440000"))


@pytest.fixture
def manager(organisation):
    return make_member(Role.BODY_MANAGER, organisation)


def scope(body, day):
    return sorted(line.parameter_text for line in body_as_of(body, day).scope)


def test_an_officer_ends_lines_with_ground_and_document_and_everyone_reads_them(client, body, officer):
    today = timezone.localdate()
    address = reverse("bodies:reduce", args=[CMA])
    client.force_login(officer)
    lead = ScopeLine.objects.get(parameter_text="铅")
    assert "镉" not in client.get(address, {"q": "铅"}).content.decode().split('id="act"')[1]
    given = {"lines": [lead.pk], "kind": "cancelled", "on": today.isoformat(), "why": "applied for"}

    refused = client.post(address, given)
    done = client.post(address, given | {"ground": "163号令第十四条", "document_no": "粤市监函〔2026〕7号"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "法律依据和文号" in refused.content.decode()
    assert (scope(body, today), scope(body, today - timedelta(days=1))) == (["镉"], ["铅", "镉"])
    kept = ScopeReduction.history.get()
    assert (kept.history_user, kept.count, kept.lines) == (officer, 1, [lead.pk])
    client.logout()
    page = client.get(reverse("bodies:body", args=[CMA])).content.decode()
    assert all(words in page for words in ("注销相应项目", "163号令第十四条", "粤市监函〔2026〕7号"))
    assert "applied for" not in page
    assert "注销相应项目" in client.get(reverse("bodies:changes", args=[CMA])).content.decode()


def test_what_was_struck_out_never_held_but_the_record_keeps_it(body, officer):
    lead = ScopeLine.objects.get(parameter_text="铅")
    decision = services.Decision("struck", date(2026, 3, 2), "更正", "粤市监函〔2026〕8号")

    services.decide_reduction(
        body_id=body.pk, line_ids=[lead.pk], decision=decision, by=officer, at=timezone.now(), why="typed twice"
    )

    assert scope(body, date(2024, 1, 1)) == ["镉"]
    assert ScopeReduction.objects.get().lines == [lead.pk]
    assert ScopeLine.history.filter(id=lead.pk, history_type="-").count() == 1


def test_a_body_stops_using_its_own_lines_from_today_on_alone(client, body, manager):
    address, today = reverse("bodies:stop", args=[CMA]), timezone.localdate()
    client.force_login(manager)
    given = {"every": "on", "why": "the instrument is broken"}

    early = client.post(address, given | {"on": (today - timedelta(days=1)).isoformat()})
    done = client.post(address + "?q=铅", given | {"on": (today + timedelta(days=3)).isoformat()})

    assert (early.status_code, done.status_code) == (422, 302)
    assert scope(body, today + timedelta(days=2)) == ["铅", "镉"]
    assert scope(body, today + timedelta(days=3)) == ["镉"]
    assert (ScopeReduction.objects.get().kind, ScopeReduction.history.get().history_user) == ("stopped", manager)


def test_nobody_else_reduces_a_scope_and_no_body_ends_another_s_lines(client, body, manager):
    other = make_body("231912050002", division_id="440106")
    lead = ScopeLine.objects.get(parameter_text="铅")
    client.force_login(manager)
    who = {"on": timezone.localdate(), "document_no": "", "by": manager, "at": timezone.now(), "why": "x"}

    assert client.get(reverse("bodies:reduce", args=[CMA])).status_code == 403
    assert client.get(reverse("bodies:stop", args=[other.slug])).status_code == 403
    with pytest.raises(NotAllowed):
        services.declare_stopped(body_id=other.pk, line_ids=[lead.pk], **who)
    with pytest.raises(LinesRefused):
        services.declare_stopped(body_id=body.pk, line_ids=[lead.pk + 1_000], **who)
    assert not ScopeReduction.objects.exists()


def test_an_officer_judges_an_expert_s_task_on_the_page(client, officer):
    expert = make_expert("GD-A-7")
    load("assignments", {"expert": "GD-A-7", "reference": "PS-1", "task": "首次评审", "valid_from": "2026-02-01"})
    address = reverse("bodies:expert", args=["GD-A-7"])
    given = {"reference": "PS-1", "score": "101", "comment": "记录完整", "on": NOON.date().isoformat(), "why": "done"}
    client.force_login(make_member(Role.CITY_OFFICER, make_organisation(division="440100")))
    assert client.post(address, given).status_code == 403

    client.force_login(officer)
    refused = client.post(address, given)
    done = client.post(address, given | {"score": "85"})

    assert (refused.status_code, done.status_code) == (422, 302)
    one = ExpertEvaluation.objects.get(expert=expert)
    assert (one.score, one.comment, one.history.get().history_user) == (85, "记录完整", officer)
    assert "记录完整" in client.get(address).content.decode()
