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
from zhunsheng.registry.catalogue.importing.streaming import OnPart, run_in_parts

_SCOPE_DEPENDS_ON = {"sites", "scope"}


def import_table(
    *,
    kind: str,
    path: Path,
    by: User | None,
    at: datetime,
    why: str,
    dry_run: bool = False,
    keep_good: bool = False,
    after_line: int = 0,
    on_part: OnPart | None = None,
) -> Outcome:
    """Import a table of one kind (see IMPORTERS); `by` None is the operator at the command line.

    A scope of millions of lines is read a part at a time; `on_part` is told how far it has come. With `keep_good` its
    parts are committed one by one, and `after_line` goes on where an earlier run was cut off.
    Raises: UnknownKind, NotAllowed, UnreadableTable, MissingColumns, MissingReason.
    """
    return _import(
        kind, path, by=by, at=at, why=why, dry_run=dry_run, keep_good=keep_good, after_line=after_line, on_part=on_part
    )


def import_rows(
    *, kind: str, rows: Iterable[Mapping[str, str]], by: User | None, at: datetime, why: str, keep_good: bool = False
) -> Outcome:
    """Import lines given as texts by column name, under the same rules as a file; line numbers count from 1.

    All in one transaction. Raises: UnknownKind, NotAllowed, MissingReason.
    """
    with transaction.atomic():
        return _import(kind, rows, by=by, at=at, why=why, dry_run=False, keep_good=keep_good)


def _import(
    kind: str,
    source: Source,
    *,
    by: User | None,
    at: datetime,
    why: str,
    dry_run: bool,
    keep_good: bool,
    after_line: int = 0,
    on_part: OnPart | None = None,
) -> Outcome:
    permissions.require_register(by, timezone.localdate(at))
    if kind not in IMPORTERS:
        raise UnknownKind(kind, IMPORTERS)
    importer = IMPORTERS[kind]()
    if importer.in_parts:
        return run_in_parts(
            importer, source, by=by, at=at, why=why, dry_run=dry_run, keep_good=keep_good, after_line=after_line,
            on_part=on_part, on_touched=bump_scope,
        )  # fmt: skip
    with transaction.atomic():
        outcome = run(importer, source, by=by, at=at, why=why, dry_run=dry_run, keep_good=keep_good)
        if outcome.saved and kind in _SCOPE_DEPENDS_ON and outcome.touched:
            bump_scope(outcome.touched)
        return outcome
