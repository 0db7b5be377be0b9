"""The law of licensing, loaded and validated once."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from zhunsheng.admission.licensing.law_checks import (
    check_clause,
    check_clock,
    check_condition,
    check_material,
    check_route,
    check_verification,
    check_words,
)
from zhunsheng.admission.licensing.rules.routing import FACTS
from zhunsheng.foundation.lawbook import Entry, Lawbook, LawbookError

FOLDER: Final = Path(__file__).parent / "law"
QUESTIONS: Final = {"need": {"required", "not_required", "ask"}, "decider": {"national", "province"}, "form": {"own"}}
_LANGUAGES: Final = {"zh", "en"}


@cache
def needs() -> Lawbook:
    """Return who needs what. Raises: LawbookError for a question, answer or condition that nothing can match."""
    book = Lawbook.load(FOLDER / "need.yaml")
    for entry in book:
        values = entry.values
        if values.get("answer") not in QUESTIONS.get(values.get("question", ""), ()):
            raise LawbookError(entry.id, "question and answer must be known")
        if set(values.get("message", {})) != _LANGUAGES or type(values.get("order")) is not int:
            raise LawbookError(entry.id, "order, and message in zh and en")
        for name, allowed in values["when"].items():
            if not set(allowed) <= set(choices().get(name, ())):
                raise LawbookError(entry.id, f"a condition on {name} names what is no choice")
    return book


@cache
def ways() -> Lawbook:
    """Return the routes and what opens, bars and proposes them.

    Raises: LawbookError for a kind, route, fact or test that is unknown, and for a bar by grade without an article.
    """
    book = Lawbook.load([FOLDER / "routes.yaml", FOLDER / "conditions.yaml"])
    kinds = set(choices()["occasion"])
    codes = {str(entry.values["code"]) for entry in book if "effect" not in entry.values}
    for entry in book:
        if "effect" in entry.values:
            check_condition(entry, kinds=kinds, codes=codes)
        else:
            check_route(entry, kinds=kinds)
    return book


@cache
def choices() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the choices of each question with their words."""
    found: Any = next(iter(Lawbook.load(FOLDER / "words.yaml"))).values
    return dict(found)


def held(book: Lawbook, day: date) -> Iterator[Entry]:
    """Yield the entries in force on a day."""
    return (entry for entry in book if entry.holds_on(day))


@cache
def facts() -> tuple[Entry, Entry]:
    """Return the words of the facts that route an application, and those of their values.

    Raises: LawbookError for a fact without words.
    """
    book = Lawbook.load(FOLDER / "facts.yaml")
    today = date.max
    names, values = book.on("ROUTING-FACTS", today), book.on("ROUTING-WORDS", today)
    for name in FACTS:
        check_words(names, names.values.get(name))
    for words in [*values.values["bars"].values(), *values.values["remote_ground"].values()]:
        check_words(values, words)
    return names, values


def words_of(fact: str, value: Any) -> Mapping[str, str] | str:
    """Return a fact's value in words, zh and en; a value that has none as it is."""
    if value is None:
        return {"zh": "未说明", "en": "not told"}
    if isinstance(value, bool):
        return {"zh": "是", "en": "yes"} if value else {"zh": "否", "en": "no"}
    tables: Mapping[str, Mapping[str, Mapping[str, str]]] = {
        **facts()[1].values,
        "kind": choices()["occasion"],
        "domains": choices()["domain"],
    }
    if isinstance(value, list | tuple | frozenset | set):
        told = [words_of(fact, one) for one in sorted(value)]
        joined = {name: mark.join(_in(one, name) for one in told) for name, mark in (("zh", "、"), ("en", ", "))}
        return joined if told else {"zh": "无", "en": "none"}
    return tables.get(fact, {}).get(str(value), str(value))


def _in(words: Mapping[str, str] | str, language: str) -> str:
    return words if isinstance(words, str) else words[language]


@cache
def clocks() -> Lawbook:
    """Return the limits and the promised ones. Raises: LawbookError for a unit, limit or promise that is wrong."""
    book = Lawbook.load(FOLDER / "clocks.yaml")
    codes = {entry.values.get("code") for entry in book}
    for entry in book:
        check_clock(entry, codes)
    return book


def clock(code: str, day: date) -> Entry:
    """Return a limit (T1 to T8C) by the law of the day on which it begins. Raises: NotInForce, KeyError."""
    return clocks().on(f"CLOCK-{code}", day)


def promise(code: str, day: date) -> Entry | None:
    """Return the authority's own limit for a clock on a day, None where it promised nothing."""
    name = f"PROMISE-{code}"
    return next((one for one in held(clocks(), day) if one.id == name), None)


