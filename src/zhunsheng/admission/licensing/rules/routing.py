"""Which routes are open for an application, which is proposed, which are barred and by which condition. Pure.

The law is data (`law/routes.yaml`, `law/conditions.yaml`); this only matches it with facts. A fact that nobody has
told (None) neither bars nor opens: the condition is named as still to be met.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from zhunsheng.foundation.lawbook import Entry

ALL_ROUTES: Final = "all"


class Effect(StrEnum):
    """What a condition does to the routes it names."""

    BARS = "bars"
    OPENS_ONLY_IF = "opens_only_if"
    PROPOSES = "proposes"


@dataclass(frozen=True, slots=True)
class RoutingFacts:
    """What is known of an application on the day it is received; None stands for what nobody has told.

    Attributes:
        kind: kind of application, one of the choices of `occasion` in `law/words.yaml`.
        on: day of receipt; the law of this day routes the application.
        domains: codes of `domain` in `law/words.yaml`.
        grade, grade_version: grade A to D of classified supervision and the version of the rule that gave it.
        breaches_in_term: decided breaches of market-regulation law in the last term of the certificate.
        bars: kinds of route bars in force, as registry.credit names them.
        remote_ground: why a review from afar is asked for; "" for no ground.
    """

    kind: str
    on: date
    domains: frozenset[str] = frozenset()
    special_food: bool | None = None
    grade: str | None = None
    grade_version: str = ""
    breaches_in_term: int | None = None
    bars: frozenset[str] = frozenset()
    certificate_in_force: bool | None = None
    cnas_covers_all: bool | None = None
    within_capability: bool | None = None
    same_capability: bool | None = None
    substantive_change: bool | None = None
    affects_conditions: bool | None = None
    needs_site_check: bool | None = None
    sector_licence: bool | None = None
    remote_ground: str | None = None

    def named(self) -> dict[str, Any]:
        """Return every fact by its name, as plain JSON: sets as sorted lists, days in ISO."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: sorted(value) if isinstance(value, frozenset) else value.isoformat() if name == "on" else value
            for name, value in found.items()
        }


FACTS: Final = frozenset(one.name for one in fields(RoutingFacts)) - {"on", "grade_version"}
"""What a condition may ask about."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry of law that decided something, with the facts it looked at."""

    entry: Entry
    inputs: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Return the entry's id."""
        return self.entry.id

    @property
    def version(self) -> str:
        """Return version and start of the digest, as decision records keep them."""
        return version_of(self.entry)

    @property
    def articles(self) -> str:
        """Return law and article, several divided by a Chinese semicolon."""
        return articles_of(self.entry)

    @property
    def words(self) -> Mapping[str, str]:
        """Return what the entry says, zh and en."""
        return MappingProxyType(dict(self.entry.values["message"]))

    @property
    def barred(self) -> Mapping[str, str]:
        """Return what whom it bars lacks, or what stands against them, zh and en; of a route what it is for."""
        return MappingProxyType(dict(self.entry.values.get("barred", self.entry.values["message"])))

    @property
    def remedy(self) -> Mapping[str, str]:
        """Return what can be done where it bars, zh and en; empty words for a route that is for other kinds."""
        return MappingProxyType(dict(self.entry.values.get("remedy", {"zh": "", "en": ""})))

    def as_record(self) -> dict[str, Any]:
        """Return the reason as a decision record keeps it: id, version, basis, words, inputs."""
        return {
            "rule": self.entry.id,
            "version": self.version,
            "verified": self.entry.verified,
            "title": dict(self.entry.title),
            "message": dict(self.words),
            "basis": [{"law": one.law, "article": one.article} for one in self.entry.basis],
            "inputs": dict(self.inputs),
        }

    def as_bar(self) -> dict[str, Any]:
        """Return the reason as a record keeps it where it bars: with what is lacking, and what can be done."""
        return self.as_record() | {"barred": dict(self.barred), "remedy": dict(self.remedy)}


