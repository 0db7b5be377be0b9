"""Secrets of two parties for the draws of the demonstration: each is made for one draw and revealed in it alone."""

import hashlib

from zhunsheng.foundation.draws.sources import two_party


def secrets(purpose: str) -> dict[str, str]:
    """Return both secrets of the draw for a purpose, the same at every call."""
    return {part: hashlib.sha256(f"demonstration/{purpose}/{part}".encode()).hexdigest() for part in "ab"}


def reference(purpose: str, one: str, other: str) -> str:
    """Return the reference of a draw by two named parties that sealed the secrets of a purpose."""
    digests = {part: hashlib.sha256(secret.encode()).hexdigest() for part, secret in secrets(purpose).items()}
    return two_party(one, digests["a"], other, digests["b"])
