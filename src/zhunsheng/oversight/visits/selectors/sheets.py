"""What a sheet shows: every item with its values, the photographs, and the conflicts that wait for a person."""

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from zhunsheng.oversight.visits.lifecycle import Side
from zhunsheng.oversight.visits.models import CheckItem, Finding, Photo, Signature, Visit, VisitChange
from zhunsheng.oversight.visits.rules.signing import signed_digest
from zhunsheng.platform.documents import files


@dataclass(frozen=True, slots=True)
class Shown:
    """An item on a page. `was` is the digest of its values: what comes back with the same digest wasn't touched."""

    key: str
    version: int
    values: Mapping[str, Any]
    row: Any = None
    photos: tuple[Photo, ...] = ()
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def was(self) -> str:
        """Return the digest of the values shown."""
        return digest_of(self.values)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet; `loose` are photographs of no item that the page shows."""

    items: list[Shown]
    findings: list[Shown]
    signatures: list[Shown]
    blank: Shown
    loose: tuple[Photo, ...]


def digest_of(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of values, whatever the order of their names."""
    return hashlib.sha256(json.dumps(dict(values), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def check_values(row: CheckItem) -> dict[str, str]:
    """Return what an item of the checklist says."""
    return {"verdict": row.verdict, "note": row.note}


def finding_values(row: Finding) -> dict[str, str]:
    """Return what a finding says."""
    return {"code": row.code, "fact": row.fact, "violation": row.violation, "stands": "yes" if row.stands else "no"}


def signature_values(row: Signature) -> dict[str, Any]:
    """Return what a signature says, with its picture as a data address."""
    picture = base64.b64encode(files.read_by_digest(row.image.sha256)).decode() if row.image else ""
    moment = row.signed_at.astimezone(UTC).isoformat(timespec="milliseconds") if row.signed_at else ""
    return {
        "name": row.name,
        "post": row.post,
        "objection": row.objection,
        "refusal": row.refusal,
        "image": f"data:image/png;base64,{picture}" if picture else "",
        "digest": row.digest,
        "signed_at": moment.replace("+00:00", "Z"),
        "signed": row.signed,
    }


def digest_to_sign(visit: Visit) -> str:
    """Return the SHA-256 of what a signature covers now: every item that says something, and all photographs."""
    items = {f"check:{one.pk}": check_values(one) for one in visit.items.all()}
    items |= {f"finding:{one.key}": finding_values(one) for one in visit.findings.all()}
    return signed_digest(visit.number, items, visit.photos.values_list("file__sha256", flat=True))


def sheet_of(visit: Visit) -> Sheet:
    """Return the whole sheet: five queries, and a file for each signature."""
    of: dict[str, list[Photo]] = {}
    for photo in visit.photos.select_related("file").order_by("taken_at"):
        of.setdefault(photo.item, []).append(photo)
    rows = visit.items.select_related("by").order_by("place")
    items = [_shown(f"check:{one.pk}", one, check_values(one), of) for one in rows]
    found = visit.findings.select_related("by").order_by("number")
    findings = [_shown(f"finding:{one.key}", one, finding_values(one), of) for one in found]
    by_side = {one.side: one for one in visit.signatures.select_related("by", "image")}
    signatures = [
        _shown(f"signature:{side}", by_side[side], signature_values(by_side[side]), of)
        for side in Side.values
        if side in by_side
    ]
    empty = {"code": "", "fact": "", "violation": "", "stands": "yes"}
    known = {one.key for one in (*items, *findings)}
    loose = tuple(photo for key, photos in of.items() if key not in known for photo in photos)
    return Sheet(items, findings, signatures, Shown(f"finding:{uuid.uuid4()}", 0, empty), loose)


def _shown(key: str, row: Any, values: Mapping[str, Any], of: Mapping[str, list[Photo]]) -> Shown:
    return Shown(key, row.version, values, row, tuple(of.get(key, ())))


def open_conflicts(visit: Visit) -> list[tuple[str, VisitChange]]:
    """Return the changes that met another's writing and wait for a person, each with its item's code."""
    waiting = list(
        visit.changes.filter(outcome="conflict", resolved_at=None).select_related("by").order_by("received_at", "pk")
    )
    if not waiting:
        return []
    labels = {f"check:{key}": code for key, code in visit.items.values_list("pk", "code")}
    labels |= {f"finding:{key}": str(number) for key, number in visit.findings.values_list("key", "number")}
    return [(labels.get(one.item, one.item), one) for one in waiting]
