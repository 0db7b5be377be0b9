"""The ways in which published schedules print names and numbers; development and test draw from disjoint lists.

Where each pattern was seen stands in docs/schedules.md. Truth is known because a clean entry is spoiled here.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Spoil = Callable[[str, random.Random], str]
_WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./"}
_WIDE_DIGITS = {ord(letter): ord(letter) + 0xFEE0 for letter in "0123456789"}


@dataclass(frozen=True)
class Noise:
    """One list of spoilings: of a standard's number, of a name, of joined names and methods, of clauses."""

    numbers: tuple[Spoil, ...]
    names: tuple[Spoil, ...]
    glyphs: Mapping[str, str]
    name_joints: tuple[str, ...]
    method_joints: tuple[str, ...]
    clauses: tuple[str, ...]
    titled: tuple[str, ...]
    unknown_parameters: tuple[str, ...]
    unknown_methods: tuple[str, ...]
    unknown_objects: tuple[str, ...]
    sweeping: tuple[str, ...]


def _late(text: str, old: str, new: str) -> str:
    """Replace the last occurrence."""
    head, found, tail = text.rpartition(old)
    return head + new + tail if found else text


def _dropped(name: str, rng: random.Random) -> str:
    if len(name) < 3:
        return name
    place = rng.randrange(len(name))
    return name[:place] + name[place + 1 :]


def _doubled(name: str, rng: random.Random) -> str:
    place = rng.randrange(len(name))
    return name[:place] + name[place] + name[place:]


def _swapped(code: str, rng: random.Random) -> str:
    places = [place for place in range(len(code) - 1) if code[place].isdigit() and code[place + 1].isdigit()]
    if not places:
        return code
    place = rng.choice(places)
    return code[:place] + code[place + 1] + code[place] + code[place + 2 :]


DEVELOPMENT = Noise(
    numbers=(
        lambda code, _: code.replace(" ", ""),
        lambda code, _: code.replace("-", "—"),
        lambda code, _: code.translate(_WIDE),
        lambda code, _: code.replace("/T ", "T "),
        lambda code, _: _late(code, "0", "O"),
        lambda code, _: code.replace("/", "／"),
        lambda code, _: code.replace(" ", "  ").replace("-", " -"),
        lambda code, _: code.rpartition("-")[0],
        lambda code, rng: code[:-1] + rng.choice("0123456789"),
        lambda code, _: f"《{code}》",
    ),
    names=(
        lambda name, _: name + "的测定",
        lambda name, _: name + "*",
        lambda name, _: name.replace("(", "（").replace(")", "）"),
        lambda name, _: " ".join(name) if name.isalpha() and not name.isascii() else name,
        lambda name, _: name + "（mg/L）",
        _dropped,
    ),
    glyphs={
        "氧": "氯", "硫": "流", "酯": "脂", "度": "庋", "菌": "茵", "未": "末", "量": "最", "铅": "铝", "镉": "锡",
    },
    name_joints=("、", "\n"),
    method_joints=("\n", "；"),
    clauses=("（5.1）", " 第5章", " 14.1"),
    titled=("《{title}》 {code}", "{title}{code}", "{title} {code}"),
    unknown_parameters=(
        "总铬", "钴", "镍", "挥发酚", "二氧化氮", "上屈服强度", "3d抗压强度", "耐汗渍色牢度", "黄曲霉毒素B₁",
        "亚硝酸盐(以N计)", "粪大肠菌群", "阴离子表面活性剂", "可迁移铬", "水分", "石油类", "颗粒物(PM10)",
    ),
    unknown_methods=(
        "GB/T 5009.3-2003", "GB/T 5413.8-1997", "HJ 1147-2020", "GB/T 7466-1987", "NY/T 761-2008", "GB/T 6682-2008",
        "SN/T 0217-2014", "GB 5009.13-2017",
    ),
    unknown_objects=("海水", "茶叶", "婴幼儿配方食品", "混凝土", "家具"),
    sweeping=("全部参数", "部分参数"),
)  # fmt: skip
TEST = Noise(
    numbers=(
        lambda code, _: code.replace("/", " / ").replace("-", " - "),
        lambda code, _: code.replace("-", "－"),
        lambda code, _: code.translate(_WIDE_DIGITS),
        lambda code, _: code.replace("/T ", " T "),
        lambda code, _: _late(code, "1", "l"),
        lambda code, _: code.replace("GB", "G B"),
        lambda code, _: code.replace(".", "·"),
        lambda code, _: code.rpartition("-")[0],
        _swapped,
        lambda code, _: code.replace("GB/", "CB/"),
        lambda code, _: code.replace("-", "–").lower(),
    ),
    names=(
        lambda name, _: "1." + name,
        lambda name, _: name + "含量",
        lambda name, _: "★" + name,
        lambda name, _: name.replace("(", "【").replace(")", "】"),
        lambda name, _: name[: len(name) // 2] + "\n" + name[len(name) // 2 :] if len(name) > 3 else name,
        lambda name, _: name + "检测",
        _doubled,
    ),
    glyphs={
        "水": "永", "固": "围", "强": "弪", "总": "怠", "蛋": "疍", "铬": "络", "锰": "猛", "氮": "氨", "过": "达",
        "物": "勿", "牢": "劳", "汞": "录",
    },
    name_joints=("，", "；", "、\n"),
    method_joints=("/", " \n", "；\n", "、"),
    clauses=(" 5.1~5.3", " 附录A", "第一法", " 方法2"),
    titled=("{code}《{title}》", "{code} {title}", "{code}（{title}）"),
    unknown_parameters=(
        "总铅", "铝", "铜", "锌", "苯并[a]芘", "一氧化氮", "规定塑性延伸强度", "7d抗折强度", "耐摩擦色牢度", "灰分",
        "黄曲霉毒素M₂", "硝基苯", "耐热大肠菌群", "蛋白质", "可迁移汞", "总α放射性", "邻苯二甲酸二丁酯",
        "二氧化硅", "下屈服点",
    ),
    unknown_methods=(
        "GB/T 5009.6-2003", "GB/T 5413.7-1997", "HJ 1226-2021", "GB/T 16489-1996", "NY/T 1121.2-2006", "JGJ 52-2006",
        "SL 78-1994", "GB 5009.14-2017",
    ),
    unknown_objects=("地下水", "蔬菜", "化妆品", "沥青", "土壤"),
    sweeping=("全项", "所有参数", "部分项目"),
)  # fmt: skip
