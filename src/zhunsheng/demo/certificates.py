"""Electronic certificates of the demo province: first grants, changes, a suspension, a cancellation, refusals."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhunsheng.admission.certificates import services
from zhunsheng.admission.certificates.grants import Grant, GrantedLine, GrantedSignatory, GrantedSite, NewBody
from zhunsheng.demo.catalogue import WHY
from zhunsheng.demo.laboratories import Laboratory
from zhunsheng.demo.people import OFFICERS
from zhunsheng.demo.tables import FIELDS, Method, methods, objects
from zhunsheng.foundation.identifiers import make_uscc
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body

Act = Callable[[str, User, datetime], None]
"""What is done on a day: called with decision number, officer and moment."""


@dataclass(frozen=True, slots=True)
class _New:
    """A made-up body that is granted its first certificate, so many days ago."""

    name: str
    name_en: str
    division: str
    address: str
    fields: tuple[str, ...]
    signatory: str
    days: int


NEW_BODIES = (
    _New(
        "岭南粤食检验检测有限公司（演示）", "Lingnan Yueshi Testing (demo)", "440106", "广州市天河区演示一路12号",
        ("00", "13"), "梁慧敏", 210,
    ),
    _New(
        "珠江源生态检测有限公司（演示）", "Zhujiangyuan Eco-Testing (demo)", "440306", "深圳市宝安区演示二路8号",
        ("12", "13"), "邓启航", 160,
    ),
    _New(
        "北江机动车检测有限公司（演示）", "Beijiang Vehicle Testing (demo)", "441802", "清远市清城区演示三路3号",
        ("05",), "何国栋", 130,
    ),
    _New(
        "东江纺织品检测有限公司（演示）", "Dongjiang Textile Testing (demo)", "441302", "惠州市惠城区演示四路21号",
        ("11",), "罗丽华", 300,
    ),
)  # fmt: skip


def load_certificates(laboratories: Sequence[Laboratory], hero: Laboratory, now: datetime) -> None:
    """Issue certificates by the ordinary service, as an officer of the province, on working days of the last year.

    Raises: NotAllowed, DomainError for what the service refuses.
    """
    officer = User.objects.get(username=OFFICERS[0].username)
    acts = sorted(_acts(laboratories, hero, timezone.localdate(now)), key=lambda pair: pair[0])
    for number, (day, act) in enumerate(acts, 1):
        moment = timezone.make_aware(datetime.combine(day, time(10, number % 60)))
        act(f"粤市监资决〔{day.year}〕演示{number}号", officer, min(moment, now))


def _acts(laboratories: Sequence[Laboratory], hero: Laboratory, today: date) -> Iterator[tuple[date, Act]]:
    for place, new in enumerate(NEW_BODIES, 1):
        day = _working(today - timedelta(days=new.days))
        yield day, _issuing(_first(new, place, day))
    food, ecology, vehicle, textile = (one.name for one in NEW_BODIES)
    yield _change(today, 95, food, {"occasion": "extension", "added": tuple(_lines(("10",), "A")[:4])})
    yield _change(today, 45, ecology, {"occasion": "name", "new_name": "珠江源检验检测集团有限公司（演示）"})
    yield _measure(today, 15, "suspend", vehicle, {"ground": "MEASURE-OWN-STOP"}, "设备搬迁，机构申请暂停使用")
    yield _measure(today, 25, "cancel", textile, {"ground": "MEASURE-OWN-CANCELLATION"}, "机构申请注销")
    yield _change(today, 100, hero.cma, {"occasion": "extension", "added": tuple(_lacking(hero)[:3])})
    others = [one for one in laboratories if one is not hero and one.status == "active" and one.valid_to > today][:4]
    for place, one in enumerate(others):
        person = GrantedSignatory(
            ("江晓岚", "彭志远", "谭嘉怡", "邱文博")[place], FIELDS[one.fields[0]][0], "高级工程师"
        )
        yield _change(today, 30 + 17 * place, one.cma, {"occasion": "signatory", "signatories": (person,)})
    yield _told(
        today,
        33,
        "refused",
        "西江建材检测有限公司（演示）",
        "不予许可首次资质认定：检测设备不满足申请项目要求。",
        "First accreditation refused: the equipment does not meet what the items applied for require.",
    )
    yield _told(
        today,
        12,
        "not_accepted",
        "韩江玩具检测有限公司（演示）",
        "不予受理：申请事项依法不需要取得资质认定。",
        "Not accepted: what is applied for needs no accreditation by law.",
    )


def _first(new: _New, place: int, day: date) -> Grant:
    fields = [FIELDS[code][0] for code in new.fields]
    body = NewBody(
        new.name, str(make_uscc(new.division, 20_000_000 + place)), new.division, new.address, new.name_en,
        generated=True,
    )  # fmt: skip
    return Grant(
        organisation_id=None,
        body_id=None,
        body=body,
        application_number=f"DEMO-{day.year}-F{place:03d}",
        decision_no="",
        decided_on=day,
        valid_from=day,
        whole_term=True,
        added=tuple(_lines(new.fields, "A")),
        sites=(GrantedSite("A", "主实验室", new.address, new.division),),
        signatories=(GrantedSignatory(new.signatory, "；".join(fields), "高级工程师"),),
    )


def _body(named: str) -> Body:
    """Return a body by its name or its certificate number."""
    return Body.objects.get(Q(name=named) | Q(cma=named))


def _change(today: date, days: int, named: str, values: dict[str, Any]) -> tuple[date, Act]:
    day = _working(today - timedelta(days=days))

    def act(number: str, officer: User, at: datetime) -> None:
        body = _body(named)
        grant = Grant(
            organisation_id=body.organisation_id, body_id=body.pk, application_number=f"DEMO-{day.year}-C{days:03d}",
            decision_no=number, decided_on=day, valid_from=day, whole_term=False, **values,
        )  # fmt: skip
        services.issue(grant=grant, by=officer, at=at, why=WHY)

    return day, act


def _issuing(grant: Grant) -> Act:
    def act(number: str, officer: User, at: datetime) -> None:
        services.issue(grant=replace(grant, decision_no=number), by=officer, at=at, why=WHY)

    return act


def _measure(today: date, days: int, verb: str, name: str, values: dict[str, Any], why: str) -> tuple[date, Act]:
    day = _working(today - timedelta(days=days))

    def act(number: str, officer: User, at: datetime) -> None:
        given: dict[str, Any] = {"body_id": _body(name).pk, "decision_no": number, "on": day}
        given |= {"by": officer, "at": at, "why": why}
        if verb == "suspend":
            services.suspend(**given, **values)
        else:
            services.cancel(**given, **values)

    return day, act


def _told(today: date, days: int, kind: str, name: str, words: str, words_en: str) -> tuple[date, Act]:
    day = _working(today - timedelta(days=days))

    def act(number: str, officer: User, at: datetime) -> None:
        services.announce(
            kind=kind, application_number=f"DEMO-{day.year}-R{days:03d}", body_name=name, words=words,
            words_en=words_en, on=day, at=at, decision_no=number, by=officer,
        )  # fmt: skip

    return day, act


def _lines(fields: Sequence[str], site: str) -> list[GrantedLine]:
    return [_line(method, site) for method in methods() if method.field in fields]


def _lacking(one: Laboratory) -> list[GrantedLine]:
    """Return lines for what a laboratory can't test yet, at its first site."""
    held = {(method.object, method.code) for method, _site in one.scope}
    return [
        _line(method, one.sites[0].code)
        for method in methods()
        if (method.object, method.code) not in held and method.field not in one.fields
    ]


def _line(method: Method, site: str) -> GrantedLine:
    return GrantedLine(
        object_text=objects()[method.object],
        parameter_text=method.name,
        method_text=method.method,
        site_code=site,
        domain=FIELDS[method.field][0],
        category=objects()[method.object],
    )


def _working(day: date) -> date:
    """Return the day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
