"""Were the instruments in calibration on the day they were used?

Sources: Order 39, article 13 (equipment not calibrated); criteria of Notice 2023 No. 21, article 11.
"""

from collections.abc import Iterator
from datetime import date

from zhunsheng.oversight.reports.rules.facts import Found, LineFacts, ReportFacts
from zhunsheng.oversight.reports.rules.words import read_verdict
from zhunsheng.registry.bodies.facts import InstrumentFacts


def _used(report: ReportFacts) -> Iterator[tuple[LineFacts, InstrumentFacts | None]]:
    """Give the lines of a licensed body that name an instrument of its own, with what the register holds of it."""
    if not report.licensed or report.body is None or not report.body.instruments:
        return
    for line in report.lines:
        if line.instrument and line.subcontractor is None:
            yield line, report.body.instruments.get(line.instrument)


def test_days(report: ReportFacts, line: LineFacts) -> tuple[date, ...]:
    """Return the first and last day of a line's testing: its own, else the report's; empty where none is stated."""
    first = line.started or report.started or line.finished or report.finished
    last = line.finished or report.finished or first
    if first is None or last is None:
        return ()
    return (first.day,) if first.day == last.day else (first.day, last.day)


def instrument_is_known(report: ReportFacts) -> Iterator[Found]:
    """The instrument named on a line is on the body's list."""
    for line, instrument in _used(report):
        if instrument is None:
            facts = {"instrument": line.instrument, "parameter": line.parameter}
            yield Found("INST-UNKNOWN", {**facts}, line.line, f"results[{line.line - 1}].instrument")


def instrument_is_in_calibration(report: ReportFacts) -> Iterator[Found]:
    """The instrument is within its calibration period on the day of testing."""
    for line, instrument in _used(report):
        if instrument is None:
            continue
        for day in test_days(report, line):
            if instrument.calibration_on(day) is None:
                last = next((c for c in reversed(instrument.calibrations) if c.calibrated_on <= day), None)
                yield Found(
                    "INST-CALIBRATION",
                    {
                        "instrument": f"{instrument.name} {instrument.code}".strip(),
                        "parameter": line.parameter,
                        "day": day.isoformat(),
                        "calibrated_on": last.calibrated_on.isoformat() if last else "",
                        "due_on": last.due_on.isoformat() if last and last.due_on else "",
                        "certificate": last.certificate_no if last else "",
                    },
                    line.line,
                    f"results[{line.line - 1}].instrument",
                )
                break


def calibration_was_good(report: ReportFacts) -> Iterator[Found]:
    """The calibration that covers the day found the instrument fit."""
    for line, instrument in _used(report):
        if instrument is None:
            continue
        for day in test_days(report, line):
            calibration = instrument.calibration_on(day)
            if calibration is not None and read_verdict(calibration.result) == "fail":
                yield Found(
                    "INST-CALIBRATION-RESULT",
                    {
                        "instrument": f"{instrument.name} {instrument.code}".strip(),
                        "parameter": line.parameter,
                        "day": day.isoformat(),
                        "result": calibration.result,
                        "certificate": calibration.certificate_no,
                    },
                    line.line,
                    f"results[{line.line - 1}].instrument",
                )
                break


def instruments_are_stated(report: ReportFacts) -> Iterator[Found]:
    """Lines that name no instrument, or a register that lists none of the body's, leave calibration unchecked."""
    if report.body is None:
        return
    own = [line for line in report.lines if line.subcontractor is None]
    unnamed = [line.line for line in own if not line.instrument]
    unlisted = bool(own) and not unnamed and not report.body.instruments
    if unnamed or unlisted:
        lines = unnamed or [line.line for line in own]
        yield Found("INST-NOT-STATED", {"lines": lines, "body": report.body.name}, field="results")
