"""How officers hear of new alerts: a daily mail, a secret feed address."""

import hashlib
import secrets
from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhunsheng.oversight.screening import selectors
from zhunsheng.oversight.screening.models import Alert, Run, Subscription
from zhunsheng.oversight.screening.permissions import Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.models import User

log = structlog.get_logger("zhunsheng.screening")


@transaction.atomic
def subscribe(*, by_mail: bool, by: User, at: datetime) -> Subscription:
    """Turn the daily mail on or off; what was found before is not mailed.

    Raises: NotAllowed.
    """
    _demand(by, at)
    newest = selectors.last_run()
    found, _made = Subscription.objects.update_or_create(
        user=by, defaults={"by_mail": by_mail, "changed_at": at, "mailed_run": newest}
    )
    return found


@transaction.atomic
def renew_feed(*, by: User, at: datetime) -> str:
    """Give a person a new secret feed address and return the secret, which is shown once; the old one ends.

    Raises: NotAllowed.
    """
    _demand(by, at)
    token = secrets.token_urlsafe(24)
    digest = hashlib.sha256(token.encode()).hexdigest()
    Subscription.objects.update_or_create(user=by, defaults={"feed": digest, "changed_at": at})
    return token


@transaction.atomic
def end_feed(*, by: User, at: datetime) -> None:
    """End a person's feed address."""
    Subscription.objects.filter(user=by).update(feed=None, changed_at=at)


def mail_new_alerts(*, at: datetime) -> int:
    """Mail subscribers what the newest run raised in their place; return how many mails went out.

    The mail names no body: whoever reads it signs in for the rest. A failed mail is tried with the next round.
    """
    newest = selectors.last_run()
    if newest is None:
        return 0
    waiting = Subscription.objects.filter(by_mail=True).exclude(mailed_run=newest).exclude(user__email="")
    sent = 0
    for one in waiting.select_related("user", "mailed_run"):
        fresh = _fresh(one, at)
        if fresh and not _mailed(one.user, fresh):
            continue
        sent += bool(fresh)
        Subscription.objects.filter(pk=one.pk).update(mailed_run=newest)
    return sent


def _demand(by: User, at: datetime) -> None:
    if not policy.allowed_somewhere(by, Can.SEE, timezone.localdate(at)):
        raise policy.NotAllowed(Can.SEE)


def _fresh(one: Subscription, at: datetime) -> int:
    today = timezone.localdate(at)
    seen = selectors.untreated_alerts(selectors.officers_alerts(one.user, today), today)
    after: Run | None = one.mailed_run
    return seen.filter(first_run__at__gt=after.at).count() if after else seen.count()


def _mailed(user: User, fresh: int) -> bool:
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext("%(number)s new alert of screening", "%(number)s new alerts of screening", fresh) % {
            "number": fresh
        }
        address = f"{settings.ZHUNSHENG_ADDRESS}{reverse('screening:alerts')}"
        body = _("Sign in to see what was seen, against which peers, and how rare it is: %(address)s") % {
            "address": address
        }
    try:
        EmailMessage(subject=subject, body=body, to=[user.email], connection=get_connection()).send()
    except OSError as error:
        log.warning("mail failed", user=user.pk, error=f"{type(error).__name__}: {error}"[:300])
        return False
    return True


def newest_for_feed(token: str, at: datetime, most: int = 50) -> list[Alert] | None:
    """Return the newest alerts that the owner of this secret sees today; None where nobody has it."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = Subscription.objects.select_related("user").filter(feed=digest, user__is_active=True).first()
    if found is None:
        return None
    return list(selectors.officers_alerts(found.user, timezone.localdate(at))[:most])
