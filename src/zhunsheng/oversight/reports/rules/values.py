"""Can each value be what it says: detection limit, uncertainty, sign, words?

Source: criteria of Notice 2023 No. 21, article 12 (results and uncertainty); RB/T 214-2017, 4.5.15 and 4.5.20.
"""

from collections.abc import Iterator

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.foundation.quantities import normalise_unit, same_kind
from zhunsheng.oversight.reports.rules.facts import Found, LineFacts, ReportFacts
from zhunsheng.oversight.reports.rules.verdicts import limit_text


def uncertainty_has_its_factor(report: ReportFacts) -> Iterator[Found]:
    """An expanded uncertainty is stated with its coverage factor."""
    for line in report.lines:
        stated = line.uncertainty
        if stated is not None and stated.expanded is not None and stated.k is None:
            yield Found(
                "VALUE-UNCERTAINTY-K",
                {"parameter": line.parameter, "uncertainty": str(stated.expanded), "unit": line.unit},
                line.line,
                f"results[{line.line - 1}].uncertainty",
            )


def method_reaches_the_limit(report: ReportFacts) -> Iterator[Found]:
    """The limit of quantification, or the bound of a "<" result, lies not above the limit to be judged."""
    for line in report.lines:
        limit = line.limit
        if limit is None or limit.maximum is None or limit.maximum <= 0 or (limit.unit and limit.unit != line.unit):
            continue
        measured = line.measured
        bound = measured.number if measured.kind in {"less_than", "not_detected"} else None
        reach = max((each for each in (line.loq, bound) if each is not None), default=None)
        if reach is not None and reach > limit.maximum and (bound is not None or measured.number is None):
            yield Found(
                "VALUE-LOQ-ABOVE-LIMIT",
                {"parameter": line.parameter, "loq": str(reach), "limit": limit_text(limit), "unit": line.unit},
                line.line,
                f"results[{line.line - 1}].loq",
            )


def nothing_below_quantification(report: ReportFacts) -> Iterator[Found]:
    """A value below the limit of quantification is not reported as a plain number."""
    for line in report.lines:
        measured = line.measured
        if line.loq is None or measured.kind != "number" or measured.number is None:
            continue
        if 0 < measured.number < line.loq:
            yield Found(
                "VALUE-BELOW-LOQ",
                {"parameter": line.parameter, "value": line.value, "loq": str(line.loq), "unit": line.unit},
                line.line,
                f"results[{line.line - 1}].value",
            )


def _cannot_be_negative(report: ReportFacts, line: LineFacts) -> bool:
    """Tell whether the unit counts or weighs something, and the parameter is no difference, error or change."""
    law = report.law.get("VALUE-NEGATIVE", {})
    name = normalise_name(line.parameter)
    if any(normalise_name(word) in name for word in law.get("differences", ())):
        return False
    return any(same_kind(line.unit, unit) for unit in law.get("units", ()))


def no_negative_amounts(report: ReportFacts) -> Iterator[Found]:
    """What is counted or weighed is not negative; differences, errors and changes may be."""
    for line in report.lines:
        measured = line.measured
        if measured.number is None or measured.number >= 0 or measured.kind != "number":
            continue
        if line.unit and _cannot_be_negative(report, line):
            yield Found(
                "VALUE-NEGATIVE",
                {"parameter": line.parameter, "value": line.value, "unit": line.unit},
                line.line,
                f"results[{line.line - 1}].value",
            )


def no_verdict_without_a_value(report: ReportFacts) -> Iterator[Found]:
    """A verdict of pass or fail stands beside a value; one finding a report."""
    lines = [line.line for line in report.lines if line.decision in {"pass", "fail"} and line.measured.kind == "empty"]
    if lines:
        yield Found("VALUE-EMPTY", {"lines": lines}, field="results")


def words_are_understood(report: ReportFacts) -> Iterator[Found]:
    """A value in words that are not on the list is for a person to read; one finding a report."""
    lines = [line for line in report.lines if line.measured.kind == "word"]
    if lines:
        words = sorted({line.value[:80] for line in lines})
        yield Found("VALUE-WORD", {"lines": [line.line for line in lines], "values": words}, field="results")


def numbers_are_unambiguous(report: ReportFacts) -> Iterator[Found]:
    """A comma that could be a decimal or a thousands sign leaves the value open."""
    for line in report.lines:
        if line.measured.ambiguous:
            yield Found(
                "VALUE-AMBIGUOUS",
                {"parameter": line.parameter, "value": line.value, "unit": line.unit},
                line.line,
                f"results[{line.line - 1}].value",
            )


def units_are_known(report: ReportFacts) -> Iterator[Found]:
    """The units are known; one finding a report."""
    lines = [line for line in report.lines if line.unit and not line.unit_known]
    if lines:
        units = sorted({normalise_unit(line.unit) for line in lines})
        yield Found("CAT-UNIT", {"lines": [line.line for line in lines], "units": units}, field="results")
