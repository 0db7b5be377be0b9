"""The reports' part of the ledger's audit: what is stored is what was sealed, down to line and attachment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import lz4.block
from msgspec import UNSET

from zhunsheng.foundation import signing
from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.format import (
    BATCH_FORMAT,
    Parsed,
    Proof,
    read_manifest,
    read_report,
    signed_bytes,
)
from zhunsheng.oversight.reports.models import BatchManifest, Report, ReportContent, ReportFile, ReportLine
from zhunsheng.oversight.reports.services import rows
from zhunsheng.oversight.reports.services.storing import KIND
from zhunsheng.platform.documents import files
from zhunsheng.platform.ledger.services import AuditedEntry, Difference, register_auditor
from zhunsheng.registry.bodies.models import BodyKey

_NO_LIMITS: Final = {
    "report_bytes": 1 << 62,
    "report_depth": 1 << 30,
    "report_lines": 1 << 62,
    "manifest_bytes": 1 << 62,
}
_CONTENT: Final = "reports_reportcontent.bytes"
_TEXT_COLUMNS: Final = ("parameter_text", "method_text", "value_text", "unit", "verdict_text", "verdict")


def register() -> None:
    """Let the ledger's audit prove reports, too."""
    register_auditor(KIND, audit_reports)


def audit_reports(entries: Sequence[AuditedEntry]) -> Iterator[Difference]:
    """Yield every difference between these log entries and the stored reports, in log order.

    Each content must unpack to its sealed digest, its proof or manifest must still verify, the index row and the
    result lines must say what the content says, and every kept attachment must have its digest.
    """
    batch = _Batch(entries)
    for entry in entries:
        if entry.kind == KIND:
            yield from batch.differences(entry)
    yield from batch.reports_without_entries()


@dataclass(frozen=True, slots=True)
class _Stored:
    """One report row with what hangs on it."""

    report: Report
    packed: Sequence[bytes]
    lines: Sequence[ReportLine]
    files: Sequence[ReportFile]


class _Batch:
    """The stored side of a batch of entries, read in a constant number of queries."""

    def __init__(self, entries: Sequence[AuditedEntry]) -> None:
        self._entries = entries
        reports = list(Report.objects.filter(digest__in=[entry.subject for entry in entries]))
        ids = [report.pk for report in reports]
        days = {rows.received_on(report.received_at) for report in reports}
        packed = _grouped(ReportContent.objects.filter(report_id__in=ids, received_on__in=days))
        lines = _grouped(ReportLine.objects.filter(report_id__in=ids, received_on__in=days).order_by("line"))
        kept = _grouped(ReportFile.objects.filter(report_id__in=ids, kind=ReportFile.Kind.ATTACHMENT))
        self._stored = {
            each.digest: _Stored(
                each,
                [bytes(content.bytes) for content in packed.get(each.pk, ())],
                lines.get(each.pk, []),
                kept.get(each.pk, []),
            )
            for each in reports
        }
        self._keys = {
            key.key_id: key for key in BodyKey.objects.filter(body_id__in={report.body_id for report in reports})
        }
        manifests = BatchManifest.objects.filter(pk__in={each.manifest_id for each in reports if each.manifest_id})
        self._manifests = {manifest.pk: _Manifest(manifest, self._keys) for manifest in manifests}

    def differences(self, entry: AuditedEntry) -> Iterator[Difference]:
        """Yield where what is stored of a sealed report, or its content, no longer agrees with the log."""
        stored = self._stored.get(entry.subject)
        if stored is None:
            yield _different(entry, "reports_report", f"no report has the sealed digest {entry.subject}", "")
            return
        number = stored.report.number
        parsed = self._content(stored)
        if isinstance(parsed, str):
            yield _different(entry, _CONTENT, parsed, number)
            return
        if parsed.digest != entry.subject:
            yield _different(entry, _CONTENT, f"the content has the digest {parsed.digest}", number)
            return
        for place, message in self._faults(entry, stored, parsed):
            yield _different(entry, place, message, number)

    def _content(self, stored: _Stored) -> Parsed | str:
        if len(stored.packed) != 1:
            return f"{len(stored.packed)} contents are stored instead of one"
        try:
            canonical = rows.decompress(stored.packed[0])
            parsed = read_report(canonical, limits=_NO_LIMITS)
        except lz4.block.LZ4BlockError:
            return "the content cannot be unpacked"
        except DomainError as error:
            return f"the content is no report: {error}"
        return parsed if parsed.canonical == canonical else "the content is not in its canonical form"

    def _faults(self, entry: AuditedEntry, stored: _Stored, parsed: Parsed) -> Iterator[tuple[str, str]]:
        yield from _index_faults(entry, stored.report, parsed)
        yield from _line_faults(stored, parsed)
        yield from self._proof_faults(stored.report, parsed)
        named = {attachment.sha256 for attachment in parsed.report.attachments}
        if named != {file.sha256 for file in stored.files}:
            yield "reports_reportfile", "the attachments are not those that the content names"
        for file in stored.files:
            if file.kept:
                yield from _file_faults(file.sha256)

    def _proof_faults(self, report: Report, parsed: Parsed) -> Iterator[tuple[str, str]]:
        proof = parsed.report.proof
        if proof is not UNSET and not _holds(proof, parsed.form, parsed.digest, self._keys):
            yield _CONTENT, f"the signature by {proof.key} no longer holds"
        if report.manifest_id is not None:
            manifest = self._manifests.get(report.manifest_id)
            if manifest is None or not manifest.vouches_for(report.digest):
                yield "reports_batchmanifest.content", "the manifest no longer vouches for this report"

    def reports_without_entries(self) -> Iterator[Difference]:
        """Yield the reports whose entry lies among these but was sealed for something else."""
        subjects = {entry.id: entry.subject for entry in self._entries}
        for pk, number, digest, entry_id in Report.objects.filter(entry_id__in=subjects).values_list(
            "pk", "number", "digest", "entry_id"
        ):
            if subjects[entry_id] != digest:
                message = f"report {pk} points to an entry that sealed {subjects[entry_id]}"
                yield Difference("reports_report.digest", message, key=number)


