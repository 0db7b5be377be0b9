"""Splitting a cell that names several parameters or objects, and noticing cells that name none in particular."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_OPEN = re.compile(r"(?:等[0-9一二三四五六七八九十百]*\s*[项种个]?(?:参数|项目|指标|元素)?|…+|\.\.\.+)\s*$")
_SWEEPING = re.compile(
    r"^[(（]?(?:全部|部分|所有|主要|全|多)(?:检测|检验)?(?:参数|项目|指标)[)）]?$|^全项(?:目)?$|^/$|^[-—]+$|^全部$|^部分$|^多元素$"
)
_OPENERS, _CLOSERS = "(（[【{", ")）]】}"


@dataclass(frozen=True, slots=True)
class Split:
    """The names in a cell; `open_list` for a list that ends in 等, `sweeping` for 全部参数, 部分参数 and the like."""

    names: tuple[str, ...]
    open_list: bool = False
    sweeping: bool = False


def split_names(cell: str, known: Callable[[str], bool]) -> Split:
    """Return the names in a cell. A text that the catalogue knows whole is one name, whatever stands in it."""
    text = cell.strip()
    if _SWEEPING.match(re.sub(r"\s", "", text)):
        return Split((" ".join(text.split()),), sweeping=True)
    if known(text):
        return Split((" ".join(text.split()),))
    joined = _OPEN.sub("", text).strip()
    open_list = joined != text and bool(joined)
    parts = tuple(dict.fromkeys(" ".join(part.split()) for part in _parts(joined or text)))
    parts = tuple(part for part in parts if part) or (" ".join(text.split()),)
    return Split(parts, open_list=open_list)


def _parts(text: str) -> list[str]:
    """Cut at 、；, and line breaks outside brackets; a comma between digits belongs to a name (1,2-二氯乙烷)."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        if letter in _OPENERS:
            depth += 1
        elif letter in _CLOSERS:
            depth = max(0, depth - 1)
        elif depth == 0 and letter in "、；;\n\r，," and not _between_digits(text, place):
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _between_digits(text: str, place: int) -> bool:
    return (
        text[place] in ",，" and 0 < place < len(text) - 1 and text[place - 1].isdigit() and text[place + 1].isdigit()
    )
