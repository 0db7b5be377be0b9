"""`zhunsheng credit …`: computes grades, and computes a stored one again."""

import json
from datetime import datetime
from typing import Annotated

import typer
from django.utils import timezone

from zhunsheng.registry.catalogue.importing.reporting import working
from zhunsheng.registry.credit import services
from zhunsheng.registry.credit.models import Scoring
from zhunsheng.registry.credit.rules.telling import points
from zhunsheng.registry.credit.selectors.recomputing import recompute as again

app = typer.Typer(help="Credit files and grades.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today if not given.")]


@app.command()
def compute(on: Day = None, *, as_json: Json = False) -> None:
    """Compute the grades of all bodies with a certificate; write those whose inputs or outcome changed."""
    day = on.date() if on else timezone.localdate()
    with working("grades …"):
        done = services.compute_grades(on=day, by=None, at=timezone.now())
    told = {"bodies": done.bodies, "written": done.written, "moved": len(done.moved)}
    typer.echo(
        json.dumps(told) if as_json else f"{done.bodies} bodies, {done.written} written, {len(done.moved)} moved"
    )


@app.command()
def recompute(
    body: Annotated[str, typer.Option(help="The body's identifier.")], on: Day = None, *, as_json: Json = False
) -> None:
    """Compute a body's grade of a day again and compare it with what was stored and sealed. Exit 1 when they differ."""
    day = on.date() if on else timezone.localdate()
    found = Scoring.objects.filter(body__slug=body, on__lte=day).select_related("body", "rates").order_by("-on", "-pk")
    scoring = found.first()
    if scoring is None:
        typer.echo(f"No grade of {body} was computed by {day}.", err=True)
        raise typer.Exit(2)
    outcome = again(scoring)
    told = {
        "body": body, "on": scoring.on.isoformat(), "version": scoring.version, "score": points(scoring.score),
        "letter": scoring.letter, "recomputed": outcome.result, "agrees": outcome.agrees,
        "version_same": outcome.same_version, "events_same": outcome.same_events,
        "obligations_same": outcome.same_obligations, "inputs_same": outcome.same_inputs,
        "result_same": outcome.same_result, "sealed": outcome.sealed,
    }  # fmt: skip
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        typer.echo("\n".join(f"{name}: {value}" for name, value in told.items() if name != "recomputed"))
    if not outcome.agrees:
        raise typer.Exit(1)
