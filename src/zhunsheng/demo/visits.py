"""Visits of the demo province: one concluded with an order to correct, one under way, one whose sheet is untouched."""

import base64
import math
import struct
import zlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from zhunsheng.demo.laboratories import VEHICLES
from zhunsheng.demo.people import WHY
from zhunsheng.foundation.identifiers import parse_cma
from zhunsheng.oversight.inspections.lifecycle import PlanKind, TaskStage
from zhunsheng.oversight.inspections.models import Inspector, Plan, Task
from zhunsheng.oversight.inspections.services import causes, plans, pool
from zhunsheng.oversight.inspections.services.plans import Draft
from zhunsheng.oversight.visits import selectors, services
from zhunsheng.oversight.visits.models import Visit
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body

PAIR = ("jiancha", "jiancha2")
"""The accounts that stand for whoever the lot names, the leader first."""
FACT = "天平 B-03 的校准证书于检查前 12 天到期，期间用于 3 份报告的称量，未见期间核查记录。"


def load_visits(hero: Body, now: datetime) -> None:
    """Enter a special plan with three visits by the ordinary services; the days of the first lie before `now`."""
    people = {one.username: one for one in User.objects.filter(username__in=(*PAIR, "sheng", "fazhi", "shiyanshi"))}
    others = Body.objects.filter(generated=True, valid_to=None, organisation__isnull=False).exclude(pk=hero.pk)
    bodies = [hero, *visited(list(others.order_by("slug")))]
    if len(bodies) < len(PAIR) + 1 or not set(PAIR) <= set(people):
        return
    begun = now - timedelta(days=21)
    plan = _plan(people, begun)
    pair = [_inspector(people[name], people["sheng"], begun) for name in PAIR]
    _concluded(_visit(plan, bodies[0], pair, people, begun), people, begun)
    under_way = _visit(plan, bodies[1], pair, people, now - timedelta(hours=1))
    _judged(under_way, people, now, but=12)
    _visit(plan, bodies[2], pair, people, now - timedelta(minutes=30))


def visited(bodies: Sequence[Body]) -> list[Body]:
    """Return who is visited beside the story's laboratory: the first, and the first other that inspects vehicles.

    A sheet for these has the longest list of items; where nobody inspects vehicles, the second is visited.
    """
    rest = bodies[1:]
    vehicles = [one for one in rest if parse_cma(one.cma).field == VEHICLES]
    return [*bodies[:1], *(vehicles or rest)[:1]]


def _plan(people: dict[str, User], at: datetime) -> Plan:
    day = timezone.localdate(at)
    draft = Draft(
        kind=PlanKind.SPECIAL, title="检验检测机构设备与报告专项检查（演示）", first_day=day,
        last_day=day + timedelta(days=60), matters=["reports", "equipment", "records"], fields=[], strata=[],
        rates={"": "5"},
    )  # fmt: skip
    organisation = people["sheng"].memberships.get().organisation_id
    made = plans.draft_plan(draft=draft, organisation_id=organisation, why=WHY, by=people["sheng"], at=at)
    plans.submit_plan(plan_id=made.pk, why="报批", by=people["sheng"], at=at)
    return plans.approve_plan(
        plan_id=made.pk, document_no="粤市监〔演示〕9号", why="同意实施", by=people["fazhi"], at=at
    )


def _inspector(user: User, by: User, at: datetime) -> Inspector:
    known = Inspector.objects.filter(user=user).first()
    if known is not None:
        return known
    fields = tuple(f"{code:02d}" for code in range(22))
    return pool.add_inspector(
        user_id=user.pk, card_no=f"1999{user.pk:04d}", fields=fields, leads=True, why=WHY, by=by, at=at
    )


def _visit(plan: Plan, body: Body, pair: list[Inspector], people: dict[str, User], at: datetime) -> Visit:
    """Return the visit of a task for a cause, begun; the pair stands for whom the lot would name."""
    task = causes.add_cause(
        plan_id=plan.pk, body_id=body.pk, kind="complaint", reference=f"举报〔演示〕第{body.pk}号",
        words="反映设备超期未校准仍出具报告。", by=people["sheng"], at=at,
    )  # fmt: skip
    task = Task.objects.get(pk=task.pk)
    task.leader, task.second = pair
    task.stage, task.assigned_at = TaskStage.ASSIGNED, at
    with recorded(None, WHY):
        task.save()
    day: date = timezone.localdate(at)
    made = services.open_visit(task_id=task.pk, mode="on_site", first_day=day, last_day=day, by=people[PAIR[0]], at=at)
    services.show_identity(pass_code=made.pass_code, who="值班人员", at=at)
    return services.start_visit(visit_id=made.pk, by=people[PAIR[0]], at=at)


