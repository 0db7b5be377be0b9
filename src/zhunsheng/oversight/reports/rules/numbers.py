"""Is every report number used once, and every line stated once?

Source: Order 39, article 11 (reports are traceable); law.md §3, report fields (unique number); §8 (unique per body).
"""

import re
from collections.abc import Callable, Iterator

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.foundation.quantities import UnitMismatch, convert
from zhunsheng.oversight.reports.rules.facts import Found, LineFacts, ReportFacts

_JOINTS = re.compile(r"\s*[,，;；、]\s*|\s+(?:ja|and|und|和|及)\s+|(?<=\d)\s*(?:和|及)\s*(?=[A-Z0-9])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PART = re.compile(r".*\d.*|[A-Z]{1,4}")


def packed_numbers(number: str) -> tuple[str, ...]:
    """Return the report numbers in a field that holds several ("260776K, 260776B", "SA26-KT,BT"), else nothing.

    A year behind a comma ("J-161, 2026") is part of one number.
    """
    if not _JOINTS.search(number):
        return ()
    parts = tuple(part for part in _JOINTS.split(number.strip()) if part)
    if len(parts) < 2 or not all(_PART.fullmatch(part) for part in parts):
        return ()
    return () if len(parts) == 2 and _YEAR.fullmatch(parts[1]) else parts


def number_used_once(report: ReportFacts) -> Iterator[Found]:
    """A body gives a number and version to one report alone."""
    others = [other.digest for other in report.namesakes if other.version == report.version and not other.agrees]
    if others:
        yield Found(
            "NUMBER-REUSED",
            {"number": report.number, "version": report.version, "others": [digest[:16] for digest in others]},
            field="number",
        )


def versions_point_back(report: ReportFacts) -> Iterator[Found]:
    """A further version under a number says which version it corrects or withdraws."""
    versions = sorted({other.version for other in report.namesakes} - {report.version})
    if versions and not report.points_back:
        yield Found(
            "NUMBER-VERSION",
            {"number": report.number, "version": report.version, "versions": [str(version) for version in versions]},
            field="replaces",
        )


def one_number_in_the_field(report: ReportFacts) -> Iterator[Found]:
    """The number field holds one report number."""
    parts = packed_numbers(report.number)
    if parts:
        yield Found("NUMBER-PACKED", {"number": report.number, "parts": list(parts)}, field="number")


def _same_test(line: LineFacts) -> tuple[object, ...]:
    return (
        line.parameter_id or normalise_name(line.parameter),
        normalise_name(line.method),
        line.method_clause,
        line.conditions,
        line.subcontractor,
    )


def _exact(line: LineFacts) -> tuple[object, ...]:
    return (line.parameter, line.method, line.method_clause, line.conditions, line.value, line.unit, line.verdict,
            line.subcontractor, line.instrument, line.started, line.finished)  # fmt: skip


def _groups(report: ReportFacts, key: Callable[[LineFacts], tuple[object, ...]]) -> list[list[LineFacts]]:
    if len(report.lines) < 2 or len({line.parameter_id or line.parameter for line in report.lines}) == len(
        report.lines
    ):
        return []
    groups: dict[tuple[object, ...], list[LineFacts]] = {}
    for line in report.lines:
        groups.setdefault(key(line), []).append(line)
    return [group for group in groups.values() if len(group) > 1]


def no_line_twice(report: ReportFacts) -> Iterator[Found]:
    """No line is repeated word for word."""
    for group in _groups(report, _exact):
        yield Found(
            "LINE-DUPLICATE",
            {"parameter": group[0].parameter, "value": group[0].value, "lines": [line.line for line in group]},
            group[-1].line,
            f"results[{group[-1].line - 1}]",
        )


def _value(line: LineFacts, unit: str) -> object:
    """Return what two lines are compared by: kind and number in one unit, else the text and unit as printed."""
    measured = line.measured
    if measured.number is None:
        return measured.kind if measured.kind != "word" else line.value.strip().casefold()
    if line.unit == unit:
        return (measured.kind, measured.number)
    try:
        return (measured.kind, convert(measured.number, line.unit, unit))
    except UnitMismatch:
        return (measured.kind, measured.number, line.unit)


def one_value_for_one_test(report: ReportFacts) -> Iterator[Found]:
    """The same parameter of one sample by the same method has one value."""
    for group in _groups(report, _same_test):
        unit = min(line.unit for line in group)
        if len({_value(line, unit) for line in group}) > 1:
            yield Found(
                "LINE-CONFLICT",
                {
                    "parameter": " / ".join(sorted({line.parameter for line in group})),
                    "values": sorted({f"{line.value} {line.unit}".strip() for line in group}),
                    "lines": [line.line for line in group],
                },
                group[-1].line,
                f"results[{group[-1].line - 1}].value",
            )
