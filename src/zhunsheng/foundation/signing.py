"""Signatures behind one interface; Ed25519 is built in, other algorithms (SM2) register themselves."""

import base64
import binascii
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zhunsheng.foundation import durable
from zhunsheng.foundation.errors import DomainError


class KeyProblem(DomainError):
    """A key that can't be read or an algorithm that nobody registered."""

    code = "key-problem"


class Signer(Protocol):
    """What signs: a key in a file, behind PKCS#11 or in a key service."""

    @property
    def algorithm(self) -> str:
        """Name of the algorithm, as registered."""

    @property
    def public_bytes(self) -> bytes:
        """Raw public key."""

    def sign(self, message: bytes) -> bytes:
        """Return the raw signature."""


class PrivateKey(Signer, Protocol):
    """A signer whose key can be kept in a file."""

    def pem(self) -> bytes:
        """Return the key as unencrypted PKCS#8 PEM."""


class Verifier(Protocol):
    """One algorithm: makes keys, reads them and verifies."""

    @property
    def name(self) -> str:
        """Name under which it is registered."""

    def generate(self) -> PrivateKey:
        """Make a new key."""

    def load(self, pem: bytes) -> PrivateKey | None:
        """Return the key in a PEM, or None if it is another algorithm's."""

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Tell whether a raw signature is right."""


class Ed25519Key:
    """An Ed25519 private key (RFC 8032)."""

    algorithm = "ed25519"

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_bytes = key.public_key().public_bytes_raw()

    @classmethod
    def from_seed(cls, seed: bytes) -> "Ed25519Key":
        """Return the key of a 32-byte seed.

        Raises: ValueError for another length.
        """
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature."""
        return self._key.sign(message)

    def pem(self) -> bytes:
        """Return the key as unencrypted PKCS#8 PEM."""
        return self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


@lru_cache(maxsize=4096)
def _ed25519_public(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


class Ed25519:
    """The algorithm Ed25519 of RFC 8032."""

    name = "ed25519"

    def generate(self) -> Ed25519Key:
        """Make a new key from the system's randomness."""
        return Ed25519Key(Ed25519PrivateKey.generate())

    def load(self, pem: bytes) -> Ed25519Key | None:
        """Return the key in a PEM, or None if it is another algorithm's.

        Raises: ValueError if it is no PEM.
        """
        try:
            key = serialization.load_pem_private_key(pem, password=None)
        except UnsupportedAlgorithm:  # a key all the same, of a curve that the library doesn't know
            return None
        return Ed25519Key(key) if isinstance(key, Ed25519PrivateKey) else None

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Tell whether a 64-byte signature is right."""
        try:
            _ed25519_public(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


_ALGORITHMS: dict[str, Verifier] = {}


def register(algorithm: Verifier) -> None:
    """Make an algorithm known by its name.

    Raises: ValueError if the name is taken by another kind.
    """
    known = _ALGORITHMS.get(algorithm.name)
    if known is not None and type(known) is not type(algorithm):
        raise ValueError(f"the algorithm {algorithm.name} is registered already")
    _ALGORITHMS[algorithm.name] = algorithm


register(Ed25519())


def algorithms() -> tuple[str, ...]:
    """Return the names of all registered algorithms."""
    return tuple(_ALGORITHMS)


def _algorithm(name: str) -> Verifier:
    try:
        return _ALGORITHMS[name]
    except KeyError:
        raise KeyProblem(
            "The signature algorithm %(name)s isn't supported; known: %(known)s.",
            params={"name": name, "known": ", ".join(_ALGORITHMS)},
            field="algorithm",
            remedy="Sign with a supported algorithm.",
        ) from None


def to_text(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_text(text: str) -> bytes:
    """Return the bytes of base64url without padding.

    Raises: ValueError for other alphabets, padding or stray final bits: one value has exactly one text.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64url") from error
    if to_text(data) != text:
        raise ValueError("not base64url in its only form")
    return data


def generate_key(algorithm: str = "ed25519") -> PrivateKey:
    """Make a new private key.

    Raises: KeyProblem for an unknown algorithm.
    """
    return _algorithm(algorithm).generate()


def public_text(key: Signer) -> str:
    """Return a key's public half as base64url."""
    return to_text(key.public_bytes)


def public_text_of_pem(pem: str) -> str:
    """Return the Ed25519 public key of a PEM block as base64url; the text itself if it holds no such key."""
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return pem
    return to_text(key.public_bytes_raw()) if isinstance(key, Ed25519PublicKey) else pem


def sign_text(key: Signer, message: bytes) -> str:
    """Return a signature as base64url."""
    return to_text(key.sign(message))


def verify(algorithm: str, public_text: str, message: bytes, signature_text: str) -> bool:
    """Tell whether a signature is right; unreadable keys and signatures are wrong ones.

    Raises: KeyProblem for an unknown algorithm.
    """
    chosen = _algorithm(algorithm)
    try:
        public, signature = from_text(public_text), from_text(signature_text)
    except ValueError:
        return False
    return chosen.verify(public, message, signature)


def save_private(key: PrivateKey, path: Path) -> None:
    """Write a private key that only its owner can read; never replaces a file.

    Raises: FileExistsError.
    """
    if not durable.create(path, key.pem()):
        raise FileExistsError(f"{path} is there already")


def load_private(path: Path) -> PrivateKey:
    """Read a private key written by `save_private`.

    Raises: FileNotFoundError; KeyProblem if it isn't a key of a registered algorithm.
    """
    pem = path.read_bytes()
    try:
        for algorithm in _ALGORITHMS.values():
            key = algorithm.load(pem)
            if key is not None:
                return key
    except ValueError as error:
        raise KeyProblem("%(path)s holds no private key.", params={"path": path.name}) from error
    raise KeyProblem("%(path)s holds a key of an unsupported algorithm.", params={"path": path.name})
