"""The code and the secret by which somebody follows a report without giving a name."""

import hashlib
import hmac
import secrets
from typing import Final

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
CODE_LETTERS: Final = 10
SECRET_LETTERS: Final = 16
"""Sixteen letters of 32 are 80 bits: nobody guesses them, so a plain digest keeps them safe."""


def new_code() -> str:
    """Return a fresh code: JB and ten letters of Crockford's base32."""
    return "JB" + "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))


def new_secret() -> str:
    """Return a fresh secret in groups of four, as people copy it."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(SECRET_LETTERS))
    return "-".join(letters[place : place + 4] for place in range(0, SECRET_LETTERS, 4))


def read(text: str) -> str:
    """Return a code or secret as it was meant: case, spaces, hyphens and look-alikes do not count."""
    return text.strip().upper().translate(_LOOK_ALIKE)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(read(secret).encode()).hexdigest()


def fits(secret: str, digest: str) -> bool:
    """Tell whether a secret is the one of which this digest is kept, in constant time."""
    return hmac.compare_digest(digest_of(secret), digest)
