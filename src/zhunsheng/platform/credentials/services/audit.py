"""The credentials' part of the ledger's audit: what is stored, and how it stands, is what was sealed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.canonical import digest_hex
from zhunsheng.foundation.credentials import codes, status_lists
from zhunsheng.foundation.credentials.moments import moment
from zhunsheng.platform.credentials import kinds
from zhunsheng.platform.credentials.lifecycle import FINAL, Status
from zhunsheng.platform.credentials.models import Credential, PendingDocument, StatusChange, StatusList
from zhunsheng.platform.credentials.services.issuing import ISSUED
from zhunsheng.platform.credentials.services.papers import DOCUMENT
from zhunsheng.platform.credentials.services.statuses import STATUS, sealed_status
from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.errors import FileAltered, FileMissing
from zhunsheng.platform.ledger.services import AuditedEntry, Difference, register_auditor

TABLE: Final = "credentials_credential"
CHANGES: Final = "credentials_statuschange"


def register() -> None:
    """Let the ledger's audit prove credentials, too."""
    register_auditor("credential.", audit_credentials)


def audit_credentials(entries: Sequence[AuditedEntry]) -> Iterator[Difference]:
    """Yield where these entries and what is stored part: signed data, columns, documents, and every status."""
    stored = _Stored.of(entries)
    for entry in entries:
        if entry.kind == ISSUED:
            yield from _issued(entry, stored)
        elif entry.kind == DOCUMENT:
            yield from _document(entry, stored)
        elif entry.kind == STATUS:
            yield from _status(entry, stored.sealed_changes.get(entry.id))


