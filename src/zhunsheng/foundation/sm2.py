"""SM2 signatures with SM3 behind the interface of `signing`; needs the extra `sm2` (the library gmssl).

The library's own numbers of chance and its reading of public keys are not used: its generator is not made for keys, and
it strips leading digits of some keys. It computes on the curve; chance, ranges and digests are ours. It is written in
Python and takes no care of timing: an installation that signs for others should keep its key in a device.

Source: GB/T 32918.2-2016, 6.1 (signing), 7.1 (verification); GB/T 32918.5-2017 (the curve and its base point);
GB/T 35276-2017, 10 (the identifier 1234567812345678, digest of identifier and key); GB/T 32905-2016 (SM3).
"""

import importlib
import importlib.util
import secrets
from typing import Any, Final

from asn1crypto import core, keys, pem
from cryptography.hazmat.primitives import hashes

from zhunsheng.foundation import signing

NAME: Final = "sm2"
IDENTIFIER: Final = b"1234567812345678"
CURVE: Final = "1.2.156.10197.1.301"
P: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A: Final = P - 3
B: Final = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G: Final = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
_SIZE: Final = 32
keys.NamedCurve.register("sm2p256v1", CURVE, _SIZE)


def available() -> bool:
    """Tell whether the library is installed."""
    return importlib.util.find_spec("gmssl") is not None


class Sm2Key:
    """An SM2 private key; `public_bytes` are 04, x and y, 65 bytes."""

    algorithm = NAME

    def __init__(self, secret: int) -> None:
        """Take the secret number.

        Raises: ValueError outside 1 to n - 2.
        """
        if not 1 <= secret <= N - 2:
            raise ValueError("no private key of SM2")
        self._secret = secret
        point = _engine()._kg(secret, _hex(*G))
        self.public_bytes = b"\x04" + bytes.fromhex(point)

    def sign(self, message: bytes) -> bytes:
        """Return r and s, 64 bytes."""
        while True:
            made = self.sign_with(message, 1 + secrets.randbelow(N - 1))
            if made is not None:
                return made

    def sign_with(self, message: bytes, chance: int) -> bytes | None:
        """Return the signature by a given number of chance, for published examples; None where it makes none."""
        engine = _engine()
        engine.private_key = f"{self._secret:064x}"
        made = engine.sign(digest(self.public_bytes, message), f"{chance:064x}")
        return bytes.fromhex(made) if made is not None else None

    def pem(self) -> bytes:
        """Return the key as unencrypted PKCS#8 PEM, as OpenSSL writes it."""
        inner = keys.ECPrivateKey(
            {
                "version": "ecPrivkeyVer1",
                "private_key": self._secret,
                "public_key": keys.ECPointBitString(self.public_bytes),
            }
        )
        inner["private_key"].set_encoded_width(_SIZE)
        info = keys.PrivateKeyInfo(
            {
                "version": 0,
                "private_key_algorithm": {
                    "algorithm": "ec",
                    "parameters": keys.ECDomainParameters("named", "sm2p256v1"),
                },
                "private_key": core.ParsableOctetString(inner.dump()),
            }
        )
        return bytes(pem.armor("PRIVATE KEY", info.dump()))


class Sm2:
    """The algorithm SM2 with SM3."""

    name = NAME

    def generate(self) -> Sm2Key:
        """Make a new key from the system's randomness."""
        return Sm2Key(1 + secrets.randbelow(N - 2))

    def load(self, text: bytes) -> Sm2Key | None:
        """Return the key in a PEM, or None if it is another algorithm's.

        Raises: ValueError if it is no PEM.
        """
        _type, _headers, content = pem.unarmor(text)
        info = keys.PrivateKeyInfo.load(content)
        algorithm = info["private_key_algorithm"]
        if algorithm["algorithm"].native != "ec" or algorithm["parameters"].chosen.dotted != CURVE:
            return None
        return Sm2Key(int(info["private_key"].parsed["private_key"].native))

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Tell whether a 64-byte signature is right; keys off the curve and numbers out of range are wrong."""
        if len(signature) != 2 * _SIZE or not is_key(public):
            return False
        r, s = int.from_bytes(signature[:_SIZE]), int.from_bytes(signature[_SIZE:])
        if not (1 <= r < N and 1 <= s < N and (r + s) % N):
            return False
        engine = _engine()
        engine.public_key = public[1:].hex()
        try:
            return bool(engine.verify(signature.hex(), digest(public, message)))
        except (TypeError, ValueError):  # the library has no word for the point at infinity
            return False


def public_in(text: bytes) -> bytes:
    """Return the 65 bytes of the public key that stands in the PEM of a private one; needs no library.

    Raises: ValueError for what holds none.
    """
    _type, _headers, content = pem.unarmor(text)
    inner = keys.PrivateKeyInfo.load(content)["private_key"].parsed
    public = bytes(inner["public_key"].native or b"")
    if not is_key(public):
        raise ValueError("not a key of SM2")
    return public


def digest(public: bytes, message: bytes) -> bytes:
    """Return what is signed: SM3 over the digest of identifier, curve and key, and the message."""
    head = (8 * len(IDENTIFIER)).to_bytes(2) + IDENTIFIER
    curve = b"".join(number.to_bytes(_SIZE) for number in (A, B, *G))
    return _sm3(_sm3(head + curve + public[1:]) + message)


def is_key(public: bytes) -> bool:
    """Tell whether these are the 65 bytes of a point on the curve."""
    if len(public) != 1 + 2 * _SIZE or public[0] != 4:
        return False
    x, y = int.from_bytes(public[1 : 1 + _SIZE]), int.from_bytes(public[1 + _SIZE :])
    return x < P and y < P and (y * y - (x * x * x + A * x + B)) % P == 0


def compressed(public: bytes) -> bytes:
    """Return the 33 bytes of a key's short form."""
    return bytes((2 + (public[-1] & 1),)) + public[1 : 1 + _SIZE]


def uncompressed(short: bytes) -> bytes:
    """Return the 65 bytes of a key in its short form.

    Raises: ValueError for what is none.
    """
    if len(short) != 1 + _SIZE or short[0] not in (2, 3):
        raise ValueError("no key of SM2 in its short form")
    x = int.from_bytes(short[1:])
    y = pow((x * x * x + A * x + B) % P, (P + 1) // 4, P)
    y = y if y & 1 == short[0] & 1 else P - y
    public = b"\x04" + short[1:] + y.to_bytes(_SIZE)
    if not is_key(public):
        raise ValueError("not a point on the curve")
    return public


def register() -> bool:
    """Make SM2 known to `signing` where the library is installed; return whether it is."""
    if available():
        signing.register(Sm2())
    return available()


def _engine() -> Any:
    """Return the library's arithmetic, without keys: its constructor would strip digits of one."""
    if not available():
        raise signing.KeyProblem("SM2 needs the extra sm2.", remedy="pip install gmssl==3.2.2")
    return importlib.import_module("gmssl.sm2").CryptSM2(private_key="", public_key="")


def _hex(x: int, y: int) -> str:
    return f"{x:064x}{y:064x}"


def _sm3(data: bytes) -> bytes:
    made = hashes.Hash(hashes.SM3())
    made.update(data)
    return made.finalize()
