"""Read a report or a manifest: one fast pass over sound documents, an exact one that names what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import UNSET

from .characters import looks_clean
from .diagnosis import explain, refuse_second_keys
from .exact import check_manifest, check_report
from .fast import surely_sound
from .problems import FormatProblem
from .structs import Manifest, Proof, Report

DEFAULT_LIMITS: Final[Mapping[str, int]] = {"report_bytes": 1024 * 1024, "report_depth": 16, "report_lines": 5000}
MANIFEST_REPORTS: Final = 64
"""A manifest may be as large as this many reports."""

_report_decoder: Final = msgspec.json.Decoder(Report)
_manifest_decoder: Final = msgspec.json.Decoder(Manifest)
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report that was read: `canonical` is RFC 8785 of the whole document, `digest` of all but its proof."""

    report: Report
    canonical: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class ParsedManifest:
    """A manifest that was read, in the same way."""

    manifest: Manifest
    canonical: bytes
    digest: str


def read_report(raw: bytes, *, limits: Mapping[str, int] = DEFAULT_LIMITS) -> Parsed:
    """Read one report from JSON.

    Args:
        limits: `report_bytes`, `report_depth` and `report_lines`.
    Raises: FormatProblem, with field, rule and remedy, for anything that isn't a sound report.
    """
    report, canonical = validated(raw, limits)
    return Parsed(report, canonical, _digest(canonical, report.proof))


def validated(raw: bytes, limits: Mapping[str, int] = DEFAULT_LIMITS) -> tuple[Report, bytes]:
    """Return a sound report with its RFC 8785 bytes, not yet hashed. Raises: FormatProblem."""
    if len(raw) > limits["report_bytes"]:
        raise FormatProblem("size", limit=limits["report_bytes"], found=len(raw))
    try:
        report = _report_decoder.decode(raw)
        canonical = _encode(report)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise explain(raw, error, limits["report_depth"]) from error
    if len(report.results) > limits["report_lines"]:
        raise FormatProblem("lines", "results", limit=limits["report_lines"], found=len(report.results))
    if raw != canonical:
        refuse_second_keys(raw, canonical)
    if not (surely_sound(report) and looks_clean(canonical)):
        check_report(report)
    return report, canonical


def read_manifest(raw: bytes, *, limits: Mapping[str, int] = DEFAULT_LIMITS) -> ParsedManifest:
    """Read the signed manifest of a batch. Raises: FormatProblem."""
    largest = MANIFEST_REPORTS * limits["report_bytes"]
    if len(raw) > largest:
        raise FormatProblem("size", limit=largest, found=len(raw))
    try:
        manifest = _manifest_decoder.decode(raw)
        canonical = _encode(manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise explain(raw, error, limits["report_depth"]) from error
    if raw != canonical:
        refuse_second_keys(raw, canonical)
    check_manifest(manifest)
    return ParsedManifest(manifest, canonical, _digest(canonical, manifest.proof))


def canonical_of(document: Report | Manifest) -> bytes:
    """Return the RFC 8785 bytes of a structure, its proof included."""
    return _encode(document)


def _digest(canonical: bytes, proof: Proof | msgspec.UnsetType) -> str:
    """Hash the document without its proof, which is cut out of the canonical bytes.

    The cut is exact: an unescaped `,"proof":` can't stand inside a string, and no nested structure has that field.
    """
    if proof is not UNSET:
        canonical = canonical.replace(b',"proof":' + _encode(proof), b"", 1)
    return sha256(canonical).hexdigest()
