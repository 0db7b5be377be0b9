"""X.509 certificates as others hand them in."""

import hashlib

from asn1crypto import pem
from asn1crypto.x509 import Certificate


def certificate_of(content: bytes) -> Certificate:
    """Return an X.509 certificate given as PEM or DER. Raises: ValueError."""
    try:
        certificate = Certificate.load(pem.unarmor(content)[2] if pem.detect(content) else content, strict=True)
        certificate.native  # noqa: B018 - parses all of it, or raises
    except (ValueError, TypeError) as error:
        raise ValueError("no certificate") from error
    return certificate


def fingerprint_of(certificate: Certificate) -> str:
    """Return the SHA-256 of a certificate's DER in lower hex."""
    return hashlib.sha256(certificate.dump()).hexdigest()
