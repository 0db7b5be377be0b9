"""Units as written in reports, made one and converted; Pint checks the dimensions."""

import re
import unicodedata
from decimal import Context, Decimal, localcontext
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.lawbook import read_yaml
from zhunsheng.foundation.quantities.values import Measured

if TYPE_CHECKING:
    import pint

_DATA = Path(__file__).parent / "data"
_PRECISION, _FACTORS = Context(prec=50), Context(prec=60)  # a factor is kept ten digits longer than a result
_MOST_CHARACTERS = 60
_ALWAYS: dict[int, str | None] = {0xB5: "μ", **dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))}
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_LEADING_NUMBER = re.compile(r"([1-9][0-9]*)?(.*)", re.DOTALL)
_COUNTED_AS = re.compile(r"(?P<unit>.+?)[(,]?(?:以(?P<a>[^()]+)计|as(?P<b>[A-Z][A-Za-z0-9+-]*))\)?")
_POWER = re.compile(r"(?P<base>.*?[^0-9^-])\^?-(?P<power>[123])")


class UnitMismatch(DomainError):
    """Two units between which nothing converts."""

    code = "unit-mismatch"

    def __init__(self, from_unit: str, to_unit: str) -> None:
        self.from_unit, self.to_unit = from_unit, to_unit
        super().__init__(
            "%(from)s can't be converted to %(to)s.",
            params={"from": from_unit or "—", "to": to_unit or "—"},
            field="unit",
            remedy="State the result in a unit of the limit's kind.",
        )


class _Part(NamedTuple):
    """One factor of a unit: "100 mL" is 100 and mL."""

    times: str
    symbol: str


class _Unit(NamedTuple):
    """A unit taken apart; `symbols` unknown to the tables make it opaque."""

    over: tuple[_Part, ...]
    under: tuple[_Part, ...]
    substance: str


class _Tables(NamedTuple):
    ours: dict[str, str]
    pint_names: dict[str, str]
    substances: dict[str, str]
    remarks: tuple[str, ...]


class _Line(NamedTuple):
    """How to get from one unit to another: times factor, plus offset."""

    factor: Decimal
    offset: Decimal


@cache
def _tables() -> _Tables:
    data = read_yaml(_DATA / "units.yaml")
    ours: dict[str, str] = {}
    pint_names: dict[str, str] = {}
    for symbol, (name, *spellings) in data["symbols"].items():
        pint_names[symbol] = name
        for spelling in (symbol, *spellings):
            ours.setdefault(_squash(spelling), symbol)
    spelt = [(_squash(s), substance) for substance, others in data["substances"].items() for s in (substance, *others)]
    substances = dict(sorted(spelt, key=lambda pair: -len(pair[0])))  # the longest is looked for first
    return _Tables(ours, pint_names, substances, tuple(_squash(remark) for remark in data["remarks"]))


@cache
def _registry() -> "pint.UnitRegistry[Decimal]":
    import pint  # here, because it takes long to import

    return pint.UnitRegistry(str(_DATA / "units.txt"), non_int_type=Decimal, cache_folder=None)


def _squash(text: str) -> str:
    """Return a unit's text without spaces, in one width, with one micro sign and plain indices."""
    plain = unicodedata.normalize("NFKC", text.translate(_ALWAYS).translate(_SUBSCRIPTS))
    return "".join(plain.split()).replace("\u2212", "-").replace("·", "*").replace("×", "*").replace("⋅", "*")


@lru_cache(maxsize=8192)
def normalise_unit(text: str) -> str:
    """Return the one way in which we write a unit.

    "PMÜ/100 ml", "PMÜ/100ml" and "CFU/(100 mL)" are "CFU/100 mL"; both micro signs are "μ" (U+03BC); "mgO2/l" and
    "mg/l O2" are "mg/L (O2)". A unit that isn't known comes back in one width and without stray spaces.
    """
    unit = _read(text)
    if unit is None:
        return " ".join(unicodedata.normalize("NFKC", text.translate(_ALWAYS)).split())
    over = "·".join(_written(part) for part in unit.over) or "1"
    under = "/".join(_written(part) for part in unit.under)
    written = f"{over}/{under}" if under else ("" if over == "1" else over)
    return f"{written} ({unit.substance})" if unit.substance else written


def _written(part: _Part) -> str:
    return f"{part.times} {part.symbol}".strip()


@lru_cache(maxsize=8192)
def _read(text: str) -> _Unit | None:
    """Take a unit apart, or None if a part isn't known."""
    if len(text) > _MOST_CHARACTERS:
        return None
    tables, squashed = _tables(), _squash(text)
    for remark in tables.remarks:
        squashed = squashed.replace(f"({remark})", "").replace(remark, "")
    if squashed in tables.ours:
        return _Unit((_Part("", tables.ours[squashed]),), (), "")
    squashed, substance = _take_substance(squashed)
    over_text, *under_texts = squashed.split("/")
    over, under = _parts(over_text), _parts("*".join(text.strip("()") for text in under_texts))
    if over is None or under is None or not all(under_texts):  # a stroke with nothing under it
        return None
    return _Unit(over[0] + under[1], under[0] + over[1], substance)


