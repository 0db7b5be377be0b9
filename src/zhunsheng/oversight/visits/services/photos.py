"""Photographs and files of a visit: each once, as it was captured, sealed when it arrives."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhunsheng.oversight.visits import lawbook, permissions
from zhunsheng.oversight.visits.lifecycle import VISIT, Mode
from zhunsheng.oversight.visits.models import Photo, Visit
from zhunsheng.oversight.visits.rules import days, places
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of, locked
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.documents import files
from zhunsheng.platform.ledger import services as ledger

SEALED = "visit.photo"
_METRES = re.compile("[0-9]{1,7}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: its name, its bytes, what the sender says it is."""

    name: str
    content: bytes
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Captured:
    """What the device says of a photograph: its own number, the item, the digest, the clock, the place."""

    id: UUID
    item: str
    sha256: str
    taken_at: datetime
    modified_at: datetime | None = None
    lat: str = ""
    lon: str = ""
    accuracy: str = ""


@keeps_refused
@transaction.atomic
def take_photo(*, visit_id: int, captured: Captured, upload: Upload, by: User, at: datetime) -> Photo:
    """Keep a photograph of a visit under way and seal its digest; the same number again gives the same record.

    One of another day, or taken far from the body's sites, is kept, but marked: what that says of it is for people.
    Raises: Visit.DoesNotExist, NotAllowed, VisitRefused for other bytes than were captured, FileRefused and its kinds.
    """
    visit = locked(visit_id)
    permissions.require_seat(by, visit, day_of(at))
    before = Photo.objects.filter(client_id=captured.id).first()
    if before is not None:
        if before.visit_id != visit.pk or before.by_id != by.pk:
            raise VisitRefused("This number belongs to another photograph.", remedy="Take it again.")
        return before
    _check(visit, captured, upload, at)
    kept = files.store(upload.content, upload.media_type)
    lat, lon = _degrees(captured.lat, 90), _degrees(captured.lon, 180)
    accuracy = int(captured.accuracy) if _METRES.fullmatch(captured.accuracy) else None
    away = _metres_away(visit, None if lat is None or lon is None else (lat, lon))
    exif = days.taken_on(upload.content)
    marks = days.marks_of(
        on=visit.first_day, last=visit.last_day, exif=exif, claimed=day_of(captured.taken_at),
        modified=day_of(captured.modified_at) if captured.modified_at else None,
        place=lat is not None and lon is not None,
        far=places.is_far(away, accuracy, lawbook.number(lawbook.PHOTOS, "most_metres", day_of(at))),
    )  # fmt: skip
    made = Photo.objects.create(
        visit=visit, client_id=captured.id, item=captured.item[:60], file=kept,
        name=PurePath(upload.name).name[:200] or kept.sha256[:12], taken_at=captured.taken_at, exif_on=exif, lat=lat,
        lon=lon, accuracy=accuracy, metres_away=away, marks=list(marks), by=by, received_at=at,
    )  # fmt: skip
    ledger.append(kind=SEALED, subject=kept.sha256, body=visit.body.slug, at=at)
    return made


def _check(visit: Visit, captured: Captured, upload: Upload, at: datetime) -> None:
    if "record" not in VISIT.actions(visit.stage) or visit.signatures.filter(signed=True).exists():
        raise VisitRefused(
            "The record is being signed: nothing under a signature changes.",
            remedy="The leading inspector takes the signatures back first, or adds a supplement.", kept=True,
        )  # fmt: skip
    if not _SHA256.fullmatch(captured.sha256) or hashlib.sha256(upload.content).hexdigest() != captured.sha256:
        raise VisitRefused("The file is not the one that was captured.", remedy="Take the photograph again.", kept=True)
    if visit.photos.count() >= lawbook.number(lawbook.PHOTOS, "most", day_of(at)):
        raise VisitRefused("The visit has as many photographs as it may.", remedy="Add further ones as a supplement.")


def _metres_away(visit: Visit, place: places.Point | None) -> int | None:
    """Return how far from the body's nearest site a photograph on site was taken; None where that is unknown."""
    if visit.mode != Mode.ON_SITE:
        return None
    day = visit.first_day
    sites = visit.body.sites.filter(Q(valid_from=None) | Q(valid_from__lte=day), lat__isnull=False, lon__isnull=False)
    known = sites.filter(Q(valid_to=None) | Q(valid_to__gte=day)).values_list("lat", "lon")
    return places.metres_away(place, [(lat, lon) for lat, lon in known if lat is not None and lon is not None])


def _degrees(text: str, most: int) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return round(found, 6) if found.is_finite() and abs(found) <= most else None
