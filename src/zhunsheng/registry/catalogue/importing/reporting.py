"""How an import speaks at the command line."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.table import Table

from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.catalogue.importing.outcome import Outcome, write_problems

_SHOWN = 20


def working(words: str) -> AbstractContextManager[object]:
    """Show that something is going on, on a terminal only."""
    return Console(stderr=True).status(words)


@contextmanager
def counting(words: str) -> Iterator[Callable[[int], None]]:
    """Yield what shows on a terminal how many lines have been read, and how many a second."""
    began, console = time.monotonic(), Console(stderr=True)
    with console.status(f"{words} …") as status:

        def on_progress(line: int) -> None:
            speed = line / max(time.monotonic() - began, 0.001)
            status.update(f"{words}: {line:,} lines, {speed:,.0f} a second …")

        yield on_progress


def tell(outcome: Outcome, *, errors: Path | None, as_json: bool) -> None:
    """Print what an import did, write its error file if asked for, and exit 1 when lines were refused."""
    if errors is not None and outcome.problems:
        write_problems(errors, outcome.problems)
    if as_json:
        typer.echo(json.dumps(outcome.as_dict(), ensure_ascii=False))
    else:
        _for_people(outcome, errors)
    if outcome.problems:
        raise typer.Exit(1)


def _for_people(outcome: Outcome, errors: Path | None) -> None:
    console = Console()
    state = "dry run, nothing saved" if outcome.dry_run else "saved" if outcome.saved else "nothing saved"
    console.print(
        f"{outcome.kind}: {outcome.read} lines, {outcome.created} new, {outcome.updated} changed,"
        f" {outcome.unchanged} unchanged, {len(outcome.problems)} problems ({state})"
    )
    if not outcome.problems:
        return
    table = Table("line", "field", "value", "rule", "remedy")
    for problem in outcome.problems[:_SHOWN]:
        table.add_row(str(problem.line), problem.field, problem.value, problem.rule, problem.remedy)
    console.print(table)
    if len(outcome.problems) > _SHOWN:
        console.print(f"… and {len(outcome.problems) - _SHOWN} more")
    if errors is not None:
        console.print(f"All problems: {errors}")


def refuse(error: DomainError, *, as_json: bool) -> NoReturn:
    """Print why a file as a whole was refused and exit 2."""
    if as_json:
        typer.echo(
            json.dumps({"error": error.code, "message": str(error), "field": error.field, "remedy": error.remedy})
        )
    else:
        Console(stderr=True).print(f"{error} {error.remedy}", markup=False)
    raise typer.Exit(2)
