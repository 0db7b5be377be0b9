"""Base58 (Bitcoin's alphabet), multibase and Multikey, as far as Ed25519 and SM2 need them.

Source: W3C Controlled Identifiers 1.0, 2.2.2 (Multikey), 2.4 (multibase), 2.5 (multihash and multicodec prefixes).
"""

from typing import Final

from zhunsheng.foundation import sm2

ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES: Final = {letter: place for place, letter in enumerate(ALPHABET)}
_LONGEST: Final = 200  # characters: keys and signatures are shorter, and reading takes the square of the length
_ED25519_PUBLIC: Final = bytes((0xED, 0x01))
_ED25519_SECRET: Final = bytes((0x80, 0x26))
_SM2_PUBLIC: Final = bytes((0x86, 0x24))
"""0x1206, sm2-pub of the multicodec table: a key in its short form."""
_KEY_BYTES: Final = 32


def to_base58(data: bytes) -> str:
    """Return bytes in base58btc, without a multibase prefix."""
    number, letters = int.from_bytes(data), []
    while number:
        number, rest = divmod(number, 58)
        letters.append(ALPHABET[rest])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return ALPHABET[0] * zeros + "".join(reversed(letters))


def from_base58(text: str) -> bytes:
    """Return the bytes of a base58btc text of at most 200 characters.

    Raises: ValueError.
    """
    if len(text) > _LONGEST:
        raise ValueError("too long for base58 here")
    number = 0
    for letter in text:
        if letter not in _VALUES:
            raise ValueError("not base58btc")
        number = number * 58 + _VALUES[letter]
    zeros = len(text) - len(text.lstrip(ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def to_multibase(data: bytes) -> str:
    """Return bytes as multibase base58btc: `z…`."""
    return "z" + to_base58(data)


def from_multibase(text: str) -> bytes:
    """Return the bytes of a multibase base58btc text.

    Raises: ValueError for another base or letters outside the alphabet.
    """
    if not text.startswith("z"):
        raise ValueError("not multibase base58btc")
    return from_base58(text[1:])


def multikey(public: bytes) -> str:
    """Return an Ed25519 public key of 32 bytes as Multikey: `z6Mk…`.

    Raises: ValueError for another length.
    """
    if len(public) != _KEY_BYTES:
        raise ValueError("an Ed25519 public key has 32 bytes")
    return to_multibase(_ED25519_PUBLIC + public)


def from_multikey(text: str) -> bytes:
    """Return the 32 bytes of an Ed25519 Multikey.

    Raises: ValueError for anything else.
    """
    return _key(text, _ED25519_PUBLIC)


def sm2_multikey(public: bytes) -> str:
    """Return an SM2 public key of 65 bytes as Multikey."""
    return to_multibase(_SM2_PUBLIC + sm2.compressed(public))


def from_sm2_multikey(text: str) -> bytes:
    """Return the 65 bytes of an SM2 Multikey.

    Raises: ValueError for anything else.
    """
    data = from_multibase(text)
    if not data.startswith(_SM2_PUBLIC):
        raise ValueError("not a Multikey of SM2")
    return sm2.uncompressed(data[len(_SM2_PUBLIC) :])


def from_secret_multikey(text: str) -> bytes:
    """Return the 32-byte seed of an Ed25519 secret Multikey: `z3u2…`.

    Raises: ValueError for anything else.
    """
    return _key(text, _ED25519_SECRET)


def _key(text: str, prefix: bytes) -> bytes:
    data = from_multibase(text)
    if not data.startswith(prefix) or len(data) != len(prefix) + _KEY_BYTES:
        raise ValueError("not a Multikey of Ed25519")
    return data[len(prefix) :]
