"""What catalogue, register and archive add to the statements of a batch, each in a constant number of queries."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.foundation.quantities import knows_unit
from zhunsheng.oversight.reports.checks.register import bodies_named, kept_for
from zhunsheng.oversight.reports.format import Parsed, Subcontractor
from zhunsheng.oversight.reports.format.structs import Body as StatedBody
from zhunsheng.oversight.reports.rules.facts import LimitFacts, LineFacts, ReportFacts, Subcontract
from zhunsheng.oversight.reports.rules.instruments import test_days
from zhunsheng.oversight.reports.rules.signatory import uncovered
from zhunsheng.registry.bodies.facts import BodyClaim, BodyFacts
from zhunsheng.registry.bodies.models import ScopeLine
from zhunsheng.registry.bodies.scope import Reason, ScopeAnswer, ScopeRequest, answer_many
from zhunsheng.registry.bodies.selectors import facts_for
from zhunsheng.registry.catalogue.selectors import Vocabulary
from zhunsheng.registry.national.selectors import Kind, Library

NOT_STATED = ScopeAnswer(Reason.SCOPE_NOT_STATED)


class Case(NamedTuple):
    """One report of the batch: as it was read, and its facts."""

    parsed: Parsed
    facts: ReportFacts


def _claim_of(body: StatedBody) -> BodyClaim:
    return BodyClaim(body.uscc or "", body.cma or "", body.register or "", body.id or "")


def _claim_of_subcontractor(stated: Subcontractor) -> BodyClaim:
    return BodyClaim(stated.uscc or "", stated.cma or "")


def _subcontractors(cases: Iterable[Case]) -> list[tuple[LineFacts, ReportFacts, Subcontractor]]:
    return [
        (line, facts, result.subcontractor)
        for parsed, facts in cases
        for line, result in zip(facts.lines, parsed.report.results, strict=True)
        if result.subcontractor
    ]


def add_bodies(cases: Sequence[Case], bodies: Sequence[int | None] | None) -> None:
    """Fill in each report's body and each line's subcontractor."""
    given = _subcontractors(cases)
    claims = [] if bodies is not None else [_claim_of(case.parsed.report.body) for case in cases]
    distinct = list(dict.fromkeys([*claims, *(_claim_of_subcontractor(stated) for _, _, stated in given)]))
    kept = kept_for(max(len(distinct), len(set(bodies or ()))))
    by_claim = bodies_named(distinct, kept)
    ids = list(bodies) if bodies is not None else [by_claim.get(claim) for claim in claims]
    wanted = {body_id for body_id in ids if body_id is not None} | {*by_claim.values()}
    known = kept.facts(wanted) if kept is not None else _facts_of(cases, ids, wanted)
    for case, body_id in zip(cases, ids, strict=True):
        body = known.get(body_id) if body_id is not None else None
        case.facts.body = body
        case.facts.domestic = body is not None and bool(body.uscc or body.cma)
    for line, facts, stated in given:
        other = known.get(by_claim.get(_claim_of_subcontractor(stated), 0))
        days = test_days(facts, line) or ((facts.issued.day,) if facts.issued else ())
        line.subcontract = Subcontract(
            stated=line.subcontractor or stated.name,
            known=other is not None,
            name=other.name if other else stated.name,
            slug=other.slug if other else "",
            standing=other.standing_on(days[0]) if other and days else "",
            scope=NOT_STATED,
        )


def _facts_of(cases: Sequence[Case], ids: Sequence[int | None], wanted: set[int]) -> dict[int, BodyFacts]:
    """Return the bodies with the people and instruments that the batch names; whole where a named one is not found."""
    persons = {case.facts.signatory_code for case in cases} - {""}
    instruments = {line.instrument for case in cases for line in case.facts.lines} - {""}
    known = facts_for(wanted, persons=persons, instruments=instruments)
    incomplete = {
        body_id
        for case, body_id in zip(cases, ids, strict=True)
        if body_id in known and not _holds_all(known[body_id], case.facts)
    }
    return known | facts_for(incomplete) if incomplete else known


def _holds_all(body: BodyFacts, facts: ReportFacts) -> bool:
    person = body.persons.get(facts.signatory_code)
    signed = person is not None if facts.signatory_code else not facts.signatory_name
    return signed and all(not line.instrument or line.instrument in body.instruments for line in facts.lines)


class _Catalogue:
    """The vocabulary with the limits that one batch has already asked for."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary.current()
        self._limits: dict[tuple[str, int, int | None, date], LimitFacts | None] = {}
        self._library = Library.current()

    def national(self, method: str, on: date) -> str:
        """Return what the national library says against a method on a day, empty where it lists it or is not loaded."""
        if not self._library.loaded_on(on):
            return ""
        kind = self._library.answer(method, on).kind
        return "" if kind is Kind.IN_LIBRARY else kind.value

    def limit(self, standard: str, parameter: int, tested: int | None, on: date) -> LimitFacts | None:
        key = (standard, parameter, tested, on)
        if key not in self._limits:
            found = self.vocabulary.limits(standard, parameter, tested, on)
            self._limits[key] = (
                LimitFacts(
                    standard=found[0].edition_code,
                    minimum=Decimal(found[0].minimum) if found[0].minimum else None,
                    maximum=Decimal(found[0].maximum) if found[0].maximum else None,
                    unit=found[0].unit,
                    rule=found[0].rule,
                )
                if found
                else None
            )
        return self._limits[key]


