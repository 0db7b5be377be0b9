"""How the commands of this room answer: for people by default, one JSON object a line for machines."""

import json
from datetime import date
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for machines.")]
Language = Annotated[str, typer.Option("--lang", help="Language of findings and refusals: zh-hans, zh-hant or en.")]


def print_answer(answer: dict[str, Any], *, as_json: bool) -> None:
    """Print one answer; findings stand below it, with their remedies."""
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, default=_plain))
        return
    findings = answer.pop("findings", ())
    hidden = {"promise", "receipt", "type", "title", "stored"}
    shown = (f"{name}: {value}" for name, value in answer.items() if name not in hidden)
    typer.echo("  ".join(shown))
    for finding in findings:
        where = f" [{finding['line']}]" if "line" in finding else ""
        typer.echo(f"    {finding['severity']:<8} {finding['rule']}{where}  {finding.get('message', '')}")
        if finding.get("remedy"):
            typer.echo(f"             → {finding['remedy']}")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
