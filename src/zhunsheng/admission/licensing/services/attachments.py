"""Files handed in with an application: checked by content, kept by digest; taking one out leaves its trace."""

from datetime import datetime
from pathlib import PurePath

from zhunsheng.admission.licensing.models import Attachment
from zhunsheng.admission.licensing.services.drafting import editable
from zhunsheng.admission.licensing.services.refusals import ApplicationRefused, log, refusals_logged
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.media import CSV, DOCX, JPEG, OFD, OLE, PDF, PNG, WEBP, XLSX, ZIP

MOST_FILES = 200
ACCEPTED = frozenset({PDF, OFD, PNG, JPEG, WEBP, XLSX, DOCX, CSV, ZIP, OLE})
"""What the authority can open and keep: documents, images, tables, archives."""


def attach(
    *,
    application_id: int,
    material: str,
    content: files.Stream | bytes,
    name: str,
    by: User,
    at: datetime,
    media_type: str | None = None,
) -> Attachment:
    """Keep a file as material of an application; the same file for the same material stays once.

    Raises: NotAllowed, Closed, ApplicationRefused, FileRefused, FileTooLarge, ArchiveRefused.
    """
    kept = files.store(content, media_type)  # before the lock: a slow upload must not hold the application
    return _attach(application_id=application_id, material=material, digest=kept.sha256,
                   sort=kept.media_type, size=kept.bytes, name=name, by=by, at=at)  # fmt: skip


@refusals_logged("edit")
def _attach(
    *, application_id: int, material: str, digest: str, sort: str, size: int, name: str, by: User, at: datetime
) -> Attachment:
    application = editable(application_id, by, at)
    if not material:
        raise ApplicationRefused("Say which material this is.", field="material", remedy="Choose one of them.")
    if not size:
        raise ApplicationRefused("The file is empty.", field="file", remedy="Choose another file.")
    if sort not in ACCEPTED:
        raise ApplicationRefused(
            "Files of this kind are not taken: %(sort)s.", params={"sort": sort}, field="file",
            remedy="Send PDF, OFD, an image, XLSX, DOCX, CSV or a ZIP archive.",
        )  # fmt: skip
    now = application.attachments.filter(removed_at=None)
    if now.count() >= MOST_FILES:
        raise ApplicationRefused(
            "An application has at most %(most)s of these.", params={"most": MOST_FILES}, field="file",
            remedy="Put them into one archive.",
        )  # fmt: skip
    made, new = now.get_or_create(
        application=application, material=material[:40], file_id=digest, removed_at=None,
        defaults={"name": PurePath(name).name[:200], "added_by": by, "added_at": at},
    )  # fmt: skip
    if new:
        log(application, "attach", by=by, at=at, words=made.name)
    return made


@refusals_logged("edit")
def detach(*, application_id: int, attachment_id: int, by: User, at: datetime) -> Attachment:
    """Take a file out; that it was handed in stays known.

    Raises: NotAllowed, Closed, Attachment.DoesNotExist.
    """
    application = editable(application_id, by, at)
    found = application.attachments.get(pk=attachment_id, removed_at=None)
    found.removed_at = at
    found.save(update_fields=["removed_at"])
    log(application, "detach", by=by, at=at, words=found.name)
    return found
