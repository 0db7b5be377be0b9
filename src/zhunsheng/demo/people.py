"""The authorities and people of the demo province, one for each role."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_noop

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import Division, Kind, Level, Membership, Organisation, Role, Sector, User
from zhunsheng.platform.accounts.services.first import install_administrator

PASSWORD = "zhunsheng-demo"  # noqa: S105 - public on purpose: printed by `zhunsheng demo`, which listens on the loopback
WHY = gettext_noop("Data of the demonstration province")


@dataclass(frozen=True)
class Login:
    """An account of the demo province: who, as what, where to begin."""

    username: str
    name: str
    role: Role
    place: str
    words: str
    words_en: str


OFFICERS = (
    Login("sheng", "省局 陈处长", Role.PROVINCE_OFFICER, "440000", "省局监管人员", "province officer"),
    Login("guangzhou", "广州 黄科长", Role.CITY_OFFICER, "440100", "市局监管人员", "city officer"),
    Login("tianhe", "天河 林科员", Role.COUNTY_OFFICER, "440106", "区局监管人员", "county officer"),
    Login("shenhe", "省局 李审核", Role.REVIEWER, "440000", "技术评审人员", "reviewer"),
    Login("jiancha", "省局 吴检查", Role.INSPECTOR, "440000", "检查人员", "inspector"),
    Login("jiancha2", "省局 郑检查", Role.INSPECTOR, "440000", "检查人员", "inspector"),
    Login("fazhi", "省局 何法制", Role.LEGAL_OFFICER, "440000", "法制人员", "legal officer"),
    Login("shenji", "省局 周审计", Role.AUDITOR, "440000", "审计人员（只读）", "auditor, reads all"),
)
ECOLOGY = Login(
    "shengtai", "省生态环境厅 郑处长", Role.DEPARTMENT_OFFICER, "440000", "行业部门人员", "department officer"
)
LABORATORY = (
    Login("shiyanshi", "实验室 张主任", Role.BODY_MANAGER, "", "实验室管理者", "laboratory manager"),
    Login("qianzi", "实验室 刘签字", Role.SIGNATORY, "", "授权签字人", "authorised signatory"),
    Login("luru", "实验室 谢录入", Role.BODY_CLERK, "", "报告录入员", "laboratory clerk"),
)
ADMINISTRATOR = Login("admin", "系统管理员", Role.SYSTEM_ADMINISTRATOR, "440000", "系统管理员", "system administrator")


def all_logins() -> tuple[Login, ...]:
    """Return every account that `load_people` and `load_laboratory_people` make."""
    return (*OFFICERS, ECOLOGY, *LABORATORY, ADMINISTRATOR)


def load_people(at: datetime, since: date) -> None:
    """Create the authorities of the province and its cities, the ecology department and their people."""
    province = Division.objects.get(code="440000")
    authority = f"{province.name}市场监督管理局（演示）"
    install_administrator(username=ADMINISTRATOR.username, authority=authority, division=province.code, at=at)
    with transaction.atomic(), recorded(None, WHY):
        administrator = User.objects.get(username=ADMINISTRATOR.username)
        administrator.display_name, administrator.password_temporary = ADMINISTRATOR.name, False
        administrator.password = hashed()
        administrator.save()
        top = Organisation.objects.get(kind=Kind.AUTHORITY, division=province)
        top.name_en = f"Market supervision of {province.name_en} (demo)"
        top.phone, top.court = "020-00000000（演示）", "广州铁路运输法院"
        top.save(update_fields=["name_en", "phone", "court"])
        by_place = {"440000": top}
        places = Division.objects.filter(code__startswith="44", level__in=[Level.CITY]).order_by("code")
        for place in [*places, Division.objects.get(code="440106")]:
            by_place[place.code] = Organisation.objects.create(
                kind=Kind.AUTHORITY,
                name=f"{place.name}市场监督管理局（演示）",
                name_en=f"Market supervision of {place.name_en} (demo)",
                division=place,
                parent=by_place.get(f"{place.code[:4]}00", top) if place.level == Level.COUNTY else top,
                sector=Sector.MARKET,
                phone=f"{place.code}-0000（演示）",
            )
        ecology = Organisation.objects.create(
            kind=Kind.DEPARTMENT,
            name="广东省生态环境厅（演示）",
            name_en="Ecology and environment of Guangdong (demo)",
            division=province,
            sector=Sector.ECOLOGY,
        )
        for login in OFFICERS:
            _person(login, by_place[login.place], since)
        _person(ECOLOGY, ecology, since)


def load_laboratory_people(organisation: Organisation, since: date) -> None:
    """Create the people of the laboratory that the story follows."""
    with transaction.atomic(), recorded(None, WHY):
        for login in LABORATORY:
            _person(login, organisation, since)


@cache
def hashed() -> str:
    """Return the public password as it is stored; hashed once, for a hash is made to be slow."""
    return make_password(PASSWORD)


def _person(login: Login, organisation: Organisation, since: date) -> None:
    user = User(username=login.username, display_name=login.name, password=hashed())
    user.save()
    Membership.objects.create(user=user, organisation=organisation, role=login.role, valid_from=since)
