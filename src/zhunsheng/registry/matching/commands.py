"""`zhunsheng matching …`: whom a name may mean, and the suggestions that wait."""

import json
from typing import Annotated

import typer
from django.utils import timezone

from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.catalogue.importing.reporting import working
from zhunsheng.registry.matching import services
from zhunsheng.registry.matching.models import Producer, Target
from zhunsheng.registry.matching.rules.weighing import weights
from zhunsheng.registry.matching.selectors.live import live, party
from zhunsheng.registry.matching.wording import reasons

app = typer.Typer(help="Names as they arrive, and whom they may mean.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="print the outcome as JSON")]


@app.command("find")
def find(
    name: str,
    kind: Annotated[Target, typer.Option(help="body or producer")] = Target.BODY,
    uscc: str = "",
    as_json: Json = False,
) -> None:
    """Say whom a name may mean, with reasons. Exit 1 when nobody in the register resembles it."""
    ranked = live(kind).find(party(name, uscc=uscc), weights())
    model: type[Body] | type[Producer] = Body if kind == Target.BODY else Producer
    owners = model._default_manager.in_bulk([one.entry.owner for one in ranked])
    told = [
        {
            "name": str(owners[one.entry.owner]),
            "compared_with": one.entry.party.name.text,
            "bits": round(one.score.bits, 2),
            "chance": round(one.score.chance, 4),
            "reasons": "; ".join(f"{part['words']} ({part['bits']:+})" for part in reasons(one.score.parts)),
        }
        for one in ranked
    ]
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    for one in told if not as_json else ():
        typer.echo(f"{one['chance']:.2%}  {one['name']}: {one['reasons']}")
    if not told:
        raise typer.Exit(1)


@app.command("suggest")
def suggest(as_json: Json = False) -> None:
    """Make suggestions for the names that wait for them."""
    with working("names …"):
        done = services.suggest_waiting(at=timezone.now())
    typer.echo(json.dumps({"suggested": done}) if as_json else f"Suggestions for {done} names.")
