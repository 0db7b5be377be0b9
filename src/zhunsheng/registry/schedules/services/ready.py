"""The lines of a schedule as the register takes them: what it grants keeps its words, what has ended stays ended."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, overload

from django.utils import timezone

from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.schedules import selectors
from zhunsheng.registry.schedules.models import Schedule, ScheduleLine

Progress = Callable[[int, int], None]
_TAKEN = (
    "site_id", "domain", "category", "object_id", "object_text", "parameter_id", "parameter_text", "method_text",
    "edition_id", "method_base", "method_year", "clause", "limitation", "remark",
)  # fmt: skip
_MEANING = (
    "site_id", "object_id", "object_text", "parameter_id", "parameter_text", "edition_id", "method_year", "method_text",
    "clause",
)  # fmt: skip
_OWN = ("object_text", "parameter_text", "method_text", "valid_from", "domain", "category")
Capability = tuple[Any, ...]


class ReadyLines(Sequence[dict[str, Any]]):
    """Lines of a schedule as column values of scope lines, fetched slice by slice so that memory stays small.

    `ended` collects lines that the register has ended within the certificate's days (given up, withdrawn): a file
    doesn't bring them back. `covered` counts lines of one site that hold for every site already. Neither is given.
    """

    def __init__(self, schedule: Schedule, ids: Sequence[int], progress: Progress | None = None) -> None:
        self._schedule, self._ids, self._progress = schedule, ids, progress
        self._held = _Held(schedule, timezone.localdate())
        self._everywhere = _everywhere(schedule)
        self.ended: list[int] = []
        self.covered = 0

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[dict[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Any] | Sequence[dict[str, Any]]:
        """Return one line or a slice of them."""
        if isinstance(place, int):
            return self._rows(self._ids[place : place + 1])[0]
        if self._progress is not None:
            self._progress(place.start or 0, len(self._ids))
        return self._rows(self._ids[place])

    def _rows(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        certificate = self._schedule.accreditation
        fixed = {
            "body_id": self._schedule.body_id,
            "accreditation_id": certificate.pk,
            "valid_from": certificate.valid_from,
            "valid_to": certificate.valid_to,
        }
        lines = ScheduleLine.objects.filter(schedule=self._schedule, pk__gte=ids[0], pk__lte=ids[-1])
        wanted, rows = set(ids), []
        for pk, *values in lines.order_by("pk").values_list("pk", *_TAKEN):
            row = {**fixed, **dict(zip(_TAKEN, values, strict=True))}
            if pk in wanted and self._is_wanted(pk, row):
                rows.append(row)
        return self._held.under_held_names(rows)

    def _is_wanted(self, pk: int, row: dict[str, Any]) -> bool:
        key = _capability(row)
        if self._held.has_ended(key, row):
            self.ended.append(pk)
            return False
        wide = (None, *key[1:])
        limits = [held.get(wide) for held in (self._everywhere, self._held.limits) if wide not in self._held.ended]
        if key[0] is not None and any(one in ("", row["limitation"]) for one in limits):
            self.covered += 1
            return False
        return True


class _Held:
    """What the register grants under the schedule's certificate already, by what it means, not by its words.

    `known` are lines that hold or will, `limits` the limitations of those for every site, `ended` what has ended since
    the certificate began and isn't granted otherwise.
    """

    def __init__(self, schedule: Schedule, today: date) -> None:
        self.known: dict[Capability, int] = {}
        self.limits: dict[Capability, str] = {}
        self.ended: set[Capability] = set()
        self._ended_words: set[tuple[Any, ...]] = set()
        self._ends = selectors.certificate_ends(schedule.accreditation_id)
        first = schedule.accreditation.valid_from
        held = ScopeLine.objects.filter(accreditation_id=schedule.accreditation_id, body_id=schedule.body_id)
        rows = held.order_by("-pk").values_list("pk", "limitation", "valid_to", "valid_from", *_MEANING)
        for pk, limitation, last, begun, *values in rows.iterator(chunk_size=10_000):
            row = dict(zip(_MEANING, values, strict=True))
            key = _capability(row)
            if last is None or last >= today:
                self.known[key] = pk
                if key[0] is None:
                    self.limits[key] = limitation
            elif first is None or last >= first:
                self.ended.add(key)
                if begun == first:
                    self._ended_words.add(_words(row))
        self.ended -= self.known.keys()

    def has_ended(self, key: Capability, row: dict[str, Any]) -> bool:
        """Return whether what a row means, or the line that it would be written to, is over and not held otherwise."""
        return key in self.ended or (key not in self.known and _words(row) in self._ended_words)

    def under_held_names(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Give rows that the register grants already its own words and first day, so that nothing is entered twice.

        A last day that somebody set stays; one that was the certificate's follows the certificate.
        """
        same = {place: self.known[key] for place, row in enumerate(rows) if (key := _capability(row)) in self.known}
        lines = ScopeLine.objects.filter(pk__in=same.values()).values_list("pk", "valid_to", *_OWN)
        held = {pk: (last, dict(zip(_OWN, values, strict=True))) for pk, last, *values in lines}
        for place, pk in same.items():
            last, own = held[pk]
            rows[place] |= own
            if last is not None and last not in self._ends:
                rows[place]["valid_to"] = last
        return rows


def _everywhere(schedule: Schedule) -> dict[Capability, str]:
    """Return what the file itself lists for every site, with its limitation; empty where it names no site."""
    ready = ScheduleLine.objects.filter(schedule=schedule, doubts=0)
    if not ready.filter(site__isnull=False).exists():
        return {}
    lines = ready.filter(site=None).values_list("limitation", *_MEANING).iterator(chunk_size=10_000)
    return {_capability(dict(zip(_MEANING, values, strict=True))): limitation for limitation, *values in lines}


def _words(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what tells lines of one certificate and first day apart in the register."""
    return tuple(row[name] for name in ("site_id", "object_text", "parameter_text", "method_text", "clause"))


def _capability(row: dict[str, Any]) -> Capability:
    return (
        row["site_id"], row["object_id"] or row["object_text"], row["parameter_id"] or row["parameter_text"],
        row["edition_id"] if row["method_year"] else row["method_text"], row["clause"],
    )  # fmt: skip
