"""The XML signature of a certificate: whether what we read is what was signed, and who signed it."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.algorithms import SignatureMethod
from signxml.exceptions import InvalidCertificate, InvalidDigest, InvalidInput, InvalidSignature, SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from ..format.problems import BilingualProblem
from .names import DS, NAMES, XADES, one, text_at

TRUST_UNKNOWN_SIGNER: Final = "signature intact, signer not in our register"
TRUST_KNOWN_SIGNER: Final = "signature intact, signer in our register"
_METHODS: Final = frozenset(
    method for method in SignatureMethod if "SHA1" not in method.name and not method.name.startswith("HMAC")
)
_HASHES: Final = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}

_WORDS: Final = {
    "digest": (
        "The digest of the signed content does not match: the certificate was changed after it was signed.",
        "签名内容的摘要不一致：证书在签名后被改动。",
        "Ask the laboratory for the original file.",
        "请向出具机构索取原始文件。",
    ),
    "signature": (
        "The signature value does not match the certificate inside the file.",
        "签名值与文件内的证书不符。",
        "Ask the laboratory for the original file.",
        "请向出具机构索取原始文件。",
    ),
    "certificate": (
        "The signer's certificate can't be used: {why}.",
        "签名证书不可用：{why}。",
        "Ask the laboratory to sign with a valid certificate.",
        "请机构用有效证书重新签名。",
    ),
    "coverage": (
        "The signature does not cover the whole certificate.",
        "签名未覆盖整份证书。",
        "Ask the laboratory to sign the whole document.",
        "请机构对整份文件签名。",
    ),
    "form": (
        "The signature can't be read: {why}.",
        "签名无法识别：{why}。",
        "Ask the laboratory for a signature by XML-DSig or XAdES with an embedded certificate.",
        "请机构按 XML-DSig 或 XAdES 签名并附证书。",
    ),
}


class SignatureProblem(BilingualProblem):
    """A certificate whose signature doesn't hold; `reason` is digest, signature, certificate, coverage or form."""

    def __init__(self, reason: str, why: str = "") -> None:
        self.reason = reason
        rule, rule_zh, remedy, remedy_zh = (words.format(why=why) for words in _WORDS[reason])
        super().__init__(rule, rule_zh, remedy, remedy_zh, code=f"dcc.{reason}", field="ds:Signature")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds: who signed by the embedded certificate, when by their own word, and what to trust."""

    subject: str
    issuer: str
    serial: int
    fingerprint: str
    valid_from: datetime
    valid_to: datetime
    signed_at: datetime | None
    trust: str


def verify(
    root: etree._Element, *, at: datetime, known_fingerprints: frozenset[str] = frozenset()
) -> tuple[etree._Element, Signed | None]:
    """Return what the signature covers and who signed; the document itself and None where there is no signature.

    The certificate must be valid at the claimed time of signing, else at `at`; whether its holder is known is said in
    `trust`, by SHA-256 fingerprint. Raises: SignatureProblem.
    """
    signatures = root.findall(f".//{{{DS}}}Signature")
    if not signatures:
        return root, None
    if len(signatures) > 1:
        raise SignatureProblem("form", "more than one signature")
    certificate = _certificate(signatures[0])
    signed_at = _signing_time(signatures[0])
    _check_named_certificate(signatures[0], certificate)
    covered = _verified(root, certificate, signed_at or at)
    fingerprint = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
    return covered, Signed(
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial=certificate.serial_number,
        fingerprint=fingerprint,
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        signed_at=signed_at,
        trust=TRUST_KNOWN_SIGNER if fingerprint in known_fingerprints else TRUST_UNKNOWN_SIGNER,
    )


def _verified(root: etree._Element, certificate: x509.Certificate, when: datetime) -> etree._Element:
    config = SignatureConfiguration(
        expect_references=False, signature_methods=_METHODS, verification_time=when, location=".//"
    )
    try:
        found = XMLVerifier().verify(etree.tostring(root.getroottree()), x509_cert=certificate, expect_config=config)
    except InvalidDigest as error:
        raise SignatureProblem("digest") from error
    except InvalidCertificate as error:
        raise SignatureProblem("certificate", str(error).partition("; ")[2] or str(error)) from error
    except InvalidInput as error:
        raise SignatureProblem("form", str(error)) from error
    except InvalidSignature as error:
        raise SignatureProblem("signature") from error
    except (SignXMLException, ValueError, TypeError, etree.LxmlError) as error:
        raise SignatureProblem("form", str(error)) from error
    for result in found if isinstance(found, list) else [found]:
        if result.signed_xml is not None and result.signed_xml.tag == root.tag:
            return result.signed_xml
    raise SignatureProblem("coverage")


def _certificate(signature: etree._Element) -> x509.Certificate:
    text = signature.findtext(f".//{{{DS}}}X509Certificate")
    if not text:
        raise SignatureProblem("form", "it carries no certificate")
    try:
        return x509.load_der_x509_certificate(base64.b64decode("".join(text.split()), validate=True))
    except ValueError as error:
        raise SignatureProblem("form", "its certificate is not X.509") from error


def _signing_time(signature: etree._Element) -> datetime | None:
    text = signature.findtext(f".//{{{XADES}}}SigningTime")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise SignatureProblem("form", "its time of signing is no time") from error
    if found.tzinfo is None:
        raise SignatureProblem("form", "its time of signing names no zone")
    return found


def _check_named_certificate(signature: etree._Element, certificate: x509.Certificate) -> None:
    """Refuse a certificate that isn't the one whose digest was signed along (XAdES SigningCertificateV2)."""
    digest = one(signature, ".//xades:SigningCertificateV2/xades:Cert/xades:CertDigest")
    if digest is None:
        return
    method = digest.find("ds:DigestMethod", NAMES)
    algorithm = _HASHES.get(method.get("Algorithm") or "" if method is not None else "")
    if algorithm is None:
        raise SignatureProblem("form", "the digest of its certificate uses an unknown algorithm")
    found = hashlib.new(algorithm, certificate.public_bytes(Encoding.DER)).digest()
    if base64.b64encode(found).decode("ascii") != text_at(digest, "ds:DigestValue"):
        raise SignatureProblem("certificate", "it is not the one that was signed along")
