"""Taking in a publisher's file: its bodies entered in the register, its attachments kept, its reports received."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.format.problems import BilingualProblem
from zhunsheng.oversight.reports.models import Channel
from zhunsheng.oversight.reports.permissions import Sender
from zhunsheng.oversight.reports.services.intake import CHUNK, Item, receive_many
from zhunsheng.oversight.reports.sources import DryRun, Source, SourceItem, dry_run, source_for
from zhunsheng.oversight.reports.sources.base import Place, Told
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents import files
from zhunsheng.registry.bodies.models import Body
from zhunsheng.registry.bodies.services.imports import import_rows

MOST_LISTED = 1000


@dataclass(slots=True)
class Imported:
    """What became of a file: counts of reports, and the problems with the lines of the file they stand at."""

    source: str
    kept: int = 0
    known: int = 0
    refused: int = 0
    bodies: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[tuple[int, int], DomainError]] = field(default_factory=list)
    told: Told | None = None

    def note(self, place: Place, problem: DomainError | None, *, refused: bool) -> None:
        """Remember a problem, up to a thousand, and tell it to whoever wants to hear of all."""
        if problem is None:
            return
        if self.told is not None:
            self.told(place, problem, refused)
        if len(self.problems) < MOST_LISTED:
            self.problems.append(((place.first, place.last), problem))


def try_file(path: Path, *, source: str | None = None, told: Told | None = None) -> tuple[Source, DryRun]:
    """Return what an import of this file would do; nothing is stored. `told` is told of every problem.

    Raises: UnknownSource, DomainError if the file as a whole can't be read.
    """
    found = source_for(path, source)
    return found, dry_run(found, path, limits=settings.ZHUNSHENG_LIMITS, told=told)


def import_file(
    path: Path,
    *,
    sender: Sender,
    by: User | None,
    at: datetime,
    source: str | None = None,
    progress: Callable[[int], None] | None = None,
    told: Told | None = None,
) -> Imported:
    """Take in a whole file in chunks of one transaction; loading it again changes nothing.

    Args:
        by: who enters the bodies that the file names; None is the operator at the command line.
        progress: told how many reports have been answered, at every chunk.
        told: told of every problem, also beyond the thousand that the answer lists.
    Raises: UnknownSource, NotAllowed, DomainError if the file as a whole can't be read.
    """
    found = source_for(path, source)
    result = Imported(found.name, told=told)
    result.bodies = _enter_bodies(found, path, by=by, at=at)
    places: list[Place] = []
    items = _items(found, path, result, places)
    for number, outcome in enumerate(receive_many(items, sender=sender, channel=Channel.IMPORT, at=at)):
        result.statuses[outcome.status] += 1
        result.kept += outcome.status == "accepted"
        result.known += outcome.status == "known"
        result.refused += outcome.problem is not None
        result.note(places[number], outcome.problem, refused=True)
        if progress and (number + 1) % CHUNK == 0:
            progress(number + 1)
    return result


def _items(source: Source, path: Path, result: Imported, places: list[Place]) -> Iterator[Item]:
    for item in source.read(path):
        places.append(Place.of(item))
        if item.report_dict is None:
            yield item.problem or _no_report()
            continue
        result.note(places[-1], item.problem, refused=False)
        for content, media_type in item.attachments:
            files.store(content, media_type)
        yield item.raw()


def _no_report() -> BilingualProblem:
    return BilingualProblem(
        "There is no report at this place.", "此处没有报告。", "Look at the file.", "请核对文件。", code="source.empty"
    )


def _enter_bodies(source: Source, path: Path, *, by: User | None, at: datetime) -> int:
    """Enter the bodies of the source's own register that aren't known yet, and return how many."""
    stated = {
        f"{body['register']}:{body['id']}": body for item in source.read(path) for body in _own_body(source, item)
    }
    known = set(Body.objects.filter(slug__in=stated).values_list("slug", flat=True))
    rows = [
        {
            "register": body["register"],
            "register_id": body["id"],
            "name": body.get("name", body["id"]),
            "source": source.title,
        }
        for slug, body in stated.items()
        if slug not in known
    ]
    if rows:
        import_rows(kind="institutions", rows=rows, by=by, at=at, why=source.title, keep_good=True)
    return len(rows)


def _own_body(source: Source, item: SourceItem) -> Iterator[dict[str, str]]:
    body = (item.report_dict or {}).get("body", {})
    if source.register and body.get("register") == source.register and body.get("id"):
        yield body
