"""The file room and the recorded sessions of a review."""

import re
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from zhunsheng.admission.reviews import permissions
from zhunsheng.admission.reviews.lifecycle import Mode, Stage
from zhunsheng.admission.reviews.models import Review, RoomFile, Session
from zhunsheng.admission.reviews.permissions import Can
from zhunsheng.admission.reviews.services.rectifying import Upload
from zhunsheng.admission.reviews.services.steps import ReviewRefused, day_of, locked
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents import files

OPEN = (Stage.PREPARED, Stage.AT_WORK, Stage.RECTIFYING)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@transaction.atomic
def lay_out_file(*, review_id: int, upload: Upload, words: str, clause: str = "", by: User, at: datetime) -> RoomFile:
    """Lay a file out in the room: the body for the panel, or the panel for the body.

    Raises: Review.DoesNotExist, NotAllowed, ReviewRefused, FileRefused and its kinds.
    """
    review = _open_room(review_id, by, at)
    if not words.strip():
        raise ReviewRefused("Say what the file is.", field="words", remedy="For example: quality manual, 2026 edition.")
    kept = files.store(upload.content, upload.media_type)
    if review.files.filter(file=kept, removed_at=None).exists():
        raise ReviewRefused("This file lies in the room already.", field="file", remedy="Choose another file.")
    return RoomFile.objects.create(
        review=review, file=kept, name=PurePath(upload.name).name[:200] or kept.sha256[:12],
        words=words.strip()[:200], clause=clause.strip()[:40], added_by=by, added_at=at,
    )  # fmt: skip


@transaction.atomic
def take_file_away(*, file_id: int, by: User, at: datetime) -> RoomFile:
    """Take a file away that one's own side laid out; it stays on record, and officers can still read it.

    Raises: RoomFile.DoesNotExist, NotAllowed, ReviewRefused.
    """
    _open_room(RoomFile.objects.values_list("review_id", flat=True).get(pk=file_id), by, at)
    one = RoomFile.objects.get(pk=file_id)
    if one.added_by_id != by.pk:
        raise policy.NotAllowed(Can.ANSWER)
    if one.removed_at is None:
        one.removed_by, one.removed_at = by, at
        one.save(update_fields=["removed_by", "removed_at"])
    return one


@transaction.atomic
def record_session(
    *, review_id: int, began_at: datetime, ended_at: datetime, subject: str, people: str, recording: str,
    digest: str = "", by: User, at: datetime,
) -> Session:  # fmt: skip
    """Enter a session of a remote review, with the place of its recording and, where known, the recording's digest.

    Raises: Review.DoesNotExist, NotAllowed, ReviewRefused.
    """
    review = locked(review_id)
    permissions.require_seat(by, review, day_of(at))
    if review.mode != Mode.REMOTE or review.stage not in OPEN:
        raise ReviewRefused("Sessions belong to a remote review that isn't ended.", remedy="Open the right review.")
    if not began_at < ended_at <= at:
        raise ReviewRefused(
            "A session begins before it ends, and has ended.", field="ended_at", remedy="Mend the times."
        )
    if digest and not _SHA256.fullmatch(digest):
        raise ReviewRefused(
            "A SHA-256 is 64 hexadecimal characters.", field="digest", remedy="Leave it empty, or enter it in full."
        )
    return Session.objects.create(
        review=review, began_at=began_at, ended_at=ended_at, subject=subject.strip()[:200], people=people.strip()[:300],
        recording=recording.strip()[:300], digest=digest, by=by, at=at,
    )  # fmt: skip


def _open_room(review_id: int, by: User, at: datetime) -> Review:
    """Return the review whose room somebody may fill: the body's house or a serving member. Raises: NotAllowed."""
    review = locked(review_id)
    on = day_of(at)
    if not permissions.allowed(by, Can.ANSWER, review, on):
        permissions.require_seat(by, review, on)
    if review.stage not in OPEN:
        raise ReviewRefused("The file room is closed.", remedy="It is open from the preparation until the conclusion.")
    return review
