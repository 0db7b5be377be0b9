"""`zhunsheng capabilities …`: the search and its index from the command line."""

import json
import time
from typing import Annotated

import typer
from django.utils import timezone

from zhunsheng.registry.capabilities import selectors
from zhunsheng.registry.capabilities.index import keeping

app = typer.Typer(help="Who can test what, and the index behind it.", no_args_is_help=True)


@app.command("index")
def index(as_json: Annotated[bool, typer.Option("--json", help="print the outcome as JSON")] = False) -> None:
    """Build the whole index now; the worker keeps it up to date by itself."""
    started = time.perf_counter()
    made = keeping.rebuild()
    told = {"lines": made.lines, "seconds": round(time.perf_counter() - started, 1)}
    typer.echo(json.dumps(told) if as_json else f"{told['lines']:,} lines in {told['seconds']} s")


@app.command("search")
def search(
    words: Annotated[str, typer.Argument(help="object, parameter, standard, place: in any order")],
    limit: Annotated[int, typer.Option(help="how many bodies")] = 10,
) -> None:
    """Print the bodies that can do this today. Exit 1 when there are none."""
    answer = selectors.search(words, on=timezone.localdate(), limit=limit)
    for found in answer.found:
        best = found.lines[0] if found.lines else None
        line = f"{best.object} {best.parameter} {best.method}" if best else ""
        typer.echo(f"{found.entry.slug}  {found.entry.name}  {found.standing}  {line}")
    if not answer.found:
        raise typer.Exit(1)
