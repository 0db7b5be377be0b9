"""Names as the papers of the demo province write them: laboratories and producers, with the slips that people make."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from zhunsheng.demo.laboratories import Laboratory
from zhunsheng.oversight.reports.services.parties import hear_new_parties
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.matching.models import Mention, Target
from zhunsheng.registry.matching.services import Heard, decide, hear, suggest_waiting

PRODUCERS = [
    ("广州市岭海食品有限公司（演示）", "广州岭海食品有限责任公司（演示）", "广洲岭海食品有限公司（演示）"),
    ("佛山市顺德区荔香调味品有限公司（演示）", "顺德荔香调味品公司（演示）", "佛山市顺德区荔乡调味品有限公司（演示）"),
    ("东莞市智彩玩具有限公司（演示）", "東莞市智彩玩具有限公司（演示）", "东莞市智采玩具有限公司（演示）"),
    (
        "深圳市鹏远电子股份有限公司（演示）",
        "深圳鹏远电子股份公司（演示）",
        "深圳市鹏远电子股份有限公司东莞分公司（演示）",
    ),
    ("中山市海晟灯饰有限公司（演示）", "中山市海盛灯饰有限公司（演示）", "海晟灯饰（中山）有限公司（演示）"),
    ("湛江市红湾水产有限公司（演示）", "湛江红湾水产有限公司（演示）", "湛江市虹湾水产有限公司（演示）"),
]
"""The registered name first, then as others write it. All are made up."""


def load_mentions(laboratories: Sequence[Laboratory], *, at: datetime) -> int:
    """Enter names with their slips, make the suggestions, take one decision; return how many names there are."""
    hear_new_parties()
    hear(_registered(laboratories, at - timedelta(days=40)))
    suggest_waiting(at=at - timedelta(days=40))
    hear([*_slips(laboratories, at - timedelta(days=3)), *_of_producers(laboratories, at - timedelta(days=2))])
    suggest_waiting(at=at)
    officer = User.objects.filter(username="sheng").first()
    likely = Mention.objects.filter(state="open", likely=True, target=Target.PRODUCER).order_by("pk").first()
    if officer is not None and likely is not None:
        best = likely.suggestions.get(rank=1)
        why = "电话核实，为同一企业（演示）"
        decide(mention_id=likely.pk, act="accept", target_id=best.producer_id, by=officer, at=at, why=why)
    return Mention.objects.count()


def _registered(laboratories: Sequence[Laboratory], at: datetime) -> Iterator[Heard]:
    for place, (name, *_slips) in enumerate(PRODUCERS):
        yield _heard(Target.PRODUCER, name, laboratories[place % len(laboratories)], at)


def _of_producers(laboratories: Sequence[Laboratory], at: datetime) -> Iterator[Heard]:
    for place, (_name, *slips) in enumerate(PRODUCERS):
        for turn, slip in enumerate(slips):
            yield _heard(Target.PRODUCER, slip, laboratories[(place + turn) % len(laboratories)], at)


def _slips(laboratories: Sequence[Laboratory], at: datetime) -> Iterator[Heard]:
    changes = [
        ("有限公司", "有限责任公司"),
        ("检测", "检测技术"),
        ("（演示）", ""),
        ("检测", "检验"),
        ("有限公司", "公司"),
    ]
    for place, one in enumerate(laboratories[: 2 * len(changes)]):
        old, new = changes[place % len(changes)]
        yield _heard(Target.BODY, one.name.replace(old, new), laboratories[-1 - place], at)


def _heard(target: str, text: str, paper_of: Laboratory, at: datetime) -> Heard:
    seen_in = f"{paper_of.cma} 演示记录"
    return Heard(target, text, at, division=paper_of.division, seen_in=seen_in, generated=True)