class _Manifest:
    """A stored manifest, verified once."""

    def __init__(self, stored: BatchManifest, keys: Mapping[str, BodyKey]) -> None:
        self._digests: frozenset[str] = frozenset()
        try:
            parsed = read_manifest(rows.decompress(bytes(stored.content)), limits=_NO_LIMITS)
        except (lz4.block.LZ4BlockError, DomainError):
            return
        if parsed.digest == stored.digest and _holds(parsed.manifest.proof, BATCH_FORMAT, parsed.digest, keys):
            self._digests = frozenset(parsed.manifest.digests)

    def vouches_for(self, digest: str) -> bool:
        return digest in self._digests


def _holds(proof: Proof, document_format: str, digest: str, keys: Mapping[str, BodyKey]) -> bool:
    key = keys.get(proof.key)
    message = signed_bytes(document_format, proof.key, proof.created, digest)
    return key is not None and signing.verify(key.algorithm, key.public_key, message, proof.signature)


def _index_faults(entry: AuditedEntry, report: Report, parsed: Parsed) -> Iterator[tuple[str, str]]:
    expected = rows.derived_of(parsed.report)
    expected |= {"held": parsed.registration is None, "registered": rows.registered_of(parsed)}
    expected |= {"entry_id": entry.id, "body_slug": entry.body, "received_at": entry.at}
    for column, value in expected.items():
        found = getattr(report, column)
        if found != value:
            yield f"reports_report.{column}", f"the index says {found!r}, what was sealed says {value!r}"


def _line_faults(stored: _Stored, parsed: Parsed) -> Iterator[tuple[str, str]]:
    expected = parsed.report.results
    if len(stored.lines) != len(expected):
        yield "reports_reportline", f"{len(stored.lines)} lines are stored, the content has {len(expected)}"
        return
    if not expected:  # a withdrawal, or a registration by digest alone
        return
    for line, row in zip(
        stored.lines, rows.lines_of(parsed.report, 0, stored.lines[0].received_on, _nothing), strict=True
    ):
        said = dict(zip(rows.LINE_COLUMNS, row, strict=True))
        if line.line != said["line"]:
            yield "reports_reportline.line", f"line {said['line']} is stored as {line.line}"
        for column in _TEXT_COLUMNS:
            if getattr(line, column) != said[column]:
                found = getattr(line, column)
                yield f"reports_reportline.{column}", f"line {line.line} says {found!r}, the content {said[column]!r}"


def _nothing(_name: str) -> None:
    return None


def _file_faults(sha256: str) -> Iterator[tuple[str, str]]:
    try:
        files.prove(sha256)
    except DomainError as error:
        yield f"files/sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}", str(error)


def _different(entry: AuditedEntry, place: str, message: str, number: str) -> Difference:
    return Difference(place, message, leaf_index=entry.leaf_index, key=f"report {number}" if number else "")


def _grouped(found: Any, key: Callable[[Any], int] = lambda row: row.report_id) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for row in found:
        groups.setdefault(key(row), []).append(row)
    return groups
