"""Recompute a draw from its transcript alone and name every place that differs."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from zhunsheng.foundation.canonical import NotCanonical, canonical_bytes, canonical_digest
from zhunsheng.foundation.draws import frames, sources, transcripts
from zhunsheng.foundation.draws.engines import engine_of
from zhunsheng.foundation.draws.transcripts import Transcript
from zhunsheng.foundation.errors import DomainError

MOST_BYTES = 64 * 1024 * 1024


def verify_bytes(raw: bytes) -> list[str]:
    """Return what is wrong with a transcript's file, place by place; empty: recomputed to the byte."""
    if len(raw) > MOST_BYTES:
        return ["file: longer than 64 MiB"]
    try:
        found = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return [f"file: not JSON in UTF-8: {error}"]
    problems = verify(found) if isinstance(found, dict) else ["file: not a transcript"]
    if not problems and raw != canonical_bytes(found):
        problems.append("file: not the bytes that were published (RFC 8785), though it says the same")
    return problems


def verify(transcript: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a transcript, place by place; empty: every part was recomputed and agrees."""
    try:
        parsed = msgspec.convert(dict(transcript), Transcript)
        canonical_bytes(dict(transcript))
    except (msgspec.ValidationError, NotCanonical) as error:
        return [f"format: {error}"]
    problems = [*_frame(parsed), *_commitment(parsed, transcript), *_order(parsed), *_people(parsed)]
    problems += _recomputed(parsed, transcript)
    rest = {name: value for name, value in transcript.items() if name != "transcript_sha256"}
    if canonical_digest(rest) != parsed.transcript_sha256:
        problems.append("transcript_sha256: is not that of the rest, so a part of it was changed")
    return problems


def not_checked(transcript: Mapping[str, Any]) -> list[str]:
    """Return what this installation cannot check of a transcript, although nothing else is wrong."""
    source = transcript.get("commitment", {}).get("source")
    if source == "drand" and not sources.can_verify_drand():
        return ["material.signature: BLS signatures of drand are checked only where drand-verify is installed"]
    if source == "public_numbers":
        return ["material.numbers: compare them with what was announced; a file cannot prove an announcement"]
    return []


def _frame(parsed: Transcript) -> Iterator[str]:
    try:
        rows = frames.read_frame(parsed.frame)
    except DomainError as error:
        yield f"frame: {error}"
        return
    if len(rows) != parsed.commitment.frame_rows:
        yield f"commitment.frame_rows: the frame has {len(rows)} rows"
    if frames.frame_sha256(parsed.frame) != parsed.commitment.frame_sha256:
        yield "frame: its SHA-256 is not the one that was committed"


def _commitment(parsed: Transcript, transcript: Mapping[str, Any]) -> Iterator[str]:
    if transcripts.commitment_sha256(transcript["commitment"]) != parsed.commitment_sha256:
        yield "commitment: its SHA-256 is not commitment_sha256"
    try:
        engine = engine_of(parsed.commitment.kind)
    except DomainError as error:
        yield f"commitment.kind: {error}"
        return
    if engine.version != parsed.commitment.engine:
        yield f"commitment.engine: this is version {engine.version} of the engine"


def _order(parsed: Transcript) -> Iterator[str]:
    """Check that the commitment came first, then the source, then the draw, and who entered what."""
    times = {"committed_at": parsed.commitment.committed_at, "drawn_at": parsed.drawn_at}
    times |= {f"entered[{place}].at": one.at for place, one in enumerate(parsed.entered)}
    if parsed.commitment.known_at:
        times["known_at"] = parsed.commitment.known_at
    for name, text in times.items():
        if not _is_time(text):
            yield f"{name}: no time in UTC to the second"
            return
    first = max(parsed.commitment.committed_at, parsed.commitment.known_at)
    if parsed.commitment.known_at and parsed.commitment.known_at <= parsed.commitment.committed_at:
        yield "commitment.known_at: the source was known before the commitment"
    for place, one in enumerate(parsed.entered):
        if not first <= one.at <= parsed.drawn_at:
            yield f"entered[{place}].at: not between the source and the draw"
    if not first <= parsed.drawn_at:
        yield "drawn_at: before the source was known"


def _people(parsed: Transcript) -> Iterator[str]:
    """Check that every part was entered, by two persons what nothing proves, and by nobody who chose the frame."""
    try:
        source = sources.source_named(parsed.commitment.source)
        known_at = source.known_at(parsed.commitment.reference)
    except DomainError as error:
        yield f"commitment.{error.field or 'source'}: {error}"
        return
    if known_at is not None and transcripts.utc_text(known_at) != parsed.commitment.known_at:
        yield "commitment.known_at: not the time of the source"
    if source.entered_twice and not parsed.commitment.known_at:
        yield "commitment.known_at: missing"
    wanted = sorted(source.parts * 2) if source.entered_twice else sorted(source.parts)
    if sorted(one.part for one in parsed.entered) != wanted:
        yield "entered: not every part of the source, as often as it must be entered"
    persons = [one.person for one in parsed.entered]
    if 1 in persons or parsed.drawn_by == 1:
        yield "entered: the person who chose the frame entered the source or drew"
    if source.entered_twice and len(set(persons)) != len(persons):
        yield "entered: one person entered the numbers twice"


def _is_time(text: str) -> bool:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z").strftime("%Y-%m-%dT%H:%M:%SZ") == text
    except ValueError:
        return False


def _recomputed(parsed: Transcript, transcript: Mapping[str, Any]) -> Iterator[str]:
    try:
        seed, used, result = transcripts.run(
            commitment=transcript["commitment"], frame=parsed.frame, material=parsed.material
        )
    except DomainError as error:
        yield f"{error.field or 'result'}: can't be recomputed: {error}"
        return
    except (KeyError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        yield f"result: can't be recomputed: {error!r}"
        return
    if seed != parsed.seed:
        yield "seed: not the SHA-256 of tag, frame, commitment and source"
    if used != parsed.uniforms:
        yield f"uniforms: {used} are taken"
    yield from _differences("result", transcript["result"], dict(result))


def _differences(place: str, said: Any, found: Any) -> Iterator[str]:
    """Yield the first places where two values differ."""
    if isinstance(said, dict) and isinstance(found, Mapping):
        for name in sorted({*said, *found}):
            if name not in said or name not in found:
                yield f"{place}.{name}: {'missing' if name in found else 'not part of the result'}"
            else:
                yield from _differences(f"{place}.{name}", said[name], found[name])
    elif isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for number, (one, other) in enumerate(zip(said, found, strict=True)):
            yield from _differences(f"{place}[{number}]", one, other)
    elif canonical_bytes(said) != canonical_bytes(found):
        yield f"{place}: the transcript says {_short(said)}, recomputed is {_short(found)}"


def _short(value: Any) -> str:
    text = canonical_bytes(value).decode("utf-8")
    return text if len(text) <= 80 else text[:77] + "..."
