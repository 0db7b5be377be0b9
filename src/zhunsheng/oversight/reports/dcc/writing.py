"""Write a report as a DCC (schema 3.2.1).

Numbers in units of the Digital SI stand as D-SI quantities. Words, other units, and fields that the schema has no
place for stand beside them in metadata of our own reference types, so that our reader gets the same lines back.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, Final

import msgspec
from lxml import etree

from ..format import FORMAT, Report, canonical_of, day_of
from ..rules.words import read_verdict
from .names import (
    DCC,
    EXACT,
    LABORATORY,
    LINE_FIELDS,
    OURS,
    OWN_CONDITION,
    REPORT_FIELDS,
    SCHEMA_VERSION,
    SI,
    UNSTATED,
)
from .reading import DccProblem
from .units import from_dsi, to_dsi


class _Maker:
    """Makes elements of one namespace by name: `_D.name(child, "text", attribute="value")`."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def __getattr__(self, tag: str) -> Callable[..., etree._Element]:
        return partial(self, tag)

    def __call__(self, tag: str, *parts: etree._Element | str, **attributes: str) -> etree._Element:
        made = etree.Element(f"{{{self._namespace}}}{tag}", attributes, nsmap={"dcc": DCC, "si": SI})
        for part in parts:
            if isinstance(part, str):
                made.text = part
                if tag == "content" and part.strip() != part:
                    made.set("refType", EXACT)
            else:
                made.append(part)
        return made


_D: Final = _Maker(DCC)
_S: Final = _Maker(SI)
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_LOCATIONS: Final = ("laboratory", "customer", "laboratoryBranch", "customerBranch")
_ISSUERS: Final = ("manufacturer", LABORATORY, "customer", "owner", "other")
_CONFORMITY: Final = {"pass": "pass", "fail": "fail"}
_REQUIRED: Final = (
    ("dates.started", "dcc:beginPerformanceDate"),
    ("dates.finished", "dcc:endPerformanceDate"),
    ("client.name", "dcc:customer"),
    ("signatory.name", "dcc:respPersons"),
    ("sample.name", "dcc:items"),
)

Data = dict[str, Any]


def gaps(report: Report) -> list[str]:
    """Return what the DCC schema requires and this report doesn't state, as `field → element`."""
    data = _plain(report)
    return [f"{path} → {element}" for path, element in _REQUIRED if _at(data, path) is None]


def write_dcc(report: Report, *, language: str = "zh") -> bytes:
    """Return a report as DCC XML in UTF-8; what the report doesn't state is left out (see `gaps`).

    Raises: DccProblem for a character that XML has no place for.
    """
    data = _plain(report)
    try:
        root = _D.digitalCalibrationCertificate(
            _administrative(data, language), _measurements(data), schemaVersion=SCHEMA_VERSION
        )
    except ValueError as error:
        raise DccProblem(
            "The report holds a character that XML has no place for.", "报告中有 XML 无法表示的字符。"
        ) from error
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _plain(report: Report) -> Data:
    data: Data = msgspec.json.decode(canonical_of(report))
    return data


def _at(data: Data, path: str) -> Any:
    place: Any = data
    for part in path.split("."):
        place = place.get(part) if isinstance(place, dict) else None
    return place


def _named(tag: str, text: str | None) -> list[etree._Element]:
    return [_D(tag, _D.content(text))] if text else []


def _administrative(data: Data, language: str) -> etree._Element:
    client = data.get("client", {})
    return _D.administrativeData(
        _D.dccSoftware(_D.software(_D.name(_D.content("Zhunsheng")), _D.release(FORMAT))),
        _core(data, language),
        _D.items(_item(data)),
        _laboratory(data["body"]),
        _D.respPersons(*_persons(data)),
        _D.customer(*_named("name", client.get("name")), _location(client.get("address"))),
        _D.statements(*_statements(data)),
    )


def _core(data: Data, language: str) -> etree._Element:
    task = data.get("task", {})
    order = [_identification("customer", task["number"], task.get("name"))] if "number" in task else []
    return _D.coreData(
        _D.countryCodeISO3166_1("CN"),
        _D.usedLangCodeISO639_1(language),
        _D.mandatoryLangCodeISO639_1(language),
        _D.uniqueIdentifier(data["number"].strip()),
        *([_D.identifications(*order)] if order else []),
        *_day("receiptDate", _at(data, "dates.received")),
        *_day("beginPerformanceDate", _at(data, "dates.started")),
        *_day("endPerformanceDate", _at(data, "dates.finished")),
        _performance_location(_at(data, "sample.place.name")),
        *_day("issueDate", _at(data, "dates.issued")),
    )


def _performance_location(place: str | None) -> etree._Element:
    """Return the place in DCC's words; another place's name stands in a statement of ours."""
    if place in _LOCATIONS:
        return _D.performanceLocation(place)
    return _D.performanceLocation("other", refType=UNSTATED)


def _day(tag: str, text: str | None) -> list[etree._Element]:
    return [_D(tag, day_of(text).isoformat())] if text else []


def _identification(issuer: str | None, value: str, name: str | None) -> etree._Element:
    return _D.identification(
        _D.issuer(issuer if issuer in _ISSUERS else "other"),
        _D.value(value.strip()),
        *([_D.name(_D.content(name))] if name else []),
    )


def _item(data: Data) -> etree._Element:
    """Return the item; without identifications of its own it is known by the number of sample or report."""
    sample = data.get("sample", {})
    known = [
        _identification(each.get("issuer"), each["value"], each.get("name"))
        for each in sample.get("identifiers", [])
        if each["value"].strip()
    ]
    if not known:
        known = [_identification(LABORATORY, sample.get("id") or data["number"], None)]
        known[0].set("refType", UNSTATED)
    maker = _at(data, "producer.name")
    model = sample.get("model", "").strip()
    return _D.item(
        *_named("name", sample.get("name")),
        *([_D.manufacturer(_D.name(_D.content(maker)))] if maker else []),
        *([_D.model(model)] if model else []),
        _D.identifications(*known),
    )


