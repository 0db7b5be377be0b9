"""Verification of what somebody holds: signed data, a PDF, or the text of a QR picture. Needs no database.

Keys come from whoever asks; without any, this installation's own keys serve for what it issued itself.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from pypdf import PdfReader

from zhunsheng.foundation.canonical import canonical_bytes
from zhunsheng.foundation.credentials import codes, issuers, verification
from zhunsheng.foundation.credentials.documents import issuer_of, period_problem
from zhunsheng.foundation.credentials.multibase import from_multikey
from zhunsheng.platform.accounts import keyring
from zhunsheng.platform.credentials import beside as second
from zhunsheng.platform.credentials import issuer
from zhunsheng.platform.documents import identity

ATTACHED: Final = "credential.json"
_BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError)


class NotAKey(ValueError):
    """A key that can't be read, or none for this issuer."""


@dataclass(frozen=True)
class Keys:
    """What a verifier trusts: keys by verification method, one for any method, signers and clocks of PDFs, SM2 keys."""

    by_method: Mapping[str, bytes] = field(default_factory=dict)
    any_method: Sequence[bytes] = ()
    trust: identity.Trust = field(default_factory=identity.Trust)
    beside: Mapping[str, bytes] = field(default_factory=dict)

    def for_method(self, method: str) -> dict[str, bytes]:
        """Return the keys with which this method's signatures may be right."""
        found = dict(self.by_method)
        if method not in found and len(self.any_method) == 1:
            found[method] = self.any_method[0]
        return found


@dataclass(frozen=True)
class Checked:
    """What the verification of one thing showed.

    Attributes:
        kind: data, document or code.
        problem: empty, or why not to rely on it.
        status: good, suspended, revoked, or not-checked.
        said: what it says of itself (code, number, holder, dates), believed only if nothing is wrong.
    """

    kind: str
    problem: str = ""
    detail: str = ""
    status: str = verification.NOT_CHECKED
    issuer: str = ""
    signer: str = ""
    signed_at: str = ""
    digest: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.problem

    def as_dict(self) -> dict[str, Any]:
        """Return it for machines, without empty members."""
        members = {
            "ok": self.ok, "kind": self.kind, "problem": self.problem, "detail": self.detail, "status": self.status,
            "issuer": self.issuer, "signer": self.signer, "signed_at": self.signed_at, "digest": self.digest,
            **self.said,
        }  # fmt: skip
        return {name: value for name, value in members.items() if value not in ("", None)}


def read_keys(texts: Sequence[bytes], clocks: Sequence[bytes] = ()) -> Keys:
    """Return the keys of issuer documents (did.json), Multikeys (`z6Mk…`) and signers' certificates (PEM).

    Args:
        clocks: certificates (PEM) of who signs times; nobody there may sign a document.
    Raises: NotAKey.
    """
    by_method: dict[str, bytes] = {}
    beside: dict[str, bytes] = {}
    single: list[bytes] = []
    signers: list[bytes] = []
    for text in texts:
        try:
            if b"-----BEGIN CERTIFICATE" in text:
                signers.append(text)
            elif text.lstrip().startswith(b"{"):
                document = verification.read_document(text)
                by_method |= issuers.keys_of(document)
                beside |= issuers.sm2_keys_of(document)
            else:
                single.append(from_multikey(text.decode("ascii").strip()))
        except ValueError as error:
            raise NotAKey("not an issuer's document, a Multikey or a certificate") from error
    try:
        return Keys(by_method, single, identity.read_trust(signers, clocks), beside)
    except ValueError as error:
        raise NotAKey("not a certificate") from error


def own_keys() -> Keys:
    """Return what this installation signs with; nothing where it has not signed yet."""
    signs = keyring.folder(issuer.PURPOSE).is_dir()
    seals = keyring.folder(identity.PURPOSE).is_dir()
    trust = identity.trust() if seals else identity.Trust()
    return Keys(issuer.public_keys() if signs else {}, (), trust, issuer.keys_beside())


def issuer_named(content: bytes) -> str:
    """Return the issuer that a file or text names, empty if it names none readable."""
    try:
        if content.startswith(b"%PDF-"):
            return issuer_of(_attached(content) or {})
        if content.lstrip().startswith(b"{"):
            return issuer_of(verification.read_document(content))
        return codes.read_printed(content.decode("utf-8")).facts.key.partition("#")[0]
    except _BROKEN:
        return ""


