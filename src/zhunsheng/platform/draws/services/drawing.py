"""Enter the source of a committed draw, and draw: seed, engine, transcript, seal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.draws import frames, sources, transcripts
from zhunsheng.foundation.draws.sources import Source, SourceRefused
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.draws import permissions
from zhunsheng.platform.draws.lifecycle import DRAW, Stage
from zhunsheng.platform.draws.models import Draw, SourceEntry
from zhunsheng.platform.draws.permissions import Can
from zhunsheng.platform.ledger import services as ledger

DRAWN = "draw.drawn"
_KEPT = 1000


class TooEarly(DomainError):
    """The source of a draw can't be known yet."""

    code = "draw-source-too-early"


class EntriesDiffer(DomainError):
    """Two persons entered different numbers."""

    code = "draw-entries-differ"


class FrameChanged(DomainError):
    """What is drawn from is no longer what was committed."""

    code = "draw-frame-changed"
    kept = True


@keeps_refused
def enter_source(*, draw_id: int, material: Mapping[str, Any], by: User, at: datetime) -> Draw:
    """Enter one or more parts of the source; the draw is ready when all are there.

    `two_party` takes `a` and `b`, the secrets in the order of the reference; `public_numbers` takes `numbers`, entered
    alike by two persons; `drand` takes `signature`. What is refused is kept, with who and when.
    Raises: Draw.DoesNotExist, NotAllowed, SamePerson, IllegalMove, TooEarly, SourceRefused, EntriesDiffer.
    """
    try:
        with transaction.atomic():
            return _enter(draw_id, material, by, at)
    except (SourceRefused, TooEarly, EntriesDiffer) as error:
        with transaction.atomic():
            for part, value in material.items():
                SourceEntry.objects.create(
                    draw_id=draw_id, part=part[:20], value=str(value)[:_KEPT], by=by, at=at, refused=error.code
                )
        raise


def _enter(draw_id: int, material: Mapping[str, Any], by: User, at: datetime) -> Draw:
    draw = _locked(draw_id, Can.ENTER_SOURCE, by, at)
    draw.stage = Stage(DRAW.target(Stage(draw.stage), "enter_source"))
    source = sources.source_named(draw.source)
    if draw.known_at is not None and at < draw.known_at:
        raise TooEarly(
            "The source is known from %(time)s only.", params={"time": transcripts.utc_text(draw.known_at)},
            remedy="Enter it after that time.",
        )  # fmt: skip
    if draw.source == "drand" and not sources.can_verify_drand():
        raise SourceRefused(
            "The signature can't be verified here, so it isn't taken.", field="signature",
            remedy="Install drand-verify, or commit a new draw with another source.",
        )  # fmt: skip
    if not material or not set(material) <= set(source.parts):
        raise SourceRefused("The material of the source is not whole.", field="material")
    for part, value in material.items():
        if part in draw.material:
            raise SourceRefused("This part of the source is entered already.", field=part)
        _enter_part(draw, source, part, source.check_part(draw.reference, part, value), by, at)
    if set(draw.material) == set(source.parts):
        draw.stage = Stage(DRAW.target(Stage(draw.stage), "complete_source"))
    draw.save(update_fields=["stage", "material"])
    return draw


def _enter_part(draw: Draw, source: Source, part: str, value: str, by: User, at: datetime) -> None:
    """Keep a good value; where two persons must enter it, it counts when the second agrees with the first."""
    mine = SourceEntry(draw=draw, part=part, value=value, by=by, at=at, counts=not source.entered_twice)
    if source.entered_twice:
        others = draw.entries.filter(part=part, refused="").exclude(by=by)
        first = others.order_by("at", "pk").last()
        if first is not None and first.value != value:
            raise EntriesDiffer(
                "The numbers differ from those that another person entered.", field=part,
                remedy="Compare with the announcement; whoever erred enters them again.",
            )  # fmt: skip
        draw.entries.filter(part=part, refused="", by=by).update(refused="corrected")
        if first is not None:
            first.counts, mine.counts = True, True
            first.save(update_fields=["counts"])
    if mine.counts:
        draw.material = {**draw.material, part: value}
    mine.save()


@keeps_refused
@transaction.atomic
def draw(*, draw_id: int, by: User, at: datetime) -> Draw:
    """Draw: compute seed and result, keep the transcript and seal it in the log.

    Raises: Draw.DoesNotExist, NotAllowed, SamePerson, IllegalMove, FrameChanged, and what the engine refuses.
    """
    found = _locked(draw_id, Can.DRAW, by, at)
    found.stage = Stage(DRAW.target(Stage(found.stage), "draw"))
    _refuse_changed(found)
    persons = {found.committed_by_id: 1}
    entered = []
    for one in found.entries.filter(counts=True).order_by("at", "pk"):
        person = persons.setdefault(one.by_id, len(persons) + 1)
        entered.append({"part": one.part, "at": transcripts.utc_text(one.at), "person": person})
    raw, transcript = transcripts.transcript_bytes(
        commitment=found.commitment, frame=found.frame, material=found.material, entered=entered, drawn_at=at,
        drawn_by=persons.setdefault(by.pk, len(persons) + 1),
    )  # fmt: skip
    found.transcript, found.transcript_sha256 = raw.decode("utf-8"), transcript["transcript_sha256"]
    found.seed, found.result = transcript["seed"], transcript["result"]
    found.drawn_by, found.drawn_at = by, at
    found.drawn_entry = ledger.append(kind=DRAWN, subject=found.transcript_sha256, body=found.number, at=at).id
    found.save(
        update_fields=[
            "stage", "transcript", "transcript_sha256", "seed", "result", "drawn_by", "drawn_at", "drawn_entry",
        ]
    )  # fmt: skip
    return found


def _refuse_changed(found: Draw) -> None:
    """Compare the frame with the commitment, and the commitment with what was sealed. Raises: FrameChanged."""
    committed = transcripts.commitment_sha256(found.commitment) == found.commitment_sha256
    if not committed or frames.frame_sha256(found.frame) != found.commitment["frame_sha256"]:
        raise FrameChanged(
            "The frame or the commitment was changed after it was sealed.", field="frame",
            remedy="Let the log be audited; then commit a new draw with the reason.",
        )  # fmt: skip


def _locked(draw_id: int, action: str, by: User, at: datetime) -> Draw:
    found = Draw.objects.select_for_update().get(pk=draw_id)
    policy.require(by, action, permissions.place_of(found), timezone.localdate(at))
    policy.refuse_same_person(Can.COMMIT, [found.committed_by_id], action, by)
    return found
