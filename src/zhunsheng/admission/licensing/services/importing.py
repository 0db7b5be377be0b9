"""A capability table (XLSX, CSV) read into lines of an application; what can't be taken is told row by row."""

import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from zhunsheng.admission.licensing.models import Application
from zhunsheng.admission.licensing.services.drafting import editable
from zhunsheng.admission.licensing.services.lines import MOST_LINES, Wanted, site_of, write
from zhunsheng.admission.licensing.services.refusals import log, refusals_logged
from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts.models import User
from zhunsheng.platform.documents.files import Stream
from zhunsheng.registry.catalogue.selectors import Vocabulary
from zhunsheng.registry.schedules import thresholds, trial, wording
from zhunsheng.registry.schedules.rules.mapping import Line
from zhunsheng.registry.schedules.rules.problems import RowProblem
from zhunsheng.registry.schedules.services.reading import reasons_of

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that was not taken: where it stands, what it says, why not and what to do, in the reader's language."""

    sheet: str
    row: int
    text: str
    reason: str
    remedy: str


@dataclass(slots=True)
class Imported:
    """What became of a table: lines added, lines that were there already, lines marked as outside, rows refused."""

    added: int = 0
    known: int = 0
    marked: int = 0
    rows: int = 0
    errors: list[RowError] = field(default_factory=list)


@refusals_logged("edit")
def import_table(
    *,
    application_id: int,
    content: Stream,
    name: str,
    by: User,
    at: datetime,
    keep_unknown: bool = False,
    site_id: int | None = None,
) -> Imported:
    """Read a table into the application.

    Args:
        site_id: where rows are tested that stand under no site's heading; needed where there are several sites.
        keep_unknown: take rows that the catalogue does not know, as marked lines, instead of refusing them.
    Raises: NotAllowed, Closed, UnreadableSchedule, ApplicationRefused; then nothing is changed.
    """
    application = editable(application_id, by, at)
    on = timezone.localdate(at)
    confidence, version = thresholds.acceptance(on)
    named = _sites(application)
    found, places = _read(content, on, confidence, named), set(named.values())
    made = Imported(rows=found.rows, errors=[_told(one) for one in found.problems])
    elsewhere = site_of(application, site_id) if site_id or len(places) == 1 else None
    wanted = []
    for line in found.kept:
        place = named.get(normalise_name(line.printed.site)) or (elsewhere.pk if elsewhere else None)
        one = _wanted(line, confidence, place)
        if place is None and len(places) > 1:
            made.errors.append(_nowhere(line))
        elif one.in_catalogue or keep_unknown:
            wanted.append(one)
            made.marked += not one.in_catalogue
        else:
            made.errors.append(_doubt(line))
    made.added = write(application, wanted, by=by)
    made.known = len(wanted) - made.added
    made.errors.sort(key=lambda one: (one.sheet, one.row))
    log(application, "import", by=by, at=at, law=version, words=f"{name[-200:]}: {made.added} / {made.rows}")
    return made


def _read(content: Stream, on: date, confidence: float, sites: dict[str, int]) -> trial.Trial:
    with tempfile.NamedTemporaryFile() as copy:
        while chunk := content.read(_CHUNK):
            copy.write(chunk)
        copy.flush()
        return trial.read_file(Path(copy.name), on=on, confidence=confidence, sites=sites, keep=True, most=MOST_LINES)


def _sites(application: Application) -> dict[str, int]:
    """Return the sites by every text under which a table may name them: code, name, address."""
    named: dict[str, int] = {}
    for one in application.sites.all():
        named |= {normalise_name(text): one.pk for text in (one.code, one.name, one.address) if text}
    return named


def _wanted(line: Line, confidence: float, site_id: int | None) -> Wanted:
    words = Vocabulary.current()
    sure = {part.kind: part.match.target if part.match.confidence >= confidence else None for part in line.parts}
    thing, parameter, edition = sure["object"], sure["parameter"], sure["method"]
    facts = words.edition_by_id(edition) if edition else None
    printed = line.printed
    return Wanted(
        thing, words.object_names[thing] if thing else line.object.text[:200],
        parameter, words.parameter_names[parameter] if parameter else line.parameter.text[:200],
        facts.id if facts else None, facts.code if facts else line.method.text[:300], line.cited.clause[:60],
        site_id, printed.domain[:60], printed.category[:100], printed.limitation[:500], printed.remark[:300],
    )  # fmt: skip


def _told(problem: RowProblem) -> RowError:
    rule, remedy = wording.problem_words(problem.code, problem.facts)
    return RowError(problem.sheet, problem.row, problem.value, rule, remedy)


def _nowhere(line: Line) -> RowError:
    return RowError(
        line.printed.sheet, line.printed.row, _shown(line), _("The application has several sites."),
        _("Write the site as a heading above its rows, or say for the whole table where its rows are tested."),
    )  # fmt: skip


def _shown(line: Line) -> str:
    return " / ".join(part.text for part in line.parts)[:300]


def _doubt(line: Line) -> RowError:
    return RowError(
        line.printed.sheet, line.printed.row, _shown(line), wording.reason_words(reasons_of(line)),
        _("Choose the line from the catalogue, or import the table again with unknown texts marked."),
    )  # fmt: skip
