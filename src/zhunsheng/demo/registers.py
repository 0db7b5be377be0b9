"""The rest of the registers of the demo province: offices, materials, experts, and what befell some bodies."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from zhunsheng.demo.catalogue import WHY, checked
from zhunsheng.demo.laboratories import GIVEN, SURNAMES, Laboratory
from zhunsheng.demo.tables import FIELDS
from zhunsheng.foundation.identifiers.persons import check_character
from zhunsheng.registry.bodies import services
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.services.imports import import_rows

EXPERTS = 36
PREDECESSOR = "201919129001"
"""The CMA number of a made-up body that was merged into the one that the story follows."""
_MATERIALS = (
    ("GBW(E)080129", "水中铅溶液标准物质", "铅", "1000", "8", "μg/mL"),
    ("GBW(E)080119", "水中镉溶液标准物质", "镉", "1000", "8", "μg/mL"),
    ("GBW(E)080117", "水中砷溶液标准物质", "砷", "1000", "10", "μg/mL"),
    ("GBW(E)081521", "pH标准缓冲溶液", "pH", "6.86", "0.01", ""),
)
_TASKS = ("首次评审", "扩项评审", "延续评审", "监督检查技术支持")
Row = dict[str, str]


def load_registers(laboratories: Sequence[Laboratory], hero: Laboratory, *, seed: int, now: datetime) -> None:
    """Enter what the laboratories' own tables leave out, through the ordinary importers and services.

    Raises: DemoRefused.
    """
    today = timezone.localdate(now)
    rng = random.Random(f"zhunsheng-registers-{seed}")
    since = now - timedelta(days=400)
    with transaction.atomic():
        for kind, rows in _tables(laboratories, hero, rng, today):
            checked(import_rows(kind=kind, rows=rows, by=None, at=since, why=WHY))
        _befall(laboratories, hero, today)


def _tables(
    laboratories: Sequence[Laboratory], hero: Laboratory, rng: random.Random, today: date
) -> Iterator[tuple[str, list[Row]]]:
    yield "offices", [row for one in laboratories for row in _offices(one)]
    yield "materials", [row for one in laboratories for row in _materials(one, rng, today)]
    yield "instruments", [row for one in laboratories[::4] for row in _shared(one)]
    yield from _predecessor(hero, today)
    yield from _experts(laboratories, rng, today)


def _offices(one: Laboratory) -> list[Row]:
    heads = (("法定代表人", one.staff[-1]), ("技术负责人", one.staff[0]), ("质量负责人", one.staff[1]))
    return [
        {
            "body": one.cma,
            "kind": kind,
            "name": person.name,
            "code": person.code,
            "valid_from": one.valid_from.isoformat(),
        }
        for kind, person in heads
    ]


def _materials(one: Laboratory, rng: random.Random, today: date) -> list[Row]:
    rows = []
    for number, name, parameter, value, uncertainty, unit in rng.sample(_MATERIALS, 2):
        expires = today + timedelta(days=rng.randrange(-20, 500))
        rows.append(
            {
                "body": one.cma, "crm_no": number, "lot": f"{expires.year - 2000 - 2}{rng.randrange(1, 13):02d}1",
                "name": name, "parameter_text": parameter, "value": value, "uncertainty": uncertainty, "unit": unit,
                "producer": "演示计量院", "valid_from": (expires - timedelta(days=700)).isoformat(),
                "valid_to": expires.isoformat(),
            }
        )  # fmt: skip
    return rows


def _shared(one: Laboratory) -> list[Row]:
    first = one.instruments[0]
    terms = "工作日预约使用，按机时收费"
    return [{"body": one.cma, "code": first.code, "name": first.name, "shared": "是", "share_terms": terms}]


def _predecessor(hero: Laboratory, today: date) -> Iterator[tuple[str, list[Row]]]:
    """Yield a small body with a few lines of the hero's fields, which `_befall` merges into the hero."""
    first, last = today - timedelta(days=1500), today + timedelta(days=690)
    body = {
        "cma": PREDECESSOR, "name": "穗东食品检测有限公司（演示）", "name_en": "Suidong Food Testing (demo)",
        "kind": "testing", "division": hero.division, "address": hero.sites[0].address, "generated": "是",
        "source": "演示省生成",
    }  # fmt: skip
    yield "institutions", [body]
    period = {"valid_from": first.isoformat(), "valid_to": last.isoformat()}
    yield "accreditations", [{"body": PREDECESSOR, "number": PREDECESSOR, "status": "有效", **period}]
    yield "scope", [
        {
            "body": PREDECESSOR, "object_text": method.object, "parameter_text": method.name,
            "method_text": method.method, "domain": FIELDS[method.field][0], **period,
        }
        for method in {method.method: method for method, _site in hero.scope[:8]}.values()
    ]  # fmt: skip


def _experts(laboratories: Sequence[Laboratory], rng: random.Random, today: date) -> Iterator[tuple[str, list[Row]]]:
    codes = [f"GD-A-{number:04d}" for number in range(1, EXPERTS + 1)]
    yield from _who_they_are(codes, rng, today)
    yield from _where_they_work(codes, laboratories, today)
    yield from _what_they_did(codes, laboratories, today)
    yield "measures", _measures(codes, today)


