"""Read a DCC into a report: who calibrated what, when, with which results; the file itself becomes an attachment."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lxml import etree

from .. import safe_xml
from ..format.problems import BilingualProblem
from ..format.stating import identifier_of, stated
from .names import (
    DCC,
    LABORATORY,
    OURS,
    REPORT_FIELDS,
    UNSTATED,
    content,
    content_at,
    every,
    local,
    one,
    own_text,
    put,
    text_at,
)
from .quantities import lines_of, points_of
from .signature import Signed, verify

REGISTER: Final = "dcc"
MEDIA_TYPE: Final = "application/xml"
_OWN_CODES: Final = ("cma", "uscc")


class DccProblem(BilingualProblem):
    """XML that isn't a certificate, or one that lacks what a report needs."""

    def __init__(self, rule: str, rule_zh: str, field: str | None = None) -> None:
        remedy = "Send the certificate as the laboratory issued it."
        super().__init__(rule, rule_zh, remedy, "请提交机构出具的原始 DCC 文件。", code="dcc", field=field)


@dataclass(frozen=True, slots=True)
class DccDocument:
    """A certificate that was read: JSON-ready report data, who signed (if anyone), the file as it came."""

    report_dict: dict[str, Any]
    signed: Signed | None
    original: bytes
    schema_version: str


def read_dcc(
    raw: bytes, *, at: datetime, known_fingerprints: frozenset[str] = frozenset(), most_bytes: int = safe_xml.MOST_BYTES
) -> DccDocument:
    """Read a certificate and verify its signature if it has one; only what the signature covers is read.

    Args:
        at: when the signer's certificate must be valid if no time of signing is claimed.
        known_fingerprints: SHA-256 of certificates in the register.
    Raises: XmlProblem, SignatureProblem, DccProblem, UnevenLists.
    """
    root = safe_xml.parse(raw, most_bytes=most_bytes)
    if root.tag != f"{{{DCC}}}digitalCalibrationCertificate":
        raise DccProblem("This XML is not a digital calibration certificate.", "此 XML 不是数字校准证书（DCC）。")
    covered, signed = verify(root, at=at, known_fingerprints=known_fingerprints)
    report = _report(covered)
    report["attachments"] = [
        {
            "sha256": hashlib.sha256(raw).hexdigest(),
            "media_type": MEDIA_TYPE,
            "bytes": len(raw),
            "name": "dcc.xml",
        }
    ]
    return DccDocument(report, signed, raw, root.get("schemaVersion") or "")


def _report(root: etree._Element) -> dict[str, Any]:
    administrative = one(root, "dcc:administrativeData")
    if administrative is None:
        raise DccProblem("The certificate has no administrative data.", "证书缺少管理数据。", "dcc:administrativeData")
    core = one(administrative, "dcc:coreData")
    number = text_at(core, "dcc:uniqueIdentifier") if core is not None else None
    if core is None or number is None:
        raise DccProblem("The certificate has no identifier.", "证书没有唯一编号。", "dcc:uniqueIdentifier")
    results = _results(root)
    if not results:
        raise DccProblem("The certificate holds no values.", "证书没有测量结果。", "dcc:measurementResults")
    persons = _persons(administrative)
    signatory = next((person for person, main in persons if main), None)
    report = stated(
        format="zhunsheng-report/1",
        kind="calibration",
        version=1,
        number=number,
        body=_body(administrative),
        dates=_dates(core),
        task=_order(core),
        sample=_sample(administrative, core),
        producer=stated(name=content_at(administrative, "dcc:items/dcc:item/dcc:manufacturer/dcc:name")),
        client=_contact(one(administrative, "dcc:customer")),
        signatory=signatory,
        persons=[person for person, _ in persons],
        conclusion=text_at(administrative, "dcc:statements/dcc:statement/dcc:conformity"),
        conditions=_conditions(root),
        remarks=_remarks(administrative),
        results=results,
    )
    return _ours(administrative, report)


def _body(administrative: etree._Element) -> dict[str, Any]:
    laboratory = one(administrative, "dcc:calibrationLaboratory")
    name = content_at(administrative, "dcc:calibrationLaboratory/dcc:contact/dcc:name")
    code = text_at(laboratory, "dcc:calibrationLaboratoryCode") if laboratory is not None else None
    if code is None and name is None:
        raise DccProblem("The certificate names no laboratory.", "证书未写明校准机构。", "dcc:calibrationLaboratory")
    kind, _, value = (code or "").partition(":")
    if value and kind in _OWN_CODES:
        return stated(**{kind: value}, name=name)
    if value and kind.islower():
        return stated(register=kind, id=value, name=name)
    return stated(register=REGISTER, id=identifier_of(code or name or ""), name=name)


def _dates(core: etree._Element) -> dict[str, Any]:
    return stated(
        received=text_at(core, "dcc:receiptDate"),
        started=text_at(core, "dcc:beginPerformanceDate"),
        finished=text_at(core, "dcc:endPerformanceDate"),
        issued=text_at(core, "dcc:issueDate"),
    )


