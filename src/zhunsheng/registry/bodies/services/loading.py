"""Loadings of tables that take their time: asked for on a page or at the command line, carried out by one process."""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.documents.files import Stream, open_by_digest, store
from zhunsheng.platform.documents.models import StoredFile
from zhunsheng.platform.refusals import sentence_and_remedy
from zhunsheng.registry.bodies import permissions
from zhunsheng.registry.bodies.importers import IMPORTERS
from zhunsheng.registry.bodies.models import ImportRun, RunState
from zhunsheng.registry.bodies.services.imports import import_table
from zhunsheng.registry.catalogue import permissions as catalogue_permissions
from zhunsheng.registry.catalogue import services as catalogue
from zhunsheng.registry.catalogue.importers import IMPORTERS as CATALOGUE
from zhunsheng.registry.catalogue.importing.outcome import Outcome, write_problems
from zhunsheng.registry.catalogue.importing.running import UnknownKind

EVERY_SECONDS = 2.0
_LOCK = "load-tables"
_OPEN = (RunState.WAITING, RunState.RUNNING)
_STARTED: list[subprocess.Popen[bytes]] = []
"""The process that this worker started last; while it lives, none other is started."""
OnProgress = Callable[[int], None]


class NotATable(DomainError):
    """A file whose name doesn't say that it is a table."""

    code = "not-a-table"


@transaction.atomic
def ask_for_loading(
    *, kind: str, content: Stream | bytes, file_name: str, dry_run: bool, keep_good: bool, by: User, at: datetime,
    why: str,
) -> ImportRun:  # fmt: skip
    """Keep a table and put its loading on the list; the worker carries it out.

    Raises: NotAllowed, UnknownKind, NotATable, FileTooLarge, FileRefused, ArchiveRefused.
    """
    _require(kind, by, timezone.localdate(at))
    name = Path(file_name).name[-200:]
    if Path(name).suffix.lower() not in {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".xlsm"}:
        raise NotATable(
            "“%(name)s” is not a table.",
            params={"name": name},
            field="file",
            remedy="Give a CSV, XLSX, XLS or ODS file.",
        )
    kept = store(content)
    return _listed(kind, name, kept.sha256, dry_run=dry_run, keep_good=keep_good, by=by, at=at, why=why)


@transaction.atomic
def load_what_was_checked(*, run_id: int, keep_good: bool, by: User, at: datetime) -> ImportRun:
    """Put the real loading of a table that was checked before on the list.

    Raises: ImportRun.DoesNotExist, NotAllowed.
    """
    checked = ImportRun.objects.get(pk=run_id, dry_run=True, state__in=[RunState.DONE, RunState.REFUSED])
    _require(checked.kind, by, timezone.localdate(at))
    return _listed(
        checked.kind, checked.file_name, checked.digest, dry_run=False, keep_good=keep_good, by=by, at=at,
        why=checked.why,
    )  # fmt: skip


def kinds_for(by: User, on: date) -> list[str]:
    """Return the kinds of tables that somebody may load: the register's, the catalogue's, both or none."""
    own = list(IMPORTERS) if permissions.may_change_register(by, on) else []
    return [*own, *(CATALOGUE if catalogue_permissions.may_change(by, on) else ())]


def _require(kind: str, by: User, on: date) -> None:
    """Pass for whoever may load such a table. Raises: NotAllowed, UnknownKind."""
    if kind in CATALOGUE:
        catalogue_permissions.require_change(by, on)
    else:
        permissions.require_register(by, on)
        if kind not in IMPORTERS:
            raise UnknownKind(kind, (*IMPORTERS, *CATALOGUE))


def load_file(
    *, kind: str, path: Path, at: datetime, why: str, dry_run: bool, keep_good: bool, on_progress: OnProgress
) -> Outcome:
    """Load a file of the operator's at once; with `keep_good` go on where a loading of this file was cut off.

    Raises: what import_table raises.
    """
    if not keep_good or dry_run or not path.is_file() or kind not in IMPORTERS or not IMPORTERS[kind].in_parts:
        return import_table(
            kind=kind, path=path, by=None, at=at, why=why, dry_run=dry_run, keep_good=keep_good,
            on_part=lambda _outcome, line: on_progress(line),
        )  # fmt: skip
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    open_runs = ImportRun.objects.filter(kind=kind, digest=digest, keep_good=True, dry_run=False, by=None)
    run = open_runs.filter(state=RunState.RUNNING).order_by("-pk").first() or _listed(
        kind, path.name[-200:], digest, dry_run=False, keep_good=True, by=None, at=at, why=why, state=RunState.RUNNING
    )
    outcome = _imported(run, path, on_progress)
    _end(run, outcome)
    return outcome


