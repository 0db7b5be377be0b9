"""Whether a PDF is, to the last byte, what an installation signed; needs its certificates and nothing else.

Who signs is pinned to the very certificate: an authority stands for many, and only one of them is the issuer. Who signs
the time is another matter, with a list of its own.

What a signature leaves open is closed here: spare room must be empty, digits capital, and the signature's own structure
in its only form, so that no single byte of a file can change unseen.
"""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from asn1crypto import cms, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel, SignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from zhunsheng.platform.documents import identity
from zhunsheng.platform.documents.waiting import finished

Problem = Literal["no-pdf", "unsigned", "altered", "untrusted", "time"]
_BROKEN: Final = (
    PdfError, SignatureValidationError, PathError, OSError, ValueError, LookupError, TypeError, AttributeError,
    RecursionError, AssertionError, NotImplementedError,
)  # fmt: skip
"""What the readers raise for files that aren't what they say."""


@dataclass(frozen=True, slots=True)
class PdfVerdict:
    """What a file's signature shows.

    Attributes:
        problem: None, or: no readable PDF; no single signature; changed since; signed by somebody who is not pinned;
            without a time signed by somebody for whom a trusted root stands.
        signer: the signer's name, for people.
        signed_at: the time in the time-stamp token.
        clock: who signed the time.
    """

    problem: Problem | None = None
    signer: str = ""
    signed_at: datetime | None = None
    clock: str = ""

    @property
    def ok(self) -> bool:
        """The file is untouched, the issuer signed it, and a trusted clock says when."""
        return self.problem is None


def verify(content: bytes, trust: identity.Trust) -> PdfVerdict:
    """Say whether a PDF is untouched since one of these signers signed it. Nothing is fetched."""
    try:
        found = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
    except _BROKEN:
        return PdfVerdict("no-pdf")
    if len(found) != 1:
        return PdfVerdict("unsigned")
    try:
        if not _only_form(content, found[0]):
            return PdfVerdict("altered")
        return _verdict(found[0], trust)
    except _BROKEN:
        return PdfVerdict("altered")


def _verdict(embedded: EmbeddedPdfSignature, trust: identity.Trust) -> PdfVerdict:
    token = _token(embedded)
    moment = _stated_time(token)
    if moment is None:
        return PdfVerdict("time", _name(embedded.signer_cert))
    pinned = identity.in_asn1(trust.signers)
    context = _context(identity.in_asn1(trust.roots), moment)
    clocks = _context(identity.in_asn1(trust.clocks), moment)
    status = finished(async_validate_pdf_signature(embedded, context, clocks))
    clock = status.timestamp_validity
    if not (status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE):
        return PdfVerdict("altered")
    name = _name(embedded.signer_cert)
    if clock is None or not (clock.intact and clock.valid):
        return PdfVerdict("altered", name)
    named: dict[str, Any] = {"signer": name, "signed_at": moment, "clock": _name(clock.signing_cert)}
    is_pinned = embedded.signer_cert.dump() in {one.dump() for one in pinned}
    if not is_pinned or not _stood_for(status, embedded.signed_data):
        return PdfVerdict("untrusted", **named)
    if token is None or not _stood_for(clock, token["content"]):
        return PdfVerdict("time", **named)
    return PdfVerdict(None, **named)


def _context(roots: list[x509.Certificate], moment: datetime) -> ValidationContext:
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)


def _stood_for(status: SignatureStatus, signed: cms.SignedData) -> bool:
    """Tell whether a trusted root stands for the signer, and no certificate lies in the signature beside those used."""
    path = status.validation_path
    if not status.trusted or status.revoked or path is None:
        return False
    used = {one.dump() for one in path.iter_certs(include_root=True)}
    return {one.chosen.dump() for one in signed["certificates"]} <= used and _plain(signed)


def _plain(signed: cms.SignedData) -> bool:
    """Tell whether what stands around a signature without being signed says what it must, and nothing else.

    Source: RFC 5652, 5.1 and 5.3 (versions), 5.3 (digest algorithms).
    """
    (info,), content = signed["signer_infos"], signed["encap_content_info"]["content_type"].native
    version = {"data": "v1", "tst_info": "v3"}.get(content)
    digests = [one.dump() for one in signed["digest_algorithms"]]
    return bool(
        signed["version"].native == version
        and info["version"].native == "v1"
        and digests == [info["digest_algorithm"].dump()]
        and info["digest_algorithm"]["parameters"].native is None
        and info["signature_algorithm"]["parameters"].native is None
        and signed["crls"].native is None
    )


def _token(embedded: EmbeddedPdfSignature) -> cms.ContentInfo | None:
    """Return the one time-stamp token, not yet verified; None without one, or with anything beside it."""
    attributes = embedded.signer_info["unsigned_attrs"]
    tokens = [one["values"] for one in attributes if one["type"].native == "signature_time_stamp_token"]
    return tokens[0][0] if len(attributes) == len(tokens) == 1 and len(tokens[0]) == 1 else None


def _stated_time(token: cms.ContentInfo | None) -> datetime | None:
    """Return the time in a time-stamp token."""
    if token is None:
        return None
    stated: datetime = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
    return stated.astimezone(UTC)


def _name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.human_friendly)


def _only_form(content: bytes, embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether the one gap in what is signed holds the signature in capital digits, zeros, and nothing else."""
    start, length, after, rest = (int(part) for part in embedded.byte_range)
    gap = content[length:after]
    if start != 0 or after + rest != len(content) or gap[:1] != b"<" or gap[-1:] != b">":
        return False
    digits = gap[1:-1].decode("ascii")
    if digits != digits.upper() or any(letter.isspace() for letter in digits):
        return False
    raw = bytes.fromhex(digits)
    size = _length(raw, 0, len(raw))
    return size is not None and not any(raw[size:])


def _length(raw: bytes, start: int, end: int) -> int | None:
    """Return where a DER value ends, all within it in shortest form too; None for any other form."""
    if end - start < 2 or raw[start] == 0 or raw[start] & 0x1F == 0x1F:
        return None
    place, size = start + 2, raw[start + 1]
    if size >= 0x80:
        count = size & 0x7F
        size = int.from_bytes(raw[place : place + count])
        if not 0 < count < 5 or size < 0x80 or size < 1 << 8 * (count - 1):
            return None
        place += count
    last = place + size
    if last > end:
        return None
    while raw[start] & 0x20 and place < last:
        within = _length(raw, place, last)
        if within is None:
            return None
        place = within
    return last
