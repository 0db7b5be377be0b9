"""From a task to a sealed record: who may, on which day, with which checklist, signed by whom."""

import hashlib
import json
from datetime import timedelta

import pytest

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.workflow import IllegalMove
from zhunsheng.oversight.visits import printing, selectors, services
from zhunsheng.oversight.visits.lifecycle import Stage
from zhunsheng.oversight.visits.models import Visit, VisitChange
from zhunsheng.oversight.visits.permissions import Can
from zhunsheng.oversight.visits.services import VisitRefused
from zhunsheng.oversight.visits.tests.factories import (
    LATER,
    change,
    jpeg,
    judge_all,
    make_visit,
    make_world,
    sign_all,
    signature,
    take,
)
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import Role
from zhunsheng.platform.accounts.policy import NotAllowed
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.registry.bodies.tests.factories import make_certificate, make_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_a_visit_takes_the_items_that_apply_and_the_cause_of_its_task(world):
    visit = make_visit(world, begun=False)

    codes = list(visit.items.order_by("place").values_list("code", flat=True))
    assert codes[0] == "G01"
    assert "V01" not in codes
    assert "G22" not in codes
    cause = visit.items.get(source="cause")
    assert cause.words["zh"] == "举报出具虚假报告"


def test_a_laboratory_that_tests_food_is_asked_about_food(world):
    make_line(make_certificate(world.task.body), domain="食品", object_text="大米")

    visit = make_visit(world, begun=False)

    assert visit.items.filter(code__startswith="F").count() == 6


def test_only_the_drawn_inspectors_open_and_conduct_a_visit(world):
    with pytest.raises(NotAllowed):
        services.open_visit(
            task_id=world.task.pk, mode="on_site", first_day=TODAY, last_day=TODAY, by=world.officer, at=NOON
        )
    visit = make_visit(world, begun=False)
    with pytest.raises(NotAllowed):
        services.start_visit(visit_id=visit.pk, by=world.officer, at=NOON)
    with pytest.raises(NotAllowed):
        services.take_changes(visit_id=visit.pk, changes=[], by=world.manager, at=NOON)


def test_an_inspector_who_worked_at_the_body_is_refused(world):
    make_member(
        Role.BODY_CLERK, world.laboratory, user=world.second, valid_from=TODAY - timedelta(days=900),
        valid_to=TODAY - timedelta(days=400),
    )  # fmt: skip

    with pytest.raises(VisitRefused, match="has an interest"):
        make_visit(world)


def test_who_inspects_and_who_decides_are_kept_apart():
    assert tuple(sorted((Can.CONDUCT, Can.DECIDE))) in policy.kept_apart()


def test_a_visit_lies_within_its_task_and_begins_on_its_day(world):
    with pytest.raises(VisitRefused, match="between"):
        services.open_visit(
            task_id=world.task.pk, mode="on_site", first_day=TODAY, last_day=world.task.last_day + timedelta(days=1),
            by=world.leader, at=NOON,
        )  # fmt: skip
    visit = make_visit(world, begun=False)
    with pytest.raises(VisitRefused, match="not a day"):
        services.start_visit(visit_id=visit.pk, by=world.leader, at=NOON + timedelta(days=1))


def test_a_task_has_one_visit_at_a_time(world):
    visit = make_visit(world, begun=False)
    with pytest.raises(VisitRefused, match="has a visit already"):
        make_visit(world)

    services.cancel_visit(visit_id=visit.pk, why="机构停电", by=world.leader, at=NOON)

    assert make_visit(world).stage == Stage.UNDER_WAY


@pytest.mark.parametrize("stage", [Stage.UNDER_WAY, Stage.SIGNED, Stage.CONCLUDED])
def test_a_visit_that_began_is_not_called_off(world, stage):
    visit = make_visit(world)
    facts = {"signed_at": NOON, "concluded_at": NOON, "concluded_by": world.officer}
    Visit.objects.filter(pk=visit.pk).update(stage=stage, **facts)

    with pytest.raises(IllegalMove):
        services.cancel_visit(visit_id=visit.pk, why="测试", by=world.leader, at=NOON)


def test_the_body_confirms_by_code_who_inspects_it(world):
    visit = make_visit(world, begun=False)

    services.show_identity(pass_code=visit.pass_code, who="张主任", at=NOON)
    seen = services.show_identity(pass_code=visit.pass_code, who="别人", at=LATER)

    assert (seen.seen_by, seen.seen_at) == ("张主任", NOON)


