"""The credentials' part of the ledger's audit: what is stored is what was sealed."""

from collections.abc import Iterator, Sequence

from zhunsheng.foundation.canonical import digest_hex
from zhunsheng.platform.credentials.models import Credential
from zhunsheng.platform.credentials.services.issuing import DOCUMENT, ISSUED
from zhunsheng.platform.documents import files
from zhunsheng.platform.documents.errors import FileAltered, FileMissing
from zhunsheng.platform.ledger.services import AuditedEntry, Difference, register_auditor


def register() -> None:
    """Let the ledger's audit prove credentials, too."""
    register_auditor("credential.", audit_credentials)


def audit_credentials(entries: Sequence[AuditedEntry]) -> Iterator[Difference]:
    """Yield every credential of these entries whose signed data or PDF is gone or is not what was sealed."""
    issued = {one.subject for one in entries if one.kind == ISSUED}
    kept = {one.digest: one for one in Credential.objects.filter(digest__in=issued)}
    for entry in entries:
        if entry.kind == ISSUED:
            yield from _of_data(entry, kept.get(entry.subject))
        elif entry.kind == DOCUMENT:
            yield from _of_document(entry)


def _of_data(entry: AuditedEntry, credential: Credential | None) -> Iterator[Difference]:
    place = "credentials_credential.vc"
    if credential is None:
        yield Difference(place, "a sealed credential is not stored", entry.leaf_index, entry.subject)
    elif digest_hex(bytes(credential.vc)) != entry.subject:
        yield Difference(place, "the signed data is not what was sealed", entry.leaf_index, credential.code)


def _of_document(entry: AuditedEntry) -> Iterator[Difference]:
    try:
        files.prove(entry.subject)
    except (FileMissing, FileAltered) as error:
        yield Difference("files", str(error), entry.leaf_index, entry.subject)
