"""Reads the reports of a range of the log's leaves for the lake, in the order of the log."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import pyarrow as pa
from django.db.models import Q

from zhunsheng.oversight.reports.format import Report as StatedReport
from zhunsheng.oversight.reports.lake.rows import Hider, Kept, rows_of
from zhunsheng.oversight.reports.models import Report, ReportContent, ReportLine
from zhunsheng.oversight.reports.services import rows
from zhunsheng.oversight.reports.services.storing import KIND
from zhunsheng.platform.accounts import keyring
from zhunsheng.platform.jobs import duties
from zhunsheng.platform.lake import duty, sources
from zhunsheng.platform.lake.schema import LINES, STANDING
from zhunsheng.platform.lake.sources import Taken
from zhunsheng.platform.ledger import selectors as ledger
from zhunsheng.platform.ledger.models import Entry
from zhunsheng.registry.catalogue.models import Parameter

AT_ONCE = 1_000
_DECODER = msgspec.json.Decoder(StatedReport)


class Archive:
    """The archive of reports as the source of the lake."""

    def sealed_size(self) -> int:
        """Return how many leaves are sealed."""
        return ledger.log_state().size

    def take(self, first: int, last: int) -> Taken:
        """Return the lines of the reports that were sealed as these leaves, and what they replace or withdraw."""
        found = Entry.objects.filter(kind=KIND, leaf_index__gte=first, leaf_index__lte=last).order_by("leaf_index")
        sealed = list(found.values_list("leaf_index", "subject"))
        lines: list[pa.Table] = [LINES.empty_table()]
        standing: list[dict[str, Any]] = []
        for start in range(0, len(sealed), AT_ONCE):
            reports = _reports(sealed[start : start + AT_ONCE])
            lines.append(pa.Table.from_pylist(list(_lines(reports)), schema=LINES))
            standing += _standing({report.pk for _leaf, report in reports}, first, last)
        unique = {row["report"]: row for row in standing}  # a pair whose halves lie in two parts is found twice
        rows_gone = sorted(unique.values(), key=lambda row: (row["leaf_index"], row["report"]))
        return Taken(pa.concat_tables(lines), pa.Table.from_pylist(rows_gone, schema=STANDING))


def _reports(sealed: Sequence[tuple[int | None, str]]) -> list[tuple[int, Report]]:
    leaves = {digest: int(leaf or 0) for leaf, digest in sealed}
    found = Report.objects.filter(digest__in=leaves)
    return sorted(((leaves[one.digest], one) for one in found), key=lambda pair: pair[0])


def _lines(reports: Sequence[tuple[int, Report]]) -> Iterator[dict[str, Any]]:
    held = {report.pk: report for _leaf, report in reports if report.held}
    days = {rows.received_on(one.received_at) for one in held.values()}
    packed = dict(
        ReportContent.objects.filter(report_id__in=held, received_on__in=days).values_list("report_id", "bytes")
    )
    codes = _parameter_codes(held, days)
    hider = Hider(_key())
    for leaf, report in reports:
        if report.pk not in packed:
            continue
        stated = _DECODER.decode(rows.decompress(bytes(packed[report.pk])))
        kept = Kept(
            leaf_index=leaf,
            digest=report.digest,
            body=report.body_slug,
            arrived=report.received_at,
            division=report.division_code,
            generated=report.generated,
            parameters=codes.get(report.pk, {}),
        )
        yield from rows_of(stated, kept, hider)


def _parameter_codes(held: dict[int, Report], days: set[Any]) -> dict[int, dict[int, str]]:
    """Return for each report the catalogue's codes of its lines' parameters."""
    found = ReportLine.objects.filter(report_id__in=held, received_on__in=days, parameter_id__isnull=False)
    named = list(found.values_list("report_id", "line", "parameter_id"))
    keys = {parameter for _report, _line, parameter in named if parameter is not None}
    codes = dict(Parameter.objects.filter(pk__in=keys).values_list("pk", "code"))
    by_report: dict[int, dict[int, str]] = {}
    for report, line, parameter in named:
        if parameter is not None and parameter in codes:
            by_report.setdefault(report, {})[line] = codes[parameter]
    return by_report


def _standing(keys: set[int], first: int, last: int) -> list[dict[str, Any]]:
    """Return what these reports replace or withdraw, or are replaced by, once the later of both is among the leaves."""
    pairs = list(
        Report.objects.filter(Q(pk__in=keys) | Q(replaces__in=keys), replaces__isnull=False).select_related("replaces")
    )
    entries = {entry for one in pairs for entry in (one.entry_id, _replaced(one).entry_id)}
    leaves = dict(Entry.objects.filter(pk__in=entries, leaf_index__isnull=False).values_list("pk", "leaf_index"))
    gone = []
    for one in pairs:
        old = _replaced(one)
        if one.entry_id not in leaves or old.entry_id not in leaves:
            continue
        leaf = max(int(leaves[one.entry_id] or 0), int(leaves[old.entry_id] or 0))
        if first <= leaf <= last:
            standing = "withdrawn" if one.withdraws else "replaced"
            since = max(one.received_at, old.received_at)
            gone.append({"leaf_index": leaf, "report": old.digest, "standing": standing, "since": since})
    return gone


def _replaced(one: Report) -> Report:
    if one.replaces is None:
        raise LookupError("a report that replaces nothing")
    return one.replaces


def _key() -> bytes:
    """Return the first key of the purpose: hashes of parties must stay the same for the life of the lake."""
    return keyring.load("lake-parties")[-1][1]


def register() -> None:
    """Become the source of the lake, and let the worker write and tidy it."""
    sources.register(Archive())
    duties.register("write-the-lake", duty.EVERY_SECONDS, duty.take_what_was_sealed)
    duties.register("tidy-the-lake", duty.COMPACT_EVERY_SECONDS, duty.keep_tidy)
