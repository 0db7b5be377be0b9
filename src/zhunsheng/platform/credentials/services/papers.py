"""The PDF of a credential: made after its issue is committed, outside any transaction, and sealed when it is there.

Rendering takes seconds and a time-stamping authority answers over the network; neither may hold what other writers wait
for. What a crash leaves behind at each step:

1. the issue is committed, with what the document is made of: the worker makes it;
2. the file is rendered, signed, stamped and stored: the worker makes it again, and stores the same content once;
3. one transaction names the file, seals it in the log and forgets what it was made of: nothing is missing.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
import typst
from django.db import transaction

from zhunsheng.foundation.canonical import digest_hex
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.credentials.models import Credential, PendingDocument
from zhunsheng.platform.documents import files, pdf, qr
from zhunsheng.platform.ledger import services as ledger

DOCUMENT = "credential.document"
ROOT = Path(__file__).resolve().parents[3]
AT_ONCE = 50
_FAILURES = (DomainError, typst.TypstError, OSError, ValueError)
log = structlog.get_logger(__name__)


def remember(credential: Credential, template: Path, data: Mapping[str, Any], at: datetime) -> None:
    """Keep what the document is made of, in the transaction of the issue.

    Raises: FileNotFoundError; TypeError or ValueError for data that is no JSON.
    """
    path = template.resolve(strict=True)
    place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    json.dumps(data, allow_nan=False)
    PendingDocument.objects.create(credential=credential, template=str(place), data=dict(data), at=at)


def make(credential_id: int) -> bool:
    """Make the document that a credential waits for; return whether it is there. A failure is noted, not raised."""
    from zhunsheng.platform.documents import signatures  # here, because it takes long to import

    pending = PendingDocument.objects.filter(pk=credential_id).select_related("credential").first()
    if pending is None:
        return True
    try:
        content = signatures.sign(_rendered(pending), at=pending.at)
        kept = files.store(content, "application/pdf")
    except _FAILURES as error:
        log.warning("the document of a credential could not be made", code=pending.credential.code, error=str(error))
        why = str(error)[:500]
        PendingDocument.objects.filter(pk=credential_id).update(tries=pending.tries + 1, why=why)
        return False
    with transaction.atomic():
        _put(credential_id, kept.sha256, pending.at)
    return True


def make_due() -> int:
    """Make documents that wait: a crash, or an authority that didn't answer, left them; return how many were made."""
    waiting = PendingDocument.objects.order_by("tries", "pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(make(key) for key in list(waiting))


def _put(credential_id: int, digest: str, at: datetime) -> None:
    """Name and seal the document once; whoever comes second finds it there."""
    credential = Credential.objects.select_for_update().get(pk=credential_id)
    if credential.pdf_id is None:
        entry = ledger.append(kind=DOCUMENT, subject=digest, body=credential.body_slug, at=at)
        Credential.objects.filter(pk=credential_id, pdf=None).update(pdf=digest, pdf_entry_id=entry.id)
    PendingDocument.objects.filter(pk=credential_id).delete()


def _rendered(pending: PendingDocument) -> bytes:
    credential = pending.credential
    address = credential.printed.partition("#")[0]
    signed = bytes(credential.vc)
    data = {
        **pending.data,
        "code": credential.code,
        "number": credential.number,
        "holder": credential.holder,
        "verify_url": address,
        "qr": qr.svg(credential.printed),
        "qr_words": f"核验二维码：{address}",
        "digest": digest_hex(signed),
        "signed": signed.decode("utf-8"),
    }
    return pdf.render(ROOT / pending.template, data, at=pending.at, accessible=True)
