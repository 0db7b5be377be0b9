"""Receipts, verified offline: this module needs neither Django nor the network.

A receipt (`zhunsheng-receipt/1`) carries all that a verification needs except the thing itself and the log's public
key, which the verifier must have from elsewhere.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from zhunsheng.foundation.canonical import NotCanonical
from zhunsheng.foundation.tlog.checkpoint import Checkpoint, open_checkpoint
from zhunsheng.foundation.tlog.hashing import leaf_hash
from zhunsheng.foundation.tlog.note import NoteKey, NoteProblem
from zhunsheng.foundation.tlog.proofs import verify_inclusion
from zhunsheng.platform.ledger.commitment import commitment

FORMAT = "zhunsheng-receipt/1"
PROMISE = "zhunsheng-promise/1"
Problem = Literal["format", "unsealed", "digest", "commitment", "checkpoint", "inclusion"]


class Receipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The members of a receipt: hexadecimal salt and leaf, base64 proof hashes, the signed checkpoint as text."""

    format: Literal["zhunsheng-receipt/1"]
    log: str
    entry: int
    kind: str
    subject: str
    body: str
    time: str
    salt: str
    leaf: str
    leaf_index: int
    proof: list[str]
    checkpoint: str


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    """What a receipt proves, or what is wrong with it first."""

    ok: bool
    problem: Problem | None = None
    detail: str = ""
    kind: str = ""
    body: str = ""
    time: str = ""
    leaf_index: int = 0
    tree_size: int = 0


def verify(receipt: dict[str, Any] | bytes | str, digest: str, log_public_key: NoteKey | str) -> ReceiptVerdict:
    """Say whether the log of this key holds an entry about this digest.

    Args:
        receipt: the object, or its JSON; also the answer to a report, which holds it.
        digest: SHA-256 of what the receipt is about, 64 lower-case hexadecimal characters.
        log_public_key: `name+id+key` as the log publishes it, from a source that the verifier trusts.
    Raises: NoteProblem only when the key itself is unreadable.
    """
    key = NoteKey.parse(log_public_key) if isinstance(log_public_key, str) else log_public_key
    try:
        given = _receipt_in(receipt)
        if given is None:
            return ReceiptVerdict(ok=False, problem="unsealed", detail="not sealed yet: fetch the receipt once more")
        parsed = msgspec.convert(given, Receipt)
        leaf = commitment(
            kind=parsed.kind, subject=parsed.subject, body=parsed.body, time=parsed.time, salt=parsed.salt
        )
        proof = [base64.b64decode(part, validate=True) for part in parsed.proof]
    except (msgspec.MsgspecError, binascii.Error, ValueError, NotCanonical) as error:
        return ReceiptVerdict(ok=False, problem="format", detail=str(error))
    if parsed.subject != digest:
        return ReceiptVerdict(ok=False, problem="digest", detail="the receipt is about something else")
    if leaf.hex() != parsed.leaf:
        return ReceiptVerdict(ok=False, problem="commitment", detail="the leaf does not commit to what is said")
    try:
        checkpoint = open_checkpoint(parsed.checkpoint, [key])
    except NoteProblem as error:
        return ReceiptVerdict(ok=False, problem="checkpoint", detail=str(error))
    return _included(parsed, leaf, proof, checkpoint)


def _receipt_in(given: dict[str, Any] | bytes | str) -> Any:
    """Return the receipt that an answer holds, what was given where it is none, None where the log still owes it.

    Answers that come before the seal hold a promise, or say `"sealed": false`.
    """
    said = msgspec.json.decode(given) if isinstance(given, bytes | str) else given
    if not isinstance(said, dict) or said.get("format") == FORMAT:
        return said
    if "receipt" in said:
        return said["receipt"]
    return None if "promise" in said or said.get("sealed") is False or said.get("format") == PROMISE else said


def _included(parsed: Receipt, leaf: bytes, proof: list[bytes], checkpoint: Checkpoint) -> ReceiptVerdict:
    if not verify_inclusion(leaf_hash(leaf), parsed.leaf_index, checkpoint.size, proof, checkpoint.root):
        return ReceiptVerdict(ok=False, problem="inclusion", detail="the proof does not lead to the signed root")
    return ReceiptVerdict(
        ok=True,
        kind=parsed.kind,
        body=parsed.body,
        time=parsed.time,
        leaf_index=parsed.leaf_index,
        tree_size=checkpoint.size,
    )
