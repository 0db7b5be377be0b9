"""`zhunsheng simulate`: worlds of laboratories with a known truth."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from zhunsheng.demo.simulator.specs import CONFOUNDERS, SpecError, WorldSpec, read_fraud
from zhunsheng.demo.simulator.writing import write_world

app = typer.Typer()


@app.command()
def simulate(
    out: Annotated[Path, typer.Option("--out", help="Folder to write the world to; it must not hold one.")],
    bodies: Annotated[int, typer.Option(min=1, help="How many laboratories.")] = 400,
    reports: Annotated[float, typer.Option(min=0.1, help="Mean number of reports of a laboratory in a month.")] = 40.0,
    months: Annotated[int, typer.Option(min=1, max=240, help="How many months.")] = 36,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same world.")] = 1,
    fraud: Annotated[str, typer.Option(help="kind:intensity:share, separated by commas, or all:share.")] = "",
    confounders: Annotated[str, typer.Option(help="Unusual but honest kinds, by commas; none for none.")] = "all",
    *,
    lake_only: Annotated[bool, typer.Option("--lake-only", help="Write columns alone, much faster.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")] = False,
) -> None:
    """Write a world of honest and dishonest laboratories, with the truth beside it."""
    try:
        frauds = read_fraud(fraud)
        chosen = _confounders(confounders)
    except SpecError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    spec = WorldSpec(bodies, months, reports, seed, frauds=frauds, confounders=chosen)
    console = Console(stderr=True)
    columns = (TextColumn("laboratories"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=as_json or not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=bodies)
        try:
            rows = write_world(
                spec, out, lake_only=lake_only, progress=lambda done, total: progress.update(task, completed=done)
            )
        except FileExistsError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error
    typer.echo(json.dumps({"lines": rows, "out": str(out)}) if as_json else f"{rows} result lines in {out}")


def _confounders(text: str) -> tuple[str, ...]:
    if text in {"all", "none"}:
        return CONFOUNDERS if text == "all" else ()
    chosen = tuple(filter(None, text.split(",")))
    unknown = sorted(set(chosen) - set(CONFOUNDERS))
    if unknown:
        raise SpecError(f"{unknown[0]!r}: a confounder is one of {', '.join(CONFOUNDERS)}")
    return chosen
