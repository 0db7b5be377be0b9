"""Reads: the catalogue made ready for reading schedules, the lists of the pages, open questions."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from zhunsheng.foundation.identifiers import normalise_name
from zhunsheng.platform.accounts import policy
from zhunsheng.registry.bodies.models import Accreditation, Body, Person, ScopeLine, Site
from zhunsheng.registry.catalogue.models import (
    ObjectSynonym,
    Parameter,
    ParameterSynonym,
    StandardEdition,
    TestObject,
)
from zhunsheng.registry.catalogue.selectors import Vocabulary, revision_mark
from zhunsheng.registry.schedules.measuring.labelled import Triple
from zhunsheng.registry.schedules.models import Decision, Kind, Question, Schedule, ScheduleLine, ScheduleSignatory
from zhunsheng.registry.schedules.permissions import Can
from zhunsheng.registry.schedules.rules.editions import Edition, Editions
from zhunsheng.registry.schedules.rules.mapping import Known
from zhunsheng.registry.schedules.rules.names import CODE, NAME, SYNONYM, Names
from zhunsheng.registry.schedules.rules.signing import Staff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhunsheng.registry.schedules.permissions import AnyUser

_ORDER = {NAME: 0, SYNONYM: 1, CODE: 2}
_LOCK = threading.Lock()
_HELD: dict[str, tuple[Names, Names, Editions]] = {}


def known_on(on: date) -> Known:
    """Return what the catalogue knows; kept in this process until the catalogue changes."""
    revision = revision_mark()
    with _LOCK:
        held = _HELD.get(revision) if revision else None
        if held is None:
            held = (_objects(), _parameters(), _editions())
            _HELD.clear()
            if revision:
                _HELD[revision] = held
    return Known(*held, on=on)


def _objects() -> Names:
    rows = TestObject.objects.order_by("pk").values_list("pk", "code", "name", "name_en")
    return Names.of(_named(rows, ObjectSynonym.objects.values_list("object_id", "text")))


def _parameters() -> Names:
    rows = Parameter.objects.order_by("pk").values_list("pk", "code", "name", "name_en")
    return Names.of(_named(rows, ParameterSynonym.objects.values_list("parameter_id", "text")))


def _named(
    rows: Iterable[tuple[int, str, str, str]], synonyms: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, str, str]]:
    listed = list(rows)
    yield from ((pk, NAME, name) for pk, _code, name, _english in listed)
    yield from ((pk, NAME, english) for pk, _code, _name, english in listed if english)
    yield from ((pk, SYNONYM, text) for pk, text in synonyms)
    yield from ((pk, CODE, code) for pk, code, _name, _english in listed)


def _editions() -> Editions:
    rows = StandardEdition.objects.order_by("standard_id", "year", "code").values_list(
        "pk", "code", "standard__base_code", "year", "status", "effective_from", "effective_to", "replaced_by__code",
        "standard__title", "replaced_by__effective_from",
    )  # fmt: skip
    return Editions.of(
        Edition(pk, code, base, year, status, first, last, after or "", title, begins)
        for pk, code, base, year, status, first, last, after, title, begins in rows
    )


def schedules_visible_to(user: AnyUser, on: date) -> QuerySet[Schedule]:
    """Return the schedules that somebody may see, with how many of their lines are in doubt."""
    reach = policy.reach_of(user, Can.READ, on)
    open_lines = ScheduleLine.objects.filter(schedule=OuterRef("pk"), doubts__gt=0).order_by()
    doubtful = open_lines.values("schedule").annotate(n=Count("pk")).values("n")
    return (
        Schedule.objects.filter(reach.as_q(division="body__division_id", organisation="body__organisation_id"))
        .select_related("body", "accreditation")
        .annotate(doubtful=Coalesce(Subquery(doubtful, output_field=IntegerField()), 0))
        .order_by("-received_at", "-pk")
    )


def latest_certificate(body_id: int) -> Accreditation | None:
    """Return a body's newest certificate."""
    return Accreditation.objects.filter(body_id=body_id).order_by("-valid_from", "-pk").first()


def certificate_ends(accreditation_id: int) -> set[date | None]:
    """Return every last day that a certificate has or had."""
    kept = Accreditation.history.filter(id=accreditation_id).order_by().values_list("valid_to", flat=True).distinct()
    now = Accreditation.objects.filter(pk=accreditation_id).values_list("valid_to", flat=True)
    return {*kept, *now}


Asked = QuerySet[ScheduleLine] | QuerySet[ScheduleSignatory]


def lines_of_question(question: Question) -> Asked:
    """Return the lines, or the signatories, that a question is about."""
    return _rows_of(question.kind).filter(**{f"{question.kind}_question": question})


def lines_of_decision(decision: Decision) -> Asked:
    """Return the lines, or the signatories, that a decision settled."""
    return _rows_of(decision.question.kind).filter(**{f"{decision.question.kind}_decision": decision})


def _rows_of(kind: str) -> Asked:
    return ScheduleSignatory.objects.all() if kind == Kind.PERSON else ScheduleLine.objects.all()


def staff_of(body_id: int) -> list[Staff]:
    """Return the persons of a body."""
    held = Person.objects.filter(body_id=body_id).order_by("pk")
    return [Staff(*row) for row in held.values_list("pk", "name", "title", "valid_to")]