def clock_of(step: str, route: str, day: date) -> Entry:
    """Return the limit of a step (acceptance, review, …) on a route: its own where there is one, else the general.

    Raises: KeyError for a step without a limit on that day.
    """
    found = [one for one in held(clocks(), day) if one.values.get("step") == step]
    for one in [*(one for one in found if route in one.values["routes"]), *found]:
        if route in one.values["routes"] or not one.values["routes"]:
            return one
    raise KeyError(step)


def bars_by_event(day: date) -> dict[str, Entry]:
    """Return the limits that keep a bar up from the day of a credit event, by the event's kind."""
    return {str(one.values["event"]): one for one in held(clocks(), day) if one.values.get("event")}


def bar_clock(bar: str, day: date) -> Entry | None:
    """Return how long a bar of a kind lasts by the law of a day; None where the law sets no term."""
    return next((one for one in held(clocks(), day) if one.values.get("bar") == bar), None)


@cache
def conclusions() -> Lawbook:
    """Return what a review may conclude. Raises: LawbookError for a conclusion without words."""
    book = Lawbook.load(FOLDER / "conclusions.yaml")
    for entry in book:
        for one in entry.values["conclusions"]:
            check_words(entry, {language: one.get(language) for language in _LANGUAGES})
    return book


def conclusions_on(day: date) -> dict[str, Mapping[str, str]]:
    """Return the conclusions of a day by their codes, each with its words in zh and en."""
    return {str(one["key"]): one for one in conclusions().on("REVIEW-CONCLUSION", day).values["conclusions"]}


@cache
def materials() -> Lawbook:
    """Return what must be handed in. Raises: LawbookError for an unknown kind, route or check."""
    book = Lawbook.load(FOLDER / "materials.yaml")
    kinds, codes = set(choices()["occasion"]), {str(one.values["code"]) for one in ways() if "effect" not in one.values}
    for entry in book:
        check_material(entry, kinds=kinds, codes=codes)
    return book


def materials_on(day: date) -> tuple[Entry, ...]:
    """Return what must be handed in by the law of a day."""
    return tuple(held(materials(), day))


@cache
def commitments() -> Lawbook:
    """Return the texts that are signed. Raises: LawbookError for a route that has none or two."""
    return _one_for_each_route("commitments.yaml", every=True)


def commitment_for(route: str, day: date) -> Entry:
    """Return the text that is signed on a route on a day; `values` has it as zh and en. Raises: KeyError."""
    return _of_route(commitments(), route, day)


@cache
def verifications() -> Lawbook:
    """Return how decisions are verified afterwards. Raises: LawbookError for a rate, clock or outcome that is wrong."""
    book = _one_for_each_route("verification.yaml", every=False)
    for entry in book:
        check_verification(entry, {str(one.values.get("code")) for one in clocks()}, set(facts()[1].values["bars"]))
    return book


def verification_for(route: str, day: date) -> Entry:
    """Return how decisions on a route are verified by the law of a day. Raises: KeyError for a route without."""
    return _of_route(verifications(), route, day)


@cache
def clauses() -> Lawbook:
    """Return the clauses of the review criteria. Raises: LawbookError for one without words or mode."""
    book = Lawbook.load(FOLDER / "clauses.yaml")
    for entry in book:
        check_clause(entry)
    return book


def clauses_on(day: date) -> tuple[Entry, ...]:
    """Return the clauses in force on a day, in the order of the criteria."""
    return tuple(sorted(held(clauses(), day), key=lambda one: one.values["order"]))


@cache
def modes() -> Lawbook:
    """Return the modes of technical review. Raises: LawbookError for one without words."""
    book = Lawbook.load(FOLDER / "modes.yaml")
    for entry in book:
        check_words(entry, entry.values.get("message"))
    return book


def load_all() -> None:
    """Load and check the whole law of licensing. Raises: LawbookError."""
    for book in (needs, ways, facts, clocks, materials, commitments, verifications, clauses, modes):
        book()


def _one_for_each_route(name: str, *, every: bool) -> Lawbook:
    """Load a file whose entries share out the routes: all of them, or those that are verified afterwards."""
    book = Lawbook.load(FOLDER / name)
    wanted = {
        str(one.values["code"])
        for one in ways()
        if "effect" not in one.values and (every or one.values["verified_after"])
    }
    given = [route for entry in book if entry.effective_to is None for route in entry.values["routes"]]
    if sorted(given) != sorted(wanted):
        raise LawbookError(name, f"the routes {sorted(wanted)} have one entry each, not {sorted(given)}")
    return book


def _of_route(book: Lawbook, route: str, day: date) -> Entry:
    for one in held(book, day):
        if route in one.values["routes"]:
            return one
    raise KeyError(route)