def _identifications(element: etree._Element) -> list[dict[str, Any]]:
    return [
        stated(
            issuer=text_at(each, "dcc:issuer"),
            value=text_at(each, "dcc:value"),
            name=content_at(each, "dcc:name"),
        )
        for each in every(element, "dcc:identifications/dcc:identification")
        if each.get("refType") != UNSTATED
    ]


def _order(core: etree._Element) -> dict[str, Any]:
    found = _identifications(core)
    return stated(name=found[0].get("name"), number=found[0].get("value")) if found else {}


def _sample(administrative: etree._Element, core: etree._Element) -> dict[str, Any]:
    items = every(administrative, "dcc:items/dcc:item")
    names = [name for item in items if (name := content_at(item, "dcc:name"))]
    models = [model for item in items if (model := text_at(item, "dcc:model"))]
    return stated(
        name="; ".join(names),
        model="; ".join(models),
        identifiers=[each for item in items for each in _identifications(item)],
        place=stated(name=_place(core)),
    )


def _place(core: etree._Element) -> str | None:
    place = one(core, "dcc:performanceLocation")
    return own_text(place) if place is not None and place.get("refType") != UNSTATED else None


def _persons(administrative: etree._Element) -> list[tuple[dict[str, Any], bool]]:
    return [
        (
            stated(
                name=content_at(each, "dcc:person/dcc:name"),
                role=text_at(each, "dcc:role"),
                code=text_at(each, "dcc:person/dcc:descriptionData/dcc:code"),
            ),
            text_at(each, "dcc:mainSigner") in {"true", "1"},
        )
        for each in every(administrative, "dcc:respPersons/dcc:respPerson")
    ]


def _contact(element: etree._Element | None) -> dict[str, Any]:
    if element is None:
        return {}
    place = one(element, "dcc:location")
    parts: list[str] = []
    for child in place if place is not None else ():
        text = content(child) if local(child) == "further" else (child.text or "").strip()
        if text:
            parts.append(text)
    return stated(name=content_at(element, "dcc:name"), address=", ".join(parts))


def _conditions(root: etree._Element) -> list[dict[str, Any]]:
    found = []
    path = "dcc:measurementResults/dcc:measurementResult/dcc:influenceConditions/dcc:influenceCondition"
    for condition in every(root, path):
        about = content_at(condition, "dcc:name") or condition.get("refType") or ""
        for quantity in every(condition, ".//dcc:quantity"):
            name = content_at(quantity, "dcc:name") or quantity.get("refType") or ""
            for point in points_of(quantity):
                if point.value:
                    title = about if name in {"", about} else f"{about}: {name}"
                    found.append(stated(name=title, value=point.value, unit=point.unit))
    return found


def _remarks(administrative: etree._Element) -> str:
    found = []
    for statement in every(administrative, "dcc:statements/dcc:statement"):
        if (statement.get("refType") or "").startswith(OURS):
            continue
        source = " ".join(t for tag in ("norm", "reference") if (t := text_at(statement, f"dcc:{tag}")))
        said = content_at(statement, "dcc:declaration") or ""
        values = [
            f"{content_at(each, 'dcc:name') or ''} {point.value} {point.unit or ''}".strip()
            for each in every(statement, "dcc:data/dcc:quantity")
            for point in points_of(each)
        ]
        day = text_at(statement, "dcc:date") or ""
        line = " ".join(part for part in (f"[{source}]" if source else "", said, "; ".join(values), day) if part)
        if line:
            found.append(line)
    return "\n".join(found)


def _results(root: etree._Element) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for measurement in every(root, "dcc:measurementResults/dcc:measurementResult"):
        common = stated(method=_method(measurement), instrument=_instrument(measurement))
        for data in every(measurement, "dcc:results/dcc:result/dcc:data"):
            lines.extend(lines_of(data, common))
    return [{**line, "line": line.get("line", number)} for number, line in enumerate(lines, 1)]


def _method(measurement: etree._Element) -> str:
    """Return the norms, or the names, of the methods; how uncertainty is expressed is not a method of measurement."""
    found = [
        text_at(method, "dcc:norm") or content_at(method, "dcc:name") or ""
        for method in every(measurement, "dcc:usedMethods/dcc:usedMethod")
        if method.get("refType") != "basic_uncertainty"
    ]
    return "; ".join(text for text in found if text)


def _instrument(measurement: etree._Element) -> str:
    found = []
    for each in every(measurement, "dcc:measuringEquipments/dcc:measuringEquipment"):
        identified = [one_["value"] for one_ in _identifications(each) if "value" in one_]
        own = text_at(each, f"dcc:identifications/dcc:identification[dcc:issuer='{LABORATORY}']/dcc:value")
        found.append(own or next(iter(identified), None) or content_at(each, "dcc:name") or "")
    return "; ".join(text for text in found if text)


def _ours(administrative: etree._Element, report: dict[str, Any]) -> dict[str, Any]:
    """Put back the fields that certificates of ours keep in statements of their own type."""
    for statement in every(administrative, "dcc:statements/dcc:statement"):
        path = (statement.get("refType") or "").removeprefix(OURS)
        text = content_at(statement, "dcc:declaration")
        if path in REPORT_FIELDS and text is not None:
            put(report, path, text)
    return report
