"""The draws' part of the ledger's audit: what is stored is what was sealed."""

import json
from collections.abc import Iterator, Sequence

from zhunsheng.foundation.draws import frames, transcripts
from zhunsheng.foundation.draws.verifying import verify
from zhunsheng.platform.draws.models import Draw
from zhunsheng.platform.draws.services.committing import COMMITTED
from zhunsheng.platform.draws.services.drawing import DRAWN
from zhunsheng.platform.ledger.services import AuditedEntry, Difference, register_auditor


def register() -> None:
    """Let the ledger's audit prove draws, too."""
    register_auditor("draw.", audit_draws)


def audit_draws(entries: Sequence[AuditedEntry]) -> Iterator[Difference]:
    """Yield every difference between these log entries and the stored draws: frame, commitment, transcript."""
    found = {one.number: one for one in Draw.objects.filter(number__in={entry.body for entry in entries})}
    for entry in entries:
        draw = found.get(entry.body)
        if draw is None:
            yield Difference("draws_draw", "the draw is missing", entry.leaf_index, entry.body)
        elif entry.kind == COMMITTED:
            if transcripts.commitment_sha256(draw.commitment) != entry.subject:
                yield Difference("draws_draw.commitment", "not what was sealed", entry.leaf_index, entry.body)
            if frames.frame_sha256(draw.frame) != draw.commitment.get("frame_sha256"):
                yield Difference("draws_draw.frame", "not what was committed", entry.leaf_index, entry.body)
        elif entry.kind == DRAWN:
            yield from _transcript(draw, entry)


def _transcript(draw: Draw, entry: AuditedEntry) -> Iterator[Difference]:
    try:
        transcript = json.loads(draw.transcript)
    except ValueError:
        yield Difference("draws_draw.transcript", "is no JSON", entry.leaf_index, entry.body)
        return
    if transcript.get("transcript_sha256") != entry.subject:
        yield Difference("draws_draw.transcript", "not what was sealed", entry.leaf_index, entry.body)
    for problem in verify(transcript):
        yield Difference("draws_draw.transcript", problem, entry.leaf_index, entry.body)