@dataclass(frozen=True, slots=True)
class RouteAnswer:
    """One route: open unless something bars it; `unclear` are the conditions that untold facts leave open."""

    code: str
    reason: Reason
    barred_by: tuple[Reason, ...] = ()
    unclear: tuple[Reason, ...] = ()
    met: tuple[Reason, ...] = ()

    @property
    def open(self) -> bool:
        """Tell whether the applicant may choose it."""
        return not self.barred_by

    @property
    def made_for_kind(self) -> bool:
        """Tell whether the route is made for this kind of application at all, open or barred."""
        return all(one.entry is not self.reason.entry for one in self.barred_by)

    def as_record(self) -> dict[str, Any]:
        """Return the route as a decision record keeps it."""
        return {
            "route": self.code,
            "open": self.open,
            **self.reason.as_record(),
            "barred_by": [one.as_bar() for one in self.barred_by],
            "depends_on": [one.as_record() for one in self.unclear],
            "met": [one.as_record() for one in self.met],
        }


@dataclass(frozen=True, slots=True)
class RoutingAnswer:
    """Every route of the day in its order, and the one that is proposed with the reason for it."""

    facts: RoutingFacts
    routes: tuple[RouteAnswer, ...]
    proposed: RouteAnswer | None
    proposed_by: Reason | None

    @property
    def open(self) -> tuple[RouteAnswer, ...]:
        """Return the routes among which the applicant may choose."""
        return tuple(one for one in self.routes if one.open)

    @property
    def barred(self) -> tuple[RouteAnswer, ...]:
        """Return the routes that are barred, each with what bars it."""
        return tuple(one for one in self.routes if not one.open)

    def route(self, code: str) -> RouteAnswer | None:
        """Return what is said of one route; None for a code that the law of the day does not know."""
        return next((one for one in self.routes if one.code == code), None)

    def as_record(self) -> dict[str, Any]:
        """Return the whole answer as the application keeps it, to explain itself by it whatever the law later is."""
        return {
            "on": self.facts.on.isoformat(),
            "facts": self.facts.named(),
            "proposed": self.proposed.code if self.proposed else "",
            "proposed_by": self.proposed_by.as_record() if self.proposed_by else None,
            "routes": [one.as_record() for one in self.routes],
        }


def route(facts: RoutingFacts, entries: Iterable[Entry]) -> RoutingAnswer:
    """Answer for one application by the entries (routes and conditions) in force on the day it was received.

    Entries that did not hold on `facts.on` are passed over, so that a whole book may be given; their order is of no
    consequence.
    """
    held = [one for one in entries if one.holds_on(facts.on)]
    ways = sorted((one for one in held if "effect" not in one.values), key=_order)
    conditions = sorted((one for one in held if "effect" in one.values), key=_order)
    answers = tuple(_answer(way, conditions, facts) for way in ways)
    proposed, reason = _proposal(answers, conditions, facts)
    return RoutingAnswer(facts, answers, proposed, reason)


def bars_of_kind(facts: RoutingFacts, entries: Iterable[Entry]) -> tuple[Reason, ...]:
    """Return what bars every route to applications of this kind by the law of the day: nothing can come of one then.

    Only conditions on all routes count; an untold fact bars nothing.
    """
    conditions = [one for one in entries if one.holds_on(facts.on) and ALL_ROUTES in one.values.get("routes", ())]
    barring = (Effect.BARS, Effect.OPENS_ONLY_IF)
    found = [
        one
        for one in sorted(conditions, key=_order)
        if one.values["effect"] in barring and concerns(one, ALL_ROUTES, facts.kind) and _bars(one, facts)
    ]
    return tuple(reason_of(one, facts) for one in found)


def _order(entry: Entry) -> tuple[int, str]:
    return entry.values["order"], entry.id


