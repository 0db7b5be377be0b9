"""Electronic seals inside PDF files: who sealed, when, and whether the file is still what was sealed.

Reads the signatures of ISO 32000-2, 12.8 (CMS and PAdES) with pyHanko. Whether a certificate is that of a certain
body is not decided here: whoever asks compares its fingerprint with the register. Nothing is fetched from outside.
"""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from zhunsheng.platform.documents.certificates import fingerprint_of
from zhunsheng.platform.documents.waiting import finished

MOST_SEALS: Final = 20
_BROKEN: Final = (PdfError, SignatureValidationError, OSError, ValueError, LookupError, TypeError, AttributeError)
"""What the reader raises for files that aren't what they say."""

_VERIFIABLE: Final = frozenset({"rsa", "rsassa_pss", "ec", "ed25519", "ed448"})
_CURVES: Final = frozenset({"", "secp256r1", "secp384r1", "secp521r1"})
"""SM2 keys are "ec" on a curve of their own (GB/T 32918), which the libraries here don't verify."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal of a file.

    Attributes:
        fingerprint: SHA-256 of the sealing certificate, DER, lower hex; empty if none can be read.
        holder: the certificate's subject, for people to read.
        sealed_at: the time that the seal itself states, or None.
        intact: the signed bytes are unchanged, and the signature was made with the certificate's key.
        whole: nothing was added to the file after the seal.
        unknown: the algorithm is not among those that can be verified here (SM2 seals so far).
    """

    fingerprint: str
    holder: str
    sealed_at: datetime | None
    intact: bool
    whole: bool
    unknown: bool = False

    @property
    def holds(self) -> bool:
        """The file is, to the last byte, what its sealer sealed."""
        return self.intact and self.whole


def seals_of(content: bytes) -> tuple[Seal, ...]:
    """Return the seals of a PDF in the order in which they were set; none for a file that is no readable PDF."""
    try:
        found = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
    except _BROKEN:
        return ()
    return tuple(_seal(each) for each in found[:MOST_SEALS])


def _seal(embedded: EmbeddedPdfSignature) -> Seal:
    try:
        certificate, stated = embedded.signer_cert, embedded.self_reported_timestamp
        fingerprint, holder = fingerprint_of(certificate), str(certificate.subject.human_friendly)
        verifiable = certificate.public_key.algorithm in _VERIFIABLE and _curve(certificate) in _CURVES
    except _BROKEN:
        return Seal("", "", None, intact=False, whole=False)
    sealed_at = None if stated is None else stated.astimezone(UTC)
    if not verifiable:
        return Seal(fingerprint, holder, sealed_at, intact=False, whole=False, unknown=True)
    try:
        trusted = ValidationContext(trust_roots=[certificate], allow_fetching=False, moment=sealed_at)
        status = finished(async_validate_pdf_signature(embedded, signer_validation_context=trusted))
    except _BROKEN:
        return Seal(fingerprint, holder, sealed_at, intact=False, whole=False)
    return Seal(fingerprint, holder, sealed_at, bool(status.intact and status.valid), _whole(status))


def _whole(status: PdfSignatureStatus) -> bool:
    """Return whether the seal covers the file; proofs of its own validity may have been added since, nothing else."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    level = status.modification_level
    return level is not None and level <= ModificationLevel.LTA_UPDATES


def _curve(certificate: Certificate) -> str:
    key = certificate.public_key
    return str(key.curve[1]) if key.algorithm == "ec" else ""
