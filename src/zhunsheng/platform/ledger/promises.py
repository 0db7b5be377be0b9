"""Promises: the log's signed word, given at once, that an entry will be sealed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol

from zhunsheng.foundation import signing
from zhunsheng.foundation.canonical import canonical_bytes
from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.tlog.note import NoteKey
from zhunsheng.platform.ledger import keys
from zhunsheng.platform.ledger.commitment import commitment, time_text

FORMAT = "zhunsheng-promise/1"
_PREFIX = FORMAT.encode() + b"\n"
SEALED_WITHIN = timedelta(minutes=1)
_text_of = lru_cache(maxsize=256)(time_text)  # the entries of one batch share their time


class Appended(Protocol):
    """What a promise is made about: an entry just appended, or one read back."""

    @property
    def id(self) -> int:
        """Return the entry's key."""

    @property
    def kind(self) -> str:
        """Return what happened."""

    @property
    def subject(self) -> str:
        """Return the digest of the thing."""

    @property
    def body(self) -> str:
        """Return the body's identifier."""

    @property
    def at(self) -> datetime:
        """Return when."""

    @property
    def salt(self) -> bytes | memoryview:
        """Return the salt."""

    @property
    def leaf(self) -> bytes | memoryview:
        """Return the commitment."""


def promise_for(entry: Appended) -> dict[str, Any]:
    """Return the promise for an entry, signed with the log's key: it can be verified without asking anyone."""
    key = keys.log_key()
    promise: dict[str, Any] = {
        "format": FORMAT,
        "log": key.name,
        "entry": entry.id,
        "kind": entry.kind,
        "subject": entry.subject,
        "body": entry.body,
        "time": _text_of(entry.at),
        "salt": bytes(entry.salt).hex(),
        "leaf": bytes(entry.leaf).hex(),
        "sealed_by": _text_of(entry.at + SEALED_WITHIN),
        "key": key.key_id.hex(),
    }
    promise["signature"] = signing.sign_text(keys.log_signer(), _PREFIX + canonical_bytes(promise))
    return promise


def verify(promise: Mapping[str, Any], key: NoteKey) -> bool:
    """Tell whether this log signed the promise and its leaf commits to what it says."""
    try:
        leaf = commitment(**{name: promise[name] for name in ("kind", "subject", "body", "time", "salt")})
        named = promise["format"] == FORMAT and promise["log"] == key.name and promise["key"] == key.key_id.hex()
        signature = promise["signature"]
        if not named or leaf.hex() != promise["leaf"] or not isinstance(signature, str):
            return False
        return signing.verify("ed25519", signing.to_text(key.public), _signed_bytes(promise), signature)
    except (KeyError, TypeError, DomainError):
        return False


def _signed_bytes(promise: Mapping[str, Any]) -> bytes:
    said = {name: value for name, value in promise.items() if name != "signature"}
    return _PREFIX + canonical_bytes(said)
