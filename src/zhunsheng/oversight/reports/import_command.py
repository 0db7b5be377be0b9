"""`zhunsheng reports import`: a publisher's file, tried or taken over exactly as published, with an error file."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from django.utils import timezone
from rich.console import Console

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.answering import AsJson, Language, print_answer
from zhunsheng.oversight.reports.permissions import OPERATOR
from zhunsheng.oversight.reports.services import importing
from zhunsheng.oversight.reports.services.refusals import as_problem
from zhunsheng.oversight.reports.sources import UnknownSource
from zhunsheng.oversight.reports.sources.base import Place, Told
from zhunsheng.registry.catalogue.importing.outcome import inert

HEADER: Final = ("first_line", "last_line", "report", "outcome", "field", "rule", "problem", "remedy")


def import_publication(
    source: Annotated[str, typer.Argument(help="Name of the source, or auto.")],
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The publisher's file.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read, count and list problems; store nothing.")] = False,
    errors: Annotated[Path | None, typer.Option(help="Write every problem to this CSV file, with its lines.")] = None,
    as_json: AsJson = False,
    lang: Language = "zh-hans",
) -> None:
    """Take over a publisher's file exactly as published. Exit 1 when a report in it was refused."""
    name = None if source == "auto" else source
    try:
        with nullcontext() if errors is None else _error_file(errors, lang) as told:
            counts, problems = _tried(path, name, told) if dry_run else _taken(path, name, told)
    except UnknownSource as error:
        raise typer.BadParameter(f"{error} {error.remedy}") from error
    except DomainError as error:
        print_answer({"outcome": "refused", **as_problem(error, language=lang)}, as_json=as_json)
        raise typer.Exit(1) from error
    for (first, last), problem in problems:
        print_answer({"lines": f"{first}-{last}", **as_problem(problem, language=lang)}, as_json=as_json)
    print_answer(counts, as_json=as_json)
    raise typer.Exit(1 if counts["refused"] else 0)


Problems = list[tuple[tuple[int, int], DomainError]]


def _tried(path: Path, source: str | None, told: Told | None) -> tuple[dict[str, Any], Problems]:
    found, run = importing.try_file(path, source=source, told=told)
    counts = {
        "source": found.name, "reports": run.reports, "lines": run.lines, "refused": run.refused,
        "remarks": run.remarks, "bodies": dict(run.bodies),
    }  # fmt: skip
    return counts, run.problems


def _taken(path: Path, source: str | None, told: Told | None) -> tuple[dict[str, Any], Problems]:
    with Console(stderr=True).status(path.name) as status:
        done = importing.import_file(
            path, sender=OPERATOR, by=None, at=timezone.now(), source=source, told=told,
            progress=lambda count: status.update(f"{path.name}: {count}"),
        )  # fmt: skip
    counts = {
        "source": done.source, "kept": done.kept, "known": done.known, "refused": done.refused, "bodies": done.bodies,
    }  # fmt: skip
    return counts, done.problems


@contextmanager
def _error_file(path: Path, language: str) -> Iterator[Told]:
    """Yield what writes each problem as a row at once, however many there are; without problems only the heading."""
    try:
        file = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise typer.BadParameter(f"--errors: {path} can't be written: {error.strerror}.") from error
    with file:
        writer = csv.writer(file)
        writer.writerow(HEADER)

        def told(place: Place, problem: DomainError, refused: bool) -> None:
            said = as_problem(problem, language=language)
            outcome = "refused" if refused else "kept"
            words = (said.get("field", ""), said["rule"], said["detail"], said.get("remedy", ""))
            writer.writerow(inert(cell) for cell in (place.first, place.last, place.number, outcome, *words))

        yield told
