"""What docs/formats/report.md shows is true: the example, its digest, code and signature, and every field."""

import json
import re
from pathlib import Path

import jsonschema
import msgspec
import pytest
import rfc8785

from zhunsheng.foundation.identifiers import is_uscc
from zhunsheng.foundation.signing import Ed25519Key, public_text
from zhunsheng.oversight.reports.format import code_of, proof_holds, read_report
from zhunsheng.oversight.reports.format.schema import FOLDER
from zhunsheng.oversight.reports.format.structs import Registration, Report, Result

PAGE = Path(__file__).parents[5] / "docs" / "formats" / "report.md"
RFC_8032_TEST_1 = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"


@pytest.fixture(scope="module")
def page():
    if not PAGE.is_file():
        pytest.skip("the documents are not beside the package")
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example(page):
    return re.findall(r"```json\n(.*?)\n```", page, re.DOTALL)[0].encode()


def _shown(page, label):
    return re.findall(rf"\| {label} · [^|]*\| `([^`]+)` \|", page)[0]


def test_the_example_is_a_sound_report_by_reader_and_schema(example):
    schema = json.loads((FOLDER / "zhunsheng-report-1.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(json.loads(example))

    report = read_report(example).report

    assert len(report.results) == 3
    assert is_uscc(str(report.body.uscc))


def test_the_digest_and_code_shown_are_those_of_the_example(page, example):
    parsed = read_report(example)

    assert _shown(page, "Digest") == parsed.digest
    assert _shown(page, "Anti-forgery code") == code_of(parsed.digest)
    assert parsed.canonical == rfc8785.dumps(json.loads(example))


def test_the_signature_shown_is_right_under_the_key_shown(page, example):
    shown = _shown(page, "Public key")

    assert shown == public_text(Ed25519Key.from_seed(bytes.fromhex(RFC_8032_TEST_1)))
    assert proof_holds(read_report(example), shown)
    assert not proof_holds(read_report(example.replace(b"0.050", b"0.051")), shown)


def _fields(kind, path=""):
    """Every leaf field of a structure, as the page writes it."""
    for field in msgspec.structs.fields(kind):
        if kind is Report and field.name == "results":
            continue
        name = f"{path}{field.name}"
        nested = [each for each in _kinds(field.type) if isinstance(each, type) and issubclass(each, msgspec.Struct)]
        if nested:
            listed = "tuple" in str(field.type)
            yield from _fields(nested[0], f"{name}[]." if listed else f"{name}.")
        else:
            yield name


def _kinds(annotation):
    arguments = getattr(annotation, "__args__", ())
    return [annotation, *(kind for each in arguments for kind in _kinds(each))]


@pytest.mark.parametrize(("kind", "heading"), [(Report, "Fields of the report"), (Result, "Fields of a result line")])
def test_the_page_explains_every_field_and_no_other(page, kind, heading):
    section = page.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    explained = re.findall(r"^\| `([a-z_.\[\]0-9]+)` \|", section, re.MULTILINE)

    assert sorted(explained) == sorted(_fields(kind))
    assert len(explained) == len(set(explained))


def test_the_page_of_the_registration_shows_what_the_reader_makes_of_its_example(page):
    shown = (PAGE.parent / "registration.md").read_text(encoding="utf-8")
    example = re.findall(r"```json\n(.*?)\n```", shown, re.DOTALL)[0].encode()
    schema = json.loads((FOLDER / "zhunsheng-registration-1.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(json.loads(example))
    parsed = read_report(example)

    assert parsed.registration is not None
    assert _shown(shown, "Digest") == parsed.digest
    assert parsed.canonical == rfc8785.dumps(json.loads(example))
    full = read_report(re.findall(r"```json\n(.*?)\n```", page, re.DOTALL)[0].encode())
    assert parsed.registration.content == full.digest
    assert _shown(shown, "Code") == code_of(full.digest)


def test_the_page_of_the_registration_explains_every_field_and_no_other():
    shown = (PAGE.parent / "registration.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `([a-z_.\[\]0-9]+)` \|", shown.split("## Fields", 1)[1], re.MULTILINE)

    assert sorted(explained) == sorted(_fields(Registration))
