"""`zhunsheng draws …`: recompute a draw from its transcript, with nothing but the file."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from zhunsheng.foundation.draws.verifying import not_checked, verify_bytes
from zhunsheng.foundation.tlog.note import NoteProblem
from zhunsheng.platform.ledger import receipts

app = typer.Typer(help="Draws: recompute one from its transcript.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")]


@app.callback()
def draws() -> None:
    """Recompute draws."""


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The transcript.")],
    *,
    receipt: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The receipts of the draw, from its page.")
    ] = None,
    key: Annotated[str, typer.Option(help="The log's public key, from a source that you trust; with --receipt.")] = "",
    as_json: AsJson = False,
) -> None:
    """Recompute a draw from its transcript alone, without network or database. Exit 1 when anything differs.

    With --receipt and --key also prove that commitment and transcript stand in the log, the commitment first.
    """
    if (receipt is None) != (not key):
        raise typer.BadParameter("--receipt and --key go together.")
    raw = path.read_bytes()
    problems = verify_bytes(raw)
    transcript: dict[str, Any] = {} if problems else json.loads(raw)
    if receipt is not None and not problems:
        problems = _in_the_log(transcript, receipt, key)
    notes = [] if problems else not_checked(transcript)
    if as_json:
        typer.echo(json.dumps({"ok": not problems, "problems": problems, **_facts(transcript), "not_checked": notes}))
    else:
        for line in problems:
            typer.echo(f"DIFFERENCE {line}")
        if not problems:
            typer.echo("\n".join(f"{name}: {value}" for name, value in _facts(transcript).items()))
            typer.echo("everything was recomputed and agrees")
        for line in notes:
            typer.echo(f"not checked: {line}")
    raise typer.Exit(1 if problems else 0)


def _facts(transcript: dict[str, Any]) -> dict[str, Any]:
    if not transcript:
        return {}
    commitment, result = transcript["commitment"], transcript["result"]
    facts = {
        "draw": commitment["number"],
        "title": commitment["title"],
        "committed_at": commitment["committed_at"],
        "drawn_at": transcript["drawn_at"],
        "seed": transcript["seed"],
        "outcome": result.get("outcome"),
    }
    return facts | {name: result[name] for name in ("leader", "members", "selected") if name in result}


def _in_the_log(transcript: dict[str, Any], path: Path, key: str) -> list[str]:
    """Return why the receipts do not prove the draw; the commitment's leaf must come before the transcript's."""
    try:
        kept = json.loads(path.read_bytes())
        commitment, drawn = (kept[name] for name in ("commitment", "transcript"))
    except (ValueError, KeyError, TypeError):
        return ["receipt: not the receipts of a draw"]
    number, places = transcript["commitment"]["number"], []
    for name, receipt, digest, kind in (
        ("commitment", commitment, transcript["commitment_sha256"], "draw.committed"),
        ("transcript", drawn, transcript["transcript_sha256"], "draw.drawn"),
    ):
        if not isinstance(receipt, dict):
            return [f"receipt.{name}: missing, not sealed yet"]
        try:
            verdict = receipts.verify(receipt, digest, key)
        except NoteProblem as error:
            raise typer.BadParameter(f"--key: {error}") from error
        if not verdict.ok:
            return [f"receipt.{name}: {verdict.problem}: {verdict.detail}"]
        if (receipt["kind"], verdict.body) != (kind, number):
            return [f"receipt.{name}: of something else"]
        places.append(verdict.leaf_index)
    return [] if places[0] < places[1] else ["receipt: the commitment stands after the transcript"]
