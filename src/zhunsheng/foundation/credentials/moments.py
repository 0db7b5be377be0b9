"""Times as XML Schema's dateTimeStamp: always with a zone. Source: W3C VC Data Model 2.0, 4.9 (validity period)."""

import re
from datetime import UTC, datetime

_STAMP = re.compile(
    r"-?\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?"
    r"(Z|[+-](0\d|1[0-4]):[0-5]\d)",
    re.ASCII,
)


def stamp(at: datetime) -> str:
    """Return an aware time in UTC to the second: `2026-11-23T04:00:00Z`.

    Raises: ValueError for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("the time must have a zone")
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def moment(text: object) -> datetime | None:
    """Return the aware time of a dateTimeStamp, None for what is none."""
    if not isinstance(text, str) or not _STAMP.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
