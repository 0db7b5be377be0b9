"""Screening's part of the ledger's audit: the evidence that is kept is what was sealed."""

from collections.abc import Iterator, Sequence

from zhunsheng.foundation.canonical import canonical_digest
from zhunsheng.oversight.screening.models import Export, Sighting
from zhunsheng.platform.ledger.services import AuditedEntry, Difference, register_auditor


def register() -> None:
    """Let the ledger's audit prove alerts, too."""
    register_auditor("screening.", audit_alerts)


def audit_alerts(entries: Sequence[AuditedEntry]) -> Iterator[Difference]:
    """Yield every difference between these log entries and the kept evidence and exports."""
    keys = [entry.id for entry in entries]
    seen = {one.entry_id: one for one in Sighting.objects.filter(entry_id__in=keys)}
    taken = dict(Export.objects.filter(entry_id__in=keys).values_list("entry_id", "sha256"))
    for entry in entries:
        sighting = seen.get(entry.id)
        if sighting is not None:
            if canonical_digest(sighting.evidence) != entry.subject or sighting.sha256 != entry.subject:
                yield Difference("screening_sighting.evidence", "not what was sealed", entry.leaf_index, entry.body)
        elif entry.id not in taken:
            yield Difference("screening_sighting", "the evidence is missing", entry.leaf_index, entry.body)
        elif taken[entry.id] != entry.subject:
            yield Difference("screening_export", "not what was sealed", entry.leaf_index, entry.body)
