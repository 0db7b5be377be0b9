"""`zhunsheng schedules …`: reads capability schedules as they are printed, and measures how well."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.bodies import selectors as bodies
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.catalogue.importing.reporting import refuse
from zhunsheng.registry.schedules import errorfile, selectors, services, thresholds, trial
from zhunsheng.registry.schedules.measuring.figures import SETS, measure
from zhunsheng.registry.schedules.models import Schedule, Stage

app = typer.Typer(help="Capability schedules as they are printed.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="print the outcome as JSON")]
_SHOWN = 20


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="XLSX or CSV as the official form has it")],
    body: Annotated[str, typer.Option("--body", help="the body's identifier; without it nothing is stored")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="read and report, store nothing")] = False,
    enter: Annotated[bool, typer.Option("--enter", help="enter the lines in the register as well")] = False,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="enter the good lines of a file with bad ones")
    ] = False,
    errors: Annotated[Path | None, typer.Option("--errors", help="write the problems to this XLSX file")] = None,
    why: Annotated[str, typer.Option("--why", help="the reason that the history keeps")] = "",
    as_json: Json = False,
) -> None:
    """Read a schedule. Exit 0 when every row is clear, 1 when rows are refused or in doubt, 2 when the file is."""
    try:
        if dry_run or not body:
            outcome = _try(file, body)
        else:
            outcome = _keep(file, body, enter=enter, keep_good=keep_good, why=why or f"read {file.name}")
    except Body.DoesNotExist:
        refuse(DomainError("The register doesn't know this body.", code="unknown-body", field="body"), as_json=as_json)
    except DomainError as error:
        refuse(error, as_json=as_json)
    rows = outcome.pop("rows")
    if errors is not None:
        errorfile.write(errors, rows)
    _tell(outcome, rows, errors, as_json=as_json)
    if rows or outcome["in_doubt"]:
        raise typer.Exit(1)


@app.command("measure")
def measure_(
    rows: Annotated[int, typer.Option(help="rows of each set")] = 4000,
    seed: Annotated[int | None, typer.Option(help="another set of the same patterns")] = None,
    as_json: Json = False,
) -> None:
    """Make the labelled sets from this installation's catalogue and scope, read them, and print the figures."""
    today = timezone.localdate()
    confidence, version = thresholds.acceptance(today)
    triples, synonyms = selectors.true_lines(), selectors.synonyms_by_parameter()
    if not triples:
        refuse(
            DomainError("There are no scope lines to make a set from.", remedy="Load the demo province first."),
            as_json=as_json,
        )
    known = selectors.known_on(today)
    found = []
    for which in SETS:
        figures = measure(triples, known, which=which, rows=rows, confidence=confidence, synonyms=synonyms, seed=seed)
        found.append(
            {
                "set": which, "rows": figures.rows, "lines": figures.lines, "accepted": figures.accepted,
                "rate": round(figures.rate, 4), "precision": round(figures.precision, 4),
                "lost_rows": figures.lost_rows, "threshold": confidence, "version": version,
            }
        )  # fmt: skip
    if as_json:
        typer.echo(json.dumps(found))
        return
    table = Table(*found[0])
    for row in found:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)


def _try(file: Path, slug: str) -> dict[str, Any]:
    body = bodies.body_by_slug(slug) if slug else None
    certificate = selectors.latest_certificate(body.pk) if body else None
    today = timezone.localdate()
    with _bar() as progress:
        found = trial.read_file(
            file,
            on=certificate.valid_from if certificate else today,
            confidence=thresholds.acceptance(today)[0],
            sites=selectors.sites_by_name(body.pk) if body else {},
            progress=progress,
        )
    return {
        "file": file.name, "stored": False, "lines": found.lines, "in_doubt": found.in_doubt,
        "problems": len(found.problems), "rows": [errorfile.row_of(one) for one in found.problems],
    }  # fmt: skip


def _keep(file: Path, slug: str, *, enter: bool, keep_good: bool, why: str) -> dict[str, Any]:
    body, now = bodies.body_by_slug(slug), timezone.now()
    try:
        content = file.open("rb")
    except OSError as error:
        raise DomainError("There is no such file.", field="file", remedy="Check the path.") from error
    with content, _bar() as progress:
        schedule, new = services.receive(
            body=body, name=file.name, content=content, whole=not keep_good, by=None, at=now, why=why
        )
        schedule = services.read_schedule(schedule_id=schedule.pk, progress=progress)
        if schedule.stage == Stage.REFUSED:
            raise DomainError(
                schedule.refusal["message"], code=schedule.refusal["code"], params=schedule.refusal["params"],
                remedy=schedule.refusal["remedy"], field="file",
            )  # fmt: skip
        if enter:
            services.start_entering(schedule_id=schedule.pk, whole=not keep_good, by=None, at=now, why=why)
            schedule = services.enter(schedule_id=schedule.pk, at=now, progress=progress)
    return _outcome(schedule, new=new)


def _outcome(schedule: Schedule, *, new: bool) -> dict[str, Any]:
    return {
        "file": schedule.name, "stored": True, "new": new, "schedule": schedule.pk, "lines": schedule.lines_total,
        "in_doubt": schedule.lines.filter(doubts__gt=0).count(), "problems": schedule.problem_count,
        "entered": schedule.lines_entered, "created": schedule.created, "updated": schedule.updated,
        "unchanged": schedule.unchanged, "rows": list(errorfile.rows_of(schedule)),
    }  # fmt: skip


@contextmanager
def _bar() -> Iterator[Any]:
    """Give a function that moves a bar on the terminal."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), console=console,
        disable=not sys.stderr.isatty(),
    ) as bar:  # fmt: skip
        task = bar.add_task("能力附表 / schedule", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=max(total, done))


def _tell(outcome: dict[str, Any], rows: list[errorfile.Row], errors: Path | None, *, as_json: bool) -> None:
    if as_json:
        names = ("sheet", "row", "column", "value", "rule", "remedy")
        typer.echo(json.dumps({**outcome, "rows": [dict(zip(names, row, strict=True)) for row in rows]},
                              ensure_ascii=False))  # fmt: skip
        return
    console = Console()
    console.print("  ".join(f"{name} {value}" for name, value in outcome.items()), markup=False)
    if rows:
        table = Table(*errorfile.header())
        for row in rows[:_SHOWN]:
            table.add_row(*map(str, row))
        console.print(table)
        if len(rows) > _SHOWN:
            console.print(f"… +{len(rows) - _SHOWN}")
    if errors is not None:
        console.print(str(errors), markup=False)
