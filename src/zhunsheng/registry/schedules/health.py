"""能力附表体检: the health of an uploaded schedule, of a stored scope, and of all bodies' scopes at a glance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhunsheng.platform.accounts import policy
from zhunsheng.registry.bodies.models import Accreditation, Body, ScopeLine
from zhunsheng.registry.bodies.selectors import bodies_visible_to
from zhunsheng.registry.catalogue.selectors import over_on
from zhunsheng.registry.national.selectors import is_loaded, national_answers
from zhunsheng.registry.schedules import selectors, thresholds, wording
from zhunsheng.registry.schedules.permissions import AnyUser, Can
from zhunsheng.registry.schedules.rules import health as rules
from zhunsheng.registry.schedules.rules.editions import Editions
from zhunsheng.registry.schedules.rules.health import Finding, HealthLine
from zhunsheng.registry.schedules.rules.mapping import Line
from zhunsheng.registry.schedules.rules.problems import RowProblem
from zhunsheng.registry.schedules.trial import Trial

MOST_LINES = 60_000
_LIBRARY = {
    "abolished": "abolished_in_library",
    "not_in_library": "not_in_library",
    "other_edition": "other_edition_in_library",
    "cite_only": "cite_only_in_library",
}
WORDS: dict[str, tuple[Any, Any]] = {
    "outdated": (_("Standard replaced or abolished"), _("Replaced by %(successor)s.")),
    "expired": (_("Certificate ended"), _("Certificate %(number)s ended on %(day)s.")),
    "contradiction": (
        _("Contradictory lines"),
        _("Row %(other)s grants the same with another limitation: “%(limitation)s”."),
    ),
    "two_editions": (_("Two editions of one standard"), _("%(other)s is granted for the same as well.")),
    "duplicate": (_("Granted twice"), _("Row %(other)s grants the same.")),
    "expiring": (_("Certificate ends soon"), _("Certificate %(number)s ends on %(day)s, in %(days)s days.")),
    "year_missing": (_("Year missing"), _("Without its year the number names no edition.")),
    "said_withdrawn": (_("Marked as abolished"), _("The schedule itself says that it is abolished.")),
    "sweeping": (_("No parameter in particular"), _("“All” or “some parameters” can't be checked: list them.")),
    "open_list": (_("List left open"), _("“等” leaves open what else is covered: list every parameter.")),
    "not_read": (_("Row not read"), _("%(reason)s")),
    "abolished_in_library": (_("Abolished in the national library"), _("It can't be renewed.")),
    "not_in_library": (_("Not in the national library"), _("It can't be renewed at expiry.")),
    "other_edition_in_library": (_("Another edition in the library"), _("Apply for the edition listed there.")),
    "cite_only_in_library": (_("Cite only"), _("Usable where a product standard in the library cites it.")),
    "unknown_object": (_("Object not in the catalogue"), _("Use the catalogue's name, or propose it.")),
    "unknown_parameter": (_("Parameter not in the catalogue"), _("Use the catalogue's name, or propose it.")),
    "unknown_method": (_("Method not in the catalogue"), _("Check the number and its year, or propose it.")),
}


@dataclass(frozen=True)
class Report:
    """The health of one schedule on a day."""

    title: str
    on: date
    lines: int
    findings: list[Finding]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each kind."""
        return rules.counts(self.findings)

    @property
    def touched(self) -> int:
        """How many rows have something to mend."""
        return len({one.where for one in self.findings})


def title_of(code: str) -> str:
    """Return what a kind of finding is called."""
    return str(WORDS[code][0])


def sentence_of(finding: Finding) -> str:
    """Return what a finding says."""
    if finding.code == "outdated" and not finding.facts.get("successor"):
        return gettext("Abolished without a successor.")
    return str(WORDS[finding.code][1]) % finding.facts


def of_upload(found: Trial, *, title: str, today: date) -> Report:
    """Return the health of a file that was read without being stored."""
    editions = selectors.known_on(today).editions
    answers = library_answers((line.cited.code for line in found.kept if line.cited.year is not None), today)
    findings = rules.examine([_from_line(line, editions, today, answers) for line in found.kept])
    findings += [_from_problem(one) for one in found.problems]
    return Report(title, today, found.lines, findings)


def of_body(body: Body, *, today: date) -> Report:
    """Return the health of the scope that the register holds for a body on a day, with its certificates' ends."""
    within, _answer = thresholds.health(today)
    held = (
        ScopeLine.objects.filter(body=body)
        .filter(Q(valid_to=None) | Q(valid_to__gte=today))
        .select_related("site", "edition")
        .order_by("pk")[:MOST_LINES]
    )
    editions = selectors.known_on(today).editions
    answers = library_answers((_code(line) for line in held if line.method_year is not None), today)
    lines = [_from_scope(number, line, editions, today, answers) for number, line in enumerate(held, start=1)]
    findings = rules.examine(lines)
    for number, last in latest_certificates([body.pk]).get(body.pk, []):
        findings = [*rules.certificate(number, last, today=today, within=within), *findings]
    return Report(body.name, today, len(lines), findings)


