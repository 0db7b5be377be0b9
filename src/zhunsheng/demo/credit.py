"""Credit files of the demo province: three years of the laboratory of the story, shorter histories of others."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from zhunsheng.demo.paper import paper
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body, Expert, Person, Signatory
from zhunsheng.registry.credit import services
from zhunsheng.registry.credit.models import CreditEvent
from zhunsheng.registry.credit.services.rates import rates_due

OTHERS = 300
"""How many other bodies get a history: enough for every chart, quick to load."""
COMPUTED = (700, 330, 120)
"""Days before today for which the grades of all bodies are computed, before today itself."""


class Planted(NamedTuple):
    """An event: how many days ago, of what kind, what was established, by whom."""

    ago: int
    kind: str
    words: str
    source: str = "省市场监督管理局"


STORY = (
    Planted(1090, "inspection_findings", "标准物质期间核查记录不完整"),
    Planted(1085, "order_to_correct", "责令三十日内补正期间核查记录", "广州市市场监督管理局"),
    Planted(1000, "inspection_clean", "整改复查未发现问题", "广州市市场监督管理局"),
    Planted(820, "proficiency_passed", "生活饮用水中铅能力验证结果满意", "省能力验证组织单位"),
    Planted(700, "inspection_clean", "双随机检查未发现问题"),
    Planted(430, "proficiency_passed", "大米中镉能力验证结果满意", "省能力验证组织单位"),
    Planted(400, "public_service", "承担汛期饮用水应急检测"),
    Planted(350, "inspection_clean", "双随机检查未发现问题", "广州市市场监督管理局"),
    Planted(95, "complaint_upheld", "报告出具延迟，投诉属实", "广州市市场监督管理局"),
    Planted(70, "inspection_findings", "天平期间核查记录不完整"),
    Planted(65, "order_to_correct", "责令三十日内补正天平期间核查记录", "广州市市场监督管理局"),
)
WRONG = Planted(230, "penalty", "未按标准规定的方法检测，处以警告并罚款（当事人系同名机构）")

USUAL = (
    ("inspection_clean", "双随机检查未发现问题", 0.9),
    ("inspection_clean", "监督检查未发现问题", 0.7),
    ("inspection_clean", "飞行检查未发现问题", 0.4),
    ("proficiency_passed", "能力验证结果满意", 0.8),
    ("proficiency_passed", "测量审核结果满意", 0.5),
    ("inspection_findings", "设备期间核查记录不完整", 0.2),
    ("order_to_correct", "责令限期改正", 0.18),
    ("proficiency_failed", "能力验证结果不满意", 0.08),
    ("complaint_upheld", "投诉属实", 0.1),
    ("rectification_late", "整改逾期", 0.06),
    ("penalty", "未按规定保存原始记录，处以罚款", 0.08),
    ("inaccurate_report", "原始数据无法溯源，认定为不实报告", 0.04),
    ("false_report", "未经检测出具报告，认定为虚假报告", 0.025),
    ("innovation_recognised", "检测方法获省级科技奖励", 0.15),
    ("public_service", "承担公益性应急检测", 0.3),
    ("industry_rating_low", "行业自律评价较差", 0.05),
    ("peer_review_good", "同行评议良好", 0.12),
)
PERSONS = (
    ("signed_outside_field", "超出授权签字范围签发报告2份"),
    ("two_bodies", "同时在两家机构从业"),
)


def load_credit(hero: Body, *, seed: int, now: datetime) -> None:
    """Write histories as they happened, day by day, with the grades computed in between."""
    people = {one.username: one for one in User.objects.all()}
    waiting = sorted([*_of_story(hero), *_of_others(hero, seed)], key=lambda pair: -pair[1].ago)
    stops = [*COMPUTED, WRONG.ago - 1, 0]
    for stop in sorted(stops, reverse=True):
        with transaction.atomic():  # one commit for all: each waits for the disk
            while waiting and waiting[0][1].ago >= stop:
                body, one = waiting.pop(0)
                _record(body, one, people, now)
        at = now - timedelta(days=stop)
        only = [hero.pk] if stop == WRONG.ago - 1 else None
        if rates_due(timezone.localdate(at)):
            services.estimate_rates(on=timezone.localdate(at), by=None, at=at)
        services.compute_grades(on=timezone.localdate(at), by=None, at=at, body_ids=only)
        if stop == WRONG.ago - 1:
            _objection(hero, people, now)
    _waiting_requests(hero, people, now)
    _persons(people, hero, now)


def _of_story(hero: Body) -> Iterator[tuple[Body, Planted]]:
    yield from ((hero, one) for one in (*STORY, WRONG))


def _of_others(hero: Body, seed: int) -> Iterator[tuple[Body, Planted]]:
    rng = random.Random(f"zhunsheng-credit-{seed}")
    for body in Body.objects.filter(generated=True).exclude(pk=hero.pk).order_by("pk")[:OTHERS]:
        for kind, words, chance in USUAL:
            if rng.random() < chance:
                yield body, Planted(rng.randint(5, 1000), kind, words)


def _record(body: Body, one: Planted, people: dict[str, User], now: datetime) -> CreditEvent:
    """Write an event as the system did on its day; later ones name the officer, whose membership had begun."""
    at = now - timedelta(days=one.ago)
    by = people["sheng"] if one.ago < 390 else None
    on = timezone.localdate(at)
    return services.record(
        body_id=body.pk, kind=one.kind, on=on, source=one.source, reference=_reference(body, one, on), words=one.words,
        by=by, at=at,
    )  # fmt: skip


def _reference(body: Body, one: Planted, on: date) -> str:
    sign = {"penalty": "市监罚", "order_to_correct": "责改", "complaint_upheld": "投诉"}.get(one.kind, "记")
    return f"粤{sign}〔{on.year}〕{body.pk % 1000}-{one.ago}号"


def _objection(hero: Body, people: dict[str, User], now: datetime) -> None:
    """Let the laboratory object to the penalty of another body, and be right."""
    event = CreditEvent.objects.get(body=hero, kind=WRONG.kind)
    made = services.file_petition(
        event_id=event.pk, sort="objection", by=people["shiyanshi"], at=now - timedelta(days=WRONG.ago - 6),
        grounds="该处罚决定书的当事人为外省同名机构，统一社会信用代码与我单位不同。",
        evidence=[(paper("处罚决定书当事人信息比对"), "当事人信息比对.pdf")],
    )  # fmt: skip
    services.decide_petition(
        petition_id=made.pk, grant=True, by=people["fazhi"], at=now - timedelta(days=WRONG.ago - 12),
        words="经核对统一社会信用代码，处罚当事人非该机构，原记录录入有误，予以撤销。",
    )  # fmt: skip


def _waiting_requests(hero: Body, people: dict[str, User], now: datetime) -> None:
    """Let one objection and one repair wait for a decision."""
    asked = (
        ("complaint_upheld", "objection", "延迟系委托方补充样品所致，有委托方书面说明。", "委托方说明"),
        ("order_to_correct", "repair", "已在期限内补正全部期间核查记录，复查未发现问题。", "整改报告及复查记录"),
    )
    for days, (kind, sort, grounds, name) in enumerate(asked, 1):
        event = CreditEvent.objects.filter(body=hero, kind=kind).latest("on")
        services.file_petition(
            event_id=event.pk, sort=sort, grounds=grounds, evidence=[(paper(name), f"{name}.pdf")],
            by=people["shiyanshi"], at=now - timedelta(days=days),
        )  # fmt: skip


def _persons(people: dict[str, User], hero: Body, now: datetime) -> None:
    """Put two signatories and an expert on the integrity file."""
    day = timezone.localdate(now) - timedelta(days=45)
    signatories = Signatory.objects.exclude(person__body=hero).order_by("person_id").values_list("person_id", flat=True)
    about: dict[str, Any] = {"on": day, "source": "省市场监督管理局", "by": people["sheng"], "at": now}
    for person, (kind, words) in zip(dict.fromkeys(signatories[:20]), PERSONS, strict=False):
        reference = f"粤诚〔{day.year}〕{person}号"
        services.record_person_event(person_id=person, kind=kind, words=words, reference=reference, **about)
    _own_file(people, hero, about)
    expert = Expert.objects.order_by("pk").first()
    if expert is not None:
        services.record_person_event(
            expert_id=expert.pk,
            kind="commended",
            words="年度评审工作表现突出",
            reference=f"粤评〔{day.year}〕1号",
            **about,
        )


def _own_file(people: dict[str, User], hero: Body, about: dict[str, Any]) -> None:
    """Let the story's signatory read their own file: the officer links the account, which is called as the person."""
    signatory, why = people.get("qianzi"), "到场核对身份证件，账号由本人使用（演示）"
    person = Person.objects.filter(body=hero, signatories__isnull=False).order_by("pk").first()
    if signatory is None or person is None:
        return
    with recorded(None, why):
        signatory.display_name = f"实验室 {person.name}"
        signatory.save(update_fields=["display_name"])
    services.link_account(person_id=person.pk, username=signatory.username, by=about["by"], at=about["at"], why=why)
    services.record_person_event(
        person_id=person.pk, kind="commended", words="在汛期饮用水应急检测中表现突出，予以通报表扬",
        reference=f"粤诚〔{about['on'].year}〕{person.pk}号", **about,
    )  # fmt: skip
