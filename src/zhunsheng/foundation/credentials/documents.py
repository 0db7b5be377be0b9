"""Verifiable credentials as documents: how ours are made, and what any must have. Source: W3C VC Data Model 2.0, 4."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from zhunsheng.foundation.credentials.moments import moment, stamp

CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"


def credential_document(
    *,
    address: str,
    kind: str,
    issuer: str,
    subject: Mapping[str, Any],
    valid_from: datetime,
    valid_until: datetime | None,
    status: Sequence[Mapping[str, Any]],
    stated: Mapping[str, Any],
    context: str,
) -> dict[str, Any]:
    """Return a credential, not yet signed.

    Args:
        address: where it can be fetched; its `id`.
        kind: its own type, in UpperCamelCase.
        valid_from, valid_until: first and last moment, aware; None where no end is set.
        stated: further members, of our own vocabulary.
        context: address of the document that says what the issuer's own members are; see `vocabulary`.
    Raises: ValueError for times without a zone, or members that the data model has.
    """
    document: dict[str, Any] = {
        "@context": [CONTEXT, context],
        "id": address,
        "type": ["VerifiableCredential", kind],
        "issuer": issuer,
        "validFrom": stamp(valid_from),
        "credentialSubject": dict(subject),
        "credentialStatus": [dict(one) for one in status],
    }
    if valid_until is not None:
        document["validUntil"] = stamp(valid_until)
    if document.keys() & stated.keys() or "proof" in stated:
        raise ValueError("a stated member has the name of one that the data model has")
    return document | dict(stated)


def vocabulary(address: str) -> dict[str, Any]:
    """Return the context that gives every member which the W3C context doesn't define a meaning of the issuer's own.

    It stands at an address of its own because libraries compare contexts as texts.
    """
    return {"@context": {"@vocab": f"{address}#"}}


def issuer_of(document: Mapping[str, Any]) -> str:
    """Return who a credential says has issued it, empty where it says nothing readable."""
    stated = document.get("issuer")
    named = stated.get("id") if isinstance(stated, dict) else stated
    return named if isinstance(named, str) else ""


def shape_problem(document: Mapping[str, Any]) -> str:
    """Return what a credential lacks by the data model, empty if nothing."""
    contexts, kinds = document.get("@context"), document.get("type")
    subject = document.get("credentialSubject")
    subjects = subject if isinstance(subject, list) else [subject]
    checks = (
        (isinstance(contexts, list) and contexts[:1] == [CONTEXT], "@context"),
        (kinds == "VerifiableCredential" or (isinstance(kinds, list) and "VerifiableCredential" in kinds), "type"),
        (":" in issuer_of(document), "issuer"),
        (bool(subjects) and all(isinstance(one, dict) and one for one in subjects), "credentialSubject"),
        (_is_address(document.get("id", "urn:none")), "id"),
        (_is_time(document, "validFrom"), "validFrom"),
        (_is_time(document, "validUntil"), "validUntil"),
    )
    return next((name for right, name in checks if not right), "")


def period_problem(document: Mapping[str, Any], at: datetime) -> str:
    """Return `not-yet-valid` or `expired` for a time outside the validity period, else empty."""
    begins, ends = moment(document.get("validFrom")), moment(document.get("validUntil"))
    if begins is not None and at < begins:
        return "not-yet-valid"
    return "expired" if ends is not None and at > ends else ""


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and ":" in value and not any(letter.isspace() for letter in value)


def _is_time(document: Mapping[str, Any], name: str) -> bool:
    return name not in document or moment(document[name]) is not None
