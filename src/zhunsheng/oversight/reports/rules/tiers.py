"""Collection in tiers: full data for statutory work, number and digest for what a client commissioned.

Source: practice of collection (2026); which works are statutory and what they state is data (`BUSINESS-MISSING`).
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from zhunsheng.oversight.reports.rules.facts import Found, ReportFacts

NEED_NO_CONTENT: Final = frozenset(
    {
        "BUSINESS-BY-DIGEST",
        "CERT-UNKNOWN",
        "DATE-FUTURE",
        "NUMBER-PACKED",
        "NUMBER-REUSED",
        "NUMBER-VERSION",
    }
)
"""The rules that can judge a registration by number and digest; all others have nothing to look at and are not run."""


class Digests(NamedTuple):
    """What is known of a version's content: its own digest, what was registered, and the files it names."""

    digest: str
    held: bool
    registered: str
    files: frozenset[str]


def holds_content_of(content: Digests, registration: Digests) -> bool:
    """Return whether full data are the content of a registration.

    They are if they have the registered digest; where only files were registered, if they name one of these files.
    """
    if not content.held or registration.held:
        return False
    if registration.registered:
        return content.digest == registration.registered
    return not content.files.isdisjoint(registration.files)


def agree(one: Digests, other: Digests) -> bool:
    """Return whether two versions under one number are a registration and its content, in either order."""
    return holds_content_of(one, other) or holds_content_of(other, one)


def statutory_by(report: ReportFacts) -> str:
    """Return which statutory work a report was made for: as it states, else by its purpose; empty for none."""
    law: Any = report.law.get("BUSINESS-MISSING", {})
    if report.business:
        return report.business if report.business in law.get("works", {}) else ""
    for work, row in law.get("works", {}).items():
        if any(word in report.purpose for word in row["purposes"]):
            return str(work)
    return ""


def business_fields_stated(report: ReportFacts) -> Iterator[Found]:
    """A report of statutory work states its business: sampling sheet, task, who ordered it."""
    if report.withdrawal or not report.licensed or not report.missing_business:
        return
    work = statutory_by(report)
    rows = report.law.get("BUSINESS-MISSING", {}).get("works", {}).get(work, {}).get("fields", ())
    absent = [row["path"] for row in rows if row["path"] in report.missing_business]
    if absent:
        unverified = [row["path"] for row in rows if row["path"] in absent and not row["verified"]]
        yield Found(
            "BUSINESS-MISSING",
            {"work": work, "fields": absent, "unverified": unverified},
            field=absent[0].split("|")[0],
        )


def statutory_work_in_full(report: ReportFacts) -> Iterator[Found]:
    """Statutory work is handed in with full data, not by digest alone."""
    work = statutory_by(report)
    if report.by_digest and work and not report.withdrawal:
        yield Found("BUSINESS-BY-DIGEST", {"work": work}, field="business")
