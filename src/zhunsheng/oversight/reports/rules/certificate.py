"""Is the body's certificate valid on the days of testing?

Sources: Order 163 as amended by Order 38 (articles 13, 31, 32, 37); the entries in `law/arrival_checks.yaml`.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from zhunsheng.oversight.reports.rules.facts import Found, ReportFacts
from zhunsheng.registry.bodies.facts import AccreditationFacts
from zhunsheng.registry.bodies.rules.standing import standing_since, status_on

ACTIVE = "active"
_FIELD = "body.cma"


class Standing(NamedTuple):
    """How the certificate that fits best stood on the first day that it did not cover."""

    certificate: AccreditationFacts
    state: str
    day: date
    by: str


def days_to_cover(report: ReportFacts) -> tuple[tuple[date, ...], str]:
    """Return the days on which papers must be valid: of testing, else of issue, and which of the two they are."""
    span = report.test_span()
    if span:
        return (span if span[0] != span[1] else span[:1]), "tested"
    return ((report.issued.day,), "issued") if report.issued else ((), "")


def standing(report: ReportFacts) -> Standing | None:
    """Return how the best fitting certificate fails to cover the days; None if one covers them or none is known."""
    if not report.licensed or report.body is None or not report.body.accreditations:
        return None
    days, by = days_to_cover(report)
    stated = tuple(c for c in report.body.accreditations if c.number == report.stated_certificate)
    worst: Standing | None = None
    for certificate in stated or report.body.accreditations:
        failing = next((day for day in _turning_days(certificate, days) if status_on(certificate, day) != ACTIVE), None)
        if failing is None:
            return None
        if worst is None or (certificate.valid_from or date.min) > (worst.certificate.valid_from or date.min):
            worst = Standing(certificate, status_on(certificate, failing), failing, by)
    return worst


def _turning_days(certificate: AccreditationFacts, days: tuple[date, ...]) -> list[date]:
    """Return the days to cover, with those between them on which a period of the certificate begins, in order."""
    within = {one.valid_from for one in certificate.course if days and days[0] < one.valid_from < days[-1]}
    return sorted({*days, *within})


def _in_state(report: ReportFacts, code: str, state: str) -> Iterator[Found]:
    found = standing(report)
    if found is None or found.state != state:
        return
    certificate = found.certificate
    since = standing_since(certificate, found.day)
    yield Found(
        code,
        {
            "certificate": certificate.number,
            "day": found.day.isoformat(),
            "by": found.by,
            "valid_from": certificate.valid_from.isoformat() if certificate.valid_from else "",
            "valid_to": certificate.valid_to.isoformat() if certificate.valid_to else "",
            "since": since.isoformat() if since and since <= (certificate.valid_to or since) else "",
        },
        field=_FIELD,
    )


def certificate_not_expired(report: ReportFacts) -> Iterator[Found]:
    """The certificate has not run out on the days of testing."""
    return _in_state(report, "CERT-EXPIRED", "expired")


def certificate_not_suspended(report: ReportFacts) -> Iterator[Found]:
    """The certificate is not suspended on the days of testing."""
    return _in_state(report, "CERT-SUSPENDED", "suspended")


def certificate_not_cancelled(report: ReportFacts) -> Iterator[Found]:
    """The certificate has not been cancelled by the days of testing."""
    return _in_state(report, "CERT-CANCELLED", "cancelled")


def certificate_not_revoked(report: ReportFacts) -> Iterator[Found]:
    """The certificate has not been revoked by the days of testing."""
    return _in_state(report, "CERT-REVOKED", "revoked")


def certificate_already_granted(report: ReportFacts) -> Iterator[Found]:
    """Nothing is tested before the accreditation begins."""
    return _in_state(report, "CERT-NOT-YET", "not_yet")


def certificate_is_the_bodys_own(report: ReportFacts) -> Iterator[Found]:
    """A certificate number on the report is one of the body's own on the register."""
    if not report.licensed or report.body is None or not (report.stated_certificate and report.body.accreditations):
        return
    if all(c.number != report.stated_certificate for c in report.body.accreditations):
        yield Found("CERT-UNKNOWN", {"certificate": report.stated_certificate, "body": report.body.name}, field=_FIELD)


def certificate_is_stated(report: ReportFacts) -> Iterator[Found]:
    """The report of a domestic body says under which certificate it was made, and the register holds one."""
    if report.body is None or not report.domestic:
        return
    if not report.stated_certificate or not report.body.accreditations:
        yield Found("CERT-NOT-STATED", {"body": report.body.name}, field=_FIELD)
