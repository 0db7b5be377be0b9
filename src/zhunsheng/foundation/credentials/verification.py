"""The whole verification of a credential that somebody holds: pure, offline, with keys and lists from elsewhere."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from zhunsheng.foundation.canonical import NotCanonical, canonical_bytes, digest_hex
from zhunsheng.foundation.credentials import proofs, status_lists
from zhunsheng.foundation.credentials.documents import issuer_of, period_problem, shape_problem

MOST_BYTES: Final = 16 * 1024 * 1024
NOT_CHECKED: Final = "not-checked"


class NotJson(ValueError):
    """What is no JSON object, or names a member twice."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification showed.

    Attributes:
        problem: empty, or a code: shape, any of a proof's, issuer, not-yet-valid, expired, status-list, suspended,
            revoked.
        detail: what exactly, for people who mend it.
        status: good, suspended, revoked, or not-checked where no list was at hand.
        digest: SHA-256 of the canonical form, hexadecimal.
    """

    problem: str = ""
    detail: str = ""
    issuer: str = ""
    method: str = ""
    status: str = NOT_CHECKED
    digest: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against the credential; the status may not have been checked."""
        return not self.problem


def read_document(content: bytes) -> dict[str, Any]:
    """Return the JSON object of a file.

    Raises: NotJson for anything else, NaN, a member named twice, or more than 16 MiB.
    """
    if len(content) > MOST_BYTES:
        raise NotJson("the file is too large")
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from error
    if not isinstance(found, dict):
        raise NotJson("the file is no JSON object")
    return found


def verify(
    document: Mapping[str, Any],
    *,
    keys: Mapping[str, bytes],
    at: datetime,
    lists: Iterable[Mapping[str, Any]] = (),
) -> Verdict:
    """Verify shape, proofs, issuer, period and status of a credential.

    Args:
        keys: raw Ed25519 public keys by verification method, from a source that the verifier trusts.
        at: the moment for which it is asked, aware.
        lists: status list credentials; each is verified with the same keys before it is believed.
    """
    lacking = shape_problem(document)
    if lacking:
        return Verdict("shape", lacking)
    try:
        digest = digest_hex(canonical_bytes(dict(document)))
    except NotCanonical as error:
        return Verdict("shape", str(error))
    signed, issuer = proofs.verify(document, keys, at=at), issuer_of(document)
    known: dict[str, Any] = {"issuer": issuer, "method": signed.method, "digest": digest, "document": document}
    if signed.problem is not None:
        return Verdict(signed.problem, signed.method, **known)
    if signed.method.partition("#")[0] != issuer:
        return Verdict("issuer", signed.method, **known)
    late = period_problem(document, at)
    status, detail = _status(document, issuer, keys, at, list(lists))
    problem = status if status in {"revoked", "suspended", "status-list"} else ""
    if late and problem != "revoked":
        return Verdict(late, str(document.get("validUntil", "")), status=status, **known)
    return Verdict(problem, detail, status=status, **known)


def _status(
    document: Mapping[str, Any],
    issuer: str,
    keys: Mapping[str, bytes],
    at: datetime,
    lists: list[Mapping[str, Any]],
) -> tuple[str, str]:
    """Return the status and what was wrong with a list; a list that somebody else signed is worth nothing."""
    try:
        entries = status_lists.entries_of(document)
    except status_lists.BadStatusList as error:
        return "status-list", str(error)
    by_id = {str(one.get("id")): one for one in lists}
    raised, checked = set(), 0
    for entry in entries:
        found = by_id.get(entry.list_id)
        if found is None:
            continue
        signed = proofs.verify(found, keys, at=at)
        if not signed.ok or issuer_of(found) != issuer or signed.method.partition("#")[0] != issuer:
            return "status-list", f"{entry.list_id}: {signed.problem or 'issuer'}"
        try:
            if status_lists.raised_in(entry, found, at=at):
                raised.add(entry.purpose)
        except status_lists.BadStatusList as error:
            return "status-list", f"{entry.list_id}: {error}"
        checked += 1
    if status_lists.REVOCATION in raised:
        return "revoked", ""
    if raised:
        return "suspended", ""
    return ("good" if checked == len(entries) else NOT_CHECKED), ""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member is named twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
