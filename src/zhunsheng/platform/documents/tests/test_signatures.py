"""The installation's own signature: set, verified by us and by Poppler, and broken by any changed byte."""

import io
import os
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from pypdf import PdfReader, PdfWriter

from zhunsheng.platform.documents import identity, pdf, qr
from zhunsheng.platform.documents.signatures import NotStamped, sign
from zhunsheng.platform.documents.verifying import verify

from .sealing import certified, sealed

TEMPLATE = Path(__file__).parent / "letter.typ"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
DATA = {
    "title": "资质认定证书", "foot": "准绳", "lang": "zh", "rows": [["名称", "广东珠江检测有限公司"]],
    "qr": qr.svg("https://zhunsheng.example/v/C"), "words": "核验",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def own_home(home, settings):
    settings.ZHUNSHENG_HOME = home


@pytest.fixture(scope="module")
def plain():
    return pdf.render(TEMPLATE, DATA, at=NOON, accessible=True)


@pytest.fixture
def signed(plain):
    return sign(plain, at=NOON)


def in_its_only_form(content):
    start = content.index(b"/Contents <") + len(b"/Contents <")
    return start, start + len(content[start : content.index(b">", start)].rstrip(b"0"))


def pdfsig(content, tmp_path):
    tool = shutil.which("pdfsig")
    if tool is None:
        if os.environ.get("CI") == "true":
            pytest.fail("pdfsig isn't installed: .ci/run installs poppler-utils")
        pytest.skip("pdfsig of Poppler isn't installed")
    path = tmp_path / "signed.pdf"
    path.write_bytes(content)
    return subprocess.run([tool, "-nocert", str(path)], capture_output=True, text=True, check=False).stdout


def test_a_signed_document_names_its_signer_and_its_time(signed):
    found = verify(signed, identity.trust())

    assert found.ok
    assert "documents" in found.signer
    assert "times" in found.clock
    assert found.signed_at == NOON


def test_poppler_agrees(signed, tmp_path):
    said = pdfsig(signed, tmp_path)

    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    place = signed.index(b"/StructTreeRoot")
    altered = signed[:place] + b"/StructTreeroot" + signed[place + 15 :]
    assert "Signature is Valid." not in pdfsig(altered, tmp_path)


def test_a_document_is_tagged_titled_and_keeps_its_fonts(signed, tmp_path):
    reader = PdfReader(io.BytesIO(signed))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    assert reader.trailer["/Root"]["/Lang"] == "zh"
    assert reader.metadata.title == "资质认定证书"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"].value
    about = reader.trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in about
    assert b"<pdfaid:part>3</pdfaid:part>" in about
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in about


def test_the_same_document_at_the_same_time_gives_the_same_bytes(plain, signed):
    assert sign(plain, at=NOON) == signed
    assert sign(plain, at=NOON + timedelta(seconds=1)) != signed
    with pytest.raises(ValueError, match="aware"):
        sign(plain, at=NOON.replace(tzinfo=None))


def test_no_changed_byte_goes_unseen(signed):
    trust = identity.trust()
    start, end = in_its_only_form(signed)
    chosen = random.Random(7)
    places = [*range(start - 3, end + 3, 41), end + 5000, *chosen.sample(range(len(signed)), 60)]
    for place in places:
        altered = bytearray(signed)
        altered[place] = ord("1") if altered[place] == ord("0") else ord("0")
        assert not verify(bytes(altered), trust).ok, place


def test_nothing_may_be_added_or_left_out(signed):
    trust = identity.trust()
    for altered in (signed + b"\n", signed[:-1], b"\n" + signed, signed.replace(b"%%EOF", b"%%EoF")):
        assert not verify(altered, trust).ok
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    assert not verify(out.getvalue(), trust).ok


def test_small_digits_are_another_file(signed):
    start, end = in_its_only_form(signed)

    assert verify(signed[:start] + signed[start:end].lower() + signed[end:], identity.trust()).problem == "altered"


def test_whoever_is_not_under_a_trusted_root_is_told(plain, signed):
    assert verify(signed, identity.Trust()).problem == "untrusted"
    stranger = ec.generate_private_key(ec.SECP256R1())
    certificate = certified(stranger, "somebody")
    theirs = sealed(plain, stranger, certificate)
    known = x509.load_der_x509_certificate(certificate)
    assert verify(theirs, identity.trust()).problem == "time"
    assert verify(theirs, identity.Trust((known,), (known,))).problem == "time"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no pdf", b"%PDF-1.7\n" + b"\xff" * 4000])
def test_what_is_no_pdf_is_told(content):
    assert verify(content, identity.Trust()).problem == "no-pdf"


def test_an_unsigned_document_is_told(plain):
    assert verify(plain, identity.trust()).problem == "unsigned"


def test_keys_are_made_once_and_closed_to_others(home):
    first = identity.trust()
    identity._kept.cache_clear()

    assert identity.trust() == first
    folder = home / "keys" / "documents"
    assert {path.name for path in folder.iterdir()} == {
        "authority.key", "authority.pem", "signer.key", "signer.pem", "signers", "time.key", "time.pem",
    }  # fmt: skip
    assert {path.stat().st_mode & 0o077 for path in folder.glob("*.key")} == {0}
    assert identity.clock().certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).critical


def test_without_an_answer_of_the_configured_authority_nothing_is_signed(plain, settings):
    settings.ZHUNSHENG_TSA = "http://127.0.0.1:9/"

    with pytest.raises(NotStamped):
        sign(plain, at=NOON)


def test_the_time_stamp_is_a_token_over_the_signature(signed):
    start, end = in_its_only_form(signed)
    digits = signed[start : end + (end - start) % 2].decode()
    content = cms.ContentInfo.load(bytes.fromhex(digits))["content"]
    info = content["signer_infos"][0]
    token = info["unsigned_attrs"][0]["values"][0]["content"]

    stated = token["encap_content_info"]["content"].parsed
    assert stated["gen_time"].native == NOON
    import hashlib

    assert stated["message_imprint"]["hashed_message"].native == hashlib.sha256(info["signature"].native).digest()
