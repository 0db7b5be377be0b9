"""`zhunsheng lake …`: write, audit, rebuild, compact, status."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from zhunsheng.platform.lake import selectors, services

app = typer.Typer(help="Result lines as columns: write, audit, rebuild, compact.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")]


@app.command()
def status(*, as_json: AsJson = False) -> None:
    """Print how far the lake has come."""
    state = selectors.state()
    if as_json:
        typer.echo(json.dumps(asdict(state)))
        return
    months = f"{state.months[0]} to {state.months[-1]}" if state.months else "no month"
    typer.echo(
        f"{state.rows} lines in {state.files} files, {state.bytes} bytes, {months}, up to leaf {state.leaf_index}"
    )


@app.command()
def write(*, as_json: AsJson = False) -> None:
    """Take what was sealed since the last time, now."""
    _told("leaves taken", services.write_pending(at=timezone.now()), as_json=as_json)


@app.command()
def rebuild(*, as_json: AsJson = False) -> None:
    """Write the whole lake anew from the database."""
    _told("leaves taken", services.rebuild(at=timezone.now()), as_json=as_json)


@app.command()
def compact(*, as_json: AsJson = False) -> None:
    """Merge small files of a month into larger ones."""
    _told("files merged away", services.compact(at=timezone.now()), as_json=as_json)


@app.command()
def audit(*, as_json: AsJson = False) -> None:
    """Compare every file and every row with the database and name the first difference. Exit 1 when there is one."""
    result = _shown(services.audit, quiet=as_json)
    if as_json:
        typer.echo(json.dumps({**asdict(result), "ok": result.ok}))
    else:
        typer.echo(f"{result.files} files, {result.rows} rows, {result.leaves} leaves")
        typer.echo(f"DIFFERENCE {result.difference}" if result.difference else "everything agrees")
    raise typer.Exit(0 if result.ok else 1)


def _shown(work: Callable[[Callable[[int, int], None]], services.LakeAudit], *, quiet: bool) -> services.LakeAudit:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal, transient=True) as progress:
        task = progress.add_task("leaves", total=None)
        return work(lambda done, total: progress.update(task, completed=done, total=total))


def _told(what: str, count: int, *, as_json: bool) -> None:
    typer.echo(json.dumps({what.replace(" ", "_"): count}) if as_json else f"{count} {what}")
