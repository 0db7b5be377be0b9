"""Reading a schedule's file into lines: chunk by chunk, each in its transaction, resumed where a crash cut it off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.history import recorded
from zhunsheng.platform.database.bulk import insert_rows, reserve_ids
from zhunsheng.platform.database.locks import exclusive
from zhunsheng.platform.documents import files
from zhunsheng.registry.schedules import selectors
from zhunsheng.registry.schedules.models import LINE_KINDS, Schedule, ScheduleLine, ScheduleProblem, Stage
from zhunsheng.registry.schedules.reading import open_schedule, read_printed
from zhunsheng.registry.schedules.reading.files import Reading
from zhunsheng.registry.schedules.rules.mapping import Line
from zhunsheng.registry.schedules.rules.problems import RowProblem
from zhunsheng.registry.schedules.rules.rows import Rows
from zhunsheng.registry.schedules.services import signing
from zhunsheng.registry.schedules.services.asking import Asking

CHUNK = 4_000
MOST_PROBLEMS = 20_000
Progress = Callable[[int, int], None]
_COLUMNS = (
    "sheet", "row", "domain", "category", "object_text", "parameter_text", "method_text", "clause", "limitation",
    "remark", "site_text", "site_id", "method_base", "method_year", "confidence", "reasons",
)  # fmt: skip
_ANSWERS = (
    "object_id", "parameter_id", "edition_id",
    *(f"{kind.value}_question_id" for kind in LINE_KINDS),
    *(f"{kind.value}_decision_id" for kind in LINE_KINDS),
    "doubts", "entered",
)  # fmt: skip


def read_schedule(*, schedule_id: int, progress: Progress | None = None) -> Schedule:
    """Read what is unread of a schedule's file; a refusal is kept with the schedule.

    Raises: LockBusy if another process reads it; FileMissing, FileAltered.
    """
    with exclusive(f"schedule-{schedule_id}", wait_seconds=0):
        schedule = Schedule.objects.select_related("body", "received_by").get(pk=schedule_id)
        if schedule.stage != Stage.READING:
            return schedule
        files.prove(schedule.sha256)
        with files.open_by_digest(schedule.sha256) as file:
            path = Path(file.name)
        try:
            _read(schedule, path, progress or (lambda _done, _total: None))
        except DomainError as error:
            _refuse(schedule, error)
    return schedule


def _read(schedule: Schedule, path: Path, progress: Progress) -> None:
    rows = Rows(selectors.known_on(schedule.on), selectors.sites_by_name(schedule.body_id))
    reading, writer = Reading(), _Writer(schedule, rows)
    with open_schedule(path) as sheets:
        before = 0
        for item in read_printed(sheets, reading):
            if reading.position != before and writer.held >= CHUNK:
                writer.write(before, reading.total)
                progress(before, reading.total)
            before = reading.position
            for found in rows.lines(item):
                writer.take(found)
        writer.write(reading.position, reading.total)
        progress(reading.total, reading.total)
    with transaction.atomic(), recorded(schedule.received_by, "read"):
        signing.keep(schedule, reading.counts.signatories)
        schedule.stage = Stage.READ
        schedule.save(update_fields=["stage"])


class _Writer:
    """Stores lines and problems; what a run before this one has stored is passed over."""

    def __init__(self, schedule: Schedule, rows: Rows) -> None:
        self._schedule, self._rows, self._asking = schedule, rows, Asking(schedule)
        self._lines: list[Line] = []
        self._problems: list[RowProblem] = []
        self._met_lines = self._met_problems = 0
        self._kept_lines, self._kept_problems = schedule.lines_total, schedule.problem_count

    @property
    def held(self) -> int:
        """How many lines and problems wait to be stored."""
        return len(self._lines) + len(self._problems)

    def take(self, found: Line | RowProblem) -> None:
        """Hold a line or problem for the next write."""
        if isinstance(found, RowProblem):
            self._met_problems += 1
            if self._met_problems > self._kept_problems:
                self._problems.append(found)
        else:
            self._met_lines += 1
            if self._met_lines > self._kept_lines:
                self._lines.append(found)

    @transaction.atomic
    def write(self, done: int, total: int) -> None:
        """Store what is held and how far the file is read, in one transaction."""
        schedule = self._schedule
        room = max(0, MOST_PROBLEMS - self._kept_problems)
        ScheduleProblem.objects.bulk_create(
            ScheduleProblem(
                schedule=schedule, sheet=one.sheet[:60], row=one.row, column=one.column[:5], value=one.value[:200],
                code=one.code, facts=one.facts,
            )
            for one in self._problems[:room]
        )  # fmt: skip
        self._insert_lines()
        self._kept_problems += len(self._problems)
        schedule.rows_total, schedule.rows_done = total, max(done, schedule.rows_done)
        schedule.lines_total, schedule.problem_count = self._kept_lines, self._kept_problems
        Schedule.objects.filter(pk=schedule.pk).update(
            rows_total=total, rows_done=schedule.rows_done, lines_total=self._kept_lines,
            problem_count=self._kept_problems,
        )  # fmt: skip
        self._lines, self._problems = [], []

    def _insert_lines(self) -> None:
        if not self._lines:
            return
        answers = self._asking.answers(self._lines)
        ids = reserve_ids(ScheduleLine, len(self._lines))
        rows = []
        for pk, line in zip(ids, self._lines, strict=True):
            self._kept_lines += 1
            place = [pk, self._schedule.pk, self._kept_lines]
            rows.append([*place, *_columns(line, self._rows.site_of(line)), *answers(line), False])
        insert_rows(ScheduleLine, ["pk", "schedule_id", "position", *_COLUMNS, *_ANSWERS], rows)


def _columns(line: Line, site: int | None) -> list[Any]:
    printed, cited = line.printed, line.cited
    return [
        printed.sheet[:60], printed.row, printed.domain, printed.category, line.object.text[:200],
        line.parameter.text, line.method.text[:300], cited.clause, printed.limitation, printed.remark,
        printed.site, site, (cited.base or "~" + normalise_name(cited.printed))[:150], cited.year, line.confidence,
        reasons_of(line),
    ]  # fmt: skip


def reasons_of(line: Line) -> list[list[str]]:
    """Return why each part was taken for what it was, as [part, code, fact]."""
    found = [[part.kind, reason.code, reason.fact[:120]] for part in line.parts for reason in part.match.reasons]
    return [*found, *(["row", "filled_down", name] for name in sorted(line.printed.filled))]


def _refuse(schedule: Schedule, error: DomainError) -> None:
    with transaction.atomic(), recorded(schedule.received_by, error.code):
        ScheduleLine.objects.filter(schedule=schedule).delete()
        schedule.stage = Stage.REFUSED
        schedule.refusal = {
            "code": error.code,
            "message": error.message,
            "params": {name: str(value) for name, value in error.params.items()},
            "remedy": error.remedy,
        }
        schedule.save(update_fields=["stage", "refusal"])
