"""What an audit can find, and who else looks: apps above prove that their stored things match the log."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where what is stored is not what was sealed.

    `place` names table and column, or the file below HOME; `leaf_index`, `key` and `offset` (bytes) where they apply.
    """

    place: str
    message: str
    leaf_index: int | None = None
    key: str = ""
    offset: int | None = None

    def __str__(self) -> str:
        parts = [self.place]
        if self.key:
            parts.append(self.key)
        if self.leaf_index is not None:
            parts.append(f"leaf {self.leaf_index}")
        if self.offset is not None:
            parts.append(f"byte {self.offset}")
        return f"{', '.join(parts)}: {self.message}"


@dataclass(frozen=True, slots=True)
class AuditedEntry:
    """An entry as the audit reads it; `leaf_index` is None while it waits."""

    id: int
    kind: str
    subject: str
    body: str
    at: datetime
    salt: bytes
    leaf: bytes
    leaf_index: int | None


Auditor = Callable[[Sequence[AuditedEntry]], Iterator[Difference]]
_auditors: dict[str, Auditor] = {}


def register_auditor(kind_prefix: str, auditor: Auditor) -> None:
    """Let an app prove that the subjects of its entries match what it stores; called with batches, in log order."""
    _auditors[kind_prefix] = auditor


def differences_by_apps(entries: Sequence[AuditedEntry]) -> Iterator[Difference]:
    """Return what the registered auditors find in these entries."""
    for prefix, auditor in _auditors.items():
        theirs = [entry for entry in entries if entry.kind.startswith(prefix)]
        if theirs:
            yield from auditor(theirs)


def first_difference_at(found: bytes, expected: bytes) -> int:
    """Return the first byte where they differ; the shorter one's end when one begins the other."""
    low, high = 0, min(len(found), len(expected))
    while low < high:
        middle = (low + high + 1) // 2
        if found[:middle] == expected[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
