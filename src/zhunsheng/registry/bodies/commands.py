"""`zhunsheng bodies …`: loads tables into the register, builds the scope index, asks the scope."""

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.database.locks import LockBusy
from zhunsheng.registry.bodies import scope, selectors, services
from zhunsheng.registry.bodies.importers import IMPORTERS
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.catalogue.importing.reporting import counting, refuse, tell, working

app = typer.Typer(help="Institutions, people, instruments, certificates and scope.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="print the outcome as JSON")]


@app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help=f"one of: {', '.join(IMPORTERS)}")],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, XLS or ODS; columns as in docs/formats/imports.md")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check everything, save nothing")] = False,
    keep_good: Annotated[bool, typer.Option("--keep-good", help="save the good lines of a file with bad ones")] = False,
    errors: Annotated[Path | None, typer.Option("--errors", help="write the problems to this CSV file")] = None,
    why: Annotated[str, typer.Option("--why", help="the reason that the history keeps")] = "",
    as_json: Json = False,
) -> None:
    """Load a table; one bad line refuses the whole file unless --keep-good. Exit 1 when lines were refused.

    With --keep-good a scope is saved a part at a time, and the same command goes on where it was cut off.
    """
    try:
        with counting(f"{kind}: {file.name}") as on_progress:
            outcome = services.load_file(
                kind=kind, path=file, at=timezone.now(), why=why or f"import {file.name}", dry_run=dry_run,
                keep_good=keep_good, on_progress=on_progress,
            )  # fmt: skip
    except DomainError as error:
        refuse(error, as_json=as_json)
    else:
        tell(outcome, errors=errors, as_json=as_json)


@app.command("carry-out-loadings")
def carry_out_loadings() -> None:
    """Carry out the loadings that officers asked for on the page; the worker starts this by itself."""
    try:
        done = services.carry_out_waiting()
    except LockBusy:
        typer.echo("Another process carries them out.")
    else:
        typer.echo(f"{done} loadings carried out.")


@app.command("index-scope")
def index_scope(
    force: Annotated[bool, typer.Option("--force", help="build even if nothing has changed")] = False,
    as_json: Json = False,
) -> None:
    """Build the scope index if the registers have changed since the last one."""
    began = time.monotonic()
    with working("scope index …"):
        made = scope.rebuild_index() if force else scope.rebuild_if_stale()
    seconds = round(time.monotonic() - began, 2)
    if as_json:
        typer.echo(json.dumps({"built": made is not None, "lines": made.rows if made else None, "seconds": seconds}))
    elif made is None:
        typer.echo("The scope index is up to date.")
    else:
        typer.echo(f"Indexed {made.rows} scope lines in {seconds} s.")


@app.command("ask-scope")
def ask_scope(
    body: Annotated[str, typer.Argument(help="the body's identifier")],
    test_object: Annotated[str, typer.Argument(metavar="OBJECT")],
    parameter: str,
    method: str,
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="the day of the test")],
    site: str = "",
    as_json: Json = False,
) -> None:
    """Say whether a body may test this on a day, and if not, why. Exit 1 when it is not in scope."""
    request = scope.ScopeRequest(
        body=body, object=test_object, parameter=parameter, method=method, on=on.date(), site=site
    )
    answer = scope.answer_many([request])[0]
    if as_json:
        typer.echo(json.dumps({"reason": answer.reason, "line": answer.line_id, **answer.facts}, ensure_ascii=False))
    else:
        typer.echo(" ".join([answer.reason, *(f"{name}={text}" for name, text in answer.facts.items())]))
    if answer.reason is not scope.Reason.IN_SCOPE:
        raise typer.Exit(1)


@app.command("link-organisation")
def link_organisation(
    body: Annotated[str, typer.Argument(help="the body's identifier")],
    organisation: Annotated[str, typer.Argument(help="credit code or exact name of the organisation")],
    why: Annotated[str, typer.Option("--why", help="the reason that the history keeps")],
    as_json: Json = False,
) -> None:
    """Let an organisation's members act for a body."""
    try:
        found = selectors.body_by_slug(body)
        linked = services.link_organisation(
            body_id=found.pk, organisation=organisation, by=None, at=timezone.now(), why=why
        )
    except Body.DoesNotExist:
        refuse(DomainError("The register doesn't know this body.", code="unknown-body", field="body"), as_json=as_json)
    except DomainError as error:
        refuse(error, as_json=as_json)
    text = json.dumps({"body": linked.slug, "organisation": linked.organisation_id})
    typer.echo(text if as_json else f"{linked.organisation} acts for {linked.name}.")