def test_three_signatures_seal_the_record(world):
    visit = make_visit(world)
    take(visit, jpeg("2026-03-02"), world.second)
    judge_all(visit, world.leader)
    before = Entry.objects.count()

    sign_all(visit, world.leader, objection="第3项已当场说明")

    visit.refresh_from_db()
    assert visit.stage == Stage.SIGNED
    assert visit.record.digest == canonical_digest(visit.record.content)
    assert visit.record.content["signatures"][2]["objection"] == "第3项已当场说明"
    assert Entry.objects.count() == before + 1
    assert printing.record_pdf(visit, at=visit.record.at).startswith(b"%PDF-")


def test_a_body_that_refuses_to_sign_says_why_and_the_record_stands(world):
    visit = make_visit(world)
    judge_all(visit, world.leader)

    sign_all(visit, world.leader, image="", refusal="认为事实有出入")

    visit.refresh_from_db()
    assert visit.stage == Stage.SIGNED
    assert visit.record.content["signatures"][2]["refusal"] == "认为事实有出入"


def test_an_inspector_may_not_refuse_to_sign(world):
    visit = make_visit(world)
    judge_all(visit, world.leader)

    sent = [signature(visit, "second", image="", refusal="不愿意")]
    (answer,) = services.take_changes(visit_id=visit.pk, changes=sent, by=world.second, at=LATER)

    assert answer.outcome == "refused"
    assert "只有被检查机构可以拒绝签字" in answer.why


def test_a_signature_under_something_else_is_refused(world):
    visit = make_visit(world)
    judge_all(visit, world.leader)
    old = signature(visit, "body")
    take(visit, jpeg("2026-03-02"), world.leader)

    (answer,) = services.take_changes(visit_id=visit.pk, changes=[old], by=world.leader, at=LATER)

    assert answer.outcome == "refused"
    assert "签字内容与当前检查单不一致" in answer.why


def test_nothing_is_signed_before_every_item_is_judged(world):
    visit = make_visit(world)
    judge_all(visit, world.leader, but=1)

    sent = [signature(visit, "leader")]
    (answer,) = services.take_changes(visit_id=visit.pk, changes=sent, by=world.leader, at=LATER)

    assert answer.outcome == "refused"


def test_an_edit_under_a_signature_is_refused_and_kept(world):
    visit = make_visit(world)
    judge_all(visit, world.leader)
    services.take_changes(visit_id=visit.pk, changes=[signature(visit, "leader")], by=world.leader, at=LATER)
    item = visit.items.first()

    edit = change(f"check:{item.pk}", {"verdict": "fails", "note": "后来想改"}, base=1)
    (answer,) = services.take_changes(visit_id=visit.pk, changes=[edit], by=world.second, at=LATER)

    item.refresh_from_db()
    assert (answer.outcome, item.verdict) == ("refused", "conforms")
    assert VisitChange.objects.get(client_id=edit.id).values["note"] == "后来想改"


def test_signatures_taken_back_let_the_sheet_be_mended_and_signed_anew(world):
    visit = make_visit(world)
    judge_all(visit, world.leader)
    services.take_changes(visit_id=visit.pk, changes=[signature(visit, "leader")], by=world.leader, at=LATER)

    services.take_signatures_back(visit_id=visit.pk, why="漏记一张照片", by=world.leader, at=LATER)
    take(visit, jpeg("2026-03-02"), world.leader)
    sign_all(visit, world.leader)

    visit.refresh_from_db()
    assert visit.stage == Stage.SIGNED


def test_a_sealed_record_takes_supplements_alone(world):
    visit = make_visit(world)
    judge_all(visit, world.leader)
    sign_all(visit, world.leader)
    visit.refresh_from_db()
    item = visit.items.first()

    edit = change(f"check:{item.pk}", {"verdict": "fails", "note": ""}, base=1)
    (answer,) = services.take_changes(visit_id=visit.pk, changes=[edit], by=world.leader, at=LATER)
    made = services.add_supplement(visit_id=visit.pk, words="补充设备编号 A-17", by=world.leader, at=LATER)

    assert answer.outcome == "refused"
    assert made.words == "补充设备编号 A-17"
    with pytest.raises(TypeError, match="never changed"):
        visit.record.save()


def test_what_the_device_signs_and_what_the_server_signs_is_one_digest(world):
    """The canonical form, written out as the browser does: keys sorted, no spaces."""
    visit = make_visit(world)
    item = visit.items.first()
    sent = [change(f"check:{item.pk}", {"verdict": "conforms", "note": "符合“要求”\n第二行"})]
    services.take_changes(visit_id=visit.pk, changes=sent, by=world.leader, at=NOON)

    text = json.dumps(
        {
            "items": {f"check:{item.pk}": {"note": "符合“要求”\n第二行", "verdict": "conforms"}},
            "photos": [],
            "visit": visit.number,
        },
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip
    assert selectors.digest_to_sign(visit) == hashlib.sha256(text.encode()).hexdigest()
