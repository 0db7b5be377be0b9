"""Bodies with their papers, kept between batches until the register changes.

Every change of a regulated record writes a history row, so the newest rows of the bodies' history tables, read in one
query, tell whether anything kept is stale; whatever is kept is read anew after a minute all the same, because of two
changes at once the later may be seen first. Bodies are kept whole up to a number of records (about 40 MB), the longest
unused dropped first. A batch from many bodies reads just the people and instruments that it names.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Any

from zhunsheng.platform.database.marks import Mark
from zhunsheng.registry.bodies.facts import BodyClaim, BodyFacts
from zhunsheng.registry.bodies.models import (
    Accreditation,
    Body,
    BodyKey,
    Calibration,
    Instrument,
    Person,
    Signatory,
    Site,
)
from zhunsheng.registry.bodies.selectors import facts_for, find_bodies

FEW = 8
_MOST_CLAIMS = 20_000
_MOST_PAPERS = 100_000
_LONGEST_KEPT = 60.0
_MODELS: tuple[Any, ...] = (Body, Accreditation, Site, Person, Signatory, Instrument, Calibration, BodyKey)
_HISTORIES = [model.history.model._meta.db_table for model in _MODELS]
_CHANGED = Mark(
    *(
        f"SELECT history_id || ' ' || history_date FROM {table} ORDER BY history_id DESC LIMIT 1"  # noqa: S608 - our own names
        for table in _HISTORIES
    )
)


class Kept:
    """What one process remembers of the register, and the mark under which it was read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mark: tuple[Any, ...] = ()
        self._since = 0.0
        self._claims: dict[BodyClaim, int | None] = {}
        self._facts: OrderedDict[int, BodyFacts] = OrderedDict()
        self._papers = 0

    def is_fresh(self) -> bool:
        """Forget everything if the register has changed; return whether its changes can be seen at all."""
        mark, now = _CHANGED.read(), time.monotonic()
        with self._lock:
            if mark != self._mark or now - self._since > _LONGEST_KEPT:
                self._mark, self._since = mark, now
                self._claims.clear()
                self._facts.clear()
                self._papers = 0
        return any(mark)

    def forget(self) -> None:
        """Forget everything, whatever the mark."""
        with self._lock:
            self._mark = ()
            self._claims.clear()
            self._facts.clear()
            self._papers = 0

    def claimed(self, claims: Sequence[BodyClaim]) -> dict[BodyClaim, int]:
        """Return the bodies that claims name; `kept_for` has brought them up to date."""
        with self._lock:
            if len(self._claims) > _MOST_CLAIMS:
                self._claims.clear()
            missing = [claim for claim in claims if self._claims.get(claim) is None]
            if missing:
                self._claims.update(zip(missing, find_bodies(missing), strict=True))
            found = ((claim, self._claims[claim]) for claim in claims)
            return {claim: body for claim, body in found if body is not None}

    def facts(self, ids: Collection[int]) -> dict[int, BodyFacts]:
        """Return a few bodies whole; `kept_for` has brought them up to date."""
        with self._lock:
            missing = [body_id for body_id in ids if body_id not in self._facts]
            for body_id, body in (facts_for(missing) if missing else {}).items():
                self._facts[body_id] = body
                self._papers += papers_of(body)
            found = {body_id: self._facts[body_id] for body_id in ids if body_id in self._facts}
            for body_id in found:
                self._facts.move_to_end(body_id)
            while self._papers > _MOST_PAPERS and self._facts:
                self._papers -= papers_of(self._facts.popitem(last=False)[1])
            return found


def papers_of(body: BodyFacts) -> int:
    """Return about how many records a body's facts hold; a record takes some 400 bytes."""
    signings = sum(1 + len(person.signings) for person in body.persons.values())
    calibrations = sum(1 + len(instrument.calibrations) for instrument in body.instruments.values())
    return 1 + len(body.accreditations) + len(body.sites) + len(body.keys) + signings + calibrations


_KEPT = Kept()


def kept_for(bodies: int) -> Kept | None:
    """Return what is remembered of the register, brought up to date, for a batch of a few bodies; None for many."""
    return _KEPT if bodies <= FEW and _KEPT.is_fresh() else None


def forget_kept() -> None:
    """Drop what is remembered, for use where the database is replaced under this process (restore, tests)."""
    _KEPT.forget()


def bodies_named(claims: Sequence[BodyClaim], kept: Kept | None) -> dict[BodyClaim, int]:
    """Return the bodies that claims name: from memory, else in two queries."""
    if kept is not None:
        return kept.claimed(claims)
    found = zip(claims, find_bodies(claims), strict=True) if claims else ()
    return {claim: body for claim, body in found if body is not None}
