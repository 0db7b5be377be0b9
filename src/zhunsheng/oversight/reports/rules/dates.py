"""Do the dates follow one another? A bare date covers its whole day, so only a certain contradiction is found."""

from collections.abc import Iterator

from zhunsheng.oversight.reports.rules.facts import Found, Moment, ReportFacts

_STEPS = ("sampled", "received", "started", "finished")


def dates_in_order(report: ReportFacts) -> Iterator[Found]:
    """Sampling, receipt, start and end of testing follow one another."""
    latest: tuple[str, Moment] | None = None
    for name, moment in zip(_STEPS, (report.sampled, report.received, report.started, report.finished), strict=True):
        if moment is None:
            continue
        if latest and moment.surely_before(latest[1]):
            yield Found(
                "DATE-ORDER",
                {"earlier": latest[0], "earlier_at": latest[1].text, "later": name, "later_at": moment.text},
                field=f"dates.{name}" if name != "sampled" else "sample.sampled",
            )
        elif latest is None or latest[1].surely_before(moment):
            latest = (name, moment)


def issued_after_the_work(report: ReportFacts) -> Iterator[Found]:
    """A report is issued after the last step of the work it reports."""
    if report.issued is None:
        return
    steps = (report.finished, report.started, report.received, report.sampled)
    for name, moment in zip(reversed(_STEPS), steps, strict=True):
        if moment is not None and report.issued.surely_before(moment):
            yield Found(
                "DATE-ISSUED-EARLY",
                {"issued": report.issued.text, "step": name, "step_at": moment.text},
                field="dates.issued",
            )
            return


def lines_within_the_test(report: ReportFacts) -> Iterator[Found]:
    """Each line is tested between the report's start and end of testing, and before it is issued."""
    for line in report.lines:
        for name, moment in (("started", line.started), ("finished", line.finished)):
            if moment is None:
                continue
            if report.started and moment.surely_before(report.started):
                bound, other = "started", report.started
            elif report.finished and report.finished.surely_before(moment):
                bound, other = "finished", report.finished
            else:
                continue
            yield Found(
                "DATE-LINE-OUTSIDE",
                {
                    "parameter": line.parameter,
                    "step": name,
                    "step_at": moment.text,
                    "bound": bound,
                    "bound_at": other.text,
                },
                line.line,
                f"results[{line.line - 1}].{name}",
            )
            break


def lines_end_after_they_start(report: ReportFacts) -> Iterator[Found]:
    """No line ends before it begins."""
    for line in report.lines:
        if line.started and line.finished and line.finished.surely_before(line.started):
            yield Found(
                "DATE-LINE-REVERSED",
                {"parameter": line.parameter, "started": line.started.text, "finished": line.finished.text},
                line.line,
                f"results[{line.line - 1}].finished",
            )


def not_from_the_future(report: ReportFacts) -> Iterator[Found]:
    """No date lies after the moment at which the report was received."""
    steps = (report.issued, report.finished, report.started, report.received, report.sampled)
    for name, moment in zip(("issued", *reversed(_STEPS)), steps, strict=True):
        if moment is not None and moment.first > report.received_at:
            yield Found(
                "DATE-FUTURE",
                {"step": name, "step_at": moment.text, "arrived": report.received_at.isoformat(timespec="seconds")},
                field=f"dates.{name}" if name != "sampled" else "sample.sampled",
            )
            return


def test_dates_stated(report: ReportFacts) -> Iterator[Found]:
    """The report says when it tested; without it nothing can be held against a day."""
    if report.test_span() is None and not any(line.started or line.finished for line in report.lines):
        yield Found("DATE-NOT-STATED", {}, field="dates.started")
