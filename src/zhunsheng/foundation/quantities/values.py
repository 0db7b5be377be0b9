"""Reads a result's text. Nothing is rounded: every digit that was published is kept."""

import html
import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from zhunsheng.foundation.lawbook import read_yaml

Kind = Literal["number", "less_than", "greater_than", "not_detected", "detected", "word", "empty"]
Comma = Literal["decimal", "thousands"]

MOST_CHARACTERS, MOST_EXPONENT = 200, 99  # longer texts are words; larger powers of ten are no measurement
_PLAIN = re.compile(r"-?[0-9]{1,99}(?:\.[0-9]{1,99})?").fullmatch
_MINUS = str.maketrans({**dict.fromkeys("−–—―﹣－‐‑", "-"), **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", None)})
_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_TEN = re.compile(r"\s*[x×*·]\s*10\s*(?:\^|\*\*)?\s*\(?([+-]?\s?[0-9]{1,3})\)?$", re.IGNORECASE)
_NUMBER = re.compile(r"([+-]?)\s*([0-9][0-9.,'\s]*|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,3}))?")
_CENSORED = re.compile(
    r"(?P<sign><=|>=|=<|=>|≤|≥|≦|≧|⩽|⩾|<|>|〈|〉|‹|›|小于等于|大于等于|不大于|不小于|小于|大于|低于|高于|未检出\s*[(,]?\s*<?)\s*(?P<rest>.+)",
    re.DOTALL,
)
_LESS = {"<": False, "〈": False, "‹": False, "小于": False, "低于": False}
_LESS |= dict.fromkeys(["<=", "=<", "≤", "≦", "⩽", "小于等于", "不大于"], True)
_GREATER = {">": False, "〉": False, "›": False, "大于": False, "高于": False}
_GREATER |= dict.fromkeys([">=", "=>", "≥", "≧", "⩾", "大于等于", "不小于"], True)
_PACKED = re.compile(
    r"(?P<value>(?:[<>≤≥〈〉]\s*=?\s*)?[+-]?[0-9][0-9.,]*(?:\s*[x×*]\s*10\s*\^?\s*\(?[+-]?[0-9]{1,2}\)?)?)\s*(?P<unit>[^0-9.,\s].*)",
    re.DOTALL,
)


class Measured(msgspec.Struct, frozen=True):
    """A result as read from its text.

    `number`: the value, or the bound of less_than and greater_than, or the stated limit of not_detected; else None.
    `digits`: the number's digits as published, ASCII with a decimal point ("0.50" stays "0.50"); "" without a number.
    `inclusive`: the bound itself is possible ("≤ 0.01"). `ambiguous`: "1,234" could be 1234 or 1.234.
    """

    kind: Kind
    number: Decimal | None
    digits: str
    inclusive: bool = False
    ambiguous: bool = False


EMPTY = Measured("empty", None, "")
WORD = Measured("word", None, "")


@cache
def _words() -> dict[str, Measured]:
    lists = read_yaml(Path(__file__).parent / "data" / "words.yaml")
    return {_squash(str(word)): Measured(kind, None, "") for kind, words in lists.items() for word in words}


def _squash(text: str) -> str:
    return "".join(text.casefold().split())


def read_value(text: str, comma: Comma | None = None) -> Measured:
    """Return what a result's text says; never fails, a text that is no value is a word.

    Args:
        comma: how the publisher writes numbers, where known. Without it "0,02", "1,5" and "12,3456" have a decimal
            comma, "11,675,000" has thousands commas, and "1,234" is read as 1234 and marked ambiguous.
    """
    if _PLAIN(text):
        return Measured("number", Decimal(text), text)
    if len(text) > MOST_CHARACTERS:
        return WORD
    plain = _tidy(text)
    known = _words().get(_squash(plain))
    if known is not None:
        return known
    censored = _CENSORED.fullmatch(plain)
    if censored:
        return _read_censored(censored["sign"], censored["rest"], comma)
    return _read_number(plain, comma) or WORD


def read_packed(text: str, comma: Comma | None = None) -> tuple[Measured, str]:
    """Return value and unit of a text that packs both ("11,675 μg/kg", "<0.35g/kg"); unit "" where there is none."""
    whole = read_value(text, comma)
    if whole.kind != "word":
        return whole, ""
    found = _PACKED.fullmatch(_tidy(text)) if len(text) <= MOST_CHARACTERS else None
    if not found:
        return whole, ""
    value = read_value(found["value"], comma)
    return (value, found["unit"].strip()) if value.kind != "word" else (whole, "")


def _tidy(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    if text.isascii():
        return text.strip()
    text = _SUPERSCRIPT.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
    return "".join(map(_one_width, text)).translate(_MINUS).strip()


@lru_cache(maxsize=4096)
def _one_width(character: str) -> str:
    """Return a character in its usual width; circled, fraction and other decorated digits are left as words."""
    usual = unicodedata.decomposition(character).startswith(("<wide>", "<narrow>", "<small>", "<noBreak>"))
    return unicodedata.normalize("NFKC", character) if usual else character


def _read_censored(sign: str, rest: str, comma: Comma | None) -> Measured:
    found = _read_number(rest.strip(), comma)
    if sign.startswith("未检出"):
        found = _read_number(rest.strip().rstrip(")").strip(), comma)
        return Measured("not_detected", found.number, found.digits, False, found.ambiguous) if found else WORD
    if found is None or found.number is None:
        return WORD
    kind: Kind = "less_than" if sign in _LESS else "greater_than"
    return Measured(kind, found.number, found.digits, {**_LESS, **_GREATER}[sign], found.ambiguous)


def _read_number(text: str, comma: Comma | None) -> Measured | None:
    power = 0
    ten = _TEN.search(text)
    if ten:
        text, power = text[: ten.start()], int(ten[1].replace(" ", ""))
    found = _NUMBER.fullmatch(text)
    if not found or abs(power) > MOST_EXPONENT or abs(int(found[3] or 0)) > MOST_EXPONENT:
        return None
    read = _digits(found[2].strip(), comma)
    if read is None:
        return None
    digits, ambiguous = read
    digits = ("-" if found[1] == "-" else "") + digits
    power += int(found[3] or 0)
    return Measured("number", Decimal(f"{digits}E{power}"), f"{digits}E{power}" if power else digits, False, ambiguous)


_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_THOUSANDS_BY_DOT = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
_THOUSANDS_BY_SPACE = re.compile(r"[1-9][0-9]{0,2}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")
_DECIMAL_POINT = re.compile(r"[0-9]+\.?|[0-9]*\.[0-9]+")


def _digits(text: str, comma: Comma | None) -> tuple[str, bool] | None:
    """Return the digits with a decimal point, and whether they could be read otherwise."""
    if _DECIMAL_POINT.fullmatch(text):
        return text.rstrip(".") if text.endswith(".") else text, False
    if comma == "decimal" and _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", "."), False
    if _THOUSANDS.fullmatch(text):
        ambiguous = comma is None and text.count(",") == 1 and "." not in text
        return text.replace(",", ""), ambiguous
    if _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", "."), False
    if _THOUSANDS_BY_DOT.fullmatch(text):
        return text.replace(".", "").replace(",", "."), False
    if _THOUSANDS_BY_SPACE.fullmatch(text):
        return re.sub(r"[ ']", "", text).replace(",", "."), False
    return None
