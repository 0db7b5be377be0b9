"""The plainest people and proposals of the provincial library."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from zhunsheng.platform.accounts.models import Kind, Organisation, Role, User
from zhunsheng.platform.accounts.tests.factories import NOON, TODAY, make_member, make_organisation
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.tests.factories import load_catalogue, make_body, make_certificate, make_line
from zhunsheng.registry.library import services

WHY = "test"
PFOA = {
    "object_name": "生活饮用水",
    "parameter_name": "全氟辛酸",
    "parameter_name_en": "perfluorooctanoic acid",
    "synonyms": "PFOA\n全氟辛酸（PFOA）",
    "cas": "335-67-1",
    "method_code": "HJ 1334-2023",
    "method_title": "水质 17种全氟化合物的测定",
    "clause": "8",
    "technique": "液相色谱-三重四极杆质谱法",
    "unit": "ng/L",
    "quantity_kind": "mass concentration",
    "domain": "生态环境",
}
"""CAS Registry: 335-67-1 is perfluorooctanoic acid."""


@dataclass
class World:
    """A laboratory with its manager, a bureau with two officers, experts of other houses."""

    laboratory: Organisation
    body: Body
    manager: User
    bureau: Organisation
    officer: User
    experts: list[User]


def make_world() -> World:
    """Make them, with a small catalogue."""
    load_catalogue()
    laboratory = make_organisation(Kind.BODY, name="示范检测")
    bureau = make_organisation(division="440000", name="省局")
    body = make_body(organisation=laboratory, division=laboratory.division)
    return World(
        laboratory,
        body,
        make_member(Role.BODY_MANAGER, laboratory),
        bureau,
        make_member(Role.PROVINCE_OFFICER, bureau),
        [make_member(Role.EXPERT, make_organisation(Kind.BODY)) for _number in range(3)],
    )


def propose(world: World, **values: Any) -> Any:
    """Hand in the proposal for PFOA, or one that differs in some values."""
    content = PFOA | {name: values.pop(name) for name in list(values) if name in {*PFOA, "sort", "industry"}}
    plain: dict[str, Any] = {
        "kind": "new", "organisation_id": world.laboratory.pk, "steward_id": world.bureau.pk, "content": content,
        "reasons": "饮用水新污染物监测需要", "by": world.manager, "at": NOON,
    }  # fmt: skip
    return services.propose(**(plain | values))


def under_review(world: World, *, experts: list[User] | None = None, **values: Any) -> Any:
    """Hand in a proposal, open its review without consultation and invite experts."""
    made = propose(world, **values)
    services.open_review(proposal_id=made.pk, consult_days=0, by=world.officer, at=NOON, why=WHY)
    invited = [one.pk for one in (world.experts if experts is None else experts)]
    services.invite(proposal_id=made.pk, expert_ids=invited, by=world.officer, at=NOON, why=WHY)
    made.refresh_from_db()
    return made


def opine(proposal: Any, expert: User, verdict: str = "support", **values: Any) -> Any:
    """Give an opinion without interests."""
    plain: dict[str, Any] = {"employed": False, "author": False, "consultant": False, "interests": ""}
    return services.give_opinion(
        proposal_id=proposal.pk, verdict=verdict, reasons="方法已验证", by=expert, at=NOON, **(plain | values)
    )


def published(world: World, **values: Any) -> Any:
    """Bring a proposal to publication and return the entry."""
    made = under_review(world, **values)
    for expert in world.experts[:2]:
        opine(made, expert)
    return services.publish(proposal_id=made.pk, effective_from=TODAY, by=world.officer, at=NOON, why=WHY)


__all__ = ["NOON", "PFOA", "TODAY", "World", "make_certificate", "make_line", "timedelta"]
