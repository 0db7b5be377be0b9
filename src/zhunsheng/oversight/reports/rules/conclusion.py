"""Does the conclusion of the report follow from the verdicts of its lines?

Source: criteria of Notice 2023 No. 21, article 12 (reports are accurate, clear and objective).
"""

from collections.abc import Iterator

from zhunsheng.oversight.reports.rules.facts import Found, ReportFacts


def no_passing_conclusion_over_a_failing_line(report: ReportFacts) -> Iterator[Found]:
    """A report with a failing line does not conclude that everything passes."""
    if report.conclusion_decision != "pass":
        return
    failing = [line for line in report.lines if line.decision == "fail"]
    if failing:
        yield Found(
            "CONCLUSION-PASS",
            {
                "conclusion": report.conclusion,
                "lines": [line.line for line in failing],
                "parameters": [line.parameter for line in failing],
            },
            field="conclusion",
        )


def no_failing_conclusion_without_a_failing_line(report: ReportFacts) -> Iterator[Found]:
    """A report whose every line passes does not conclude that it fails; lines without a verdict leave it open."""
    if report.conclusion_decision != "fail" or not report.lines:
        return
    if all(line.decision == "pass" for line in report.lines):
        yield Found(
            "CONCLUSION-FAIL", {"conclusion": report.conclusion, "count": len(report.lines)}, field="conclusion"
        )