def add_catalogue(cases: Sequence[Case]) -> None:
    """Fill in parameters, editions and the limits that the cited standards set on the day."""
    catalogue = _Catalogue()
    words = catalogue.vocabulary
    for _, facts in cases:
        tested = words.object_id(facts.object_text) if facts.object_text else None
        above = (tested, *words.object_ancestors(tested)) if tested is not None else ()
        facts.object_names = (facts.object_text, *(words.object_names[one] for one in above))
        moment = facts.finished or facts.started or facts.issued
        for line in facts.lines:
            line.parameter_id = words.parameter_id(line.parameter_code) if line.parameter_code else None
            if line.parameter_id is None:
                line.parameter_id = words.parameter_id(line.parameter)
            line.unit_known = not line.unit or knows_unit(line.unit)
            if line.method:
                line.edition = words.method(line.method).edition
                line.national = catalogue.national(line.method, moment.day) if moment is not None else ""
            limit = line.limit
            if limit is not None and limit.standard and line.parameter_id is not None and moment is not None:
                line.catalogue_limit = catalogue.limit(limit.standard, line.parameter_id, tested, moment.day)


def _request(facts: ReportFacts, line: LineFacts, body: str) -> ScopeRequest | None:
    """Return the question whether a body's scope holds a line; None where the report does not say enough."""
    days = test_days(facts, line) or ((facts.issued.day,) if facts.issued else ())
    if not days or not line.method or not facts.object_text:
        return None
    return ScopeRequest(
        body=body,
        object=facts.object_text,
        parameter=line.parameter,
        method=line.method,
        on=days[0],
        site=facts.site,
        clause=line.method_clause,
        value=line.value,
        unit=line.unit,
    )


def add_scope(cases: Sequence[Case]) -> None:
    """Fill in how every line of a licensed body, or of its subcontractor, stands to the published scope."""
    requests: list[ScopeRequest] = []
    asked: list[LineFacts] = []
    for _, facts in cases:
        for line in facts.lines:
            line.scope = NOT_STATED
            own = facts.body.slug if facts.licensed and facts.body else ""
            body = own if line.subcontract is None else line.subcontract.slug
            request = _request(facts, line, body) if body else None
            if request is not None:
                requests.append(request)
                asked.append(line)
    for line, answer in zip(asked, answer_many(requests), strict=True):
        if line.subcontract is None:
            line.scope = answer
        else:
            line.subcontract = replace(line.subcontract, scope=answer)
    _add_known_fields(cases)


def _add_known_fields(cases: Sequence[Case]) -> None:
    """Fill in the names by which signing fields are read, for reports where a field covers not every line."""
    needy = [facts for _, facts in cases if facts.licensed and facts.body is not None and uncovered(facts)]
    if not needy:
        return
    named: dict[int, set[str]] = {}
    ids = {facts.body.id for facts in needy if facts.body is not None}
    rows = ScopeLine.objects.filter(body_id__in=ids).values_list("body_id", "domain", "category").distinct()
    for body_id, domain, category in rows:
        named.setdefault(body_id, set()).update(normalise_name(text) for text in (domain, category) if text)
    objects = {normalise_name(name) for name in Vocabulary.current().object_names.values()}
    for facts in needy:
        if facts.body is not None:
            facts.known_fields = frozenset(objects | named.get(facts.body.id, set()))