def carry_out_waiting() -> int:
    """Carry out all loadings on the list, those first that were cut off; return how many. Raises: LockBusy."""
    done = 0
    with exclusive(_LOCK, wait_seconds=0):
        while run := _next():
            carry_out(run)
            done += 1
    return done


def start_when_waiting() -> int:
    """Start a process for the loadings on the list, so that the worker's other duties go on; 1 if it did."""
    if any(one.poll() is None for one in _STARTED) or _next() is None:
        return 0
    with exclusive(_LOCK, wait_seconds=0):
        pass
    command = [sys.executable, "-m", "zhunsheng.web", "bodies", "carry-out-loadings"]
    _STARTED[:] = [subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)]
    return 1


def carry_out(run: ImportRun) -> None:
    """Carry out one loading and keep what came of it, its problems as a file."""
    run.state = RunState.RUNNING
    run.save(update_fields=["state"])
    with tempfile.TemporaryDirectory(prefix="zhunsheng-load-") as folder:
        path = Path(folder) / run.file_name
        with open_by_digest(run.digest) as kept, path.open("wb") as copy:
            while chunk := kept.read(1 << 20):
                copy.write(chunk)
        try:
            outcome = _imported(run, path, lambda line: tell_progress(run.pk, line))
        except DomainError as error:
            run.state, run.ended_at, run.answer = RunState.FAILED, timezone.now(), sentence_and_remedy(error)[:300]
            run.save(update_fields=["state", "ended_at", "answer"])
            return
        if outcome.problems:
            table = Path(folder) / "problems.csv"
            write_problems(table, outcome.problems)
            run.problems_digest = store(table.read_bytes(), most=1 << 30).sha256
        _end(run, outcome)


def progress_of(run_id: int) -> int:
    """Return how many lines a loading has read, also while its transaction is open."""
    try:
        return int(json.loads(_progress(run_id).read_text(encoding="ascii")))
    except (OSError, ValueError):
        return 0


def tell_progress(run_id: int, line: int) -> None:
    """Say how far a loading has come: in a file, for the transaction of a whole table shows nothing until its end."""
    path = _progress(run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(line), encoding="ascii")
    fresh.replace(path)


def _progress(run_id: int) -> Path:
    return Path(settings.ZHUNSHENG_FILES) / "loadings" / f"{run_id}.json"


def _next() -> ImportRun | None:
    stored = StoredFile.objects.filter(pk__in=ImportRun.objects.filter(state__in=_OPEN).values("digest"))
    runs = ImportRun.objects.filter(state__in=_OPEN, digest__in=stored.values("pk")).exclude(by=None)
    return runs.select_related("by").order_by("state", "pk").first()


def _listed(
    kind: str, file_name: str, digest: str, *, dry_run: bool, keep_good: bool, by: User | None, at: datetime, why: str,
    state: RunState = RunState.WAITING,
) -> ImportRun:  # fmt: skip
    reason = why.strip()[:300] or f"import {file_name}"[:300]
    return ImportRun.objects.create(
        kind=kind, file_name=file_name, digest=digest, dry_run=dry_run, keep_good=keep_good, by=by, asked_at=at,
        why=reason, state=state,
    )  # fmt: skip


def _imported(run: ImportRun, path: Path, on_progress: OnProgress) -> Outcome:
    before = (run.created, run.updated, run.unchanged, run.refused)
    if run.kind in CATALOGUE:
        found = catalogue.import_table(
            kind=run.kind, path=path, by=run.by, at=timezone.now(), why=run.why, dry_run=run.dry_run,
            keep_good=run.keep_good, on_lines=on_progress,
        )  # fmt: skip
        _count(run, found, before, found.read)
        return found

    def on_part(outcome: Outcome, line: int) -> None:
        if run.keep_good and not run.dry_run:  # committed with the part: here a cut-off loading goes on
            _count(run, outcome, before, line)
            run.save(update_fields=["lines_done", "created", "updated", "unchanged", "refused"])
        on_progress(line)

    outcome = import_table(
        kind=run.kind, path=path, by=run.by, at=timezone.now(), why=run.why, dry_run=run.dry_run,
        keep_good=run.keep_good, after_line=run.lines_done, on_part=on_part,
    )  # fmt: skip
    _count(run, outcome, before, max(run.lines_done, outcome.read))
    return outcome


def _count(run: ImportRun, outcome: Outcome, before: tuple[int, int, int, int], line: int) -> None:
    counts = (outcome.created, outcome.updated, outcome.unchanged, len(outcome.problems))
    run.created, run.updated, run.unchanged, run.refused = (was + now for was, now in zip(before, counts, strict=True))
    run.lines_done = line


def _end(run: ImportRun, outcome: Outcome) -> None:
    refused = bool(outcome.problems) and not run.keep_good
    run.state = RunState.REFUSED if refused else RunState.DONE
    run.ended_at = timezone.now()
    run.save()