def library_answers(codes: Iterable[str], today: date) -> dict[str, str]:
    """Return for each number what the national library says against it; nothing where no library is loaded."""
    if not is_loaded(today):
        return {}
    answers = national_answers(set(codes), today)
    return {code: _LIBRARY[one.kind] for code, one in answers.items() if one.kind in _LIBRARY}


def latest_certificates(body_ids: Sequence[int]) -> dict[int, list[tuple[str, date | None]]]:
    """Return each body's newest certificate as (number, last day)."""
    found: dict[int, list[tuple[str, date | None]]] = {}
    rows = Accreditation.objects.filter(body_id__in=body_ids).order_by("valid_from", "pk")
    for body_id, number, last in rows.values_list("body_id", "number", "valid_to"):
        found[body_id] = [(number, last)]
    return found


def outdated_lines(today: date) -> Q:
    """Return the condition of scope lines that hold today by an edition that is no longer in force."""
    return over_on(today, "edition__") & (Q(valid_to=None) | Q(valid_to__gte=today))


def bodies_with_health(user: AnyUser, today: date) -> QuerySet[Body]:
    """Return the bodies whose schedules somebody may read, marked where their scope holds an outdated standard."""
    reach = policy.reach_of(user, Can.READ, today)
    held = ScopeLine.objects.filter(outdated_lines(today), body=OuterRef("pk"))
    undated = ScopeLine.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), body=OuterRef("pk"), method_year=None
    ).exclude(method_base="")
    ends = Accreditation.objects.filter(body=OuterRef("pk"), valid_to__gte=today)
    return (
        bodies_visible_to(user)
        .filter(reach.as_q(), scope_lines__isnull=False)
        .annotate(has_outdated=Exists(held), has_undated=Exists(undated), has_certificate=Exists(ends))
        .order_by("-has_outdated", "name")
        .distinct()
    )


def counts_of(body_ids: Sequence[int], today: date) -> dict[int, dict[str, Any]]:
    """Return each body's lines, outdated, undated and unknown ones, and its certificate's last day: two queries."""
    held = Q(valid_to=None) | Q(valid_to__gte=today)
    rows = (
        ScopeLine.objects.filter(held, body_id__in=body_ids)
        .order_by()
        .values("body_id")
        .annotate(
            lines=Count("pk"),
            outdated=Count("pk", filter=outdated_lines(today)),
            undated=Count("pk", filter=Q(method_year=None) & ~Q(method_base="")),
            unknown=Count("pk", filter=Q(parameter=None) | Q(edition=None)),
        )
    )
    certificates = latest_certificates(body_ids)
    made: dict[int, dict[str, Any]] = {}
    for row in rows:
        number, last = certificates.get(row["body_id"], [("", None)])[0]
        made[row["body_id"]] = {**row, "certificate": number, "valid_to": last}
    return made


def rows_of(report: Report) -> Iterable[tuple[str, str, str, str, str, str]]:
    """Yield a report as rows of a file: kind, row, object, parameter, method, what to do."""
    for one in report.findings:
        yield title_of(one.code), one.where, one.object, one.parameter, one.method, sentence_of(one)


def _from_line(line: Line, editions: Editions, today: date, answers: dict[str, str]) -> HealthLine:
    target = line.method.match.target
    edition = editions.by_id.get(target) if target is not None else None
    said = frozenset(reason.code for part in line.parts for reason in part.match.reasons)
    return HealthLine(
        (f"{line.printed.sheet} " if line.printed.sheet else "") + str(line.printed.row),
        line.object.match.target if line.object.match.confidence >= 0.5 else None, line.object.text,
        line.parameter.match.target if line.parameter.match.confidence >= 0.5 else None, line.parameter.text,
        line.method.text, line.cited.base, line.cited.year,
        edition is not None or (line.cited.year is None and line.cited.base in editions.series),
        edition is not None and line.cited.year is not None and edition.outdated_on(today),
        edition.replaced_by if edition else "", line.cited.clause, line.printed.limitation, line.printed.site, said,
        answers.get(line.cited.code, ""),
    )  # fmt: skip


def _code(line: ScopeLine) -> str:
    return line.edition.code if line.edition else f"{line.method_base}-{line.method_year}"


def _from_scope(number: int, line: ScopeLine, editions: Editions, today: date, answers: dict[str, str]) -> HealthLine:
    edition = editions.by_code.get(_code(line)) if line.method_year else None
    return HealthLine(
        str(number), line.object_id, line.object_text, line.parameter_id, line.parameter_text, line.method_text,
        line.method_base, line.method_year,
        line.edition_id is not None or (line.method_year is None and line.method_base in editions.series),
        edition is not None and line.method_year is not None and edition.outdated_on(today),
        edition.replaced_by if edition else "", line.clause, line.limitation, line.site.code if line.site else "",
        library=answers.get(_code(line), "") if line.method_year else "",
    )  # fmt: skip


def _from_problem(one: RowProblem) -> Finding:
    rule, remedy = wording.problem_words(one.code, one.facts)
    where = f"{one.sheet} {one.row}{one.column}".strip()
    return Finding("not_read", where, method=one.value, facts={"reason": f"{rule} {remedy}"})
