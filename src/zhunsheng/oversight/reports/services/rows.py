"""The rows that one report becomes, in the order of the bulk columns."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

import lz4.block
from msgspec import UNSET, UnsetType

from zhunsheng.oversight.reports.checks.archive import LONGEST_STAY
from zhunsheng.oversight.reports.format import Parsed, day_of, moment_of
from zhunsheng.oversight.reports.format import Report as StatedReport
from zhunsheng.oversight.reports.format.moments import is_moment
from zhunsheng.oversight.reports.rules.words import read_verdict
from zhunsheng.platform.documents import files

exact_moment: Final = lru_cache(maxsize=8192)(moment_of)

REPORT_COLUMNS: Final = (
    "id",
    "body_id",
    "body_slug",
    "number",
    "version",
    "variant",
    "digest",
    "received_at",
    "issued_on",
    "tested_from",
    "tested_to",
    "purpose",
    "state",
    "replaces_id",
    "withdraws",
    "points_to",
    "assurance",
    "channel",
    "submitted_by_id",
    "manifest_id",
    "generated",
    "object_text",
    "producer_text",
    "division_code",
    "verdict",
    "lines",
    "failing",
    "findings",
    "worst",
    "entry_id",
    "held",
    "registered",
    "completed_by_id",
)
CONTENT_COLUMNS: Final = ("report_id", "received_on", "bytes")
LINE_COLUMNS: Final = (
    "report_id",
    "line",
    "received_on",
    "parameter_text",
    "parameter_id",
    "method_text",
    "value_text",
    "unit",
    "verdict_text",
    "verdict",
)
OCCUPATION_COLUMNS: Final = ("report_id", "body_id", "kind", "code", "site", "started", "finished")
FILE_COLUMNS: Final = ("report_id", "kind", "sha256", "kept")
FINDING_COLUMNS: Final = ("report_id", "found_at", "rule", "law_version", "severity", "line", "field", "facts")


def compress(canonical: bytes) -> bytes:
    """Return the canonical bytes as one lz4 block with its size in front."""
    return bytes(lz4.block.compress(canonical))


def decompress(stored: bytes) -> bytes:
    """Return the canonical bytes of a stored block. Raises: lz4.block.LZ4BlockError when it is damaged."""
    return bytes(lz4.block.decompress(stored))


def received_on(at: datetime) -> date:
    """Return the day (UTC) by which contents and lines are kept in monthly parts."""
    return at.astimezone(UTC).date()


def name_of(number: str, version: int) -> str:
    """Return how a pointer names a version by its number."""
    return f"{number}#{version}"


def pointer_of(report: StatedReport) -> str:
    """Return what a report says it replaces: a digest, or number and version; empty when nothing."""
    replaces = report.replaces
    if replaces is UNSET:
        return ""
    if replaces.digest is not UNSET:
        return replaces.digest
    return name_of(report.number if replaces.number is UNSET else replaces.number, replaces.version)


def text(value: str | UnsetType) -> str:
    """Return a text of the format, empty where it is absent."""
    return "" if value is UNSET else value


def _day(value: str | UnsetType) -> date | None:
    return None if value is UNSET else day_of(value)


def dates_of(report: StatedReport) -> tuple[date | None, date | None, date | None]:
    """Return the day of issue and the first and last day of testing, None where the report does not state them."""
    dates = report.dates
    issued = first = last = None
    if dates is not UNSET:
        issued, first, last = _day(dates.issued), _day(dates.started), _day(dates.finished)
    if first is None:
        first = min((day_of(each.started) for each in report.results if each.started is not UNSET), default=None)
    if last is None:
        last = max((day_of(each.finished) for each in report.results if each.finished is not UNSET), default=None)
    return issued, first or last, last or first


def object_of(report: StatedReport) -> str:
    """Return what was tested: the test object, else the item's own name."""
    sample = report.sample
    if sample is UNSET:
        return ""
    return text(sample.object) or text(sample.name)


def producer_of(report: StatedReport) -> str:
    """Return the producer's name, empty where the report names none."""
    return "" if report.producer is UNSET else text(report.producer.name)


def verdict_of(words: str | UnsetType) -> str:
    """Return what printed words of judgement mean: pass, fail, undecided, or empty."""
    return (read_verdict(words) or "") if words is not UNSET else ""


def registered_of(parsed: Parsed) -> str:
    """Return the digest of the full data that a registration states, empty for anything else."""
    return "" if parsed.registration is None else text(parsed.registration.content)


def derived_of(report: StatedReport) -> dict[str, Any]:
    """Return the columns of the index row that the report itself states."""
    issued, first, last = dates_of(report)
    return {
        "number": report.number,
        "version": report.version,
        "issued_on": issued,
        "tested_from": first,
        "tested_to": last,
        "purpose": text(report.purpose),
        "withdraws": report.replaces is not UNSET and report.replaces.kind == "withdrawal",
        "points_to": pointer_of(report),
        "object_text": object_of(report),
        "producer_text": producer_of(report),
        "verdict": verdict_of(report.conclusion),
        "lines": len(report.results),
        "failing": sum(1 for each in report.results if verdict_of(each.verdict) == "fail"),
    }


def lines_of(
    report: StatedReport, report_id: int, day: date, parameter_id: Callable[[str], int | None]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the result lines; `parameter_id` finds a parameter of the catalogue by name or code."""
    for place, result in enumerate(report.results, start=1):
        parameter = None if result.parameter_code is UNSET else parameter_id(result.parameter_code)
        verdict = result.verdict
        yield (
            report_id,
            place,
            day,
            result.parameter,
            parameter_id(result.parameter) if parameter is None else parameter,
            "" if result.method is UNSET else result.method,
            "" if result.value is UNSET else result.value,
            "" if result.unit is UNSET else result.unit,
            "" if verdict is UNSET else verdict,
            verdict_of(verdict),
        )


def occupations_of(report: StatedReport, report_id: int, body_id: int) -> Iterator[tuple[Any, ...]]:
    """Yield who and what was at work at a stated site, once each.

    Only exact times of the body's own work say something about two places at once.
    """
    if report.site is UNSET:
        return
    seen: set[tuple[str, str, str, str]] = set()
    for result in report.results:
        start, end = result.started, result.finished
        if start is UNSET or end is UNSET or result.subcontractor is not UNSET:
            continue
        if result.analyst is not UNSET:
            seen.add(("person", result.analyst, start, end))
        if result.instrument is not UNSET:
            seen.add(("instrument", result.instrument, start, end))
    for kind, code, start, end in seen:
        if is_moment(start) and is_moment(end):
            started, finished = exact_moment(start), exact_moment(end)
            if started < finished <= started + LONGEST_STAY:
                yield report_id, body_id, kind, code, report.site, started, finished


def files_of(report: StatedReport, report_id: int) -> Iterator[tuple[Any, ...]]:
    """Yield the attachments that a report names, once each, and whether the file store holds them."""
    for sha256 in dict.fromkeys(attachment.sha256 for attachment in report.attachments):
        yield report_id, "attachment", sha256, files.exists(sha256)
