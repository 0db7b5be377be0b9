"""Reads of the archive: what a person may see, one report with everything about it, and counts for home pages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import lz4.block
from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from zhunsheng.oversight.reports.format import Report as StatedReport
from zhunsheng.oversight.reports.format import read_report
from zhunsheng.oversight.reports.models import Assurance, Finding, Report, ReportContent, ReportFile, ReportLine, State
from zhunsheng.oversight.reports.permissions import Can
from zhunsheng.platform.accounts import policy
from zhunsheng.platform.accounts.policy import Place
from zhunsheng.platform.ledger import selectors as ledger
from zhunsheng.platform.ledger.models import Checkpoint

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zhunsheng.platform.accounts.models import User

_ANY = {"report_bytes": 1 << 62, "report_depth": 1 << 30, "report_lines": 1 << 62}


class ContentDamaged(Exception):
    """The stored bytes of a report are missing or cannot be unpacked."""


def reports_visible_to(user: "User | AnonymousUser | None", on: date) -> QuerySet[Report]:
    """Return the reports that this person may read on this day; to the public, those that an authority published."""
    if user is None or not user.is_authenticated:
        return Report.objects.filter(assurance=Assurance.PUBLISHER)
    return _within(user, Can.READ_REPORTS, on)


def readable_report(user: "User | AnonymousUser | None", digest: str, on: date) -> Report | None:
    """Return the report if this person may read it: in reach, or published by an authority; None otherwise."""
    report = report_by_digest(digest)
    if report is None or report.assurance == Assurance.PUBLISHER:
        return report
    return report if policy.allowed(user, Can.READ_REPORTS, place_of(report), on) else None


def reports_with_findings_visible_to(user: "User | AnonymousUser | None", on: date) -> QuerySet[Report]:
    """Return the reports whose findings this person may read: officers of the place, and the body itself."""
    return _within(user, Can.READ_FINDINGS, on)


def findings_visible_to(user: "User | AnonymousUser | None", on: date) -> QuerySet[Finding]:
    """Return the findings that this person may read, by the place and body of their reports."""
    return Finding.objects.filter(_reached(policy.reach_of(user, Can.READ_FINDINGS, on), "report__"))


def _within(user: "User | AnonymousUser | None", action: str, on: date) -> QuerySet[Report]:
    return Report.objects.filter(_reached(policy.reach_of(user, action, on), ""))


def _reached(reach: policy.Reachable, path: str) -> Q:
    """Return the condition for reports in reach; one of a body without a division belongs to the whole province."""
    wanted = reach.as_q(division=f"{path}division_code", organisation=f"{path}body__organisation_id")
    if reach.covers(Place(settings.ZHUNSHENG_PROVINCE)) and not reach.everywhere:
        wanted |= Q(**{f"{path}division_code": ""})
    return wanted


def may_read(user: "User | AnonymousUser | None", report: Report, on: date) -> bool:
    """Return whether this person may read this report whole: in reach, or published by an authority."""
    return report.assurance == Assurance.PUBLISHER or policy.allowed(user, Can.READ_REPORTS, place_of(report), on)


def is_own(user: "User", report: Report, on: date) -> bool:
    """Return whether the report is of the reader's own body: such reading is not recorded."""
    return any(one.organisation_id == report.body.organisation_id for one in user.memberships_on(on))


def may_read_findings(user: "User | AnonymousUser | None", report: Report, on: date) -> bool:
    """Return whether this person may read what was found in this report."""
    return policy.allowed(user, Can.READ_FINDINGS, place_of(report), on)


def place_of(report: Report) -> Place:
    """Return where a report stands: its body's division and organisation."""
    return Place(report.division_code or settings.ZHUNSHENG_PROVINCE, report.body.organisation_id)


def report_by_digest(digest: str) -> Report | None:
    """Return the report with this content, with its body."""
    return Report.objects.select_related("body").filter(digest=digest.strip().lower()).first()


def canonical_bytes_of(report: Report) -> bytes:
    """Return the canonical bytes of a stored report, its proof included. Raises: ContentDamaged."""
    kept = ReportContent.objects.filter(report_id=report.pk, received_on=report.received_at.astimezone(UTC).date())
    packed = kept.values_list("bytes", flat=True).first()
    if packed is None:
        raise ContentDamaged(f"no content is stored for {report}")
    try:
        return bytes(lz4.block.decompress(bytes(packed)))
    except lz4.block.LZ4BlockError as error:
        raise ContentDamaged(f"the content of {report} is damaged") from error


def stated_report_of(report: Report) -> StatedReport:
    """Return what a stored report states, typed. Raises: ContentDamaged."""
    return read_report(canonical_bytes_of(report), limits=_ANY).report


def files_named_by(reports: Collection[int]) -> dict[int, frozenset[str]]:
    """Return the digests of the files that each of these reports names; those that name none are left out."""
    found: dict[int, set[str]] = {}
    if reports:
        rows = ReportFile.objects.filter(report_id__in=reports, kind=ReportFile.Kind.ATTACHMENT)
        for report, sha256 in rows.values_list("report_id", "sha256"):
            found.setdefault(report, set()).add(sha256)
    return {report: frozenset(files) for report, files in found.items()}


def lines_of(report: Report) -> list[ReportLine]:
    """Return the result lines in their order."""
    day = report.received_at.astimezone(UTC).date()
    return list(ReportLine.objects.filter(report_id=report.pk, received_on=day).order_by("line"))


