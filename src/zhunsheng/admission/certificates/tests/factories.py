"""The plainest bureau, laboratory and grants."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from zhunsheng.admission.certificates import services
from zhunsheng.admission.certificates.grants import Grant, GrantedLine, GrantedSignatory, GrantedSite, NewBody
from zhunsheng.admission.certificates.models import Certificate
from zhunsheng.platform.accounts.models import Kind, Organisation, Role, User
from zhunsheng.platform.accounts.tests.factories import make_member, make_organisation
from zhunsheng.registry.bodies.tests.factories import load_catalogue

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
WHY = "省局决定"
LEAD = GrantedLine(
    object_text="生活饮用水", parameter_text="铅", method_text="GB/T 5750.6-2023", domain="生态环境",
    category="水和废水", site_code="A",
)  # fmt: skip
CADMIUM = replace(LEAD, parameter_text="镉")
RICE = replace(LEAD, object_text="大米", domain="食品", category="粮食及制品", method_text="GB 5009.12-2023")


@dataclass
class World:
    """A provincial bureau with its officer, and a laboratory that has applied."""

    bureau: Organisation
    officer: User
    laboratory: Organisation


def make_world() -> World:
    """Make them, with a small catalogue."""
    load_catalogue()
    bureau = make_organisation(division="440000", name="广东省市场监督管理局")
    laboratory = make_organisation(Kind.BODY, division="440106", name="岭南检测有限公司")
    return World(bureau, make_member(Role.PROVINCE_OFFICER, bureau), laboratory)


def first_grant(world: World, **values: Any) -> Grant:
    """Return a first grant of two parameters at one site with one signatory."""
    plain = Grant(
        organisation_id=world.laboratory.pk,
        body_id=None,
        body=NewBody("岭南检测有限公司", "91440106MA5CQ0000X", "440106", "广州市天河区示范路1号", "Lingnan Testing"),
        application_number="SQ-2026-00001",
        decision_no="粤市监资决〔2026〕1号",
        decided_on=DAY,
        valid_from=DAY,
        whole_term=True,
        added=(LEAD, CADMIUM),
        sites=(GrantedSite("A", "天河实验室", "广州市天河区示范路1号", "440106"),),
        signatories=(GrantedSignatory("陈一鸣", "生态环境", "高级工程师"),),
    )
    return replace(plain, **values)


def later(made: Certificate, days: int = 10, **values: Any) -> Grant:
    """Return a change of a certificate so many days after the first grant."""
    day = DAY + timedelta(days=days)
    plain = Grant(
        organisation_id=made.body.organisation_id,
        body_id=made.body_id,
        application_number=f"SQ-2026-1{days:04d}",
        decision_no=f"粤市监资决〔2026〕{100 + days}号",
        decided_on=day,
        valid_from=day,
        whole_term=False,
        occasion="extension",
    )
    return replace(plain, **values)


def issue(
    world: World, grant: Grant | None = None, *, at: datetime | None = None, by: User | None = None
) -> Certificate:
    """Issue a grant on the day from which it holds, at ten o'clock."""
    wanted = grant or first_grant(world)
    day = max(wanted.decided_on, DAY)
    moment = at or datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)
    return services.issue(grant=wanted, by=by or world.officer, at=moment, why=WHY)


def noon(day: date) -> datetime:
    """Return noon of a day at the bureau's place."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)
