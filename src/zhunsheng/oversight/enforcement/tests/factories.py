"""The plainest bureau and case, at each stage of its way."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from zhunsheng.oversight.enforcement.rules.sanctions import Sanction
from zhunsheng.oversight.enforcement.rules.yardstick import Facts
from zhunsheng.oversight.enforcement.services import FindingFacts, deciding, documents, file_case, proposing
from zhunsheng.platform.accounts.models import Kind, Organisation, Role, User
from zhunsheng.platform.accounts.tests.factories import NOON, make_member, make_organisation
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.tests.factories import make_body

FALSE = FindingFacts("VIO-FALSE-REPORT", "未检测出具报告3份", date(2026, 2, 1), Facts(field="product"))
FINE = Sanction("CON-PQL57-BODY", Decimal(75000))
LATER = NOON + timedelta(days=10)


@dataclass
class World:
    """A provincial authority with two investigators, a lawyer and a head; a laboratory with its manager."""

    authority: Organisation
    first: User
    second: User
    lawyer: User
    head: User
    laboratory: Organisation
    manager: User
    body: Body


def make_world(division: str = "440000") -> World:
    """Make them."""
    authority = make_organisation(division=division)
    role = Role.PROVINCE_OFFICER if division == "440000" else Role.CITY_OFFICER
    laboratory = make_organisation(Kind.BODY, division="440106", name="岭南检测有限公司")
    return World(
        authority=authority,
        first=make_member(Role.INSPECTOR, authority),
        second=make_member(Role.INSPECTOR, authority),
        lawyer=make_member(Role.LEGAL_OFFICER, authority),
        head=make_member(role, authority),
        laboratory=laboratory,
        manager=make_member(Role.BODY_MANAGER, laboratory),
        body=make_body(division=laboratory.division, organisation=laboratory, name=laboratory.name),
    )


def filed(world: World, finding: FindingFacts = FALSE):
    """Return a case under investigation by two officers."""
    return file_case(
        body_id=world.body.pk, lead_ids=[], findings=[finding], by=world.first, second_id=world.second.pk, at=NOON
    )


def proposed(world: World, *sanctions: Sanction, finding: FindingFacts = FALSE):
    """Return a case with a proposal, under legal review."""
    case = filed(world, finding)
    wanted = {1: list(sanctions or (FINE,))}
    return proposing.propose(case_id=case.pk, chosen=wanted, words="调查终结", by=world.first, at=NOON)


def serve_notice(world: World, case, at=NOON):
    """Record that the party received the notice electronically, from which its days run."""
    documents.serve(
        document_id=case.documents.filter(kind="notice").latest("pk").pk, method="electronic",
        on=timezone.localdate(at), received_by="李经理", proof="", by=world.first, at=at,
    )  # fmt: skip


def to_decide(world: World, *sanctions: Sanction, finding: FindingFacts = FALSE):
    """Return a case that waits for its decision, the party's days over."""
    case = proposed(world, *sanctions, finding=finding)
    proposing.examine(case_id=case.pk, passes=True, words="事实清楚", by=world.lawyer, at=NOON)
    proposing.notify(case_id=case.pk, words="拟处罚款", by=world.first, at=NOON)
    serve_notice(world, case)
    return proposing.submit(case_id=case.pk, words="当事人未陈述", by=world.first, at=LATER)


def decided(world: World, *sanctions: Sanction, finding: FindingFacts = FALSE, discussed: bool = False):
    """Return a decided case."""
    case = to_decide(world, *sanctions, finding=finding)
    if discussed:
        deciding.discuss(
            case_id=case.pk, present=["甲", "乙", "丙"], words="同意", departures_approved=True, by=world.head, at=LATER
        )
    deciding.decide(
        case_id=case.pk, number="粤市监处〔2026〕1号", result="punished", words="违法事实成立", by=world.head, at=LATER
    )
    case.refresh_from_db()
    return case
