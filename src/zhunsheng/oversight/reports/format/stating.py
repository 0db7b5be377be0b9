"""Helpers for whoever makes reports from other sources: only what is stated, and identifiers for the merely named."""

import hashlib
from typing import Any, Final

LONGEST_IDENTIFIER: Final = 40


def stated(**fields: Any) -> dict[str, Any]:
    """Return the fields that a source states: None, empty texts, lists and structures are left out."""
    return {name: value for name, value in fields.items() if value not in (None, "", {}, [])}


def identifier_of(name: str) -> str:
    """Return an identifier for whom the source only names: the name without spaces, cut and hashed if it is long."""
    plain = "-".join(name.split())
    if len(plain) <= LONGEST_IDENTIFIER:
        return plain
    return f"{plain[: LONGEST_IDENTIFIER - 9]}-{hashlib.sha256(plain.encode('utf-8')).hexdigest()[:8]}"