def _take_substance(squashed: str) -> tuple[str, str]:
    """Return a unit without the substance it is counted as, and that substance ("mgO2/l", "mg/l(以N计)")."""
    known = _tables().substances
    counted = _COUNTED_AS.fullmatch(squashed)
    if counted:
        named = counted["a"] or counted["b"]
        return counted["unit"], known.get(named, named)
    over, slash, under = squashed.partition("/")
    for spelling in known if slash else ():
        for ending in (f"({spelling})", spelling):
            if _is_symbol(under.removesuffix(ending)) and under.endswith(ending):
                return f"{over}/{under.removesuffix(ending)}", known[spelling]
            if _is_symbol(over.removesuffix(ending)) and over.endswith(ending):
                return f"{over.removesuffix(ending)}/{under}", known[spelling]
    return squashed, ""


def _is_symbol(symbol: str) -> bool:
    return symbol in _tables().ours


def _parts(text: str) -> tuple[tuple[_Part, ...], tuple[_Part, ...]] | None:
    """Return the factors of a product and those with a negative power, or None if one isn't known."""
    sides: tuple[list[_Part], list[_Part]] = ([], [])
    for piece in filter(None, text.strip("()").split("*")):
        part, is_under = _part(piece)
        if part is None:
            return None
        sides[is_under].append(part)
    return tuple(sides[0]), tuple(sides[1])


def _part(piece: str) -> tuple[_Part | None, bool]:
    """Return one factor ("100mL", "L-1", "100") and whether its power is negative; None if it isn't known."""
    ours = _tables().ours
    if piece in ours:
        return _Part("", ours[piece]), False
    times, symbol = _LEADING_NUMBER.fullmatch(piece).groups()  # type: ignore[union-attr]  # it matches every text
    power = _POWER.fullmatch(symbol) if symbol not in ours else None
    if power:
        symbol = power["base"] + ("" if power["power"] == "1" else power["power"])
    if symbol not in ours and (symbol or not times):
        return None, False
    return _Part("" if times in {"1", None} else times, ours.get(symbol, "")), power is not None


def _expression(unit: _Unit) -> str:
    names = _tables().pint_names
    over = "*".join(f"({part.times or 1} * {names.get(part.symbol, '1')})" for part in unit.over) or "1"
    under = "*".join(f"({part.times or 1} * {names.get(part.symbol, '1')})" for part in unit.under)
    return f"({over}) / ({under})" if under else over


@lru_cache(maxsize=16384)
def _line(from_unit: str, to_unit: str) -> _Line | None:
    """Return how one unit turns into another, or None if they don't."""
    if from_unit == to_unit:
        return _Line(Decimal(1), Decimal(0))
    start, end = _read(from_unit), _read(to_unit)
    if start is None or end is None:
        same = normalise_unit(from_unit) == normalise_unit(to_unit)
        return _Line(Decimal(1), Decimal(0)) if same else None
    if start.substance and end.substance and start.substance != end.substance:
        return None
    if start[:2] == end[:2]:
        return _Line(Decimal(1), Decimal(0))
    import pint  # here, because it takes long to import

    with localcontext(_FACTORS):
        try:
            return _temperature(start, end) or _ratio(start, end)
        except (pint.DimensionalityError, pint.OffsetUnitCalculusError):
            return None


def _ratio(start: _Unit, end: _Unit) -> _Line:
    registry = _registry()
    ratio = registry.parse_expression(_expression(start)) / registry.parse_expression(_expression(end))
    return _Line(Decimal(registry.Quantity(ratio).to("dimensionless").magnitude), Decimal(0))


def _temperature(start: _Unit, end: _Unit) -> _Line | None:
    """Return the line between two scales with offsets (°C, °F, K), or None for other units."""
    scales = {"°C", "°F", "K"}
    if not all(len(unit.over) == 1 and not unit.under and unit.over[0].symbol in scales for unit in (start, end)):
        return None
    registry, names = _registry(), _tables().pint_names
    ends = names[start.over[0].symbol], names[end.over[0].symbol]
    zero, one = (Decimal(registry.Quantity(Decimal(n), ends[0]).to(ends[1]).magnitude) for n in (0, 1))
    return _Line(one - zero, zero)


def knows_unit(text: str) -> bool:
    """Tell whether every part of a unit is known, so that it can be converted; the empty unit is known."""
    return _read(text) is not None


def same_kind(first_unit: str, second_unit: str) -> bool:
    """Tell whether values in one unit can be converted to the other."""
    return _line(first_unit, second_unit) is not None


def convert(value: Decimal, from_unit: str, to_unit: str) -> Decimal:
    """Return a value in another unit, to 50 digits; the value itself where nothing changes.

    A unit that names a substance ("mg/L (N)") converts to one that names none, never to one that names another.
    Raises: UnitMismatch.
    """
    line = _line(from_unit, to_unit)
    if line is None:
        raise UnitMismatch(from_unit, to_unit)
    if line.offset == 0 and line.factor == 1:
        return value
    return _PRECISION.plus(_FACTORS.add(_FACTORS.multiply(value, line.factor), line.offset))


def convert_measured(measured: Measured, from_unit: str, to_unit: str) -> Measured:
    """Return a result in another unit; its digits stay as published.

    Raises: UnitMismatch.
    """
    if measured.number is None:
        return measured
    number = convert(measured.number, from_unit, to_unit)
    return measured if number is measured.number else msgspec.structs.replace(measured, number=number)
