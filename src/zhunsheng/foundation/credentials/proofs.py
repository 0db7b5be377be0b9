"""Data Integrity proofs of the cryptosuite `eddsa-jcs-2022`: RFC 8785, SHA-256, Ed25519.

Source: W3C Data Integrity EdDSA Cryptosuites 1.0, 3.3, and Verifiable Credential Data Integrity 1.0, 4.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from zhunsheng.foundation import signing
from zhunsheng.foundation.canonical import NotCanonical, canonical_bytes
from zhunsheng.foundation.credentials.moments import moment, stamp
from zhunsheng.foundation.credentials.multibase import from_multibase, to_multibase

CRYPTOSUITE: Final = "eddsa-jcs-2022"
PURPOSE: Final = "assertionMethod"
Problem = Literal["no-proof", "proof-format", "cryptosuite", "purpose", "context", "expired-proof", "key", "signature"]
_MOST_PROOFS: Final = 8


@dataclass(frozen=True, slots=True)
class ProofVerdict:
    """What a proof shows: the verification method that signed and when, or what is wrong first."""

    problem: Problem | None = None
    method: str = ""
    created: str = ""

    @property
    def ok(self) -> bool:
        """The document is, to the byte of its canonical form, what the key's holder signed."""
        return self.problem is None


def hash_data(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """Return the 64 bytes that are signed: the digest of the proof's options, then that of the document.

    Raises: NotCanonical.
    """
    config = hashlib.sha256(canonical_bytes(dict(options))).digest()
    return config + hashlib.sha256(canonical_bytes(dict(document))).digest()


def signed(document: Mapping[str, Any], *, key: signing.Signer, method: str, created: datetime) -> dict[str, Any]:
    """Return the document with a proof added.

    Args:
        method: URL of the verification method, as the issuer's document lists it.
    Raises: NotCanonical; ValueError if the document has a proof, the key is not Ed25519 or the time has no zone.
    """
    if "proof" in document:
        raise ValueError("the document has a proof already")
    if key.algorithm != "ed25519":
        raise ValueError(f"{CRYPTOSUITE} signs with Ed25519, not {key.algorithm}")
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": stamp(created),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    if "@context" in document:
        options["@context"] = document["@context"]
    value = to_multibase(key.sign(hash_data(document, options)))
    return {**document, "proof": {**options, "proofValue": value}}


def verify(document: Mapping[str, Any], keys: Mapping[str, bytes], *, at: datetime) -> ProofVerdict:
    """Say whether every proof of a document is right.

    Args:
        keys: raw Ed25519 public keys by verification method: the verifier trusts these and no others.
        at: when it is asked, aware; a proof may say until when it holds.
    """
    proofs = document.get("proof")
    found = proofs if isinstance(proofs, list) else [proofs]
    if not proofs or len(found) > _MOST_PROOFS:
        return ProofVerdict("no-proof" if not proofs else "proof-format")
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    verdict = ProofVerdict("no-proof")
    for one in found:
        verdict = _verified(unsecured, one, keys, at)
        if not verdict.ok:
            return verdict
    return verdict


def _verified(document: dict[str, Any], proof: Any, keys: Mapping[str, bytes], at: datetime) -> ProofVerdict:
    if not isinstance(proof, dict) or not isinstance(proof.get("verificationMethod"), str):
        return ProofVerdict("proof-format")
    method = proof["verificationMethod"]
    problem = _problem_of_options(document, proof, at)
    if problem is not None:
        return ProofVerdict(problem, method)
    if method not in keys:
        return ProofVerdict("key", method)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if "@context" in proof:
        document = {**document, "@context": proof["@context"]}
    try:
        signature = from_multibase(str(proof["proofValue"]))
        message = hash_data(document, options)
    except (ValueError, NotCanonical):
        return ProofVerdict("proof-format", method)
    right = signing.verify("ed25519", signing.to_text(keys[method]), message, signing.to_text(signature))
    return ProofVerdict(None if right else "signature", method, str(proof.get("created", "")))


def _problem_of_options(document: Mapping[str, Any], proof: Mapping[str, Any], at: datetime) -> Problem | None:
    if proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") != CRYPTOSUITE:
        return "cryptosuite"
    if proof.get("proofPurpose") != PURPOSE:
        return "purpose"
    if not isinstance(proof.get("proofValue"), str) or ("created" in proof and moment(proof["created"]) is None):
        return "proof-format"
    if "expires" in proof:
        until = moment(proof["expires"])
        if until is None or until < at:
            return "proof-format" if until is None else "expired-proof"
    if "@context" in proof and not _begins_with(document.get("@context"), proof["@context"]):
        return "context"
    return None


def _begins_with(whole: Any, part: Any) -> bool:
    """Tell whether a document's contexts begin with those that the proof names, in the same order."""
    all_of, first = (value if isinstance(value, list) else [value] for value in (whole, part))
    return len(first) <= len(all_of) and all_of[: len(first)] == first
