"""What gives each rule an occasion to find anything: a rule without one is not run.

Four passes over the lines of a report take the place of sixty. An occasion may be seen where the rule then finds
nothing, never the reverse: `test_rules_occasions` holds every rule to that.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from zhunsheng.oversight.reports.rules.certificate import standing
from zhunsheng.oversight.reports.rules.facts import LimitFacts, LineFacts, Moment, ReportFacts
from zhunsheng.oversight.reports.rules.instruments import test_days
from zhunsheng.oversight.reports.rules.signatory import signs_in_office, uncovered
from zhunsheng.oversight.reports.rules.words import read_verdict
from zhunsheng.registry.bodies.facts import InstrumentFacts
from zhunsheng.registry.bodies.rules.scope import Reason

ALWAYS: Final = "always"
_IN_SCOPE: Final = Reason.IN_SCOPE
_CERTIFICATE: Final = "certificate "

OCCASIONS: Final[Mapping[str, str]] = {
    "CERT-REVOKED": f"{_CERTIFICATE}revoked",
    "CERT-CANCELLED": f"{_CERTIFICATE}cancelled",
    "CERT-SUSPENDED": f"{_CERTIFICATE}suspended",
    "CERT-EXPIRED": f"{_CERTIFICATE}expired",
    "CERT-NOT-YET": f"{_CERTIFICATE}not_yet",
    "SCOPE-EDITION": Reason.EDITION_SUPERSEDED,
    "SCOPE-PARAMETER": Reason.PARAMETER_NOT_HELD,
    "SCOPE-METHOD": Reason.METHOD_NOT_HELD,
    "SCOPE-OBJECT": Reason.OBJECT_NOT_HELD,
    "SCOPE-SITE": Reason.OTHER_SITE,
    "SCOPE-DATE": Reason.NOT_ON_THAT_DATE,
    "SCOPE-LIMITATION": Reason.LIMITATION_BROKEN,
    "SCOPE-LIMITATION-READ": Reason.LIMITATION_UNREAD,
    "SCOPE-NOT-STATED": Reason.SCOPE_NOT_STATED,
    "METHOD-SUPERSEDED": "edition that has ended",
    "METHOD-NOT-IN-LIBRARY": "not in the library",
    "METHOD-NOT-STATED": "no method",
    "CAT-PARAMETER": "unknown parameter",
    "CAT-UNIT": "unknown unit",
    "SIGN-MISSING": "signer not in order",
    "SIGN-UNKNOWN": "signer not in order",
    "SIGN-NOT-IN-OFFICE": "signer not in order",
    "SIGN-NOT-STATED": "signer not in order",
    "SIGN-FIELD": "uncovered line",
    "SIGN-FIELD-READ": "uncovered line",
    "INST-UNKNOWN": "unknown instrument",
    "INST-CALIBRATION": "calibration",
    "INST-CALIBRATION-RESULT": "calibration",
    "INST-NOT-STATED": "no instrument",
    "DATE-LINE-OUTSIDE": "line outside the test",
    "DATE-LINE-REVERSED": "line reversed",
    "TWICE-PERSON": "stay elsewhere",
    "TWICE-INSTRUMENT": "stay elsewhere",
    "VERDICT-SHOULD-FAIL": "doubtful verdict",
    "VERDICT-SHOULD-PASS": "doubtful verdict",
    "VERDICT-UNDECIDED": "doubtful verdict",
    "VERDICT-CATALOGUE": "limit of the standard",
    "LIMIT-DIFFERS": "limit of the standard",
    "LIMIT-UNIT": "limit of the standard",
    "LIMIT-NOT-STATED": "no limit",
    "CONCLUSION-PASS": "not passing",
    "LINE-DUPLICATE": "parameter again",
    "LINE-CONFLICT": "parameter again",
    "SUB-SCOPE": "subcontractor",
    "SUB-CERTIFICATE": "subcontractor",
    "SUB-CONSENT-LATE": "subcontractor",
    "SUB-CONSENT-NOT-STATED": "subcontractor",
    "SUB-NOT-STATED": "subcontractor",
    "VALUE-UNCERTAINTY-K": "uncertainty",
    "VALUE-LOQ-ABOVE-LIMIT": "no plain number",
    "VALUE-BELOW-LOQ": "below quantification",
    "VALUE-NEGATIVE": "negative number",
    "VALUE-EMPTY": "no plain number",
    "VALUE-WORD": "no plain number",
    "VALUE-AMBIGUOUS": "ambiguous number",
}
"""The occasion of each rule; a rule that is not here is always run."""


def occasions(report: ReportFacts) -> set[str]:
    """Return every occasion that a report gives."""
    seen = {ALWAYS}
    _in_names(report.lines, seen)
    _in_values(report.lines, seen)
    _in_verdicts(report.lines, seen)
    _in_work(report, seen)
    if len({line.parameter_id or line.parameter for line in report.lines}) != len(report.lines):
        seen.add("parameter again")
    if report.other_stays:
        seen.add("stay elsewhere")
    certificate = standing(report)
    if certificate is not None:
        seen.add(_CERTIFICATE + certificate.state)
    if not signs_in_office(report):
        seen.add("signer not in order")
    if uncovered(report):
        seen.add("uncovered line")
    return seen


def _in_names(lines: Iterable[LineFacts], seen: set[str]) -> None:
    for line in lines:
        if line.scope is not None and line.scope.reason is not _IN_SCOPE:
            seen.add(line.scope.reason)
        if line.parameter_id is None:
            seen.add("unknown parameter")
        if not line.unit_known:
            seen.add("unknown unit")
        if not line.method:
            seen.add("no method")
        if line.national:
            seen.add("not in the library")
        if line.edition is not None and line.edition.effective_to is not None:
            seen.add("edition that has ended")
        if line.subcontractor is not None:
            seen.add("subcontractor")


def _in_values(lines: Iterable[LineFacts], seen: set[str]) -> None:
    for line in lines:
        measured = line.measured
        number = measured.number
        if number is None or measured.kind != "number":
            seen.add("no plain number")
        else:
            if number.is_signed():
                seen.add("negative number")
            if line.loq is not None and number < line.loq:
                seen.add("below quantification")
        if measured.ambiguous:
            seen.add("ambiguous number")
        if line.uncertainty is not None:
            seen.add("uncertainty")


def _in_verdicts(lines: Iterable[LineFacts], seen: set[str]) -> None:
    for line in lines:
        if line.catalogue_limit is not None:
            seen.add("limit of the standard")
        if line.decision is None:
            continue
        if line.decision != "pass":
            seen.add("not passing")
        if line.limit is None:
            seen.add("no limit")
        elif not _plainly_kept(line, line.limit):
            seen.add("doubtful verdict")


def _plainly_kept(line: LineFacts, limit: LimitFacts) -> bool:
    """Tell whether a line passes by a bare number within a bare limit: the one case that needs no closer look."""
    measured, least, most = line.measured, limit.minimum, limit.maximum
    number = measured.number
    if number is None or measured.kind != "number" or line.decision != "pass" or line.uncertainty is not None:
        return False
    if limit.rule != "simple" or (limit.unit and limit.unit != line.unit) or (least is None and most is None):
        return False
    return (least is None or number >= least) and (most is None or number <= most)


def _in_work(report: ReportFacts, seen: set[str]) -> None:
    """See what times and instruments give occasion for; lines with the same of both are looked at once."""
    listed = report.body.instruments if report.body is not None else None
    if listed is not None and not listed:
        seen.add("no instrument")
    looked_at: set[tuple[str, int, int]] = set()
    for line in report.lines:
        started, finished = line.started, line.finished
        same = (line.instrument, id(started), id(finished))
        if same in looked_at:
            continue
        looked_at.add(same)
        if started is not None and finished is not None and finished.surely_before(started):
            seen.add("line reversed")
        if _outside(started, report) or _outside(finished, report):
            seen.add("line outside the test")
        if not line.instrument:
            seen.add("no instrument")
        elif listed:
            _in_instrument(listed.get(line.instrument), report, line, seen)


def _outside(moment: Moment | None, report: ReportFacts) -> bool:
    if moment is None:
        return False
    if report.started is not None and moment.surely_before(report.started):
        return True
    return report.finished is not None and report.finished.surely_before(moment)


def _in_instrument(instrument: InstrumentFacts | None, report: ReportFacts, line: LineFacts, seen: set[str]) -> None:
    if instrument is None:
        seen.add("unknown instrument")
        return
    for day in test_days(report, line):
        calibration = instrument.calibration_on(day)
        if calibration is None or read_verdict(calibration.result) == "fail":
            seen.add("calibration")
