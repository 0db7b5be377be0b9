"""Was subcontracted work given to a body that may do it, with the client's consent?

Source: Order 39, article 10.
"""

from collections.abc import Iterator

from zhunsheng.oversight.reports.rules.facts import Found, LineFacts, ReportFacts, Subcontract
from zhunsheng.registry.bodies.rules.scope import Reason

_OPEN = (Reason.IN_SCOPE, Reason.SCOPE_NOT_STATED, Reason.LIMITATION_UNREAD)


def _given_away(report: ReportFacts) -> Iterator[tuple[LineFacts, Subcontract]]:
    for line in report.lines:
        if line.subcontractor is not None and line.subcontract is not None:
            yield line, line.subcontract


def subcontractor_is_known(report: ReportFacts) -> Iterator[Found]:
    """A subcontractor is named so that the register knows it; otherwise its scope is not stated."""
    unknown: dict[str, list[int]] = {}
    for line, subcontract in _given_away(report):
        if not subcontract.known or subcontract.scope is None or subcontract.scope.reason is Reason.SCOPE_NOT_STATED:
            unknown.setdefault(subcontract.stated, []).append(line.line)
    for stated, lines in unknown.items():
        yield Found("SUB-NOT-STATED", {"subcontractor": stated, "lines": lines}, field="results")


def subcontractor_is_certified(report: ReportFacts) -> Iterator[Found]:
    """The subcontractor's certificate is valid on the day of testing."""
    for line, subcontract in _given_away(report):
        if subcontract.known and subcontract.standing not in {"", "active", "none"}:
            yield Found(
                "SUB-CERTIFICATE",
                {
                    "subcontractor": subcontract.name,
                    "state": subcontract.standing,
                    "parameter": line.parameter,
                },
                line.line,
                f"results[{line.line - 1}].subcontractor",
            )


def subcontractor_holds_the_line(report: ReportFacts) -> Iterator[Found]:
    """The subcontractor's scope holds the line on the day of testing."""
    for line, subcontract in _given_away(report):
        answer = subcontract.scope
        if subcontract.known and answer is not None and answer.reason not in _OPEN:
            yield Found(
                "SUB-SCOPE",
                {
                    "subcontractor": subcontract.name,
                    "parameter": line.parameter,
                    "method": line.method,
                    "reason": str(answer.reason),
                    "held": answer.facts.get("held", ""),
                },
                line.line,
                f"results[{line.line - 1}].subcontractor",
            )


def client_agreed_before(report: ReportFacts) -> Iterator[Found]:
    """The client's consent to subcontracting comes before the work."""
    for line, _ in _given_away(report):
        begun = line.started or report.started
        if line.consent is not None and begun is not None and begun.surely_before(line.consent):
            yield Found(
                "SUB-CONSENT-LATE",
                {"parameter": line.parameter, "consent": line.consent.text, "started": begun.text},
                line.line,
                f"results[{line.line - 1}].subcontractor.consent",
            )


def consent_is_stated(report: ReportFacts) -> Iterator[Found]:
    """Where the day of consent is not stated, it cannot be checked."""
    lines = [line.line for line, _ in _given_away(report) if line.consent is None]
    if lines and report.licensed:
        yield Found("SUB-CONSENT-NOT-STATED", {"lines": lines}, field="results")
