"""`zhunsheng screen …`: run the detectors over the lake, and hold them against worlds with a known truth."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.screening.combine import Lead
from zhunsheng.oversight.screening.running import Progress, Screening, screen
from zhunsheng.oversight.screening.services.runs import run_screening
from zhunsheng.platform.database.locks import LockBusy
from zhunsheng.platform.lake import engines, tables

app = typer.Typer(help="Screening of results: run, evaluate.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")]
Engine = Annotated[str, typer.Option(help="duckdb, or spark://host:port.")]


@app.command()
def run(
    month: Annotated[
        list[str] | None, typer.Option(help="A month such as 2026-03; may be repeated. All if none.")
    ] = None,
    engine: Engine = engines.DUCKDB,
    lake: Annotated[Path | None, typer.Option(help="A lake without a database, as `simulate` writes it.")] = None,
    first: Annotated[int, typer.Option(min=1, help="How many bodies to print.")] = 20,
    *,
    keep: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Keep the run and raise alerts; never with --lake.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Rank bodies by how odd their results are among their peers. Exit 1 when somebody is a lead."""
    found = _kept(engine, month, quiet=as_json) if keep and not lake else _screened(engine, lake, month, quiet=as_json)
    limit = found.settings["lead_q"]
    if as_json:
        leads = [_as_dict(one) for one in found.leads[:first]]
        typer.echo(json.dumps({"settings": found.settings.name, "seconds": found.seconds, "leads": leads}))
    else:
        for one in found.leads[:first]:
            signs = ", ".join(f"{sign.detector} {sign.p:.1e} ({sign.statistic:g})" for sign in one.signals[:3])
            typer.echo(f"{one.rank:4d}  {one.body}  q {one.q:.2e}{' *' if one.q <= limit else '  '}  {signs}")
    raise typer.Exit(1 if any(one.q <= limit for one in found.leads) else 0)


@app.command()
def evaluate(
    world: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A folder that `simulate` wrote.")],
    engine: Engine = engines.DUCKDB,
    *,
    as_json: AsJson = False,
) -> None:
    """Compare the leads of a simulated world with its truth: found by kind and intensity, false leads."""
    truth = {one["body"]: one for one in json.loads((world / "truth.json").read_text())["bodies"]}
    found = _screened(engine, world / "lake", None, quiet=as_json)
    table = compared(found, truth)
    if as_json:
        typer.echo(json.dumps(table))
        return
    for row in table["kinds"]:
        named = f"{row['kind']:<18} {row['intensity']:<6}"
        typer.echo(f"{named} bodies {row['bodies']:3d}  leads {row['leads']:3d}  first 20 {row['first_20']:3d}")
    typer.echo(f"false leads {table['false_leads']} of {table['honest']} honest bodies, {table['leads']} leads in all")


def compared(found: Screening, truth: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return how many dishonest bodies are leads, by kind and intensity, and how many honest ones are."""
    limit = found.settings["lead_q"]
    place = {one.body: one for one in found.leads}
    cells: dict[tuple[str, float], dict[str, Any]] = {}
    false = honest = 0
    for body, one in sorted(truth.items()):
        lead = place.get(body)
        named = lead is not None and lead.q <= limit
        if not one["kind"]:
            honest, false = honest + 1, false + named
            continue
        key = (one["kind"], one["intensity"])
        cell = cells.setdefault(key, {"kind": key[0], "intensity": key[1], "bodies": 0, "leads": 0, "first_20": 0})
        cell["bodies"] += 1
        cell["leads"] += named
        cell["first_20"] += lead is not None and lead.rank <= 20
    kinds = [cells[key] for key in sorted(cells)]
    leads = sum(one.q <= limit for one in found.leads)
    return {"settings": found.settings.name, "kinds": kinds, "honest": honest, "false_leads": false, "leads": leads}


def _screened(engine: str, lake: Path | None, months: list[str] | None, *, quiet: bool) -> Screening:
    def work(progress: Progress) -> Screening:
        backend = engines.connect(engine)
        lines = tables.open_folder(backend, lake) if lake else tables.lines(backend, months)
        return screen(lines, timezone.localdate(), progress=progress)

    return _shown(work, quiet=quiet)


def _kept(engine: str, months: list[str] | None, *, quiet: bool) -> Screening:
    def work(progress: Progress) -> Screening:
        kept = run_screening(by=None, at=timezone.now(), months=months, engine=engine, progress=progress)
        told = f"run {kept.run.pk}: {kept.run.raised} new alerts, {kept.run.seen_again} seen again"
        typer.echo(told, err=True)
        return kept.found

    return _shown(work, quiet=quiet)


def _shown(work: Callable[[Progress], Screening], *, quiet: bool) -> Screening:
    """Do the work with its progress on a terminal; a refusal is said and ends with exit 2."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, disable=quiet or not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None)
        try:
            return work(lambda name, done, total: bar.update(task, description=name, completed=done, total=total))
        except DomainError as error:
            typer.echo(f"{error.message % (error.params or {})} {error.remedy}", err=True)
            raise typer.Exit(2) from error
        except LockBusy as error:
            typer.echo("Another run is at work.", err=True)
            raise typer.Exit(2) from error


def _as_dict(lead: Lead) -> dict[str, Any]:
    signals = [
        {
            "detector": one.detector, "p": one.p, "statistic": one.statistic, "expected": one.expected, "n": one.n,
            "reports": list(one.reports),
        }
        for one in lead.signals
    ]  # fmt: skip
    return {"rank": lead.rank, "body": lead.body, "p": lead.p, "q": lead.q, "signals": signals}