def findings_of(report: Report) -> list[Finding]:
    """Return what the arrival checks found, the gravest first."""
    return list(Finding.objects.filter(report_id=report.pk).order_by("-severity", "line", "pk"))


def summary_of(report: Report) -> dict[str, Any]:
    """Return what the index knows of a report, for machines."""
    return {
        "body": report.body_slug,
        "number": report.number,
        "variant": report.variant,
        "code": report.code,
        "received": report.received_at.isoformat(),
        "assurance": report.assurance,
        "channel": report.channel,
        "generated": report.generated,
        "content_held": report.held,
    }


def versions_of(report: Report) -> list[Report]:
    """Return every version and variant under this report's number, oldest first."""
    same = Report.objects.filter(body_id=report.body_id, number=report.number)
    return list(same.order_by("version", "variant"))


def completing_variants(report: Report) -> set[int]:
    """Return the variants under this report's number and version that are the content of a registration."""
    same = Report.objects.filter(body_id=report.body_id, number=report.number, completed_by__isnull=False)
    return set(same.values_list("completed_by__variant", flat=True))


def successor_of(report: Report) -> Report | None:
    """Return the newest version that replaces or withdraws this one."""
    return Report.objects.filter(replaces_id=report.pk).order_by("-version", "-variant").first()


def receipt_of(report: Report) -> dict[str, Any] | None:
    """Return the sealed receipt, None while the seal is still to come."""
    return ledger.receipt_for(report.entry_id)


def sealed_at(report: Report) -> datetime | None:
    """Return when the log sealed a report, None while it waits."""
    index = ledger.leaf_index_of(report.entry_id)
    if index is None:
        return None
    sealed = Checkpoint.objects.filter(size__gt=index).order_by("size").values_list("at", flat=True)
    return sealed.first()


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a report; `kind` is received, sealed, completed, replaced or withdrawn."""

    kind: str
    at: datetime
    report: Report
    detail: Mapping[str, Any]


def timeline_of(report: Report) -> list[Event]:
    """Return what happened to a report, oldest first."""
    events = [Event("received", report.received_at, report, {"assurance": report.assurance, "channel": report.channel})]
    sealed = sealed_at(report)
    if sealed is not None:
        events.append(Event("sealed", sealed, report, {}))
    events += [
        Event("withdrawn" if later.withdraws else "replaced", later.received_at, later, {})
        for later in Report.objects.filter(replaces_id=report.pk)
    ]
    if report.completed_by is not None:
        events.append(Event("completed", report.completed_by.received_at, report.completed_by, {}))
    return sorted(events, key=lambda event: event.at)


def coverage_since(body_id: int | None = None) -> datetime | None:
    """Return since when reports (of this body) are gathered here: the arrival of the first; None before any."""
    reports = Report.objects.all() if body_id is None else Report.objects.filter(body_id=body_id)
    first: datetime | None = reports.aggregate(first=Min("received_at"))["first"]
    return first


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many report versions are held with full data and how many are only registered by number and digest."""

    full: int
    by_digest: int

    @property
    def percent_full(self) -> int:
        """The share with full data, which alone can be screened, in whole per cent, rounded down; 100 without any."""
        total = self.full + self.by_digest
        return 100 if total == 0 else self.full * 100 // total


HELD = {"full": Q(held=True), "by_digest": Q(held=False, completed_by__isnull=True)}
"""What `Coverage` counts, as conditions on reports, in the order of its fields."""


def coverage(reports: QuerySet[Report]) -> Coverage:
    """Return how far the content of these reports is held; a registration whose content came later counts once."""
    return Coverage(**reports.aggregate(**{name: Count("pk", filter=held) for name, held in HELD.items()}))


@dataclass(frozen=True, slots=True)
class Intake:
    """Counts over a span of arrival."""

    reports: int
    with_findings: int
    grave: int
    bodies: int


def intake_between(reports: QuerySet[Report], first: datetime, last: datetime) -> Intake:
    """Return counts of what arrived from `first` (included) to `last` (excluded)."""
    found = reports.filter(received_at__gte=first, received_at__lt=last).aggregate(
        reports=Count("pk"),
        with_findings=Count("pk", filter=Q(worst__gte=1)),
        grave=Count("pk", filter=Q(worst__gte=3)),
        bodies=Count("body_id", distinct=True),
    )
    return Intake(**found)


def findings_by_rule(reports: QuerySet[Report], since: datetime) -> list[dict[str, Any]]:
    """Return how often each rule found something since a time: rule, severity, count; the most frequent first."""
    found = Finding.objects.filter(found_at__gte=since, report_id__in=reports.values("pk"))
    counted = found.values("rule", "severity").annotate(count=Count("pk")).order_by("-count", "rule")
    return [dict(row) for row in counted]


def current(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Return those that neither another version replaces nor a notice withdraws."""
    return reports.filter(state=State.CURRENT)


def count_all() -> int:
    """Return how many reports are kept, every version counted."""
    return Report.objects.count()


def arrived_between(first: datetime, last: datetime) -> int:
    """Return how many reports arrived from `first` (included) to `last` (excluded), wherever their bodies are."""
    return Report.objects.filter(received_at__gte=first, received_at__lt=last).count()
