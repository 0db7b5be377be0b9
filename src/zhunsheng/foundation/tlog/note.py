"""Signed notes (c2sp.org/signed-note): text, a blank line, signature lines. Ed25519 signs and verifies."""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from zhunsheng.foundation import signing

ED25519 = 0x01
COSIGNATURE = 0x04  # Ed25519 with a time, c2sp.org/tlog-cosignature
_ED25519_FORMS = (ED25519, COSIGNATURE)
_MARK = "\u2014 "
_MAX_SIGNATURES = 100
_KEY_TEXT = re.compile(r"(?P<name>[^+\s]+)\+(?P<id>[0-9a-f]{8})\+(?P<material>[A-Za-z0-9+/]+={0,2})")
_COSIGNATURE_BYTES = 8 + 64


class NoteProblem(ValueError):
    """A note or key that does not follow c2sp.org/signed-note, or that no known key has signed."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key with its name: what a reader must know to trust a note."""

    name: str
    public: bytes
    form: int = ED25519

    def __post_init__(self) -> None:
        """Refuse names and keys that a note cannot carry."""
        if not self.name or "+" in self.name or any(sign.isspace() or ord(sign) < 0x20 for sign in self.name):
            raise NoteProblem(f"not a key name: {self.name!r}")
        if self.form in _ED25519_FORMS and len(self.public) != 32:
            raise NoteProblem("an Ed25519 public key has 32 bytes")

    @property
    def key_id(self) -> bytes:
        """Return the first four bytes of SHA-256(name, newline, form, public key)."""
        return sha256(self.name.encode() + b"\n" + bytes([self.form]) + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """Return the key as `name+id+material`, the form that tools of the trade take."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.form]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the key of a `name+id+material` text.

        Raises: NoteProblem, also when the id is not the key's.
        """
        match = _KEY_TEXT.fullmatch(text.strip())
        if match is None:
            raise NoteProblem("not a verifier key: expected name+id+key")
        material = _from_base64(match["material"])
        key = cls(match["name"], material[1:], material[0])
        if key.key_id.hex() != match["id"]:
            raise NoteProblem("the key's id does not belong to it")
        return key


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature under a note: key name, four bytes of key id, raw signature."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_MARK}{self.name} {_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending in a newline, and its signatures in order."""

    text: str
    signatures: tuple[SignatureLine, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    @classmethod
    def parse(cls, source: str | bytes) -> Self:
        """Return the note in a text, its signatures unverified.

        Raises: NoteProblem.
        """
        try:
            whole = source.decode() if isinstance(source, bytes) else source
        except UnicodeDecodeError as error:
            raise NoteProblem("a note is UTF-8") from error
        if any(ord(sign) < 0x20 and sign != "\n" for sign in whole):
            raise NoteProblem("a note holds no control characters")
        text, gap, tail = whole.rpartition("\n\n")
        if not gap or not tail.endswith("\n"):
            raise NoteProblem("a note ends in a blank line and signature lines")
        lines = tail[:-1].split("\n")
        if len(lines) > _MAX_SIGNATURES:
            raise NoteProblem("too many signatures")
        return cls(text + "\n", tuple(_signature_line(line) for line in lines))

    def signed(self, name: str, signer: signing.Signer) -> Self:
        """Return the note with one more Ed25519 signature.

        Raises: NoteProblem for a key of another algorithm or a text that a note cannot hold.
        """
        if signer.algorithm != "ed25519":
            raise NoteProblem(f"a note is signed with Ed25519, not {signer.algorithm}")
        if not self.text.endswith("\n") or any(ord(sign) < 0x20 and sign != "\n" for sign in self.text):
            raise NoteProblem("the text must end in a newline and hold no control characters")
        key = NoteKey(name, signer.public_bytes)
        line = SignatureLine(name, key.key_id, signer.sign(self.text.encode()))
        return type(self)(self.text, (*self.signatures, line))

    def verify(self, keys: Sequence[NoteKey]) -> list[NoteKey]:
        """Return the known Ed25519 keys that signed; signatures of unknown keys are passed over.

        Raises: NoteProblem when a known key's signature is wrong or none of the keys signed.
        """
        signed = [key for key in keys if key.form == ED25519 and self._lines_of(key, self._is_signed)]
        if not signed:
            raise NoteProblem("no known key signed this note")
        return signed

    def cosigned_at(self, key: NoteKey) -> int | None:
        """Return when a witness cosigned this checkpoint (seconds since 1970), None if it did not.

        Raises: NoteProblem when its cosignature is wrong (c2sp.org/tlog-cosignature).
        """
        found = self._lines_of(key, self._is_cosigned) if key.form == COSIGNATURE else []
        return int.from_bytes(found[0].signature[:8], "big") if found else None

    def _lines_of(self, key: NoteKey, right: Callable[[NoteKey, bytes], bool]) -> list[SignatureLine]:
        lines = [line for line in self.signatures if (line.name, line.key_id) == (key.name, key.key_id)]
        if len(lines) > 1 or not all(right(key, line.signature) for line in lines):
            raise NoteProblem(f"the signature of {key.name} is wrong")
        return lines

    def _is_signed(self, key: NoteKey, signature: bytes) -> bool:
        return _verify(key, self.text.encode(), signature)

    def _is_cosigned(self, key: NoteKey, signature: bytes) -> bool:
        if len(signature) != _COSIGNATURE_BYTES:
            return False
        message = f"cosignature/v1\ntime {int.from_bytes(signature[:8], 'big')}\n{self.text}"
        return _verify(key, message.encode(), signature[8:])


def _verify(key: NoteKey, message: bytes, signature: bytes) -> bool:
    return signing.verify("ed25519", signing.to_text(key.public), message, signing.to_text(signature))


def _signature_line(line: str) -> SignatureLine:
    parts = line.removeprefix(_MARK).split(" ")
    if not line.startswith(_MARK) or len(parts) != 2 or not parts[0] or "+" in parts[0]:
        raise NoteProblem("not a signature line")
    blob = _from_base64(parts[1])
    if len(blob) < 5:
        raise NoteProblem("a signature line holds a key id and a signature")
    return SignatureLine(parts[0], blob[:4], blob[4:])


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _from_base64(text: str) -> bytes:
    """Return the bytes of padded base64 in its only form."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteProblem("not base64") from error
    if _base64(data) != text:
        raise NoteProblem("not base64 in its only form")
    return data