def _who_they_are(codes: Sequence[str], rng: random.Random, today: date) -> Iterator[tuple[str, list[Row]]]:
    fields = list(FIELDS)
    yield "experts", [
        {
            "code": code, "name": rng.choice(SURNAMES) + rng.choice(GIVEN), "generated": "是",
            "rank": ("评审组长", "评审员", "评审员", "技术专家")[place % 4], "title": "高级工程师",
            "number_encrypted": _number(rng, place), "division": "440000",
            "valid_from": (today - timedelta(days=900)).isoformat(),
        }
        for place, code in enumerate(codes)
    ]  # fmt: skip
    yield (
        "specialities",
        [
            {"expert": code, "domain": FIELDS[field][0], "field": field}
            for place, code in enumerate(codes)
            for field in {fields[place % len(fields)], fields[(place * 3 + 1) % len(fields)]}
        ],
    )
    yield "trainings", [
        {
            "expert": code, "course": "检验检测机构资质认定评审准则", "certificate_no": f"PX-{place:04d}",
            "valid_from": (today - timedelta(days=700 + 15 * place)).isoformat(),
            "valid_to": (today - timedelta(days=700 + 15 * place) + timedelta(days=1095)).isoformat(),
        }
        for place, code in enumerate(codes)
    ]  # fmt: skip


def _where_they_work(
    codes: Sequence[str], laboratories: Sequence[Laboratory], today: date
) -> Iterator[tuple[str, list[Row]]]:
    employers = [laboratories[(place * 5) % len(laboratories)] for place in range(EXPERTS)]
    yield (
        "employments",
        [
            {
                "expert": code,
                "employer": one.name,
                "body": one.cma,
                "valid_from": (today - timedelta(days=2500)).isoformat(),
            }
            for code, one in zip(codes[::2], employers[::2], strict=True)
        ],
    )


def _what_they_did(
    codes: Sequence[str], laboratories: Sequence[Laboratory], today: date
) -> Iterator[tuple[str, list[Row]]]:
    tasks = [
        (
            code,
            f"PS-{today.year}-{place:02d}{turn}",
            laboratories[(place * 7 + turn * 3 + 1) % len(laboratories)],
            place,
        )
        for place, code in enumerate(codes)
        for turn in range(place % 4)
    ]
    days = {reference: today - timedelta(days=20 + 37 * place % 300) for _code, reference, _one, place in tasks}
    yield "assignments", [
        {
            "expert": code, "reference": reference, "task": _TASKS[place % 4], "body": one.cma,
            "leader": "是" if place % 4 == 0 else "否", "valid_from": days[reference].isoformat(),
            "valid_to": (days[reference] + timedelta(days=1)).isoformat(),
        }
        for code, reference, one, place in tasks
    ]  # fmt: skip
    yield "evaluations", [
        {
            "expert": code, "reference": reference, "evaluator": "省局评审处（演示）",
            "score": str(70 + (place * 7) % 30),
            "evaluated_on": (days[reference] + timedelta(days=8)).isoformat(),
        }
        for code, reference, _one, place in tasks
    ]  # fmt: skip


def _measures(codes: Sequence[str], today: date) -> list[Row]:
    return [
        {
            "expert": codes[4], "kind": "警告", "valid_from": (today - timedelta(days=60)).isoformat(),
            "valid_to": (today + timedelta(days=120)).isoformat(), "reason": "未按规定申报任职单位",
            "decision_no": "演示监函〔1〕号",
        },
        {
            "expert": codes[9], "kind": "暂停", "valid_from": (today - timedelta(days=30)).isoformat(),
            "valid_to": (today + timedelta(days=150)).isoformat(), "reason": "评审意见与记录不符",
            "decision_no": "演示监函〔2〕号",
        },
    ]  # fmt: skip


def _number(rng: random.Random, place: int) -> str:
    """Return a made-up identity number with a right check character, of a division that was never given out."""
    first17 = f"990000{rng.randrange(1960, 1990)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}{place:03d}"
    return first17 + check_character(first17)


def _befall(laboratories: Sequence[Laboratory], hero: Laboratory, today: date) -> None:
    """Let one body be renamed, one be merged into the hero, one be suspended and resume."""
    others = [one for one in laboratories if one is not hero and one.status == "active" and one.valid_to > today]
    renamed, suspended = others[1], others[2]
    bodies = {one.cma: one for one in Body.objects.filter(cma__in=[PREDECESSOR, hero.cma, renamed.cma])}
    on = today - timedelta(days=210)
    services.rename_body(
        body_id=bodies[renamed.cma].pk, name=renamed.name.replace("有限公司", "集团有限公司"), on=on,
        document_no="演示监资〔3〕号", by=None, at=_entered(on), why="企业名称变更登记",
    )  # fmt: skip
    on = today - timedelta(days=160)
    services.merge_bodies(
        body_ids=[bodies[PREDECESSOR].pk], into_id=bodies[hero.cma].pk, on=on, document_no="演示监资〔4〕号", by=None,
        at=_entered(on), why="吸收合并",
    )  # fmt: skip
    first = max(today - timedelta(days=320), suspended.valid_from + timedelta(days=1))
    row = {
        "number": suspended.cma, "state": "暂停", "valid_from": first.isoformat(), "reason": "限期整改未完成",
        "decision_no": "演示监资〔5〕号",
    }  # fmt: skip
    checked(import_rows(kind="periods", rows=[row], by=None, at=_entered(first), why=WHY))
    last = first + timedelta(days=60)
    checked(
        import_rows(
            kind="periods",
            rows=[row | {"valid_to": last.isoformat()}],
            by=None,
            at=_entered(last),
            why="整改完成，恢复",
        )
    )


def _entered(day: date) -> datetime:
    """Return the moment at which the register learned of something that took effect on a day: two days later."""
    return datetime.combine(day + timedelta(days=2), time(9), timezone.get_default_timezone())
