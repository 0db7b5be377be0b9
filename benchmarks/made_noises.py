"""How people write the name of an organisation otherwise than the register does: each kind of noise with its weight.

The look-alike signs are this file's own, not the product's table.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import opencc
import pypinyin

if TYPE_CHECKING:
    from benchmarks.made_names import Made

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


Noise = Callable[[random.Random, "Made", str], str]


def _swap_sign(rng: random.Random, text: str, others: Callable[[str], Sequence[str]]) -> str:
    places = [at for at, sign in enumerate(text) if others(sign)]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + rng.choice(others(text[at])) + text[at + 1 :]


def _homophone(rng: random.Random, _one: "Made", text: str) -> str:
    return _swap_sign(
        rng, text, lambda sign: [x for x in homophones().get(pypinyin.lazy_pinyin(sign)[0], []) if x != sign]
    )


def _look_alike(rng: random.Random, _one: "Made", text: str) -> str:
    return _swap_sign(rng, text, lambda sign: [x for pair in LOOKS if sign in pair for x in pair if x != sign])


def _full_width(_rng: random.Random, _one: "Made", text: str) -> str:
    return "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text.replace("（", "(").replace("）", ")")
    )


def _spaces(rng: random.Random, _one: "Made", text: str) -> str:
    at = rng.randrange(1, len(text))
    return text[:at] + rng.choice([" ", "　", "·", "-", "  "]) + text[at:]


def _lose_sign(rng: random.Random, _one: "Made", text: str) -> str:
    at = rng.randrange(1, len(text))
    return text[:at] + text[at + 1 :]


def _double_sign(rng: random.Random, _one: "Made", text: str) -> str:
    at = rng.randrange(len(text))
    return text[: at + 1] + text[at:]


def _turn_signs(rng: random.Random, _one: "Made", text: str) -> str:
    at = rng.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _other_form(rng: random.Random, one: "Made", text: str) -> str:
    others = {
        "有限公司": "有限责任公司",
        "有限责任公司": "有限公司",
        "股份有限公司": rng.choice(["股份公司", "有限公司"]),
        "集团有限公司": "集团公司",
        "研究院": "院",
    }
    return text.replace(one.form, others[one.form]) if one.form in others else text


def _no_form(_rng: random.Random, one: "Made", text: str) -> str:
    return text.removesuffix(one.form) if not one.branch and one.core and one.form.endswith("公司") else text


def _no_place(_rng: random.Random, one: "Made", text: str) -> str:
    return text.removeprefix(one.place) if one.core else text


def _short_place(_rng: random.Random, one: "Made", text: str) -> str:
    return text.replace(one.place, one.place[:-1], 1) if len(one.place) > 2 and one.place[-1] in "省市" else text


def _province_first(_rng: random.Random, one: "Made", text: str) -> str:
    return (
        "广东省" + text
        if one.place_code.startswith("44") and one.place_code != "440000" and text.startswith(one.place)
        else text
    )


def _place_in_brackets(rng: random.Random, one: "Made", text: str) -> str:
    if not one.core or one.branch or not text.startswith(one.place) or not text.endswith(one.form):
        return text
    place = one.place.removesuffix("市")
    opening, closing = rng.choice([("（", "）"), ("(", ")"), ("【", "】")])
    return f"{text.removeprefix(one.place).removesuffix(one.form)}{opening}{place}{closing}{one.form}"


def _traditional(_rng: random.Random, _one: "Made", text: str) -> str:
    return str(_s2t().convert(text))


@cache
def _s2t() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _shorter_trade(rng: random.Random, one: "Made", text: str) -> str:
    if len(one.trade) < 4 or not one.core:
        return text
    return text.replace(one.trade, one.trade[:2] if rng.random() < 0.6 else one.trade[-2:], 1)


def _short_form(rng: random.Random, one: "Made", text: str) -> str:
    place = one.place.rstrip("省市区县") or one.place
    if one.kind == "institute":
        return place + SHORT.get(one.trade + one.form, one.trade[:2] + one.form)
    if not one.core or one.branch or one.kind == "hospital":
        return text
    return rng.choice([f"{place}{one.core}", f"{one.core}{one.trade[:2]}"]) if len(one.core) > 1 else text


def _former(_rng: random.Random, one: "Made", text: str) -> str:
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
