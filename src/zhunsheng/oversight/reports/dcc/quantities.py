"""Quantities of a DCC as result lines: single values, lists, hybrids, words, with uncertainty and conformity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from lxml import etree

from ..format.problems import BilingualProblem
from ..format.stating import stated
from .names import LINE_FIELDS, OURS, OWN_CONDITION, content, content_at, every, local, put, text_at
from .units import from_dsi

_LOWER, _UPPER = "basic_acceptanceLimitLower", "basic_acceptanceLimitUpper"
_LISTS: Final = frozenset({"realListXMLList", "integerListXMLList", "listUnivariateUnc"})
_SINGLES: Final = frozenset({"real", "constant", "integer"})
_EXPANDED: Final = ("uncertainty", "valueExpandedMU")


class UnevenLists(BilingualProblem):
    """Lists of one quantity that don't belong together."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The lists of “{name}” have different lengths.",
            f"“{name}”的各列表长度不一致。",
            "Ask the laboratory for a corrected file: one entry for all values, or one for each.",
            "请机构更正文件：每个列表给一个值，或与数值一一对应。",
            code="dcc.lists",
            field=name,
        )


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a quantity; `others` are the same value in other units."""

    value: str | None
    unit: str | None = None
    expanded: str | None = None
    k: str | None = None
    probability: str | None = None
    others: tuple[tuple[str, str | None], ...] = ()


def decimal_text(text: str | None) -> str | None:
    """Return a number without exponent, digits kept; None where it isn't one."""
    if text is None:
        return None
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return format(found, "f") if found.is_finite() else None


def points_of(quantity: etree._Element) -> list[Point]:
    """Return the values of one `dcc:quantity`. Raises: UnevenLists."""
    for child in quantity:
        kind = local(child)
        if kind in _SINGLES:
            return [_single(child)]
        if kind in _LISTS or kind == "list":
            return _listed(child)
        if kind == "hybrid":
            return _hybrid(child)
        if kind == "noQuantity":
            return [Point(content(child))]
        if kind == "charsXMLList":
            return [Point(word) for word in (child.text or "").split()]
        if kind == "complex":
            return [Point(" ".join(part for each in child if (part := (each.text or "").strip())))]
    return []


def _hybrid(hybrid: etree._Element) -> list[Point]:
    ways = [_listed(child) if local(child) in _LISTS else [_single(child)] for child in hybrid]
    if len({len(way) for way in ways}) > 1:
        raise UnevenLists(local(hybrid))
    return [
        replace(main, others=tuple((other.value or "", other.unit) for other in others))
        for main, *others in zip(*ways, strict=True)
    ]


def _single(real: etree._Element) -> Point:
    return Point(
        text_at(real, "si:value"),
        _unit(text_at(real, "si:unit")),
        _expanded(real, "", 0, 1),
        _entry(_words(real, ("coverageFactor",), ""), 0, 1, "coverageFactor"),
        _entry(_words(real, ("coverageProbability",), ""), 0, 1, "coverageProbability"),
    )


def _listed(element: etree._Element) -> list[Point]:
    singles = [child for child in element if local(child) in _SINGLES]
    if singles:
        return [_single(child) for child in singles]
    values = (text_at(element, "si:valueXMLList") or "").split()
    units = (text_at(element, "si:unitXMLList") or "").split()
    count = len(values)
    factors = _words(element, ("coverageFactor",), "XMLList")
    chances = _words(element, ("coverageProbability",), "XMLList")
    return [
        Point(
            value,
            _unit(_entry(units, index, count, "unitXMLList")),
            _expanded(element, "XMLList", index, count),
            _entry(factors, index, count, "coverageFactorXMLList"),
            _entry(chances, index, count, "coverageProbabilityXMLList"),
        )
        for index, value in enumerate(values)
    ]


def _expanded(element: etree._Element, suffix: str, index: int, count: int) -> str | None:
    return _entry(_words(element, _EXPANDED, suffix), index, count, "uncertainty")


def _words(element: etree._Element, names: Sequence[str], suffix: str) -> list[str]:
    for name in names:
        found = text_at(element, f".//si:{name}{suffix}")
        if found:
            return found.split()
    return []


def _entry(words: list[str], index: int, count: int, name: str) -> str | None:
    if not words:
        return None
    if len(words) == 1:
        return words[0]
    if len(words) != count:
        raise UnevenLists(name)
    return words[index]


def _unit(unit: str | None) -> str | None:
    return from_dsi(unit) if unit else None


