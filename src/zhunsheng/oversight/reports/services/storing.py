"""One chunk, one transaction: index rows, contents, lines, occupations, findings and ledger entries, or nothing."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, Final

from django.db import IntegrityError, OperationalError, connection, models, transaction

from zhunsheng.oversight.reports.checks import FoundBy, check_many
from zhunsheng.oversight.reports.format import Parsed, code_of
from zhunsheng.oversight.reports.models import (
    BatchManifest,
    Channel,
    Finding,
    Occupation,
    Report,
    ReportContent,
    ReportFile,
    ReportLine,
)
from zhunsheng.oversight.reports.permissions import Sender
from zhunsheng.oversight.reports.services import rows
from zhunsheng.oversight.reports.services.authenticity import SignedManifest
from zhunsheng.oversight.reports.services.outcomes import Outcome, refused
from zhunsheng.oversight.reports.services.refusals import Refusal
from zhunsheng.oversight.reports.services.senders import KnownBody
from zhunsheng.oversight.reports.services.versions import Version, Versions
from zhunsheng.platform.database.bulk import insert_rows, reserve_ids
from zhunsheng.platform.database.listed import listed
from zhunsheng.platform.database.partitions import ensure_month
from zhunsheng.platform.ledger import promises
from zhunsheng.platform.ledger import services as ledger
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.registry.catalogue.selectors import Vocabulary

KIND: Final = "report"
ATTEMPTS: Final = 6
_PAUSE_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who hands a report in, by which way, under which manifest; `generated` marks made-up ones, None asks the body."""

    sender: Sender
    channel: Channel
    manifest: SignedManifest | None = None
    generated: bool | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that was read and authenticated."""

    parsed: Parsed
    body: KnownBody
    assurance: str
    delivery: Delivery

    @property
    def generated(self) -> bool:
        """Whether the report is made up, by its delivery or else by its body."""
        return self.body.generated if self.delivery.generated is None else self.delivery.generated

    @property
    def manifest(self) -> SignedManifest | None:
        """The manifest that vouches for the report, if one does."""
        manifest = self.delivery.manifest
        return manifest if manifest is not None and manifest.covers(self.parsed.digest, self.body) else None


@dataclass(slots=True)
class _Arrival:
    """A new report on its way into the tables."""

    candidate: Candidate
    version: Version
    findings: Sequence[FoundBy] = ()


def store_chunk(candidates: Sequence[Candidate], at: datetime) -> list[Outcome]:
    """Store what is new of a chunk and return every report's outcome, once committed.

    Two deliveries of the same reports at once meet in the unique constraints: the later one is rolled back and looks
    again, and finds them known. When that does not help, every report is refused and nothing is stored.
    """
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                outcomes = _store(candidates, at)
        except (IntegrityError, OperationalError) as error:
            if connection.in_atomic_block or not _may_pass(error):
                raise
            time.sleep(_PAUSE_SECONDS * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311 - only spreads the load
            continue
        return outcomes
    return [refused(Refusal("try-again")) for _ in candidates]


def _may_pass(error: Exception) -> bool:
    """Return whether the same chunk can go through later: met another delivery, a deadlock or a busy file."""
    if isinstance(error, IntegrityError):
        return True
    text = str(error).lower()
    return "deadlock" in text or "locked" in text or "serialize" in text


def _store(candidates: Sequence[Candidate], at: datetime) -> list[Outcome]:
    versions = Versions([(each.body.id, each.parsed) for each in candidates])
    placed: list[tuple[Candidate, Version]] = []
    arrivals: list[_Arrival] = []
    for candidate in candidates:
        known = versions.known(candidate.parsed.digest)
        if known is None:
            known = versions.arrive(candidate.body.id, candidate.parsed)
            arrivals.append(_Arrival(candidate, known))
        placed.append((candidate, known))
    promised = _write(arrivals, versions, at) if arrivals else {}
    new = {arrival.version.id: arrival for arrival in arrivals}
    old = [version.entry_id for _, version in placed if version.id not in new]
    promised |= _promises_of_stored(old)
    return [_outcome(candidate, version, new.pop(version.id, None), promised) for candidate, version in placed]


def _write(arrivals: list[_Arrival], versions: Versions, at: datetime) -> dict[int, dict[str, Any]]:
    """Write everything of the new reports and return their promises by ledger entry."""
    day = rows.received_on(at)
    ensure_month(ReportContent, day)
    ensure_month(ReportLine, day)
    checked = check_many(
        [arrival.candidate.parsed for arrival in arrivals],
        received_at=at,
        bodies=[arrival.version.body_id for arrival in arrivals],
        stored=versions.stored,
    )
    for arrival, report_id, findings in zip(arrivals, reserve_ids(Report, len(arrivals)), checked, strict=True):
        arrival.version.id = report_id
        arrival.findings = findings
    versions.link([arrival.version for arrival in arrivals])
    entries = ledger.append_many(
        [ledger.NewEntry(KIND, each.version.digest, each.candidate.body.slug, at) for each in arrivals]
    )
    for arrival, entry in zip(arrivals, entries, strict=True):
        arrival.version.entry_id = entry.id
    manifests = _keep_manifests(arrivals, at)
    words = Vocabulary.current()  # read now: while rows are copied, the connection can ask nothing
    insert_rows(Report, rows.REPORT_COLUMNS, (_report_row(each, at, manifests) for each in arrivals))
    insert_rows(ReportContent, rows.CONTENT_COLUMNS, _content_rows(arrivals, day))
    insert_rows(ReportLine, rows.LINE_COLUMNS, _line_rows(arrivals, day, words))
    _insert_any(Occupation, rows.OCCUPATION_COLUMNS, _occupation_rows(arrivals))
    _insert_any(ReportFile, rows.FILE_COLUMNS, _file_rows(arrivals))
    _insert_any(Finding, rows.FINDING_COLUMNS, _finding_rows(arrivals, at))
    _update_stored(versions)
    return {entry.id: promises.promise_for(entry) for entry in entries}


def _insert_any(model: type[models.Model], columns: Sequence[str], made: Iterator[tuple[Any, ...]]) -> None:
    """Write rows of which there may be none: most single reports have no attachment and no finding."""
    first = next(made, None)
    if first is not None:
        insert_rows(model, columns, chain((first,), made))


def _report_row(arrival: _Arrival, at: datetime, manifests: dict[str, int]) -> tuple[Any, ...]:
    candidate, version = arrival.candidate, arrival.version
    report = candidate.parsed.report
    said = rows.derived_of(report)
    manifest = candidate.manifest
    return (
        version.id,
        version.body_id,
        candidate.body.slug,
        version.number,
        version.version,
        version.variant,
        version.digest,
        at,
        said["issued_on"],
        said["tested_from"],
        said["tested_to"],
        said["purpose"],
        version.state,
        version.replaces_id,
        version.withdraws,
        version.points_to,
        candidate.assurance,
        candidate.delivery.channel.value,
        candidate.delivery.sender.user_id,
        None if manifest is None else manifests[manifest.parsed.digest],
        candidate.generated,
        said["object_text"],
        said["producer_text"],
        candidate.body.place.division_code or "",
        said["verdict"],
        said["lines"],
        said["failing"],
        len(arrival.findings),
        max((found.severity for found in arrival.findings), default=0),
        version.entry_id,
        version.held,
        version.registered,
        version.completed_by_id,
    )


def _keep_manifests(arrivals: list[_Arrival], at: datetime) -> dict[str, int]:
    """Keep the batch's manifest once, as evidence of who vouched for its reports; return row by digest."""
    given = (arrival.candidate.delivery.manifest for arrival in arrivals)
    manifests = {one.parsed.digest: one for one in given if one is not None}
    return {digest: _keep_manifest(one, at) for digest, one in manifests.items()}


