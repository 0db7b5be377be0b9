"""One pass over a batch: read, gather, judge."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from zhunsheng.oversight.reports.checks.archive import Earlier, add_attachments, add_namesakes, add_stays
from zhunsheng.oversight.reports.checks.findings import FoundBy
from zhunsheng.oversight.reports.checks.law import DayLaw, law_on
from zhunsheng.oversight.reports.checks.statements import missing_fields, read_statements
from zhunsheng.oversight.reports.checks.surroundings import Case, add_bodies, add_catalogue, add_scope
from zhunsheng.oversight.reports.format import Parsed
from zhunsheng.oversight.reports.format.moments import SHANGHAI
from zhunsheng.oversight.reports.rules.facts import ReportFacts
from zhunsheng.oversight.reports.rules.occasions import occasions
from zhunsheng.oversight.reports.rules.tiers import NEED_NO_CONTENT, statutory_by


def check_many(
    parsed: Sequence[Parsed],
    *,
    received_at: datetime,
    bodies: Sequence[int | None] | None = None,
    attachments_sent: bool = True,
    stored: Iterable[Earlier] | None = None,
) -> list[list[FoundBy]]:
    """Return the findings of every report, in order; reads only, at most about thirty queries however large the batch.

    Reports earlier in the batch count as received before later ones. A report whose body the register does not know is
    judged by its own statements alone.

    Args:
        received_at: the moment of arrival, aware.
        bodies: the body of each report where already known; found by the identifiers stated in it otherwise.
        stored: the reports kept under the same bodies and numbers, where already known; read otherwise.
        attachments_sent: False for a check before issuing, where named attachments are not expected yet.
    """
    cases = [Case(each, read_statements(each, received_at)) for each in parsed]
    add_bodies(cases, bodies)
    add_catalogue(cases)
    add_scope(cases)
    add_namesakes(cases, stored)
    add_stays(cases)
    if attachments_sent:
        add_attachments(cases)
    return [judge(case) for case in cases]


def law_day(facts: ReportFacts) -> date:
    """Return the day whose law a report is judged by: of issue, else of the end of testing, else of arrival."""
    moment = facts.issued or facts.finished or facts.started
    return moment.day if moment else facts.received_at.astimezone(SHANGHAI).date()


def judge(case: Case) -> list[FoundBy]:
    """Return what the rules in force on the report's day find in it."""
    facts = case.facts
    law = law_on(law_day(facts))
    facts.law = law.values
    required = law.values.get("FIELD-MISSING", {}).get("fields", ())
    if facts.licensed:
        facts.missing = missing_fields(case.parsed.report, (row["path"] for row in required))
        works = law.values.get("BUSINESS-MISSING", {}).get("works", {})
        due = works.get(statutory_by(facts), {}).get("fields", ())
        facts.missing_business = missing_fields(case.parsed.report, (row["path"] for row in due))
    return run_rules(facts, law)


def run_rules(facts: ReportFacts, law: DayLaw) -> list[FoundBy]:
    """Return what the rules of one day find in given facts: pure. Rules without an occasion are left out."""
    seen = occasions(facts)
    return [
        FoundBy(found.code, law.version[found.code], law.severity[found.code], found.line, found.field, found.facts)
        for code, occasion, rule in law.steps
        if occasion in seen and (not facts.by_digest or code in NEED_NO_CONTENT)
        for found in rule(facts)
    ]