def _judged(visit: Visit, people: dict[str, User], at: datetime, *, but: int = 0) -> None:
    """Judge the items but for the last ones, with one that fails and its finding."""
    rows = list(visit.items.order_by("place").values_list("pk", "code"))
    sent = []
    for key, code in rows[: len(rows) - but]:
        failed = code == "G08"
        values = {"verdict": "fails" if failed else "conforms", "note": FACT if failed else ""}
        sent.append(services.Change(id=uuid4(), item=f"check:{key}", base=0, values=values))
    found = {"code": "G08", "fact": FACT, "violation": "VIO-MANDATORY-RULES", "stands": "yes"}
    sent.append(services.Change(id=uuid4(), item=f"finding:{uuid4()}", base=0, values=found))
    services.take_changes(visit_id=visit.pk, changes=sent, by=people[PAIR[0]], at=at)


def _concluded(visit: Visit, people: dict[str, User], at: datetime) -> None:
    """Sign, decide, order a correction that the body answers, conclude and disclose."""
    leader, officer = people[PAIR[0]], people["sheng"]
    _judged(visit, people, at)
    signed = at + timedelta(hours=2)
    _signed(visit, people, signed)
    finding = visit.findings.get()
    services.propose_handling(
        finding_id=finding.pk, handling="order", departure="首次发现，可立即改正，未造成报告结果不实。", by=leader,
        at=signed,
    )  # fmt: skip
    services.decide_finding(finding_id=finding.pk, handling="order", by=officer, at=at + timedelta(days=1))
    order = services.issue_order(
        visit_id=visit.pk, words="重新校准天平 B-03，核查受影响的 3 份报告，提交校准证书和核查记录。", by=officer,
        at=at + timedelta(days=1),
    )  # fmt: skip
    services.conclude_visit(visit_id=visit.pk, codes=["A"], by=leader, at=at + timedelta(days=2))
    visit.refresh_from_db()
    services.disclose(result_id=visit.result.pk, by=officer, at=at + timedelta(days=5))
    services.answer_order(
        order_id=order.pk, words="已于次日送检校准，3 份报告经复测结果一致，证书和记录见附件。",
        evidence=[services.Upload("校准证书.png", drawn(3))], by=people["shiyanshi"], at=at + timedelta(days=9),
    )  # fmt: skip


def _signed(visit: Visit, people: dict[str, User], at: datetime) -> None:
    """Let both inspectors and the body sign what the sheet says."""
    digest = selectors.digest_to_sign(visit)
    names = {"leader": people[PAIR[0]].display_name, "second": people[PAIR[1]].display_name, "body": "张主任"}
    sent = []
    for number, (side, name) in enumerate(names.items(), 1):
        values = {
            "name": name, "post": "实验室主任" if side == "body" else "", "refusal": "", "signed": True,
            "objection": "天平已于当日停用。" if side == "body" else "", "digest": digest,
            "image": f"data:image/png;base64,{base64.b64encode(drawn(number)).decode()}",
            "signed_at": at.isoformat(),
        }  # fmt: skip
        sent.append(services.Change(id=uuid4(), item=f"signature:{side}", base=0, values=values))
    services.take_changes(visit_id=visit.pk, changes=sent, by=people[PAIR[0]], at=at)


def drawn(number: int) -> bytes:
    """Return a PNG with a stroke of the pen."""
    wide, high = 240, 80
    rows = [bytearray(b"\xff" * wide) for _row in range(high)]
    for place in range(20, wide - 20):
        middle = high / 2 + 22 * math.sin(place / (9 + 3 * number)) * math.cos(place / (31 + number))
        for thick in range(-2, 3):
            rows[int(middle) + thick][place] = 20
    data = zlib.compress(b"".join(b"\x00" + bytes(row) for row in rows))
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", data), (b"IEND", b"")]
    made = b"\x89PNG\r\n\x1a\n"
    for kind, part in parts:
        made += struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
    return made
