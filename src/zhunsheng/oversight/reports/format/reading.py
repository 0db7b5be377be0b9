"""Read a report or a manifest: one fast pass over sound documents, an exact one that names what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import UNSET

from .characters import looks_clean
from .diagnosis import explain, refuse_second_keys
from .exact import check_manifest, check_registration, check_report
from .fast import surely_sound
from .problems import FormatProblem
from .structs import (
    FORMAT,
    REGISTRATION_FORMAT,
    Attachment,
    Dates,
    IssuedFile,
    Manifest,
    Proof,
    Registration,
    Report,
)

DEFAULT_LIMITS: Final[Mapping[str, int]] = {"report_bytes": 1024 * 1024, "report_depth": 16, "report_lines": 5000}
MANIFEST_REPORTS: Final = 64
"""A manifest may be as large as this many reports."""

_report_decoder: Final = msgspec.json.Decoder(Report)
_registration_decoder: Final = msgspec.json.Decoder(Registration)
_manifest_decoder: Final = msgspec.json.Decoder(Manifest)
_REGISTERS: Final = REGISTRATION_FORMAT.encode()
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report that was read: `canonical` is RFC 8785 of the whole document, `digest` of all but its proof.

    Where only number and digest were registered, `registration` is the document and `report` what it says as a report.
    """

    report: Report
    canonical: bytes
    digest: str
    registration: Registration | None = None

    @property
    def form(self) -> str:
        """The name of the format of the document, which its signature covers, too."""
        return FORMAT if self.registration is None else REGISTRATION_FORMAT


@dataclass(frozen=True, slots=True)
class ParsedManifest:
    """A manifest that was read, in the same way."""

    manifest: Manifest
    canonical: bytes
    digest: str


def read_report(raw: bytes, *, limits: Mapping[str, int] = DEFAULT_LIMITS) -> Parsed:
    """Read one report, or the registration of one, from JSON.

    Args:
        limits: `report_bytes`, `report_depth` and `report_lines`.
    Raises: FormatProblem, with field, rule and remedy, for anything that isn't a sound report.
    """
    if _REGISTERS in raw and _says_registration(raw):
        return _read_registration(raw, limits)
    report, canonical = validated(raw, limits)
    return Parsed(report, canonical, _digest(canonical, report.proof))


class _Named(msgspec.Struct):
    """A document of which only the format is looked at."""

    format: str = ""


def _says_registration(raw: bytes) -> bool:
    try:
        return msgspec.json.decode(raw, type=_Named).format == REGISTRATION_FORMAT
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def _read_registration(raw: bytes, limits: Mapping[str, int]) -> Parsed:
    if len(raw) > limits["report_bytes"]:
        raise FormatProblem("size", limit=limits["report_bytes"], found=len(raw))
    try:
        registration = _registration_decoder.decode(raw)
        canonical = _encode(registration)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise explain(raw, error, limits["report_depth"]) from error
    if raw != canonical:
        refuse_second_keys(raw, canonical)
    check_registration(registration)
    return Parsed(as_report(registration), canonical, _digest(canonical, registration.proof), registration)


def as_report(registration: Registration) -> Report:
    """Return what a registration says as a report: no lines, and the issued files as attachments that aren't kept."""
    return Report(
        attachments=tuple(map(_attachment, registration.files)),
        body=registration.body,
        business=registration.business,
        dates=Dates(issued=registration.issued),
        format="zhunsheng-report/1",
        number=registration.number,
        proof=registration.proof,
        replaces=registration.replaces,
        version=registration.version,
    )


def _attachment(file: IssuedFile) -> Attachment:
    return Attachment(
        bytes=0 if file.bytes is UNSET else file.bytes,
        media_type="application/octet-stream" if file.media_type is UNSET else file.media_type,
        sha256=file.sha256,
    )


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


def canonical_of(document: Report | Registration | Manifest) -> bytes:
    """Return the RFC 8785 bytes of a structure, its proof included."""
    return _encode(document)


def _digest(canonical: bytes, proof: Proof | msgspec.UnsetType) -> str:
    """Hash the document without its proof, which is cut out of the canonical bytes.

    The cut is exact: an unescaped `,"proof":` can't stand inside a string, and no nested structure has that field.
    """
    if proof is not UNSET:
        canonical = canonical.replace(b',"proof":' + _encode(proof), b"", 1)
    return sha256(canonical).hexdigest()
