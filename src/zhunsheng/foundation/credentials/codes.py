"""The code on paper: what stands in the QR picture, short enough to print and enough to verify without a network.

A credential's code is `C`, 14 characters of Crockford's base32 and a check character. The QR picture holds an address
that ends in `/v/CODE#PAYLOAD.SIGNATURE`. What follows `#` never reaches a server: PAYLOAD is the base64url of the
canonical JSON of the facts, SIGNATURE the issuer's Ed25519 signature over a prefix and these bytes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec

from zhunsheng.foundation import signing
from zhunsheng.foundation.canonical import canonical_bytes

FORMAT: Final = "zhunsheng-credential-code/1"
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 16
_PREFIX: Final = FORMAT.encode() + b"\n"
_LOOK_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_CODE: Final = re.compile(rf"C[{LETTERS}]{{{CODE_LENGTH - 1}}}")
_RANDOM_BYTES: Final = 9  # 72 bits, of which 14 letters take 70
_LONGEST: Final = 4096


class NotACode(ValueError):
    """A text that is no code, or a code with a typing error."""


class Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a QR picture says of its credential.

    `starts` and `ends` are ISO dates (`ends` empty where there is no end), `vc` is the SHA-256 of the signed
    credential's canonical form as base64url, `key` the verification method that signed.
    """

    code: str
    kind: str
    number: str
    holder: str
    starts: str
    ends: str
    vc: str
    key: str


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A QR picture's text taken apart: its facts, and what was signed with what; not verified yet."""

    facts: Facts
    message: bytes
    signature: str

    def holds(self, public: bytes) -> bool:
        """Tell whether the holder of this raw Ed25519 key signed these facts."""
        return signing.verify("ed25519", signing.to_text(public), self.message, self.signature)

    @property
    def digest(self) -> str:
        """SHA-256 of the credential in hexadecimal."""
        return signing.from_text(self.facts.vc).hex()


def check_character(body: str) -> str:
    """Return the check character of letters of the alphabet: Luhn's scheme modulo 32.

    It finds every single wrong letter and nearly every two neighbours exchanged.
    Source: ISO/IEC 7812-1, annex B, carried over to 32 letters (Luhn mod N).
    """
    total = 0
    for place, letter in enumerate(reversed(body)):
        value = LETTERS.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // len(LETTERS) + value % len(LETTERS)
    return LETTERS[-total % len(LETTERS)]


def code_from(random: bytes) -> str:
    """Return the code that nine random bytes make.

    Raises: ValueError for another number of bytes.
    """
    if len(random) != _RANDOM_BYTES:
        raise ValueError("a code is made from nine bytes")
    number, letters = int.from_bytes(random), []
    for _ in range(CODE_LENGTH - 2):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    body = "C" + "".join(letters)
    return body + check_character(body)


def read_code(text: str) -> str:
    """Return a code as it is kept; hyphens, spaces, case and look-alike letters don't matter.

    Raises: NotACode, also for a typing error.
    """
    code = text.strip().upper().translate(_LOOK_ALIKE)
    if not _CODE.fullmatch(code) or check_character(code[:-1]) != code[-1]:
        raise NotACode("not a credential's code")
    return code


def printed(facts: Facts, key: signing.Signer) -> str:
    """Return what stands behind `#` in the QR picture."""
    message = canonical_bytes(msgspec.to_builtins(facts))
    return f"{signing.to_text(message)}.{signing.sign_text(key, _PREFIX + message)}"


def facts_of(
    *, code: str, kind: str, number: str, holder: str, period: tuple[date, date | None], vc: bytes, key: str
) -> Facts:
    """Return the facts of a credential; `vc` is its raw SHA-256."""
    starts, ends = period
    return Facts(
        code=code, kind=kind, number=number, holder=holder, vc=signing.to_text(vc), key=key,
        starts=starts.isoformat(), ends=ends.isoformat() if ends else "",
    )  # fmt: skip


def read_printed(text: str) -> PrintedCode:
    """Take apart a QR picture's text: the whole address, or only what stands behind `#`.

    Raises: NotACode if it is none, not in its canonical form, or the address leads to another code than the facts say.
    """
    address, _mark, fragment = text.strip().rpartition("#")
    payload, _dot, signature = fragment.partition(".")
    if len(text) > _LONGEST:
        raise NotACode("too long for a code")
    try:
        message = signing.from_text(payload)
        facts = msgspec.json.decode(message, type=Facts)
        signing.from_text(facts.vc)
        starts = date.fromisoformat(facts.starts)
        ends = date.fromisoformat(facts.ends) if facts.ends else starts
    except (ValueError, msgspec.MsgspecError) as error:
        raise NotACode("not a credential's printed code") from error
    if canonical_bytes(_members(facts)) != message or ends < starts:
        raise NotACode("not a credential's printed code in its only form")
    if address and read_code(address.rstrip("/").rpartition("/")[2]) != facts.code:
        raise NotACode("the address leads to another credential than the signed facts say")
    return PrintedCode(facts, _PREFIX + message, signature)


def _members(facts: Facts) -> Mapping[str, Any]:
    members: Mapping[str, Any] = msgspec.to_builtins(facts)
    return members
