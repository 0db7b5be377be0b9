"""Seals inside PDF files, set by a signing program and then tampered with."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pypdf import PdfReader, PdfWriter

from zhunsheng.platform.documents.certificates import certificate_of, fingerprint_of
from zhunsheng.platform.documents.seals import seals_of

from .sealing import Key, certified, sealed


@pytest.fixture(scope="module")
def plain() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module", params=["rsa", "p256"])
def key(request: pytest.FixtureRequest) -> Key:
    return rsa.generate_private_key(65537, 2048) if request.param == "rsa" else ec.generate_private_key(ec.SECP256R1())


def test_a_seal_holds_and_names_its_certificate(plain: bytes, key: Key) -> None:
    certificate = certified(key, "珠江检测有限公司")
    (seal,) = seals_of(sealed(plain, key, certificate))
    assert seal.holds
    assert "珠江检测有限公司" in seal.holder
    expected = certificates.load_der_x509_certificate(certificate).fingerprint(hashes.SHA256()).hex()
    assert seal.fingerprint == expected == fingerprint_of(certificate_of(certificate))
    assert seal.sealed_at is not None
    assert abs(seal.sealed_at - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_changed_byte_breaks_the_seal(plain: bytes, key: Key) -> None:
    whole = bytearray(sealed(plain, key, certified(key, "X")))
    place = whole.index(b"595")
    whole[place : place + 3] = b"596"
    (seal,) = seals_of(bytes(whole))
    assert not seal.holds
    assert not seal.intact


def test_what_is_added_after_the_seal_is_not_sealed(plain: bytes, key: Key) -> None:
    once = sealed(plain, key, certified(key, "X"))
    writer = PdfWriter(io.BytesIO(once), incremental=True)
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    assert len(PdfReader(io.BytesIO(out.getvalue())).pages) == 1
    (seal,) = seals_of(out.getvalue())
    assert not seal.holds


def test_of_two_seals_the_last_covers_the_file(plain: bytes, key: Key) -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    twice = sealed(sealed(plain, key, certified(key, "first")), other, certified(other, "last"), "Seal2")
    first, last = seals_of(twice)
    assert last.holds
    assert first.intact
    assert "last" in last.holder


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no pdf", b"%PDF-1.7\n" + b"\xff" * 4000])
def test_what_is_no_pdf_has_no_seal(content: bytes) -> None:
    assert seals_of(content) == ()


def test_a_pdf_without_seals_has_none(plain: bytes) -> None:
    assert seals_of(plain) == ()


def test_a_certificate_is_read_from_pem_and_refused_when_it_is_none(key: Key) -> None:
    der = certified(key, "X")
    pem = certificates.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)
    assert certificate_of(pem).dump() == der
    for content in (b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", der[:-40], b"\x30\x03abc"):
        with pytest.raises(ValueError, match="no certificate"):
            certificate_of(content)
