"""Files put to a lead by officers and by the public: checked by content, kept by digest."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Final

from django.db import transaction

from zhunsheng.oversight.leads import permissions
from zhunsheng.oversight.leads.models import Lead
from zhunsheng.oversight.leads.permissions import Can
from zhunsheng.oversight.leads.services.opening import Evidence, LeadRefused, add_evidence
from zhunsheng.oversight.leads.services.steps import day_of, keep, locked
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.accounts.services.refusing import keeps_refused
from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.media import CSV, DOCX, JPEG, JSON, OFD, OLE, PDF, PNG, TEXT, WEBP, XLSX, XML, ZIP

ACCEPTED: Final = frozenset({PDF, OFD, PNG, JPEG, WEBP, XLSX, DOCX, CSV, ZIP, OLE, TEXT, JSON, XML})
"""What an authority can open and keep; programs and pages with scripts are not among it."""
PUBLIC_BYTES: Final = 20 << 20
PUBLIC_FILES: Final = 5
Upload = tuple[files.Stream, str]
"""A file that is being handed in, and its name."""


def kept(content: files.Stream | bytes, name: str, *, most: int | None = None) -> Evidence:
    """Keep a file and return it as evidence; its content says what it is.

    Raises: LeadRefused, FileRefused, FileTooLarge, ArchiveRefused.
    """
    stored = files.store(content, most=most)
    if stored.media_type not in ACCEPTED or not stored.bytes:
        raise LeadRefused(
            "Files of this kind are not taken: %(sort)s.", params={"sort": stored.media_type}, field="uploads",
            remedy="Send PDF, OFD, an image, XLSX, DOCX, CSV or a ZIP archive.",
        )  # fmt: skip
    return Evidence("file", stored.sha256, stored.sha256, PurePath(name).name[:300])


@keeps_refused
@transaction.atomic
def add_files(*, lead_id: int, files_kept: Sequence[Evidence], by: User, at: datetime) -> Lead:
    """Put files to a lead that is open. Raises: Lead.DoesNotExist, NotAllowed, LeadRefused."""
    lead = locked(lead_id)
    permissions.require(by, Can.ENTER, lead, day_of(at))
    if lead.closed_at is not None:
        raise LeadRefused("This lead has ended.", remedy="Put the file to its case, or open the lead again.")
    add_evidence(lead, files_kept, by=by, at=at)
    keep(lead, "evidence", "、".join(one.words for one in files_kept), by=by, at=at)
    return lead