def lines_of(data: etree._Element, common: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a result line, without its number, for each value in `dcc:data` or `dcc:list`. Raises: UnevenLists."""
    for child in data:
        kind = local(child)
        if kind == "list":
            yield from lines_of(child, common)
        elif kind == "quantity":
            yield from _lines_of_quantity(child, common)


def _lines_of_quantity(quantity: etree._Element, common: dict[str, Any]) -> Iterator[dict[str, Any]]:
    points = points_of(quantity)
    details = _Details(quantity, len(points))
    reference = quantity.get("refType")
    name = content_at(quantity, "dcc:name") or reference or local(quantity)
    reference = None if reference and reference.startswith(OURS) else reference
    for index, point in enumerate(points):
        line = stated(
            **common,
            parameter=name,
            parameter_ref=reference,
            value=point.value,
            unit=point.unit,
            uncertainty=_uncertainty(point),
            verdict=_entry(details.verdicts, index, len(points), "conformityXMLList"),
            limit=details.limit(index, point.unit),
            conditions=[*details.conditions(index), *_same(point)],
        )
        yield details.ours(line)


def _uncertainty(point: Point) -> dict[str, Any]:
    expanded = decimal_text(point.expanded)
    if expanded is None:
        return {}
    return stated(expanded=expanded, k=decimal_text(point.k), probability=decimal_text(point.probability))


def _same(point: Point) -> list[dict[str, Any]]:
    return [stated(name="same value in another unit", value=value, unit=unit) for value, unit in point.others if value]


class _Details:
    """What the metadata of a quantity say about its values."""

    def __init__(self, quantity: etree._Element, count: int) -> None:
        self.count = count
        self.verdicts: list[str] = []
        self._limits: dict[str, list[Point]] = {}
        self._conditions: list[tuple[str, list[Point]]] = []
        self._ours: list[tuple[str, str]] = []
        self._own_conditions: list[dict[str, Any]] = []
        for meta in every(quantity, "dcc:measurementMetaData/dcc:metaData"):
            self._read(meta)

    def _read(self, meta: etree._Element) -> None:
        kind = meta.get("refType") or ""
        if kind.startswith(OURS):
            texts = [text for each in every(meta, "dcc:data/dcc:text") if (text := content(each)) is not None]
            unit = text_at(meta, "dcc:nonSIUnit")
            texts = [unit] if unit else texts
            if kind == OWN_CONDITION:
                self._own_conditions.append(dict(zip(("name", "value", "unit"), texts, strict=False)))
            elif texts and kind.removeprefix(OURS) in LINE_FIELDS:
                self._ours.append((kind.removeprefix(OURS), texts[0]))
            return
        verdict = text_at(meta, "dcc:conformityXMLList") or text_at(meta, "dcc:conformity")
        if verdict:
            self.verdicts = verdict.split()
        for quantity in every(meta, "dcc:data/dcc:quantity"):
            role = quantity.get("refType") or ""
            if role in {_LOWER, _UPPER}:
                self._limits[role] = points_of(quantity)
            else:
                name = content_at(quantity, "dcc:name") or content_at(meta, "dcc:declaration") or role or kind
                self._conditions.append((name, points_of(quantity)))

    def limit(self, index: int, unit: str | None) -> dict[str, Any]:
        """Return the acceptance limits of one value, where they are in its unit."""
        found = {}
        for field, role in (("min", _LOWER), ("max", _UPPER)):
            point = self._at(self._limits.get(role, []), index, role)
            if point is not None and point.unit == unit:
                found[field] = decimal_text(point.value)
        return stated(**found)

    def conditions(self, index: int) -> list[dict[str, Any]]:
        """Return the conditions of one value."""
        found = []
        for name, points in self._conditions:
            point = self._at(points, index, name)
            if point is not None and point.value:
                found.append(stated(name=name, value=point.value, unit=point.unit))
        return found

    def ours(self, line: dict[str, Any]) -> dict[str, Any]:
        """Put back the fields that only our own certificates carry; a dotted name is a nested field."""
        for path, text in self._ours:
            put(line, path, text)
        if self._own_conditions:
            line["conditions"] = [*line.get("conditions", []), *self._own_conditions]
        return line

    def _at(self, points: list[Point], index: int, name: str) -> Point | None:
        if not points:
            return None
        if len(points) == 1:
            return points[0]
        if len(points) != self.count:
            raise UnevenLists(name)
        return points[index]
