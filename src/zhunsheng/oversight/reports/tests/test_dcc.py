"""Digital calibration certificates come in, are verified, and go out."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from lxml import etree

from zhunsheng.oversight.reports.dcc import DccProblem, read_dcc, write_dcc
from zhunsheng.oversight.reports.dcc.names import NAMES
from zhunsheng.oversight.reports.dcc.quantities import UnevenLists
from zhunsheng.oversight.reports.dcc.signature import SignatureProblem
from zhunsheng.oversight.reports.dcc.units import from_dsi, to_dsi
from zhunsheng.oversight.reports.dcc.writing import gaps
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.safe_xml import XmlProblem
from zhunsheng.oversight.reports.sources import dry_run, source_for

from .strategies import REPORT, plain

NOW = datetime(2026, 4, 1, tzinfo=UTC)
TYPICAL = "dcc_gp_temperature_typical_v12.xml"
SIGNED = "dcc_gp_temperature_typical_v12_signed.xml"
MANIPULATED = "dcc_gp_temperature_typical_v12_signed_manipulated.xml"
SIMPLIFIED = "dcc_gp_temperature_simplified_v12.xml"


@pytest.fixture(scope="module")
def samples(shared):
    return shared / "data" / "ptb_dcc"


def _read(raw):
    document = read_dcc(raw, at=NOW)
    return read_report(msgspec.json.encode(document.report_dict)).report, document


def _again(report):
    return _read(write_dcc(report))[0]


def test_the_typical_certificate_gives_every_value_with_unit_uncertainty_limits_and_verdict(samples):
    report, _ = _read((samples / TYPICAL).read_bytes())
    lines = report.results
    errors = [line for line in lines if line.parameter == "Measurement error"]

    assert [line.value for line in lines[:5]] == ["306.248", "373.121", "448.253", "523.319", "593.154"]
    assert [line.value for line in errors] == ["0.072", "0.089", "0.107", "-0.009", "-0.084"]
    assert {line.unit for line in lines} == {"K"}
    assert {(e.uncertainty.expanded, e.uncertainty.k, e.uncertainty.probability) for e in errors} == {
        ("0.061", "2", "0.95")
    }
    assert [(e.limit.min, e.limit.max) for e in errors] == [("-0.23", "0.23")] * 3 + [("-0.30", "0.30")] * 2
    assert {e.verdict for e in errors} == {"pass"}
    assert [(c.value, c.unit) for c in lines[4].conditions] == [("593", "K"), ("320.004", "°C")]


def test_the_typical_certificate_names_laboratory_client_item_dates_and_persons(samples):
    report, _ = _read((samples / TYPICAL).read_bytes())

    assert report.number == "GP_DCC_temperature_typical_1.2"
    assert report.kind == "calibration"
    assert report.body.name == "Kalibrierfirma GmbH"
    assert report.client.name == "Kunde GmbH"
    assert (report.sample.name, report.sample.model) == ("Temperature sensor", "String")
    assert [(each.issuer, each.name) for each in report.sample.identifiers] == [
        ("manufacturer", "Serial no."),
        ("customer", "Measurement equipment no."),
        ("calibrationLaboratory", "Equipment no."),
    ]
    assert (report.dates.started, report.dates.finished) == ("1957-08-13", "1957-08-13")
    assert report.signatory.name == "Michaela Musterfrau"
    assert [person.name for person in report.persons] == ["Michaela Musterfrau", "Michael Mustermann"]
    assert report.conclusion == "pass"
    assert report.results[0].method == "DKD-R 5-1:2018"


def test_the_original_file_is_the_reports_attachment(samples):
    raw = (samples / TYPICAL).read_bytes()
    report, document = _read(raw)

    assert document.original == raw
    assert report.attachments[0].sha256 == hashlib.sha256(raw).hexdigest()
    assert report.attachments[0].bytes == len(raw)


def test_an_unsigned_certificate_is_read_and_said_to_be_unsigned(samples):
    assert _read((samples / SIMPLIFIED).read_bytes())[1].signed is None


def test_the_signed_certificate_is_accepted_and_its_signer_said_to_be_unknown_to_us(samples):
    report, document = _read((samples / SIGNED).read_bytes())

    assert document.signed.trust == "signature intact, signer not in our register"
    assert document.signed.subject == "CN=Calibration Lab A1,O=Calibration A GmbH,C=DE"
    assert document.signed.signed_at == datetime(2022, 10, 21, 7, 47, 21, tzinfo=UTC)
    assert len(report.results) == 15


def test_a_signer_in_our_register_is_said_to_be_known(samples):
    raw = (samples / SIGNED).read_bytes()
    signed: Any = read_dcc(raw, at=NOW).signed

    known: Any = read_dcc(raw, at=NOW, known_fingerprints=frozenset({signed.fingerprint}))

    assert known.signed.trust == "signature intact, signer in our register"


def test_the_manipulated_certificate_is_refused_because_the_signed_contents_digest_does_not_match(samples):
    with pytest.raises(SignatureProblem) as refused:
        read_dcc((samples / MANIPULATED).read_bytes(), at=NOW)

    assert refused.value.reason == "digest"
    assert "digest of the signed content does not match" in str(refused.value)


def test_the_manipulated_certificate_would_be_accepted_with_the_name_put_back(samples):
    """The reason is the changed name and nothing else about the file."""
    raw = (samples / MANIPULATED).read_bytes()
    restored = raw.replace(b"MANIPLUATION Michael Mustermann MANIPULATION", b"Michael Mustermann")

    assert restored != raw
    assert read_dcc(restored, at=NOW).signed is not None


def test_a_changed_signature_value_is_told_apart_from_changed_content(samples):
    raw = (samples / SIGNED).read_bytes().replace(b"mQMqeZgb", b"mQMqeZgc")

    with pytest.raises(SignatureProblem) as refused:
        read_dcc(raw, at=NOW)

    assert refused.value.reason == "signature"


def test_a_certificate_out_of_its_time_is_refused_for_that(samples):
    raw = (samples / SIGNED).read_bytes()
    start, end = raw.index(b"<xades:SigningTime>"), raw.index(b"</xades:SigningTime>") + len(b"</xades:SigningTime>")

    with pytest.raises(SignatureProblem) as refused:
        read_dcc(raw[:start] + raw[end:], at=NOW)

    assert refused.value.reason == "certificate"


def test_a_signed_certificate_wrapped_into_another_document_is_refused(samples):
    """Signature wrapping: the signed part is intact, and what is shown is another part."""
    inner = etree.fromstring((samples / SIGNED).read_bytes())
    outer = etree.fromstring((samples / TYPICAL).read_bytes())
    outer.append(inner)

    with pytest.raises(SignatureProblem):
        read_dcc(etree.tostring(outer), at=NOW)


def test_two_signatures_are_refused_rather_than_one_chosen(samples):
    root = etree.fromstring((samples / SIGNED).read_bytes())
    signature: Any = root.find("ds:Signature", NAMES)
    root.append(etree.fromstring(etree.tostring(signature)))

    with pytest.raises(SignatureProblem) as refused:
        read_dcc(etree.tostring(root), at=NOW)

    assert refused.value.reason == "form"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE a>",
    ],
)
def test_a_document_type_is_refused_with_its_entities(samples, doctype):
    raw = (samples / TYPICAL).read_bytes().replace(b"?>", b"?>" + doctype.encode(), 1)

    with pytest.raises(XmlProblem, match="document type"):
        read_dcc(raw, at=NOW)


def test_too_large_too_deep_and_broken_xml_is_refused_with_its_reason(samples):
    raw = (samples / TYPICAL).read_bytes()

    with pytest.raises(XmlProblem, match="at most 1000 are read"):
        read_dcc(raw, at=NOW, most_bytes=1000)
    with pytest.raises(XmlProblem, match="nested more than 64 deep"):
        read_dcc(b"<a>" * 100 + b"</a>" * 100, at=NOW)
    with pytest.raises(XmlProblem, match=r"nested more than 64 deep|not well-formed"):
        read_dcc(b"<a>" * 100_000 + b"</a>" * 100_000, at=NOW)
    with pytest.raises(XmlProblem, match="not well-formed"):
        read_dcc(raw[:5000], at=NOW)
    with pytest.raises(DccProblem, match="not a digital calibration certificate"):
        read_dcc(b"<a/>", at=NOW)


@pytest.mark.parametrize(
    ("element", "problem"),
    [
        ("uniqueIdentifier", "no identifier"),
        ("calibrationLaboratory", "names no laboratory"),
        ("measurementResults", "no values"),
        ("administrativeData", "no administrative data"),
    ],
)
def test_a_certificate_without_what_a_report_needs_is_refused_by_name(samples, element, problem):
    root = etree.fromstring((samples / TYPICAL).read_bytes())
    found: Any = root.find(f".//dcc:{element}", NAMES)
    found.getparent().remove(found)

    with pytest.raises(DccProblem, match=problem):
        read_dcc(etree.tostring(root), at=NOW)


def test_lists_that_do_not_belong_together_are_refused(samples):
    raw = (samples / TYPICAL).read_bytes().replace(b"0.072 0.089 0.107 -0.009 -0.084", b"0.072 0.089 0.107")

    with pytest.raises(UnevenLists):
        read_dcc(raw, at=NOW)


def test_uncertainty_of_the_newer_digital_si_is_read_too(samples):
    raw = (samples / TYPICAL).read_bytes()
    for old, new in (
        (b"si:expandedUncXMLList", b"si:expandedMUXMLList"),
        (b"si:uncertaintyXMLList", b"si:valueExpandedMUXMLList"),
    ):
        raw = raw.replace(old, new)

    report, _ = _read(raw)

    assert report.results[10].uncertainty.expanded == "0.061"


@pytest.mark.parametrize("name", [TYPICAL, SIMPLIFIED, SIGNED])
def test_a_certificate_written_again_reads_back_to_the_same_lines(samples, name):
    report, _ = _read((samples / name).read_bytes())
    again = _again(report)

    assert again.results == report.results
    assert (again.body, again.number, again.dates, again.sample) == (
        report.body,
        report.number,
        report.dates,
        report.sample,
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPORT)
@example(
    {
        "format": "zhunsheng-report/1",
        "body": {"cma": "210020123456"},
        "number": "A1",
        "version": 2,
        "results": [
            {"line": 7, "parameter": "铅", "value": "0.050", "unit": "mg/kg", "uncertainty": {"expanded": "0.004"}},
            {"line": 3, "parameter": "菌落总数", "value": "<10", "unit": "CFU/g", "verdict": "合格"},
        ],
    }
)
def test_any_report_written_as_a_certificate_reads_back_to_the_same_lines(data):
    report = read_report(msgspec.json.encode(data)).report
    again = _again(report)

    assert again.results == report.results
    assert (again.body, again.number, again.version) == (report.body, report.number, report.version)


def test_numbers_in_si_units_are_written_as_digital_si_for_others_to_read():
    report = read_report(
        b'{"format":"zhunsheng-report/1","body":{"cma":"210020123456"},"number":"A1","version":1,"results":[{"line":1,'
        b'"parameter":"lead","value":"0.050","unit":"mg/kg","verdict":"\xe5\x90\x88\xe6\xa0\xbc",'
        b'"uncertainty":{"expanded":"0.004","k":"2","probability":"0.95"}}]}'
    ).report
    root = etree.fromstring(write_dcc(report))

    assert root.findtext(".//si:real/si:value", None, NAMES) == "0.050"
    assert root.findtext(".//si:real/si:unit", None, NAMES) == r"\milli\gram\per\kilogram"
    assert root.findtext(".//si:expandedUnc/si:coverageFactor", None, NAMES) == "2"
    assert root.findtext(".//dcc:conformity", None, NAMES) == "pass"
    assert root.get("schemaVersion") == "3.2.1"


def test_what_the_schema_requires_and_a_report_lacks_is_listed(samples):
    full, _ = _read((samples / TYPICAL).read_bytes())
    bare = read_report(
        b'{"format":"zhunsheng-report/1","body":{"cma":"210020123456"},"number":"A1","version":1,'
        b'"results":[{"line":1,"parameter":"lead"}]}'
    ).report

    assert gaps(full) == []
    assert "client.name → dcc:customer" in gaps(bare)


@pytest.mark.parametrize(
    ("dsi", "symbol"),
    [
        (r"\kelvin", "K"),
        (r"\degreecelsius", "°C"),
        (r"\one", "1"),
        (r"\milli\gram\per\litre", "mg/L"),
        (r"\metre\per\second\tothe{2}", "m/s2"),
        (r"\kilogram\metre\tothe{-3}", "kg/m3"),
    ],
)
def test_digital_si_units_have_the_symbols_that_reports_use(dsi, symbol):
    assert from_dsi(dsi) == symbol
    assert from_dsi(str(to_dsi(symbol))) == symbol


@pytest.mark.parametrize("unit", ["CFU/100 mL", "NTU", "PMÜ/100 ml", "", "无量纲"])
def test_units_outside_the_digital_si_are_not_forced_into_it(unit):
    assert to_dsi(unit) is None


def test_the_source_recognises_certificates_and_carries_the_file_along(samples):
    source = source_for(samples / SIGNED)
    (item,) = source.read(samples / SIGNED)

    assert source.name == "dcc"
    assert item.attachments[0][0] == (samples / SIGNED).read_bytes()
    assert dry_run(source, samples / TYPICAL).lines == 15


SEQUENCES = {
    # the order of children in the published schema, DCC 3.2.1; those with ! are required
    "digitalCalibrationCertificate": "administrativeData! measurementResults! comment document Signature",
    "software": "name! release! type description",
    "coreData": (
        "countryCodeISO3166_1! usedLangCodeISO639_1! mandatoryLangCodeISO639_1! uniqueIdentifier! identifications "
        "receiptDate beginPerformanceDate endPerformanceDate performanceLocation! issueDate"
    ),
    "item": "name equipmentClass description installedSoftwares manufacturer model identifications! itemQuantities",
    "identification": "issuer! value! name",
    "calibrationLaboratory": "calibrationLaboratoryCode contact!",
    "contact": "name eMail phone fax location! descriptionData",
    "customer": "name eMail phone fax location! descriptionData",
    "person": "name! eMail phone fax location descriptionData",
    "respPerson": "person! description role mainSigner",
    "statement": "name description norm reference declaration! conformity data nonSIDefinition nonSIUnit location",
    "metaData": "name description norm reference declaration! conformity data nonSIDefinition nonSIUnit location",
    "measurementResult": "name! description usedMethods usedSoftware measuringEquipments influenceConditions results!",
    "usedMethod": "name! description norm reference",
    "measuringEquipment": "name! equipmentClass description certificate manufacturer model identifications",
    "result": "name! description data!",
    "quantity": (
        "name! description noQuantity real relativeUncertainty usedMethods usedSoftware measuringEquipments "
        "influenceConditions measurementMetaData"
    ),
    "real": "label value! unit! timestamp expandedUnc",
    "expandedUnc": "uncertainty! coverageFactor! coverageProbability! distribution",
}
TRIMMED = {"norm", "value", "release", "uniqueIdentifier", "model", "role", "nonSIUnit", "calibrationLaboratoryCode"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPORT)
def test_written_certificates_keep_the_order_and_the_required_parts_of_the_schema(data):
    root = etree.fromstring(write_dcc(read_report(msgspec.json.encode(data)).report))

    for element in root.iter():
        name = etree.QName(element).localname
        if name in SEQUENCES:
            order = [word.rstrip("!") for word in SEQUENCES[name].split()]
            children = [etree.QName(child).localname for child in element]
            assert [order.index(child) for child in children] == sorted(order.index(child) for child in children), name
            assert {word[:-1] for word in SEQUENCES[name].split() if word.endswith("!")} <= set(children), name
        if name in TRIMMED:
            assert element.text
            assert element.text == element.text.strip()
        if name == "issuer":
            assert element.text in {"manufacturer", "calibrationLaboratory", "customer", "owner", "other"}
        if name == "performanceLocation":
            assert element.text in {"laboratory", "customer", "laboratoryBranch", "customerBranch", "other"}


def test_what_a_report_does_not_state_is_not_made_up_by_writing_and_reading_it():
    again = _again(read_report(msgspec.json.encode(plain())).report)

    assert not again.sample
    assert not again.client
    assert not again.persons
    assert not again.signatory
