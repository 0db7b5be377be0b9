"""From findings to the yardstick, orders to correct, and the disclosed result; and the library behind it all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.inspections.tests.factories import make_officer
from zhunsheng.oversight.visits import lawbook, selectors, services, xlsform
from zhunsheng.oversight.visits.lifecycle import Handling, OrderStage, ResultStage, Stage
from zhunsheng.oversight.visits.models import Order
from zhunsheng.oversight.visits.rules.outcomes import contradiction, handling_of, suggested_code
from zhunsheng.oversight.visits.rules.tailoring import BodyFacts, ChecklistItem, tailored
from zhunsheng.oversight.visits.services import Upload, VisitRefused
from zhunsheng.oversight.visits.tests.factories import LATER, change, judge_all, make_visit, make_world, png, sign_all
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed, SamePerson
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.credit.models import CreditEvent, Obligation

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db):
    return make_world()


def signed_visit(world, *violations):
    visit = make_visit(world)
    judge_all(visit, world.leader)
    for violation in violations:
        values = {"code": "G08", "fact": "天平 B-03 校准过期 12 天", "violation": violation, "stands": "yes"}
        services.take_changes(
            visit_id=visit.pk, changes=[change(f"finding:{uuid4()}", values)], by=world.leader, at=NOON
        )
    sign_all(visit, world.leader)
    visit.refresh_from_db()
    return visit


def decided(visit, world, handling, departure=""):
    finding = visit.findings.get()
    services.propose_handling(finding_id=finding.pk, handling=handling, departure=departure, by=world.leader, at=LATER)
    return services.decide_finding(finding_id=finding.pk, handling=handling, by=world.officer, at=LATER)


def test_a_clean_visit_is_concluded_reported_and_disclosed(world):
    visit = signed_visit(world)

    services.conclude_visit(visit_id=visit.pk, codes=["1"], by=world.leader, at=LATER)
    visit.refresh_from_db()
    world.task.refresh_from_db()
    assert (visit.stage, world.task.result_codes) == (Stage.CONCLUDED, ["1"])
    assert visit.result.due_on.isoformat() == "2026-03-30"  # 20 working days after 2 March 2026, counted by hand
    assert CreditEvent.objects.get(body=visit.body).kind == "inspection_clean"
    assert not selectors.results_disclosed().exists()

    services.disclose(result_id=visit.result.pk, by=world.officer, at=LATER)
    assert selectors.results_disclosed().get().visit == visit
    services.withdraw_result(result_id=visit.result.pk, why="结果代码录入有误", by=world.officer, at=LATER)
    assert not selectors.results_disclosed().exists()
    restored = services.restore_result(result_id=visit.result.pk, why="已更正", codes=["F"], by=world.officer, at=LATER)
    assert (restored.stage, restored.codes) == (ResultStage.DISCLOSED, ["F"])
    assert restored.history.count() == 4


def test_an_inspector_neither_decides_nor_discloses(world):
    visit = signed_visit(world, "VIO-MINOR")
    finding = visit.findings.get()
    services.propose_handling(
        finding_id=finding.pk, handling=Handling.ADVICE, departure="轻微", by=world.leader, at=LATER
    )

    with pytest.raises((NotAllowed, SamePerson)):
        services.decide_finding(finding_id=finding.pk, handling=Handling.ADVICE, by=world.leader, at=LATER)
    with pytest.raises(NotAllowed):
        services.propose_handling(finding_id=finding.pk, handling=Handling.ADVICE, by=world.second, at=LATER)


def test_a_departure_from_the_yardstick_needs_its_reason(world):
    visit = signed_visit(world, "VIO-FALSE-REPORT")
    finding = visit.findings.get()

    with pytest.raises(VisitRefused, match="departs"):
        services.propose_handling(finding_id=finding.pk, handling=Handling.ADVICE, by=world.leader, at=LATER)

    made = services.propose_handling(
        finding_id=finding.pk, handling=Handling.ADVICE, departure="事实经核查为录入笔误", by=world.leader, at=LATER
    )
    assert made.proposal["handling"] == Handling.CASE
    assert all("《" in one["basis"] for one in made.proposal["consequences"])


def test_what_needs_a_penalty_becomes_a_case(world):
    visit = signed_visit(world, "VIO-FALSE-REPORT")

    finding = decided(visit, world, Handling.CASE)

    assert finding.case.startswith("AJ-2026-")
    with pytest.raises(VisitRefused, match="Not everything"):
        services.conclude_visit(visit_id=visit.pk, codes=["E"], by=world.leader, at=LATER)
    services.conclude_visit(visit_id=visit.pk, codes=["A"], by=world.leader, at=LATER)


def test_an_order_is_issued_answered_checked_again_and_met(world):
    visit = signed_visit(world, "VIO-MANDATORY-RULES")
    decided(visit, world, Handling.ORDER, "首次、轻微且可立即改正")
    with pytest.raises(VisitRefused, match="not settled"):
        services.conclude_visit(visit_id=visit.pk, codes=["A"], by=world.leader, at=LATER)

    order = services.issue_order(visit_id=visit.pk, words="重新校准天平并提交证书", by=world.officer, at=LATER)
    assert order.due_on.isoformat() == "2026-03-30"
    assert Obligation.objects.get(reference=order.number).discharged_at is None
    with pytest.raises(NotAllowed):
        services.answer_order(order_id=order.pk, words="已校准", by=world.officer, at=LATER)
    services.answer_order(
        order_id=order.pk, words="已校准", evidence=[Upload("证书.png", png())], by=world.manager, at=LATER
    )
    services.check_again(order_id=order.pk, accepted=False, remark="证书缺页", by=world.leader, at=LATER)
    services.answer_order(order_id=order.pk, words="已补全", by=world.manager, at=LATER)
    services.check_again(order_id=order.pk, accepted=True, by=world.leader, at=LATER)

    order.refresh_from_db()
    assert order.stage == OrderStage.MET
    assert [one.accepted for one in order.answers.order_by("pk")] == [False, True]
    assert Obligation.objects.get(reference=order.number).discharged_at is not None
    services.conclude_visit(visit_id=visit.pk, codes=["E"], by=world.leader, at=LATER)


def test_an_order_is_missed_only_after_its_day(world):
    visit = signed_visit(world, "VIO-MANDATORY-RULES")
    decided(visit, world, Handling.ORDER, "首次")
    order = services.issue_order(visit_id=visit.pk, words="改正", by=world.officer, at=LATER)

    with pytest.raises(VisitRefused, match="not over"):
        services.declare_missed(order_id=order.pk, why="逾期", by=world.officer, at=LATER)
    late = LATER + timedelta(days=40)
    services.declare_missed(order_id=order.pk, why="逾期未改正", by=world.officer, at=late)

    assert CreditEvent.objects.filter(kind="rectification_late", reference=order.number).exists()
    with pytest.raises(IllegalMove):
        services.answer_order(order_id=order.pk, words="已改正", by=world.manager, at=late)


def test_a_time_for_correction_keeps_within_the_law_data(world):
    visit = signed_visit(world, "VIO-MANDATORY-RULES")
    decided(visit, world, Handling.ORDER, "首次")

    with pytest.raises(VisitRefused, match="too long"):
        services.issue_order(
            visit_id=visit.pk, words="改正", due_on=TODAY + timedelta(days=200), by=world.officer, at=LATER
        )
    assert not Order.objects.exists()


def test_a_remote_check_asks_for_files_and_pulls_reports(world):
    visit = make_visit(world, mode="remote")

    asked = services.ask_for_files(visit_id=visit.pk, words="近三个月设备校准证书", by=world.leader, at=NOON)
    assert asked.due_on.isoformat() == "2026-03-09"
    sent = services.send_requested_file(
        request_id=asked.pk, upload=Upload("证书.png", png()), by=world.manager, at=LATER
    )
    pulled = services.pull_reports(visit_id=visit.pk, first_day=TODAY, last_day=TODAY, by=world.leader, at=LATER)

    assert sent.file.media_type == "image/png"
    assert pulled.total == 0
    with pytest.raises(NotAllowed):
        services.ask_for_files(visit_id=visit.pk, words="更多", by=world.officer, at=NOON)


def test_every_item_of_the_library_names_violations_of_the_catalogue():
    known = selectors.violation_titles(TODAY)
    items = [item for entry in lawbook.checklists(TODAY) for item in entry.values["items"]]

    assert len({item["code"] for item in items}) == len(items) == 52
    assert [one for item in items for one in item["violations"] if one not in known] == []


@pytest.mark.django_db
def test_a_checklist_makes_the_round_trip_as_xlsform():
    for held in selectors.checklists_on(TODAY):
        content = xlsform.written(held.code, held.title, held.version, held.items)

        code, title, items = xlsform.read(content)

        assert (code, title["zh"]) == (held.code, held.title["zh"])
        assert items == held.items


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"type,name\n"])
def test_what_is_no_xlsform_is_refused(content):
    with pytest.raises(xlsform.NotAForm):
        xlsform.read(content)


def test_an_imported_edition_holds_once_another_officer_approved_it(world):
    held = selectors.checklist_on("food", TODAY)
    content = xlsform.written("food", held.title, "x", held.items[:2])
    made = services.import_edition(content=content, effective_from=TODAY, why="市局补充", by=world.officer, at=NOON)
    assert len(selectors.checklist_on("food", TODAY).items) == 6

    with pytest.raises((SamePerson, NotAllowed)):
        services.approve_edition(edition_id=made.pk, why="同意", by=world.officer, at=NOON)
    services.approve_edition(edition_id=made.pk, why="同意", by=make_officer(Role.LEGAL_OFFICER), at=NOON)

    assert len(selectors.checklist_on("food", TODAY).items) == 2


@given(st.sets(st.sampled_from(["fine", "warning", "order_to_correct", "reminder", "confiscate"])))
def test_a_penalty_always_needs_a_case(kinds):
    assert (handling_of(kinds) == "case") == bool(kinds & {"fine", "warning", "confiscate"})


@given(upheld=st.integers(0, 5), orders=st.integers(0, 5), cases=st.integers(0, 5))
def test_the_suggested_code_never_contradicts_what_was_decided(upheld, orders, cases):
    facts = {"upheld": upheld, "open_orders": min(orders, upheld), "cases": min(cases, upheld)}

    assert contradiction([suggested_code(**facts)], **facts) == ""


def item(code, **values):
    return ChecklistItem(code, "", {"zh": code, "en": code}, {"zh": "", "en": ""}, **values)


def test_items_apply_by_field_and_number_of_sites():
    items = [item("A"), item("B", domains=("食品",)), item("C", least_sites=2), item("A")]

    assert [one.code for one in tailored(items, BodyFacts())] == ["A"]
    assert [one.code for one in tailored(items, BodyFacts(frozenset({"食品检测"}), 3))] == ["A", "B", "C"]


def pages(visit, order):
    number = visit.number
    yield from (reverse("visits:visits"), reverse("visits:visit", args=[number]), reverse("visits:room", args=[number]))
    yield from (reverse("visits:orders"), reverse("visits:order", args=[order.number]))


def test_each_reader_sees_what_is_theirs(world, settings):
    settings.ZHUNSHENG_MFA_REQUIRED = False
    visit = signed_visit(world, "VIO-MANDATORY-RULES")
    decided(visit, world, Handling.ORDER, "首次")
    order = services.issue_order(visit_id=visit.pk, words="改正", by=world.officer, at=LATER)
    services.conclude_visit(visit_id=visit.pk, codes=["A"], by=world.leader, at=LATER)
    inside = [reverse(f"visits:{name}", args=[visit.number]) for name in ("findings", "pack")]
    officers = [reverse("visits:results"), reverse("visits:result", args=[visit.number]), reverse("visits:library")]

    def statuses(user, addresses):
        client = Client()
        client.force_login(user, BACKEND)
        return {client.get(one).status_code for one in addresses}

    assert statuses(world.officer, [*pages(visit, order), *inside, *officers]) == {200}
    assert statuses(world.leader, [*pages(visit, order), *inside, reverse("visits:sheets")]) == {200}
    assert statuses(world.manager, pages(visit, order)) == {200}
    assert statuses(world.manager, inside) == {404}
    assert statuses(make_officer(division="440300"), [reverse("visits:visit", args=[visit.number])]) == {404}
    assert Client().get(reverse("visits:disclosed")).status_code == 200
    assert Client().get(reverse("visits:pass", args=[visit.pass_code])).status_code == 200
    leader = Client()
    leader.force_login(world.leader, BACKEND)
    assert leader.get(reverse("visits:sheet", args=[visit.number])).status_code == 200
    assert leader.get(reverse("visits:record", args=[visit.number])).content.startswith(b"%PDF-")


def test_english_lists_and_the_sheet_name_the_body_in_english(world, settings):
    settings.ZHUNSHENG_MFA_REQUIRED = False
    visit = signed_visit(world, "VIO-MANDATORY-RULES")
    decided(visit, world, Handling.ORDER, "首次")
    services.issue_order(visit_id=visit.pk, words="改正", by=world.officer, at=LATER)
    Body.objects.filter(pk=world.task.body_id).update(name_en="Lingnan Testing Co.")
    client = Client()
    client.force_login(world.officer, BACKEND)

    for page in ("/en/visits/", "/en/visits/orders/", f"/en/visits/{visit.number}/"):
        shown = client.get(page).content.decode().split("<main")[1]
        assert "Lingnan Testing Co." in shown
        assert world.task.body.name not in shown
    client.force_login(world.leader, BACKEND)
    assert "Inspection of Lingnan Testing Co." in client.get(f"/en/visits/sheet/{visit.number}/").content.decode()
