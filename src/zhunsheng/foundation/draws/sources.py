"""Where the chance of a draw comes from: named before, known only afterwards, the same for everybody."""

import hashlib
import importlib
import importlib.util
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from zhunsheng.foundation.draws.rfc3797 import key_string
from zhunsheng.foundation.errors import DomainError

Material = Mapping[str, Any]

_PARTIES = re.compile(r"([^=;]{1,80})=([0-9a-f]{64});([^=;]{1,80})=([0-9a-f]{64})")
_SECRET = re.compile(r"[!-~]{32,200}")
_LINE = re.compile("[^\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]{3,200}")
_SERIES = re.compile(r"[0-9]{1,15}(?:[ .,]+[0-9]{1,15})*\.?")
_ROUND = re.compile(r"quicknet/([1-9][0-9]{0,14})")
_SIGNATURE = re.compile(r"[0-9a-f]{96}")

QUICKNET_GENESIS = datetime.fromtimestamp(1692803367, UTC)
QUICKNET_PERIOD = timedelta(seconds=3)
QUICKNET_KEY = (
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
"""The public key of the chain, said here so that no release of the library can put another in its place."""
"""Round r of drand's quicknet is made public (r - 1) periods after its genesis: drand.love, chain information."""


class SourceRefused(DomainError):
    """A reference that names no source, or material that is not what the reference promised."""

    code = "source-refused"


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of source.

    `parts`: what must be entered before the material is whole. `known_at`: when the source becomes public, where the
    reference tells. `entered_twice`: nothing proves what is entered, so two persons must enter the same.
    """

    name: str
    parts: tuple[str, ...]
    check_reference: Callable[[str], None]
    check_part: Callable[[str, str, Any], str]
    line: Callable[[Material], str]
    known_at: Callable[[str], datetime | None]
    entered_twice: bool = False


def two_party(one: str, one_sha256: str, other: str, other_sha256: str) -> str:
    """Return the reference of a commit and reveal by two named parties: the SHA-256 of each one's secret."""
    reference = f"{one.strip()}={one_sha256};{other.strip()}={other_sha256}"
    _parties(reference)
    return reference


def _parties(reference: str) -> tuple[str, str, str, str]:
    found = _PARTIES.fullmatch(reference)
    if found is None or found[1] == found[3] or found[2] == found[4]:
        raise SourceRefused(
            "The reference must name two different parties, each with the SHA-256 of its own secret.",
            field="reference", remedy="Write: name=digest;other name=digest.",
        )  # fmt: skip
    return found[1], found[2], found[3], found[4]


def digests_in(source: str, reference: str) -> tuple[str, ...]:
    """Return the digests of secrets that a reference names; a secret is good for one draw, for then it is known.

    Raises: SourceRefused.
    """
    if source != "two_party":
        return ()
    _one, first, _other, second = _parties(reference)
    return first, second


def _two_parties(reference: str) -> None:
    _parties(reference)


def _one_round(reference: str) -> None:
    _round(reference)


def _no_time(_reference: str) -> None:
    """Return no time: when the source is known is told with the commitment."""


def _revealed(reference: str, part: str, value: Any) -> str:
    one, one_digest, other, other_digest = _parties(reference)
    name, digest = (one, one_digest) if part == "a" else (other, other_digest)
    if not isinstance(value, str) or not _SECRET.fullmatch(value):
        raise SourceRefused(
            "A secret is 32 to 200 printable ASCII characters without spaces.", field=part,
            remedy="Enter exactly what was sealed.",
        )  # fmt: skip
    if hashlib.sha256(value.encode("ascii")).hexdigest() != digest:
        raise SourceRefused(
            "What was revealed is not what %(party)s committed to: its SHA-256 is another.", params={"party": name},
            field=part, remedy="Enter exactly what was sealed. If it is lost, a new draw must be committed.", kept=True,
        )  # fmt: skip
    return value


def _any_line(reference: str) -> None:
    if not _LINE.fullmatch(reference):
        raise SourceRefused("The reference must be one line of 3 to 200 characters.", field="reference")


def _numbers(_reference: str, part: str, value: Any) -> str:
    """Return the key string of series of whole numbers, written `9319 / 2 5 12 8 10` or `9319./2.5.8.10.12./`."""
    text = value.strip().rstrip("/").strip() if isinstance(value, str) else ""
    series = [one.strip() for one in text.split("/")]
    if not all(_SERIES.fullmatch(one) for one in series):
        raise SourceRefused(
            "Numbers are whole, series of numbers are separated by slashes.", field=part,
            remedy="Write for example: 9319 / 2 5 12 8 10.",
        )  # fmt: skip
    return key_string([[int(number) for number in re.findall(r"[0-9]+", one)] for one in series])


def _round(reference: str) -> int:
    found = _ROUND.fullmatch(reference)
    if found is None:
        raise SourceRefused(
            "The reference must name a round of drand's quicknet.",
            field="reference",
            remedy="Write: quicknet/12345678.",
        )
    return int(found[1])


def can_verify_drand() -> bool:
    """Tell whether BLS signatures can be verified here: the optional library `drand-verify` is installed."""
    return importlib.util.find_spec("drand_verify") is not None


def _signature(reference: str, part: str, value: Any) -> str:
    number = _round(reference)
    if not isinstance(value, str) or not _SIGNATURE.fullmatch(value):
        raise SourceRefused("A quicknet signature is 96 hexadecimal characters.", field=part)
    if can_verify_drand():
        try:
            good = importlib.import_module("drand_verify").verify_quicknet(number, value, QUICKNET_KEY)
        except ValueError:
            good = False
        if not good:
            raise SourceRefused(
                "The signature is not drand's for round %(number)s.", params={"number": number}, field=part, kept=True
            )
    return value


def _round_time(reference: str) -> datetime:
    return QUICKNET_GENESIS + (_round(reference) - 1) * QUICKNET_PERIOD


SOURCES: Mapping[str, Source] = {
    "two_party": Source(
        "two_party", ("a", "b"), _two_parties, _revealed,
        lambda material: f"{material['a']} {material['b']}", _no_time,
    ),
    "public_numbers": Source(
        "public_numbers", ("numbers",), _any_line, _numbers, lambda material: str(material["numbers"]),
        _no_time, entered_twice=True,
    ),
    "drand": Source(
        "drand", ("signature",), _one_round, _signature,
        lambda material: hashlib.sha256(bytes.fromhex(material["signature"])).hexdigest(), _round_time,
    ),
}  # fmt: skip


def source_named(name: str) -> Source:
    """Return a kind of source.

    Raises: SourceRefused.
    """
    if name not in SOURCES:
        raise SourceRefused("“%(value)s” is no source of chance.", params={"value": name}, field="source")
    return SOURCES[name]


def material_line(name: str, reference: str, material: Material) -> str:
    """Check the whole material of a source against its reference and return the line that enters the seed.

    Raises: SourceRefused.
    """
    source = source_named(name)
    source.check_reference(reference)
    if set(material) != set(source.parts):
        raise SourceRefused("The material of the source is not whole.", field="material")
    for part in source.parts:
        if source.check_part(reference, part, material[part]) != material[part]:
            raise SourceRefused("The material of the source is not in canonical form.", field=part)
    return source.line(material)