def _laboratory(body: Data) -> etree._Element:
    kind = next((name for name in ("cma", "uscc") if name in body), None)
    code = f"{kind}:{body[kind]}" if kind else f"{body['register']}:{body['id']}"
    return _D.calibrationLaboratory(
        _D.calibrationLaboratoryCode(code), _D.contact(*_named("name", body.get("name")), _location(None))
    )


def _persons(data: Data) -> Iterator[etree._Element]:
    signatory = data.get("signatory", {})
    others = [each for each in data.get("persons", []) if each.get("name") != signatory.get("name")]
    for person, main in [(signatory, True), *((each, False) for each in others)]:
        if "name" in person:
            yield _D.respPerson(
                _D.person(_D.name(_D.content(person["name"]))),
                *([_D.role(person["role"].strip())] if person.get("role", "").strip() else []),
                _D.mainSigner("true" if main else "false"),
            )


def _location(address: str | None) -> etree._Element:
    return _D.location(_D.further(_D.content(address)) if address else _D.further())


def _statements(data: Data) -> Iterator[etree._Element]:
    for path in REPORT_FIELDS:
        value = _at(data, path)
        if value is not None and _needs_a_statement(path, value):
            yield _D.statement(_D.declaration(_D.content(str(value))), refType=f"{OURS}{path}")


def _needs_a_statement(path: str, value: Any) -> bool:
    """Return whether the element that DCC has for a field can't hold this text exactly."""
    if path in {"number", "sample.model"}:
        return bool(value.strip() != value)
    return path != "sample.place.name" or value not in _LOCATIONS


def _measurements(data: Data) -> etree._Element:
    found = []
    for (method, instrument), lines in groupby(
        data.get("results", []), key=lambda line: (line.get("method"), line.get("instrument"))
    ):
        parts = [_D.name(_D.content(data.get("title") or data["number"]))]
        if method:
            norm = [_D.norm(method)] if method.strip() == method else []
            parts.append(_D.usedMethods(_D.usedMethod(_D.name(_D.content(method)), *norm)))
        if instrument:
            exact = instrument.strip() == instrument
            known = [_D.identifications(_identification(LABORATORY, instrument, None))] if exact else []
            parts.append(_D.measuringEquipments(_D.measuringEquipment(_D.name(_D.content(instrument)), *known)))
        values = _D.data(*(_quantity(line) for line in lines))
        parts.append(_D.results(_D.result(_D.name(_D.content(data["number"])), values)))
        found.append(_D.measurementResult(*parts))
    return _D.measurementResults(*found)


def _quantity(line: Data) -> etree._Element:
    kept = dict(line)
    for known in ("parameter", "method", "instrument", "conditions"):
        kept.pop(known, None)
    metadata = list(_conformity(line)) + [_own_condition(each) for each in line.get("conditions", [])]
    value = _value(line, kept)
    metadata += [_own(path, _at(kept, path)) for path in LINE_FIELDS if _at(kept, path) is not None]
    return _D.quantity(
        _D.name(_D.content(line["parameter"])),
        value,
        *([_D.measurementMetaData(*metadata)] if metadata else []),
    )


def _value(line: Data, kept: Data) -> etree._Element:
    """Return the value as D-SI if it can be said there exactly; what was said is taken out of `kept`."""
    value, unit = line.get("value", ""), line.get("unit")
    dsi = to_dsi(unit) if unit else None
    if not _NUMBER.fullmatch(value) or dsi is None:
        if value.strip() == value and value:
            kept.pop("value", None)
        return _D.noQuantity(_D.content(value))
    kept.pop("value")
    if from_dsi(dsi) == unit:
        kept.pop("unit")
    return _S.real(_S.value(value), _S.unit(dsi), *_uncertainty(line, kept))


def _uncertainty(line: Data, kept: Data) -> list[etree._Element]:
    """Return the expanded uncertainty where all that D-SI asks for is stated; nothing is made up."""
    stated = line.get("uncertainty", {})
    if {"expanded", "k", "probability"} - stated.keys():
        return []
    kept.pop("uncertainty")
    return [
        _S.expandedUnc(
            _S.uncertainty(stated["expanded"]),
            _S.coverageFactor(stated["k"]),
            _S.coverageProbability(stated["probability"]),
        )
    ]


def _conformity(line: Data) -> Iterator[etree._Element]:
    """Say pass or fail in DCC's words where the verdict is one of them; the verdict's own words stay beside it."""
    meaning = _CONFORMITY.get(read_verdict(line.get("verdict", "")) or "")
    if meaning:
        yield _D.metaData(
            _D.declaration(_D.name(_D.content("conformity"))), _D.conformity(meaning), refType="basic_conformity"
        )


def _own(path: str, value: Any) -> etree._Element:
    if path == "unit" and value.strip() == value:
        return _D.metaData(_D.declaration(_D.content(path)), _D.nonSIUnit(value), refType=f"{OURS}{path}")
    return _D.metaData(
        _D.declaration(_D.content(path)),
        _D.data(_D.text(_D.content(str(value)))),
        refType=f"{OURS}{path}",
    )


def _own_condition(condition: Data) -> etree._Element:
    texts = [_D.text(_D.content(condition[name])) for name in ("name", "value", "unit") if name in condition]
    return _D.metaData(_D.declaration(_D.content(condition["name"])), _D.data(*texts), refType=OWN_CONDITION)
