"""Whether a PDF among a report's attachments bears the electronic seal of the report's body."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from zhunsheng.oversight.reports.format import Parsed
from zhunsheng.oversight.reports.services.senders import BodyIndex, KnownBody
from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.errors import FileAltered, FileMissing
from zhunsheng.platform.documents.seals import Seal, seals_of
from zhunsheng.registry.bodies.models import SealCertificate

_PDF = "application/pdf"
_MOST_READ = 4
"""How many PDF attachments of one report are looked into."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A body's seal as the register holds it."""

    body: int
    valid_from: datetime
    valid_to: datetime
    revoked_at: datetime | None

    def counts_at(self, moment: datetime | None) -> bool:
        """Return whether a seal set at this moment counts; one that doesn't say when it was set doesn't."""
        if moment is None or not self.valid_from <= moment <= self.valid_to:
            return False
        return self.revoked_at is None or moment < self.revoked_at


class SealIndex:
    """The registered seals of the bodies of one chunk, read when a report with a PDF first asks for them."""

    def __init__(self, bodies: Collection[int]) -> None:
        self._bodies = bodies

    @cached_property
    def _registered(self) -> dict[str, Registered]:
        columns = ("fingerprint", "body_id", "valid_from", "valid_to", "revoked_at")
        rows = SealCertificate.objects.filter(body_id__in=self._bodies).values_list(*columns)
        return {fingerprint: Registered(*row) for fingerprint, *row in rows}

    def vouch_for(self, parsed: Parsed, body: KnownBody) -> bool:
        """Return whether a kept PDF of this report is, to the last byte, what the body sealed."""
        if not _pdfs(parsed) or not self._registered:
            return False
        return any(self.standing(seal, body) is SealStanding.COUNTS for seal in seals_in(parsed))

    def standing(self, seal: Seal, body: KnownBody) -> "SealStanding":
        """Return whether a seal counts as the body's, or what keeps it from that."""
        if seal.unknown:
            return SealStanding.UNKNOWN
        if not seal.holds:
            return SealStanding.BROKEN
        held = self._registered.get(seal.fingerprint)
        if held is None or held.body != body.id:
            return SealStanding.UNREGISTERED
        return SealStanding.COUNTS if held.counts_at(seal.sealed_at) else SealStanding.OUT_OF_TIME


class SealStanding(StrEnum):
    """What a seal in a report's PDF is worth."""

    COUNTS = "counts"
    UNREGISTERED = "unregistered"
    OUT_OF_TIME = "out_of_time"
    BROKEN = "broken"
    UNKNOWN = "unknown"


def seals_in(parsed: Parsed) -> list[Seal]:
    """Return the seals in the PDF files that a report lists, as far as the files are kept and unaltered."""
    return [seal for digest in _pdfs(parsed) for seal in _seals(digest)]


def judged_seals(parsed: Parsed) -> list[tuple[Seal, SealStanding]]:
    """Return a report's seals and what each is worth. Raises: Refusal for a body that is unknown."""
    seals = seals_in(parsed)
    if not seals:
        return []
    bodies = BodyIndex([parsed.report.body])
    body, index = bodies.of(parsed.report.body), SealIndex(bodies.ids)
    return [(seal, index.standing(seal, body)) for seal in seals]


def _pdfs(parsed: Parsed) -> list[str]:
    return [each.sha256 for each in parsed.report.attachments if each.media_type == _PDF][:_MOST_READ]


def _seals(digest: str) -> tuple[Seal, ...]:
    try:
        return seals_of(files.read_by_digest(digest))
    except (FileMissing, FileAltered):
        return ()
