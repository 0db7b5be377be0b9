"""Whether a text is a public key that can verify signatures."""

from zhunsheng.foundation.signing import KeyProblem, algorithms, from_text

_BYTES = {"ed25519": {32}, "sm2": {64, 65}}  # RFC 8032, 5.1.5; GB/T 32918: point, with or without its leading 04

__all__ = ["KeyProblem", "readable_key"]


def readable_key(algorithm: str, public_key: str) -> bytes:
    """Return the raw bytes of a public key in base64url. Raises: KeyProblem."""
    if algorithm not in algorithms():
        raise KeyProblem(
            "The signature algorithm %(name)s isn't supported; known: %(known)s.",
            params={"name": algorithm, "known": ", ".join(algorithms())},
            field="algorithm",
            remedy="Use a supported algorithm.",
        )
    try:
        raw = from_text(public_key)
    except ValueError:
        raw = b""
    if not raw or len(raw) not in _BYTES.get(algorithm, {len(raw)}):
        raise KeyProblem(
            "This is no public key of %(name)s in base64url.",
            params={"name": algorithm},
            field="public_key",
            remedy="Paste the public key as your signing program shows it: base64url, without padding.",
        )
    return raw
