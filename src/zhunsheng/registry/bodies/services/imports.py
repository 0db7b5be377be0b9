"""Loading tables into the register."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.importers import IMPORTERS
from zhunsheng.registry.bodies.services.revisions import bump_scope
from zhunsheng.registry.catalogue.importing.outcome import Outcome
from zhunsheng.registry.catalogue.importing.running import Source, UnknownKind, run

_SCOPE_DEPENDS_ON = {"sites", "scope"}


@transaction.atomic
def import_table(
    *, kind: str, path: Path, by: User | None, at: datetime, why: str, dry_run: bool = False, keep_good: bool = False
) -> Outcome:
    """Import a table of one kind (see IMPORTERS); `by` None is the operator at the command line.

    Raises: UnknownKind, NotAllowed, UnreadableTable, MissingColumns, MissingReason.
    """
    return _import(kind, path, by=by, at=at, why=why, dry_run=dry_run, keep_good=keep_good)


@transaction.atomic
def import_rows(
    *, kind: str, rows: Iterable[Mapping[str, str]], by: User | None, at: datetime, why: str, keep_good: bool = False
) -> Outcome:
    """Import lines given as texts by column name, under the same rules as a file; line numbers count from 1.

    Raises: UnknownKind, NotAllowed, MissingReason.
    """
    return _import(kind, rows, by=by, at=at, why=why, dry_run=False, keep_good=keep_good)


def _import(
    kind: str, source: Source, *, by: User | None, at: datetime, why: str, dry_run: bool, keep_good: bool
) -> Outcome:
    permissions.require_register(by, timezone.localdate(at))
    if kind not in IMPORTERS:
        raise UnknownKind(kind, IMPORTERS)
    outcome = run(IMPORTERS[kind](), source, by=by, at=at, why=why, dry_run=dry_run, keep_good=keep_good)
    if outcome.saved and kind in _SCOPE_DEPENDS_ON and outcome.touched:
        bump_scope(outcome.touched)
    return outcome
