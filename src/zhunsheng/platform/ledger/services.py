"""Every write to the log."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.database.bulk import insert_rows, reserve_ids
from zhunsheng.platform.ledger import sealing
from zhunsheng.platform.ledger.auditing import AuditResult, audit
from zhunsheng.platform.ledger.commitment import SALT_BYTES, commitment, time_text
from zhunsheng.platform.ledger.differences import AuditedEntry, Difference, register_auditor
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.platform.ledger.sealing import SealResult

__all__ = [
    "AppendedEntry",
    "AuditResult",
    "AuditedEntry",
    "Difference",
    "NewEntry",
    "NotAnEntry",
    "SealResult",
    "append",
    "append_many",
    "audit",
    "register_auditor",
    "seal_pending",
]

_KIND = re.compile(r"[a-z][a-z0-9._-]{0,63}")
_SUBJECT = re.compile(r"[0-9a-f]{64}")
_COLUMNS = ("id", "kind", "subject", "body", "at", "salt", "leaf", "leaf_index")
_MAX_BODY = 200
_time_text = lru_cache(maxsize=256)(time_text)  # the entries of one batch share their time


class NotAnEntry(DomainError):
    """An entry that the log cannot hold."""

    code = "not-a-log-entry"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be logged: what happened, the SHA-256 of the thing (hexadecimal), the body's identifier, when."""

    kind: str
    subject: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AppendedEntry:
    """An entry that waits for sealing, with its key, salt and commitment."""

    id: int
    kind: str
    subject: str
    body: str
    at: datetime
    salt: bytes
    leaf: bytes


def append_many(entries: Sequence[NewEntry]) -> list[AppendedEntry]:
    """Append entries in the caller's transaction, in order, and return them with their ids, salts and leaves.

    Raises: NotAnEntry; TransactionManagementError outside `atomic`.
    """
    if not entries:
        return []
    salts = os.urandom(SALT_BYTES * len(entries))
    appended = []
    for place, (key, entry) in enumerate(zip(reserve_ids(Entry, len(entries)), entries, strict=True)):
        salt = salts[place * SALT_BYTES : (place + 1) * SALT_BYTES]
        appended.append(_committed(key, entry, salt))
    insert_rows(Entry, _COLUMNS, ((e.id, e.kind, e.subject, e.body, e.at, e.salt, e.leaf, None) for e in appended))
    return appended


def append(*, kind: str, subject: str, body: str, at: datetime) -> AppendedEntry:
    """Append one entry in the caller's transaction.

    Raises: NotAnEntry; TransactionManagementError outside `atomic`.
    """
    return append_many([NewEntry(kind, subject, body, at)])[0]


def seal_pending(now: datetime) -> SealResult:
    """Seal all pending entries under signed checkpoints and publish them; repairs what a crash left.

    Raises: LockBusy when another sealer is at work; LedgerBroken; RuntimeError inside a transaction.
    """
    return sealing.seal(now)


def _committed(key: int, entry: NewEntry, salt: bytes) -> AppendedEntry:
    if not _KIND.fullmatch(entry.kind):
        raise NotAnEntry("“%(value)s” is no kind of log entry.", params={"value": entry.kind}, field="kind")
    if not _SUBJECT.fullmatch(entry.subject):
        raise NotAnEntry("The subject must be a SHA-256 in hexadecimal.", field="subject")
    if len(entry.body) > _MAX_BODY:
        raise NotAnEntry("The body's identifier is longer than 200 characters.", field="body")
    time = _time_text(entry.at)
    leaf = commitment(kind=entry.kind, subject=entry.subject, body=entry.body, time=time, salt=salt.hex())
    return AppendedEntry(key, entry.kind, entry.subject, entry.body, entry.at, salt, leaf)
