"""Freeze and seal what is drawn from, and how, before the chance is known."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhunsheng.foundation.draws import engines, frames, sources, transcripts
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.draws import permissions
from zhunsheng.platform.draws.lifecycle import DRAW, Stage
from zhunsheng.platform.draws.models import Draw
from zhunsheng.platform.draws.permissions import Can
from zhunsheng.platform.draws.words import Conditions
from zhunsheng.platform.ledger import services as ledger

COMMITTED = "draw.committed"


class NotCommittable(DomainError):
    """A commitment that would prove nothing, or says too little."""

    code = "draw-not-committable"


class DrawImpossible(DomainError):
    """No result exists that keeps every condition; nothing is relaxed. `conditions` are those that block."""

    code = "draw-impossible"

    def __init__(self, conditions: Sequence[Mapping[str, Any]], titles: Mapping[str, Any]) -> None:
        self.conditions = tuple(conditions)
        super().__init__(
            "The draw is impossible: %(conditions)s.",
            params={"conditions": Conditions(self.conditions, titles)},
            field="frame",
            remedy="Widen what is drawn from or change what is needed; no condition is relaxed by itself.",
        )


@keeps_refused
@transaction.atomic
def commit(
    *,
    kind: str,
    title: str,
    frame: Sequence[Mapping[str, str]],
    parameters: Mapping[str, Any],
    source: str,
    reference: str,
    place: policy.Place,
    by: User,
    at: datetime,
    known_at: datetime | None = None,
) -> Draw:
    """Freeze and hash the frame and seal the commitment in the log.

    Args:
        kind: of a registered engine; `panel` and `sample` are there.
        parameters: what the engine reads; `titles` {code: words} are for people.
        source: two_party (reference by `sources.two_party`), public_numbers (reference names the announcement,
            `known_at` says when it is made, after `at`) or drand (reference `quicknet/<round>`, time follows).
    Raises: NotAllowed, NotCommittable, DrawImpossible, NotAFrame, BadParameters, UnknownKind, SourceRefused.
    """
    policy.require(by, Can.COMMIT, place, timezone.localdate(at))
    return _commit(
        kind=kind, title=title, frame=frames.frame_csv(frame), parameters=parameters, source=source,
        reference=reference, place=place, by=by, at=at, known_at=known_at,
    )  # fmt: skip


@keeps_refused
@transaction.atomic
def redraw(
    *,
    draw_id: int,
    why: str,
    reference: str,
    by: User,
    at: datetime,
    known_at: datetime | None = None,
    source: str = "",
    frame: Sequence[Mapping[str, str]] | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Draw:
    """Commit a new draw in place of one; both stay visible, each names the other. What is not given stays.

    Raises: Draw.DoesNotExist, IllegalMove and what `commit` raises.
    """
    old = Draw.objects.select_for_update().get(pk=draw_id)
    place = permissions.place_of(old)
    policy.require(by, Can.COMMIT, place, timezone.localdate(at))
    if not why.strip():
        raise NotCommittable("A new draw needs the reason for which the old one does not stand.", field="why")
    if Draw.objects.filter(replaces=old).exists():
        raise NotCommittable(
            "This draw has been drawn again already.", field="draw", remedy="Draw the newest one again instead."
        )
    if reference == old.reference:
        raise NotCommittable(
            "A new draw needs a new source: the old one is known.", field="reference",
            remedy="Name a later announcement, or let the parties seal new secrets.",
        )  # fmt: skip
    old.stage = Stage(DRAW.target(Stage(old.stage), "redraw"))
    old.save(update_fields=["stage"])
    return _commit(
        kind=old.kind, title=old.title, frame=old.frame if frame is None else frames.frame_csv(frame),
        parameters=old.parameters if parameters is None else parameters, source=source or old.source,
        reference=reference, place=place, by=by, at=at, known_at=known_at, replaces=old, why=why.strip(),
    )  # fmt: skip


def _commit(
    *,
    kind: str,
    title: str,
    frame: str,
    parameters: Mapping[str, Any],
    source: str,
    reference: str,
    place: policy.Place,
    by: User,
    at: datetime,
    known_at: datetime | None,
    replaces: Draw | None = None,
    why: str = "",
) -> Draw:
    engine, rows = engines.engine_of(kind), frames.read_frame(frame)
    known_at = _known_at(source, reference, known_at, at)
    if not title.strip() or len(title) > 200:
        raise NotCommittable("A draw has a title of at most 200 characters.", field="title")
    blocked = engine.check(rows, parameters)
    if blocked:
        raise DrawImpossible(blocked, parameters.get("titles") or {})
    with exclusive("draw-numbers"):
        _refuse_known(source, reference)
        number = _next_number(at)
        commitment = {
            "format": transcripts.FORMAT, "number": number, "kind": kind, "engine": engine.version,
            "title": title.strip(), "frame_sha256": frames.frame_sha256(frame), "frame_rows": len(rows),
            "parameters": dict(parameters), "source": source, "reference": reference,
            "known_at": transcripts.utc_text(known_at) if known_at else "",
            "committed_at": transcripts.utc_text(at), "replaces": replaces.number if replaces else "", "why": why,
        }  # fmt: skip
        digest = transcripts.commitment_sha256(commitment)
        entry = ledger.append(kind=COMMITTED, subject=digest, body=number, at=at)
        return Draw.objects.create(
            number=number, kind=kind, title=title.strip(), division_id=place.division_code,
            organisation_id=place.organisation_id, frame=frame, parameters=dict(parameters), source=source,
            reference=reference, known_at=known_at, commitment=commitment, commitment_sha256=digest, committed_by=by,
            committed_at=at, committed_entry=entry.id, replaces=replaces, why=why,
        )  # fmt: skip


def _known_at(source: str, reference: str, told: datetime | None, at: datetime) -> datetime | None:
    """Return when the source becomes known: by itself, or as told; it must lie ahead."""
    found = sources.source_named(source)
    found.check_reference(reference)
    if source == "drand" and not sources.can_verify_drand():
        raise NotCommittable(
            "drand can't be a source here: its signatures could not be verified.", field="source",
            remedy="Install drand-verify, or take numbers announced in public or two parties.",
        )  # fmt: skip
    known_at = found.known_at(reference) or told
    if known_at is None and found.entered_twice:
        raise NotCommittable(
            "Say when the numbers are announced.", field="known_at", remedy="It must be after the commitment."
        )
    if known_at is not None and transcripts.utc_text(known_at) <= transcripts.utc_text(at):
        raise NotCommittable(
            "The source is known already: a commitment must come before it.", field="known_at",
            remedy="Name a later announcement.", kept=True,
        )  # fmt: skip
    return known_at


def _refuse_known(source: str, reference: str) -> None:
    """Refuse a secret that another draw has revealed, whoever is said to have sealed it. Raises: NotCommittable."""
    named = [Q(reference__contains=one) for one in sources.digests_in(source, reference)]
    if named and Draw.objects.filter(reduce(or_, named), source=source).exclude(material={}).exists():
        raise NotCommittable(
            "One of these secrets has been revealed in another draw.", field="reference",
            remedy="Let both parties seal new secrets.", kept=True,
        )  # fmt: skip


def _next_number(at: datetime) -> str:
    year = timezone.localtime(at).year
    newest = Draw.objects.filter(number__startswith=f"D{year}-").order_by("-number").values_list("number").first()
    return f"D{year}-{int(newest[0][6:]) + 1 if newest else 1:06d}"
