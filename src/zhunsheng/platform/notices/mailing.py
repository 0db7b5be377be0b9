"""Mails what was sent. A failed attempt waits longer each time, at most a day, and is never given up."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from zhunsheng.platform.accounts.selectors import memberships_in_force
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.notices import selectors
from zhunsheng.platform.notices.lifecycle import MailStage
from zhunsheng.platform.notices.models import Delivery

EVERY_SECONDS = 15.0
AT_ONCE = 200
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)

log = structlog.get_logger("zhunsheng.notices")


def mail_what_is_due() -> int:
    """Mail the deliveries that are due; return how many went out.

    Message-ID names the delivery: a mail that a crash made us send twice is recognised by the receiver's program.
    Raises: LockBusy when another worker mails.
    """
    now = timezone.now()
    due = selectors.mail_due(now, AT_ONCE)
    if not due:
        return 0
    with exclusive("notices-mail", wait_seconds=0):
        connection = get_connection()
        found = Delivery.objects.filter(pk__in=due, mail_stage=MailStage.WAITING).select_related("notice")
        addresses = _addresses({one.organisation_id for one in found}, now)
        return sum(_mail(one, addresses.get(one.organisation_id, []), connection, now) for one in found)


def _addresses(organisation_ids: set[int], now: datetime) -> dict[int, list[str]]:
    held = memberships_in_force(timezone.localdate(now)).filter(organisation_id__in=organisation_ids)
    found: dict[int, list[str]] = {}
    for organisation_id, address in held.exclude(user__email="").values_list("organisation_id", "user__email"):
        found.setdefault(organisation_id, []).append(address)
    return {one: sorted(set(addresses)) for one, addresses in found.items()}


def _mail(delivery: Delivery, addresses: list[str], connection: BaseEmailBackend, now: datetime) -> int:
    if not addresses:
        delivery.mail_stage = MailStage.NO_ADDRESS
        delivery.save(update_fields=["mail_stage"])
        return 0
    delivery.mail_attempts += 1
    try:
        _message(delivery, addresses, connection).send()
    except Exception as error:  # noqa: BLE001, RUF100 - whatever a mail server does, the notice waits for the next attempt
        pause = min(FIRST_PAUSE * 2 ** min(delivery.mail_attempts - 1, 12), LONGEST_PAUSE)
        delivery.mail_next_at, delivery.mail_error = now + pause, f"{type(error).__name__}: {error}"[:300]
        delivery.save(update_fields=["mail_attempts", "mail_next_at", "mail_error"])
        log.warning("mail failed", delivery=delivery.pk, attempts=delivery.mail_attempts, error=delivery.mail_error)
        return 0
    delivery.mail_stage, delivery.mail_done_at, delivery.mail_error = MailStage.SENT, now, ""
    delivery.save(update_fields=["mail_stage", "mail_done_at", "mail_error", "mail_attempts"])
    return 1


def _message(delivery: Delivery, addresses: list[str], connection: BaseEmailBackend) -> EmailMessage:
    """Return the mail: nobody sees who else of the organisation receives it."""
    notice = delivery.notice
    parts = [notice.body, delivery.detail]
    if delivery.href and settings.ZHUNSHENG_ADDRESS:
        parts.append(f"{settings.ZHUNSHENG_ADDRESS}{delivery.href}")
    return EmailMessage(
        subject=" ".join(notice.subject.split()),
        body="\n\n".join(part for part in parts if part),
        bcc=addresses,
        connection=connection,
        headers={"Message-ID": f"<notice-{delivery.pk}@{settings.ZHUNSHENG_LOG_ORIGIN.split('/')[0]}>"},
    )
