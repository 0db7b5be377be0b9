"""`zhunsheng ledger …`: audit, seal, and what others verify with."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from zhunsheng.platform.ledger import keys, selectors, services

app = typer.Typer(help="The public log: audit, seal, checkpoints, receipts.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")]


@app.command()
def audit(*, as_json: AsJson = False) -> None:
    """Compute everything again from the database and name the first difference. Exit 1 when there is one."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=as_json or not console.is_terminal, transient=True) as progress:
        task = progress.add_task("entries", total=None)
        result = services.audit(lambda done, total: progress.update(task, completed=done, total=total))
    if as_json:
        typer.echo(json.dumps(asdict(result)))
    else:
        typer.echo(
            f"{result.entries} sealed entries, {result.pending} waiting, {result.checkpoints} checkpoints,"
            f" {result.tiles} tiles and bundles"
        )
        typer.echo(f"DIFFERENCE {result.first_difference}" if result.first_difference else "everything agrees")
    raise typer.Exit(0 if result.ok else 1)


@app.command()
def checkpoint(*, as_json: AsJson = False) -> None:
    """Print the published checkpoint and the key that signed it. Exit 1 before the first."""
    state = selectors.published()
    if state is None:
        typer.echo("nothing is sealed yet", err=True)
        raise typer.Exit(1)
    if as_json:
        facts = {"origin": state.signed.origin, "size": state.signed.size, "root": state.signed.root.hex()}
        typer.echo(json.dumps({**facts, "note": state.note, "key": keys.log_key().text}))
    else:
        typer.echo(state.note, nl=False)


@app.command()
def key() -> None:
    """Print the log's public key, which verifiers of receipts need."""
    typer.echo(keys.log_key().text)


@app.command()
def seal(*, as_json: AsJson = False) -> None:
    """Seal what waits, now, and publish again what a crash left unpublished."""
    result = services.seal_pending(timezone.now())
    if as_json:
        typer.echo(json.dumps(asdict(result)))
    else:
        typer.echo(f"sealed {result.sealed}, published again {result.repaired}, the log holds {result.size}")


@app.command()
def receipt(
    entry: Annotated[int, typer.Argument(help="Number of the log entry.")],
    out: Annotated[Path | None, typer.Option(help="File to write; standard output without it.")] = None,
) -> None:
    """Write the receipt of an entry as JSON. Exit 1 when it is not sealed, or there is none."""
    found = selectors.receipt_for(entry)
    if found is None:
        typer.echo(f"entry {entry} is not sealed, or there is none", err=True)
        raise typer.Exit(1)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
