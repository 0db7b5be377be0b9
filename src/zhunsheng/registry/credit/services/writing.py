"""What every writer of a credit file needs: body locked, texts demanded, grade marked as stale."""

from datetime import datetime

from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.credit import permissions
from zhunsheng.registry.credit.models import Stale


class NotRecordable(DomainError):
    """An event, obligation or grade that says too little or contradicts what is there."""

    code = "credit-refused"


def body_for(body_id: int, action: str, by: User | None, at: datetime) -> Body:
    """Return the body, locked, so that two writers of one file follow each other. Raises: NotAllowed."""
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    if by is not None:
        permissions.require(by, action, body, timezone.localdate(at))
    return body


def demand(**texts: str) -> None:
    """Refuse an empty text by its field. Raises: NotRecordable."""
    for name, text in texts.items():
        if not text.strip():
            raise NotRecordable("This has to be filled in.", field=name, remedy="Fill it in.")


def mark_stale(body_id: int, at: datetime) -> None:
    """Let the worker compute this body's grade anew; many events of a day are computed once."""
    Stale.objects.get_or_create(body_id=body_id, defaults={"since": at})
