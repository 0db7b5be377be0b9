"""Every write of notices."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.notices import permissions, selectors
from zhunsheng.platform.notices.lifecycle import NOTICE, Stage
from zhunsheng.platform.notices.models import Delivery, Feed, Notice, Reading


class NoticeIncomplete(DomainError):
    """A notice that says nothing."""

    code = "notice-incomplete"


@dataclass(frozen=True, slots=True)
class Receiver:
    """An organisation, what concerns it alone, and the page where it finds that."""

    organisation_id: int
    detail: str = ""
    href: str = ""


@transaction.atomic
def notify(
    *,
    organisation_ids: Iterable[int],
    subject: str,
    body: str,
    href: str,
    kind: str,
    at: datetime,
    by: User | None,
    sender_id: int | None = None,
    origin: str = "",
) -> Notice:
    """Write a notice and send it to these organisations at once, in the caller's transaction; its mail follows.

    Raises: NoticeIncomplete.
    """
    receivers = [Receiver(one, href=href) for one in organisation_ids]
    notice = draft(
        receivers=receivers, subject=subject, body=body, kind=kind, at=at, by=by, sender_id=sender_id, origin=origin
    )
    return _send(notice, by, at)


@transaction.atomic
def draft(
    *,
    receivers: Iterable[Receiver],
    subject: str,
    body: str,
    kind: str,
    at: datetime,
    by: User | None,
    sender_id: int | None = None,
    origin: str = "",
) -> Notice:
    """Write a notice that waits for an officer of the sender; an organisation named twice receives it once.

    Raises: NoticeIncomplete.
    """
    _refuse_empty(subject, body)
    with recorded(by, kind):
        notice = Notice.objects.create(
            subject=subject.strip(), body=body.strip(), kind=kind, origin=origin, sender_id=sender_id,
            written_by=by, written_at=at,
        )  # fmt: skip
    once = {one.organisation_id: one for one in receivers}
    copies = [
        Delivery(notice=notice, organisation_id=one.organisation_id, detail=one.detail[:500], href=one.href[:300])
        for one in once.values()
    ]
    Delivery.objects.bulk_create(copies, batch_size=2000)
    return notice


@transaction.atomic
def change_draft(*, notice_id: int, subject: str, body: str, by: User, at: datetime) -> Notice:
    """Change the words of a draft.

    Raises: Notice.DoesNotExist, NotAllowed, IllegalMove, NoticeIncomplete.
    """
    notice = _locked(notice_id, by, "change", at)
    _refuse_empty(subject, body)
    notice.subject, notice.body = subject.strip(), body.strip()
    with recorded(by, "change"):
        notice.save(update_fields=["subject", "body"])
    return notice


@transaction.atomic
def send(*, notice_id: int, by: User, at: datetime) -> Notice:
    """Send a draft to all its receivers.

    Raises: Notice.DoesNotExist, NotAllowed, IllegalMove.
    """
    return _send(_locked(notice_id, by, "send", at), by, at)


@transaction.atomic
def discard(*, notice_id: int, by: User, at: datetime) -> Notice:
    """Put a draft aside; it stays on record and is never sent.

    Raises: Notice.DoesNotExist, NotAllowed, IllegalMove.
    """
    notice = _locked(notice_id, by, "discard", at)
    notice.stage = NOTICE.target(notice.stage, "discard")
    with recorded(by, "discard"):
        notice.save(update_fields=["stage"])
    return notice


def read(*, delivery_id: int, by: User, at: datetime) -> Delivery:
    """Record that a person opened a notice to their organisation; the first time counts.

    Raises: Delivery.DoesNotExist, also for what was sent to others.
    """
    delivery = selectors.inbox_of(by, timezone.localdate(at)).get(pk=delivery_id)
    Reading.objects.get_or_create(delivery=delivery, user=by, defaults={"at": at})
    return delivery


@transaction.atomic
def renew_feed(*, organisation_id: int, by: User, at: datetime) -> str:
    """Give an organisation's notices a new secret address and return the secret, which is shown once.

    Raises: NotAllowed.
    """
    permissions.require_feed(by, organisation_id, timezone.localdate(at))
    token = secrets.token_urlsafe(24)
    digest = hashlib.sha256(token.encode()).hexdigest()
    Feed.objects.update_or_create(
        organisation_id=organisation_id, defaults={"digest": digest, "made_by": by, "made_at": at}
    )
    return token


def _locked(notice_id: int, by: User, action: str, at: datetime) -> Notice:
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    permissions.require_send(by, notice, timezone.localdate(at))
    NOTICE.target(notice.stage, action)
    return notice


def _send(notice: Notice, by: User | None, at: datetime) -> Notice:
    notice.stage, notice.sent_by, notice.sent_at = Stage(NOTICE.target(notice.stage, "send")), by, at
    with recorded(by, "send"):
        notice.save(update_fields=["stage", "sent_by", "sent_at"])
    notice.deliveries.update(sent_at=at, mail_next_at=at)
    return notice


def _refuse_empty(subject: str, body: str) -> None:
    for name, text in (("subject", subject), ("body", body)):
        if not text.strip():
            raise NoticeIncomplete(
                "A notice needs a subject and a text.", field=name, remedy="Write what happened and what is to be done."
            )
