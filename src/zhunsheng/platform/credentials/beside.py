"""Signatures beside a credential's proof: their form, the installation's keys for them, and whether they hold."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from zhunsheng.foundation import signing, sm2
from zhunsheng.platform.accounts import keyring

FORMAT: Final = "zhunsheng-credential-signature/1"
PREFIX: Final = FORMAT.encode() + b"\n"
PURPOSE: Final = "credentials-sm2"
Held = Literal["holds", "wrong", "key", "not-checked"]


@dataclass(frozen=True, slots=True)
class Beside:
    """One signature: by which method; whether it holds, is wrong, by an unknown key, or can't be checked here."""

    method: str
    held: Held


def folder() -> Path:
    """Return where the keys lie."""
    return keyring.folder(PURPOSE)


def key_files() -> list[Path]:
    """Return the files of the keys, newest first."""
    return sorted(folder().glob("[0-9][0-9][0-9][0-9].pem"), reverse=True)


def method_name(path: Path) -> str:
    """Return the name of a key behind `#` of the issuer."""
    return f"sm2-{path.stem}"


def public_keys() -> dict[str, bytes]:
    """Return the installation's public keys by name, newest first; needs no library."""
    return {method_name(path): sm2.public_in(path.read_bytes()) for path in key_files()}


def check(signatures: Sequence[Mapping[str, Any]], signed: bytes, keys: Mapping[str, bytes]) -> list[Beside]:
    """Say of each signature over a canonical form whether it holds.

    Args:
        keys: public keys of SM2, 65 bytes each, by verification method: these are trusted and no others.
    """
    able = sm2.register()
    return [Beside(str(one.get("method", "")), _held(one, signed, keys, able=able)) for one in signatures]


def _held(one: Mapping[str, Any], signed: bytes, keys: Mapping[str, bytes], *, able: bool) -> Held:
    known = keys.get(str(one.get("method", "")))
    if one.get("format") != FORMAT or one.get("algorithm") != sm2.NAME:
        return "wrong"
    if known is None or signing.to_text(known) != one.get("key"):
        return "key"
    if not able:
        return "not-checked"
    right = signing.verify(sm2.NAME, signing.to_text(known), PREFIX + signed, str(one.get("signature", "")))
    return "holds" if right else "wrong"


def read(content: bytes) -> list[Mapping[str, Any]]:
    """Return the signatures in a file as `/v/C…/signatures.json` gives them. Raises: ValueError."""
    found = json.loads(content.decode("utf-8"))
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError("no list of signatures")
    return found
