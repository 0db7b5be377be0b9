"""`zhunsheng reports make-key` and `sign`: for bodies whose own software doesn't sign yet. Neither needs a database."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils import timezone

from zhunsheng.foundation import signing
from zhunsheng.foundation.errors import DomainError
from zhunsheng.foundation.signing import Signer
from zhunsheng.oversight.reports.format import FormatProblem, Parsed, sign_manifest, sign_report
from zhunsheng.oversight.reports.services.file_reading import read_file
from zhunsheng.oversight.reports.services.refusals import Refusal, as_problem

KeyFile = Annotated[Path, typer.Option("--key-file", help="The private key: PEM, PKCS#8, as make-key writes it.")]


def make_key(
    path: Annotated[Path, typer.Argument(help="Where the private key is written; an existing file stays.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Answer for machines.")] = False,
) -> None:
    """Make a key pair. The private half stays in the file; register the printed public half on the page of keys."""
    key = signing.generate_key()
    try:
        signing.save_private(key, path)
    except FileExistsError as error:
        raise typer.BadParameter(f"{path} exists already; choose another name.") from error
    except OSError as error:
        raise typer.BadParameter(f"{path} can't be written: {error.strerror}.") from error
    answer = {"private_key": str(path), "algorithm": key.algorithm, "public_key": signing.public_text(key)}
    typer.echo(json.dumps(answer) if as_json else "\n".join(f"{name}: {value}" for name, value in answer.items()))


def sign(
    name: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON, NDJSON, Excel, CSV or ZIP.")],
    *,
    key_file: KeyFile,
    key: Annotated[str, typer.Option("--key", help="The key's name, as it is registered.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write; standard output if not.")
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Sign a whole batch once, by a manifest on its first line.")
    ] = False,
    lang: Annotated[str, typer.Option("--lang", help="Language of refusals: zh-hans, zh-hant or en.")] = "zh-hans",
) -> None:
    """Sign the reports of a file and write them as JSON, one a line where there are several.

    Exit 1 when a report can't be read; nothing is written then.
    """
    try:
        private = signing.load_private(key_file)
    except (OSError, DomainError) as error:
        raise typer.BadParameter(f"--key-file: {error}") from error
    reports, refused = _reports(name)
    for place, problem in refused:
        typer.echo(json.dumps({"file": place, **as_problem(problem, language=lang)}, ensure_ascii=False), err=True)
    if refused:
        raise typer.Exit(1)
    lines = _signed(reports, private, key, once=once)
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    if output is None:
        sys.stdout.write(text)
        return
    output.write_text(text, encoding="utf-8")
    typer.echo(f"{output}: {len(reports)} × {private.algorithm} {key}", err=True)


def _reports(path: Path) -> tuple[list[Parsed], list[tuple[str, DomainError]]]:
    found: list[Parsed] = []
    refused: list[tuple[str, DomainError]] = []
    for item in read_file(path.name, path.read_bytes(), at=timezone.now(), keep_originals=False):
        if item.from_pdf and item.parsed is not None:
            refused.append((item.name, Refusal("pdf-unconfirmed", "file")))
        elif item.parsed is not None:
            found.append(item.parsed)
        else:
            refused.append((item.name, item.problem or FormatProblem("empty")))
    most = settings.ZHUNSHENG_LIMITS["batch_lines"]
    if len(found) >= most:
        raise typer.BadParameter(f"{path} holds {len(found)} reports, a batch at most {most - 1}.")
    return found, refused


def _signed(reports: list[Parsed], private: Signer, key: str, *, once: bool) -> list[dict[str, Any]]:
    """Return what to write: each report with its own signature, or bare ones under one manifest."""
    now = timezone.now()
    signed = [sign_report(parsed.report, private, key, now) for parsed in reports]
    if not once:
        return signed
    manifest = sign_manifest([parsed.digest for parsed in reports], private, key, now)
    bare = [{name: value for name, value in one.items() if name != "proof"} for one in signed]
    return [manifest, *bare]
