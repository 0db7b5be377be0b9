"""What the tour of the demo province points at: one example of everything worth a look, found in the archive."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from zhunsheng.demo.faults import issued_before_finished, unknown_instrument, verdict_turned
from zhunsheng.oversight.reports import selectors, wording
from zhunsheng.oversight.reports.models import Assurance, Finding, Report, State
from zhunsheng.platform.accounts.models import User
from zhunsheng.registry.bodies.models import Body

STORY_USER = "shiyanshi"
LESSONS = (
    "SCOPE-EDITION",
    "SCOPE-PARAMETER",
    "TWICE-PERSON",
    "SCOPE-SITE",
    "SIGN-FIELD",
    "INST-CALIBRATION",
    "INST-UNKNOWN",
    "VERDICT-SHOULD-FAIL",
    "DATE-ISSUED-EARLY",
    "CERT-SUSPENDED",
    "CERT-EXPIRED",
    "NUMBER-PACKED",
    "CONCLUSION-PASS",
)


@dataclass(frozen=True)
class Lesson:
    """A kind of finding with one report in which it can be seen."""

    title: str
    report: Report


def story_body() -> Body | None:
    """Return the laboratory that the story follows."""
    user = User.objects.filter(username=STORY_USER).first()
    held = user.memberships_held() if user else []
    return Body.objects.filter(organisation_id=held[0].organisation_id).first() if held else None


def lessons(language: str) -> Iterator[Lesson]:
    """Yield one report for each kind of finding that the demo has, in one query for them all."""
    newest: dict[str, Report] = {}
    for finding in Finding.objects.filter(rule__in=LESSONS).select_related("report__body").order_by("-found_at")[:2000]:
        newest.setdefault(finding.rule, finding.report)
    for rule in LESSONS:
        if rule in newest:
            yield Lesson(wording.rule_title(rule, language), newest[rule])


def clean_reports(body: Body) -> list[Report]:
    """Return the newest passing reports of the story's laboratory in which nothing was found, at most 50."""
    found = Report.objects.filter(body=body, findings=0, verdict="pass", state=State.CURRENT, lines__gte=3)
    return list(found.select_related("body").order_by("-received_at", "-pk")[:50])


def replaced_report() -> Report | None:
    """Return a report that a newer version replaced."""
    return Report.objects.filter(state=State.REPLACED).select_related("body").order_by("-received_at").first()


def published_report() -> Report | None:
    """Return a real report with several lines, as its authority published it."""
    found = Report.objects.filter(assurance=Assurance.PUBLISHER, lines__gte=8)
    return found.select_related("body").order_by("number").first()


def faulty_file(reports: Iterable[Report], number: str) -> dict[str, Any] | None:
    """Return a report under another number, unsigned, with three mistakes to be found.

    The first of the given reports that has room for all three serves; None where none has.
    """
    for report in reports:
        document: dict[str, Any] = msgspec.json.decode(selectors.canonical_bytes_of(report))
        document.pop("proof", None)
        document["number"] = number
        if all(plant(document, None, None) for plant in (verdict_turned, unknown_instrument, issued_before_finished)):
            return document
    return None
