"""Taking reports in: read, authenticate, recognise, check, store, acknowledge; a chunk is one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from django.conf import settings

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.format import (
    BATCH_FORMAT,
    FormatProblem,
    Parsed,
    read_manifest,
    read_report,
)
from zhunsheng.oversight.reports.models import Assurance, Channel
from zhunsheng.oversight.reports.permissions import Sender
from zhunsheng.oversight.reports.services.authenticity import SignedManifest, assurance_of, verify_manifest
from zhunsheng.oversight.reports.services.outcomes import Outcome, refused
from zhunsheng.oversight.reports.services.refusals import Refusal
from zhunsheng.oversight.reports.services.sealed_files import SealIndex
from zhunsheng.oversight.reports.services.senders import BodyIndex, body_of_key
from zhunsheng.oversight.reports.services.storing import Candidate, Delivery, store_chunk
from zhunsheng.platform.database.marks import read_together

CHUNK: Final = 1000
FIRST_CHUNK: Final = 64
"""The first transaction is smaller, the next four times as large and so on: a sender soon sees the first answers."""
Item = bytes | Parsed | DomainError | None
"""One line of a batch; an error found on the way in; None asks to answer at once what has come so far."""

_MANIFEST_MARK: Final = BATCH_FORMAT.encode()


def receive_many(
    items: Iterable[Item],
    *,
    sender: Sender,
    channel: Channel | str,
    at: datetime | Callable[[], datetime],
    chunk: int = CHUNK,
    generated: bool | None = None,
) -> Iterator[Outcome]:
    """Take in any number of reports and answer each in order once it is committed.

    Args:
        items: the JSON of one report each (or reports already read); the first may be a signed manifest.
        sender: who hands them in; every report is refused that the sender may not hand in.
        at: the time of receipt, or a clock that a long stream asks for each chunk.
        chunk: how many reports one transaction holds.
        generated: True marks made-up reports of real bodies; else the body decides.
    Yields: one Outcome per item, in order. A report whose outcome was yielded as kept is on disk.
    """
    for outcomes in receive_chunks(items, sender=sender, channel=channel, at=at, chunk=chunk, generated=generated):
        yield from outcomes


def receive_chunks(
    items: Iterable[Item],
    *,
    sender: Sender,
    channel: Channel | str,
    at: datetime | Callable[[], datetime],
    chunk: int = CHUNK,
    generated: bool | None = None,
) -> Iterator[list[Outcome]]:
    """Do what `receive_many` does, and yield the outcomes of each committed chunk together.

    Raises: whatever `items` raises; reports that came before it in an unfinished chunk are then not taken in.
    """
    clock = at if callable(at) else partial(_same, at)
    intake = _Intake(sender, Channel(channel), generated)
    waiting: list[Item] = []
    size = min(chunk, FIRST_CHUNK)
    for item in items:
        if item is not None:
            waiting.append(item)
        if waiting and (item is None or len(waiting) >= size):
            yield intake.take(waiting, clock())
            waiting, size = [], min(chunk, 4 * size)
    if waiting:
        yield intake.take(waiting, clock())


def receive_one(raw: bytes | Parsed, *, sender: Sender, channel: Channel | str, at: datetime) -> Outcome:
    """Take in one report and return what became of it, once it is committed."""
    return next(receive_many([raw], sender=sender, channel=channel, at=at))


def is_manifest(raw: bytes) -> bool:
    """Return whether a line means to be a batch's manifest and not a report."""
    return _MANIFEST_MARK in raw and b'"digests"' in raw


def _same(at: datetime) -> datetime:
    return at


class _Intake:
    """One delivery: its sender and, once read, its manifest."""

    def __init__(self, sender: Sender, channel: Channel, generated: bool | None) -> None:
        self.sender = sender
        self.channel = channel
        self.generated = generated
        self.manifest: SignedManifest | None = None
        self.manifest_refused = False
        self.begun = False
        self.limits: Mapping[str, int] = settings.ZHUNSHENG_LIMITS

    def take(self, items: list[Item], at: datetime) -> list[Outcome]:
        """Return the outcomes of one chunk, in order, all judged by the registers as they stand when it begins."""
        with read_together():
            return self._take(items, at)

    def _take(self, items: list[Item], at: datetime) -> list[Outcome]:
        outcomes: list[Outcome | None] = [None] * len(items)
        read: list[tuple[int, Parsed]] = []
        for place, item in enumerate(items):
            first, self.begun = not self.begun, True
            found = self._read(item, at, first=first)
            if isinstance(found, Parsed):
                read.append((place, found))
            else:
                outcomes[place] = found
        candidates = self._authenticate(read, outcomes, at)
        if candidates:
            delivery = Delivery(self.sender, self.channel, at, self.manifest)
            stored = store_chunk([candidate for _, candidate in candidates], delivery)
            for (place, _), outcome in zip(candidates, stored, strict=True):
                outcomes[place] = outcome
        return [outcome for outcome in outcomes if outcome is not None]

    def _read(self, item: Item, at: datetime, *, first: bool) -> Parsed | Outcome:
        if isinstance(item, Parsed):
            return item
        if isinstance(item, DomainError):
            return refused(item)
        if self.manifest_refused:
            return refused(Refusal("manifest-refused"))
        raw = item or b""
        try:
            if is_manifest(raw):
                return self._take_manifest(raw, at, first=first)
            return read_report(raw, limits=self.limits)
        except FormatProblem as problem:
            return refused(problem)

    def _take_manifest(self, raw: bytes, at: datetime, *, first: bool) -> Outcome:
        try:
            if not first:
                raise Refusal("manifest-not-first")
            parsed = read_manifest(raw, limits=self.limits)
            body = body_of_key(parsed.manifest.proof.key)
            self.manifest = verify_manifest(parsed, body, self.sender, at)
        except DomainError as problem:
            self.manifest_refused = first
            return refused(problem)
        return Outcome("manifest", digest=parsed.digest, body=body.slug)

    def _authenticate(
        self, read: list[tuple[int, Parsed]], outcomes: list[Outcome | None], at: datetime
    ) -> list[tuple[int, Candidate]]:
        bodies = BodyIndex(parsed.report.body for _, parsed in read)
        seals = SealIndex(bodies.ids)
        candidates: list[tuple[int, Candidate]] = []
        for place, parsed in read:
            try:
                body = bodies.of(parsed.report.body)
                assurance = assurance_of(parsed, body, self.sender, self.channel, self.manifest, at)
                if assurance is Assurance.ACCOUNT and seals.vouch_for(parsed, body):
                    assurance = Assurance.ESEAL
            except DomainError as problem:
                outcomes[place] = refused(problem)
                continue
            generated = body.generated if self.generated is None else self.generated
            candidates.append((place, Candidate(parsed, body, assurance, generated)))
        return candidates
