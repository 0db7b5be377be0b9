"""Digests as codes, and a body's signature over a report or a manifest."""

from base64 import b32encode
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.foundation.signing import Signer, sign_text, verify

from .reading import Parsed, ParsedManifest, canonical_of, read_report
from .structs import BATCH_FORMAT, Manifest, Report

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_CROCKFORD: Final = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _CROCKFORD.encode())
CODE_LENGTH: Final = 16
_CODE_BITS: Final = 80


def code_of(digest: str) -> str:
    """Return the anti-forgery code: the first 80 bits of a SHA-256 in hexadecimal, in Crockford's base32."""
    return b32encode(bytes.fromhex(digest[: _CODE_BITS // 4])).translate(_TO_CROCKFORD).decode()


def normalise_code(text: str) -> str:
    """Return a typed code as `code_of` writes it: capitals, no spaces or hyphens, O as 0, I and L as 1."""
    kept = "".join(text.split()).replace("-", "").upper()
    return kept.translate(str.maketrans("OIL", "011"))


def signed_bytes(form: str, key_id: str, created: str, digest: str) -> bytes:
    """Return the bytes that a proof signs."""
    return "\n".join((form, key_id, created, digest)).encode("utf-8")


def sign_report(report: Report | dict[str, Any], private_key: Signer, key_id: str, created: datetime) -> dict[str, Any]:
    """Return a report (or the registration of one) with its proof, as JSON-ready data.

    Raises: FormatProblem if the report isn't sound.
    """
    bare = _bare(report)
    parsed = read_report(msgspec.json.encode(bare))
    return {**bare, "proof": _proof(parsed.form, parsed.digest, private_key, key_id, created)}


def sign_manifest(digests: list[str], private_key: Signer, key_id: str, created: datetime) -> dict[str, Any]:
    """Return a manifest over the digests of a batch, signed once, as JSON-ready data."""
    bare = {"digests": digests, "format": BATCH_FORMAT}
    return {**bare, "proof": _proof(BATCH_FORMAT, canonical_digest(bare), private_key, key_id, created)}


def proof_holds(parsed: Parsed | ParsedManifest, public_text: str) -> bool:
    """Return whether the proof of a report or manifest is a signature by this public key; False without a proof.

    Raises: KeyProblem for an unknown algorithm.
    """
    document: Report | Manifest = parsed.report if isinstance(parsed, Parsed) else parsed.manifest
    proof = document.proof
    if proof is msgspec.UNSET:
        return False
    form = parsed.form if isinstance(parsed, Parsed) else BATCH_FORMAT
    message = signed_bytes(form, proof.key, proof.created, parsed.digest)
    return verify(proof.type, public_text, message, proof.signature)


def _bare(report: Report | dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.json.decode(canonical_of(report)) if isinstance(report, Report) else dict(report)
    data.pop("proof", None)
    return data


def _proof(form: str, digest: str, key: Signer, key_id: str, created: datetime) -> dict[str, str]:
    when = created.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    signature = sign_text(key, signed_bytes(form, key_id, when, digest))
    return {"type": key.algorithm, "key": key_id, "created": when, "signature": signature}
