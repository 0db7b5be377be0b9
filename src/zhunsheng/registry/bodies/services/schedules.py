"""Scope lines that another room has read from a schedule and tied to the catalogue, written to the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.importers.scope_writing import ScopeWriter
from zhunsheng.registry.bodies.services.revisions import bump_scope
from zhunsheng.registry.catalogue.importing.writing import Values, chunks


@dataclass(slots=True)
class ScopeWritten:
    """How many lines were made, changed and left as they were."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def write_scope(*, body_id: int, rows: Sequence[Values], by: User | None, at: datetime, why: str) -> ScopeWritten:
    """Create or update scope lines of one body, given as column values by attname; the same lines twice change nothing.

    `rows` may be a lazy sequence: it is read slice by slice. `by` None is the operator at the command line.
    Raises: NotAllowed, MissingReason.
    """
    permissions.require_register(by, timezone.localdate(at))
    done, writer = ScopeWritten(), ScopeWriter()
    with recorded(by, why):
        for part in chunks(rows):
            written = writer.write(part, at)
            done.created += len(written.made)
            done.changed += len(written.changed)
            done.unchanged += written.unchanged
    if done.created or done.changed:
        bump_scope([body_id])
    return done
