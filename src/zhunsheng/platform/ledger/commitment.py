"""What a leaf of the log is: a commitment to an entry, never its content."""

from datetime import UTC, datetime
from hashlib import sha256

from zhunsheng.foundation.canonical import canonical_bytes

SALT_BYTES = 16


def time_text(at: datetime) -> str:
    """Return an aware time in UTC to the microsecond, for example `2026-11-23T02:00:00.000000Z`.

    Raises: ValueError for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("the time must have a zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def commitment(*, kind: str, subject: str, body: str, time: str, salt: str) -> bytes:
    """Return the 32 bytes in the log: SHA-256 over the RFC 8785 form of these five members (salt in hexadecimal)."""
    members = {"body": body, "kind": kind, "salt": salt, "subject": subject, "time": time}
    return sha256(canonical_bytes(members)).digest()
