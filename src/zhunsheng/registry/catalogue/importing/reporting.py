"""How an import speaks at the command line."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from zhunsheng.foundation.errors import DomainError
from zhunsheng.platform import refusals
from zhunsheng.registry.catalogue.importing.outcome import Outcome, write_problems

_SHOWN = 20


def working(words: str) -> AbstractContextManager[object]:
    """Show that something is going on, on a terminal only."""
    return Console(stderr=True).status(words)


@contextmanager
def counting(words: str) -> Iterator[Callable[[int], None]]:
    """Yield what shows on a terminal how many lines have been read, and how many a second."""
    began, console = time.monotonic(), Console(stderr=True)
    with console.status(f"{words} …") as status:

        def on_progress(line: int) -> None:
            speed = line / max(time.monotonic() - began, 0.001)
            status.update(f"{words}: {line:,} lines, {speed:,.0f} a second …")

        yield on_progress


def tell(outcome: Outcome, *, errors: Path | None, as_json: bool) -> None:
    """Print what an import did, write its error file if asked for, and exit 1 when lines were refused."""
    if errors is not None and outcome.problems:
        write_problems(errors, outcome.problems)
    if as_json:
        typer.echo(json.dumps(outcome.as_dict(), ensure_ascii=False))
    else:
        _for_people(outcome, errors)
    if outcome.problems:
        raise typer.Exit(1)


def _for_people(outcome: Outcome, errors: Path | None) -> None:
    console = Console()
    console.print(_counts(outcome), markup=False)
    if not outcome.problems:
        return
    titles = (_("line"), _("field"), _("value"), _("rule"), _("remedy"))
    table = Table(*(Column(title, overflow="fold") for title in titles))
    for problem in outcome.problems[:_SHOWN]:
        table.add_row(*map(escape, (str(problem.line), problem.field, problem.value, problem.rule, problem.remedy)))
    console.print(table)
    if len(outcome.problems) > _SHOWN:
        console.print(_("… and %(count)s more") % {"count": len(outcome.problems) - _SHOWN})
    if errors is not None:
        console.print(_("All problems: %(file)s") % {"file": errors}, markup=False)


def _counts(outcome: Outcome) -> str:
    state = _("dry run, nothing saved") if outcome.dry_run else _("saved") if outcome.saved else _("nothing saved")
    words = _(
        "%(kind)s: %(read)s lines, %(new)s new, %(changed)s changed, %(same)s unchanged,"
        " %(problems)s problems (%(state)s)"
    )
    return words % {
        "kind": outcome.kind,
        "read": outcome.read,
        "new": outcome.created,
        "changed": outcome.updated,
        "same": outcome.unchanged,
        "problems": len(outcome.problems),
        "state": state,
    }


def refuse(error: DomainError, *, as_json: bool) -> NoReturn:
    """Print why a file as a whole was refused, in the reader's language, and exit 2."""
    message, remedy = refusals.sentence(error), refusals.remedy(error)
    if as_json:
        words = {"error": error.code, "message": message, "field": error.field, "remedy": remedy}
        typer.echo(json.dumps(words, ensure_ascii=False))
    else:
        Console(stderr=True).print(f"{message} {remedy}", markup=False)
    raise typer.Exit(2)
