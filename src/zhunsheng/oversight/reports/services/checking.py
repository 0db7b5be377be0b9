"""The arrival checks for a body that asks before it issues: same rules, nothing stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.checks import FoundBy, check_many
from zhunsheng.oversight.reports.format import FormatProblem, Parsed, code_of, read_report
from zhunsheng.oversight.reports.models import Finding
from zhunsheng.oversight.reports.services.outcomes import as_finding
from zhunsheng.oversight.reports.services.refusals import as_problem
from zhunsheng.oversight.reports.wording import explain


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks say to a report that was not stored: its findings, or why it is no report."""

    parsed: Parsed | None
    findings: tuple[FoundBy, ...] = ()
    problem: DomainError | None = None

    @property
    def clean(self) -> bool:
        """Whether nothing at all was found."""
        return self.problem is None and not self.findings

    def as_answer(self, language: str) -> dict[str, Any]:
        """Return the result for machines, findings in words."""
        if self.problem is not None or self.parsed is None:
            return as_problem(self.problem or FormatProblem("empty"), language=language)
        report = self.parsed.report
        return {
            "number": report.number,
            "version": report.version,
            "digest": self.parsed.digest,
            "code": code_of(self.parsed.digest),
            "stored": False,
            "findings": [in_words(found, language) for found in self.findings],
        }


def check(raw: bytes, *, at: datetime) -> Checked:
    """Return what the arrival checks would find in a report; reads only."""
    try:
        parsed = read_report(raw, limits=settings.ZHUNSHENG_LIMITS)
    except FormatProblem as problem:
        return Checked(None, problem=problem)
    return check_parsed(parsed, at=at)


def check_parsed(parsed: Parsed, *, at: datetime) -> Checked:
    """Return what the arrival checks would find in a report that was read already; reads only."""
    return Checked(parsed, tuple(check_many([parsed], received_at=at, attachments_sent=False)[0]))


def in_words(found: FoundBy | Finding, language: str) -> dict[str, Any]:
    """Return a finding for machines with its title, message, remedy and legal basis in words."""
    said = explain(found, language)
    words: dict[str, Any] = {
        "title": said.title,
        "message": said.message,
        "remedy": said.remedy,
        "basis": list(said.basis),
        "verified": said.verified,
    }
    return {**as_finding(found), **words}
