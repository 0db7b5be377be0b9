"""From three signatures to a sealed record; taking signatures back; what is added to a record afterwards."""

from datetime import datetime

from django.db import transaction

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.visits import permissions, selectors
from zhunsheng.oversight.visits.lifecycle import VISIT, Side
from zhunsheng.oversight.visits.models import Record, Supplement, Visit
from zhunsheng.oversight.visits.services.photos import Upload
from zhunsheng.oversight.visits.services.steps import VisitRefused, day_of, locked, move
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.documents import files, media
from zhunsheng.platform.ledger import services as ledger

SEALED = "visit.record"
SUPPLEMENTED = "visit.supplement"


def seal_when_signed(visit: Visit, at: datetime) -> Record | None:
    """Seal the record in the log as soon as all sides have signed, or the body refused with a reason."""
    if "seal" not in VISIT.actions(visit.stage) or visit.signatures.filter(signed=True).count() < len(Side.values):
        return None
    content = selectors.record_content(visit)
    digest = canonical_digest(content)
    move(visit, "seal")
    visit.signed_at = at
    with recorded(None, f"record {digest[:12]}"):
        visit.save(update_fields=["stage", "signed_at"])
        made = Record.objects.create(visit=visit, content=content, digest=digest, at=at)
    ledger.append(kind=SEALED, subject=digest, body=visit.body.slug, at=at)
    return made


@keeps_refused
@transaction.atomic
def take_signatures_back(*, visit_id: int, why: str, by: User, at: datetime) -> Visit:
    """Take back all signatures of a record that isn't sealed yet, so that it can be mended and signed anew.

    Raises: Visit.DoesNotExist, NotAllowed, IllegalMove, VisitRefused.
    """
    visit = locked(visit_id)
    permissions.require_seat(by, visit, day_of(at), leader=True)
    move(visit, "void")
    signed = list(visit.signatures.filter(signed=True))
    if not signed:
        raise VisitRefused("Nobody has signed yet.", remedy="Go on with the sheet.")
    with recorded(by, why):
        for one in signed:
            one.signed, one.digest, one.image, one.signed_at = False, "", None, None
            one.version, one.by, one.at = one.version + 1, by, at
            one.save()
    return visit


@keeps_refused
@transaction.atomic
def add_supplement(*, visit_id: int, words: str, upload: Upload | None = None, by: User, at: datetime) -> Supplement:
    """Add to a signed record, beside it: the record itself stays as it was signed.

    Raises: Visit.DoesNotExist, NotAllowed, IllegalMove, VisitRefused, FileRefused and its kinds.
    """
    visit = locked(visit_id)
    permissions.require_seat(by, visit, day_of(at))
    move(visit, "supplement")
    if not words.strip():
        raise VisitRefused("Say what is added.", field="words", remedy="Write it in one sentence or more.")
    kept = files.store(upload.content, upload.media_type) if upload is not None else None
    if kept is not None and (kept.media_type in media.ACTIVE or not kept.bytes):
        raise VisitRefused(
            "Files of this kind are not taken: %(sort)s.", params={"sort": kept.media_type}, field="file",
            remedy="Send a PDF or a picture of the page.",
        )  # fmt: skip
    made = Supplement.objects.create(visit=visit, words=words.strip(), file=kept, by=by, at=at)
    subject = canonical_digest(
        {"visit": visit.number, "words": made.words, "file": kept.sha256 if kept else "", "place": made.pk}
    )
    ledger.append(kind=SUPPLEMENTED, subject=subject, body=visit.body.slug, at=at)
    return made
