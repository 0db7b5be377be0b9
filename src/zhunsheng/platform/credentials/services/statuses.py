"""The status of credentials: changed, sealed and published in one transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_bytes, canonical_digest
from zhunsheng.foundation.credentials import proofs
from zhunsheng.foundation.credentials.moments import stamp
from zhunsheng.foundation.credentials.status_lists import REVOCATION, SUSPENSION, list_document
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import MissingReason, recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.credentials import issuer, permissions
from zhunsheng.platform.credentials.lifecycle import ACTION, CREDENTIAL, FINAL, IN_FORCE, Status
from zhunsheng.platform.credentials.models import Credential, StatusChange, StatusList
from zhunsheng.platform.credentials.permissions import Can
from zhunsheng.platform.ledger import services as ledger

STATUS: Final = "credential.status"
KEPT_SECONDS: Final = 60
"""For how long a reader may keep a list: a suspension shows within a minute."""
GOOD_FOR: Final = timedelta(days=2)
"""How long a list may be relied on offline; the worker signs it anew every hour."""
LEAST_AGE: Final = timedelta(minutes=50)


class NoSuccessor(DomainError):
    """A credential can't be called replaced while nothing takes its place."""

    code = "no-successor"


@transaction.atomic
def set_status(*, credential_id: int, status: str, why: str, by: User | None, at: datetime) -> Credential:
    """Suspend a credential, lift that, or end it (cancelled, revoked), and publish its list at once.

    Raises: Credential.DoesNotExist, NotAllowed, IllegalMove, MissingReason, NotAnEntry; NoSuccessor for "replaced",
        which only `replace` and issuing the successor do.
    """
    changed = _changed(credential_id, status, why, by, at)
    if changed.status == Status.REPLACED:
        raise NoSuccessor(
            "A credential is replaced by issuing what takes its place.",
            field="status",
            remedy="Issue the new one, or cancel or revoke this one.",
        )
    return changed


@transaction.atomic
def replace(*, credential_id: int, successor_id: int, why: str, by: User | None, at: datetime) -> Credential:
    """End a credential in whose place one stands that was issued before, and let that one name it.

    Raises: as `set_status`; NoSuccessor if that one is of another kind or body, has ended, or stands for another.
    """
    successor = Credential.objects.select_for_update().get(pk=successor_id)
    ended = _changed(credential_id, Status.REPLACED, why, by, at)
    same = (ended.kind, ended.body_slug) == (successor.kind, successor.body_slug) and ended.pk != successor.pk
    if not same or successor.status not in IN_FORCE or successor.predecessor_id not in (None, ended.pk):
        raise NoSuccessor(
            "What takes its place must be of the same kind and body, in force, and stand for no other.",
            field="successor_id",
            remedy="Name the one that was issued in its place, or cancel this one.",
        )
    successor.predecessor = ended
    with recorded(by, why):
        successor.save(update_fields=["predecessor"])
    return ended


def end_replaced(*, credential_id: int, why: str, by: User | None, at: datetime) -> Credential:
    """End a credential in the transaction that issues what takes its place.

    Raises: as `set_status`.
    """
    return _changed(credential_id, Status.REPLACED, why, by, at)


def _changed(credential_id: int, status: str, why: str, by: User | None, at: datetime) -> Credential:
    credential = Credential.objects.select_for_update().get(pk=credential_id)
    permissions.require(by, Can.SET_STATUS, credential.organisation_id, timezone.localdate(at))
    if not why.strip():
        raise MissingReason(str(Credential._meta.verbose_name))
    credential.status = CREDENTIAL.target(credential.status, ACTION[Status(status)])
    credential.status_at, credential.status_why = at, why.strip()[:500]
    with recorded(by, why):
        credential.save(update_fields=["status", "status_at", "status_why"])
    subject = sealed_status(credential, status=credential.status, at=at, why=credential.status_why)
    entry = ledger.append(kind=STATUS, subject=subject, body=credential.body_slug, at=at)
    StatusChange.objects.create(
        credential=credential, status=credential.status, why=credential.status_why, at=at, by=by, entry_id=entry.id
    )
    publish(StatusList.objects.select_for_update().get(pk=credential.status_list_id), at)
    return credential


def sealed_status(credential: Credential, *, status: str, at: datetime, why: str) -> str:
    """Return the digest that the log holds of one status of a credential: of code, digest, status, time, reason."""
    return canonical_digest(
        {
            "code": credential.code,
            "digest": credential.digest,
            "status": str(status),
            "at": stamp(at),
            "why": why,
        }
    )


def publish(status_list: StatusList, at: datetime) -> None:
    """Sign and store both lists as they stand now."""
    theirs = Credential.objects.filter(status_list=status_list)
    ended = theirs.filter(status__in=FINAL).values_list("list_index", flat=True)
    paused = theirs.filter(status=Status.SUSPENDED).values_list("list_index", flat=True)
    status_list.revocation = _signed(status_list, REVOCATION, ended, at)
    status_list.suspension = _signed(status_list, SUSPENSION, paused, at)
    status_list.published_at = at
    status_list.save(update_fields=["revocation", "suspension", "published_at"])


def publish_lists(*, at: datetime) -> int:
    """Sign anew every list that was published more than 50 minutes ago; return how many."""
    due = StatusList.objects.filter(published_at__lte=at - LEAST_AGE).values_list("pk", flat=True)
    done = 0
    for key in list(due):
        with transaction.atomic():
            publish(StatusList.objects.select_for_update().get(pk=key), at)
        done += 1
    return done


def _signed(status_list: StatusList, purpose: str, raised: Iterable[int], at: datetime) -> bytes:
    method, key = issuer.signing_key()
    document = list_document(
        list_id=issuer.list_address(status_list.pk, purpose),
        purpose=purpose,
        raised=raised,
        issuer=issuer.did(),
        made=at,
        until=at + GOOD_FOR,
        seconds=KEPT_SECONDS,
    )
    return canonical_bytes(proofs.signed(document, key=key, method=method, created=at))
