"""`zhunsheng open-data …`: publishes the registers."""

import json
from typing import Annotated

import typer
from django.utils import timezone

from zhunsheng.registry.catalogue.importing.reporting import working
from zhunsheng.registry.opendata import services

app = typer.Typer(help="The public registers as files.", no_args_is_help=True)


@app.command("publish")
def publish(as_json: Annotated[bool, typer.Option("--json", help="print the manifest as JSON")] = False) -> None:
    """Write every register as CSV and Parquet from one moment and make it the current publication."""
    with working("open data …"):
        manifest = services.publish(at=timezone.now())
    if as_json:
        typer.echo(json.dumps(manifest, ensure_ascii=False))
        return
    for one in manifest["files"]:
        typer.echo(f"{one['file']:28} {one['rows']:>10} rows {one['bytes']:>13} bytes  {one['sha256'][:16]}")


@app.callback()
def room() -> None:
    """Keep `publish` a subcommand while it is the only one."""
