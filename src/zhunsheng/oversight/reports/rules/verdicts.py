"""Does the verdict of each line follow from its value, its limit and the decision rule?

Source: criteria of Notice 2023 No. 21, article 12 (results, conformity statements); JCGM 106:2012, 8.2 and 8.3.
"""

from collections.abc import Iterator
from decimal import Decimal

from zhunsheng.foundation.quantities import RULES, UnitMismatch, compare, convert, convert_measured
from zhunsheng.oversight.reports.rules.facts import Decision, FactValue, Found, LimitFacts, LineFacts, ReportFacts


def decide(line: LineFacts, limit: LimitFacts) -> Decision | None:
    """Return what value, limit and decision rule say; None where they cannot be compared.

    A limit in another unit is compared after conversion, with the uncertainty; a required word such as 不得检出 asks
    for nothing found.
    """
    measured = line.measured
    if measured.kind in {"word", "empty"} or limit.rule not in RULES:
        return None
    if limit.minimum is None and limit.maximum is None:
        return _decide_by_word(line) if limit.required else None
    expanded = line.uncertainty.expanded if line.uncertainty else None
    if limit.unit and limit.unit != line.unit and measured.number is not None:
        if not line.unit:
            return None
        try:
            measured = convert_measured(measured, line.unit, limit.unit)
            if expanded is not None:
                expanded = abs(convert(expanded, line.unit, limit.unit) - convert(Decimal(0), line.unit, limit.unit))
        except UnitMismatch:
            return None
    if expanded is not None and expanded < 0:
        return None
    return compare(measured, limit.minimum, limit.maximum, expanded, limit.rule)


def _decide_by_word(line: LineFacts) -> Decision | None:
    if line.measured.kind == "number" and line.measured.number is not None and not line.measured.ambiguous:
        return "pass" if line.measured.number == 0 else "fail"
    by_kind: dict[str, Decision] = {"not_detected": "pass", "detected": "fail"}
    return by_kind.get(line.measured.kind)


def limit_text(limit: LimitFacts) -> str:
    """Return a limit as people write it."""
    if limit.minimum is None and limit.maximum is None:
        return limit.required
    if limit.minimum is not None and limit.maximum is not None:
        text = f"{limit.minimum}–{limit.maximum}"
    else:
        text = f"≤ {limit.maximum}" if limit.maximum is not None else f"≥ {limit.minimum}"
    return f"{text} {limit.unit}".strip()


def _facts(line: LineFacts, limit: LimitFacts) -> dict[str, FactValue]:
    uncertainty = line.uncertainty.expanded if line.uncertainty else None
    return {
        "parameter": line.parameter,
        "value": line.value,
        "unit": line.unit,
        "limit": limit_text(limit),
        "standard": limit.standard,
        "rule": limit.rule,
        "uncertainty": "" if uncertainty is None else str(uncertainty),
        "stated": line.verdict,
    }


def _contradicted(report: ReportFacts, code: str, stated: Decision, computed: Decision) -> Iterator[Found]:
    for line in report.lines:
        if line.decision == stated and line.limit is not None and decide(line, line.limit) == computed:
            yield Found(code, _facts(line, line.limit), line.line, f"results[{line.line - 1}].verdict")


def no_pass_outside_the_limit(report: ReportFacts) -> Iterator[Found]:
    """A line whose value breaks its stated limit is not called passing."""
    return _contradicted(report, "VERDICT-SHOULD-FAIL", "pass", "fail")


def no_fail_inside_the_limit(report: ReportFacts) -> Iterator[Found]:
    """A line whose value keeps its stated limit is not called failing."""
    return _contradicted(report, "VERDICT-SHOULD-PASS", "fail", "pass")


def no_verdict_within_uncertainty(report: ReportFacts) -> Iterator[Found]:
    """Under guarded acceptance no verdict is given where the uncertainty reaches over the limit."""
    for line in report.lines:
        limit = line.limit
        if limit is None or limit.rule != "guarded" or line.decision not in {"pass", "fail"}:
            continue
        if line.uncertainty and line.measured.kind == "number" and decide(line, limit) == "undecided":
            yield Found("VERDICT-UNDECIDED", _facts(line, limit), line.line, f"results[{line.line - 1}].verdict")


def _differs(line: LineFacts, stated: LimitFacts, held: LimitFacts) -> bool | None:
    """Tell whether a stated limit differs in number from the catalogue's; None where units cannot be compared."""
    if stated.minimum is None and stated.maximum is None:
        return None
    for mine, theirs in ((stated.minimum, held.minimum), (stated.maximum, held.maximum)):
        if mine is None and theirs is None:
            continue
        if mine is None or theirs is None:
            return True
        unit = stated.unit or line.unit
        try:
            same = theirs if not held.unit or held.unit == unit else convert(theirs, held.unit, unit)
        except UnitMismatch:
            return None
        if same != mine:
            return True
    return False


def stated_limit_is_the_standards(report: ReportFacts) -> Iterator[Found]:
    """The limit on the report is the one that the cited standard sets for this object and parameter on that day."""
    for line in report.lines:
        if line.limit is None or line.catalogue_limit is None:
            continue
        if _differs(line, line.limit, line.catalogue_limit):
            facts = _facts(line, line.limit)
            facts["catalogue"] = limit_text(line.catalogue_limit)
            facts["standard"] = line.catalogue_limit.standard
            yield Found("LIMIT-DIFFERS", facts, line.line, f"results[{line.line - 1}].limit")


def no_pass_outside_the_standard(report: ReportFacts) -> Iterator[Found]:
    """A line that breaks the limit of the standard it cites is not called passing by another limit or by none."""
    for line in report.lines:
        held = line.catalogue_limit
        if held is None or line.decision != "pass" or decide(line, held) != "fail":
            continue
        if line.limit is None or decide(line, line.limit) != "fail":
            yield Found("VERDICT-CATALOGUE", _facts(line, held), line.line, f"results[{line.line - 1}].verdict")


def limits_are_stated(report: ReportFacts) -> Iterator[Found]:
    """Verdicts without a limit cannot be recomputed; one finding a report."""
    lines = [
        line.line
        for line in report.lines
        if line.decision in {"pass", "fail"} and line.limit is None and line.catalogue_limit is None
    ]
    if lines:
        yield Found("LIMIT-NOT-STATED", {"lines": lines}, field="results")


def units_can_be_compared(report: ReportFacts) -> Iterator[Found]:
    """A value in a unit of another kind than the standard's limit cannot be judged by it."""
    for line in report.lines:
        held = line.catalogue_limit
        if held is None or not held.unit or not line.unit or held.unit == line.unit:
            continue
        try:
            convert(Decimal(1), line.unit, held.unit)
        except UnitMismatch:
            yield Found("LIMIT-UNIT", _facts(line, held), line.line, f"results[{line.line - 1}].unit")