@dataclass
class _Stored:
    """What is stored about the entries of a batch."""

    credentials: dict[str, Credential]
    documents: dict[int, Credential]
    changes: dict[int, list[StatusChange]]
    sealed_changes: dict[int, StatusChange]
    replaced: frozenset[int]
    lists: dict[int, dict[str, bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Sequence[AuditedEntry]) -> "_Stored":
        """Read it in a few queries."""
        issued = {one.subject for one in entries if one.kind == ISSUED}
        found = list(Credential.objects.filter(digest__in=issued))
        keys = [one.pk for one in found]
        changes: dict[int, list[StatusChange]] = defaultdict(list)
        for change in StatusChange.objects.filter(credential__in=keys).order_by("pk"):
            changes[change.credential_id].append(change)
        ids = [one.id for one in entries if one.kind == STATUS]
        sealed = StatusChange.objects.filter(entry_id__in=ids).select_related("credential")
        papers = Credential.objects.filter(pdf_entry_id__in=[one.id for one in entries if one.kind == DOCUMENT])
        return cls(
            {one.digest: one for one in found},
            {one.pdf_entry_id or 0: one for one in papers.only("pk", "code", "pdf_id", "pdf_entry_id")},
            dict(changes),
            {one.entry_id: one for one in sealed if one.entry_id is not None},
            frozenset(Credential.objects.filter(predecessor__in=keys).values_list("predecessor_id", flat=True)),
        )

    def bits(self, number: int) -> dict[str, bytes]:
        """Return the bitstrings of a pair of lists as published last; one that can't be read is empty."""
        if number not in self.lists:
            row = StatusList.objects.get(pk=number)
            self.lists[number] = {
                status_lists.REVOCATION: _bits(row.revocation),
                status_lists.SUSPENSION: _bits(row.suspension),
            }
        return self.lists[number]


def _bits(signed: bytes | memoryview) -> bytes:
    try:
        return status_lists.decode(json.loads(bytes(signed))["credentialSubject"]["encodedList"])
    except (ValueError, LookupError, TypeError):
        return b""


def _issued(entry: AuditedEntry, stored: _Stored) -> Iterator[Difference]:
    credential = stored.credentials.get(entry.subject)
    if credential is None:
        yield Difference(f"{TABLE}.vc", "a sealed credential is not stored", entry.leaf_index, entry.subject)
        return
    if digest_hex(bytes(credential.vc)) != entry.subject:
        yield Difference(f"{TABLE}.vc", "the signed data is not what was sealed", entry.leaf_index, credential.code)
        return
    for name in _unlike(credential, entry):
        yield Difference(f"{TABLE}.{name}", "not what was signed and sealed", entry.leaf_index, credential.code)
    if credential.pdf_id is None and not PendingDocument.objects.filter(pk=credential.pk).exists():
        yield Difference(f"{TABLE}.pdf", "no document, and none is waited for", entry.leaf_index, credential.code)
    if any(_standing(credential, entry, stored)):
        yield from _standing_locked(entry)


def _unlike(credential: Credential, entry: AuditedEntry) -> Iterator[str]:
    """Yield the columns that don't say what the signed data, or the log, says."""
    said = json.loads(bytes(credential.vc))
    places = {(one.get("statusListIndex"), _list_number(one)) for one in said.get("credentialStatus", [])}
    columns: Iterable[tuple[str, Any, Any]] = (
        ("code", credential.code, said.get("code")),
        ("number", credential.number, said.get("number")),
        ("holder", credential.holder, said.get("holder")),
        ("body_slug", credential.body_slug, said.get("body")),
        ("schema_version", credential.schema_version, said.get("schemaVersion")),
        ("kind", ["VerifiableCredential", kinds.type_name(credential.kind)], said.get("type")),
        ("valid_from", credential.valid_from, _day(said.get("validFrom"))),
        ("valid_to", credential.valid_to, _day(said.get("validUntil"))),
        ("list_index", {(str(credential.list_index), credential.status_list_id)}, places),
        ("entry_id", credential.entry_id, entry.id),
        ("issued_at", credential.issued_at, entry.at),
        ("printed", _printed(credential), (credential.code, credential.digest)),
    )
    for name, kept, signed in columns:
        if kept != signed:
            yield name


def _day(stated: object) -> date | None:
    at = moment(stated)
    return timezone.localdate(at) if at is not None else None


def _list_number(stated: Mapping[str, Any]) -> int | None:
    number = str(stated.get("statusListCredential", "")).rpartition("-")[2]
    return int(number) if number.isascii() and number.isdecimal() else None


def _printed(credential: Credential) -> tuple[str, str] | None:
    try:
        found = codes.read_printed(credential.printed)
    except ValueError:
        return None
    return found.facts.code, found.digest


def _standing_locked(entry: AuditedEntry) -> list[Difference]:
    """Look once more while nobody can change it: an audit beside a decision reads some before and some after it."""
    with transaction.atomic():
        credential = Credential.objects.select_for_update().get(digest=entry.subject)
        return list(_standing(credential, entry, _Stored.of([entry])))


def _standing(credential: Credential, entry: AuditedEntry, stored: _Stored) -> Iterator[Difference]:
    """Compare how a credential stands with the changes that led there, and with what its lists tell verifiers."""
    changes = stored.changes.get(credential.pk, [])
    first = changes[0] if changes else None
    if first is None or (first.entry_id, first.status, first.at) != (entry.id, Status.VALID, entry.at):
        yield Difference(CHANGES, "the status of the issue is not there", entry.leaf_index, credential.code)
        return
    last = changes[-1]
    shown = (credential.status, credential.status_at)
    if shown != (last.status, last.at) or (len(changes) > 1 and credential.status_why != last.why):
        yield Difference(f"{TABLE}.status", "not the last status that was decided", entry.leaf_index, credential.code)
    if any(one.entry_id is None for one in changes):
        yield Difference(CHANGES, "a status was never sealed", entry.leaf_index, credential.code)
    if credential.status == Status.REPLACED and credential.pk not in stored.replaced:
        yield Difference(f"{TABLE}.status", "replaced, but by nothing", entry.leaf_index, credential.code)
    told = {
        status_lists.REVOCATION: credential.status in FINAL,
        status_lists.SUSPENSION: credential.status == Status.SUSPENDED,
    }
    for purpose, raised in told.items():
        bits = stored.bits(credential.status_list_id)[purpose]
        if not bits or status_lists.is_set(bits, credential.list_index) != raised:
            place = f"credentials_statuslist.{purpose}"
            yield Difference(place, "the list does not tell the status", entry.leaf_index, credential.code)


def _status(entry: AuditedEntry, change: StatusChange | None) -> Iterator[Difference]:
    if change is None:
        yield Difference(CHANGES, "a sealed status is not stored", entry.leaf_index, entry.subject)
        return
    if sealed_status(change.credential, status=change.status, at=change.at, why=change.why) != entry.subject:
        yield Difference(CHANGES, "not what was sealed", entry.leaf_index, change.credential.code)


def _document(entry: AuditedEntry, stored: _Stored) -> Iterator[Difference]:
    credential = stored.documents.get(entry.id)
    if credential is None or credential.pdf_id != entry.subject:
        key = credential.code if credential else entry.subject
        yield Difference(f"{TABLE}.pdf", "a sealed document belongs to no credential", entry.leaf_index, key)
    try:
        files.prove(entry.subject)
    except (FileMissing, FileAltered) as error:
        yield Difference("files", str(error), entry.leaf_index, entry.subject)
