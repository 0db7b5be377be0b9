"""The installation's own signature in PDF files: PAdES with a signed time, and the proof that a file is untouched.

Level B-T of ETSI EN 319 142-1 (a signature with a time-stamp token), as a certifying signature that allows no changes.
"""

import io
from datetime import datetime
from typing import Final

from asn1crypto import keys
from asn1crypto.parser import emit
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.documents import identity, verifying
from zhunsheng.platform.documents.timestamps import timestamper
from zhunsheng.platform.documents.waiting import finished

FIELD: Final = "Zhunsheng"
RESERVED: Final = 16_384
"""Hexadecimal digits kept for the signature: its own 2 KB, and room for the longer chain of a public authority."""


class NotStamped(DomainError):
    """The time-stamping authority gave no usable answer: nothing is signed without a time."""

    code = "not-time-stamped"


class _Writer(IncrementalPdfFileWriter):
    """Appends the signature alone: what the document says of itself stays, and its identifier comes from its bytes."""

    def _update_meta(self) -> None:
        """Keep the metadata: they name title, language and time already."""

    def name_after(self, digest: bytes) -> None:
        """Make the identifier of this state of the file from a digest instead of from chance."""
        first = self._document_id[0]
        self._document_id = ArrayObject([first, ByteStringObject(digest[:16])])


class _Signer(signers.SimpleSigner):
    """Signs by RFC 6979: the same bytes get the same signature."""

    def __init__(self, own: identity.Identity) -> None:
        store = SimpleCertificateStore()
        chain = identity.in_asn1((own.certificate, *own.above))
        for one in chain[1:]:
            store.register(one)
        secret = own.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        super().__init__(signing_cert=chain[0], signing_key=keys.PrivateKeyInfo.load(secret), cert_registry=store)
        self._own = own.key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """Return the signature of data."""
        if digest_algorithm != "sha256":
            raise ValueError("documents are signed with SHA-256")
        return self._own.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def sign(content: bytes, *, at: datetime, reason: str = "") -> bytes:
    """Return a PDF with the installation's signature and time; the same PDF and time give the same bytes.

    Args:
        at: when it is signed, aware.
        reason: why, for the signature panel of PDF readers.
    Raises: NotStamped if a configured time-stamping authority fails, or gives a token that does not verify with what
        is trusted here; ValueError for a naive time.
    """
    if at.tzinfo is None:
        raise ValueError("a signature's time must be aware")
    writer = _Writer(io.BytesIO(content))
    setup = cms_embedder.PdfCMSEmbedder(new_field_spec=SigFieldSpec(FIELD)).write_cms(field_name=FIELD, writer=writer)
    next(setup)
    placeholder = SignatureObject(
        timestamp=at, subfilter=SigSeedSubFilter.PADES, reason=reason or None, bytes_reserved=RESERVED
    )
    rules = cms_embedder.SigMDPSetup(md_algorithm="sha256", certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    writer.name_after(_digest(content))
    setup.send(cms_embedder.SigObjSetup(sig_placeholder=placeholder, mdp_setup=rules))
    prepared, out = setup.send(cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=False))
    setup.send(_stamped(prepared.document_digest, at))
    made = bytes(out.getvalue())
    if settings.ZHUNSHENG_TSA:  # what others certify is believed only as a stranger would believe it
        _refuse_unverified(made)
    return made


def _stamped(digest: bytes, at: datetime) -> bytes:
    """Return the signature over a digest, with its time, as DER.

    The outermost header is put on here: the library's `dump` asks for the contents twice, and the second time takes a
    length that ends in 0x80 (one of 256) for an indefinite one; encoding all anew then takes ten seconds.
    Source: asn1crypto, issue 249.
    """
    signer = _Signer(identity.signer())
    try:
        made = finished(signer.async_sign(digest, "sha256", use_pades=True, timestamper=timestamper(at)))
    except (OSError, TimestampRequestError) as error:
        raise NotStamped("No time could be had: %(why)s.", params={"why": str(error)}) from error
    return bytes(emit(made.class_, made.method, made.tag, made.contents))


def _refuse_unverified(made: bytes) -> None:
    found = verifying.verify(made, identity.trust())
    if not found.ok:
        raise NotStamped(
            "The time-stamp of %(clock)s does not verify here (%(problem)s).",
            params={"clock": found.clock or settings.ZHUNSHENG_TSA, "problem": found.problem},
            remedy="Put the authority's root into keys/documents/clocks.pem, or name another authority.",
        )


def _digest(content: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(content)
    return digest.finalize()
