"""`zhunsheng credentials …`: verify what somebody holds, without a database and, if wished, without a network."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from django.utils import timezone

from zhunsheng.foundation.credentials.moments import moment
from zhunsheng.foundation.credentials.verification import MOST_BYTES, NotJson
from zhunsheng.foundation.signing import KeyProblem
from zhunsheng.platform.accounts import keyring
from zhunsheng.platform.credentials import checking, fetching, issuer
from zhunsheng.platform.credentials.beside import Beside
from zhunsheng.platform.credentials.services.second_signature import make_key

app = typer.Typer(help="Verifiable documents: verify, and what others verify with.", no_args_is_help=True)
SENTENCES: Final = {
    "": "is what its issuer signed",
    "shape": "is not a credential",
    "no-proof": "carries no signature",
    "proof-format": "carries a signature that can't be read",
    "cryptosuite": "is signed in another way than eddsa-jcs-2022",
    "purpose": "is signed for another purpose",
    "context": "names other contexts than were signed",
    "expired-proof": "carries a signature that has run out",
    "key": "is signed with a key that is not known here",
    "signature": "HAS BEEN ALTERED, or somebody else signed it",
    "issuer": "is signed by somebody else than its issuer",
    "not-yet-valid": "is not valid yet",
    "expired": "has EXPIRED",
    "status-list": "has a status list that can't be relied on",
    "suspended": "is SUSPENDED",
    "revoked": "is REVOKED, cancelled or replaced",
    "no-pdf": "is no readable PDF",
    "unsigned": "carries no single signature",
    "altered": "HAS BEEN ALTERED since it was signed",
    "untrusted": "is not signed by its issuer: another certificate signed it",
    "time": "carries no time that holds",
}

HELD: Final = {
    "holds": "holds",
    "wrong": "is WRONG",
    "key": "is by a key that is not known here",
    "not-checked": "can't be checked: install the extra sm2",
}


@app.command()
def verify(
    name: Annotated[str, typer.Argument(metavar="FILE", help="JSON, PDF, a file with the QR text, - or that text.")],
    *,
    key: Annotated[
        list[str] | None,
        typer.Option("--key", help="did.json, a certificate (PEM) or a Multikey (z6Mk…); file or text, several times."),
    ] = None,
    clock: Annotated[
        list[Path] | None, typer.Option("--clock", help="Certificates (PEM) of who signs times, for a PDF.")
    ] = None,
    status: Annotated[list[Path] | None, typer.Option("--status", help="Status list, several times.")] = None,
    beside: Annotated[
        Path | None, typer.Option("--beside", help="The SM2 signature beside it, as …/signatures.json gives it.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody.")] = False,
    at: Annotated[str, typer.Option("--at", help="Moment for which it is asked, 2026-11-27T12:00:00+08:00.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")] = False,
) -> None:
    """Verify a certificate as signed data, as PDF or by the text of its QR picture. Exit 1 when not to rely on it."""
    content = _content(name)
    when = _moment(at)
    named = checking.issuer_named(content)
    keys = _keys(key or [], clock or [], named, offline=offline, document=content.startswith(b"%PDF-"))
    found = checking.check(content, keys, at=when, lists=_lists(status or [], content, named, offline=offline))
    second = _beside(beside, content, keys) if beside is not None else []
    if as_json:
        told = {"beside": [asdict(one) for one in second]} if second else {}
        typer.echo(json.dumps({"file": name[:200], **found.as_dict(), **told}, ensure_ascii=False))
    else:
        _tell(name, found)
        for one in second:
            typer.echo(f"  SM2 beside: {HELD[one.held]} ({one.method})")
    raise typer.Exit(0 if found.ok and all(one.held == "holds" for one in second) else 1)


@app.command()
def keygen(
    *, sm2: Annotated[bool, typer.Option("--sm2", help="A key of SM2, which signs beside Ed25519.")] = False
) -> None:
    """Add a key that signs credentials from now on; what older ones signed still verifies."""
    if not sm2:
        typer.echo(f"{issuer.did()}#{keyring.rotate(issuer.PURPOSE)}")
        return
    try:
        typer.echo(f"{issuer.did()}#{make_key()}")
    except KeyProblem as error:
        raise typer.BadParameter(f"{error} {error.remedy}") from error


@app.command()
def keys(*, as_json: Annotated[bool, typer.Option("--json", help="The issuer's document.")] = False) -> None:
    """Print the keys that sign credentials here, by verification method."""
    if as_json:
        typer.echo(json.dumps(issuer.document(), indent=2))
        return
    for method in issuer.document()["verificationMethod"]:  # type: ignore[attr-defined]  # built by us
        typer.echo(f"{method['id']} {method['publicKeyMultibase']}")


def _beside(path: Path, content: bytes, keys: checking.Keys) -> list[Beside]:
    try:
        found = checking.check_beside(content, path.read_bytes(), keys)
    except (OSError, ValueError) as error:
        raise typer.BadParameter(f"--beside: {error}.") from error
    if not found:
        raise typer.BadParameter("--beside: the file holds no signature.")
    return found


def _tell(name: str, found: checking.Checked) -> None:
    shown = name if len(name) < 100 else f"{name[:60]}…"
    typer.echo(f"{shown}: {SENTENCES.get(found.problem, found.problem)}{f' ({found.detail})' if found.detail else ''}")
    if found.ok:
        typer.echo(f"  status: {found.status}" + ("" if found.status == "good" else " (no status list at hand)"))
    for label, value in {**found.said, "issuer": found.issuer, "signed by": found.signer}.items():
        if value:
            typer.echo(f"  {label}: {value}")


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    if "#" in name and not Path(name[:200]).exists():
        return name.encode()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{name[:200]} can't be read: {error.strerror}.") from error


def _moment(text: str) -> datetime:
    if not text:
        return timezone.now()
    found = moment(text)
    if found is None:
        raise typer.BadParameter("--at wants a moment with its zone: 2026-11-27T12:00:00+08:00.")
    return found


def _keys(given: list[str], clocks: list[Path], named: str, *, offline: bool, document: bool) -> checking.Keys:
    """Return the keys to trust: those given; else our own for what we issued; else the issuer's, fetched."""
    if given:
        try:
            texts = [Path(one).read_bytes() if Path(one).is_file() else one.encode() for one in given]
            return checking.read_keys(texts, [path.read_bytes() for path in clocks])
        except (OSError, checking.NotAKey) as error:
            raise typer.BadParameter(f"--key: {error}.") from error
    if named == issuer.did():
        own = checking.own_keys()
        if own.by_method and (own.trust.signers or not document):
            return own
    if offline:
        raise typer.BadParameter(
            "Offline, --key must name the issuer's did.json, a Multikey or, for a PDF, the signer's certificate (with"
            " --clock)."
        )
    try:
        texts = [fetching.issuer_document(named)]
        if document:
            texts.append(fetching.certificates_of(named, "authority.pem"))
        return checking.read_keys(texts, [fetching.certificates_of(named, "clocks.pem")] if document else [])
    except (fetching.NotFetched, checking.NotAKey) as error:
        raise typer.BadParameter(f"The issuer's keys can't be fetched: {error}. Give them with --key.") from error


def _lists(given: list[Path], content: bytes, named: str, *, offline: bool) -> list[dict[str, Any]]:
    try:
        found = [checking.list_of(path.read_bytes()) for path in given]
    except (OSError, NotJson) as error:
        raise typer.BadParameter(f"--status: {error}.") from error
    if found or offline:
        return found
    for address in checking.status_lists_named(content):
        try:
            found.append(checking.list_of(fetching.from_issuer(named, address)))
        except (fetching.NotFetched, NotJson) as error:
            typer.echo(f"the status could not be asked: {error}", err=True)
    return found
