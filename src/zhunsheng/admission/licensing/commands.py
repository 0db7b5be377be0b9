"""`zhunsheng licensing sign`: for bodies whose own software doesn't sign yet. It needs no database."""

import json
from pathlib import Path
from typing import Annotated

import typer

from zhunsheng.admission.licensing.selectors.content import SIGNING
from zhunsheng.foundation import signing
from zhunsheng.foundation.canonical import canonical_bytes, digest_hex
from zhunsheng.foundation.errors import DomainError

app = typer.Typer(no_args_is_help=True, help="Applications for accreditation.")


@app.callback()
def _applications() -> None:
    """Applications for accreditation."""


@app.command()
def sign(
    name: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What is to be signed, as downloaded.")],
    *,
    key_file: Annotated[Path, typer.Option("--key-file", help="The private key: PEM, PKCS#8, as make-key writes it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer for machines.")] = False,
) -> None:
    """Sign an application with a key of the body and print the signature to paste. Exit 2 for anything else."""
    content = name.read_bytes()
    try:
        told = json.loads(content)
        whole = isinstance(told, dict) and told.get("format") == SIGNING and canonical_bytes(told) == content
    except (ValueError, DomainError):
        whole = False
    if not whole:
        raise typer.BadParameter(f"{name} is not what the page of the commitment gives to sign.")
    try:
        key = signing.load_private(key_file)
    except (OSError, DomainError) as error:
        raise typer.BadParameter(f"--key-file: {error}") from error
    answer = {"sha256": digest_hex(content), "signature": signing.sign_text(key, content)}
    typer.echo(json.dumps(answer) if as_json else "\n".join(f"{one}: {text}" for one, text in answer.items()))
