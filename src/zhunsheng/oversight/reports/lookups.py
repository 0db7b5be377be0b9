"""Reports looked up by what people hold in their hands, many at once: digests, files, printed numbers, codes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db.models import F, Min, Q, Window
from django.db.models.functions import RowNumber

from zhunsheng.oversight.reports.format import CODE_LENGTH
from zhunsheng.oversight.reports.models import Finding, Report, ReportFile, State

MOST_OF_ONE: Final = 50
"""Reports looked at for one number or one file: numbers are unique only within a body."""
_MOST_SPACES: Final = 8
_CODE_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGEST_LENGTH: Final = 64


def by_digests(digests: Collection[str]) -> dict[str, list[Report]]:
    """Return the reports with these contents, with their bodies; after them what was registered with these digests.

    At most MOST_OF_ONE of one digest, those that registered it first: a digest is soon copied.
    """
    if not digests:
        return {}
    found: dict[str, list[Report]] = {}
    wanted = Q(digest__in=digests) | (Q(registered__in=digests) & ~Q(registered=""))
    for one in Report.objects.select_related("body").filter(wanted).order_by("pk"):
        if one.digest in digests:
            found.setdefault(one.digest, []).insert(0, one)
        if one.registered in digests and len(found.setdefault(one.registered, [])) < MOST_OF_ONE:
            found[one.registered].append(one)
    return found


def contents_of(reports: Iterable[Report]) -> dict[int, Report]:
    """Return, for each of these that are registrations, the full data that came for it later."""
    wanted = {one.completed_by_id for one in reports if one.completed_by_id is not None}
    return Report.objects.select_related("body").in_bulk(wanted) if wanted else {}


def by_codes(codes: Collection[str]) -> dict[str, list[Report]]:
    """Return the reports that normalised codes of 16 characters name, by code; what is no code finds nothing."""
    wanted = Q(pk__in=[])
    for code in codes:
        span = _digests_of(code)
        if span is not None:
            wanted |= Q(digest__gte=span[0], digest__lte=span[1])
            wanted |= Q(registered__gte=span[0], registered__lte=span[1]) & ~Q(registered="")
    if wanted == Q(pk__in=[]):
        return {}
    found: dict[str, list[Report]] = {}
    for report in Report.objects.select_related("body").filter(wanted).order_by("-held", "pk"):
        found.setdefault(report.code, []).append(report)
    return found


def _digests_of(code: str) -> tuple[str, str] | None:
    """Return the first and last digest that begin with a code's 80 bits, None for what is no code."""
    if len(code) != CODE_LENGTH or any(letter not in _CODE_LETTERS for letter in code):
        return None
    bits = 0
    for letter in code:
        bits = bits << 5 | _CODE_LETTERS.index(letter)
    start = f"{bits:020x}"
    return start.ljust(_DIGEST_LENGTH, "0"), start.ljust(_DIGEST_LENGTH, "f")


def by_numbers(numbers: Collection[str]) -> dict[str, list[Report]]:
    """Return the reports under printed numbers, newest version first, at most MOST_OF_ONE of each number as stored.

    Spaces after it, which publishers leave there (up to eight), are not seen on paper and don't count.
    """
    if not numbers:
        return {}
    spaced = [one.strip() + " " * count for one in numbers for count in range(_MOST_SPACES + 1)]
    place = Window(RowNumber(), partition_by="number", order_by=[F("version").desc(), F("variant").desc()])
    ranked = Report.objects.filter(number__in=spaced).annotate(place=place).filter(place__lte=MOST_OF_ONE)
    found: dict[str, list[Report]] = {}
    for report in ranked.select_related("body").order_by("-version", "-variant"):
        found.setdefault(report.number.strip(), []).append(report)
    return found


def by_files(digests: Collection[str]) -> dict[str, Report]:
    """Return for each file the newest current report that names it, among the first MOST_OF_ONE that did.

    Only of the body that named it first: whoever learns a file's digest later cannot pass the file off as its own.
    """
    if not digests:
        return {}
    place = Window(RowNumber(), partition_by="sha256", order_by="report_id")
    named = ReportFile.objects.filter(sha256__in=digests).annotate(place=place).filter(place__lte=MOST_OF_ONE)
    pairs = list(named.values_list("sha256", "report_id"))
    reports = Report.objects.select_related("body").in_bulk({report for _digest, report in pairs}) if pairs else {}
    naming: dict[str, list[Report]] = {}
    for digest, report in pairs:
        if report in reports:
            naming.setdefault(digest, []).append(reports[report])
    return {digest: _newest_of_first(named_by) for digest, named_by in naming.items()}


def _newest_of_first(reports: Sequence[Report]) -> Report:
    body = min(reports, key=lambda one: (one.received_at, one.pk)).body_id
    own = sorted((one for one in reports if one.body_id == body), key=lambda one: one.received_at, reverse=True)
    return next((one for one in own if one.state == State.CURRENT), own[0])


def with_files(report_ids: Iterable[int]) -> frozenset[int]:
    """Return those of these reports that name at least one file."""
    wanted = list(report_ids)
    if not wanted:
        return frozenset()
    return frozenset(ReportFile.objects.filter(report_id__in=wanted).values_list("report_id", flat=True))


def successors_of(report_ids: Iterable[int]) -> dict[int, Report]:
    """Return the newest version that replaces or withdraws each of these reports."""
    wanted = list(report_ids)
    if not wanted:
        return {}
    later = Report.objects.filter(replaces_id__in=wanted).order_by("version", "variant")
    return {one.replaces_id: one for one in later if one.replaces_id is not None}


def found_by(report_ids: Iterable[int], *, rules: tuple[str, ...], severity: int) -> frozenset[int]:
    """Return those of these reports in which rules with such beginnings found something at least this severe."""
    wanted = list(report_ids)
    if not wanted:
        return frozenset()
    rows = Finding.objects.filter(report_id__in=wanted, severity__gte=severity).values_list("report_id", "rule")
    return frozenset(report for report, rule in rows if rule.startswith(rules))


def coverage_of(body_ids: Iterable[int]) -> dict[int, datetime]:
    """Return since when reports of each of these bodies are gathered here; bodies without any are left out."""
    wanted = list(body_ids)
    if not wanted:
        return {}
    first = Report.objects.filter(body_id__in=wanted).values("body_id").annotate(first=Min("received_at"))
    return {row["body_id"]: row["first"] for row in first}