def _answer(way: Entry, conditions: Sequence[Entry], facts: RoutingFacts) -> RouteAnswer:
    own = Reason(way, {"kind": facts.kind})
    if facts.kind not in way.values["kinds"]:
        return RouteAnswer(way.values["code"], own, barred_by=(own,))
    barred, unclear, met = [], [], []
    for one in conditions:
        if one.values["effect"] == Effect.PROPOSES or not concerns(one, way.values["code"], facts.kind):
            continue
        bars, reason = _bars(one, facts), reason_of(one, facts)
        if bars:
            barred.append(reason)
        elif bars is None:
            unclear.append(reason)
        elif one.values["effect"] == Effect.OPENS_ONLY_IF:
            met.append(reason)
    return RouteAnswer(way.values["code"], own, tuple(barred), tuple(unclear), tuple(met))


def _bars(condition: Entry, facts: RoutingFacts) -> bool | None:
    """Tell whether a condition bars; None where a fact it needs is untold."""
    found = holds(condition, facts)
    if found is None:
        return None
    return found if condition.values["effect"] == Effect.BARS else not found


def _proposal(
    answers: Sequence[RouteAnswer], conditions: Sequence[Entry], facts: RoutingFacts
) -> tuple[RouteAnswer | None, Reason | None]:
    """Return the proposed route: the first proposal that holds and whose route is open, else the first open route."""
    free = {one.code: one for one in answers if one.open and not one.unclear}
    for one in conditions:
        if one.values["effect"] != Effect.PROPOSES or holds(one, facts) is not True:
            continue
        for code in one.values["routes"]:
            if code in free and concerns(one, code, facts.kind):
                return free[code], reason_of(one, facts)
    first = next(iter(free.values()), None)
    return first, first.reason if first else None


def concerns(condition: Entry, code: str, kind: str) -> bool:
    """Tell whether a condition is about this route for this kind of application."""
    routes, kinds = condition.values["routes"], condition.values["kinds"]
    return (code in routes or ALL_ROUTES in routes) and (not kinds or kind in kinds)


def holds(condition: Entry, facts: RoutingFacts) -> bool | None:
    """Tell whether `when` holds: any of its alternatives, each with all its tests; None where untold facts decide."""
    return _either(_both(_test(name, test, facts) for name, test in one.items()) for one in condition.values["when"])


def reason_of(condition: Entry, facts: RoutingFacts) -> Reason:
    """Return a condition with the facts it looked at."""
    told = facts.named()
    looked = dict.fromkeys(name for one in condition.values["when"] for name in one)
    extra = {"grade_version": facts.grade_version} if "grade" in looked else {}
    return Reason(condition, {name: told[name] for name in looked} | extra)


def _both(found: Iterable[bool | None]) -> bool | None:
    seen = list(found)
    return False if False in seen else None if None in seen else True


def _either(found: Iterable[bool | None]) -> bool | None:
    seen = list(found)
    return True if True in seen else None if None in seen else False


def _is(value: Any, wanted: Any) -> bool:
    return bool(value == wanted)


def _any_of(value: Any, wanted: Any) -> bool:
    return bool(value & set(wanted)) if isinstance(value, frozenset) else value in wanted


TESTS: Final[Mapping[str, Callable[[Any, Any], bool]]] = MappingProxyType(
    {
        "is": _is,
        "any_of": _any_of,
        "at_most": lambda value, wanted: bool(value <= wanted),
        "at_least": lambda value, wanted: bool(value >= wanted),
    }
)


def _test(name: str, test: Mapping[str, Any], facts: RoutingFacts) -> bool | None:
    value = getattr(facts, name)
    if value is None:
        return None
    ((how, wanted),) = test.items()
    return TESTS[how](value, wanted)


def version_of(entry: Entry) -> str:
    """Return version and start of the digest of an entry."""
    return entry.stamp


def articles_of(entry: Entry) -> str:
    """Return law and article of an entry, several divided by a Chinese semicolon."""
    return "；".join(f"{one.law} {one.article}".strip() for one in entry.basis)
