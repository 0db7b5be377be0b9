"""`zhunsheng catalogue …`: loads tables into the catalogue."""

from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.catalogue import services
from zhunsheng.registry.catalogue.importers import IMPORTERS
from zhunsheng.registry.catalogue.importing.reporting import refuse, tell, working

app = typer.Typer(help="Standards, test objects, parameters and limits.", no_args_is_help=True)


@app.callback()
def main() -> None:
    """Standards, test objects, parameters and limits."""


@app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help=f"one of: {', '.join(IMPORTERS)}")],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, XLS or ODS; columns as in docs/formats/imports.md")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check everything, save nothing")] = False,
    keep_good: Annotated[bool, typer.Option("--keep-good", help="save the good lines of a file with bad ones")] = False,
    errors: Annotated[Path | None, typer.Option("--errors", help="write the problems to this CSV file")] = None,
    why: Annotated[str, typer.Option("--why", help="the reason that the history keeps")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="print the outcome as JSON")] = False,
) -> None:
    """Load a table; one bad line refuses the whole file unless --keep-good. Exit 1 when lines were refused."""
    try:
        with working(f"{kind}: {file.name} …"):
            outcome = services.import_table(
                kind=kind, path=file, by=None, at=timezone.now(), why=why or f"import {file.name}", dry_run=dry_run,
                keep_good=keep_good,
            )  # fmt: skip
    except DomainError as error:
        refuse(error, as_json=as_json)
    else:
        tell(outcome, errors=errors, as_json=as_json)
