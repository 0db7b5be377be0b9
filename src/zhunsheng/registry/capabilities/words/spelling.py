"""Spellings in which one word may arrive: traditional characters, full width, pinyin whole or by initials."""

import re
from functools import lru_cache
from typing import Any

from zhunsheng.foundation.identifiers import normalise_name

_BRACKETS = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]*[)）\]】〕]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc  # here, because it takes long to import

    return opencc.OpenCC("t2s")  # type: ignore[attr-defined,no-untyped-call]  # no types there


@lru_cache(maxsize=65536)
def simplified(text: str) -> str:
    """Return the text in simplified characters."""
    return text if text.isascii() else str(_converter().convert(text))


def form_of(text: str) -> str:
    """Return the form in which words are compared: simplified, and as `normalise_name` makes names."""
    return normalise_name(simplified(text))


def without_brackets(text: str) -> str:
    """Return a printed name without what stands in brackets: "铅(以Pb计)" is "铅"."""
    bare = _BRACKETS.sub("", text).strip()
    return bare or text


def has_han(text: str) -> bool:
    """Tell whether a text has a Chinese character."""
    return _HAN.search(text) is not None


@lru_cache(maxsize=65536)
def syllables(text: str) -> tuple[str, ...]:
    """Return the pinyin of each Chinese character without tones, runs of other characters as they are."""
    from pypinyin import lazy_pinyin  # here, because it takes long to import

    return tuple(_LATIN.sub("", one.casefold()) for one in lazy_pinyin(text))


def pinyin(text: str) -> tuple[str, str]:
    """Return a form's whole pinyin and its initials ("生活饮用水": "shenghuoyinyongshui", "shyys")."""
    parts = [one for one in syllables(text) if one]
    return "".join(parts), "".join(one if one[0].isdigit() else one[0] for one in parts)
