"""Every write to the catalogue."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.catalogue import permissions
from zhunsheng.registry.catalogue.importers import IMPORTERS
from zhunsheng.registry.catalogue.importing.outcome import Outcome
from zhunsheng.registry.catalogue.importing.running import OnLines, Source, UnknownKind, run
from zhunsheng.registry.catalogue.models import CatalogueRevision


@transaction.atomic
def import_rows(
    *, kind: str, rows: Iterable[Mapping[str, str]], by: User | None, at: datetime, why: str, keep_good: bool = False
) -> Outcome:
    """Import lines given as texts by column name, under the same rules as a file; line numbers count from 1.

    Raises: UnknownKind, NotAllowed, MissingReason.
    """
    return _import(kind, rows, by=by, at=at, why=why, dry_run=False, keep_good=keep_good)


@transaction.atomic
def import_table(
    *, kind: str, path: Path, by: User | None, at: datetime, why: str, dry_run: bool = False, keep_good: bool = False,
    on_lines: OnLines | None = None,
) -> Outcome:  # fmt: skip
    """Import a table of standards, editions, objects, parameters, synonyms or limits.

    Raises: UnknownKind, NotAllowed, UnreadableTable, MissingColumns, MissingReason.
    """
    return _import(kind, path, by=by, at=at, why=why, dry_run=dry_run, keep_good=keep_good, on_lines=on_lines)


def _import(
    kind: str, source: Source, *, by: User | None, at: datetime, why: str, dry_run: bool, keep_good: bool,
    on_lines: OnLines | None = None,
) -> Outcome:  # fmt: skip
    permissions.require_change(by, timezone.localdate(at))
    if kind not in IMPORTERS:
        raise UnknownKind(kind, IMPORTERS)
    outcome = run(
        IMPORTERS[kind](), source, by=by, at=at, why=why, dry_run=dry_run, keep_good=keep_good, on_lines=on_lines
    )
    if outcome.saved and (outcome.created or outcome.updated):
        bump_revision()
    return outcome


def bump_revision() -> None:
    """Count a change of the catalogue, so that every process rebuilds its vocabulary; in the change's transaction."""
    drawn = uuid.uuid4().hex
    made = CatalogueRevision.objects.get_or_create(pk=1, defaults={"identity": drawn, "number": 1})[1]
    if not made:
        CatalogueRevision.objects.filter(pk=1).update(identity=drawn, number=F("number") + 1)
