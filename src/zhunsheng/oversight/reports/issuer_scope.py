"""What proves that the issuer was allowed: the certificate of the day of issue, and the lines of its schedule.

Both are read from the signed documents of that day, not from the register of today; so whoever doubts the answer can
take the documents, verify them without us, and find the same lines.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from msgspec import UNSET

from zhunsheng.oversight.reports import selectors
from zhunsheng.oversight.reports.format.structs import Report as StatedReport
from zhunsheng.oversight.reports.format.structs import Result
from zhunsheng.oversight.reports.models import Report
from zhunsheng.oversight.reports.printing import text_of
from zhunsheng.platform.credentials import selectors as credentials
from zhunsheng.platform.credentials.selectors import OnDay
from zhunsheng.registry.bodies.scope import Reason, ScopeAnswer, ScopeRequest, StatedLine, answer_stated

CERTIFICATE: Final = "cma_certificate"
SCHEDULE: Final = "cma_schedule"


class Cover(StrEnum):
    """How one line of a report stands to the schedule of the day."""

    COVERED = "covered"
    LIMITED = "limited"
    ABSENT = "absent"
    UNSAID = "unsaid"
    SUBCONTRACTED = "subcontracted"


_COVERS: Final = {Reason.IN_SCOPE: Cover.COVERED, Reason.LIMITATION_UNREAD: Cover.LIMITED}


@dataclass(frozen=True, slots=True)
class LineProof:
    """One line of the report, from 1, and the line of the schedule that covers it."""

    place: int
    parameter: str
    method: str
    cover: Cover
    schedule_place: int | None = None
    schedule_line: StatedLine | None = None


@dataclass(frozen=True, slots=True)
class IssuerProof:
    """What was in force on the day of issue: the certificate and its schedule with their status at the day's end."""

    day: date
    number: str
    certificate: OnDay | None
    schedule: OnDay | None
    lines: tuple[LineProof, ...] = ()

    @property
    def covered(self) -> int:
        """How many lines the schedule covers, those with a limitation in words included."""
        return sum(1 for one in self.lines if one.cover in (Cover.COVERED, Cover.LIMITED))

    @property
    def absent(self) -> bool:
        """Whether a line was not met with in the schedule: no finding, a thing to verify."""
        return any(one.cover is Cover.ABSENT for one in self.lines)


def proof_of(report: Report, stated: StatedReport | None = None) -> IssuerProof | None:
    """Return what proves the issuer's scope; None for a report without a day of issue or a certificate number.

    A certificate under the number that was issued to another body proves nothing and is left out.
    Raises: ContentDamaged.
    """
    if report.issued_on is None:
        return None
    said = stated or (selectors.stated_report_of(report) if report.held else None)
    number = (text_of(said.body.cma) if said is not None else "") or report.body.cma
    if not number:
        return None
    found = credentials.on_day_by_kind(number, report.issued_on, (CERTIFICATE, SCHEDULE))
    own = {kind: one for kind, one in found.items() if one.credential.body_slug == report.body_slug}
    schedule = own.get(SCHEDULE)
    lines = tuple(_lines(report, said, schedule)) if said is not None and schedule is not None else ()
    return IssuerProof(report.issued_on, number, own.get(CERTIFICATE), schedule, lines)


def _lines(report: Report, said: StatedReport, schedule: OnDay) -> Iterator[LineProof]:
    stated = list(lines_of(json.loads(bytes(schedule.credential.vc))["credentialSubject"]))
    requests = [_request(report, said, one) for one in said.results]
    answers = iter(answer_stated([one for one in requests if isinstance(one, ScopeRequest)], stated))
    for place, (result, request) in enumerate(zip(said.results, requests, strict=True), 1):
        if isinstance(request, Cover):
            yield LineProof(place, result.parameter, text_of(result.method), request)
        else:
            yield _judged(place, result, next(answers), stated)


def _judged(place: int, result: Result, answer: ScopeAnswer, stated: Sequence[StatedLine]) -> LineProof:
    cover = _COVERS.get(answer.reason, Cover.ABSENT)
    at = answer.line_id if cover is not Cover.ABSENT else None
    line = stated[at - 1] if at is not None else None
    return LineProof(place, result.parameter, text_of(result.method), cover, at, line)


def _request(report: Report, said: StatedReport, result: Result) -> ScopeRequest | Cover:
    """Return the question for one line as of the day of issue, or why it can't be put."""
    if result.subcontractor:
        return Cover.SUBCONTRACTED
    tested = text_of(said.sample.object) if said.sample is not UNSET else ""
    method = text_of(result.method)
    if not method or not tested or report.issued_on is None:
        return Cover.UNSAID
    return ScopeRequest(
        body=report.body_slug, object=tested, parameter=result.parameter, method=method, on=report.issued_on,
        site=text_of(said.site), clause=text_of(result.method_clause), value=text_of(result.value),
        unit=text_of(result.unit),
    )  # fmt: skip


def lines_of(subject: Mapping[str, Any]) -> Iterator[StatedLine]:
    """Yield the lines of a signed schedule in their order."""
    for site in subject.get("sites", []):
        for line in site.get("lines", []):
            yield StatedLine(
                object=line.get("object", ""), object_code=line.get("objectCode", ""),
                parameter=line.get("parameter", ""), parameter_code=line.get("parameterCode", ""),
                method=line.get("method", ""), clause=line.get("clause", ""), domain=line.get("domain", ""),
                category=line.get("category", ""), limitation=line.get("limitation", ""), site=site.get("code", ""),
                site_name=site.get("name", ""), valid_from=_day(line.get("validFrom")),
                valid_to=_day(line.get("validUntil")),
            )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
