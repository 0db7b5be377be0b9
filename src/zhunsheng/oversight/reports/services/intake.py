"""Taking reports in: read, authenticate, recognise, check, store, acknowledge; a chunk is one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


def take_in(read: Sequence[tuple[Parsed, Delivery]], at: datetime) -> list[Outcome]:
    """Authenticate, check and store reports that were read, in one transaction, and return their outcomes in order.

    Each is authenticated by its own delivery. All are judged by the registers as they stand when this begins.
    """
    with read_together():
        bodies = BodyIndex(parsed.report.body for parsed, _ in read)
        seals = SealIndex(bodies.ids)
        judged = [_authenticated(parsed, delivery, bodies, seals, at) for parsed, delivery in read]
        candidates = [each for each in judged if isinstance(each, Candidate)]
        stored = iter(store_chunk(candidates, at) if candidates else ())
        return [next(stored) if isinstance(each, Candidate) else each for each in judged]


def _authenticated(
    parsed: Parsed, delivery: Delivery, bodies: BodyIndex, seals: SealIndex, at: datetime
) -> Candidate | Outcome:
    try:
        body = bodies.of(parsed.report.body)
        assurance = assurance_of(parsed, body, delivery.sender, delivery.channel, delivery.manifest, at)
        if assurance is Assurance.ACCOUNT and seals.vouch_for(parsed, body):
            assurance = Assurance.ESEAL
    except DomainError as problem:
        return refused(problem)
    return Candidate(parsed, body, assurance, delivery)


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
        """Return the outcomes of one chunk, in order."""
        outcomes: list[Outcome | None] = [None] * len(items)
        read: list[tuple[int, Parsed]] = []
        for place, item in enumerate(items):
            first, self.begun = not self.begun, True
            found = self._read(item, at, first=first)
            if isinstance(found, Parsed):
                read.append((place, found))
            else:
                outcomes[place] = found
        delivery = Delivery(self.sender, self.channel, self.manifest, self.generated)
        taken = take_in([(parsed, delivery) for _, parsed in read], at)
        for (place, _), outcome in zip(read, taken, strict=True):
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
