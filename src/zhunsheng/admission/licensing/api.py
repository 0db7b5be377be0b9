"""The need-for-licence test as JSON."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from zhunsheng.admission.licensing import law_book
from zhunsheng.admission.licensing.rules.routing import RoutingFacts, route
from zhunsheng.admission.licensing.selectors import need as selectors

router = Router(tags=["licensing"])
Purpose = Literal["society", "own_control", "research", "reference"]


class Asked(Schema):
    """The questions; the choices and their words are in `choices` of the answer."""

    purpose: Purpose = "society"
    domain: str = "other"
    owner: Literal["state", "other"] = "other"
    form: Literal["entity", "branch"] = "entity"
    occasion: str = "first"
    on: date | None = None


@router.get("licence-needed", url_name="licence-needed")
def licence_needed(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Tell whether accreditation is needed, by which article, who decides, and which routes are open."""
    facts = asked.dict(exclude={"on"})
    found = selectors.licence_needed(facts, asked.on or timezone.localdate())
    needs = law_book.needs()
    answers = {"need": found.need, "decider": found.decider, "form": found.form}
    return {
        "on": found.on,
        "answer": found.answer,
        **{name: selectors.as_dict(entry, needs) for name, entry in answers.items() if entry is not None},
        "routes": [one.as_record() for one in found.routes],
        "choices": law_book.choices(),
    }


class Told(Schema):
    """The facts of an application; what is left out counts as not told. The words of all facts are in `words`."""

    kind: str = "first"
    on: date | None = None
    domains: list[str] = []
    special_food: bool | None = None
    grade: Literal["A", "B", "C", "D"] | None = None
    breaches_in_term: int | None = None
    bars: list[str] = []
    certificate_in_force: bool | None = None
    cnas_covers_all: bool | None = None
    within_capability: bool | None = None
    same_capability: bool | None = None
    substantive_change: bool | None = None
    affects_conditions: bool | None = None
    needs_site_check: bool | None = None
    sector_licence: bool | None = None
    remote_ground: str | None = None


@router.get("licensing/routes", url_name="licensing-routes")
def routes(request: HttpRequest, told: Query[Told]) -> dict[str, Any]:
    """Tell which routes are open for these facts, which is proposed, and by which article each other one is barred."""
    given = told.dict()
    sets = {name: frozenset(given.pop(name)) for name in ("domains", "bars")}
    answer = route(RoutingFacts(**{**given, **sets, "on": told.on or timezone.localdate()}), law_book.ways())
    names, values = law_book.facts()
    words = {"facts": dict(names.values), "values": {**values.values, **law_book.choices()}}
    return answer.as_record() | {"words": words}
