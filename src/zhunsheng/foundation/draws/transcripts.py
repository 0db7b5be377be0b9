"""The commitment and the transcript of a draw, to the byte."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from zhunsheng.foundation.canonical import canonical_bytes, canonical_digest, digest_hex
from zhunsheng.foundation.draws import frames, seeds, sources
from zhunsheng.foundation.draws.engines import Result, engine_of

FORMAT = "zhunsheng-draw/1"


class Commitment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is fixed, hashed and sealed before the source is known. Empty text where something does not apply."""

    format: Literal["zhunsheng-draw/1"]
    number: str
    kind: str
    engine: str
    title: str
    frame_sha256: str
    frame_rows: int
    parameters: dict[str, Any]
    source: str
    reference: str
    known_at: str
    committed_at: str
    replaces: str
    why: str


class Entered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a part of the source was entered, when and by whom: persons are numbered, 1 is who committed."""

    part: str
    at: str
    person: int


class Transcript(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a draw was, enough to recompute it. `transcript_sha256` is of everything else."""

    format: Literal["zhunsheng-draw/1"]
    commitment: Commitment
    commitment_sha256: str
    frame: str
    material: dict[str, str]
    entered: list[Entered]
    seed: str
    uniforms: int
    result: dict[str, Any]
    drawn_at: str
    drawn_by: int
    transcript_sha256: str


def utc_text(moment: datetime) -> str:
    """Return a time as transcripts write it: UTC to the second, `2026-11-27T08:30:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def commitment_sha256(commitment: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a commitment's canonical JSON (RFC 8785)."""
    return canonical_digest(dict(commitment))


def run(*, commitment: Mapping[str, Any], frame: str, material: Mapping[str, str]) -> tuple[str, int, Result]:
    """Return seed, number of uniforms taken and result.

    Raises: NotAFrame, SourceRefused, UnknownKind, BadParameters and what the engine refuses.
    """
    source, reference = commitment["source"], commitment["reference"]
    seed = seeds.seed_hex(
        frame_sha256=frames.frame_sha256(frame),
        commitment_sha256=commitment_sha256(commitment),
        source=source,
        reference=reference,
        material=sources.material_line(source, reference, material),
    )
    uniforms = seeds.Uniforms(seed)
    result = engine_of(commitment["kind"]).draw(frames.read_frame(frame), commitment["parameters"], uniforms)
    return seed, uniforms.used, result


def transcript_bytes(
    *,
    commitment: Mapping[str, Any],
    frame: str,
    material: Mapping[str, str],
    entered: list[dict[str, Any]],
    drawn_at: datetime,
    drawn_by: int,
) -> tuple[bytes, dict[str, Any]]:
    """Draw, and return the transcript as the bytes that are published and as the object that they hold.

    Raises: what `run` raises.
    """
    seed, used, result = run(commitment=commitment, frame=frame, material=material)
    transcript: dict[str, Any] = {
        "format": FORMAT,
        "commitment": dict(commitment),
        "commitment_sha256": commitment_sha256(commitment),
        "frame": frame,
        "material": dict(material),
        "entered": entered,
        "seed": seed,
        "uniforms": used,
        "result": result,
        "drawn_at": utc_text(drawn_at),
        "drawn_by": drawn_by,
    }
    transcript["transcript_sha256"] = digest_hex(canonical_bytes(transcript))
    return canonical_bytes(transcript), transcript
