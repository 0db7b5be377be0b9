"""Does the catalogue know what the report speaks of, and is the cited method in force?

Source: Order 39, article 8 (mandatory rules on methods); criteria of Notice 2023 No. 21, article 12 (methods).
"""

from collections.abc import Iterator

from zhunsheng.oversight.reports.rules.facts import FactValue, Found, LineFacts, ReportFacts
from zhunsheng.oversight.reports.rules.instruments import test_days


def parameters_are_known(report: ReportFacts) -> Iterator[Found]:
    """The catalogue knows the parameters; one finding a report."""
    lines = [line for line in report.lines if line.parameter_id is None]
    if lines:
        names = sorted({line.parameter for line in lines})
        yield Found("CAT-PARAMETER", {"lines": [line.line for line in lines], "parameters": names}, field="results")


def methods_are_stated(report: ReportFacts) -> Iterator[Found]:
    """Every line says by which method it was tested; one finding a report."""
    lines = [line.line for line in report.lines if not line.method]
    if lines:
        yield Found("METHOD-NOT-STATED", {"lines": lines}, field="results")


def _superseded(report: ReportFacts, line: LineFacts) -> bool:
    edition = line.edition
    if edition is None or edition.effective_to is None:  # what the source said of it counts less than its dates
        return False
    days = test_days(report, line)
    return bool(days) and edition.effective_to < days[0]


def method_edition_in_force(report: ReportFacts) -> Iterator[Found]:
    """The cited edition of the method was still in force when the testing began; one finding an edition."""
    lines: dict[str, list[LineFacts]] = {}
    for line in report.lines:
        if line.edition is not None and _superseded(report, line):
            lines.setdefault(line.edition.code, []).append(line)
    for code, group in lines.items():
        edition = group[0].edition
        if edition is None or edition.effective_to is None:
            continue
        yield Found(
            "METHOD-SUPERSEDED",
            {
                "method": code,
                "until": edition.effective_to.isoformat(),
                "replaced_by": edition.replaced_by_code or "",
                "lines": [line.line for line in group],
            },
            field="results",
        )


def methods_in_the_national_library(report: ReportFacts) -> Iterator[Found]:
    """The national library lists the methods of a licensed body's lines; one finding a method.

    Source: list and library of Notice 2026 No. 14.
    """
    if not report.licensed:
        return
    lines: dict[str, list[LineFacts]] = {}
    for line in report.lines:
        if line.national and line.subcontract is None:
            lines.setdefault(line.method, []).append(line)
    for method, group in lines.items():
        facts: dict[str, FactValue] = {
            "method": method,
            "answer": group[0].national,
            "lines": [line.line for line in group],
        }
        yield Found("METHOD-NOT-IN-LIBRARY", facts, field="results")