def signatories_of(schedule: Schedule) -> QuerySet[ScheduleSignatory]:
    """Return the signatories that a schedule names, those in doubt first."""
    return schedule.signing.select_related("person").order_by("-doubts", "position")


def open_questions(user: AnyUser, on: date, schedule: Schedule | None = None) -> QuerySet[Question]:
    """Return the questions that stand open in schedules that somebody may see (or in one), most asked first."""
    reach = policy.reach_of(user, Can.READ, on)
    visible = Schedule.objects.filter(reach.as_q(division="body__division_id", organisation="body__organisation_id"))
    if schedule is not None:
        visible = visible.filter(pk=schedule.pk)
    asked = Case(*(When(kind=kind, then=Coalesce(_waiting(kind, visible), 0)) for kind in Kind.values), default=0)
    return Question.objects.annotate(asked=asked).filter(asked__gt=0).order_by("-asked", "pk")


def _waiting(kind: str, visible: QuerySet[Schedule]) -> Subquery:
    lines = _rows_of(kind).filter(**{f"{kind}_question": OuterRef("pk"), "schedule__in": visible})
    counted = lines.order_by().values(f"{kind}_question").annotate(n=Count("pk")).values("n")
    return Subquery(counted, output_field=IntegerField())


def decisions_visible_to(user: AnyUser, on: date) -> QuerySet[Decision]:
    """Return the decisions that hold for everyone and those for bodies that somebody may see, newest first."""
    reach = policy.reach_of(user, Can.READ, on)
    own = reach.as_q(division="body__division_id", organisation="body__organisation_id")
    return (
        Decision.objects.filter(Q(body=None) | own if reach else Q(pk__in=[]))
        .select_related("question", "body", "by", "undone_by")
        .order_by("-at", "-pk")
    )


def options_of(question: Question) -> list[tuple[int, str, str, float]]:
    """Return the catalogue's entries that a question's text may mean: (id, code, name, likelihood), likeliest first."""
    likely = {int(pk): float(score) for pk, score in question.candidates}
    rows: list[tuple[int, str, str]]
    if question.kind == Kind.OBJECT:
        rows = list(TestObject.objects.filter(pk__in=likely).values_list("pk", "code", "name"))
    elif question.kind == Kind.PARAMETER:
        rows = list(Parameter.objects.filter(pk__in=likely).values_list("pk", "code", "name"))
    elif question.kind == Kind.PERSON:
        rows = list(Person.objects.filter(pk__in=likely).values_list("pk", "code", "name"))
    else:
        rows = list(StandardEdition.objects.filter(pk__in=likely).values_list("pk", "code", "standard__title"))
    return sorted(((pk, code, name, likely[pk]) for pk, code, name in rows), key=lambda one: -one[3])


def entry_named(question: Question, text: str) -> tuple[int, str] | None:
    """Return the entry of the catalogue that a code or name written by a person means, as (id, name).

    Of a signatory it is one of the body's persons, by staff code, or by a name that only one bears.
    """
    kind = question.kind
    if kind == Kind.PERSON:
        of_body = Person.objects.filter(body_id=int(question.context.removeprefix("body:")))
        same = list(of_body.filter(Q(code=text) | Q(name=text)).values_list("pk", "name")[:2])
        return same[0] if len(same) == 1 else None
    words = Vocabulary.current()
    if kind == Kind.OBJECT:
        found = words.object_id(text)
        return None if found is None else (found, words.object_names[found])
    if kind == Kind.PARAMETER:
        found = words.parameter_id(text)
        return None if found is None else (found, words.parameter_names[found])
    edition = words.edition(text)
    return None if edition is None else (edition.id, edition.code)


def code_of(kind: str, target: int) -> str:
    """Return the code of an object or parameter."""
    words = Vocabulary.current()
    return (words.object_codes if kind == Kind.OBJECT else words.parameter_codes)[target]


def sites_by_name(body_id: int) -> dict[str, int]:
    """Return a body's sites by every normalised text under which a schedule may name them: code, name, address."""
    found: dict[str, int] = {}
    for pk, code, name, address in Site.objects.filter(body_id=body_id).values_list("pk", "code", "name", "address"):
        found |= {normalise_name(text): pk for text in (code, name, address) if text}
    return found


def true_lines() -> list[Triple]:
    """Return the register's distinct lines that are tied to the catalogue in all three parts, to measure reading on."""
    rows = (
        ScopeLine.objects.exclude(object=None)
        .exclude(parameter=None)
        .exclude(edition=None)
        .values_list(
            "domain", "object_id", "object__name", "parameter_id", "parameter__name", "edition_id", "edition__code",
            "edition__standard__title",
        )
        .distinct()
        .order_by("object_id", "parameter_id", "edition_id")[:5000]
    )  # fmt: skip
    return [Triple(*row) for row in rows]


def synonyms_by_parameter() -> dict[int, list[str]]:
    """Return every parameter's synonyms."""
    found: dict[int, list[str]] = {}
    for pk, text in ParameterSynonym.objects.order_by("pk").values_list("parameter_id", "text"):
        found.setdefault(pk, []).append(text)
    return found


def bodies_of(user: AnyUser, on: date) -> list[Body]:
    """Return the bodies for which somebody may hand in schedules as one of their own people (not as an officer)."""
    reach = policy.reach_of(user, Can.HAND_IN, on)
    return list(Body.objects.filter(organisation_id__in=reach.organisation_ids).order_by("pk")[:50])
