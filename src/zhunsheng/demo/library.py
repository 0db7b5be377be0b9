"""The provincial library of the demo province: entries and proposals at every stage, a replaced edition."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from zhunsheng.demo.people import ECOLOGY, LABORATORY, OFFICERS, WHY, Login, hashed
from zhunsheng.demo.tables import methods, objects
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Membership, Organisation, Role, User
from zhunsheng.platform.notices import services as notices
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.catalogue.models import Parameter, StandardEdition
from zhunsheng.registry.library import services
from zhunsheng.registry.library.models import Entry, Proposal

EXPERTS = (
    Login("zhuanjia", "专家 马教授", Role.EXPERT, "", "评议专家", "expert"),
    Login("zhuanjia2", "专家 高研究员", Role.EXPERT, "", "评议专家", "expert"),
    Login("zhuanjia3", "专家 罗工程师", Role.EXPERT, "", "评议专家", "expert"),
)
PFAS = {
    "parameter_name": "全氟辛酸（PFOA）",
    "parameter_name_en": "perfluorooctanoic acid",
    "synonyms": "PFOA\n全氟辛酸",
    "cas": "335-67-1",
    "object_name": "地表水",
    "method_code": "HJ 1334-2023",
    "method_title": "水质 17种全氟化合物的测定 高效液相色谱-三重四极杆质谱法",
    "technique": "高效液相色谱-三重四极杆质谱法",
    "technique_en": "HPLC-MS/MS",
    "unit": "ng/L",
    "quantity_kind": "mass concentration",
    "domain": "生态环境",
}
DRONE = {
    "parameter_name": "动力电池针刺热失控时间",
    "parameter_name_en": "time to thermal runaway after nail penetration",
    "object_name": "无人驾驶航空器动力电池",
    "object_name_en": "traction battery of unmanned aircraft",
    "method_code": "T/GDTEST 101-2026",
    "method_title": "无人驾驶航空器动力电池 针刺热失控试验方法（演示）",
    "technique": "针刺触发热电偶阵列法",
    "unit": "s",
    "quantity_kind": "time",
    "domain": "产品质量",
    "sort": "advanced",
    "industry": "低空经济",
}
WEAK = {
    "parameter_name": "水中感官异味等级",
    "object_name": "地表水",
    "method_code": "T/GDTEST 7-2025",
    "method_title": "水中异味等级的快速判定（演示）",
    "domain": "生态环境",
}
PUBLISHED = 12
"""Entries that the library begins with, from the methods of the demo province."""


@dataclass(frozen=True)
class Cast:
    """Who takes part."""

    bureau: Organisation
    ecology: Organisation
    officer: User
    ecologist: User
    laboratory: Organisation
    manager: User
    experts: list[User]


def load_library(hero: Body, at: datetime, since: date) -> None:
    """Enter the library; the days of its past lie before `at`."""
    cast = _cast(hero, since)
    past = at - timedelta(days=60)
    for content in _known()[:PUBLISHED]:
        _publish(cast, _propose(cast, content, past), past)
    _revise_and_retire(cast, at - timedelta(days=20))
    _publish(cast, _propose(cast, PFAS, at - timedelta(days=9), ecology=True), at - timedelta(days=9))
    weak = _propose(cast, WEAK, at - timedelta(days=8))
    services.refuse(proposal_id=weak.pk, by=cast.officer, at=at, why="方法缺少准确度和精密度数据，不能支撑判定。")
    _open_proposals(cast, at)
    _replace(cast, hero, at)


def _cast(hero: Body, since: date) -> Cast:
    houses = Body.objects.exclude(pk=hero.pk).exclude(organisation=None).select_related("organisation").order_by("pk")
    with recorded(None, WHY):
        for login, house in zip(EXPERTS, houses[: len(EXPERTS)], strict=True):
            user = User(username=login.username, display_name=login.name, password=hashed())
            user.save()
            if house.organisation is not None:
                Membership.objects.create(
                    user=user, organisation=house.organisation, role=Role.EXPERT, valid_from=since
                )
    named = {one.username: one for one in User.objects.all()}
    officer, ecologist = named[OFFICERS[0].username], named[ECOLOGY.username]
    if hero.organisation is None:
        raise LookupError("the laboratory of the story has no organisation")
    return Cast(
        bureau=officer.memberships.get().organisation,
        ecology=ecologist.memberships.get().organisation,
        officer=officer,
        ecologist=ecologist,
        laboratory=hero.organisation,
        manager=named[LABORATORY[0].username],
        experts=[named[one.username] for one in EXPERTS],
    )


def _known() -> list[dict[str, str]]:
    """Return contents for entries from methods whose standard carries a year, one a parameter and object."""
    editions = set(StandardEdition.objects.values_list("code", flat=True))
    names = dict(Parameter.objects.values_list("code", "name"))
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one in methods():
        if one.method in editions:
            found.setdefault(
                (one.code, one.method),
                {
                    "parameter_name": names[one.code],
                    "parameter_name_en": one.name_en,
                    "cas": one.cas,
                    "object_name": objects()[one.object],
                    "method_code": one.method,
                    "unit": one.unit,
                    "domain": "生态环境" if one.field in {"12", "13"} else "产品质量",
                },
            )
    spread = list(found.values())
    return spread[:: max(1, len(spread) // PUBLISHED)]


def _propose(
    cast: Cast, content: dict[str, str], at: datetime, *, ecology: bool = False, kind: str = "new", code: str = ""
) -> Proposal:
    return services.propose(
        kind=kind,
        organisation_id=cast.laboratory.pk,
        steward_id=(cast.ecology if ecology else cast.bureau).pk,
        entry_code=code,
        content=content,
        reasons="监管和企业委托检测均有需要，方法已完成验证。（演示数据）",
        evidence=[services.Upload("方法验证报告.csv", "项目,结果\n回收率,96%\n".encode())],
        by=cast.manager,
        at=at,
    )


def _review(cast: Cast, made: Proposal, at: datetime, *, days: int = 0, opinions: int = 2) -> None:
    steward = cast.ecologist if made.steward_id == cast.ecology.pk else cast.officer
    services.open_review(proposal_id=made.pk, consult_days=days, by=steward, at=at, why="材料齐全，启动评议。")
    people = [one.pk for one in cast.experts]
    services.invite(proposal_id=made.pk, expert_ids=people, by=steward, at=at, why="按专业领域邀请。")
    words = ("方法成熟，验证数据充分，同意纳入。", "同意纳入，建议补充方法检出限的计算过程。")
    for place, expert in enumerate(cast.experts[:opinions]):
        services.give_opinion(
            proposal_id=made.pk,
            verdict="support" if place == 0 else "with_changes",
            reasons=words[place % 2],
            employed=False,
            author=place == 1,
            consultant=False,
            interests="",
            by=expert,
            at=at,
        )


def _publish(cast: Cast, made: Proposal, at: datetime) -> Entry:
    _review(cast, made, at)
    steward = cast.ecologist if made.steward_id == cast.ecology.pk else cast.officer
    return services.publish(
        proposal_id=made.pk, effective_from=timezone.localdate(at), by=steward, at=at, why="专家意见一致，予以发布。"
    )


def _revise_and_retire(cast: Cast, at: datetime) -> None:
    first, second = Entry.objects.order_by("code")[:2]
    content = first.versions.get().content() | {"clause": "4.1", "technique": "铂-钴标准比色法"}
    _publish(cast, _propose(cast, content, at, kind="revision", code=first.code), at)
    _publish(cast, _propose(cast, {}, at, kind="retirement", code=second.code), at)


def _open_proposals(cast: Cast, at: datetime) -> None:
    """Leave one in public consultation, one that waits for opinions, one that nobody has opened."""
    _review(cast, _propose(cast, DRONE, at - timedelta(days=2)), at, days=30, opinions=1)
    rest = _known()[2:4]
    for place, content in enumerate(rest):
        made = _propose(cast, content | {"clause": f"附录{'AB'[place]}"}, at - timedelta(days=1))
        if place == 0:
            _review(cast, made, at, opinions=1)


def _replace(cast: Cast, hero: Body, at: datetime) -> None:
    """Replace the edition that the story's laboratory names most, send the notices, declare half of the lines."""
    editions = [one for one in hero.scope_lines.exclude(edition=None).select_related("edition") if one.edition]
    if not editions:
        return
    codes = [one.edition.code for one in editions if one.edition and one.edition.replaced_by_id is None]
    old = max(sorted(set(codes)), key=codes.count)
    made = services.replace_edition(
        old=old,
        new=f"{old.rsplit('-', 1)[0]}-{timezone.localdate(at).year + 1}",
        effective_from=timezone.localdate(at) + timedelta(days=90),
        by=cast.officer,
        at=at,
        why="演示：国家标准公告发布新版标准。",
    )
    if made.notice is not None:
        notices.send(notice_id=made.notice.pk, by=cast.officer, at=at)
    lines = list(made.affected.filter(body=hero).order_by("pk").values_list("line_id", flat=True))
    services.declare_unchanged(
        supersession_id=made.pk,
        body_id=hero.pk,
        line_ids=lines[: max(1, len(lines) // 2)],
        remark="方法验证报告 YZ-2026-03（演示）。",
        by=cast.manager,
        at=at,
    )
