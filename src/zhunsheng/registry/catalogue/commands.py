"""`zhunsheng catalogue …`: loads tables into the catalogue."""

import json
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.catalogue import services
from zhunsheng.registry.catalogue.importers import IMPORTERS
from zhunsheng.registry.catalogue.importing.reporting import refuse, tell, working
from zhunsheng.registry.catalogue.selectors import Vocabulary

app = typer.Typer(help="Standards, test objects, parameters and limits.", no_args_is_help=True)


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


@app.command("look-up")
def look_up(
    name: Annotated[str, typer.Argument(help="a name, synonym, code or standard number")],
    as_json: Annotated[bool, typer.Option("--json", help="print the answer as JSON")] = False,
) -> None:
    """Say what the catalogue understands by a name. Exit 1 when it knows no such thing."""
    words = Vocabulary.current()
    parameter, test_object, edition = words.parameter_id(name), words.object_id(name), words.edition(name)
    answer = {
        "parameter": words.parameter_codes[parameter] if parameter is not None else None,
        "object": words.object_codes[test_object] if test_object is not None else None,
        "edition": edition.code if edition else None,
        "status": edition.standing_on(timezone.localdate()) if edition else None,
        "replaced_by": edition.replaced_by_code if edition else None,
    }
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        known = [f"{kind}: {what}" for kind, what in answer.items() if what]
        typer.echo("\n".join(known) or "The catalogue doesn't know this name.")
    if not any(answer.values()):
        raise typer.Exit(1)
