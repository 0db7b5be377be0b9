"""Takes the name of an organisation apart: places, trade name, trades, form, branch, ordinals, sound and look."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from zhunsheng.registry.matching.rules.vocabulary import Gazetteer, simplified, words

_NOISE = re.compile(r"[\s\"'“”‘’·•.,，。、;；:：\-_—/\\|<>《》!！?？*#&＆+]+")
_BRACKETS = re.compile(r"[(\[{【〔](.*?)[)\]}】〕]")
_DIGITS = str.maketrans("零〇一二三四五六七八九两", "001234567892")
_ORDINAL = re.compile(
    r"第([0-9零〇一二三四五六七八九十两]{1,3})|([0-9零〇一二三四五六七八九十]{1,3})(?=号|分|院|所|厂|中心|医院|站|部|室|店|车间|公司)|([0-9]+)"
)
_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
_BRANCH = re.compile(rf"^(.*(?:公司|集团|院|中心|所|厂|站|大学|学院))(.{{0,14}}?)({'|'.join(words().branches)})$")
_NUMBERED = re.compile(r"第?[0-9零〇一二三四五六七八九十]{1,3}(?:分?[院所厂站部室店])?$")
_OF_OWN_FORM = {"实验室"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. `plain` is the whole without noise; `core` is the trade name (字号), "" where there is none.

    `places` are codes of divisions; `kind` is the kind of form; `branch` is "" for a parent; `stem` is the plain name
    without form and brackets' noise, the part that abbreviations are made of.
    """

    text: str
    plain: str
    core: str
    stem: str
    trades: frozenset[str]
    kind: str
    places: tuple[str, ...]
    branch: str
    ordinals: frozenset[int]
    sound: str = ""
    fuzzy: str = ""
    look: str = ""


def tidy(text: str) -> str:
    """Return a name in one width, script and case, without spaces and punctuation; brackets become round."""
    folded = unicodedata.normalize("NFKC", text).translate(simplified()).casefold()
    folded = _NOISE.sub("", folded)
    return folded.translate(str.maketrans("【】〔〕[]{}", "()()()()"))


def key_of(text: str) -> str:
    """Return the form in which two mentions are the same mention: width, script, spaces and brackets don't count."""
    return tidy(text).replace("(", "").replace(")", "")


@lru_cache(maxsize=200_000)
def sounds_of(text: str) -> tuple[str, ...]:
    """Return the syllables of a text without tones; signs without a reading stand for themselves."""
    return tuple(_syllable(sign) for sign in text)


@lru_cache(maxsize=30_000)
def _syllable(sign: str) -> str:
    if sign < "\u3400":
        return sign
    import pypinyin  # here, because it takes long to import

    return str(pypinyin.lazy_pinyin(sign)[0])


@lru_cache(maxsize=5_000)
def _fuzzy(syllable: str) -> str:
    for careful, careless in _FUZZY:
        syllable = syllable.replace(careful, careless)
    return ("l" + syllable[1:]) if syllable.startswith("n") and len(syllable) > 1 else syllable


def take_apart(text: str, places: Gazetteer) -> Name:
    """Take a name apart with the divisions that the country has."""
    whole = tidy(text)
    plain = whole.replace("(", "").replace(")", "")
    main, branch = _branch(whole)
    main, found = _bracketed_places(main, places)
    main, leading = _leading_places(main, places)
    numbers = ordinals_of(main) | ordinals_of(branch)
    main, kind = _form(main)
    main, trailing = _trailing_place(main, places)
    core, trades = _trades(_NUMBERED.sub("", main) or main)
    if branch:
        rest, codes = _leading_places(branch, places)
        branch = "".join(codes[-1:]) + rest
    spoken = sounds_of(core or main)
    return Name(
        text=text,
        plain=plain,
        core=core,
        stem=main,
        trades=frozenset(trades),
        kind=kind,
        places=tuple(dict.fromkeys([*leading, *found, *trailing])),
        branch=branch,
        ordinals=numbers,
        sound=" ".join(spoken),
        fuzzy=" ".join(map(_fuzzy, spoken)),
        look=(core or main).translate(words().shapes),
    )


def may_be_a_person(name: Name) -> bool:
    """Tell whether a name may be somebody's own: short, without place, form, trade, branch or number."""
    parts = (name.kind, name.trades, name.places, name.branch, name.ordinals)
    return len(name.plain) <= 4 and not any(parts)


def ordinals_of(text: str) -> frozenset[int]:
    """Return the numbers that tell namesakes apart: 第一, 二分, 3号, digits."""
    return frozenset(_number(next(group for group in match.groups() if group)) for match in _ORDINAL.finditer(text))


def _number(text: str) -> int:
    if "十" in text:
        tens, _ten, ones = text.partition("十")
        ones = ones.replace("十", "")
        return int((tens or "一").translate(_DIGITS)) * 10 + int((ones or "零").translate(_DIGITS))
    return int(text.translate(_DIGITS))


def _branch(whole: str) -> tuple[str, str]:
    """Return a name without its branch, and the branch ("广州分公司"); a laboratory of its own is no branch."""
    found = _BRANCH.match(whole.replace("(", "").replace(")", "")) if not whole.endswith(")") else _BRANCH.match(whole)
    if found is None or (found[3] in _OF_OWN_FORM and not found[1].endswith("公司")):
        return whole, ""
    return found[1], found[2] + found[3]


def _bracketed_places(text: str, places: Gazetteer) -> tuple[str, list[str]]:
    """Take places in brackets out of a name, and notes at its end; other brackets stay as plain text."""
    codes: list[str] = []

    def taken(match: re.Match[str]) -> str:
        inner, found = _leading_places(match[1], places)
        if found and not inner:
            codes.extend(found)
            return ""
        return "" if match.end() == len(text) and match.start() > 3 else match[1]

    return _BRACKETS.sub(taken, text).replace("(", "").replace(")", ""), codes


def _trailing_place(text: str, places: Gazetteer) -> tuple[str, list[str]]:
    """Take a place off the end: 中国检验认证集团广东(有限公司)."""
    for length in (4, 3, 2):
        found = places.leading(text[-length:]) if len(text) > length + 1 else None
        if found is not None and found[0] == text[-length:]:
            return text[:-length], [found[1]]
    return text, []


def _leading_places(text: str, places: Gazetteer) -> tuple[str, list[str]]:
    codes: list[str] = []
    for nation in words().nation:
        if text.startswith(nation) and len(text) > len(nation) + 2:
            text, codes = text.removeprefix(nation), ["000000"]
            break
    if text[:1] in {"省", "市"} and len(text) > 3:
        return text[1:], codes
    while len(codes) < 4:
        found = places.leading(text)
        if found is None or (codes and codes[-1] != "000000" and not _below(found[1], codes[-1])):
            break
        text = text.removeprefix(found[0])
        if text[:1] in {"省", "市", "区", "县"}:
            text = text[1:]
        codes.append(found[1])
    return text, codes


def _below(code: str, above: str) -> bool:
    return code.startswith(above.rstrip("0") if not above.endswith("0000") else above[:2])


def _form(text: str) -> tuple[str, str]:
    for form, kind in words().forms:
        if text.endswith(form) and len(text) > len(form):
            return text.removesuffix(form), kind
    return text, ""


def _trades(text: str) -> tuple[str, list[str]]:
    """Take trade words off the end as long as something stays; what stays is the trade name, "" if it is one, too."""
    found: list[str] = []
    while True:
        word = next((one for one in words().trades if text.endswith(one)), None)
        if word is None:
            return text, found
        found.append(word)
        text = text.removesuffix(word)
        if not text:
            return "", found
