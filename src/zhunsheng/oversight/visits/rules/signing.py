"""What both sides sign: every item that says something, and the digests of all photographs, in the canonical form."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhunsheng.foundation.canonical import canonical_digest


def says_something(key: str, values: Mapping[str, Any]) -> bool:
    """Tell whether an item belongs to what is signed; `frontend/src/sheet/signing.js` asks the same."""
    return bool(values.get("fact")) if key.startswith("finding:") else any(one != "" for one in values.values())


def signed_digest(visit: str, items: Mapping[str, Mapping[str, Any]], photos: Iterable[str]) -> str:
    """Return the SHA-256, in hexadecimal, of what a signature under this visit's record covers."""
    said = {key: dict(values) for key, values in items.items() if says_something(key, values)}
    return canonical_digest({"visit": visit, "items": said, "photos": sorted(set(photos))})
