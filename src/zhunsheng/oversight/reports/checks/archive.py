"""What has been received before, in the archive or earlier in the batch: numbers, people, instruments, attachments."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Q

from zhunsheng.oversight.reports.checks.surroundings import Case
from zhunsheng.oversight.reports.format import Parsed
from zhunsheng.oversight.reports.models import Occupation, Report
from zhunsheng.oversight.reports.rules.facts import Namesake, ReportFacts, Stay
from zhunsheng.oversight.reports.rules.occupation import INSTRUMENT, PERSON, overlapping
from zhunsheng.oversight.reports.rules.tiers import Digests, agree
from zhunsheng.oversight.reports.selectors import files_named_by
from zhunsheng.platform.database.listed import listed
from zhunsheng.platform.database.prepared import Prepared, many, single
from zhunsheng.platform.documents import files

LONGEST_STAY = timedelta(days=31)
"""A longer span says nothing about where somebody was."""


class Earlier(NamedTuple):
    """A stored report, as far as telling apart those under one number takes."""

    body_id: int
    number: str
    version: int
    digest: str
    id: int
    held: bool
    registered: str


def add_namesakes(cases: Sequence[Case], stored: Iterable[Earlier] | None = None) -> None:
    """Fill in which reports of the same body came earlier under the same number: one query, unless they are given."""
    numbered = [facts for _, facts in cases if facts.body is not None]
    if not numbered:
        return
    earlier: dict[tuple[int, str], list[tuple[int, Digests, int]]] = defaultdict(list)
    for one in _stored_under(numbered) if stored is None else stored:
        digests = Digests(one.digest, one.held, one.registered, frozenset())
        earlier[one.body_id, one.number].append((one.id, digests, one.version))
    for parsed, facts in cases:
        if facts.body is None:
            continue
        own = Digests(facts.digest, not facts.by_digest, registered_of(parsed), files_of(parsed))
        others = earlier[facts.body.id, facts.number]
        known = _with_files(own, others)
        facts.namesakes = tuple(
            Namesake(other.digest, version, agree(own, other))
            for _, other, version in known
            if other.digest != own.digest
        )
        others.append((0, own, facts.version))


def registered_of(parsed: Parsed) -> str:
    """Return the digest of the full data that a registration states, empty for anything else."""
    return (parsed.registration.content or "") if parsed.registration is not None else ""


def files_of(parsed: Parsed) -> frozenset[str]:
    """Return the digests of the files that a report names."""
    return frozenset(file.sha256 for file in parsed.report.attachments)


def _with_files(own: Digests, others: list[tuple[int, Digests, int]]) -> list[tuple[int, Digests, int]]:
    """Return the others with the files they name, looked up only where full data meet a registration of files."""
    asked = {pk for pk, other, _ in others if pk and other.held != own.held}
    named = files_named_by(asked) if asked and own.files else {}
    return [(pk, other._replace(files=named.get(pk, other.files)), version) for pk, other, version in others]


def _stored_under(numbered: Sequence[ReportFacts]) -> Iterable[Earlier]:
    rows = Report.objects.filter(
        body_id__in={facts.body.id for facts in numbered if facts.body},
        number__in=listed({facts.number for facts in numbered}),
    ).values_list(*Earlier._fields)
    return (Earlier(*row) for row in rows)


def stays_of(facts: ReportFacts) -> tuple[Stay, ...]:
    """Return who and what was at work where and when, from lines with exact times at a stated site."""
    if not facts.site:
        return ()
    found: list[Stay] = []
    for line in facts.lines:
        start, end = line.started, line.finished
        if start is None or end is None or not (start.exact and end.exact) or line.subcontractor is not None:
            continue
        if not start.first < end.first <= start.first + LONGEST_STAY:
            continue
        for kind, code in ((PERSON, line.analyst), (INSTRUMENT, line.instrument)):
            if code:
                found.append(Stay(kind, code, facts.site, start.first, end.first, facts.number, line.line))
    return tuple(found)


def add_stays(cases: Sequence[Case]) -> None:
    """Fill in the stays of each report and those received earlier that exclude one of them: at most two queries."""
    by_body: dict[int, list[tuple[int, Stay]]] = defaultdict(list)
    sites: dict[int, set[str]] = defaultdict(set)
    for place, (_, facts) in enumerate(cases):
        if facts.body is not None:
            facts.stays = stays_of(facts)
            by_body[facts.body.id] += [(place, stay) for stay in facts.stays]
            if facts.stays:
                sites[facts.body.id].add(facts.site)
    stored = _stored_stays(by_body, sites)
    for body_id, placed in by_body.items():
        if len(sites[body_id] | {stay.site for stay in stored[body_id]}) < 2:
            continue
        place_of = {id(stay): place for place, stay in placed}
        others: dict[int, list[Stay]] = defaultdict(list)
        for one, other in overlapping([*(stay for _, stay in placed), *stored[body_id]]):
            first, second = place_of.get(id(one), -1), place_of.get(id(other), -1)
            if first != second and one.report != other.report:
                others[max(first, second)].append(one if first < second else other)
        for place, found in others.items():
            cases[place].facts.other_stays = tuple(found)


def _stored_stays(by_body: dict[int, list[tuple[int, Stay]]], sites: dict[int, set[str]]) -> dict[int, list[Stay]]:
    stays = [stay for placed in by_body.values() for _, stay in placed]
    found: dict[int, list[Stay]] = defaultdict(list)
    if not stays:
        return found
    kept = _kept_stays(sites, stays)
    numbers = _numbers({row[-1] for row in kept})
    for body_id, kind, code, site, started, finished, report in kept:
        if report in numbers:
            found[body_id].append(Stay(kind, code, site, started, finished, numbers[report]))
    return found


_STAY_COLUMNS = ("body_id", "kind", "code", "site", "started", "finished", "report_id")
_OF_ONE_BODY_AT_ONE_SITE = Prepared(
    lambda: Occupation.objects.filter(
        ~Q(site=single("site")) & ~Q(site=""),
        body_id=single("body"),
        code__in=many("codes", "text"),
        started__lt=single("last"),
        started__gt=single("longest_before"),
        finished__gt=single("first"),
    ).values_list(*_STAY_COLUMNS)
)
"""What nearly every chunk asks: a laboratory hands in its own reports, and works at one place."""


def _kept_stays(sites: dict[int, set[str]], stays: Sequence[Stay]) -> list[tuple[Any, ...]]:
    """Return the stored stays elsewhere of those who are at work in these, about the same time."""
    codes = {stay.code for stay in stays}
    first, last = min(stay.started for stay in stays), max(stay.finished for stay in stays)
    at_work = [(body, site) for body, at in sites.items() for site in at]
    if len(at_work) == 1:
        body, site = at_work[0]
        return _OF_ONE_BODY_AT_ONE_SITE.rows(
            body=body, site=site, codes=codes, first=first, last=last, longest_before=first - LONGEST_STAY
        )
    rows = Occupation.objects.filter(
        _elsewhere(sites), code__in=codes, started__lt=last, started__gt=first - LONGEST_STAY, finished__gt=first
    )
    return list(rows.values_list(*_STAY_COLUMNS))


def _elsewhere(sites_of: dict[int, set[str]]) -> Q:
    """Return the condition for stays of these bodies, without those at the only site at which a body works here."""
    wanted = Q(pk__in=())
    alone: dict[str, list[int]] = defaultdict(list)
    several: list[int] = []
    for body_id, sites in sites_of.items():
        if len(sites) == 1:
            alone[next(iter(sites))].append(body_id)
        elif sites:
            several.append(body_id)
    for site, bodies in alone.items():
        wanted |= Q(body_id__in=bodies) & ~Q(site=site)
    return (wanted | Q(body_id__in=several) if several else wanted) & ~Q(site="")


def _numbers(ids: Iterable[int]) -> dict[int, str]:
    wanted = list(ids)
    return dict(Report.objects.filter(pk__in=wanted).values_list("pk", "number")) if wanted else {}


def add_attachments(cases: Sequence[Case]) -> None:
    """Fill in which named attachments are not in the file store; each digest is looked for once."""
    present: dict[str, bool] = {}
    for parsed, facts in cases:
        if facts.by_digest:
            continue
        absent = []
        for attachment in parsed.report.attachments:
            if attachment.sha256 not in present:
                present[attachment.sha256] = files.exists(attachment.sha256)
            if not present[attachment.sha256]:
                absent.append(attachment.sha256)
        facts.absent_attachments = tuple(absent)
