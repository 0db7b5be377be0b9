"""What the limitation column of a capability schedule says, and whether a result keeps to it.

Read are: ranges with or without unit (0.01~10 mg/L, ≤50 NTU), methods (只用第一法), exclusions (不含…, 除…外) and
restrictions (仅限…, 只测…). Whatever else is written is `Unread`: a person must look, nothing is guessed.
Source: the column 限制范围 of the capability schedule (law.md §1.6).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from zhunsheng.foundation.quantities import UnitMismatch, convert, normalise_unit, read_value


@dataclass(frozen=True, slots=True)
class Range:
    """A measuring range; both ends belong to it."""

    minimum: Decimal | None
    maximum: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class OnlyMethods:
    """Only these numbered methods of the standard, such as 1 for 第一法."""

    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Without:
    """These objects or parameters are left out."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnlyFor:
    """Only these objects or parameters."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that no reader understands."""

    text: str


Clause = Range | OnlyMethods | Without | OnlyFor | Unread


@dataclass(frozen=True, slots=True)
class Tested:
    """What was done: the result's text and unit, and the clause or numbered method that was used."""

    value: str = ""
    unit: str = ""
    clause: str = ""


SameName = Callable[[str], bool | None]
KEPT, BROKEN, UNREAD = "kept", "broken", "unread"
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_UNIT = r"[^\d\s~≤≥<>,，;；]*(?:[/·][^\s~,，;；]+)?"
_LEAD = re.compile(r"^(?:测量范围|检测范围|测定范围|范围|量程|限|仅限|只限)[:：]?\s*(?=[\d(≤≥<>])")
_BETWEEN = re.compile(rf"^\(?({_NUMBER})\s*({_UNIT})\s*[~～\-–—至到]+\s*({_NUMBER})\)?\s*({_UNIT})$")
_AT_MOST = re.compile(rf"^(?:≤|<=|不大于|不超过)\s*({_NUMBER})\s*({_UNIT})$")
_AT_LEAST = re.compile(rf"^(?:≥|>=|不小于|不低于)\s*({_NUMBER})\s*({_UNIT})$")
_ORDINAL = re.compile(
    r"第?\s*([一二三四五六七八九十]|\d{1,2})\s*(?:种方法|法|篇)|方法\s*([一二三四五六七八九十]|\d{1,2})"
)
_METHODS = re.compile(r"^(?:只|仅|限)(?:限|用|做|采用|使用|测)?(.+)$")
_WITHOUT = re.compile(r"^(?:不含|不包括|不包含|不测|不做|不检)(.+)$|^除(.+?)(?:以外|之外|外)(?:.*)$")
_ONLY = re.compile(r"^(?:仅限于|只限于|仅限|只限|限于|只测|仅测|只做|仅做|限测|限做|限用于|仅用于)[:：]?(.+)$")
_DIGITS = {character: number for number, character in enumerate("一二三四五六七八九十", start=1)}


def parse(text: str) -> tuple[Clause, ...]:
    """Return the clauses of a limitation, joined by semicolons or full stops; none for an empty text."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in {"", "/", "-", "—", "无", "无限制"}:
        return ()
    return tuple(_clause(part.strip()) for part in re.split(r"[;；。\n]", plain) if part.strip())


def judge(clauses: tuple[Clause, ...], tested: Tested, *, same: SameName) -> str:
    """Return kept, broken or unread: broken if one clause is, else unread if one can't be judged.

    Args:
        same: whether a name of the limitation means the tested object, one above it, or the parameter; None when
            nobody can tell.
    """
    verdicts = {_judge_one(clause, tested, same) for clause in clauses}
    return BROKEN if BROKEN in verdicts else UNREAD if UNREAD in verdicts else KEPT


def _clause(text: str) -> Clause:
    readers: tuple[Callable[[str], Clause | None], ...] = (_range, _methods, _without, _only)
    for reader in readers:
        found = reader(text)
        if found is not None:
            return found
    return Unread(text)


def _range(text: str) -> Range | None:
    bare = _LEAD.sub("", text)
    between = _BETWEEN.match(bare)
    if between:
        low, low_unit, high, unit = between.groups()
        if low_unit and unit and normalise_unit(low_unit) != normalise_unit(unit):
            return None
        return Range(Decimal(low), Decimal(high), unit or low_unit)
    for pattern, upper in ((_AT_MOST, True), (_AT_LEAST, False)):
        found = pattern.match(bare)
        if found:
            bound = Decimal(found[1])
            return Range(None, bound, found[2]) if upper else Range(bound, None, found[2])
    return None


def _methods(text: str) -> OnlyMethods | None:
    found = _METHODS.match(text)
    if not found:
        return None
    parts = re.split(r"[、,，和及/]", found[1])
    numbers = [_ordinal(part) for part in parts]
    whole = all(
        number is not None and _ORDINAL.fullmatch(part.strip()) for number, part in zip(numbers, parts, strict=True)
    )
    return OnlyMethods(frozenset(number for number in numbers if number is not None)) if whole else None


def _ordinal(text: str) -> int | None:
    found = _ORDINAL.search(text)
    if not found:
        return None
    digits = found[1] or found[2]
    return _DIGITS.get(digits) or int(digits)


def _without(text: str) -> Without | None:
    found = _WITHOUT.match(text)
    return Without(_names(found[1] or found[2])) if found else None


def _only(text: str) -> OnlyFor | None:
    found = _ONLY.match(text)
    return OnlyFor(_names(found[1])) if found else None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split(r"[、,，和及]", text.strip(" ()（）")) if name.strip())


def _judge_one(clause: Clause, tested: Tested, same: SameName) -> str:
    match clause:
        case Range():
            return _judge_range(clause, tested)
        case OnlyMethods():
            used = _ordinal(tested.clause)
            return UNREAD if used is None else KEPT if used in clause.numbers else BROKEN
        case Without():
            answers = [same(name) for name in clause.names]
            return BROKEN if True in answers else UNREAD if None in answers else KEPT
        case OnlyFor():
            answers = [same(name) for name in clause.names]
            return KEPT if True in answers else UNREAD if None in answers else BROKEN
        case Unread():
            return UNREAD


def _judge_range(held: Range, tested: Tested) -> str:
    measured = read_value(tested.value)
    if measured.kind == "not_detected":
        return KEPT
    if measured.number is None:
        return UNREAD
    number = measured.number
    if held.unit or tested.unit:
        if not (held.unit and tested.unit):
            return UNREAD
        try:
            number = convert(number, tested.unit, held.unit)
        except UnitMismatch:
            return UNREAD
    if measured.kind == "less_than":  # "<x" says that the laboratory saw nothing above x
        return BROKEN if held.maximum is not None and number > held.maximum else KEPT
    below = held.minimum is not None and number < held.minimum
    above = held.maximum is not None and number > held.maximum
    return BROKEN if below or above else KEPT