def status_lists_named(content: bytes) -> tuple[str, ...]:
    """Return the addresses of the status lists that a file names."""
    try:
        document = _attached(content) if content.startswith(b"%PDF-") else verification.read_document(content)
        entries = (document or {}).get("credentialStatus", [])
        return tuple(dict.fromkeys(str(one["statusListCredential"]) for one in entries))
    except _BROKEN:
        return ()


def check(content: bytes, keys: Keys, *, at: datetime, lists: Sequence[Mapping[str, Any]] = ()) -> Checked:
    """Verify a file or the text of a QR picture with these keys and status lists, at a moment."""
    if content.startswith(b"%PDF-"):
        return _document(content, keys, at, lists)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        try:
            return _data(verification.read_document(content), keys, at, lists)
        except verification.NotJson as error:
            return Checked("data", "shape", str(error))
    return _code(content, keys, at)


def _data(document: Mapping[str, Any], keys: Keys, at: datetime, lists: Sequence[Mapping[str, Any]]) -> Checked:
    proof = document.get("proof")
    method = str(proof.get("verificationMethod", "")) if isinstance(proof, dict) else ""
    found = verification.verify(document, keys=keys.for_method(method), at=at, lists=lists)
    names = {
        "code": "code",
        "number": "number",
        "holder": "holder",
        "validFrom": "valid_from",
        "validUntil": "valid_to",
    }
    said = {ours: str(document[theirs]) for theirs, ours in names.items() if theirs in document}
    created = str(proof.get("created", "")) if isinstance(proof, dict) else ""
    return Checked(
        "data", found.problem, found.detail, found.status, found.issuer, found.method, created, found.digest, said
    )


def _document(content: bytes, keys: Keys, at: datetime, lists: Sequence[Mapping[str, Any]]) -> Checked:
    from zhunsheng.platform.documents import verifying  # here, because it takes long to import

    signed = verifying.verify(content, keys.trust)
    when = signed.signed_at.isoformat() if signed.signed_at else ""
    if not signed.ok:
        return Checked("document", signed.problem or "", signer=signed.signer, signed_at=when)
    attached = _attached(content)
    if attached is None:
        return Checked("document", signer=signed.signer, signed_at=when)
    if not keys.by_method and not keys.any_method:  # the document's own signature covers what is attached
        late = period_problem(attached, at)
        found = Checked("document", late, issuer=issuer_of(attached), said=_data(attached, keys, at, ()).said)
    else:
        found = replace(_data(attached, keys, at, lists), kind="document")
    return replace(found, signer=signed.signer, signed_at=when)


def _attached(content: bytes) -> dict[str, Any] | None:
    """Return the signed data that a PDF carries."""
    try:
        found = PdfReader(io.BytesIO(content)).attachments.get(ATTACHED)
        return verification.read_document(found[0]) if found else None
    except Exception:
        return None


def _code(content: bytes, keys: Keys, at: datetime) -> Checked:
    try:
        found = codes.read_printed(content.decode("utf-8"))
    except ValueError as error:
        return Checked("code", "shape", str(error))
    facts = found.facts
    said = {
        "code": facts.code, "number": facts.number, "holder": facts.holder,
        "valid_from": facts.starts, "valid_to": facts.ends,
    }  # fmt: skip
    seen = Checked("code", issuer=facts.key.partition("#")[0], signer=facts.key, digest=found.digest, said=said)
    key = keys.for_method(facts.key).get(facts.key)
    if key is None:
        return replace(seen, problem="key", detail=facts.key)
    if not found.holds(key):
        return replace(seen, problem="signature")
    today = timezone.localdate(at)
    if today < date.fromisoformat(facts.starts):
        return replace(seen, problem="not-yet-valid")
    if facts.ends and today > date.fromisoformat(facts.ends):
        return replace(seen, problem="expired", detail=facts.ends)
    return seen


def check_beside(content: bytes, signatures: bytes, keys: Keys) -> list[second.Beside]:
    """Say whether the signatures beside a credential hold over the data that a JSON file or PDF carries.

    Raises: ValueError for what are no signatures, or where a file carries no data.
    """
    data = _attached(content) if content.startswith(b"%PDF-") else verification.read_document(content)
    if data is None:
        raise ValueError("the document carries no signed data")
    return second.check(second.read(signatures), canonical_bytes(data), keys.beside)


def list_of(content: bytes) -> dict[str, Any]:
    """Return a status list credential from a file. Raises: verification.NotJson."""
    return verification.read_document(content)
