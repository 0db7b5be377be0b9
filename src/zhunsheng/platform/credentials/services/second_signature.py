"""Signatures beside Ed25519: for each further algorithm that is registered (SM2), one over the same signed data.

No further algorithm is registered by this product: none of the libraries it uses signs with SM2. Whoever adds one
registers it with `foundation.signing.register`; from then on each new credential carries its signature, too.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from zhunsheng.foundation import signing

FORMAT = "zhunsheng-credential-signature/1"
_PREFIX = FORMAT.encode() + b"\n"


def second_signatures(signed: bytes) -> list[dict[str, str]]:
    """Return the signatures over a credential's canonical form, one for each further algorithm."""
    return [_signature(name, signed) for name in signing.algorithms() if name != "ed25519"]


def holds(signature: dict[str, str], signed: bytes) -> bool:
    """Tell whether such a signature is right. Raises: KeyProblem for an algorithm that isn't registered here."""
    return signing.verify(signature["algorithm"], signature["key"], _PREFIX + signed, signature["signature"])


def _signature(algorithm: str, signed: bytes) -> dict[str, str]:
    key = _key(algorithm)
    return {
        "format": FORMAT,
        "algorithm": algorithm,
        "key": signing.public_text(key),
        "signature": signing.sign_text(key, _PREFIX + signed),
    }


def _key(algorithm: str) -> signing.PrivateKey:
    """Return this algorithm's key, made at first use and kept in HOME/keys/credentials-ALGORITHM.key."""
    path = Path(settings.ZHUNSHENG_HOME) / "keys" / f"credentials-{algorithm}.key"
    if not path.exists():
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        signing.save_private(signing.generate_key(algorithm), draft)
        try:
            with suppress(FileExistsError):  # another process made it first: its key counts
                os.link(draft, path)
        finally:
            draft.unlink()
    return signing.load_private(path)
