"""What became of one report that was handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from zhunsheng.foundation.errors import DomainError
from zhunsheng.oversight.reports.checks import SEVERITIES, FoundBy
from zhunsheng.oversight.reports.models import Finding
from zhunsheng.oversight.reports.services.refusals import as_problem, status_of

Status = Literal["accepted", "known", "refused", "manifest"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one report: kept now, kept before, or refused; `manifest` for a batch's signed list."""

    status: Status
    digest: str = ""
    code: str = ""
    body: str = ""
    number: str = ""
    version: int = 0
    variant: int = 0
    assurance: str = ""
    report_id: int | None = None
    entry_id: int | None = None
    promise: Mapping[str, Any] | None = None
    receipt: Mapping[str, Any] | None = None
    findings: tuple[FoundBy, ...] = field(default=())
    problem: DomainError | None = None

    @property
    def kept(self) -> bool:
        """Whether the report is in the archive, from now or from before."""
        return self.status in {"accepted", "known"}

    @property
    def http_status(self) -> int:
        """201 for a new report, 200 for a known one, else that of the refusal."""
        if self.problem is not None:
            return status_of(self.problem)
        return 201 if self.status == "accepted" else 200

    def as_answer(self, *, line: int | None = None, language: str | None = None) -> dict[str, Any]:
        """Return the outcome for machines: a receipt or promise with findings, or an RFC 9457 problem."""
        place = {} if line is None else {"line": line}
        if self.problem is not None:
            return {**place, "outcome": "refused", **as_problem(self.problem, language=language)}
        if self.status == "manifest":
            return {**place, "outcome": "manifest", "status": 200, "digest": self.digest, "body": self.body}
        answer: dict[str, Any] = {
            **place,
            "outcome": self.status,
            "status": self.http_status,
            "digest": self.digest,
            "code": self.code,
            "body": self.body,
            "number": self.number,
            "version": self.version,
            "assurance": self.assurance,
        }
        if self.status == "accepted":  # a known report was checked when it came; its page and the API have the findings
            answer["findings"] = [as_finding(found) for found in self.findings]
        if self.variant:
            answer["variant"] = self.variant
        if self.receipt is not None:
            answer["receipt"] = self.receipt
        if self.promise is not None:
            answer["promise"] = self.promise
        return answer


def as_finding(found: FoundBy | Finding) -> dict[str, Any]:
    """Return a finding for machines: rule, law version, severity in words, place and facts."""
    finding: dict[str, Any] = {
        "rule": found.rule,
        "severity": SEVERITIES[found.severity],
        "law": found.law_version,
        "facts": found.facts,
    }
    if found.line is not None:
        finding["line"] = found.line
    if found.field:
        finding["field"] = found.field
    return finding


def refused(problem: DomainError) -> Outcome:
    """Return the outcome of a refusal."""
    return Outcome("refused", problem=problem)
