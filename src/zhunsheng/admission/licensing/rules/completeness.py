"""The single list of all that an application still lacks, each with field, rule and remedy. Pure.

What must be handed in is law (`law/materials.yaml`); the conditions of the chosen route come from the router.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from zhunsheng.admission.licensing.rules.routing import Reason, RoutingAnswer, articles_of, version_of
from zhunsheng.foundation.lawbook import Entry

MOST_ROWS: Final = 20
"""Numbers of rows named in one item; the item counts all of them."""
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What an application holds on a day.

    Attributes:
        facts: fields of the form and what the register says, by name; an empty value counts as not filled in.
        questions: what the form asks to be answered by yes or no, by the name of the fact, in both languages.
        lines, sites, people: rows of the form in their order, each with its fields and flags.
        materials: codes under which at least one file is attached.
        signed: whether the legal representative signed what stands there now.
    """

    kind: str
    route: str
    on: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    questions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lines: Rows = ()
    sites: Rows = ()
    people: Rows = ()
    materials: frozenset[str] = frozenset()
    signed: bool = False

    def rows(self, name: str) -> Rows:
        """Return the rows of a part: lines, sites or people."""
        return {"lines": self.lines, "sites": self.sites, "people": self.people}[name]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: where (a field, or a field of numbered rows), by which rule, what to do about it."""

    field: str
    rule: str
    version: str
    articles: str
    title: Mapping[str, str]
    message: Mapping[str, str]
    remedy: Mapping[str, str]
    verified: bool
    rows: tuple[int, ...] = ()
    count: int = 1

    def as_record(self) -> dict[str, Any]:
        """Return it as records and machines keep it."""
        return {
            "field": self.field,
            "rule": self.rule,
            "version": self.version,
            "basis": self.articles,
            "title": dict(self.title),
            "message": dict(self.message),
            "remedy": dict(self.remedy),
            "verified": self.verified,
            "rows": list(self.rows),
            "count": self.count,
        }


def asked_for(kind: str, route: str, entries: Iterable[Entry], facts: Mapping[str, Any]) -> list[Entry]:
    """Return what must be handed in for a kind of application on a route ("" while none is chosen), in order."""
    found = [
        one
        for one in entries
        if (not one.values["kinds"] or kind in one.values["kinds"])
        and (not one.values["routes"] or route in one.values["routes"])
        and _applies(one, facts)
    ]
    return sorted(found, key=lambda one: (one.values["order"], one.id))


def missing(dossier: Dossier, entries: Iterable[Entry], answer: RoutingAnswer | None = None) -> list[Missing]:
    """Return everything that is missing at once, in the order of the form.

    Args:
        entries: the materials of the law; those that did not hold on the dossier's day are passed over.
        answer: what the router says; a chosen route that is barred, or that hangs on what nobody has told, is named.
    """
    held = [one for one in entries if one.holds_on(dossier.on)]
    found = [
        one for entry in asked_for(dossier.kind, dossier.route, held, dossier.facts) for one in _check(entry, dossier)
    ]
    if answer is not None and dossier.route:
        found += _route(dossier.route, answer)
    return found


def _applies(entry: Entry, facts: Mapping[str, Any]) -> bool:
    """Tell whether one of the alternatives of `when` holds; a fact that nobody has told does not spare anything."""
    alternatives = entry.values.get("when")
    if not alternatives:
        return True
    return any(
        all(facts.get(name) is None or facts[name] == test["is"] for name, test in one.items()) for one in alternatives
    )


def _check(entry: Entry, dossier: Dossier) -> Iterator[Missing]:
    check = entry.values["check"]
    if "present" in check:
        name = check["present"]
        if not (dossier.route if name == "route" else dossier.facts.get(name)):
            yield _item(entry, name)
    elif "answered" in check:
        for name, question in dossier.questions.items():
            if dossier.facts.get(name) is None:
                yield replace(_item(entry, name), title=question)
    elif "material" in check:
        if check["material"] not in dossier.materials:
            yield _item(entry, f"materials.{check['material']}")
    elif "signed" in check:
        if not dossier.signed:
            yield _item(entry, "signature")
    elif "rows" in check:
        rows = [one for _place, one in _chosen(dossier.rows(check["rows"]), check.get("where", {}))]
        if len(rows) < check["at_least"]:
            yield _item(entry, check["rows"])
    else:
        yield from _each(entry, dossier, check)


def _each(entry: Entry, dossier: Dossier, check: Mapping[str, Any]) -> Iterator[Missing]:
    rows = _chosen(dossier.rows(check["each"]), check.get("where", {}))
    for name in check.get("has", ()):
        places = [place for place, one in rows if not one.get(name)]
        if places:
            yield _item(entry, f"{check['each']}.{name}", places)
    if "lacks" in check:
        places = [place for place, one in rows if one.get(check["lacks"])]
        if places:
            yield _item(entry, check["each"], places)


def _chosen(rows: Rows, where: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the rows that fit, each with its number: its own `number`, else its place from 1."""
    numbered = [(int(one.get("number") or place), one) for place, one in enumerate(rows, 1)]
    return [(place, one) for place, one in numbered if all(one.get(name) in wanted for name, wanted in where.items())]


def _item(entry: Entry, name: str, places: Sequence[int] = ()) -> Missing:
    return Missing(
        field=name,
        rule=entry.id,
        version=version_of(entry),
        articles=articles_of(entry),
        title=entry.title,
        message=entry.values["message"],
        remedy=entry.values["remedy"],
        verified=entry.verified,
        rows=tuple(places[:MOST_ROWS]),
        count=len(places) or 1,
    )


_CHOOSE: Final = {"zh": "改选其他可选择的程序。", "en": "Choose another open route."}
_TELL: Final = {
    "zh": "在申请表中说明该项事实，或者改选其他程序。",
    "en": "Tell this fact in the form, or choose another route.",
}


def _route(code: str, answer: RoutingAnswer) -> Iterator[Missing]:
    chosen = answer.route(code)
    if chosen is None:
        return
    for reason in chosen.barred_by:
        yield _reason(reason, "route", _CHOOSE, reason.barred)
    for reason in chosen.unclear if chosen.open else ():
        untold = [name for name, value in reason.inputs.items() if value is None]
        yield _reason(reason, untold[0] if untold else "route", _TELL, reason.words)


def _reason(reason: Reason, name: str, remedy: Mapping[str, str], words: Mapping[str, str]) -> Missing:
    return Missing(
        field=name,
        rule=reason.id,
        version=reason.version,
        articles=reason.articles,
        title=reason.entry.title,
        message=words,
        remedy=remedy,
        verified=reason.entry.verified,
    )
