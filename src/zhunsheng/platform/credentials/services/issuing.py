"""Issue a credential: number and place, signed data, code, log; all or nothing. Its PDF follows."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.canonical import canonical_bytes, digest_hex
from zhunsheng.foundation.credentials import codes, proofs
from zhunsheng.foundation.credentials.documents import credential_document
from zhunsheng.foundation.credentials.status_lists import PURPOSES
from zhunsheng.foundation.credentials.status_lists import Entry as StatusEntry
from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.credentials import issuer, kinds, permissions
from zhunsheng.platform.credentials.lifecycle import IN_FORCE, Status
from zhunsheng.platform.credentials.models import Credential, StatusChange, StatusList
from zhunsheng.platform.credentials.permissions import Can
from zhunsheng.platform.credentials.services import papers, statuses
from zhunsheng.platform.credentials.services.second_signature import second_signatures
from zhunsheng.platform.ledger import services as ledger

ISSUED = "credential.issued"
PLAINLY = "Issued."


class NotIssuable(DomainError):
    """A credential that can't be issued as it is."""

    code = "not-issuable"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be issued, as the caller says it."""

    kind: str
    subject: Mapping[str, Any]
    number: str
    body_slug: str
    holder: str
    organisation_id: int | None
    valid_from: date
    valid_to: date | None
    template: Path
    data: Mapping[str, Any]
    schema_version: str


def after_commit(work: Callable[[], object]) -> None:
    """Do work when the issue is committed; if it fails or the process dies, the worker does it."""
    transaction.on_commit(work, robust=True)


def issue(
    *,
    kind: str,
    subject: Mapping[str, Any],
    number: str,
    body_slug: str,
    holder: str,
    organisation_id: int | None,
    valid_from: date,
    valid_to: date | None,
    template: Path,
    data: Mapping[str, Any],
    schema_version: str,
    by: User | None,
    at: datetime,
    replaces_id: int | None = None,
    why: str = "",
) -> Credential:
    """Issue a credential as signed data and seal it in the log; its signed PDF follows at once when that is committed.

    Within a transaction of the caller's the document is made after that one; see `papers`.

    Args:
        kind: as registered in `kinds`.
        subject: what is certified, JSON values; goes into the signed data whole and is public.
        valid_from, valid_to: first and last day; None where no end is set.
        template: Typst file; it gets `data` and with it `code`, `number`, `holder`, `verify_url`, `qr` (SVG),
            `qr_words`, `digest`, `signed` (the signed data as text); "/platform/credentials/typst/code.typ" shows them.
        replaces_id: the credential that this one takes the place of; it becomes "replaced" in the same transaction.
        by: None is the system itself.
        why: reason for the history; a plain one is written where it is empty.
    Raises: NotIssuable (number in force already, dates, what has no canonical form), IllegalMove, NotAllowed,
        Credential.DoesNotExist, FileNotFoundError.
    """
    wanted = _Wanted(
        kind, subject, number, body_slug, holder, organisation_id, valid_from, valid_to, template, data, schema_version
    )
    with transaction.atomic(), recorded(by, why.strip() or PLAINLY):
        permissions.require(by, Can.ISSUE, organisation_id, timezone.localdate(at))
        former = _replace(replaces_id, wanted, by, at, why.strip() or PLAINLY)
        _refuse_wrong(wanted)
        made = _issue(wanted, former, by, at, why.strip())
        after_commit(partial(papers.make, made.pk))
    made.refresh_from_db(fields=["pdf", "pdf_entry_id"])
    return made


def _replace(replaces_id: int | None, wanted: _Wanted, by: User | None, at: datetime, why: str) -> Credential | None:
    if replaces_id is None:
        return None
    former = Credential.objects.get(pk=replaces_id)
    if (former.kind, former.body_slug) != (wanted.kind, wanted.body_slug):
        raise NotIssuable("A credential replaces only one of its kind, of the same body.", field="replaces_id")
    return statuses.end_replaced(credential_id=replaces_id, why=why, by=by, at=at)


def _refuse_wrong(wanted: _Wanted) -> None:
    if not issuer.has_place():
        raise NotIssuable(
            "This installation has no public address, so nobody could verify what it issues.",
            remedy="Set ZHUNSHENG_ADDRESS to the address under which the public reaches it.",
        )
    try:
        kinds.type_name(wanted.kind)
    except ValueError as error:
        raise NotIssuable("“%(kind)s” is no kind of credential.", params={"kind": wanted.kind}, field="kind") from error
    if wanted.valid_to is not None and wanted.valid_to < wanted.valid_from:
        raise NotIssuable("The last day of validity lies before the first.", field="valid_to")
    if not wanted.number.strip() or not wanted.holder.strip():
        raise NotIssuable("A credential needs a number and a holder.", field="number")


def _refuse_taken(wanted: _Wanted) -> None:
    """Refuse a number in force; asked while the list's row is locked, so that two at once can't both pass."""
    taken = Credential.objects.filter(kind=wanted.kind, number=wanted.number, status__in=IN_FORCE)
    if taken.exists():
        raise NotIssuable(
            "A credential with the number %(number)s is in force already.",
            params={"number": wanted.number},
            field="number",
            remedy="Replace the one in force, or take another number.",
        )


def _issue(wanted: _Wanted, former: Credential | None, by: User | None, at: datetime, why: str) -> Credential:
    place, index = _next_place(at)
    _refuse_taken(wanted)
    code = _new_code()
    method, key = issuer.signing_key()
    signed = canonical_bytes(proofs.signed(_document(wanted, code, place, index), key=key, method=method, created=at))
    digest = digest_hex(signed)
    facts = codes.facts_of(
        code=code, kind=wanted.kind, number=wanted.number, holder=wanted.holder, key=method,
        period=(wanted.valid_from, wanted.valid_to), vc=bytes.fromhex(digest),
    )  # fmt: skip
    printed = f"{issuer.page_address(code)}#{codes.printed(facts, key)}"
    credential = Credential.objects.create(
        code=code, kind=wanted.kind, number=wanted.number, body_slug=wanted.body_slug, holder=wanted.holder,
        organisation_id=wanted.organisation_id, valid_from=wanted.valid_from, valid_to=wanted.valid_to,
        schema_version=wanted.schema_version, vc=signed, digest=digest, beside=second_signatures(signed),
        printed=printed, status=Status.VALID, status_at=at, status_list=place, list_index=index,
        predecessor=former, issued_by=by, issued_at=at,
        entry_id=ledger.append(kind=ISSUED, subject=digest, body=wanted.body_slug, at=at).id,
    )  # fmt: skip
    papers.remember(credential, wanted.template, wanted.data, at)
    StatusChange.objects.create(
        credential=credential, status=Status.VALID, why=why, at=at, by=by, entry_id=credential.entry_id
    )
    return credential


def _next_place(at: datetime) -> tuple[StatusList, int]:
    """Return the next free place, in a new list when the last is full; the row stays locked until the end."""
    last = StatusList.objects.select_for_update().order_by("-pk").first()
    if last is None or last.taken >= StatusList.SIZE:
        last = StatusList.objects.create()
        statuses.publish(last, at)
    index = last.taken
    last.taken = index + 1
    last.save(update_fields=["taken"])
    return last, index


def _new_code() -> str:
    """Return a code that nobody has; two of 70 random bits hardly ever meet."""
    while True:
        code = codes.code_from(os.urandom(9))
        if not Credential.objects.filter(code=code).exists():
            return code


def _document(wanted: _Wanted, code: str, place: StatusList, index: int) -> dict[str, Any]:
    zone = timezone.get_default_timezone()
    end = wanted.valid_to
    try:
        document = credential_document(
            address=issuer.credential_address(code),
            kind=kinds.type_name(wanted.kind),
            issuer=issuer.did(),
            subject=wanted.subject,
            valid_from=datetime.combine(wanted.valid_from, time.min, zone),
            valid_until=datetime.combine(end, time.max, zone) if end else None,
            status=[StatusEntry(one, issuer.list_address(place.pk, one), index).as_json() for one in PURPOSES],
            stated={
                "code": code,
                "number": wanted.number,
                "holder": wanted.holder,
                "body": wanted.body_slug,
                "schemaVersion": wanted.schema_version,
            },
            context=issuer.context_address(),
        )
        canonical_bytes(document)
    except DomainError as error:
        raise NotIssuable("%(why)s", params={"why": str(error)}, field="subject") from error
    return document
