"""Does the published scope of the body hold every line on the day it was tested?

Each way of not holding is a rule of its own, because each has its own remedy. A finding means that the line was not
met with in the published scope of that day: it decides nothing.
"""

from collections.abc import Iterator

from zhunsheng.oversight.reports.rules.facts import FactValue, Found, LineFacts, ReportFacts
from zhunsheng.oversight.reports.rules.instruments import test_days
from zhunsheng.registry.bodies.rules.scope import Reason, ScopeAnswer


def _lines_with(report: ReportFacts, reason: Reason) -> Iterator[tuple[LineFacts, ScopeAnswer]]:
    for line in report.lines:
        answer = line.scope
        if answer is not None and answer.reason is reason and line.subcontractor is None:
            yield line, answer


def _facts(report: ReportFacts, line: LineFacts, answer: ScopeAnswer) -> dict[str, FactValue]:
    days = test_days(report, line)
    day = days[0] if days else report.issued.day if report.issued else None
    facts: dict[str, FactValue] = {
        "parameter": line.parameter,
        "method": line.method,
        "object": report.object_text,
        "site": report.site,
        "day": day.isoformat() if day else "",
    }
    for name, value in answer.facts.items():
        facts[f"scope_{name}"] = value
    return facts


def _each(report: ReportFacts, code: str, reason: Reason, name: str) -> Iterator[Found]:
    for line, answer in _lines_with(report, reason):
        yield Found(code, _facts(report, line, answer), line.line, f"results[{line.line - 1}].{name}")


def edition_in_scope(report: ReportFacts) -> Iterator[Found]:
    """The method's year on the report is the year in the scope, not another edition."""
    return _each(report, "SCOPE-EDITION", Reason.EDITION_SUPERSEDED, "method")


def parameter_in_scope(report: ReportFacts) -> Iterator[Found]:
    """The scope holds the parameter."""
    return _each(report, "SCOPE-PARAMETER", Reason.PARAMETER_NOT_HELD, "parameter")


def method_in_scope(report: ReportFacts) -> Iterator[Found]:
    """The scope holds the parameter by this method."""
    return _each(report, "SCOPE-METHOD", Reason.METHOD_NOT_HELD, "method")


def object_in_scope(report: ReportFacts) -> Iterator[Found]:
    """The scope holds the parameter for this kind of object."""
    return _each(report, "SCOPE-OBJECT", Reason.OBJECT_NOT_HELD, "sample.object")


def site_in_scope(report: ReportFacts) -> Iterator[Found]:
    """The scope holds the line at the site where the work was done."""
    return _each(report, "SCOPE-SITE", Reason.OTHER_SITE, "site")


def limitation_kept(report: ReportFacts) -> Iterator[Found]:
    """A limitation in the scope that can be read by machine is kept."""
    return _each(report, "SCOPE-LIMITATION", Reason.LIMITATION_BROKEN, "method")


def limitation_readable(report: ReportFacts) -> Iterator[Found]:
    """A limitation in words is for a person to read."""
    return _each(report, "SCOPE-LIMITATION-READ", Reason.LIMITATION_UNREAD, "method")


def in_scope_on_the_day(report: ReportFacts) -> Iterator[Found]:
    """The scope line was in force on the day of testing."""
    return _each(report, "SCOPE-DATE", Reason.NOT_ON_THAT_DATE, "started")


def scope_is_stated(report: ReportFacts) -> Iterator[Found]:
    """The register holds a scope and the lines say what is needed to look them up; one finding a report."""
    if report.body is None:
        return
    lines = [line.line for line, _ in _lines_with(report, Reason.SCOPE_NOT_STATED)]
    if lines:
        yield Found("SCOPE-NOT-STATED", {"body": report.body.name, "lines": lines}, field="results")
