r"""Units of the Digital SI (`\milli\gram\per\litre`) and the symbols that reports use (`mg/L`)."""

import re
from typing import Final

PREFIXES: Final = {
    "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n", "micro": "µ", "milli": "m",
    "centi": "c", "deci": "d", "deca": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T",
    "peta": "P", "exa": "E",
}  # fmt: skip
UNITS: Final = {
    "metre": "m", "kilogram": "kg", "gram": "g", "second": "s", "ampere": "A", "kelvin": "K", "mole": "mol",
    "candela": "cd", "one": "1", "day": "d", "hour": "h", "minute": "min", "degree": "°", "litre": "L",
    "radian": "rad", "steradian": "sr", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W",
    "coulomb": "C", "volt": "V", "farad": "F", "ohm": "Ω", "siemens": "S", "weber": "Wb", "tesla": "T", "henry": "H",
    "degreecelsius": "°C", "lumen": "lm", "lux": "lx", "becquerel": "Bq", "sievert": "Sv", "gray": "Gy", "katal": "kat",
    "bar": "bar", "tonne": "t", "hectare": "ha", "electronvolt": "eV", "percent": "%", "ppm": "ppm",
    "mmHg": "mmHg", "decibel": "dB", "arcminute": "′", "arcsecond": "″",
}  # fmt: skip
_TOKEN: Final = re.compile(r"\\(?:tothe\{(-?\d+(?:\.\d+)?)\}|([A-Za-z]+))")
_SYMBOLS: Final = {symbol: name for name, symbol in UNITS.items()} | {"l": "litre"}
_PREFIX_SYMBOLS: Final = {symbol: name for name, symbol in PREFIXES.items()} | {"μ": "micro"}
_FACTOR: Final = re.compile(r"([^\d\s·*./^-]+)\^?(-?\d+)?")


def from_dsi(unit: str) -> str:
    """Return the usual symbol of a D-SI unit; what isn't understood stays as it is."""
    text = unit.strip()
    if _TOKEN.sub("", text).strip():
        return unit
    factors: list[tuple[str, int]] = []
    prefix, below = "", False
    for power, word in _TOKEN.findall(text):
        if power:
            if not factors or not re.fullmatch(r"-?\d+", power):
                return unit
            symbol, sign = factors.pop()
            factors.append((symbol, sign * int(power)))
        elif word == "per":
            below = True
        elif word in PREFIXES:
            prefix += PREFIXES[word]
        elif word in UNITS:
            factors.append((prefix + UNITS[word], -1 if below else 1))
            prefix, below = "", False
        else:
            return unit
    return _written(factors) or unit


def _written(factors: list[tuple[str, int]]) -> str:
    above = [_power(symbol, power) for symbol, power in factors if power > 0]
    under = [_power(symbol, -power) for symbol, power in factors if power < 0]
    return "/".join(["·".join(above) or "1", *under]) if factors else ""


def _power(symbol: str, power: int) -> str:
    return symbol if power == 1 else f"{symbol}{power}"


def to_dsi(unit: str) -> str | None:
    """Return the D-SI form of a symbol such as `mg/kg`, or None for units that D-SI doesn't have (CFU, NTU)."""
    over, *under = unit.strip().split("/")
    if not over:
        return None
    parts: list[str] = []
    for group, sign in ((over, 1), *((each, -1) for each in under)):
        for factor in re.split("[·*.]", group):
            found = _factor(factor.strip(), sign)
            if found is None:
                return None
            parts.append(found)
    written = [part for part in parts if part]
    return "".join(written) or r"\one"


def _factor(text: str, sign: int) -> str | None:
    if text in {"1", ""}:
        return "" if text else None
    match = _FACTOR.fullmatch(text)
    if not match:
        return None
    name = _name(match[1])
    power = int(match[2] or 1)
    if name is None or power == 0:
        return None
    lead = r"\per" if sign < 0 else ""
    return f"{lead}{name}" + ("" if power == 1 else rf"\tothe{{{power}}}")


def _name(symbol: str) -> str | None:
    if symbol in _SYMBOLS:
        return f"\\{_SYMBOLS[symbol]}"
    for length in (2, 1):
        head, tail = symbol[:length], symbol[length:]
        if head in _PREFIX_SYMBOLS and tail in _SYMBOLS and tail != "1":
            return f"\\{_PREFIX_SYMBOLS[head]}\\{_SYMBOLS[tail]}"
    return None
