"""`zhunsheng national …`: loads a publication of the national library, and answers for numbers."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from zhunsheng.foundation.errors import DomainError
from zhunsheng.registry.catalogue.importing.reporting import refuse, tell, working
from zhunsheng.registry.national import selectors, services
from zhunsheng.registry.national.importing import Announced

app = typer.Typer(help="The national list and library.", no_args_is_help=True)
_DAY = ["%Y-%m-%d"]


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, XLS or ODS; columns as in docs/formats/imports.md")],
    number: Annotated[str, typer.Option("--notice", help="number of the notice, such as 2026年第14号")],
    effective: Annotated[datetime, typer.Option("--effective", formats=_DAY, help="first day in force")],
    published: Annotated[datetime | None, typer.Option("--published", formats=_DAY)] = None,
    source: Annotated[str, typer.Option("--source", help="where the table comes from")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check everything, save nothing")] = False,
    errors: Annotated[Path | None, typer.Option("--errors", help="write the problems to this CSV file")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the outcome as JSON")] = False,
) -> None:
    """Load a publication whole; rows that it no longer has end the day before. Exit 1 when lines were refused."""
    announced = Announced(number, effective.date(), published.date() if published else None, source)
    try:
        with working(f"{file.name} …"):
            outcome = services.load_publication(
                source=file, announced=announced, by=None, at=timezone.now(), why=f"import {file.name}", dry_run=dry_run
            )
    except DomainError as error:
        refuse(error, as_json=as_json)
    else:
        tell(outcome, errors=errors, as_json=as_json)


@app.command()
def answer(
    codes: Annotated[list[str], typer.Argument(help="standard numbers")],
    on: Annotated[datetime | None, typer.Option("--on", formats=_DAY, help="the day; today if left out")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the answers as JSON")] = False,
) -> None:
    """Say for each number which of the five answers the library gives. Exit 1 unless all are in it."""
    day = on.date() if on else timezone.localdate()
    found = selectors.national_answers(codes, day)
    if as_json:
        typer.echo(json.dumps({code: one.kind.value for code, one in found.items()}, ensure_ascii=False))
    else:
        for code, one in found.items():
            typer.echo(f"{code}\t{one.words}\t{'、'.join(one.others or one.domains)}")
    if not selectors.is_loaded(day):
        typer.echo("no library in force on that day is loaded", err=True)
    if any(one.kind != "in_library" for one in found.values()):
        raise typer.Exit(1)
