"""One request with one report: its attachments kept first, its Idempotency-Key honoured, its seal waited for."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO, Final

import msgspec
from django.db import IntegrityError, transaction

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.models import Channel, Finding, IdempotencyKey, ReportFile
from zhunsheng.oversight.reports.permissions import Sender
from zhunsheng.oversight.reports.services.checking import in_words
from zhunsheng.oversight.reports.services.intake import Item, receive_chunks
from zhunsheng.oversight.reports.services.one_by_one import receive_one
from zhunsheng.oversight.reports.services.outcomes import Outcome
from zhunsheng.oversight.reports.services.refusals import Refusal, as_problem
from zhunsheng.platform.documents import files
from zhunsheng.platform.ledger import selectors as ledger

LONGEST_WAIT: Final = 30.0
_POLL_SECONDS: Final = 0.05
_line: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request is answered: an HTTP status and a JSON object; `replayed` when a key brought it back."""

    status: int
    body: dict[str, Any]
    replayed: bool = False


def submit(
    raw: bytes,
    *,
    sender: Sender,
    channel: Channel,
    at: datetime,
    key: str = "",
    wait_seconds: float = 0.0,
    language: str = "en",
    now: Callable[[], float] = time.monotonic,
) -> Reply:
    """Take in one report and return the reply to its sender, with the findings in words.

    Args:
        key: the sender's Idempotency-Key; the same key with the same report gets the same reply again.
        wait_seconds: how long to wait for the seal, at most 30.
    """
    fingerprint = hashlib.sha256(raw).hexdigest()
    if key:
        earlier = IdempotencyKey.objects.filter(principal=sender.principal, key=key).first()
        if earlier is not None:
            return _replay(earlier, fingerprint)
    outcome = receive_one(raw, sender=sender, channel=channel, at=at)
    if outcome.kept and (wait_seconds > 0 or outcome.status == "known"):  # what came just now is not sealed yet
        outcome = with_receipt(outcome, until=now() + min(max(wait_seconds, 0.0), LONGEST_WAIT), now=now)
    answer = outcome.as_answer(language=language)
    if outcome.kept:
        new = outcome.status == "accepted"
        found = outcome.findings if new else Finding.objects.filter(report_id=outcome.report_id or 0).order_by("pk")
        answer["findings"] = [in_words(one, language) for one in found]
    reply = Reply(outcome.http_status, answer)
    if key and outcome.kept:
        _remember(sender, key, fingerprint, reply, at)
    return reply


def with_receipt(outcome: Outcome, *, until: float, now: Callable[[], float] = time.monotonic) -> Outcome:
    """Return the outcome with its receipt in place of the promise, waiting for the seal until a time of `now`."""
    while outcome.entry_id is not None:
        receipt = ledger.receipt_for(outcome.entry_id)
        if receipt is not None:
            return replace(outcome, receipt=receipt, promise=None)
        if now() >= until:
            break
        time.sleep(_POLL_SECONDS)
    return outcome


def keep_attachment(content: BinaryIO | bytes, media_type: str | None) -> dict[str, Any]:
    """Keep a file that a report names or will name, and return its digest, type and size.

    Raises: FileTooLarge, FileRefused, ArchiveRefused.
    """
    stored = files.store(content, media_type)
    ReportFile.objects.filter(sha256=stored.sha256, kind=ReportFile.Kind.ATTACHMENT, kept=False).update(kept=True)
    return {"sha256": stored.sha256, "media_type": stored.media_type, "bytes": stored.bytes}


def keep_rendering(report_id: int, sha256: str) -> None:
    """Remember a file that was made of a report, so that a dropped copy of it is recognised."""
    ReportFile.objects.get_or_create(
        report_id=report_id, kind=ReportFile.Kind.RENDERING, sha256=sha256, defaults={"kept": False}
    )


def answer_lines(
    items: Iterable[Item], *, sender: Sender, channel: Channel, clock: Callable[[], datetime], language: str
) -> Iterator[bytes]:
    """Yield the NDJSON answers to a batch, a chunk at a time, in order; a refusal of the rest is the last line."""
    count = 0
    try:
        for outcomes in receive_chunks(items, sender=sender, channel=channel, at=clock):
            answers = [
                _line(each.as_answer(line=line, language=language)) for line, each in enumerate(outcomes, count + 1)
            ]
            count += len(outcomes)
            yield b"\n".join(answers) + b"\n"
    except DomainError as error:
        yield _line({"outcome": "ended", **as_problem(error, language=language)}) + b"\n"


def _replay(earlier: IdempotencyKey, fingerprint: str) -> Reply:
    if earlier.request_digest != fingerprint:
        refusal = Refusal("idempotency-key-reused", "Idempotency-Key")
        return Reply(refusal.status, as_problem(refusal))
    return Reply(200, earlier.answer, replayed=True)


def _remember(sender: Sender, key: str, fingerprint: str, reply: Reply, at: datetime) -> None:
    answer = json.loads(json.dumps(reply.body))
    try:
        with transaction.atomic():
            IdempotencyKey.objects.create(
                principal=sender.principal,
                key=key,
                request_digest=fingerprint,
                status=reply.status,
                answer=answer,
                at=at,
            )
    except IntegrityError:  # the same key at once from another thread: its reply stands
        return