def _keep_manifest(manifest: SignedManifest, at: datetime) -> int:
    parsed = manifest.parsed
    kept, _ = BatchManifest.objects.get_or_create(
        digest=parsed.digest,
        defaults={
            "body_id": manifest.body.id,
            "key_id": manifest.key.key_id,
            "signed_at": datetime.fromisoformat(parsed.manifest.proof.created),
            "received_at": at,
            "reports": len(parsed.manifest.digests),
            "content": rows.compress(parsed.canonical),
        },
    )
    return kept.pk


def _content_rows(arrivals: list[_Arrival], day: date) -> Iterator[tuple[Any, ...]]:
    for arrival in arrivals:
        yield arrival.version.id, day, rows.compress(arrival.candidate.parsed.canonical)


def _line_rows(arrivals: list[_Arrival], day: date, words: Vocabulary) -> Iterator[tuple[Any, ...]]:
    parameter_id = words.parameter_id
    for arrival in arrivals:
        yield from rows.lines_of(arrival.candidate.parsed.report, arrival.version.id, day, parameter_id)


def _occupation_rows(arrivals: list[_Arrival]) -> Iterator[tuple[Any, ...]]:
    for arrival in arrivals:
        yield from rows.occupations_of(arrival.candidate.parsed.report, arrival.version.id, arrival.version.body_id)


def _file_rows(arrivals: list[_Arrival]) -> Iterator[tuple[Any, ...]]:
    for arrival in arrivals:
        yield from rows.files_of(arrival.candidate.parsed.report, arrival.version.id)


def _finding_rows(arrivals: list[_Arrival], at: datetime) -> Iterator[tuple[Any, ...]]:
    for arrival in arrivals:
        for found in arrival.findings:
            yield (
                arrival.version.id,
                at,
                found.rule,
                found.law_version,
                found.severity,
                found.line,
                found.field,
                found.facts,
            )


def _update_stored(versions: Versions) -> None:
    """Write the new states of stored versions; none of them is ever rewritten otherwise."""
    if versions.changed:
        Report.objects.bulk_update(
            [
                Report(
                    id=each.id,
                    state=each.state,
                    replaces_id=each.replaces_id,
                    completed_by_id=each.completed_by_id,
                )
                for each in versions.changed.values()
            ],
            ["state", "replaces", "completed_by"],
        )


def _promises_of_stored(entries: list[int]) -> dict[int, dict[str, Any]]:
    return (
        {entry.id: promises.promise_for(entry) for entry in Entry.objects.filter(id__in=listed(entries))}
        if entries
        else {}
    )


def _outcome(
    candidate: Candidate, version: Version, arrival: _Arrival | None, promised: dict[int, dict[str, Any]]
) -> Outcome:
    return Outcome(
        "known" if arrival is None else "accepted",
        digest=version.digest,
        code=code_of(version.registered or version.digest),
        body=candidate.body.slug,
        number=version.number,
        version=version.version,
        variant=version.variant,
        assurance=candidate.assurance,
        report_id=version.id,
        entry_id=version.entry_id,
        promise=promised.get(version.entry_id),
        findings=tuple(arrival.findings) if arrival is not None else (),
    )
